// The drivers, by the names that users type.

import { EngineError, Unsupported } from '../../error.ts'
import { bridgeDriver } from './bridge.ts'
import type { Driver } from './driver.ts'
import { hostDriver, noneDriver } from './none.ts'

const drivers: readonly Driver[] = [bridgeDriver, hostDriver, noneDriver]

/** Real drivers that are not simulated. */
const notSimulated: readonly string[] = ['ipvlan', 'macvlan']

/** Throws EngineError for a driver that there is not, Unsupported for one that is not simulated. */
export function driverNamed(name: string): Driver {
  const driver = drivers.find((candidate) => candidate.name === name)
  if (!driver && notSimulated.includes(name)) throw new Unsupported(`${name} networks`)
  if (!driver) throw new EngineError('notFound', `plugin "${name}" not found`)
  return driver
}
