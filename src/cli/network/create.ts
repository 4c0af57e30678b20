// `docker network create`

import { create as createNetwork } from '../../engine/network/create.ts'
import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { ips, prefixes } from '../flags/address.ts'
import * as checks from '../flags/checks.ts'
import { bool, list, map, string, strings } from '../flags/flag.ts'
import { labelsOf } from '../labels.ts'
import { consolidate } from './ipam.ts'

export const create = command({
  use: 'create [OPTIONS] NETWORK',
  short: 'Create a network',
  args: exactly(1),
  flags: {
    attachable: bool('Enable manual container attachment', { class: 'kept' }),
    'aux-address': map('Auxiliary IPv4 or IPv6 addresses used by Network driver'),
    'config-from': string({
      '19.03': 'The network from which copying the configuration',
      '20.10': 'The network from which to copy the configuration',
    }),
    'config-only': bool('Create a configuration only network'),
    driver: string('Driver to manage the Network', { short: 'd', otherwise: 'bridge' }),
    gateway: ips('IPv4 or IPv6 Gateway for the master subnet'),
    ingress: bool('Create swarm routing-mesh network'),
    internal: bool('Restrict external access to the network'),
    'ip-range': prefixes('Allocate container ip from a sub-range'),
    'ipam-driver': string('IP Address Management Driver', { otherwise: 'default' }),
    'ipam-opt': map('Set IPAM driver specific options'),
    ipv4: bool('Enable or disable IPv4 address assignment', { since: '28', otherwise: true }),
    ipv6: bool({ '19.03': 'Enable IPv6 networking', '28': 'Enable or disable IPv6 address assignment' }),
    label: list('Set metadata on a network', { check: checks.label }),
    opt: map('Set driver specific options', { short: 'o' }),
    scope: string("Control the network's scope"),
    subnet: strings('Subnet in CIDR format that represents a network segment'),
  },
  run({ proc, engine, release }, [name], flags) {
    const network = createNetwork(engine, name, {
      driver: flags.driver,
      internal: flags.internal,
      attachable: flags.attachable,
      ingress: flags.ingress,
      scope: flags.scope,
      configOnly: flags['config-only'],
      configFrom: flags['config-from'],
      enableIp4: flags.ipv4,
      enableIp6: flags.ipv6,
      ipamDriver: flags['ipam-driver'],
      ipamOptions: flags['ipam-opt'],
      ipamConfigs: consolidate(
        {
          subnets: flags.subnet,
          ranges: flags['ip-range'],
          gateways: flags.gateway,
          auxiliary: flags['aux-address'],
        },
        release,
      ),
      options: flags.opt,
      labels: labelsOf(flags.label),
    })
    proc.print(network.id)
  },
})
