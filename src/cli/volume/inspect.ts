// `docker volume inspect`

import { volumeView } from '../../api/volume.ts'
import { requireVolume, type Volume } from '../../engine/volume/volume.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { string } from '../flags/flag.ts'
import { GoValue } from '../format/template/value.ts'
import { inspectAll } from '../inspected.ts'
import { checkName, lookUpRefusal } from '../refusal.ts'
import { formatInspect } from '../words.ts'
import { volumeShape } from './shape.ts'

export const inspect = command({
  use: 'inspect [OPTIONS] VOLUME [VOLUME...]',
  short: 'Display detailed information on one or more volumes',
  args: atLeast(1),
  flags: {
    format: string(
      { '19.03': 'Format the output using the given Go template', '28': formatInspect },
      { short: 'f' },
    ),
  },
  run: (context, names, { format }) =>
    inspectAll(context, format, names, {
      raw: false,
      find(name) {
        checkName(context.release, 'volume', name)
        return volumeValue(context, requireVolume(context.engine, name))
      },
      missing: (cause, name) => lookUpRefusal(context.release, cause, 'volume', name),
    }),
})

export const volumeValue = ({ engine, release }: Context, volume: Volume): GoValue =>
  new GoValue(volumeShape(release), volumeView(engine, volume))
