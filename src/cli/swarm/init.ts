// `docker swarm init`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, duration, int, list, refused, string, uint, uint32 } from '../flags/flag.ts'

export const init = command({
  use: 'init [OPTIONS]',
  short: 'Initialize a swarm',
  class: refused(),
  args: none,
  flags: {
    'advertise-addr': string({
      '19.03': 'Advertised address (format: <ip|interface>[:port])',
      '28': 'Advertised address (format: "<ip|interface>[:port]")',
    }),
    autolock: bool('Enable manager autolocking (requiring an unlock key to start a stopped manager)'),
    availability: string(
      {
        '19.03': 'Availability of the node ("active"|"pause"|"drain")',
        '28': 'Availability of the node ("active", "pause", "drain")',
      },
      { otherwise: 'active' },
    ),
    'cert-expiry': duration('Validity period for node certificates (ns|us|ms|s|m|h)', { shown: '2160h0m0s' }),
    'data-path-addr': string({
      '19.03': 'Address or interface to use for data path traffic (format: <ip|interface>)',
      '28': 'Address or interface to use for data path traffic (format: "<ip|interface>")',
    }),
    'data-path-port': uint32(
      'Port number to use for data path traffic (1024 - 49151). If no value is set or is set to 0, the default port (4789) is used.',
    ),
    'default-addr-pool': list('default address pool in CIDR format', { word: 'ipNetSlice', shown: '[]' }),
    'default-addr-pool-mask-length': uint32('default address pool subnet mask length', { shown: '24' }),
    'dispatcher-heartbeat': duration('Dispatcher heartbeat period (ns|us|ms|s|m|h)', { otherwise: 5e9 }),
    'external-ca': list('Specifications of one or more certificate signing endpoints', {
      word: 'external-ca',
    }),
    'force-new-cluster': bool('Force create a new cluster from current state'),
    'listen-addr': list(
      {
        '19.03': 'Listen address (format: <ip|interface>[:port])',
        '28': 'Listen address (format: "<ip|interface>[:port]")',
      },
      { word: 'node-addr', shown: '0.0.0.0:2377' },
    ),
    'max-snapshots': uint('Number of additional Raft snapshots to retain'),
    'snapshot-interval': uint('Number of log entries between Raft snapshots', { shown: '10000' }),
    'task-history-limit': int('Task history retention limit', { otherwise: 5 }),
  },
})
