// `colima start`, `stop` and `delete`: machines come, rest and go, told step by step.

import { decode } from '../../base/bytes.ts'
import { isErrno } from '../../base/errno.ts'
import { seconds } from '../../base/instant.ts'
import type { Task } from '../../base/scheduler.ts'
import { asRoot } from '../../kernel/fs/filesystem.ts'
import { exists, lookup } from '../../kernel/fs/lookup.ts'
import { makeDirectory, placeNode, removeTree } from '../../kernel/fs/write.ts'
import type { Process } from '../../kernel/process.ts'
import { createInstance, destroy, type Hypervisor, type Instance, powerOff, powerOn } from '../hypervisor.ts'
import { type ColimaLine, displayName, instanceName } from './colima-line.ts'
import { fatal, type Log, say, warn } from './colima-log.ts'

/** What a machine has unless told otherwise (cmd/start.go, embedded/defaults/colima.yaml). */
const usual = Object.freeze({ cpus: 2, memory: 2, disk: 100 })

/** How long a machine takes to boot, and Docker in it. */
const bootTime = seconds(12)
const provisionTime = seconds(1)

export function* start(log: Log, hypervisor: Hypervisor, line: ColimaLine): Task<number> {
  const { proc } = log
  const name = instanceName(line.profile)
  const former = hypervisor.instances.get(name)
  if (former?.running) {
    warn(log, 'already running, ignoring')
    return 0
  }
  say(log, `starting ${displayName(line.profile)}`)
  say(log, 'runtime: docker')
  say(log, former ? 'starting ...' : 'creating and starting ...', 'vm')
  yield* proc.sleep(bootTime)
  const instance = former ?? createInstance(hypervisor, name, sizeOf(line))
  if (!instance)
    return fatal(
      log,
      `error starting vm: error at 'creating and starting': instance "${name}" already exists`,
    )
  if (former) powerOn(hypervisor, former)
  say(log, 'provisioning ...', 'docker')
  yield* proc.sleep(provisionTime)
  say(log, 'starting ...', 'docker')
  yield* proc.sleep(provisionTime)
  showSocket(proc, line.profile, instance)
  say(log, 'done')
  return 0
}

const sizeOf = ({ cpus, memory, disk }: ColimaLine) => ({
  cpus: cpus ?? usual.cpus,
  memory: memory ?? usual.memory,
  disk: disk ?? usual.disk,
})

export function* stop(log: Log, hypervisor: Hypervisor, line: ColimaLine): Task<number> {
  const instance = hypervisor.instances.get(instanceName(line.profile))
  say(log, `stopping ${displayName(line.profile)}`)
  if (instance?.running) {
    if (!line.force) say(log, 'stopping ...', 'docker')
    say(log, 'stopping ...', 'vm')
    yield* powerOff(instance)
    hideSocket(log.proc, line.profile)
  } else say(log, 'not running', 'vm')
  say(log, 'done')
  return 0
}

export function* remove(log: Log, hypervisor: Hypervisor, line: ColimaLine): Task<number> {
  const { proc } = log
  const name = displayName(line.profile)
  const instance = hypervisor.instances.get(instanceName(line.profile))
  if (!line.force) {
    if (!(yield* agrees(proc, `are you sure you want to delete ${name} and all settings`))) return 0
    const warning = '\x1b[31m\x1b[1mthis will delete ALL container data. Are you sure you want to continue'
    if (!(yield* agrees(proc, warning))) return 0
  }
  say(log, `deleting ${name}`)
  if (instance?.running) say(log, 'deleting ...', 'docker')
  say(log, 'deleting ...', 'vm')
  if (instance) yield* destroy(hypervisor, instance)
  hideSocket(proc, line.profile)
  say(log, 'done')
  return 0
}

/** cli.Prompt of cli/command.go: only `y` and `Y` agree. */
function* agrees(proc: Process, question: string): Task<boolean> {
  proc.write(1, `${question}? [y/N] `)
  const answer = decode(yield* proc.read()).trim()
  return answer === 'y' || answer === 'Y'
}

/** The machine's dockerd answers at a socket of the workstation too. */
function showSocket(proc: Process, profile: string, { host }: Instance): void {
  hideSocket(proc, profile)
  const folder = `${proc.env('HOME')}/.colima/${profile}`
  try {
    makeDirectory(proc, folder, { parents: true })
    const node = lookup(asRoot(host.machine.namespaces.files), '/var/run/docker.sock')
    placeNode(proc, `${folder}/docker.sock`, node)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
  }
}

function hideSocket(proc: Process, profile: string): void {
  const folder = `${proc.env('HOME')}/.colima/${profile}`
  try {
    if (exists(proc, folder)) removeTree(proc, folder)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
  }
}
