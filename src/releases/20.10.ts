// Docker 20.10: what it changed since 19.03.

import type { CliTraits } from '../cli/traits.ts'
import * as before from './19.03.ts'

export const cli: CliTraits = {
  ...before.cli,
  usageSeparator: '  ',
  helpFooter: 'To get more help with docker, check out our guides at https://docs.docker.com/go/guides/',
  version: 'Docker version 20.10.24, build 297e128',
}
