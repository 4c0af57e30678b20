// `ifconfig` of net-tools 2.10. Source of the words: recordings.

import { printMask } from '../../../base/cidr.ts'
import { strerror } from '../../../base/errno.ts'
import { isIp4, printIp } from '../../../base/ip.ts'
import { printMac } from '../../../base/mac.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { isLoopbackLink } from '../../../net/link/link.ts'
import { flagBits } from '../ip/facts.ts'
import { attempt, type Request, requestsOf } from './configure.ts'
import { findInterface, flagsShown, type Interface, interfacesOf, scopeOf } from './interface.ts'
import { addressFamilies, hardwareTypes, ifconfigUsage } from './usage.ts'

export const ifconfig: Program = {
  name: 'ifconfig',
  *main(proc) {
    const words = proc.argv.slice(1)
    const options = new Set<string>()
    while (words[0]?.startsWith('-')) {
      const option = words.shift() ?? ''
      if (option === '-h' || option === '--help' || option === '-?') return help(proc)
      if (option === '-V' || option === '--version') {
        proc.print('net-tools 2.10')
        return 0
      }
      if (!['-a', '-s', '-v'].includes(option))
        return proc.fail(
          `ifconfig: option \`${option}' not recognised.\nifconfig: \`--help' gives usage information.`,
        )
      options.add(option)
    }
    const [name, ...change] = words
    if (name !== undefined && change.length > 0) return configure(proc, name, change)
    return show(proc, name, options)
  },
}

function show(proc: Process, name: string | undefined, options: ReadonlySet<string>): number {
  const one = name === undefined ? undefined : findInterface(proc.net, name)
  if (name !== undefined && !one)
    return proc.fail(`${name}: error fetching interface information: Device not found`)
  const shown = one ? [one] : interfacesOf(proc.net, options.has('-a'))
  if (options.has('-s')) {
    proc.print('Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg')
    for (const each of shown) proc.print(countersLine(each))
  } else for (const each of shown) proc.write(1, `${interfaceLines(each).join('\n')}\n\n`)
  return 0
}

/** A row of `ifconfig -s` and `netstat -i` (if_print of net-tools lib/interface.c). */
export function countersLine({ name, link, alias }: Interface): string {
  const { rxPackets, rxErrors, rxDropped, txPackets, txErrors, txDropped } = link.counters
  const start = `${name.padEnd(15)} ${String(link.mtu).padStart(5)}`
  const cell = (value: number, width: number): string => String(value).padStart(width)
  const counters = alias
    ? '      - no statistics available -                        '
    : ` ${cell(rxPackets, 8)} ${cell(rxErrors, 6)} ${cell(rxDropped, 6)} ${'0'.padEnd(6)} ${cell(txPackets, 8)} ${cell(txErrors, 6)} ${cell(txDropped, 6)} ${cell(0, 6)} `
  return `${start}${counters}${letters(flagBits(link))}`
}

const letters = (bits: number): string =>
  [
    [0x200, 'A'],
    [0x2, 'B'],
    [0x4, 'D'],
    [0x8, 'L'],
    [0x1000, 'M'],
    [0x100, 'P'],
    [0x80, 'O'],
    [0x40, 'R'],
    [0x1, 'U'],
  ]
    .filter(([bit]) => bits & Number(bit))
    .map(([, letter]) => letter)
    .join('')

/** The lines of one interface (ife_print_long of net-tools lib/interface.c). */
export function interfaceLines({ name, link, alias, ip4, ip6 }: Interface): string[] {
  const loop = isLoopbackLink(link)
  const lines = [`${name}: flags=${flagBits(link)}<${flagsShown(link).join(',')}>  mtu ${link.mtu}`]
  if (ip4 && isIp4(ip4.cidr.ip)) {
    const broadcast = loop ? '' : `  broadcast ${printIp(ip4.broadcast ?? 0)}`
    lines.push(`inet ${printIp(ip4.cidr.ip)}  netmask ${printMask(ip4.cidr.length)}${broadcast}`)
  }
  for (const address of ip6) {
    const [number, scope] = scopeOf(address)
    lines.push(
      `inet6 ${printIp(address.cidr.ip)}  prefixlen ${address.cidr.length}  scopeid 0x${number}<${scope}>`,
    )
  }
  const queue = `txqueuelen ${link.queueLength}`
  lines.push(loop ? `loop  ${queue}  (Local Loopback)` : `ether ${printMac(link.mac)}  ${queue}  (Ethernet)`)
  if (!alias) lines.push(...counterLines(link.counters))
  return lines.map((line, index) => (index === 0 ? line : `        ${line}`))
}

const counterLines = (counters: Interface['link']['counters']): string[] => [
  `RX packets ${counters.rxPackets}  bytes ${counters.rxBytes} (${scaled(counters.rxBytes)})`,
  `RX errors ${counters.rxErrors}  dropped ${counters.rxDropped}  overruns 0  frame 0`,
  `TX packets ${counters.txPackets}  bytes ${counters.txBytes} (${scaled(counters.txBytes)})`,
  `TX errors ${counters.txErrors}  dropped ${counters.txDropped} overruns 0  carrier 0  collisions 0`,
]

function scaled(bytes: number): string {
  for (const [power, unit] of [
    [4, 'TiB'],
    [3, 'GiB'],
    [2, 'MiB'],
    [1, 'KiB'],
  ] as const)
    if (bytes > 1024 ** power) return `${tenths(Math.floor((bytes * 10) / 1024 ** power))} ${unit}`
  return `${tenths(bytes * 10)} B`
}

const tenths = (value: number): string => `${Math.floor(value / 10)}.${value % 10}`

function configure(proc: Process, name: string, words: readonly string[]): number {
  const requests = requestsOf(proc, name, words)
  if ('wrong' in requests) {
    if (requests.wrong === 'usage') {
      proc.write(2, ifconfigUsage)
      return 3
    }
    if (requests.wrong === 'unsimulated')
      return proc.fail(`ifconfig: docksim does not simulate "ifconfig ${requests.word}"`)
    if (requests.wrong === 'hardware') return proc.fail(`${requests.word}: invalid ether address.`)
    return proc.fail(
      `${requests.word}: Host name lookup failure\nifconfig: \`--help' gives usage information.`,
    )
  }
  let status = 0
  for (const request of requests) {
    const words = refusalOf(name, request)
    if (words === undefined) continue
    proc.printError(words)
    if (request.name === 'SIFMTU') status = 1
    else status |= request.name === 'SIFFLAGS' ? 255 : 1
  }
  return status
}

function refusalOf(name: string, request: Request): string | undefined {
  const refused = attempt(request)
  if (!refused) return undefined
  const words = strerror(refused.code)
  if (refused.code === 'ENODEV' && request.name === 'SIFFLAGS')
    return `${name}: ERROR while getting interface flags: ${words}`
  if (refused.code === 'ENODEV' && request.byIndex) return `SIOGIFINDEX: ${words}`
  return `SIOC${request.name}: ${words}`
}

function help(proc: Process): number {
  proc.write(2, hardwareTypes + addressFamilies)
  proc.write(1, ifconfigUsage.replace(hardwareTypes, '').replace(addressFamilies, ''))
  return 0
}
