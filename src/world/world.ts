// A world: machines on LANs, their outside, and an engine on each machine that has Docker. Plain records; nothing enters
// but inputs.

import { type Calendar, momentOfDate } from '../base/calendar.ts'
import { type Cidr, parseCidr } from '../base/cidr.ts'
import { seconds } from '../base/instant.ts'
import { createRandom } from '../base/random.ts'
import type { Release } from '../base/release.ts'
import { createScheduler, run } from '../base/scheduler.ts'
import type { Catalogue } from '../engine/image/catalogue.ts'
import { createSegment } from '../net/link/ethernet.ts'
import type { Fabric } from '../net/namespace.ts'
import { bootHost, type Host } from './host.ts'
import { installHypervisor } from './hypervisor.ts'
import { wholeCatalogue } from './images.ts'
import type { Input } from './input.ts'
import { buildOutside, type Lan, type Outside } from './outside/internet.ts'
import { startSshd } from './programs/sshd.ts'
import { programsFor } from './programs.ts'
import type { Session } from './session.ts'
import type { MachineSpec, WorldSpec } from './spec.ts'

export interface World {
  readonly spec: WorldSpec
  readonly release: Release
  readonly fabric: Fabric
  readonly calendar: Calendar
  /** By name, the first one first. */
  readonly machines: Map<string, Host>
  readonly outside: Outside
  readonly lans: readonly Lan[]
  /** What the registries have. */
  readonly catalogue: Catalogue
  /** All that entered since the world was built, in order. */
  readonly journal: Input[]
  /** By the number by which inputs name them. */
  readonly sessions: Map<number, Session>
}

export const defaultRelease: Release = '28'
const defaultSeed = 1
const defaultLan = '192.168.5.0/24'
const defaultDate = '2026-01-15T09:00:00Z'
const uptime = seconds(75)

/** Builds the world that `spec` describes, and lets its machines boot. */
export function createWorld(spec: WorldSpec = {}): World {
  const release = spec.release ?? defaultRelease
  const calendar = calendarOf(spec)
  const fabric: Fabric = { scheduler: createScheduler(), random: createRandom(spec.seed ?? defaultSeed) }
  const lans = lansOf(fabric, spec)
  const catalogue = wholeCatalogue(spec)
  const outsideSpec = spec.outside ?? {}
  const outside = buildOutside(fabric, calendar, lans, outsideSpec, catalogue)
  fabric.missingKinds = spec.kernel?.without
  const programs = programsFor(release)
  const machines = new Map<string, Host>()
  for (const [index, machine] of machinesOf(spec).entries()) {
    const host = bootHost(fabric, calendar, { spec, machine, index, lans, programs, release, catalogue })
    machines.set(machine.name, host)
  }
  const built = { spec, release, fabric, calendar, machines, outside, lans, catalogue }
  const world: World = { ...built, journal: [], sessions: new Map() }
  openHosts(world)
  passTime(fabric)
  return world
}

/** Where there are several machines, or may be, one can be reached from another by ssh. */
function openHosts(world: World): void {
  const hosts = [...world.machines.values()]
  const workstations = hosts.filter(({ workstation }) => workstation)
  for (const host of workstations) installHypervisor(world, host)
  if (hosts.length + workstations.length > 1) for (const host of hosts) startSshd(host, world.machines)
}

/** The machines have been up for a while when a user comes. */
function passTime({ scheduler }: Fabric): void {
  const until = scheduler.now + uptime
  run(scheduler, { until, steps: Number.POSITIVE_INFINITY })
  scheduler.now = until
}

/** The machine of that name or, with Colima, of that profile; or the first. */
export function hostNamed(world: World, name?: string): Host | undefined {
  if (name === undefined) return [...world.machines.values()][0]
  return world.machines.get(name) ?? world.machines.get(`colima-${name}`)
}

/** What a world says of its first machine. */
const sharedKeys = [
  'address',
  'mac',
  'card',
  'gateway',
  'routes',
  'sysctls',
  'resolver',
  'docker',
  'user',
  'directory',
  'environment',
  'workstation',
] as const

function machinesOf(spec: WorldSpec): MachineSpec[] {
  const [first, ...others] = spec.machines ?? []
  const given = sharedKeys.map((key) => [key, spec[key]] as const)
  const known = Object.fromEntries(given.filter(([, value]) => value !== undefined))
  return [{ name: spec.name ?? 'docker', ...known, ...first }, ...others]
}

function lansOf(fabric: Fabric, spec: WorldSpec): Lan[] {
  const declared = spec.lans ?? [{ name: 'lan', subnet: spec.lan ?? defaultLan }]
  return declared.map(({ name, subnet }) => ({
    name,
    subnet: parseCidr(subnet) ?? (parseCidr(defaultLan) as Cidr),
    segment: createSegment(fabric),
  }))
}

function calendarOf(spec: WorldSpec): Calendar {
  const [, year, month, day, hour = '0', minute = '0', second = '0'] =
    /^(\d+)-(\d+)-(\d+)(?:[T ](\d+):(\d+)(?::(\d+))?Z?)?$/.exec(spec.date ?? defaultDate) ?? []
  const moment = momentOfDate(
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  )
  const [, name = '', sign, hours = '0', minutes = '0'] =
    /^([A-Z]*)([+-])(\d\d):?(\d\d)$/.exec(spec.timezone ?? '') ?? []
  const zone = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  return {
    epochOffset: Number(moment / 1000n),
    zoneMinutes: zone,
    zoneName: name || (zone === 0 ? 'UTC' : ''),
  }
}
