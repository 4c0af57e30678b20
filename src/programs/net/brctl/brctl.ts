// `brctl` of bridge-utils 1.7.1. Source of the words: recordings.

import { isErrno, strerror } from '../../../base/errno.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { deleteLink, enslave, release } from '../../../net/link/admin.ts'
import { type BridgeLink, createBridge, isBridge, setHairpin } from '../../../net/link/bridge.ts'
import { printMacs, printStp, showBridges } from './show.ts'
import { brctlUsage } from './usage.ts'

export const brctl: Program = {
  name: 'brctl',
  *main(proc) {
    const [verb, ...words] = proc.argv.slice(1)
    if (verb === '-V' || verb === '--version') {
      proc.print('bridge-utils, 1.7')
      return 0
    }
    if (verb === '-h' || verb === '--help') {
      proc.write(1, brctlUsage)
      return 0
    }
    if (verb === undefined) {
      proc.write(1, brctlUsage)
      return 1
    }
    const command = commands[verb]
    if (!command) {
      proc.printError(`never heard of command [${verb}]`)
      proc.write(1, brctlUsage)
      return 1
    }
    if (words.length < command.arguments) {
      const line = brctlUsage
        .split('\n')
        .find((one) => one.trim().startsWith(`${verb} `) || one.trim().startsWith(`${verb}\t`))
      const rest = (line ?? '').trim().slice(verb.length).trim()
      proc.print(`Incorrect number of arguments for command\nUsage: brctl ${verb} ${rest}`)
      return 1
    }
    return command.run(proc, words)
  },
}

interface Command {
  readonly arguments: number
  readonly run: (proc: Process, words: readonly string[]) => number
}

const unsimulated = (verb: string, words: number): Command => ({
  arguments: words,
  run: (proc) => proc.fail(`brctl: docksim does not simulate "brctl ${verb}"`),
})

const commands: Readonly<Record<string, Command>> = {
  addbr: { arguments: 1, run: addBridge },
  delbr: { arguments: 1, run: deleteBridge },
  addif: { arguments: 2, run: (proc, words) => eachPort(proc, words, addPort) },
  delif: { arguments: 2, run: (proc, words) => eachPort(proc, words, deletePort) },
  hairpin: { arguments: 3, run: hairpin },
  show: { arguments: 0, run: showBridges },
  showmacs: { arguments: 1, run: printMacs },
  showstp: { arguments: 1, run: printStp },
  setageing: unsimulated('setageing', 2),
  setbridgeprio: unsimulated('setbridgeprio', 2),
  setfd: unsimulated('setfd', 2),
  sethello: unsimulated('sethello', 2),
  setmaxage: unsimulated('setmaxage', 2),
  setpathcost: unsimulated('setpathcost', 3),
  setportprio: unsimulated('setportprio', 3),
  stp: unsimulated('stp', 2),
}

const notPermitted = strerror('EPERM')

function addBridge(proc: Process, [name = '']: readonly string[]): number {
  if (!proc.may('NET_ADMIN')) return proc.fail(`add bridge failed: ${notPermitted}`)
  try {
    createBridge(proc.net, name)
    return 0
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    if (cause.code === 'EEXIST')
      return proc.fail(`device ${name} already exists; can't create bridge with the same name`)
    return proc.fail(`add bridge failed: ${strerror(cause.code)}`)
  }
}

function deleteBridge(proc: Process, [name = '']: readonly string[]): number {
  if (!proc.may('NET_ADMIN')) return proc.fail(`can't delete bridge ${name}: ${notPermitted}`)
  const link = proc.net.linksByName.get(name)
  if (!link) return proc.fail(`bridge ${name} doesn't exist; can't delete it`)
  if (!isBridge(link)) return proc.fail(`can't delete bridge ${name}: ${notPermitted}`)
  if (link.up) return proc.fail(`bridge ${name} is still up; can't delete it`)
  deleteLink(link)
  return 0
}

type PortChange = (proc: Process, bridge: BridgeLink | undefined, bridgeName: string, name: string) => number

function eachPort(proc: Process, [bridgeName = '', ...names]: readonly string[], change: PortChange): number {
  const link = proc.net.linksByName.get(bridgeName)
  const bridge = link && isBridge(link) ? link : undefined
  let status = 0
  for (const name of names) status = Math.max(status, change(proc, bridge, bridgeName, name))
  return status
}

function addPort(proc: Process, bridge: BridgeLink | undefined, bridgeName: string, name: string): number {
  const link = proc.net.linksByName.get(name)
  if (!link) return proc.fail(`interface ${name} does not exist!`)
  if (!bridge) return proc.fail(`bridge ${bridgeName} does not exist!`)
  if (!proc.may('NET_ADMIN')) return proc.fail(`can't add ${name} to bridge ${bridgeName}: ${notPermitted}`)
  if (link.master)
    return proc.fail(`device ${name} is already a member of a bridge; can't add it to bridge ${bridgeName}.`)
  if (isBridge(link))
    return proc.fail(
      `device ${name} is a bridge device itself; can't add a bridge device to a bridge device.`,
    )
  try {
    enslave(link, bridge)
    return 0
  } catch (cause) {
    if (isErrno(cause)) return proc.fail(`can't add ${name} to bridge ${bridgeName}: ${strerror(cause.code)}`)
    throw cause
  }
}

function deletePort(proc: Process, bridge: BridgeLink | undefined, bridgeName: string, name: string): number {
  const link = proc.net.linksByName.get(name)
  if (!link) return proc.fail(`interface ${name} does not exist!`)
  if (!bridge) return proc.fail(`bridge ${bridgeName} does not exist!`)
  if (!proc.may('NET_ADMIN')) return proc.fail(`can't delete ${name} from ${bridgeName}: ${notPermitted}`)
  if (link.master !== bridge) return proc.fail(`device ${name} is not a port of ${bridgeName}`)
  release(link)
  return 0
}

function hairpin(proc: Process, [bridgeName = '', name = '', wish = '']: readonly string[]): number {
  const on = ['on', 'yes', '1'].includes(wish)
  if (!on && !['off', 'no', '0'].includes(wish)) return proc.fail('expect on/off for argument')
  const link = proc.net.linksByName.get(name)
  if (!link) return proc.fail(`interface ${name} does not exist!`)
  const failed = `can't set ${name} to hairpin on bridge ${bridgeName}`
  if (!proc.may('NET_ADMIN')) return proc.fail(`${failed}: ${notPermitted}`)
  if (link.master?.name !== bridgeName) return proc.fail(`${failed}: ${strerror('ENOENT')}`)
  setHairpin(link, on)
  return 0
}
