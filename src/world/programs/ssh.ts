// ssh(1) of OpenSSH 9.2 as a user of a practice network meets it: a shell on another machine, or one command there. It
// knows no forwarding of ports. A new host key is accepted (StrictHostKeyChecking=accept-new).

import { encode } from '../../base/bytes.ts'
import { isErrno, strerror } from '../../base/errno.ts'
import { seconds } from '../../base/instant.ts'
import { type Ip, printIp } from '../../base/ip.ts'
import { drawHex } from '../../base/random.ts'
import type { Task } from '../../base/scheduler.ts'
import { readTextIfAny } from '../../kernel/fs/read.ts'
import { appendFile, makeDirectory } from '../../kernel/fs/write.ts'
import type { Process } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { resolve } from '../../kernel/resolve/resolve.ts'
import { explainFailure } from '../../kernel/resolve/result.ts'
import { terminalOf } from '../../kernel/tty.ts'
import { nameOfUser } from '../../kernel/users.ts'
import { openStream, type Stream } from '../../programs/net/stream.ts'
import { carry } from './ssh-carry.ts'
import { isInput, readSshLine, type SshLine } from './ssh-line.ts'

export const ssh: Program = { name: 'ssh', main }

function* main(proc: Process): Task<number> {
  const line = readSshLine(proc)
  return typeof line === 'number' ? line : yield* connect(proc, line)
}

/** What `ssh` does with a line that was read. */
export function* connect(proc: Process, line: SshLine): Task<number> {
  const user = line.user ?? nameOfUser(proc, proc.credentials.uid)
  const answer = yield* resolve(proc, line.host)
  if (!answer.ok)
    return proc.fail(`ssh: Could not resolve hostname ${line.host}: ${explainFailure(answer)}`, 255)
  const stream = yield* reach(proc, line, answer.addresses)
  if (!stream) return 255
  const terminal = isInput(proc, line) ? terminalOf(proc.files.get(0)) : undefined
  if (
    line.command === undefined &&
    !terminalOf(proc.files.get(0)) &&
    line.terminal !== 'never' &&
    !line.quiet
  )
    proc.printError('Pseudo-terminal will not be allocated because stdin is not a terminal.')
  if (!line.quiet) rememberHost(proc, line, answer.addresses[0])
  return yield* carry(proc, stream, { line, user, terminal })
}

function* reach(proc: Process, line: SshLine, addresses: readonly Ip[]): Task<Stream | undefined> {
  for (const ip of addresses)
    try {
      const deadline = line.timeout === undefined ? undefined : proc.now() + seconds(line.timeout)
      const stream = yield* openStream(proc, ip, line.port, { deadline })
      if (stream) return stream
      proc.printError(`ssh: connect to host ${line.host} port ${line.port}: Connection timed out`)
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      proc.printError(`ssh: connect to host ${line.host} port ${line.port}: ${strerror(cause.code)}`)
    }
  return undefined
}

/** ~/.ssh/known_hosts gets a line for a host that is new to the user. */
function rememberHost(proc: Process, { host, port }: SshLine, ip: Ip): void {
  const home = proc.env('HOME') || '/'
  const known = readTextIfAny(proc, `${home}/.ssh/known_hosts`)
  const name = port === 22 ? host : `[${host}]:${port}`
  if (known.split('\n').some((one) => one.startsWith(`${name} `))) return
  proc.printError(`Warning: Permanently added '${name}' (ED25519) to the list of known hosts.`)
  try {
    makeDirectory(proc, `${home}/.ssh`, { mode: 0o700, parents: true })
    const key = drawHex(proc.machine.fabric.random, `host key ${printIp(ip)}`, 43)
    appendFile(
      proc,
      `${home}/.ssh/known_hosts`,
      encode(`${name} ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${key}\n`),
    )
  } catch (cause) {
    if (!isErrno(cause)) throw cause
  }
}
