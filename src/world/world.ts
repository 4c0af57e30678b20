// A world: machines on LANs, their outside, and an engine on each machine that has Docker. Plain records; nothing enters
// but inputs.

import { type Calendar, momentOfDate } from '../base/calendar.ts'
import { type Cidr, parseCidr } from '../base/cidr.ts'
import { seconds } from '../base/instant.ts'
import { parseIp } from '../base/ip.ts'
import { createRandom } from '../base/random.ts'
import type { Release } from '../base/release.ts'
import { createScheduler, run } from '../base/scheduler.ts'
import { startDaemon } from '../engine/daemon/start.ts'
import type { Engine } from '../engine/engine.ts'
import type { Catalogue } from '../engine/image/catalogue.ts'
import type { Machine } from '../kernel/machine.ts'
import type { ProgramTable } from '../kernel/program.ts'
import { createSegment } from '../net/link/ethernet.ts'
import type { Fabric } from '../net/namespace.ts'
import { releases } from '../releases/index.ts'
import { dockerGroup, type HostUser, hostTree } from './hosttree.ts'
import { storeImages, wholeCatalogue } from './images.ts'
import type { Input } from './input.ts'
import { addressIn, bootMachine, resolvConfText } from './machine.ts'
import { buildOutside, type Lan, type Outside, resolverIp } from './outside/internet.ts'
import { adoptEngine } from './programs/units.ts'
import { programsFor } from './programs.ts'
import type { Session } from './session.ts'
import type { MachineSpec, UserSpec, WorldSpec } from './spec.ts'

export interface World {
  readonly spec: WorldSpec
  readonly release: Release
  readonly fabric: Fabric
  readonly calendar: Calendar
  /** By name, the first one first. */
  readonly machines: Map<string, Host>
  readonly outside: Outside
  /** All that entered since the world was built, in order. */
  readonly journal: Input[]
  /** By the number by which inputs name them. */
  readonly sessions: Map<number, Session>
}

/** A machine that users work on. */
export interface Host {
  readonly machine: Machine
  readonly engine: Engine | undefined
  readonly user: HostUser
  readonly directory: string
  readonly environment: Readonly<Record<string, string>>
}

export const defaultRelease: Release = '28'
const defaultSeed = 1
const defaultLan = '192.168.5.0/24'
const defaultDate = '2026-01-15T09:00:00Z'
const uptime = seconds(75)
/** The host part of the first machine's address. */
const firstAddress = 15

/** Builds the world that `spec` describes, and lets its machines boot. */
export function createWorld(spec: WorldSpec = {}): World {
  const release = spec.release ?? defaultRelease
  const calendar = calendarOf(spec)
  const fabric: Fabric = { scheduler: createScheduler(), random: createRandom(spec.seed ?? defaultSeed) }
  const lans = lansOf(fabric, spec)
  const catalogue = wholeCatalogue(spec)
  const outsideSpec = spec.outside ?? {}
  const outside = buildOutside(fabric, calendar, lans, outsideSpec, catalogue)
  const programs = programsFor(release)
  const machines = new Map<string, Host>()
  for (const [index, machine] of machinesOf(spec).entries()) {
    const host = bootHost(fabric, calendar, { spec, machine, index, lans, programs, release, catalogue })
    machines.set(machine.name, host)
  }
  passTime(fabric)
  return { spec, release, fabric, calendar, machines, outside, journal: [], sessions: new Map() }
}

/** The machines have been up for a while when a user comes. */
function passTime({ scheduler }: Fabric): void {
  const until = scheduler.now + uptime
  run(scheduler, { until, steps: Number.POSITIVE_INFINITY })
  scheduler.now = until
}

/** The machine of that name, or the first. */
export function hostNamed(world: World, name?: string): Host | undefined {
  return name === undefined ? [...world.machines.values()][0] : world.machines.get(name)
}

interface HostPlan {
  readonly spec: WorldSpec
  readonly machine: MachineSpec
  readonly index: number
  readonly lans: readonly Lan[]
  readonly programs: ProgramTable
  readonly release: Release
  readonly catalogue: Catalogue
}

function bootHost(fabric: Fabric, calendar: Calendar, plan: HostPlan): Host {
  const { machine: spec, lans } = plan
  const lan = lans.find((candidate) => candidate.name === spec.lan) ?? lans[0]
  const outside = plan.spec.outside ?? {}
  const gateway = lan && resolverIp(lan, outside)
  const user = userOf(spec.user)
  const resolver = spec.resolver ?? {}
  const servers = resolver.servers ?? (gateway === undefined ? [] : [gateway])
  const address = spec.address
    ? parseCidr(spec.address)
    : lan && addressIn(lan.subnet, firstAddress + plan.index)
  const machine = bootMachine(fabric, calendar, {
    name: spec.name,
    tree: hostTree(spec.name, user, resolvConfText(servers, resolver.search ?? [], resolver.options ?? [])),
    programs: plan.programs,
    segment: lan?.segment,
    address,
    mac: spec.mac,
    gateway: spec.gateway === 'none' ? undefined : (parseIp(spec.gateway ?? '') ?? gateway),
    routes: spec.routes,
    sysctls: spec.sysctls,
  })
  const engine = (spec.docker ?? true) ? bootDocker(machine, plan) : undefined
  const home = user.name === 'root' ? '/root' : `/home/${user.name}`
  return { machine, engine, user, directory: spec.directory ?? home, environment: spec.environment ?? {} }
}

function bootDocker(machine: Machine, { release, catalogue, spec }: HostPlan): Engine {
  const engine = startDaemon(machine, {
    release,
    traits: releases[release].engine,
    catalogue,
    groupId: dockerGroup,
  })
  storeImages(engine.images, spec, catalogue)
  adoptEngine(machine, engine, dockerGroup)
  return engine
}

function userOf(user: string | UserSpec | undefined): HostUser {
  const {
    name,
    docker = true,
    sudo = true,
  } = typeof user === 'string' ? { name: user } : (user ?? { name: 'ubuntu' })
  return { name, docker, sudo }
}

function machinesOf(spec: WorldSpec): MachineSpec[] {
  const [first, ...others] = spec.machines ?? []
  const { address, mac, gateway, routes, sysctls, resolver, docker, user, directory, environment } = spec
  const shared = { address, mac, gateway, routes, sysctls, resolver, docker, user, directory, environment }
  const known = Object.fromEntries(Object.entries(shared).filter(([, value]) => value !== undefined))
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
