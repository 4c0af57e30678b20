// `docker network connect`

import { connect as connectNetwork } from '../../engine/network/connect.ts'
import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { ip, ips } from '../flags/address.ts'
import * as checks from '../flags/checks.ts'
import { int, list, strings } from '../flags/flag.ts'
import { cut } from '../flags/kind.ts'
import { checkName } from '../refusal.ts'

export const connect = command({
  use: 'connect [OPTIONS] NETWORK CONTAINER',
  short: 'Connect a container to a network',
  args: exactly(2),
  flags: {
    alias: strings('Add network-scoped alias for the container'),
    'driver-opt': strings('driver options for the network', { class: 'kept' }),
    'gw-priority': int(
      'Highest gw-priority provides the default gateway. Accepts positive and negative values.',
      { since: '28' },
    ),
    ip: ip({
      '19.03': 'IPv4 address (e.g., 172.30.100.104)',
      '28': 'IPv4 address (e.g., "172.30.100.104")',
    }),
    ip6: ip({ '19.03': 'IPv6 address (e.g., 2001:db8::33)', '28': 'IPv6 address (e.g., "2001:db8::33")' }),
    link: list('Add link to another container', { check: checks.link }),
    'link-local-ip': ips('Add a link-local address for the container', { class: 'kept' }),
  },
  run({ engine, release }, [network, container], flags) {
    checkName(release, 'network', network)
    checkName(release, 'container', container)
    connectNetwork(engine, network, container, {
      ip4: flags.ip,
      ip6: flags.ip6,
      mac: '',
      aliases: flags.alias,
      links: flags.link,
      driverOptions: driverOptions(flags['driver-opt']),
      gatewayPriority: flags['gw-priority'],
      linkLocalIps: flags['link-local-ip'],
    })
  },
})

/** @throws StatusError for an option without `=` */
function driverOptions(texts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    texts.map((text) => {
      const [key, value] = cut(text, '=')
      if (value === undefined) throw new StatusError('invalid key/value pair format in driver options')
      return [key, value]
    }),
  )
}
