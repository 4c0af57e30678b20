// `docker image pull`

import { referenceMistake } from '../../api/reference.ts'
import { fullName, parseReference } from '../../engine/image/reference.ts'
import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { bool, refused, string } from '../flags/flag.ts'
import { printsToTerminal } from '../terminal.ts'
import { pullShown } from './progress.ts'

export const pull = command({
  use: 'pull [OPTIONS] NAME[:TAG|@DIGEST]',
  short: {
    '19.03': 'Pull an image or a repository from a registry',
    '28': 'Download an image from a registry',
  },
  spellings: 'docker image pull, docker pull',
  args: exactly(1),
  flags: {
    'all-tags': bool('Download all tagged images in the repository', {
      short: 'a',
      class: refused('pulling all tags'),
    }),
    'disable-content-trust': bool('Skip image verification', { until: '29', otherwise: true, class: 'kept' }),
    platform: string('Set platform if server is multi-platform capable', { class: 'kept' }),
    quiet: bool('Suppress verbose output', { short: 'q' }),
  },
  *run({ proc, engine, release }, [name], { quiet }) {
    const mistake = referenceMistake(name, release)
    if (mistake !== undefined) throw new StatusError(mistake)
    const reference = parseReference(name)
    if (!quiet && reference.tag === undefined && reference.digest === undefined)
      proc.print('Using default tag: latest')
    const screen = { descriptor: 1, isTerminal: printsToTerminal(proc) } as const
    yield* pullShown(proc, engine, reference, quiet ? undefined : screen)
    proc.print(fullName(reference))
  },
})
