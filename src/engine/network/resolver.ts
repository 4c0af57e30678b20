// The embedded DNS server: 127.0.0.11 in the namespace of each container on a user-defined network (facts: networking
// §6; moby libnetwork/resolver.go, sandbox_dns_unix.go). It answers names of running containers on shared networks,
// and asks the host's name servers for all others.

import { Errno } from '../../base/errno.ts'
import type { Instant } from '../../base/instant.ts'
import { seconds } from '../../base/instant.ts'
import { type Ip, ipOfReverseName, isIp4, parseIp, parseIp4 } from '../../base/ip.ts'
import { shuffle } from '../../base/random.ts'
import { abandon, rouse, type Sleeper, suspend } from '../../base/scheduler.ts'
import { newChain } from '../../net/netfilter/tables/chain.ts'
import { appendRule } from '../../net/netfilter/tables/rule.ts'
import type { Listener } from '../../net/socket/tcp/connection.ts'
import { acceptTcp, closeListener, listenTcp } from '../../net/socket/tcp/open.ts'
import { closeTcp } from '../../net/socket/tcp/stream.ts'
import { bindUdp, closeUdp, openUdp, sendUdp, takeDatagram, type UdpSocket } from '../../net/socket/udp.ts'
import type { DnsMessage, DnsQuestion, DnsRecord } from '../../net/wire/dns.ts'
import type { Container } from '../container/container.ts'
import { type Engine, randomOf, schedulerOf } from '../engine.ts'
import { inOrder } from './gateway.ts'
import type { Endpoint } from './network.ts'
import { settingsFor } from './resolvconf.ts'
import type { Sandbox } from './sandbox.ts'

/** It waits for questions and for answers from upstream, and keeps what it has to know in between. */
export interface Resolver extends Sleeper {
  readonly engine: Engine
  readonly container: Container
  readonly sandbox: Sandbox
  readonly socket: UdpSocket
  /** Who asks by TCP is heard and sent away: messages here travel in datagrams alone. */
  readonly listener: Listener
  /** Toward the upstream servers. */
  readonly upstream: UdpSocket
  readonly pending: Pending[]
  nextId: number
}

interface Pending {
  readonly id: number
  readonly asked: DnsMessage
  readonly from: Ip
  readonly fromPort: number
  readonly deadline: Instant
}

const address: Ip = parseIp4('127.0.0.11') ?? 0
const timeToLive = 600
const patience = seconds(4)

/** Starts the server of a sandbox: its sockets, and the rules that bring port 53 to them. */
export function startResolver(engine: Engine, container: Container, sandbox: Sandbox): Resolver {
  const socket = openUdp(sandbox.namespace, 4)
  bindUdp(socket, address, 0)
  const listener = listenTcp(sandbox.namespace, address, 0)
  const fromHost = engine.traits.upstreamFrom === 'host' && container.host.dns.length === 0
  const resolver: Resolver = {
    order: 0,
    resume: serve,
    ready: false,
    conditions: [],
    timer: undefined,
    engine,
    container,
    sandbox,
    socket,
    listener,
    upstream: openUdp(fromHost ? engine.machine.namespaces.net : sandbox.namespace, 4),
    pending: [],
    nextId: 1,
  }
  divert(sandbox)
  redirect(sandbox, 'tcp', listener.localPort)
  redirect(sandbox, 'udp', socket.localPort)
  wait(resolver)
  return resolver
}

export function stopResolver(engine: Engine, resolver: Resolver): void {
  abandon(schedulerOf(engine), resolver)
  closeListener(resolver.listener)
  closeUdp(resolver.socket)
  closeUdp(resolver.upstream)
  resolver.sandbox.resolver = undefined
}

