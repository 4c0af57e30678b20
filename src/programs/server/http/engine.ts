// The part that all HTTP servers here share: listeners, connections, requests out of a byte stream, answers into it.
// What is answered and logged is each server's own, given as functions of its module (`Site`). All state is in the
// record, so that the server may begin again at its wait from `Process.memory`.

import { type Bytes, noBytes } from '../../../base/bytes.ts'
import { Errno } from '../../../base/errno.ts'
import { type Instant, seconds } from '../../../base/instant.ts'
import type { Ip } from '../../../base/ip.ts'
import type { Condition, Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import { disownSocket, ownSocket } from '../../../kernel/socket.ts'
import type { Connection, Listener } from '../../../net/socket/tcp/connection.ts'
import { acceptTcp, closeListener, listenTcp } from '../../../net/socket/tcp/open.ts'
import { closeTcp, isTcpWritable, readTcp, sendTcp } from '../../../net/socket/tcp/stream.ts'
import { type Request, takeRequest } from './request.ts'

export interface ServerState {
  readonly listeners: Listener[]
  readonly sessions: Session[]
  /** Microseconds that an idle connection is kept. */
  keepAlive: number
  /** Connections so far, as nginx counts them in its error log. */
  accepted: number
}

export interface Session {
  readonly connection: Connection
  readonly number: number
  received: Bytes
  unsent: Bytes
  /** To be closed when all is sent. */
  closing: boolean
  idleUntil: Instant
  requests: number
  /** The answer to a request comes later; those behind it wait. */
  busy: boolean
}

/** What a server does with a request; functions of a module. */
export interface Site<State extends ServerState> {
  /**
   * The bytes of the answer, and whether the connection stays; undefined if `pending` gives it later, by `deliver`.
   * What it logs it writes itself.
   */
  readonly answer: (proc: Process, state: State, session: Session, request: Request) => Answered | undefined
  readonly pending?: Pending<State>
}

/** Answers that wait for something else than the client. */
export interface Pending<State extends ServerState> {
  /** Goes on with all of them as far as they go. */
  readonly advance: (proc: Process, state: State) => Task<void>
  readonly conditions: (state: State) => Condition[]
  readonly deadlines: (state: State) => Instant[]
}

export interface Answered {
  readonly bytes: Bytes
  readonly keep: boolean
}

/** Gives the session the answer it was busy for. */
export function deliver(
  proc: Process,
  state: ServerState,
  session: Session,
  { bytes, keep }: Answered,
): void {
  session.busy = false
  session.unsent = (session.unsent + bytes) as Bytes
  session.closing = !keep
  session.idleUntil = proc.now() + state.keepAlive
}

export const newServerState = (keepAlive = seconds(65)): ServerState => ({
  listeners: [],
  sessions: [],
  keepAlive,
  accepted: 0,
})

/** Listens for the process. Errors: EADDRINUSE, EACCES, EADDRNOTAVAIL. */
export function listen(
  proc: Process,
  state: ServerState,
  ip: Ip,
  port: number,
  options: { backlog?: number; v6only?: boolean } = {},
): void {
  if (port < 1024 && !proc.may('NET_BIND_SERVICE') && isPrivileged(proc, port)) throw new Errno('EACCES')
  const listener = listenTcp(proc.net, ip, port, options.backlog ?? 511, { v6only: options.v6only ?? true })
  ownSocket(proc, listener, closeListener)
  state.listeners.push(listener)
}

/** Docker sets ip_unprivileged_port_start to 0 in its containers. */
const isPrivileged = (proc: Process, port: number): boolean =>
  port < Number(proc.net.sysctls.values.get('net.ipv4.ip_unprivileged_port_start') ?? '1024')

export function stopListening(proc: Process, state: ServerState): void {
  for (const listener of state.listeners.splice(0)) disownSocket(proc, listener)
}

/** Serves until a signal is thrown at its wait. */
export function* serve<State extends ServerState>(
  proc: Process,
  state: State,
  site: Site<State>,
): Task<never> {
  for (;;) {
    acceptAll(proc, state)
    for (const session of [...state.sessions]) attend(proc, state, site, session)
    if (site.pending && state.sessions.some(({ busy }) => busy)) {
      yield* site.pending.advance(proc, state)
      for (const session of [...state.sessions]) attend(proc, state, site, session)
    }
    yield {
      on: [...conditions(state), ...(site.pending?.conditions(state) ?? [])],
      until: nextTimeout(state, site.pending?.deadlines(state) ?? []),
    }
  }
}

function acceptAll(proc: Process, state: ServerState): void {
  for (const listener of state.listeners)
    for (let connection = acceptTcp(listener); connection; connection = acceptTcp(listener)) {
      ownSocket(proc, connection, closeTcp)
      const idleUntil = proc.now() + state.keepAlive
      const number = ++state.accepted
      state.sessions.push({
        connection,
        number,
        received: noBytes,
        unsent: noBytes,
        closing: false,
        idleUntil,
        requests: 0,
        busy: false,
      })
    }
}

function attend<State extends ServerState>(
  proc: Process,
  state: State,
  site: Site<State>,
  session: Session,
): void {
  try {
    if (!session.closing && !receive(proc, state, session)) return end(proc, state, session)
    while (!session.closing && !session.busy) {
      const taken = takeRequest(session.received)
      if (taken === undefined) break
      session.received = taken.rest
      session.requests++
      const answered = site.answer(proc, state, session, taken.request)
      if (answered) deliver(proc, state, session, answered)
      else session.busy = true
    }
    while (session.unsent !== '' && isTcpWritable(session.connection)) {
      const sent = sendTcp(session.connection, session.unsent)
      session.unsent = session.unsent.slice(sent) as Bytes
      if (sent === 0) break
    }
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    return end(proc, state, session)
  }
  if (session.closing && session.unsent === '') end(proc, state, session)
}

/** Takes in what has come; false when the connection has nothing more to give. */
function receive(proc: Process, state: ServerState, session: Session): boolean {
  for (;;) {
    const bytes = readTcp(session.connection, 65536)
    if (bytes === undefined) return session.busy || proc.now() < session.idleUntil || session.unsent !== ''
    if (bytes === '') return session.unsent !== ''
    session.received = (session.received + bytes) as Bytes
    session.idleUntil = proc.now() + state.keepAlive
    if (session.received.length > 1 << 20) return false
  }
}

function end(proc: Process, state: ServerState, session: Session): void {
  const place = state.sessions.indexOf(session)
  if (place >= 0) state.sessions.splice(place, 1)
  disownSocket(proc, session.connection)
}

function conditions(state: ServerState): Condition[] {
  const on: Condition[] = state.listeners.map((listener) => listener.readable)
  for (const { connection, unsent } of state.sessions)
    on.push(unsent === '' ? connection.readable : connection.writable)
  return on
}

function nextTimeout({ sessions }: ServerState, deadlines: readonly Instant[]): Instant | undefined {
  const all = [...deadlines, ...sessions.filter(({ busy }) => !busy).map(({ idleUntil }) => idleUntil)]
  return all.length === 0 ? undefined : Math.min(...all)
}
