// What `brctl show`, `showmacs` and `showstp` print.

import { printMac } from '../../../base/mac.ts'
import type { Process } from '../../../kernel/process.ts'
import { type BridgeLink, isBridge } from '../../../net/link/bridge.ts'
import { ageingTime } from '../../../net/link/fdb.ts'
import { isRunning, type Link } from '../../../net/link/link.ts'

export function showBridges(proc: Process, names: readonly string[]): number {
  const all = [...proc.net.links.values()].filter(isBridge)
  all.sort((a, b) => (a.name < b.name ? -1 : 1))
  let titled = false
  let status = 0
  const show = (bridge: BridgeLink): void => {
    if (!titled) proc.print('bridge name\tbridge id\t\tSTP enabled\tinterfaces')
    titled = true
    showBridge(proc, bridge)
  }
  if (names.length === 0) for (const bridge of all) show(bridge)
  for (const name of names) {
    const link = proc.net.linksByName.get(name)
    if (link && isBridge(link)) show(link)
    else status = proc.fail(link ? `device ${name} is not a bridge!` : `bridge ${name} does not exist!`)
  }
  return status
}

const idOf = ({ mac }: BridgeLink): string => `8000.${printMac(mac).replaceAll(':', '')}`

/** Ports by name, each below the other (br_dump_interface_list). */
function showBridge(proc: Process, bridge: BridgeLink): void {
  const ports = portNames(bridge)
  proc.print(`${bridge.name}\t\t${idOf(bridge)}\tno\t\t${ports[0] ?? ''}`)
  for (const name of ports.slice(1)) proc.print(`\t\t\t\t\t\t\t${name}`)
}

const portNames = (bridge: BridgeLink): string[] =>
  [...bridge.bridge.ports.keys()].map(({ name }) => name).sort()

export function printMacs(proc: Process, [name = '']: readonly string[]): number {
  const bridge = proc.net.linksByName.get(name)
  if (!bridge || !isBridge(bridge)) return proc.fail('read of forward table failed: No such device')
  const now = proc.now()
  const rows: { port: number; mac: number; local: boolean; age: number }[] = []
  for (const [port, { number }] of bridge.bridge.ports)
    rows.push({ port: number, mac: port.mac, local: true, age: 0 })
  for (const [mac, { port, seenAt }] of bridge.bridge.fdb) {
    const number = bridge.bridge.ports.get(port)?.number
    if (number !== undefined && now - seenAt < ageingTime)
      rows.push({ port: number, mac, local: false, age: now - seenAt })
  }
  proc.print('port no\tmac addr\t\tis local?\tageing timer')
  for (const { port, mac, local, age } of rows.sort((a, b) => a.mac - b.mac))
    proc.print(`${String(port).padStart(3)}\t${printMac(mac)}\t${local ? 'yes' : 'no'}\t\t${time(age)}`)
  return 0
}

/** Microseconds as seconds, as brctl prints all times. */
const time = (duration: number): string => (Math.floor(duration / 10_000) / 100).toFixed(2).padStart(7)

/** The settings are those with which the kernel makes a bridge; there is no spanning tree that would have timers. */
export function printStp(proc: Process, [name = '']: readonly string[]): number {
  const bridge = proc.net.linksByName.get(name)
  if (!bridge || !isBridge(bridge)) return proc.fail(`${name}: can't get info No such device`)
  const id = idOf(bridge)
  const [none, cost] = [time(0), '   0']
  proc.print(`${name}
 bridge id\t\t${id}
 designated root\t${id}
 root port\t\t${cost}\t\t\tpath cost\t\t${cost}
 max age\t\t${time(20e6)}\t\t\tbridge max age\t\t${time(20e6)}
 hello time\t\t${time(2e6)}\t\t\tbridge hello time\t${time(2e6)}
 forward delay\t\t${time(15e6)}\t\t\tbridge forward delay\t${time(15e6)}
 ageing time\t\t${time(ageingTime)}
 hello timer\t\t${none}\t\t\ttcn timer\t\t${none}
 topology change timer\t${none}\t\t\tgc timer\t\t${none}
 flags\t\t\t

`)
  for (const [port, { number, hairpin }] of bridge.bridge.ports)
    proc.print(portStp(port, number, id, stateOf(bridge, port), hairpin))
  return 0
}

const stateOf = (bridge: BridgeLink, port: Link): string =>
  bridge.up && isRunning(port) ? 'forwarding' : 'disabled'

function portStp({ name }: Link, number: number, root: string, state: string, hairpin: boolean): string {
  const [none, cost] = [time(0), '   0']
  const portId = (0x8000 + number).toString(16)
  return `${name} (${number})
 port id\t\t${portId}\t\t\tstate\t\t${state.padStart(15)}
 designated root\t${root}\tpath cost\t\t   2
 designated bridge\t${root}\tmessage age timer\t${none}
 designated port\t${portId}\t\t\tforward delay timer\t${none}
 designated cost\t${cost}\t\t\thold timer\t\t${none}
 flags\t\t\t${hairpin ? '\n hairpin mode\t\t   1' : ''}
`
}
