// What the objects of busybox's ip share: the lines of a link, and the words of their errors.

import { printMac } from '../../../base/mac.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Link } from '../../../net/link/link.ts'
import { farEndOf, flagsOf, queueOf } from './facts.ts'

export interface BusyboxSettings {
  family: 4 | 6 | 'link' | undefined
  oneLine: boolean
}

export const invalid = (proc: Process, word: string, status = 1): number =>
  proc.fail(`ip: invalid argument '${word}' to 'ip'`, status)

export const noDevice = (proc: Process, name: string, status = 1): number =>
  proc.fail(`ip: can't find device '${name}'`, status)

export const denied = (proc: Process): number =>
  proc.fail('ip: RTNETLINK answers: Operation not permitted', 2)

function nameOf(one: Link): string {
  const end = farEndOf(one)
  return end ? `${one.name}@${end.name ?? `if${end.index}`}` : one.name
}

export function linkHead(one: Link): string {
  const end = farEndOf(one)
  // What lies in another namespace cannot be seen to be up (ll_index_to_flags).
  const flags = end && (end.name === undefined || !end.up) ? [...flagsOf(one), 'M-DOWN'] : flagsOf(one)
  const length = one.queueLength
  return [
    `${one.index}: ${nameOf(one)}: <${flags.join(',')}> mtu ${one.mtu} qdisc ${queueOf(one)} `,
    one.master ? `master ${one.master.name} ` : '',
    length > 0 ? `qlen ${length}` : '',
  ].join('')
}

export function linkLines(one: Link): string[] {
  const loop = one === one.namespace.loopback
  const broadcast = loop ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff'
  return [linkHead(one), `    link/${loop ? 'loopback' : 'ether'} ${printMac(one.mac)} brd ${broadcast}`]
}

const taking = ['to', 'scope', 'label', 'type', 'master']

export function deviceIn(words: readonly string[]): string | undefined {
  const place = words.indexOf('dev')
  if (place >= 0) return words[place + 1]
  return words.find(
    (word, index) => word !== 'up' && !taking.includes(word) && !taking.includes(words[index - 1] ?? ''),
  )
}
