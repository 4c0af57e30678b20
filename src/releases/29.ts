// Docker 29: what it changed since 28.

import type { CliTraits } from '../cli/traits.ts'
import * as before from './28.ts'

export const cli: CliTraits = {
  ...before.cli,
  version: 'Docker version 29.7.2',
}
