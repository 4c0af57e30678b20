// `ifconfig` of BusyBox 1.37. Source of the words: recordings.

import { printMask } from '../../../base/cidr.ts'
import { strerror } from '../../../base/errno.ts'
import { isIp4, printIp } from '../../../base/ip.ts'
import { printMac } from '../../../base/mac.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { isLoopbackLink } from '../../../net/link/link.ts'
import { busyboxUsage } from '../../program.ts'
import { refuse } from '../busybox/usage.ts'
import { attempt, requestsOf } from './configure.ts'
import { findInterface, flagsShown, type Interface, interfacesOf, scopeOf } from './interface.ts'

export const busyboxIfconfig: Program = {
  name: 'ifconfig.busybox',
  *main(proc) {
    const words = proc.argv.slice(1)
    if (words.includes('--help')) {
      proc.write(2, busyboxUsage('ifconfig'))
      return 0
    }
    const all = words[0] === '-a'
    const [name, ...change] = all ? words.slice(1) : words
    if (name !== undefined && change.length > 0) return configure(proc, name, change)
    const one = name === undefined ? undefined : findInterface(proc.net, name)
    if (name !== undefined && !one)
      return proc.fail(`ifconfig: ${name}: error fetching interface information: Device not found`)
    for (const each of one ? [one] : interfacesOf(proc.net, all))
      proc.write(1, `${interfaceLines(each).join('\n')}\n\n`)
    return 0
  },
}

/** ife_print of networking/interface.c. */
function interfaceLines({ name, link, alias, ip4, ip6 }: Interface): string[] {
  const loop = isLoopbackLink(link)
  const hardware = loop ? 'Local Loopback  ' : `Ethernet  HWaddr ${printMac(link.mac).toUpperCase()}  `
  const lines = [`${name.padEnd(9)} Link encap:${hardware}`]
  if (ip4 && isIp4(ip4.cidr.ip)) {
    const broadcast = loop ? '' : `  Bcast:${printIp(ip4.broadcast ?? 0)}`
    lines.push(`inet addr:${printIp(ip4.cidr.ip)}${broadcast}  Mask:${printMask(ip4.cidr.length)}`)
  }
  for (const address of ip6) {
    const [, scope] = scopeOf(address)
    const words = `${scope.charAt(0).toUpperCase()}${scope.slice(1)}`
    lines.push(`inet6 addr: ${printIp(address.cidr.ip)}/${address.cidr.length} Scope:${words}`)
  }
  lines.push(`${flagsShown(link).join(' ')}  MTU:${link.mtu}  Metric:1`)
  if (!alias) {
    const { rxPackets, rxErrors, rxDropped, rxBytes, txPackets, txErrors, txDropped, txBytes } = link.counters
    lines.push(
      `RX packets:${rxPackets} errors:${rxErrors} dropped:${rxDropped} overruns:0 frame:0`,
      `TX packets:${txPackets} errors:${txErrors} dropped:${txDropped} overruns:0 carrier:0`,
      `collisions:0 txqueuelen:${link.queueLength} `,
      `RX bytes:${rxBytes} (${scaled(rxBytes)})  TX bytes:${txBytes} (${scaled(txBytes)})`,
    )
  }
  return lines.map((line, index) => (index === 0 ? line : `          ${line}`))
}

/** print_bytes_scaled of networking/interface.c: tenths are cut off. */
function scaled(bytes: number): string {
  let whole = bytes
  let tenth = 0
  let unit = 0
  while (whole >= 1024 && unit < 4) {
    tenth = Math.floor(((whole % 1024) * 10) / 1024)
    whole = Math.floor(whole / 1024)
    unit++
  }
  return `${whole}.${tenth} ${['', 'Ki', 'Mi', 'Gi', 'Ti'][unit]}B`
}

function configure(proc: Process, name: string, words: readonly string[]): number {
  // This applet knows no `ADDRESS/LENGTH` for IPv4.
  const slashed = words.find((word) => /^[\d.]+\//.test(word))
  if (slashed !== undefined) return proc.fail(`ifconfig: bad address '${slashed}'`)
  const requests = requestsOf(proc, name, words)
  if ('wrong' in requests) {
    if (requests.wrong === 'usage') return refuse(proc, 'ifconfig')
    if (requests.wrong === 'unsimulated')
      return proc.fail(`ifconfig: docksim does not simulate "ifconfig ${requests.word}"`)
    if (requests.wrong === 'hardware') return proc.fail(`ifconfig: invalid hw-addr ${requests.word}`)
    return proc.fail(`ifconfig: bad address '${requests.word}'`)
  }
  for (const request of requests) {
    const refused = attempt(request)
    if (!refused) continue
    const missing = refused.code === 'ENODEV'
    const asked =
      missing && request.name === 'SIFFLAGS'
        ? 'GIFFLAGS'
        : missing && request.byIndex
          ? 'GIFINDEX'
          : request.name
    return proc.fail(`ifconfig: SIOC${asked}: ${strerror(refused.code)}`)
  }
  return 0
}
