// All routes of the Engine API. The first one that fits answers.

import { containerRoutes } from './container.ts'
import { createRoutes } from './create.ts'
import { execRoutes } from './exec.ts'
import { imageRoutes } from './image.ts'
import { networkRoutes } from './network.ts'
import { streamRoutes } from './stream.ts'
import { systemRoutes } from './system.ts'
import { unsimulatedRoutes } from './unsimulated.ts'
import { volumeRoutes } from './volume.ts'

export const routes = [
  ...systemRoutes,
  ...createRoutes,
  ...streamRoutes,
  ...containerRoutes,
  ...execRoutes,
  ...imageRoutes,
  ...networkRoutes,
  ...volumeRoutes,
  ...unsimulatedRoutes,
]
