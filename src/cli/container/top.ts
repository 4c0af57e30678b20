// `docker container top`

import { requireContainer } from '../../engine/container/container.ts'
import { top as listProcesses } from '../../engine/container/top.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { align } from '../format/tabs.ts'

export const top = command({
  use: 'top CONTAINER [ps OPTIONS]',
  short: 'Display the running processes of a container',
  spellings: 'docker container top, docker top',
  args: atLeast(1),
  interspersed: false,
  flags: {},
  *run({ proc, engine }, [name, ...options]) {
    const container = requireContainer(engine, name)
    const { titles, processes } = yield* listProcesses(engine, container, options)
    const lines = [titles, ...processes].map((cells) => cells.join('\t'))
    proc.write(1, align(`${lines.join('\n')}\n`, columnWidth))
  },
})

/** Wider than in other tables. */
const columnWidth = 20