/** The chains, in the order in which the daemon makes them. */
function divert({ namespace: { netfilter } }: Sandbox): void {
  for (const chain of ['DOCKER_OUTPUT', 'DOCKER_POSTROUTING']) newChain(netfilter, 4, 'nat', chain)
  appendRule(netfilter, 4, 'nat', 'OUTPUT', '-d 127.0.0.11/32 -j DOCKER_OUTPUT')
  appendRule(netfilter, 4, 'nat', 'POSTROUTING', '-d 127.0.0.11/32 -j DOCKER_POSTROUTING')
}

function redirect({ namespace: { netfilter } }: Sandbox, protocol: 'tcp' | 'udp', port: number): void {
  const words = `-p ${protocol} -m ${protocol}`
  const there = `-d 127.0.0.11/32 ${words} --dport 53 -j DNAT --to-destination 127.0.0.11:${port}`
  const back = `-s 127.0.0.11/32 ${words} --sport ${port} -j SNAT --to-source :53`
  appendRule(netfilter, 4, 'nat', 'DOCKER_OUTPUT', there)
  appendRule(netfilter, 4, 'nat', 'DOCKER_POSTROUTING', back)
}

function wait(resolver: Resolver): void {
  const until = resolver.pending[0]?.deadline
  suspend(schedulerOf(resolver.engine), resolver, {
    on: [resolver.socket.readable, resolver.listener.readable, resolver.upstream.readable],
    until,
  })
}

function serve(sleeper: Sleeper): void {
  const resolver = sleeper as Resolver
  if (resolver.socket.closed) return
  for (let one = acceptTcp(resolver.listener); one; one = acceptTcp(resolver.listener)) closeTcp(one)
  attempt(resolver, takeQuestions)
  attempt(resolver, takeAnswers)
  giveUp(resolver)
  wait(resolver)
}

/** Datagrams that cannot be delivered are lost, as with real UDP. */
function attempt(resolver: Resolver, step: (resolver: Resolver) => void): void {
  try {
    step(resolver)
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    rouse(schedulerOf(resolver.engine), resolver)
  }
}

function takeQuestions(resolver: Resolver): void {
  for (let got = takeDatagram(resolver.socket); got; got = takeDatagram(resolver.socket)) {
    if (typeof got.payload === 'string' || got.payload.response) continue
    const answer = answerLocally(resolver, got.payload)
    if (answer) sendUdp(resolver.socket, answer, { ip: got.from, port: got.fromPort })
    else askUpstream(resolver, got.payload, got.from, got.fromPort)
  }
}

function reply(
  asked: DnsMessage,
  answers: readonly DnsRecord[],
  code: DnsMessage['code'] = 'NOERROR',
): DnsMessage {
  return { ...asked, response: true, recursionAvailable: true, authoritative: false, code, answers }
}

/** The answer that the networks of this container give; undefined if they know nothing of the name. */
function answerLocally(resolver: Resolver, asked: DnsMessage): DnsMessage | undefined {
  const { question } = asked
  if (question.type === 'PTR') return answerReverse(resolver, asked)
  if (question.type !== 'A' && question.type !== 'AAAA') return undefined
  const owners = ownersOf(resolver, question.name)
  if (owners.length === 0) return keepsBareNames(resolver, question.name) ? reply(asked, []) : undefined
  const wanted = question.type === 'A' ? 'ip4' : 'ip6'
  const addresses = owners.flatMap((endpoint) => endpoint[wanted] ?? [])
  const order = shuffle(randomOf(resolver.engine), 'dns-order', addresses)
  return reply(
    asked,
    order.map((ip) => record(question, ip)),
  )
}

/** With ndots of the user's own above 0, a bare name is for the client to complete (resolver.go, NdotsSet). */
const keepsBareNames = ({ container }: Resolver, name: string): boolean =>
  !name.replace(/\.$/, '').includes('.') &&
  container.host.dnsOptions.some((option) => /^ndots:[1-9]/.test(option))

const record = (question: DnsQuestion, data: Ip | string): DnsRecord => ({
  name: question.name,
  type: question.type,
  ttl: timeToLive,
  data,
})

