// `ip` of iproute2: its options and objects. What each object does stands in a file of its own.

import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { runAddress } from './address.ts'
import { linksInOrder } from './facts.ts'
import { runLink } from './link.ts'
import { runNeighbor } from './neighbor.ts'
import { runRoute } from './route.ts'
import { type IpRelease, iproute61, iproute615, readSettings, type Settings } from './settings.ts'
import { ipUsage } from './usage.ts'

const objects = [
  'address',
  'addrlabel',
  'maddress',
  'route',
  'rule',
  'neighbor',
  'neighbour',
  'ntable',
  'ntbl',
  'link',
  'l2tp',
  'fou',
  'ila',
  'macsec',
  'tunnel',
  'tunl',
  'tuntap',
  'tap',
  'token',
  'tcpmetrics',
  'tcp_metrics',
  'monitor',
  'xfrm',
  'mroute',
  'mrule',
  'netns',
  'netconf',
  'vrf',
  'sr',
  'nexthop',
  'mptcp',
  'ioam',
  'help',
  'stats',
] as const

const ipProgram = (name: string, release: IpRelease): Program => ({
  name,
  *main(proc) {
    const read = readSettings(proc, release)
    return typeof read === 'number' ? read : run(proc, read.rest, read.settings)
  },
})

/** As Debian 13 has it. */
export const ip = ipProgram('ip', iproute615)
/** As Debian 12 has it. */
export const ipBookworm = ipProgram('ip.bookworm', iproute61)

function run(proc: Process, words: readonly string[], settings: Settings): number {
  const [word, ...rest] = words
  if (word === undefined) return proc.fail(ipUsage, 255)
  const object = objects.find((name) => name.startsWith(word))
  switch (object) {
    case 'address':
      return runAddress(proc, rest, settings)
    case 'link':
      return runLink(proc, rest, settings)
    case 'route':
      return runRoute(proc, rest, settings)
    case 'neighbor':
    case 'neighbour':
      return runNeighbor(proc, rest, settings)
    case 'rule':
      return rules(proc, rest, settings)
    case 'maddress':
      return multicast(proc)
    case 'netns':
      return rest.length === 0 || 'list'.startsWith(rest[0] ?? '') ? 0 : unsimulated(proc, 'netns')
    case 'help':
      return proc.fail(ipUsage, 255)
    case undefined:
      return proc.fail(`Object "${word}" is unknown, try "ip help".`, 1)
    default:
      return unsimulated(proc, object)
  }
}

const unsimulated = (proc: Process, object: string): number =>
  proc.fail(`ip: docksim does not simulate "ip ${object}"`, 255)

/** The rules that every kernel has. */
function rules(proc: Process, words: readonly string[], { family }: Settings): number {
  const [verb = 'show'] = words
  if (!['show', 'list', 'lst'].some((name) => name.startsWith(verb))) return unsimulated(proc, 'rule')
  proc.print('0:\tfrom all lookup local')
  proc.print('32766:\tfrom all lookup main')
  if (family !== 6) proc.print('32767:\tfrom all lookup default')
  return 0
}

/** The groups that every link has joined. */
function multicast(proc: Process): number {
  for (const link of linksInOrder(proc.net)) {
    proc.print(`${link.index}:\t${link.name}`)
    if (link !== proc.net.loopback) {
      proc.print('\tlink  33:33:00:00:00:01')
      proc.print('\tlink  01:00:5e:00:00:01')
    }
    proc.print('\tinet  224.0.0.1')
    proc.print('\tinet6 ff02::1')
    proc.print('\tinet6 ff01::1')
  }
  return 0
}
