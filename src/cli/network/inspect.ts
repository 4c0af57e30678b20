// `docker network inspect`

import { networkView } from '../../api/network.ts'
import type { Network } from '../../engine/network/network.ts'
import { requireNetwork } from '../../engine/network/network.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { bool, string } from '../flags/flag.ts'
import { GoValue } from '../format/template/value.ts'
import { inspectAll } from '../inspected.ts'
import { checkName, lookUpRefusal } from '../refusal.ts'
import { formatInspect } from '../words.ts'
import { networkShape } from './shape.ts'

export const inspect = command({
  use: 'inspect [OPTIONS] NETWORK [NETWORK...]',
  short: 'Display detailed information on one or more networks',
  args: atLeast(1),
  flags: {
    format: string(
      { '19.03': 'Format the output using the given Go template', '28': formatInspect },
      { short: 'f' },
    ),
    verbose: bool('Verbose output for diagnostics', { short: 'v', class: 'kept' }),
  },
  run: (context, names, { format }) =>
    inspectAll(context, format, names, {
      find(name) {
        checkName(context.release, 'network', name)
        return networkValue(context, requireNetwork(context.engine, name))
      },
      missing: (cause, name) => lookUpRefusal(context.release, cause, 'network', name),
    }),
})

export const networkValue = ({ engine, api }: Context, network: Network): GoValue =>
  new GoValue(networkShape(api), networkView(engine, network, api))
