// `ip link` of iproute2: the listing and the changes (ip/iplink.c).

import { parseMac } from '../../../base/mac.ts'
import type { Process } from '../../../kernel/process.ts'
import {
  deleteLink,
  enslave,
  release,
  rename,
  setDown,
  setMac,
  setMtu,
  setUp,
} from '../../../net/link/admin.ts'
import { isBridge } from '../../../net/link/bridge.ts'
import type { Link } from '../../../net/link/link.ts'
import { linksInOrder } from './facts.ts'
import { type Json, printJson } from './json.ts'
import { addLink } from './link-add.ts'
import { briefLink, linkJson, linkLines, statisticsLines } from './link-show.ts'
import { answerRefusal, mayAdminister } from './refusal.ts'
import { readSelection, selects } from './selection.ts'
import { firstMatch, type Settings } from './settings.ts'
import { linkUsage } from './usage.ts'

const verbs = ['add', 'set', 'change', 'replace', 'delete', 'show', 'lst', 'list', 'help'] as const

export function runLink(proc: Process, words: readonly string[], settings: Settings): number {
  const [verb = 'show', ...rest] = words
  switch (firstMatch(verb, verbs)) {
    case 'add':
      return addLink(proc, rest)
    case 'set':
    case 'change':
      return set(proc, rest)
    case 'delete':
      return remove(proc, rest)
    case 'show':
    case 'lst':
    case 'list':
      return show(proc, rest, settings)
    case 'help':
      return proc.fail(linkUsage, 255)
    default:
      return proc.fail(`Command "${verb}" is unknown, try "ip link help".`, 255)
  }
}

function show(proc: Process, words: readonly string[], settings: Settings): number {
  const selection = readSelection(proc, words)
  if (typeof selection === 'number') return selection
  const all = { ...settings, family: undefined }
  const items: Json[] = []
  for (const link of linksInOrder(proc.net)) {
    if (!selects(selection, link)) continue
    if (settings.json) items.push(linkJson(link, all, false))
    else if (settings.brief) proc.print(briefLink(link, all))
    else {
      const lines = linkLines(link, all, false)
      if (settings.statistics > 0) lines.push(...statisticsLines(link, settings.statistics))
      proc.print(lines.join(settings.oneLine ? '\\' : '\n'))
    }
  }
  if (settings.json) proc.print(printJson(items, settings.pretty))
  return 0
}

function set(proc: Process, words: readonly string[]): number {
  const rest = [...words]
  const first = rest[0] === 'dev' ? rest.splice(0, 2)[1] : rest.shift()
  if (first === undefined) return proc.fail('Not enough information: "dev" argument is required.', 255)
  const link = proc.net.linksByName.get(first)
  const changes: (() => void)[] = []
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const change = link && readChange(proc, link, word, rest)
    if (typeof change === 'number') return change
    if (change) changes.push(change)
  }
  if (!link) return proc.fail(`Cannot find device "${first}"`, 1)
  if (changes.length === 0) return 0
  if (!mayAdminister(proc)) return 2
  return attempt(proc, changes)
}

function attempt(proc: Process, changes: readonly (() => void)[]): number {
  try {
    for (const change of changes) change()
    return 0
  } catch (cause) {
    return answerRefusal(proc, cause)
  }
}

/** One change of `ip link set`; a number is the status after an error. */
function readChange(
  proc: Process,
  link: Link,
  word: string,
  rest: string[],
): (() => void) | number | undefined {
  switch (word) {
    case 'up':
      return () => setUp(link)
    case 'down':
      return () => setDown(link)
    case 'mtu': {
      const text = rest.shift() ?? ''
      if (!/^\d+$/.test(text))
        return proc.fail(`Error: argument "${text}" is wrong: Invalid "mtu" value\n`, 255)
      if (Number(text) < 68) return proc.fail('Error: mtu less than device minimum.', 2)
      if (Number(text) > 65535) return proc.fail('Error: mtu greater than device maximum.', 2)
      return () => setMtu(link, Number(text))
    }
    case 'name': {
      const name = rest.shift() ?? ''
      return () => rename(link, name)
    }
    case 'address': {
      const text = rest.shift() ?? ''
      const mac = parseMac(text)
      return mac === undefined ? proc.fail(`"${text}" is invalid lladdr.`, 1) : () => setMac(link, mac)
    }
    case 'master': {
      const name = rest.shift() ?? ''
      const master = proc.net.linksByName.get(name)
      if (!master) return proc.fail(`Error: argument "${name}" is wrong: Device does not exist\n`, 255)
      if (!isBridge(master)) return proc.fail('RTNETLINK answers: Operation not supported', 2)
      return () => enslave(link, master)
    }
    case 'nomaster':
      return () => release(link)
    case 'txqueuelen':
    case 'qlen':
    case 'netns':
    case 'alias':
    case 'arp':
    case 'multicast':
    case 'allmulticast':
    case 'promisc':
    case 'type':
      return proc.fail(`ip: docksim does not simulate "ip link set ${word}"`, 255)
    default:
      return proc.fail(`Error: either "dev" is duplicate, or "${word}" is garbage.`, 255)
  }
}

function remove(proc: Process, words: readonly string[]): number {
  const name = words[0] === 'dev' ? words[1] : words[0]
  if (name === undefined) return proc.fail('Not enough information: "dev" argument is required.', 255)
  const link = proc.net.linksByName.get(name)
  if (!link) return proc.fail(`Cannot find device "${name}"`, 1)
  if (!mayAdminister(proc)) return 2
  return attempt(proc, [() => deleteLink(link)])
}
