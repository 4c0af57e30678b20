// colima 0.8 on a workstation: machines with Docker, made, stopped and entered by profile (abiosoft/colima: cmd, app).
// It knows no Kubernetes and no runtime but Docker.

import type { Task } from '../../base/scheduler.ts'
import { tabulate } from '../../base/tabwriter.ts'
import { exists } from '../../kernel/fs/lookup.ts'
import type { Process } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { type Hypervisor, hypervisorOf, type Instance } from '../hypervisor.ts'
import { type ColimaLine, displayName, instanceName, readColimaLine } from './colima-line.ts'
import { begin, fatal, type Log, say, warn } from './colima-log.ts'
import { remove, start, stop } from './colima-power.ts'
import { colimaHelp } from './colima-usage.ts'
import { connect } from './ssh.ts'

export const colima: Program = { name: 'colima', main }

function* main(proc: Process): Task<number> {
  const log = begin(proc)
  const line = readColimaLine(proc, log)
  if (typeof line === 'number') return line
  const hypervisor = hypervisorOf(proc)
  if (!hypervisor) return fatal(log, 'dependency check failed for VM: lima not found')
  return yield* verbs[line.verb](log, hypervisor, line)
}

type Verb = (log: Log, hypervisor: Hypervisor, line: ColimaLine) => Task<number>

const verbs: Readonly<Record<ColimaLine['verb'], Verb>> = {
  start,
  stop,
  restart,
  delete: remove,
  status,
  list,
  ssh: enter,
  version,
  help,
}

function* restart(log: Log, hypervisor: Hypervisor, line: ColimaLine): Task<number> {
  return (yield* stop(log, hypervisor, line)) || (yield* start(log, hypervisor, line))
}

function* status(log: Log, hypervisor: Hypervisor, line: ColimaLine): Task<number> {
  const instance = running(hypervisor, line)
  if (!instance) return fatal(log, `${displayName(line.profile)} is not running`)
  const { proc } = log
  const { cpus, memory, disk } = instance.size
  say(log, `${displayName(line.profile)} is running using QEMU`)
  say(log, `arch: ${proc.machine.kernel.architecture}`)
  say(log, 'runtime: docker')
  say(log, 'mountType: sshfs')
  const socket = `${proc.env('HOME')}/.colima/${line.profile}/docker.sock`
  if (exists(proc, socket)) say(log, `socket: unix://${socket}`)
  if (!line.extended) return 0
  say(log, `cpu: ${cpus}`)
  say(log, `mem: ${memory}GiB`)
  say(log, `disk: ${disk}GiB`)
  return 0
}

function* list(log: Log, { instances }: Hypervisor): Task<number> {
  const rows = [['PROFILE', 'STATUS', 'ARCH', 'CPUS', 'MEMORY', 'DISK', 'RUNTIME', 'ADDRESS']]
  if (instances.size === 0) warn(log, 'No instance found. Run `colima start` to create an instance.')
  for (const [name, { running: up, size, host }] of instances)
    rows.push([
      name.replace(/^colima-/, '').replace(/^colima$/, 'default'),
      up ? 'Running' : 'Stopped',
      host.machine.kernel.architecture,
      String(size.cpus),
      `${size.memory}GiB`,
      `${size.disk}GiB`,
      up ? 'docker' : '',
      '',
    ])
  for (const row of tabulate(rows, 4, 4)) log.proc.print(row)
  return 0
}

/** `colima ssh`: limactl's ssh, which says nothing itself (`ssh -q`). */
function* enter(log: Log, hypervisor: Hypervisor, line: ColimaLine): Task<number> {
  const { proc } = log
  const instance = running(hypervisor, line)
  if (!instance) return fatal(log, `${displayName(line.profile)} not running`)
  const { host } = instance
  const status = yield* connect(proc, {
    host: instance.shownAddress,
    user: host.user.name,
    port: 22,
    terminal: 'whenever',
    quiet: true,
    timeout: undefined,
    command: line.words.length > 0 ? line.words.join(' ') : undefined,
  })
  return status === 0 ? 0 : fatal(log, `exit status ${status}`)
}

function* version(log: Log, hypervisor: Hypervisor, line: ColimaLine): Task<number> {
  const { proc } = log
  proc.print('colima version v0.8.1')
  proc.print('git commit: 96598cc5b64e5e9e1e64891642b91edc8ac49d16')
  const engine = running(hypervisor, line)?.host.engine
  if (!engine) return 0
  const release = engine.traits.server.version
  proc.print(`\nruntime: docker\narch: ${proc.machine.kernel.architecture}`)
  proc.print(`client: v${release}\nserver: v${release}`)
  return 0
}

function* help({ proc }: Log): Task<number> {
  proc.print(colimaHelp)
  return 0
}

function running({ instances }: Hypervisor, { profile }: ColimaLine): Instance | undefined {
  const instance = instances.get(instanceName(profile))
  return instance?.running ? instance : undefined
}
