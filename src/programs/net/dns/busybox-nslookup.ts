// nslookup of busybox (networking/nslookup.c, the big one).

import { seconds } from '../../../base/instant.ts'
import { isIp4, printIp } from '../../../base/ip.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { resolverConfig } from '../../../kernel/resolve/config.ts'
import type { DnsMessage, DnsType } from '../../../net/wire/dns.ts'
import { refuse } from '../busybox/usage.ts'
import { dataOf, ownServers, parseType, query, reversed, type Server, serverNamed } from './query.ts'

export const busyboxNslookup: Program = {
  name: 'nslookup.busybox',
  *main(proc) {
    const types: DnsType[] = []
    const operands: string[] = []
    for (const word of proc.argv.slice(1)) {
      const [, value] = /^-(?:type|q)=(.*)$/.exec(word) ?? []
      if (value !== undefined) {
        const type = parseType(value)
        if (!type) return proc.fail(`nslookup: invalid query type "${value}"`)
        types.push(type)
      } else if (word.startsWith('-')) {
        if (word !== '-debug') return refuse(proc, 'nslookup', `unrecognized option '${word}'`)
      } else operands.push(word)
    }
    const [name, serverName] = operands
    if (name === undefined) return refuse(proc, 'nslookup')
    const named = serverName === undefined ? undefined : yield* serverNamed(proc, serverName)
    if (serverName !== undefined && !named) return proc.fail(`nslookup: bad address '${serverName}'`)
    const servers = named ? [named] : ownServers(proc)
    const pointer = types.length === 0 ? reversed(name) : undefined
    const asked: DnsType[] = types.length > 0 ? types : pointer === undefined ? ['A', 'AAAA'] : ['PTR']
    const effort = { patience: seconds(5), tries: 2 }
    const messages: { message: DnsMessage; name: string; server: Server }[] = []
    const questions = namesOf(proc, name, pointer).flatMap((full) => asked.map((type) => ({ full, type })))
    for (const { full, type } of questions) {
      const got = yield* query(proc, servers, full, type, effort)
      if ('failures' in got) {
        if (got.failures.some((line) => line.endsWith('network unreachable.')))
          return proc.fail(
            `nslookup: can't connect to remote host (${printIp(servers[0]?.ip ?? 0)}): Network is unreachable`,
          )
        if (got.failures.some((line) => line.endsWith('connection refused')))
          proc.printError(`nslookup: write to '${printIp(servers[0]?.ip ?? 0)}': Connection refused`)
        proc.print(';; connection timed out; no servers could be reached')
        proc.print()
        return 1
      }
      messages.push({ message: got.message, name: full, server: got.server })
    }
    const [first] = messages
    if (first) printServer(proc, first.server)
    for (const { message, name: full } of messages) printAnswer(proc, message, full)
    return messages.some(({ message }) => message.code !== 'NOERROR') ? 1 : 0
  },
}

/** A name without a dot is asked for in each domain of the search list, and not by itself (add_query_with_search). */
function namesOf(proc: Process, name: string, pointer: string | undefined): string[] {
  if (pointer !== undefined) return [pointer]
  const { search } = resolverConfig(proc)
  if (name.includes('.') || search.length === 0) return [name.replace(/\.$/, '')]
  return search.map((domain) => `${name}.${domain}`)
}

function printServer(proc: Process, { ip, port }: Server): void {
  const shown = isIp4(ip) ? printIp(ip) : `[${printIp(ip)}]`
  proc.print(`Server:\t\t${printIp(ip)}`)
  proc.print(`Address:\t${shown}:${port}`)
  proc.print()
}

function printAnswer(proc: Process, message: DnsMessage, name: string): void {
  if (message.code !== 'NOERROR') proc.print(`** server can't find ${name}: ${message.code}`)
  else {
    if (!message.authoritative) proc.print('Non-authoritative answer:')
    for (const record of message.answers) {
      const data = dataOf(record).replace(/(.)\.$/, '$1')
      if (record.type === 'A' || record.type === 'AAAA') {
        proc.print(`Name:\t${record.name}`)
        proc.print(`Address: ${data}`)
      } else proc.print(`${record.name}\t${verbs[record.type] ?? record.type} = ${data}`)
    }
  }
  proc.print()
}

const verbs: Readonly<Record<string, string>> = {
  PTR: 'name',
  CNAME: 'canonical name',
  MX: 'mail exchanger',
  NS: 'nameserver',
  TXT: 'text',
}
