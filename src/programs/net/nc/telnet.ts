// telnet of inetutils (Debian 12 and 13), without its options and its prompt.

import { isErrno, strerror } from '../../../base/errno.ts'
import { printIp } from '../../../base/ip.ts'
import type { Program } from '../../../kernel/program.ts'
import { portOfService } from '../../../net/netfilter/rule/services.ts'
import { explain, resolveHost } from '../names.ts'
import { relay } from '../relay.ts'
import { openStream } from '../stream.ts'

export const telnet: Program = {
  name: 'telnet',
  *main(proc) {
    const [host, portText = '23'] = proc.argv.slice(1).filter((word) => !/^-[468E]$/.test(word))
    if (host === undefined) return proc.fail("telnet: docksim does not simulate telnet's prompt", 1)
    const port = /^\d+$/.test(portText) ? Number(portText) : portOfService(portText, 'tcp')
    if (port === undefined) return proc.fail(`telnet: ${portText}: bad port number`, 1)
    const found = yield* resolveHost(proc, host)
    if ('error' in found)
      return proc.fail(`telnet: could not resolve ${host}/${portText}: ${explain(found.error)}`, 1)
    for (const [index, ip] of found.ips.entries()) {
      proc.print(`Trying ${printIp(ip)}...`)
      try {
        const stream = yield* openStream(proc, ip, port)
        if (!stream) continue
        proc.print(`Connected to ${host}.`)
        proc.print("Escape character is '^]'.")
        yield* relay(proc, stream, { endOnInput: true })
        return proc.fail('Connection closed by foreign host.', 1)
      } catch (cause) {
        if (!isErrno(cause)) throw cause
        const last = index === found.ips.length - 1
        if (last) return proc.fail(`telnet: Unable to connect to remote host: ${strerror(cause.code)}`, 1)
        proc.printError(`telnet: connect to address ${printIp(ip)}: ${strerror(cause.code)}`)
      }
    }
    return 1
  },
}
