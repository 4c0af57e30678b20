// /etc/hosts of a container (facts: networking §5.1; moby libnetwork/etchosts): the fixed lines, then what the user
// added, then links, then one own line for each network.

import { printIp } from '../../base/ip.ts'
import { asRoot } from '../../kernel/fs/filesystem.ts'
import { readTextIfAny } from '../../kernel/fs/read.ts'
import type { Container } from '../container/container.ts'
import { readMounted, writeMounted } from '../container/files.ts'
import type { Engine } from '../engine.ts'
import { poolOf } from './ipam.ts'
import { type Endpoint, isUserDefined } from './network.ts'

/** Adds the own line of an endpoint, behind what is there. */
export function addOwnHosts(container: Container, endpoint: Endpoint): void {
  if (container.sandbox?.isHost) return
  for (const ip of [endpoint.ip4, endpoint.ip6]) {
    if (ip === undefined) continue
    const line = `${printIp(ip)}\t${ownNames(container)}`
    container.written.ownHosts.push({ networkId: endpoint.network.id, line })
    writeMounted(container, '/etc/hosts', `${readMounted(container, '/etc/hosts')}${line}\n`)
  }
}

/**
 * Removes the own line of an endpoint; older releases remove all own lines with it, but none for a network without names,
 * the default bridge.
 */
export function removeOwnHosts(engine: Engine, container: Container, endpoint: Endpoint): void {
  if (container.sandbox?.isHost) return
  const { written } = container
  const all = engine.traits.hostsOnDisconnect === 'all-own-lines'
  if (all && !isUserDefined(endpoint.network)) return
  const gone = written.ownHosts.filter((own) => all || own.networkId === endpoint.network.id)
  written.ownHosts = written.ownHosts.filter((own) => !gone.includes(own))
  const lines = readMounted(container, '/etc/hosts').split('\n')
  const kept = lines.filter((line) => !gone.some((own) => own.line === line))
  writeMounted(container, '/etc/hosts', kept.join('\n'))
}

/** Writes the file anew, as the start of the container does; network mode host has a copy of the host's. */
export function writeHosts(engine: Engine, container: Container): void {
  if (container.sandbox?.isHost && container.host.extraHosts.length === 0) {
    const hostFile = readTextIfAny(asRoot(engine.machine.namespaces.files), '/etc/hosts')
    return writeMounted(container, '/etc/hosts', hostFile)
  }
  const suffix = engine.traits.hostsPrefixes
  const lines = [
    '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    `fe00${suffix}\tip6-localnet`,
    `ff00${suffix}\tip6-mcastprefix`,
    'ff02::1\tip6-allnodes',
    'ff02::2\tip6-allrouters',
    ...extraHosts(engine, container),
    ...linkedHosts(container),
  ]
  writeMounted(container, '/etc/hosts', lines.map((line) => `${line}\n`).join(''))
}

/** The whole name, and before the first dot the bare one (moby daemon/container_operations.go, buildSandboxOptions). */
function ownNames({ config }: Container): string {
  const whole = config.domainname === '' ? config.hostname : `${config.hostname}.${config.domainname}`
  const [bare = ''] = whole.split('.')
  return bare === whole ? whole : `${whole} ${bare}`
}

function extraHosts(engine: Engine, container: Container): string[] {
  return container.host.extraHosts.map((entry) => {
    const [, name = '', address = ''] = /^([^:=]*)[:=](.*)$/.exec(entry) ?? []
    return `${address === 'host-gateway' ? hostGateway(engine) : address}\t${name}`
  })
}

/** The address of docker0. */
function hostGateway(engine: Engine): string {
  const pools = engine.networksByName.get('bridge')?.pools ?? []
  const gateway = poolOf(pools, 4)?.gateway
  return gateway === undefined ? '' : printIp(gateway)
}

/** Legacy links: `172.17.0.2	alias hostname name`. */
const linkedHosts = ({ host }: Container): string[] => host.links.flatMap((link) => linkedHost(link) ?? [])

function linkedHost({ container, alias }: Container['host']['links'][number]): string | undefined {
  const ip = container.attachments.get('bridge')?.endpoint?.ip4
  return ip === undefined ? undefined : `${printIp(ip)}\t${linkNames(container, alias)}`
}

const linkNames = (target: Container, alias: string): string =>
  [...new Set([alias, target.config.hostname, target.name])].join(' ')

/** The containers whose /etc/hosts names `target` are told of its new address. */
export function refreshLinksTo(target: Container): void {
  for (const container of target.linkedBy ?? []) {
    if (!container.sandbox || container === target) continue
    for (const link of container.host.links) {
      const line = link.container === target ? linkedHost(link) : undefined
      if (line === undefined) continue
      const names = linkNames(target, link.alias)
      const lines = readMounted(container, '/etc/hosts').split('\n')
      const fresh = lines.map((present) => (present.endsWith(`\t${names}`) ? line : present))
      writeMounted(container, '/etc/hosts', fresh.join('\n'))
    }
  }
}
