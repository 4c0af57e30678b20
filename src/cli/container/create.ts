// `docker container create`.

import type { CreateOptions } from '../../engine/container/create.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { string } from '../flags/flag.ts'
import { ValueError } from '../flags/strconv.ts'
import { createContainer, readLine } from './creation/create.ts'
import { containerFlags } from './flags.ts'

export const create = command({
  use: 'create [OPTIONS] IMAGE [COMMAND] [ARG...]',
  short: 'Create a new container',
  spellings: 'docker container create, docker create',
  args: atLeast(1),
  interspersed: false,
  flags: {
    ...containerFlags,
    pull: string(
      {
        '19.03': 'Pull image before creating ("always"|"missing"|"never")',
        '28': 'Pull image before creating ("always", "|missing", "never")',
        '29': 'Pull image before creating ("always", "missing", "never")',
      },
      { since: '20.10', otherwise: 'missing' },
    ),
  },
  *run(context, [image, ...command], flags, given) {
    const asked = { image, command, flags, given, detached: false }
    let options: CreateOptions
    try {
      options = readLine(context, asked, flags.pull)
    } catch (cause) {
      if (!(cause instanceof ValueError)) throw cause
      throw new StatusError(context.traits.wording.runError(cause.message, 'create', 'create'), 125)
    }
    const container = yield* createContainer(context, asked, options, flags.pull)
    context.proc.print(container.id)
  },
})
