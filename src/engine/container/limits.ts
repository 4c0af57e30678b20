// Limits of what a container may use: which of them make no sense, which the kernel does not take, and what is said of
// those that it does not know (moby daemon/daemon_unix.go, verifyPlatformContainerResources; pkg/sysinfo).

import { hardware } from '../../kernel/hardware.ts'
import { type Engine, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { type Container, isRunning } from './container.ts'

/** Settings by their key in inspect. */
type Limits = ReadonlyMap<string, unknown>

const leastMemory = 6 * 1024 * 1024

const numberIn = (limits: Limits, key: string): number => Number(limits.get(key) ?? 0)

const refuse = (words: string): never => {
  throw new EngineError('invalid', words)
}

/** Throws EngineError for limits that make no sense, of a new container or of a change. */
export function refuseLimits(engine: Engine, limits: Limits, isChange = false): void {
  refuseMemory(limits, isChange)
  refuseProcessors(engine, limits)
  refuseSet(limits.get('CpusetCpus'), hardware.cpus, 'cpuset cpus', 'CPUs')
  refuseSet(limits.get('CpusetMems'), 1, 'cpuset mems', 'memory nodes')
  const score = numberIn(limits, 'OomScoreAdj')
  if (Math.abs(score) > 1000) refuse(`Invalid value ${score}, range for oom score adj is [-1000, 1000]`)
}

function refuseMemory(limits: Limits, isChange: boolean): void {
  const memory = numberIn(limits, 'Memory')
  const swap = numberIn(limits, 'MemorySwap')
  const reservation = numberIn(limits, 'MemoryReservation')
  if (memory > 0 && memory < leastMemory) refuse('Minimum memory limit allowed is 6MB')
  if (memory > 0 && swap > 0 && swap < memory)
    refuse('Minimum memoryswap limit should be larger than memory limit, see usage')
  if (memory === 0 && swap > 0 && !isChange)
    refuse('You should always set the Memory limit when using Memoryswap limit, see usage')
  if (reservation > 0 && reservation < leastMemory) refuse('Minimum memory reservation allowed is 6MB')
  if (memory > 0 && reservation > memory)
    refuse('Minimum memory limit can not be less than memory reservation limit, see usage')
}

function refuseProcessors(engine: Engine, limits: Limits): void {
  const nano = numberIn(limits, 'NanoCpus')
  const period = numberIn(limits, 'CpuPeriod')
  const quota = numberIn(limits, 'CpuQuota')
  const { cpus } = hardware
  if (nano > 0 && period > 0) refuse('Conflicting options: Nano CPUs and CPU Period cannot both be set')
  if (nano > 0 && quota > 0) refuse('Conflicting options: Nano CPUs and CPU Quota cannot both be set')
  if (nano !== 0 && (nano < 1e7 || nano > cpus * 1e9))
    refuse(
      `${worded(engine, { '19.03': 'Range', '28': 'range' })} of CPUs is from 0.01 to ${cpus.toFixed(2)}, as there are only ${cpus} CPUs available`,
    )
  if (period !== 0 && (period < 1000 || period > 1_000_000))
    refuse('CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)')
  if (quota > 0 && quota < 1000) refuse('CPU cfs quota can not be less than 1ms (i.e. 1000)')
}

/** `0-1,3`: numbers of processors or memory nodes, of which there are `count`. */
function refuseSet(asked: unknown, count: number, name: string, things: string): void {
  if (typeof asked !== 'string' || asked === '') return
  const ranges = asked.split(',').map((part) => /^(\d+)(?:-(\d+))?$/.exec(part))
  if (ranges.includes(null)) refuse(`Invalid value ${asked} for ${name}: invalid format: ${asked}`)
  const available = count === 1 ? '0' : `0-${count - 1}`
  if (ranges.some((range) => Number(range?.[2] ?? range?.[1]) >= count))
    refuse(`Requested ${things} are not available - requested ${asked}, available: ${available}`)
}

/** What the daemon says of limits that it drops, as the kernel does not know them. */
export const warningsOf = (limits: Limits): string[] =>
  numberIn(limits, 'BlkioWeight') > 0
    ? ['Your kernel does not support Block I/O weight or the cgroup is not mounted. Weight discarded.']
    : []

/** The limits that the daemon keeps. */
export function keptLimits(limits: Limits): Map<string, unknown> {
  const kept = new Map(limits)
  if (numberIn(limits, 'BlkioWeight') > 0) kept.set('BlkioWeight', 0)
  return kept
}

/** Throws EngineError for a change that does not go with what is set (moby container/container_unix.go). */
export function refuseChange(engine: Engine, container: Container, limits: Limits): void {
  const no = (reason: string) => {
    throw new EngineError('conflict', `Cannot update container ${container.id}: ${reason}`)
  }
  const { kept } = container.host
  for (const [other, words] of [
    ['CpuPeriod', 'CPU Period'],
    ['CpuQuota', 'CPU Quota'],
  ] as const) {
    if (numberIn(limits, 'NanoCpus') > 0 && numberIn(kept, other) > 0)
      no(`Conflicting options: Nano CPUs cannot be updated as ${words} has already been set`)
    if (numberIn(limits, other) > 0 && numberIn(kept, 'NanoCpus') > 0)
      no(`Conflicting options: ${words} cannot be updated as NanoCPUs has already been set`)
  }
  const memory = numberIn(limits, 'Memory')
  if (memory > 0 && !limits.has('MemorySwap') && memory > swapOf(kept) && swapOf(kept) !== -1)
    no(
      'Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time',
    )
  if (isRunning(container)) refuseWrite(engine, container, limits, no)
}

/** Without a word about swap the daemon allows as much of it as of memory; 0 is none that was set. */
const swapOf = (kept: Limits): number => numberIn(kept, 'MemorySwap') || numberIn(kept, 'Memory') * 2

/** The kernel keeps memory.limit_in_bytes below memory.memsw.limit_in_bytes (cgroup-v1/memory.rst). */
function refuseWrite(
  engine: Engine,
  container: Container,
  limits: Limits,
  no: (reason: string) => void,
): void {
  const { kept } = container.host
  const asked = { memory: numberIn(limits, 'Memory'), swap: numberIn(limits, 'MemorySwap') }
  const memory = asked.memory || numberIn(kept, 'Memory')
  const swap = asked.swap > 0 ? asked.swap : swapOf(kept)
  if (swap <= 0 || memory <= swap) return
  const [value, file] = asked.memory
    ? [memory, 'memory.limit_in_bytes']
    : [swap, 'memory.memsw.limit_in_bytes']
  const end = worded(engine, { '19.03': '\n: unknown', '28': '' })
  no(
    `runc did not terminate successfully: exit status 1: failed to write "${value}": write /sys/fs/cgroup/memory/docker/${container.id}/${file}: invalid argument${end}`,
  )
}
