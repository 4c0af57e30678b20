// `bridge fdb`: what bridges have learnt, and the addresses that links hear (iproute2 bridge/fdb.c).

import { isIp4 } from '../../../base/ip.ts'
import { type Mac, printMac } from '../../../base/mac.ts'
import type { Process } from '../../../kernel/process.ts'
import { isBridge } from '../../../net/link/bridge.ts'
import { ageingTime } from '../../../net/link/fdb.ts'
import { isLoopbackLink, isRunning, type Link } from '../../../net/link/link.ts'
import { linksInOrder } from '../ip/facts.ts'
import { printJson } from '../ip/json.ts'
import type { BridgeSettings } from './bridge.ts'

interface Row {
  readonly mac: Mac
  readonly device: string
  /** The bridge in whose database it is; undefined for an address that the link itself hears. */
  readonly master: string | undefined
  readonly permanent: boolean
}

export function showFdb(proc: Process, words: readonly string[], settings: BridgeSettings): number {
  const rest = [...words]
  let bridge: string | undefined
  let device: string | undefined
  let kind: string | undefined
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'br') bridge = rest.shift()
    else if (word === 'dev' || word === 'brport') device = rest.shift()
    else if (['dynamic', 'static', 'permanent'].includes(word)) kind = word
    else return proc.fail(`bridge: docksim does not simulate "bridge fdb show ${word}"`, 255)
  }
  if (settings.statistics) return proc.fail('bridge: docksim does not simulate "bridge -statistics fdb"', 255)
  const { linksByName } = proc.net
  if (bridge !== undefined && !linksByName.has(bridge))
    return proc.fail(`Cannot find bridge device "${bridge}"`, 255)
  if (device !== undefined && !linksByName.has(device))
    return proc.fail(`Cannot find device "${device}"`, 255)
  const rows = linksInOrder(proc.net)
    .filter((link) => device === undefined || link.name === device)
    .filter((link) => bridge === undefined || link.name === bridge || link.master?.name === bridge)
    .flatMap((link) => rowsOf(link, proc.now()))
    .filter(({ permanent }) => kind === undefined || (kind === 'dynamic' ? !permanent : permanent))
  if (settings.json)
    proc.print(
      printJson(
        rows.map((row) => rowJson(row, device !== undefined)),
        settings.pretty,
      ),
    )
  else for (const row of rows) proc.print(rowLine(row, device !== undefined))
  return 0
}

function rowsOf(link: Link, now: number): Row[] {
  const own = heardBy(link).map((mac) => ({ mac, device: link.name, master: undefined, permanent: true }))
  const permanent = { mac: link.mac, device: link.name, permanent: true }
  if (isBridge(link)) return [...own, { ...permanent, master: link.name }]
  if (!link.master) return own
  const master = link.master.name
  const learnt = [...link.master.bridge.fdb]
    .filter(([, { port, seenAt }]) => port === link && now - seenAt < ageingTime)
    .map(([mac]) => ({ mac, device: link.name, master, permanent: false }))
  return [...learnt, { ...permanent, master }, ...own]
}

/** The groups that the kernel joins on each link: all hosts, snoopers on a bridge, and one for each IPv6 address. */
function heardBy(link: Link): Mac[] {
  if (isLoopbackLink(link)) return []
  const groups = [allNodes6]
  if (!link.up) return groups
  if (isBridge(link)) groups.push(allSnoopers4, allSnoopers6)
  groups.push(allHosts4)
  if (!isRunning(link)) return groups
  const solicited = link.addresses.flatMap(({ cidr: { ip } }) =>
    isIp4(ip) ? [] : [0x3333_ff00_0000 + Number(ip & 0xff_ffffn)],
  )
  return [...groups, ...new Set(solicited)]
}

const allNodes6: Mac = 0x3333_0000_0001
const allHosts4: Mac = 0x0100_5e00_0001
const allSnoopers4: Mac = 0x0100_5e00_006a
const allSnoopers6: Mac = 0x3333_0000_006a

function rowLine({ mac, device, master, permanent }: Row, ofOneDevice: boolean): string {
  const dev = ofOneDevice ? '' : ` dev ${device}`
  return `${printMac(mac)}${dev} ${master === undefined ? 'self' : `master ${master}`} ${permanent ? 'permanent' : ''}`
}

const rowJson = ({ mac, device, master, permanent }: Row, ofOneDevice: boolean) => ({
  mac: printMac(mac),
  ...(ofOneDevice ? {} : { ifname: device }),
  flags: master === undefined ? ['self'] : [],
  ...(master === undefined ? {} : { master }),
  state: permanent ? 'permanent' : '',
})
