// The networks of a new container: which are joined, and with which settings
// (docker/cli cli/command/container/opts.go, parseNetworkOpts).

import { freezeDeep } from '../../../base/freeze.ts'
import { parseMac } from '../../../base/mac.ts'
import { type Dated, inRelease, type Release } from '../../../base/release.ts'
import { type EndpointSettings, plainSettings } from '../../../engine/network/connect.ts'
import { isUserDefinedName } from '../../../engine/network/network.ts'
import type { Attachment } from '../../flags/docker.ts'
import { ValueError } from '../../flags/strconv.ts'

/** What the line says of networks. */
export interface NetworkFlags {
  readonly network: readonly Attachment[]
  readonly 'network-alias': readonly string[]
  readonly link: readonly string[]
  readonly ip: string
  readonly ip6: string
  readonly 'mac-address': string
  readonly 'link-local-ip': readonly string[]
}

export interface NetworkWish {
  readonly mode: string
  readonly settings: ReadonlyMap<string, EndpointSettings>
  /** Legacy links; those of user networks are in their settings. */
  readonly links: readonly string[]
}

/** Clients before 28 look at `--ip` and its like only where there is a `--network`. */
const needsNetwork: Dated<boolean> = { '19.03': true, '28': false }

const unnamed: Attachment = freezeDeep({
  name: 'default',
  aliases: [],
  driverOptions: new Map(),
  ip: '',
  ip6: '',
  linkLocalIps: [],
  mac: '',
  gwPriority: 0,
})

/** @throws ValueError */
export function networksOf(flags: NetworkFlags, release: Release): NetworkWish {
  const mac = flags['mac-address']
  if (mac !== '') checkMac(mac)
  const [first, ...others] = flags.network
  const mode = first?.name ?? 'default'
  if (!first && inRelease(needsNetwork, release))
    return { mode, links: flags.link, settings: new Map([[mode, { ...plainSettings, mac }]]) }
  const settings = new Map<string, EndpointSettings>()
  const links = isUserDefinedName(mode) ? flags.link : []
  for (const asked of [withFlags(first ?? unnamed, flags, release), ...others]) {
    const wanted = settingsOf(asked, settings.size === 0 ? links : [])
    if (settings.has(asked.name)) throw new ValueError(`network "${asked.name}" is specified multiple times`)
    settings.set(asked.name, wanted)
  }
  const custom = [...settings.keys()].filter(isUserDefinedName).length
  if (custom > 0 && custom < settings.size)
    throw new ValueError(
      'conflicting options: cannot attach both user-defined and non-user-defined network-modes',
    )
  return { mode, settings, links: links.length > 0 ? [] : flags.link }
}

/** The first network has what the single flags say too. @throws ValueError where both say it */
function withFlags(asked: Attachment, flags: NetworkFlags, release: Release): Attachment {
  const both = (one: boolean, other: boolean, words: string) => {
    if (one && other) throw new ValueError(`conflicting options: cannot specify both ${words}`)
  }
  const aliases = flags['network-alias']
  const linkLocalIps = flags['link-local-ip']
  both(asked.aliases.length > 0, aliases.length > 0, '--network-alias and per-network alias')
  both(asked.ip !== '', flags.ip !== '', '--ip and per-network IPv4 address')
  both(asked.ip6 !== '', flags.ip6 !== '', '--ip6 and per-network IPv6 address')
  both(asked.mac !== '', flags['mac-address'] !== '', '--mac-address and per-network MAC address')
  both(
    asked.linkLocalIps.length > 0,
    linkLocalIps.length > 0,
    '--link-local-ip and per-network link-local IP addresses',
  )
  if (flags.link.length > 0) refuseLinks(asked.name, release)
  return {
    ...asked,
    aliases: [...asked.aliases, ...aliases],
    ip: flags.ip || asked.ip,
    ip6: flags.ip6 || asked.ip6,
    mac: flags['mac-address'] || asked.mac,
    linkLocalIps: [...asked.linkLocalIps, ...linkLocalIps],
  }
}

const refusesLinks: Dated<boolean> = { '19.03': true, '28': false }

/** Old clients refuse what younger ones leave to the daemon. */
function refuseLinks(name: string, release: Release): void {
  if (
    (name === 'host' || name === 'none' || name.startsWith('container:')) &&
    inRelease(refusesLinks, release)
  )
    throw new ValueError('links are only supported for user-defined networks')
}

function settingsOf(asked: Attachment, links: readonly string[]): EndpointSettings {
  if (asked.name.trim() === '') throw new ValueError('no name set for network')
  if (asked.aliases.length > 0 && !isUserDefinedName(asked.name))
    throw new ValueError('network-scoped aliases are only supported for user-defined networks')
  if (asked.mac !== '') checkMac(asked.mac)
  return {
    ip4: asked.ip,
    ip6: asked.ip6,
    mac: asked.mac,
    aliases: asked.aliases,
    links,
    driverOptions: asked.driverOptions,
    gatewayPriority: asked.gwPriority,
    linkLocalIps: asked.linkLocalIps,
  }
}

function checkMac(text: string): void {
  if (parseMac(text.trim()) === undefined) throw new ValueError(`${text} is not a valid mac address`)
}
