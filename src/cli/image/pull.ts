// `docker image pull`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { bool, string } from '../flags/flag.ts'

export const pull = command({
  use: 'pull [OPTIONS] NAME[:TAG|@DIGEST]',
  short: {
    '19.03': 'Pull an image or a repository from a registry',
    '28': 'Download an image from a registry',
  },
  spellings: 'docker image pull, docker pull',
  args: exactly(1),
  flags: {
    'all-tags': bool('Download all tagged images in the repository', { short: 'a' }),
    'disable-content-trust': bool('Skip image verification', { until: '29', otherwise: true, class: 'kept' }),
    platform: string('Set platform if server is multi-platform capable', { class: 'kept' }),
    quiet: bool('Suppress verbose output', { short: 'q' }),
  },
})
