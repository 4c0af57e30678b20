// A machine that users work on: booted as its description says, with its user, sshd and, if wanted, Docker.

import type { Calendar } from '../base/calendar.ts'
import { parseCidr } from '../base/cidr.ts'
import { parseIp } from '../base/ip.ts'
import type { Release } from '../base/release.ts'
import { startDaemon } from '../engine/daemon/start.ts'
import type { Engine } from '../engine/engine.ts'
import type { Catalogue } from '../engine/image/catalogue.ts'
import type { Machine } from '../kernel/machine.ts'
import type { ProgramTable } from '../kernel/program.ts'
import type { Fabric } from '../net/namespace.ts'
import { releases } from '../releases/index.ts'
import { dockerGroup, type HostUser, hostTree } from './hosttree.ts'
import { storeImages } from './images.ts'
import { addressIn, bootMachine, type Dhcp, resolvConfText } from './machine.ts'
import { type Lan, resolverIp } from './outside/internet.ts'
import { adoptEngine } from './programs/units.ts'
import type { MachineSpec, UserSpec, WorldSpec } from './spec.ts'

export interface Host {
  readonly machine: Machine
  readonly engine: Engine | undefined
  readonly user: HostUser
  readonly workstation: boolean
  readonly directory: string
  readonly environment: Readonly<Record<string, string>>
}

export interface HostPlan {
  readonly spec: WorldSpec
  readonly machine: MachineSpec
  /** How many machines there are before this one. */
  readonly index: number
  readonly lans: readonly Lan[]
  readonly programs: ProgramTable
  readonly release: Release
  readonly catalogue: Catalogue
  readonly dhcp?: Dhcp | undefined
}

/** The host part of the first machine's address. */
const firstAddress = 15

/** Builds and boots the machine that `plan` describes. */
export function bootHost(fabric: Fabric, calendar: Calendar, plan: HostPlan): Host {
  const { machine: spec } = plan
  const lan = lanOf(spec, plan.lans)
  const gateway = lan && resolverIp(lan, plan.spec.outside ?? {})
  const user = userOf(spec.user)
  const resolver = spec.resolver ?? {}
  const servers = resolver.servers ?? (gateway === undefined ? [] : [gateway])
  const resolvConf = resolvConfText(servers, resolver.search ?? [], resolver.options ?? [])
  const address = spec.address
    ? parseCidr(spec.address)
    : lan && addressIn(lan.subnet, firstAddress + plan.index)
  const machine = bootMachine(fabric, calendar, {
    name: spec.name,
    tree: hostTree(spec.name, user, resolvConf, spec.workstation ?? false),
    programs: plan.programs,
    segment: lan?.segment,
    address,
    mac: spec.mac,
    card: spec.card,
    gateway: spec.gateway === 'none' ? undefined : (parseIp(spec.gateway ?? '') ?? gateway),
    dhcp: plan.dhcp,
    routes: spec.routes,
    sysctls: spec.sysctls,
  })
  const engine = (spec.docker ?? true) ? bootDocker(machine, plan) : undefined
  const home = user.name === 'root' ? '/root' : `/home/${user.name}`
  return {
    machine,
    engine,
    user,
    workstation: spec.workstation ?? false,
    directory: spec.directory ?? home,
    environment: spec.environment ?? {},
  }
}

/** The LAN that a machine is on: the one it names, or the first. */
export const lanOf = ({ lan: name }: MachineSpec, lans: readonly Lan[]): Lan | undefined =>
  lans.find((lan) => lan.name === name) ?? lans[0]

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
