// Settings of a new container that `docker inspect` shows and nothing here depends on: by their keys in HostConfig.

import type { Release } from '../../../base/release.ts'
import type { Ulimit } from '../../flags/docker.ts'
import { cut } from '../../flags/kind.ts'
import { parseSize, ValueError } from '../../flags/strconv.ts'

type Form = (value: never, release: Release) => unknown

/** Flag, key in HostConfig, and how the flag's value is shown where it is not as it is. */
const table: readonly (readonly [flag: string, key: string, form?: Form])[] = [
  ['annotation', 'Annotations', (map: ReadonlyMap<string, string>) => Object.fromEntries(map)],
  ['blkio-weight', 'BlkioWeight'],
  ['blkio-weight-device', 'BlkioWeightDevice', weights],
  ['cgroup-parent', 'CgroupParent'],
  ['cgroupns', 'CgroupnsMode'],
  ['cidfile', 'ContainerIDFile'],
  ['cpu-period', 'CpuPeriod'],
  ['cpu-quota', 'CpuQuota'],
  ['cpu-rt-period', 'CpuRealtimePeriod'],
  ['cpu-rt-runtime', 'CpuRealtimeRuntime'],
  ['cpu-shares', 'CpuShares'],
  ['cpus', 'NanoCpus'],
  ['cpuset-cpus', 'CpusetCpus'],
  ['cpuset-mems', 'CpusetMems'],
  ['device', 'Devices', devices],
  ['device-cgroup-rule', 'DeviceCgroupRules'],
  ['device-read-bps', 'BlkioDeviceReadBps', rates],
  ['device-read-iops', 'BlkioDeviceReadIOps', rates],
  ['device-write-bps', 'BlkioDeviceWriteBps', rates],
  ['device-write-iops', 'BlkioDeviceWriteIOps', rates],
  ['group-add', 'GroupAdd'],
  ['ipc', 'IpcMode'],
  ['isolation', 'Isolation'],
  ['kernel-memory', 'KernelMemory'],
  ['memory', 'Memory'],
  ['memory-reservation', 'MemoryReservation'],
  ['memory-swap', 'MemorySwap'],
  ['memory-swappiness', 'MemorySwappiness'],
  ['oom-kill-disable', 'OomKillDisable'],
  ['oom-score-adj', 'OomScoreAdj'],
  ['pid', 'PidMode'],
  ['pids-limit', 'PidsLimit'],
  ['runtime', 'Runtime'],
  ['security-opt', 'SecurityOpt'],
  ['shm-size', 'ShmSize'],
  ['storage-opt', 'StorageOpt', (list: readonly string[]) => options(list, 'invalid storage option')],
  ['ulimit', 'Ulimits', ulimits],
  ['userns', 'UsernsMode'],
  ['uts', 'UTSMode'],
]

/** What the line keeps, by key. @throws ValueError */
export function keptSettings(
  flags: Readonly<Record<string, unknown>>,
  given: ReadonlySet<string>,
  release: Release,
): Map<string, unknown> {
  const kept = new Map<string, unknown>()
  for (const [flag, key, form] of table)
    if (given.has(flag)) kept.set(key, form ? form(flags[flag] as never, release) : flags[flag])
  if (given.has('log-driver') || given.has('log-opt'))
    kept.set('LogConfig', {
      Type: (flags['log-driver'] as string) || 'json-file',
      Config: logOptions(flags['log-driver'] as string, flags['log-opt'] as readonly string[]),
    })
  return kept
}

/** Those without a value are empty. @throws ValueError */
function logOptions(driver: string, list: readonly string[]): Record<string, string> {
  if (driver === 'none' && list.length > 0) throw new ValueError(`invalid logging opts for driver ${driver}`)
  return Object.fromEntries(list.map((text) => [cut(text, '=')[0], cut(text, '=')[1] ?? '']))
}

function options(list: readonly string[], refusal: string): Record<string, string> {
  const entries = list.map((text): [string, string] => {
    const [name, value] = cut(text, '=')
    if (value === undefined) throw new ValueError(refusal)
    return [name, value]
  })
  return Object.fromEntries(entries)
}

function weights(list: readonly string[]): unknown {
  return list.map((text) => ({ Path: cut(text, ':')[0], Weight: Number(cut(text, ':')[1]) }))
}

function rates(list: readonly string[], release: Release): unknown {
  return list.map((text) => {
    const [path, rate = ''] = cut(text, ':')
    return { Path: path, Rate: parseSize(rate, release) }
  })
}

function devices(list: readonly string[]): unknown {
  return list.map((text) => {
    const [host = '', second, third] = text.split(':')
    const isMode = third === undefined && second !== undefined && /^[rwm]{1,3}$/.test(second)
    return {
      PathOnHost: host,
      PathInContainer: isMode || second === undefined ? host : second,
      CgroupPermissions: (isMode ? second : third) ?? 'rwm',
    }
  })
}

function ulimits(list: readonly Ulimit[]): unknown {
  return list.map(({ name, hard, soft }) => ({ Name: name, Hard: hard, Soft: soft }))
}
