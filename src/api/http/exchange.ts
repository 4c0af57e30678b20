// One question of a client and its answer: whole, in pieces as they come, or as raw streams once both have agreed to
// (moby api/server/httputils). Knows nothing of the engine.

import { type Bytes, noBytes } from '../../base/bytes.ts'
import type { Condition, Task } from '../../base/scheduler.ts'
import type { Process } from '../../kernel/process.ts'
import { lastChunk, printChunk, printHead, type Request } from './message.ts'

/** What the client sends comes at descriptor 0 of the process, what it gets goes to descriptor 1. */
export class Exchange {
  readonly proc: Process
  readonly request: Request
  /** What every answer's head says. */
  private readonly common: readonly (readonly [string, string])[]
  /** Bytes of the client that nobody has looked at. */
  ahead: Bytes
  private stage: 'waiting' | 'streaming' | 'raw' | 'done' = 'waiting'

  constructor(proc: Process, request: Request, ahead: Bytes, common: readonly (readonly [string, string])[]) {
    this.proc = proc
    this.request = request
    this.ahead = ahead
    this.common = common
  }

  get begun(): boolean {
    return this.stage !== 'waiting'
  }

  /** Whether the connection has been given up to raw streams. */
  get raw(): boolean {
    return this.stage === 'raw'
  }

  /** The whole answer. */
  answer(
    status: number,
    body: Bytes = noBytes,
    type = 'application/json',
    more: readonly (readonly [string, string])[] = [],
  ): void {
    const bodiless = status === 204 || status === 304
    const described = [...(body === '' ? [] : [['Content-Type', type] as const]), ...more]
    const length = bodiless ? [] : [['Content-Length', String(body.length)] as const]
    this.put(printHead(status, [...this.common, ...described, ...length]))
    if (this.request.method !== 'HEAD' && !bodiless) this.put(body)
    this.stage = 'done'
  }

  /** Begins an answer whose body comes in pieces. */
  begin(type = 'application/json', status = 200): void {
    this.put(printHead(status, [...this.common, ['Content-Type', type], ['Transfer-Encoding', 'chunked']]))
    this.stage = 'streaming'
  }

  /** Begins raw streams in both directions: what follows is no HTTP. */
  hijack(type = 'application/vnd.docker.raw-stream'): void {
    const upgrades = this.request.headers.has('upgrade')
    const head: (readonly [string, string])[] = [['Content-Type', type]]
    if (upgrades) head.push(['Connection', 'Upgrade'], ['Upgrade', 'tcp'])
    this.put(printHead(upgrades ? 101 : 200, upgrades ? head : [...this.common, ...head]))
    this.stage = 'raw'
  }

  /** A piece of the body, or of a raw stream. */
  *send(bytes: Bytes): Task<void> {
    this.put(this.stage === 'streaming' ? printChunk(bytes) : bytes)
    yield* this.proc.flush(1)
  }

  /** Ends a body that came in pieces. */
  end(): void {
    if (this.stage === 'streaming') this.put(lastChunk)
    if (this.stage !== 'raw') this.stage = 'done'
  }

  /** Raw bytes of the client; '' once it has hung up, undefined if there are none yet. */
  read(): Bytes | undefined {
    if (this.ahead !== '') {
      const taken = this.ahead
      this.ahead = noBytes
      return taken
    }
    const file = this.proc.files.get(0)
    return file ? file.operations.read(file, 32_768) : noBytes
  }

  /** Becomes true when a read that gave undefined is worth another try. */
  get readable(): Condition[] {
    const file = this.proc.files.get(0)
    const condition = file?.operations.readable(file)
    return condition ? [condition] : []
  }

  /** Whether the client has gone. What it sends meanwhile waits for its turn. */
  get abandoned(): boolean {
    const bytes = this.read()
    if (bytes === '') return true
    this.ahead = (bytes ?? noBytes) as Bytes
    return false
  }

  private put(bytes: Bytes): void {
    if (bytes !== '') this.proc.writeBytes(1, bytes)
  }
}
