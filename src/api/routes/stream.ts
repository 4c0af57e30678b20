// Routes of containers whose answers are streams: logs, attach, wait, and the frames in which output travels when there
// is no terminal (moby pkg/stdcopy).

import type { Bytes } from '../../base/bytes.ts'
import type { Moment } from '../../base/calendar.ts'
import type { Condition } from '../../base/scheduler.ts'
import {
  type Attachment,
  attach,
  closeAttachment,
  endInput,
  sendInput,
} from '../../engine/container/attach.ts'
import { type Container, isRunning } from '../../engine/container/container.ts'
import { detailsOf, logDriverOf } from '../../engine/container/logdriver.ts'
import { takeChunks } from '../../engine/container/stream.ts'
import { EngineError } from '../../engine/error.ts'
import { type Process, signalGroup } from '../../kernel/process.ts'
import { disownSocket, ownSocket } from '../../kernel/socket.ts'
import type { Exchange } from '../http/exchange.ts'
import { jsonBytes } from '../json.ts'
import { firstEntry, type LogWish, linesFrom } from '../log-lines.ts'
import { asked, askedNumber, type Call, containerOf, isAsked, route, word } from '../route.ts'
import { readMoment } from '../timestamp.ts'

export const streamRoutes = [
  route('GET /containers/{name}/logs', tellLogs),
  route('POST /containers/{name}/attach', attachClient),
  route('POST /containers/{name}/wait', waitForEnd),
  route('POST /containers/{name}/resize', function* (call) {
    resize(call, containerOf(call))
  }),
]

/** Bytes of one stream: raw from a terminal, else in a frame that tells stream and length. */
export function frame(to: 1 | 2, bytes: Bytes, tty: boolean): Bytes {
  if (tty) return bytes
  const { length } = bytes
  const size = String.fromCharCode(
    (length >>> 24) & 255,
    (length >>> 16) & 255,
    (length >>> 8) & 255,
    length & 255,
  )
  return `${String.fromCharCode(to)}\0\0\0${size}${bytes}` as Bytes
}

/** Which of a container's two streams a question wants. */
const wantedStreams = (call: Call): (1 | 2)[] => [
  ...(isAsked(call, 'stdout') ? ([1] as const) : []),
  ...(isAsked(call, 'stderr') ? ([2] as const) : []),
]

function* tellLogs(call: Call) {
  const { exchange, engine } = call
  const container = containerOf(call)
  const wanted = wantedStreams(call)
  if (wanted.length === 0)
    throw new EngineError('invalid', 'Bad parameters: you must choose at least one stream')
  if (logDriverOf(container.host.kept) === 'none')
    throw new EngineError('invalid', 'configured logging driver does not support reading')
  const wish = wishOf(call)
  const { tty } = container.config
  exchange.begin(`application/vnd.docker.${tty ? 'raw' : 'multiplexed'}-stream`)
  const { log } = container
  for (let number = firstEntry(log, wish); ; ) {
    const goesOn =
      isAsked(call, 'follow') && (isRunning(container) || container.state.status === 'restarting')
    const { lines, next } = linesFrom(log, number, wish)
    number = next
    for (const { to, bytes } of lines) if (wanted.includes(to)) yield* exchange.send(frame(to, bytes, tty))
    const isOver = wish.until !== undefined && exchange.proc.moment() > wish.until
    if (!goesOn || isOver || exchange.abandoned) return
    if (number === log.dropped + log.entries.length)
      yield { on: [log.logged, container.changed, ...exchange.readable] }
  }

  function wishOf(given: Call): LogWish {
    const moment = (name: string): Moment | undefined =>
      ['', '0'].includes(asked(given, name)) ? undefined : readMoment(asked(given, name), engine.machine)
    const tail = asked(given, 'tail')
    return {
      tail: /^\d+$/.test(tail) ? Number(tail) : undefined,
      since: moment('since'),
      until: moment('until'),
      timestamps: isAsked(given, 'timestamps'),
      details: isAsked(given, 'details') ? detailsOf(container) : undefined,
    }
  }
}

function* attachClient(call: Call) {
  const { engine, exchange } = call
  const container = containerOf(call)
  if (container.state.status === 'paused')
    throw new EngineError(
      'conflict',
      `container ${word(call, 'name')} is paused, unpause the container before attach`,
    )
  const input = isAsked(call, 'stdin') && container.config.openStdin
  exchange.hijack()
  if (!isAsked(call, 'stream')) return
  const attachment = attach(engine, container, input)
  yield* carry(exchange, attachment, {
    input,
    wanted: wantedStreams(call),
    tty: container.config.tty,
    changed: container.changed,
  })
}

export interface CarryOptions {
  readonly input: boolean
  readonly wanted: readonly (1 | 2)[]
  readonly tty: boolean
  /** Becomes true when what is to run there may have begun. */
  readonly changed: Condition
}

/** Carries bytes between a client's raw connection and what runs in a container, until one of them ends. */
export function* carry(
  exchange: Exchange,
  attachment: Attachment,
  { input, wanted, tty, changed }: CarryOptions,
) {
  const { engine, peer, stream, endsInput } = attachment
  const { proc } = exchange
  hold(proc, attachment)
  let reads = true
  for (;;) {
    if (peer.terminal) peer.terminal.relay = proc
    for (const { to, bytes } of takeChunks(engine.machine, stream))
      if (wanted.includes(to)) yield* exchange.send(frame(to, bytes, tty))
    if (stream.closed && stream.chunks.length === 0) break
    // What comes before the start waits for it.
    const listens = !input || peer.stdin !== undefined || peer.terminal !== undefined
    const bytes = reads && listens ? exchange.read() : undefined
    if (bytes === '') {
      reads = false
      if (input && endsInput) endInput(peer)
    } else if (bytes !== undefined) {
      if (input) sendInput(peer, bytes)
      continue
    }
    yield {
      on: [
        stream.ready,
        listens ? undefined : changed,
        ...(reads && listens ? exchange.readable : []),
      ].filter((one) => one !== undefined),
    }
  }
  disownSocket(proc, attachment)
}

const hold = (proc: Process, attachment: Attachment): number => ownSocket(proc, attachment, closeAttachment)

/** The answer begins at once, so that who asks before the start hears of an end that comes soon. */
function* waitForEnd(call: Call) {
  const { exchange } = call
  const container = containerOf(call)
  const condition = asked(call, 'condition')
  const before = container.state.finishedAt
  exchange.begin()
  yield* exchange.proc.flush(1)
  const isOver = (): boolean => {
    if (condition === 'removed') return !call.engine.containers.has(container.id)
    if (condition === 'next-exit') return container.state.finishedAt !== before
    return !isRunning(container) && container.state.status !== 'restarting'
  }
  while (!isOver()) {
    if (exchange.abandoned) return
    yield { on: [container.changed, ...exchange.readable] }
  }
  yield* exchange.send(jsonBytes({ StatusCode: container.state.exitCode }))
}

/** The terminal of a container or exec becomes as large as the client's. */
export function resize(call: Call, { terminal }: Pick<Container, 'terminal'>): void {
  const rows = askedNumber(call, 'h') ?? 0
  const columns = askedNumber(call, 'w') ?? 0
  if (terminal && rows > 0 && columns > 0) {
    terminal.rows = rows
    terminal.columns = columns
    signalGroup(terminal.machine, terminal.foregroundGroup, 'WINCH')
  }
  call.exchange.answer(200)
}
