// `arp` of net-tools 2.10 and of BusyBox 1.37: the IPv4 neighbors. Source of the words: recordings.

import { isErrno, strerror } from '../../../base/errno.ts'
import { isIp4, parseIp4, printIp } from '../../../base/ip.ts'
import { parseMac, printMac } from '../../../base/mac.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { listNeighbors, type Neighbor } from '../../../net/neighbor/table.ts'
import { busyboxUsage, type Flavour } from '../../program.ts'
import { refuse } from '../busybox/usage.ts'
import { type Scanned, scanOptions } from '../getopt.ts'
import { nameOf, resolvePreferring4 } from '../names.ts'
import { addNeighbor, dropNeighbor } from './change.ts'
import { arpHardware, arpUsage } from './usage.ts'

const arpProgram = (name: string, flavour: Flavour): Program => ({
  name,
  *main(proc) {
    const gnu = flavour === 'gnu'
    const scanned = scanOptions(proc.argv.slice(1), gnu ? gnuGrammar : busyboxGrammar)
    if (scanned.error !== undefined) {
      if (!gnu) return refuse(proc, 'arp', scanned.error)
      proc.write(2, `arp: ${scanned.error}\n${arpUsage}${arpHardware}`)
      return 3
    }
    const has = (...keys: string[]): boolean => scanned.options.some(({ key }) => keys.includes(key))
    if (has('h')) {
      proc.write(2, gnu ? arpHardware : busyboxUsage('arp'))
      if (gnu) proc.write(1, arpUsage)
      return 0
    }
    if (has('V')) {
      proc.print(version)
      return 0
    }
    const refused = scanned.options.find(({ key }) => 'DHApf'.includes(key))
    if (refused) return proc.fail(`arp: docksim does not simulate "arp -${refused.key}"`)
    if (has('s', 'd')) return yield* change(proc, flavour, scanned, has('s'))
    return yield* show(proc, flavour, scanned)
  },
})

export const arp = arpProgram('arp', 'gnu')
export const busyboxArp = arpProgram('arp.busybox', 'busybox')

const gnuGrammar = {
  short: 'A:H:adfp:nsei:t:vh?DNV',
  long: {
    verbose: 'v',
    version: 'V',
    all: 'a',
    delete: 'd',
    file: 'f',
    numeric: 'n',
    set: 's',
    'protocol:': 'A',
    'hw-type:': 'H',
    'device:': 'i',
    help: 'h',
    'use-device': 'D',
    symbolic: 'N',
  },
}
const busyboxGrammar = { short: 'A:p:H:t:i:adnDsv', long: { help: 'h' } }

const version = `net-tools 2.10
+I18N +SELINUX
AF: (inet) +UNIX +INET +INET6 +IPX +AX25 +NETROM +X25 +ATALK +ECONET +ROSE -BLUETOOTH
HW: (ether) +ETHER +ARC +SLIP +PPP +TUNNEL -TR +AX25 +NETROM +X25 +FR +ROSE +ASH +SIT +FDDI +HIPPI +HDLC/LAPB +EUI64 `

function* show(proc: Process, flavour: Flavour, { options, operands }: Scanned): Task<number> {
  const has = (key: string): boolean => options.some((option) => option.key === key)
  const device = options.findLast(({ key }) => key === 'i')?.argument
  const [host] = operands
  const wanted = host === undefined ? undefined : yield* resolvePreferring4(proc, host, 4)
  if (host !== undefined && wanted === undefined) return unknownHost(proc, flavour, host)
  // Permanent entries and those that were asked for have a row; the kernel leaves out those that were never used.
  const all = listNeighbors(proc.net).filter(({ ip }) => isIp4(ip))
  const shown = all.filter(
    ({ ip, link }) => (wanted === undefined || ip === wanted) && (!device || link.name === device),
  )
  const wide = flavour === 'gnu' && !has('a')
  if (wide && shown.length > 0) proc.print(title)
  for (const neighbor of shown) {
    const name = has('n') ? undefined : yield* nameOf(proc, neighbor.ip)
    proc.print(wide ? wideRow(neighbor, name) : narrowRow(neighbor, name, flavour))
  }
  if (flavour === 'gnu' && has('v'))
    proc.print(`Entries: ${all.length}\tSkipped: ${all.length - shown.length}\tFound: ${shown.length}`)
  if (shown.length > 0 || (host === undefined && device === undefined)) return 0
  if (flavour === 'busybox') proc.print(`No match found in ${all.length} entries`)
  else if (wide && host !== undefined) proc.print(`${host} (${printIp(wanted ?? 0)}) -- no entry`)
  else proc.print(`arp: in ${all.length} entries no match found.`)
  return 0
}

const title = 'Address                  HWtype  HWaddress           Flags Mask            Iface'

/** arp_disp_2 of net-tools arp.c. */
function wideRow({ ip, mac, link, state }: Neighbor, name: string | undefined): string {
  const address = (name ?? printIp(ip)).slice(0, 23).padEnd(23)
  if (mac === undefined || state === 'FAILED' || state === 'INCOMPLETE')
    return `${address}  ${''.padEnd(7)} ${'(incomplete)'.padEnd(17)}${' '.repeat(24)} ${link.name}`
  const flags = state === 'PERMANENT' ? 'CM' : 'C'
  return `${address}  ${'ether'.padEnd(7)} ${printMac(mac)}   ${flags.padEnd(21)} ${link.name}`
}

/** arp_disp of net-tools arp.c, and of BusyBox, which has one blank more. */
function narrowRow({ ip, mac, link, state }: Neighbor, name: string | undefined, flavour: Flavour): string {
  const known = mac !== undefined && state !== 'FAILED' && state !== 'INCOMPLETE'
  const at = known ? `${printMac(mac)} [ether] ` : '<incomplete> '
  const permanent = known && state === 'PERMANENT' ? 'PERM' : ''
  const gap = flavour === 'busybox' || permanent !== '' ? ' ' : ''
  return `${name ?? '?'} (${printIp(ip)}) at ${at}${permanent}${gap}on ${link.name}`
}

function* change(
  proc: Process,
  flavour: Flavour,
  { options, operands }: Scanned,
  set: boolean,
): Task<number> {
  const trouble = flavour === 'gnu' ? 255 : 1
  const prefix = flavour === 'gnu' ? '' : 'arp: '
  const [host, hardware] = operands
  if (host === undefined) return proc.fail('arp: need host name', trouble)
  const ip = parseIp4(host) ?? (yield* resolvePreferring4(proc, host, 4))
  if (ip === undefined || !isIp4(ip)) return unknownHost(proc, flavour, host)
  if (set && hardware === undefined) return proc.fail('arp: need hardware address', trouble)
  const mac = parseMac(hardware ?? '')
  if (set && mac === undefined) return proc.fail('arp: invalid hardware address', trouble)
  const device = options.findLast(({ key }) => key === 'i')?.argument
  try {
    if (mac !== undefined) addNeighbor(proc, ip, mac, device)
    else if (!dropNeighbor(proc, ip, device)) {
      if (flavour === 'gnu') {
        proc.print(`No ARP entry for ${host}`)
        return 255
      }
      return proc.fail('arp: SIOCDARP(pub): No such file or directory')
    }
    return 0
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    return proc.fail(`${prefix}${set ? 'SIOCSARP' : 'SIOCDARP(dontpub)'}: ${strerror(cause.code)}`, trouble)
  }
}

const unknownHost = (proc: Process, flavour: Flavour, host: string): number =>
  flavour === 'gnu'
    ? proc.fail(`${host}: Host name lookup failure`, 255)
    : proc.fail(`arp: ${host}: Unknown host`)
