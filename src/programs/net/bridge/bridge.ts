// `bridge` of iproute2 6.1: ports of bridges and forwarding databases. Source of the words: recordings.

import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { showFdb } from './fdb.ts'
import { setPort, showPorts } from './link.ts'
import { bridgeUsage } from './usage.ts'

export interface BridgeSettings {
  readonly details: boolean
  readonly json: boolean
  readonly pretty: boolean
  readonly statistics: boolean
}

export const bridge: Program = {
  name: 'bridge',
  *main(proc) {
    const words = proc.argv.slice(1)
    const given = new Set<string>()
    while (words[0]?.startsWith('-')) {
      const word = words.shift() ?? ''
      const option = word.startsWith('--') ? word.slice(1) : word
      const found = options.find((one) => option.length > 1 && one.startsWith(option))
      if (found === undefined) return proc.fail(`Option "${option}" is unknown, try "bridge help".`, 255)
      if (found === '-Version') {
        proc.print('bridge utility, 6.1.0')
        return 0
      }
      if (found === '-help') return proc.fail(bridgeUsage.trimEnd(), 255)
      if (!simulated.has(found)) return proc.fail(`bridge: docksim does not simulate "bridge ${found}"`, 255)
      given.add(found)
    }
    const settings: BridgeSettings = {
      details: given.has('-details'),
      json: given.has('-json'),
      pretty: given.has('-pretty'),
      statistics: given.has('-statistics'),
    }
    return run(proc, words, settings)
  },
}

const options = [
  '-help',
  '-Version',
  '-statistics',
  '-details',
  '-oneline',
  '-timestamp',
  '-family',
  '-4',
  '-6',
  '-netns',
  '-color',
  '-compressvlans',
  '-force',
  '-json',
  '-pretty',
  '-batch',
]

const simulated: ReadonlySet<string> = new Set(['-statistics', '-details', '-oneline', '-json', '-pretty'])

function run(proc: Process, [object, ...words]: readonly string[], settings: BridgeSettings): number {
  if (object === undefined) return proc.fail(bridgeUsage.trimEnd(), 255)
  const found = ['link', 'fdb', 'mdb', 'vlan', 'vni', 'monitor', 'help'].find((one) => one.startsWith(object))
  const [verb = 'show', ...rest] = words
  const isShow = ['show', 'lst', 'list'].some((one) => one.startsWith(verb))
  switch (found) {
    case 'link':
      if (isShow) return showPorts(proc, rest, settings)
      if ('set'.startsWith(verb) || 'change'.startsWith(verb)) return setPort(proc, rest)
      return proc.fail(`Command "${verb}" is unknown, try "bridge link help".`, 255)
    case 'fdb':
      if (isShow) return showFdb(proc, rest, settings)
      if (['add', 'append', 'replace', 'delete', 'get', 'flush'].some((one) => one.startsWith(verb)))
        return proc.fail(`bridge: docksim does not simulate "bridge fdb ${verb}"`, 255)
      return proc.fail(`Command "${verb}" is unknown, try "bridge fdb help".`, 255)
    case 'vlan':
      if (!isShow) return proc.fail(`bridge: docksim does not simulate "bridge vlan ${verb}"`, 255)
      if (settings.json) proc.print('[]')
      else proc.print('port              vlan-id  ')
      return 0
    case 'help':
      return proc.fail(bridgeUsage.trimEnd(), 255)
    case undefined:
      return proc.fail(`Object "${object}" is unknown, try "bridge help".`, 255)
    default:
      return proc.fail(`bridge: docksim does not simulate "bridge ${found}"`, 255)
  }
}
