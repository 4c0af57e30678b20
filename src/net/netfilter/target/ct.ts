// `-j CT --notrack`, `-j NOTRACK`: packets that conntrack does not see; `-j TRACE` (libxt_CT.c, libxt_TRACE.c).

import { notSimulated } from '../refusal.ts'
import type { TargetKind } from './target.ts'

export const ct: TargetKind<undefined> = {
  name: 'CT',
  options: [
    { name: 'notrack', words: 0 },
    { name: 'helper' },
    { name: 'timeout' },
    { name: 'ctevents' },
    { name: 'expevents' },
    { name: 'zone' },
    { name: 'zone-orig' },
    { name: 'zone-reply' },
  ],
  tables: ['raw'],
  read(given) {
    for (const name of given.keys()) if (name !== 'notrack') throw notSimulated(`the option --${name} of CT`)
    return undefined
  },
  save: () => ' --notrack',
  list: () => 'CT notrack',
  act(_data, { skb }) {
    if (!skb.entry) skb.untracked = true
    return 'CONTINUE'
  },
}

export const notrack: TargetKind<undefined> = {
  ...ct,
  name: 'NOTRACK',
  listedAs: 'CT',
  options: [],
  read: () => undefined,
  save: () => '',
  list: () => 'NOTRACK',
}

/** Its events are for a listener on a netlink socket; no program here is one. */
export const trace: TargetKind<undefined> = {
  name: 'TRACE',
  options: [],
  tables: ['raw'],
  read: () => undefined,
  save: () => '',
  list: () => '',
  act: () => 'CONTINUE',
}
