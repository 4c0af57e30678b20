// The usage texts of BusyBox' applets, without the banner above them. Source: recordings of BusyBox 1.37.0.

import { part1 } from './helps-bracket-df.ts'
import { part2 } from './helps-diff-hexdump.ts'
import { part3 } from './helps-hostname-nc.ts'
import { part4 } from './helps-netstat-sleep.ts'
import { part5 } from './helps-sort-tr.ts'
import { part6 } from './helps-traceroute-yes.ts'

export const busyboxHelps: ReadonlyMap<string, string> = new Map([
  ...part1,
  ...part2,
  ...part3,
  ...part4,
  ...part5,
  ...part6,
])
