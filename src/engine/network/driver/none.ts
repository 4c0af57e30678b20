// The drivers of `none` and `host`: nothing to make, nothing to join.

import type { Driver } from './driver.ts'

const nothing = {
  addressed: false,
  publishes: false,
  create() {},
  remove() {},
  join() {},
  leave() {},
} as const

export const noneDriver: Driver = { name: 'null', ...nothing }
export const hostDriver: Driver = { name: 'host', ...nothing }
