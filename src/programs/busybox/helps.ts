// The usage texts of BusyBox' applets, without the banner above them. Source: recordings of BusyBox 1.37.0.

import { part1 } from './helps-bracket-env.ts'
import { part2 } from './helps-expr-link.ts'
import { part3 } from './helps-ln-sed.ts'
import { part4 } from './helps-seq-traceroute.ts'
import { part5 } from './helps-traceroute6-yes.ts'

export const busyboxHelps: ReadonlyMap<string, string> = new Map([
  ...part1,
  ...part2,
  ...part3,
  ...part4,
  ...part5,
])
