// `docker manifest annotate`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { refused, string, strings } from '../flags/flag.ts'

export const annotate = command({
  use: 'annotate [OPTIONS] MANIFEST_LIST MANIFEST',
  short: 'Add additional information to a local image manifest',
  experimental: true,
  class: refused(),
  args: exactly(2),
  flags: {
    arch: string('Set architecture'),
    os: string('Set operating system'),
    'os-features': strings('Set operating system feature'),
    'os-version': string('Set operating system version'),
    variant: string('Set architecture variant'),
  },
})
