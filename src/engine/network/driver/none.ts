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

export const noneDriver = Object.freeze<Driver>({ name: 'null', ...nothing })
export const hostDriver = Object.freeze<Driver>({ name: 'host', ...nothing })
