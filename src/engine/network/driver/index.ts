// The drivers, by the names that users type.

import { EngineError } from '../../error.ts'
import { bridgeDriver } from './bridge.ts'
import type { Driver } from './driver.ts'
import { ipvlanDriver } from './ipvlan.ts'
import { macvlanDriver } from './macvlan.ts'
import { hostDriver, noneDriver } from './none.ts'

const drivers: readonly Driver[] = [bridgeDriver, hostDriver, ipvlanDriver, macvlanDriver, noneDriver]

/** Throws EngineError for a driver that there is not. */
export function driverNamed(name: string): Driver {
  const driver = drivers.find((candidate) => candidate.name === name)
  if (!driver) throw new EngineError('notFound', `plugin "${name}" not found`)
  return driver
}
