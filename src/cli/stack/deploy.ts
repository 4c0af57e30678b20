// `docker stack deploy`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused, string, strings } from '../flags/flag.ts'

export const deploy = command({
  use: 'deploy [OPTIONS] STACK',
  short: 'Deploy a new stack or update an existing stack',
  aliases: ['up'],
  class: refused(),
  args: exactly(1),
  flags: {
    'compose-file': strings('Path to a Compose file, or "-" to read from stdin', { short: 'c' }),
    detach: bool('Exit immediately instead of waiting for the stack services to converge', {
      short: 'd',
      since: '28',
      otherwise: true,
    }),
    orchestrator: string('Orchestrator to use (swarm|kubernetes|all)', { until: '28' }),
    prune: bool('Prune services that are no longer referenced'),
    quiet: bool('Suppress progress output', { short: 'q', since: '28' }),
    'resolve-image': string(
      {
        '19.03':
          'Query the registry to resolve image digest and supported platforms ("always"|"changed"|"never")',
        '28': 'Query the registry to resolve image digest and supported platforms ("always", "changed", "never")',
      },
      { otherwise: 'always' },
    ),
    'with-registry-auth': bool('Send registry authentication details to Swarm agents'),
  },
})
