// `docker swarm update`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, duration, int, list, refused, uint } from '../flags/flag.ts'

export const update = command({
  use: 'update [OPTIONS]',
  short: 'Update the swarm',
  hidden: { '19.03': false, '28': true },
  class: refused(),
  args: none,
  flags: {
    autolock: bool('Change manager autolocking setting (true|false)'),
    'cert-expiry': duration('Validity period for node certificates (ns|us|ms|s|m|h)', { shown: '2160h0m0s' }),
    'dispatcher-heartbeat': duration('Dispatcher heartbeat period (ns|us|ms|s|m|h)', { otherwise: 5e9 }),
    'external-ca': list('Specifications of one or more certificate signing endpoints', {
      word: 'external-ca',
    }),
    'max-snapshots': uint('Number of additional Raft snapshots to retain'),
    'snapshot-interval': uint('Number of log entries between Raft snapshots', { shown: '10000' }),
    'task-history-limit': int('Task history retention limit', { otherwise: 5 }),
  },
})
