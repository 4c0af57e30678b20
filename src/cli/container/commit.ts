// `docker container commit`: its words and flags.

import { between } from '../arity.ts'
import { command } from '../command.ts'
import { bool, list, string } from '../flags/flag.ts'

export const commit = command({
  use: 'commit [OPTIONS] CONTAINER [REPOSITORY[:TAG]]',
  short: "Create a new image from a container's changes",
  spellings: 'docker container commit, docker commit',
  args: between(1, 2),
  interspersed: false,
  flags: {
    author: string('Author (e.g., "John Hannibal Smith <hannibal@a-team.com>")', { short: 'a' }),
    change: list('Apply Dockerfile instruction to the created image', { short: 'c' }),
    message: string('Commit message', { short: 'm' }),
    pause: bool('Pause container during commit', { short: 'p', otherwise: true }),
  },
})
