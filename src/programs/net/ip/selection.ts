// Which links and addresses a listing of ip is to show.

import { type Cidr, parseCidr } from '../../../base/cidr.ts'
import { familyOf, parseIp } from '../../../base/ip.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Link } from '../../../net/link/link.ts'

export interface Selection {
  dev: string | undefined
  up: boolean
  down: boolean
  master: string | undefined
  noMaster: boolean
  kind: string | undefined
  to: Cidr | undefined
  scope: string | undefined
  label: string | undefined
  /** Links without an address that fits are left out. */
  narrow: boolean
}

/** Reads what follows `show` or `flush`; a number is an exit status. */
export function readSelection(proc: Process, words: readonly string[]): Selection | number {
  const selection: Selection = {
    dev: undefined,
    up: false,
    down: false,
    master: undefined,
    noMaster: false,
    kind: undefined,
    to: undefined,
    scope: undefined,
    label: undefined,
    narrow: false,
  }
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const status = take(proc, selection, word, rest)
    if (status !== undefined) return status
  }
  selection.narrow =
    selection.to !== undefined || selection.scope !== undefined || selection.label !== undefined
  if (selection.dev !== undefined && !proc.net.linksByName.has(selection.dev))
    return proc.fail(`Device "${selection.dev}" does not exist.`, 1)
  return selection
}

function take(proc: Process, selection: Selection, word: string, rest: string[]): number | undefined {
  if (word === 'up') selection.up = true
  else if (word === 'down') selection.down = true
  else if (word === 'nomaster') selection.noMaster = true
  else if (word === 'type') selection.kind = rest.shift()
  else if (word === 'scope') selection.scope = rest.shift()
  else if (word === 'label') selection.label = rest.shift()
  else if (word === 'group') rest.shift()
  else if (word === 'master') {
    selection.master = rest.shift() ?? ''
    if (!proc.net.linksByName.has(selection.master))
      return proc.fail(`Error: argument "${selection.master}" is wrong: Device does not exist\n`, 255)
  } else if (word === 'to') {
    const text = rest.shift() ?? ''
    const ip = parseIp(text)
    const whole = ip === undefined ? undefined : { ip, length: familyOf(ip) === 4 ? 32 : 128 }
    selection.to = parseCidr(text) ?? whole
    if (!selection.to) return proc.fail(`Error: any valid prefix is expected rather than "${text}".`, 1)
  } else if (['permanent', 'dynamic', 'secondary', 'primary', 'tentative'].includes(word)) {
    return proc.fail(`ip: docksim does not simulate the filter "${word}"`, 255)
  } else {
    const name = word === 'dev' ? (rest.shift() ?? '') : word
    if (selection.dev !== undefined)
      return proc.fail(`Error: either "dev" is duplicate, or "${name}" is a garbage.`, 255)
    selection.dev = name
  }
  return undefined
}

/** Whether the link itself is one of those to show. */
export function selects(selection: Selection, link: Link): boolean {
  return (
    (selection.dev === undefined || link.name === selection.dev) &&
    (!selection.up || link.up) &&
    (!selection.down || !link.up) &&
    (selection.master === undefined || link.master?.name === selection.master) &&
    (!selection.noMaster || !link.master) &&
    (selection.kind === undefined || link.kind.name === selection.kind)
  )
}
