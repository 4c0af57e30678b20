// `docker swarm join`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { list, refused, string } from '../flags/flag.ts'

export const join = command({
  use: 'join [OPTIONS] HOST:PORT',
  short: 'Join a swarm as a node and/or manager',
  class: refused(),
  args: exactly(1),
  flags: {
    'advertise-addr': string({
      '19.03': 'Advertised address (format: <ip|interface>[:port])',
      '28': 'Advertised address (format: "<ip|interface>[:port]")',
    }),
    availability: string(
      {
        '19.03': 'Availability of the node ("active"|"pause"|"drain")',
        '28': 'Availability of the node ("active", "pause", "drain")',
      },
      { otherwise: 'active' },
    ),
    'data-path-addr': string({
      '19.03': 'Address or interface to use for data path traffic (format: <ip|interface>)',
      '28': 'Address or interface to use for data path traffic (format: "<ip|interface>")',
    }),
    'listen-addr': list(
      {
        '19.03': 'Listen address (format: <ip|interface>[:port])',
        '28': 'Listen address (format: "<ip|interface>[:port]")',
      },
      { word: 'node-addr', shown: '0.0.0.0:2377' },
    ),
    token: string('Token for entry into the swarm'),
  },
})
