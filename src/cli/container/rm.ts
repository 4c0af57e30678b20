// `docker container rm`.

import { type Dated, inRelease } from '../../base/release.ts'
import { requireContainer } from '../../engine/container/container.ts'
import { rm as removeContainer, removeLink } from '../../engine/container/rm.ts'
import { EngineError } from '../../engine/error.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { bool } from '../flags/flag.ts'
import { removalText } from './find.ts'
import { eachAtOnce } from './several.ts'

export const rm = command({
  use: 'rm [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Remove one or more containers',
  aliases: { '19.03': [], '28': ['remove'] },
  spellings: 'docker container rm, docker container remove, docker rm',
  args: atLeast(1),
  flags: {
    force: bool('Force the removal of a running container (uses SIGKILL)', { short: 'f' }),
    link: bool('Remove the specified link', { short: 'l' }),
    volumes: bool('Remove anonymous volumes associated with the container', { short: 'v' }),
  },
  run(context, operands, flags) {
    const { engine, proc, release } = context
    return eachAtOnce(
      context,
      operands,
      function* (asked) {
        const name = asked.replace(/^\/+|\/+$/g, '')
        if (flags.link) removeLink(engine, name)
        else yield* removeContainer(engine, requireContainer(engine, name), name, flags)
      },
      (cause, asked) => {
        const text = removalText(release, cause, asked.replace(/^\/+|\/+$/g, ''))
        const bearable = flags.force && cause instanceof EngineError && cause.kind === 'notFound'
        const told = inRelease(absentToForce, release)
        if (!bearable || told === 'refused') return text
        if (told === 'mentioned') proc.printError(text)
        return undefined
      },
    )
  },
})

/** What `rm --force` makes of a container that is not there. */
const absentToForce: Dated<'refused' | 'mentioned' | 'silent'> = {
  '19.03': 'refused',
  '20.10': 'mentioned',
  '29': 'silent',
}
