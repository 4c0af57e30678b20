// Groups of servers behind nginx, and which of them is asked next (ngx_http_upstream_round_robin.c, _least_conn_module.c,
// _ip_hash_module.c): plain records; who connects is `relay.ts`.

import { type Duration, type Instant, seconds } from '../../../base/instant.ts'
import { type Ip, isIp4, printIp } from '../../../base/ip.ts'

export interface Upstream {
  /** As the configuration names it; for a bare `proxy_pass` its host and port. */
  readonly name: string
  readonly method: 'round robin' | 'least_conn' | 'ip_hash'
  readonly peers: Peer[]
}

/** One address of a server. */
export interface Peer extends PeerSettings {
  readonly ip: Ip
  readonly port: number
  effective: number
  current: number
  fails: number
  /** When it last failed, and when it was last tried after that. */
  accessed: Instant
  checked: Instant
  connections: number
}

export interface PeerSettings {
  readonly weight: number
  readonly mostFails: number
  readonly failTimeout: Duration
  readonly backup: boolean
  readonly down: boolean
}

export const usualPeer: PeerSettings = {
  weight: 1,
  mostFails: 1,
  failTimeout: seconds(10),
  backup: false,
  down: false,
}

export const peerOf = (ip: Ip, port: number, settings: PeerSettings): Peer => ({
  ...settings,
  ip,
  port,
  effective: settings.weight,
  current: 0,
  fails: 0,
  accessed: 0,
  checked: 0,
  connections: 0,
})

/** `172.18.0.2:80` */
export const nameOfPeer = ({ ip, port }: Peer): string =>
  `${isIp4(ip) ? printIp(ip) : `[${printIp(ip)}]`}:${port}`

/** The peer to ask next for `client`; undefined if none is left that may be. */
export function choosePeer(
  { peers, method }: Upstream,
  tried: readonly Peer[],
  client: Ip,
  now: Instant,
): Peer | undefined {
  if (peers.length === 1) return peers[0]?.down || tried.length > 0 ? undefined : peers[0]
  for (const backup of [false, true]) {
    const usable = peers.filter(
      (peer) => peer.backup === backup && !tried.includes(peer) && mayBeAsked(peer, now),
    )
    const hashed = method === 'ip_hash' && !backup ? byHash(peers, usable, client) : undefined
    const best = hashed ?? byWeight(method === 'least_conn' ? leastBusy(usable) : usable)
    if (!best) continue
    if (now - best.checked > best.failTimeout) best.checked = now
    return best
  }
  return undefined
}

const mayBeAsked = ({ down, mostFails, fails, checked, failTimeout }: Peer, now: Instant): boolean =>
  !down && !(mostFails > 0 && fails >= mostFails && now - checked <= failTimeout)

// Smooth weighted round robin.
function byWeight(usable: readonly Peer[]): Peer | undefined {
  let best: Peer | undefined
  let total = 0
  for (const peer of usable) {
    peer.current += peer.effective
    total += peer.effective
    if (peer.effective < peer.weight) peer.effective++
    if (!best || peer.current > best.current) best = peer
  }
  if (best) best.current -= total
  return best
}

function leastBusy(usable: readonly Peer[]): Peer[] {
  const least = Math.min(...usable.map(({ connections, weight }) => connections / weight))
  return usable.filter(({ connections, weight }) => connections / weight === least)
}

// Over the first three octets of an IPv4 address; after twenty draws it is round robin.
function byHash(peers: readonly Peer[], usable: readonly Peer[], client: Ip): Peer | undefined {
  if (!isIp4(client)) return undefined
  const lasting = peers.filter(({ backup }) => !backup)
  const total = lasting.reduce((sum, { weight }) => sum + weight, 0)
  let hash = 89
  for (let tries = 0; tries < 20; tries++) {
    for (const shift of [24, 16, 8]) hash = (hash * 113 + ((Number(client) >>> shift) & 255)) % 6271
    let weight = hash % total
    const peer = lasting.find((one) => {
      weight -= one.weight
      return weight < 0
    })
    if (peer && usable.includes(peer)) return peer
  }
  return undefined
}

/** Takes note of a failure; true if the peer is left alone for a while now. */
export function markFailed({ peers }: Upstream, peer: Peer, now: Instant): boolean {
  if (peers.length === 1) return false
  peer.fails++
  peer.accessed = now
  peer.checked = now
  if (peer.mostFails === 0) return false
  peer.effective = Math.max(0, peer.effective - Math.floor(peer.weight / peer.mostFails))
  return peer.fails >= peer.mostFails
}

export function markAlive(peer: Peer): void {
  if (peer.accessed < peer.checked) peer.fails = 0
}
