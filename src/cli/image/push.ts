// `docker image push`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused, string } from '../flags/flag.ts'

export const push = command({
  use: 'push [OPTIONS] NAME[:TAG]',
  short: { '19.03': 'Push an image or a repository to a registry', '28': 'Upload an image to a registry' },
  spellings: 'docker image push, docker push',
  class: refused(),
  args: exactly(1),
  flags: {
    'all-tags': bool(
      {
        '19.03': 'Push all tagged images in the repository',
        '28': 'Push all tags of an image to the repository',
      },
      { short: 'a', since: '20.10' },
    ),
    'disable-content-trust': bool('Skip image signing', { until: '29', otherwise: true }),
    platform: string(
      "Push a platform-specific manifest as a single-platform image to the registry.\nImage index won't be pushed, meaning that other manifests, including attestations won't be preserved.\n'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)",
      { since: '28' },
    ),
    quiet: bool('Suppress verbose output', { short: 'q', since: '20.10' }),
  },
})
