// `docker container cp`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { bool } from '../flags/flag.ts'

export const cp = command({
  use: `cp [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-
	docker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH`,
  short: 'Copy files/folders between a container and the local filesystem',
  long: `Copy files/folders between a container and the local filesystem

Use '-' as the source to read a tar archive from stdin
and extract it to a directory destination in a container.
Use '-' as the destination to stream a tar archive of a
container source to stdout.`,
  spellings: 'docker container cp, docker cp',
  args: exactly(2),
  flags: {
    archive: bool('Archive mode (copy all uid/gid information)', { short: 'a' }),
    'follow-link': bool(
      { '19.03': 'Always follow symbol link in SRC_PATH', '29': 'Always follow symlinks in SRC_PATH' },
      { short: 'L' },
    ),
    quiet: bool(
      'Suppress progress output during copy. Progress output is automatically suppressed if no terminal is attached',
      { short: 'q', since: '28' },
    ),
  },
})
