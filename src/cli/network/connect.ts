// `docker network connect`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import * as checks from '../flags/checks.ts'
import { int, list, string, strings } from '../flags/flag.ts'

export const connect = command({
  use: 'connect [OPTIONS] NETWORK CONTAINER',
  short: 'Connect a container to a network',
  args: exactly(2),
  flags: {
    alias: strings('Add network-scoped alias for the container'),
    'driver-opt': strings('driver options for the network'),
    'gw-priority': int(
      'Highest gw-priority provides the default gateway. Accepts positive and negative values.',
      { since: '28' },
    ),
    ip: string(
      { '19.03': 'IPv4 address (e.g., 172.30.100.104)', '28': 'IPv4 address (e.g., "172.30.100.104")' },
      { word: { '19.03': 'string', '29': 'ip' } },
    ),
    ip6: string(
      { '19.03': 'IPv6 address (e.g., 2001:db8::33)', '28': 'IPv6 address (e.g., "2001:db8::33")' },
      { word: { '19.03': 'string', '29': 'ip' } },
    ),
    link: list('Add link to another container', { check: checks.link }),
    'link-local-ip': strings('Add a link-local address for the container', {
      word: { '19.03': 'strings', '29': 'ipSlice' },
      shown: { '19.03': '', '29': '[]' },
    }),
  },
})
