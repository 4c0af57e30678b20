// `docker container inspect`

import { containerView } from '../../api/container.ts'
import { type Container, requireContainer } from '../../engine/container/container.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { bool, string } from '../flags/flag.ts'
import { GoValue } from '../format/template/value.ts'
import { inspectAll } from '../inspected.ts'
import { checkName, lookUpRefusal } from '../refusal.ts'
import { formatInspect } from '../words.ts'
import { containerShape } from './shape.ts'

export const inspect = command({
  use: 'inspect [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Display detailed information on one or more containers',
  args: atLeast(1),
  flags: {
    format: string(
      { '19.03': 'Format the output using the given Go template', '28': formatInspect },
      { short: 'f' },
    ),
    size: bool('Display total file sizes', { short: 's' }),
  },
  run: (context, names, { format, size }) =>
    inspectAll(context, format, names, {
      find(name) {
        checkName(context.release, 'container', name)
        return containerValue(context, requireContainer(context.engine, name), size)
      },
      missing: (cause, name) => lookUpRefusal(context.release, cause, 'container', name),
    }),
})

export const containerValue = ({ engine, api }: Context, container: Container, withSize: boolean): GoValue =>
  new GoValue(containerShape(api), containerView(engine, container, api, withSize))