/** Whose name it is, on the first shared network that knows it: `name`, or `name.network`. */
function ownersOf({ sandbox, container, engine }: Resolver, asked: string): Endpoint[] {
  const name = asked.toLowerCase()
  for (const own of inOrder(sandbox.endpoints)) {
    const { network } = own
    const linked = linkTarget(engine, container, own, name)
    const suffix = `.${network.name}`
    const plain = linked ?? (asked.endsWith(suffix) ? name.slice(0, -suffix.length) : name)
    const endpoints = [...network.endpoints.values()]
    const owners = endpoints.filter((other) => knows(other, plain) || knows(other, name))
    if (owners.length > 0) return owners
  }
  return []
}

const knows = (endpoint: Endpoint, name: string): boolean =>
  endpoint.dnsNames.some((own) => own.toLowerCase() === name)

/** A link's alias is known to its owner alone. */
function linkTarget(engine: Engine, container: Container, own: Endpoint, name: string): string | undefined {
  for (const link of container.attachments.get(own.network.name)?.links ?? []) {
    const [target = '', alias = target] = link.split(':')
    if (alias.toLowerCase() !== name) continue
    return (engine.containersByName.get(target)?.name ?? target).toLowerCase()
  }
  return undefined
}

function answerReverse({ sandbox }: Resolver, asked: DnsMessage): DnsMessage | undefined {
  const ip = ipOfReverseName(asked.question.name)
  if (ip === undefined) return undefined
  for (const { network } of sandbox.endpoints)
    for (const endpoint of network.endpoints.values())
      if ((endpoint.ip4 === ip || endpoint.ip6 === ip) && endpoint.dnsNames.length > 0)
        return reply(asked, [record(asked.question, `${endpoint.dnsNames[0]}.${network.name}`)])
  return undefined
}

function askUpstream(resolver: Resolver, asked: DnsMessage, from: Ip, fromPort: number): void {
  const { engine } = resolver
  const id = resolver.nextId++ & 0xffff
  const servers = settingsFor(engine, resolver.container).nameservers.flatMap((text) => parseIp(text) ?? [])
  const pending = { id, asked, from, fromPort, deadline: schedulerOf(engine).now + patience }
  const internal = resolver.sandbox.endpoints.every((endpoint) => endpoint.network.internal)
  if (internal && engine.traits.upstreamFailure === 'servfail') return refuse(resolver, pending)
  let failed = true
  for (const ip of servers) {
    if (!isIp4(ip)) continue
    try {
      sendUdp(resolver.upstream, { ...asked, id }, { ip, port: 53 })
      failed = false
      break
    } catch (cause) {
      if (!(cause instanceof Errno)) throw cause
    }
  }
  if (failed) return refuse(resolver, pending)
  resolver.pending.push(pending)
}

function refuse(resolver: Resolver, { asked, from, fromPort }: Pending): void {
  if (resolver.engine.traits.upstreamFailure === 'silence') return
  const failure = { ...reply(asked, [], 'SERVFAIL'), recursionAvailable: false }
  sendUdp(resolver.socket, failure, { ip: from, port: fromPort })
}

function takeAnswers(resolver: Resolver): void {
  for (let got = takeDatagram(resolver.upstream); got; got = takeDatagram(resolver.upstream)) {
    const { payload } = got
    if (typeof payload === 'string' || !payload.response) continue
    const index = resolver.pending.findIndex((pending) => pending.id === payload.id)
    const [pending] = index < 0 ? [] : resolver.pending.splice(index, 1)
    if (pending)
      sendUdp(
        resolver.socket,
        { ...payload, id: pending.asked.id },
        { ip: pending.from, port: pending.fromPort },
      )
  }
}

function giveUp(resolver: Resolver): void {
  const { now } = schedulerOf(resolver.engine)
  while (resolver.pending[0] && resolver.pending[0].deadline <= now)
    refuse(resolver, resolver.pending.shift() as Pending)
}
