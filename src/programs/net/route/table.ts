// The routing table as route and netstat print it, in the layouts that net-tools and BusyBox share.

import { printMask } from '../../../base/cidr.ts'
import { isAny, isIp4, printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import { listRoutes, type Route } from '../../../net/route.ts'
import type { Flavour } from '../../program.ts'
import { nameOf } from '../names.ts'

export interface TableLayout {
  readonly flavour: Flavour
  readonly numeric: boolean
  /** Which columns: `route`, `netstat -r` (`route -e`), or `route -ee`. */
  readonly columns: 'metric' | 'window' | 'both'
}

/** Prints the IPv4 routing table (INET_rprint of net-tools lib/inet_gr.c, bb_displayroutes of BusyBox). */
export function* printRoutes(proc: Process, layout: TableLayout): Task<void> {
  proc.print('Kernel IP routing table')
  proc.print(`Destination     Gateway         Genmask         ${titles[layout.columns]}`)
  for (const route of listRoutes(proc.net, 4)) proc.print(yield* routeRow(proc, route, layout))
}

const titles = {
  metric: 'Flags Metric Ref    Use Iface',
  window: 'Flags   MSS Window  irtt Iface',
  both: 'Flags Metric Ref    Use Iface    MSS   Window irtt',
}

function* routeRow(proc: Process, route: Route, layout: TableLayout): Task<string> {
  const { flavour } = layout
  const rejects = route.link === undefined
  const dashed = rejects && flavour === 'gnu'
  const ends = `${yield* destinationOf(proc, route, layout)} ${yield* gatewayOf(proc, route, layout)}`
  const mask = printMask(route.destination.length).padEnd(15)
  const name = route.link?.name ?? (flavour === 'gnu' ? '-' : '*')
  const zero = dashed ? '-' : '0'
  const metric = `${String(route.metric).padEnd(6)} ${zero.padEnd(2)} ${'0'.padStart(7)}`
  const window = `${zero.padStart(5)} ${zero.padEnd(5)} ${zero.padStart(6)}`
  const start = `${ends} ${mask} ${flagsOf(route).padEnd(layout.columns === 'window' ? 6 : 5)}`
  if (layout.columns === 'window') return `${start}${window} ${name}`
  const row = `${start} ${metric} `
  return layout.columns === 'metric'
    ? `${row}${name}`
    : `${row}${name.padEnd(8)} ${zero.padEnd(5)} ${zero.padEnd(6)} ${zero}`
}

function flagsOf({ link, gateway, destination }: Route): string {
  const up = link === undefined ? '!' : 'U'
  return `${up}${gateway === undefined ? '' : 'G'}${destination.length === 32 ? 'H' : ''}`
}

function* destinationOf(proc: Process, { destination }: Route, { numeric }: TableLayout): Task<string> {
  const { ip, length } = destination
  if (!numeric && length === 0 && isAny(ip)) return 'default'.padEnd(15)
  const name = numeric || length < 32 ? undefined : yield* nameOf(proc, ip)
  return (name ?? printIp(ip)).slice(0, 15).padEnd(15)
}

function* gatewayOf(
  proc: Process,
  { gateway, link }: Route,
  { numeric, flavour }: TableLayout,
): Task<string> {
  if (link === undefined && flavour === 'gnu') return '-'.padEnd(15)
  if (gateway === undefined || !isIp4(gateway))
    return (flavour === 'busybox' && !numeric ? '*' : '0.0.0.0').padEnd(15)
  const name = numeric ? undefined : yield* nameOf(proc, gateway)
  return (name ?? printIp(gateway)).slice(0, 15).padEnd(15)
}
