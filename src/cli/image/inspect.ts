// `docker image inspect`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { string } from '../flags/flag.ts'
import { formatInspect } from '../words.ts'

export const inspect = command({
  use: 'inspect [OPTIONS] IMAGE [IMAGE...]',
  short: 'Display detailed information on one or more images',
  args: atLeast(1),
  flags: {
    format: string(
      { '19.03': 'Format the output using the given Go template', '28': formatInspect },
      { short: 'f' },
    ),
    platform: string(
      "Inspect a specific platform of the multi-platform image.\nIf the image or the server is not multi-platform capable, the command will error out if the platform does not match.\n'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)",
      { since: '28', class: 'kept' },
    ),
  },
})
