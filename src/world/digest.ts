// What can be seen of a world, in words, and a short digest of them: two worlds with one digest look the same to whoever
// looks. For tests, and for replays that must be the same to the byte.

import type { Bytes } from '../base/bytes.ts'
import { printCidr } from '../base/cidr.ts'
import { printIp } from '../base/ip.ts'
import { printMac } from '../base/mac.ts'
import type { Engine } from '../engine/engine.ts'
import type { Machine } from '../kernel/machine.ts'
import type { Namespace } from '../net/namespace.ts'
import { saveTables } from '../net/netfilter/listing.ts'
import { type Route, routesOver } from '../net/route.ts'
import { notePrinted, type Printed, type Session } from './session.ts'
import type { World } from './world.ts'

/** Sixteen hexadecimal digits; equal for worlds that look the same. */
export function digest(world: World): string {
  const text = describe(world).join('\n')
  return [0x811c9dc5, 0x1b873593].map((seed) => hash(text, seed)).join('')
}

/** The same in words: one line for each thing. */
export function describe(world: World): string[] {
  return [
    `clock ${world.fabric.scheduler.now}`,
    ...[...world.sessions.values()].flatMap(describeSession),
    ...[...world.machines.values()].flatMap(({ machine, engine }) => [
      ...describeMachine(machine),
      ...(engine ? describeEngine(engine) : []),
    ]),
  ]
}

function describeSession(session: Session): string[] {
  const said = (name: string, printed: Printed, waiting: Bytes) =>
    `session ${session.id} ${name} ${printedWith(printed, waiting)}`
  if (session.kind === 'terminal') return [said('terminal', session.printed, session.terminal.output)]
  if (session.kind === 'connection')
    return [said('connection', session.printed, session.answers.parts.join('') as Bytes)]
  const { printed, output, errors } = session
  return [
    said('out', printed.out, output.parts.join('') as Bytes),
    said('err', printed.err, errors.parts.join('') as Bytes),
  ]
}

function printedWith(printed: Printed, waiting: Bytes): string {
  const all = { ...printed }
  notePrinted(all, waiting)
  return `${all.length} ${all.hash}`
}

function describeMachine(machine: Machine): string[] {
  return [
    ...[...machine.processes.values()].map(
      ({ pid, parent, state, argv }) =>
        `process ${machine.name} ${pid} ${parent?.pid} ${state} ${argv.join(' ')}`,
    ),
    ...describeNamespace(machine.namespaces.net),
  ]
}

function describeNamespace(namespace: Namespace): string[] {
  const { name, links, netfilter } = namespace
  const lines: string[] = []
  for (const link of links.values()) {
    const addresses = link.addresses.map((address) => printCidr(address.cidr)).join(' ')
    lines.push(
      `link ${name} ${link.index} ${link.name} ${printMac(link.mac)} ${link.up} ${link.master?.name} ${addresses}`,
      ...routesOver(link).map((route) => `route ${name} ${describeRoute(route)}`),
    )
  }
  for (const family of [4, 6] as const)
    for (const line of saveTables(netfilter, family, { counters: true, date: '' }))
      lines.push(`rule ${name} ${line}`)
  return lines
}

const describeRoute = ({ table, type, destination, gateway, link, src, metric }: Route): string =>
  `${table} ${type} ${printCidr(destination)} ${gateway === undefined ? '' : printIp(gateway)} ${link?.name} ${
    src === undefined ? '' : printIp(src)
  } ${metric}`

function describeEngine({ networks, containers, ports, images }: Engine): string[] {
  const lines: string[] = []
  for (const { id, name, endpoints } of networks.values())
    lines.push(`network ${id} ${name}`, ...[...endpoints.keys()].map((endpoint) => `endpoint ${endpoint}`))
  for (const { id, name, state, sandbox, log } of containers.values()) {
    lines.push(`container ${id} ${name} ${state.status} ${state.exitCode} ${log.entries.length}`)
    if (sandbox && !sandbox.isHost) lines.push(...describeNamespace(sandbox.namespace))
  }
  for (const [protocol, taken] of ports.taken) lines.push(`ports ${protocol} ${[...taken.keys()].join(' ')}`)
  lines.push(...[...images.tags].map(([tag, id]) => `image ${tag} ${id}`))
  return lines
}

/** FNV-1a, 32 bits. */
function hash(text: string, seed: number): string {
  let value = seed
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return (value >>> 0).toString(16).padStart(8, '0')
}
