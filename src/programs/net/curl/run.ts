// The record of one transfer of curl, how it fails, and how it waits.

import type { Bytes } from '../../../base/bytes.ts'
import type { Instant } from '../../../base/instant.ts'
import type { Ip } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { ResponseHead } from '../http/response.ts'
import type { Url } from '../http/url.ts'
import { closeStream, type Stream } from '../stream.ts'
import type { Progress } from './meter.ts'
import type { CurlRelease } from './release.ts'
import type { CurlSettings } from './settings.ts'

/** curl's exit code and words; words without the `curl: (N) ` before them. */
export class CurlFailure extends Error {
  readonly code: number

  constructor(code: number, words: string) {
    super(words)
    this.code = code
  }
}

export interface Show {
  /** A line of -v. */
  readonly note: (text: string) => void
  readonly requestLine: (line: string) => void
  readonly responseLine: (line: string) => void
  readonly data: (direction: '{' | '}', count: number) => void
  /** Header lines as -i and -D want them. */
  readonly head: (head: ResponseHead) => void
  /** Throws CurlFailure where it cannot be written. */
  readonly body: (bytes: Bytes, head: ResponseHead) => void
}

/** A connection kept for the next transfer of the same line. */
export interface Kept {
  stream: Stream | undefined
  place: string
  host: string
  /** Its number in -v's lines. */
  number: number
  opened: number
}

export interface Transfer {
  readonly proc: Process
  readonly settings: CurlSettings
  readonly release: CurlRelease
  readonly url: Url
  readonly show: Show
  readonly progress: Progress
  readonly kept: Kept
  readonly startedAt: Instant
  readonly deadline: Instant | undefined
  /** Called now and then while it waits. */
  readonly tick: () => Instant | undefined
  /** For -w. */
  readonly times: { resolved: Instant; connected: Instant; sent: Instant; firstByte: Instant }
  remote: { ip: Ip; port: number; localIp: Ip; localPort: number } | undefined
  method: string
  requestSize: number
  connects: number
}

export interface Answer {
  readonly head: ResponseHead
  readonly size: number
}

export function dropKept(proc: Process, kept: Kept): void {
  if (kept.stream) closeStream(proc, kept.stream)
  kept.stream = undefined
}

export const closing = (run: Transfer, kind: 'closing' | 'shutting down'): void => {
  const number = run.kept.opened
  run.show.note(run.release.chatty ? `${kind} connection #${number}` : `Closing connection ${number}`)
}

/** The closing line comes after the meter's last. */
export const closingLater = (run: Transfer): void => {
  run.kept.place = 'closing'
}

export const noteClosing = (run: Transfer): void => {
  if (run.kept.place === 'closing') closing(run, 'closing')
  else if (run.kept.place === 'shutting') closing(run, 'shutting down')
  run.kept.place = ''
}

export function timedOut(run: Transfer, what = 'Operation'): CurlFailure {
  const { proc, startedAt, progress } = run
  const waited = Math.floor((proc.now() - startedAt) / 1000)
  if (what !== 'Operation') return new CurlFailure(28, `${what} timed out after ${waited} milliseconds`)
  const of = progress.downloadSize === undefined ? '' : ` out of ${progress.downloadSize}`
  return new CurlFailure(
    28,
    `Operation timed out after ${waited} milliseconds with ${progress.downloaded}${of} bytes received`,
  )
}

/** Lets a wait end at each tick and, if nothing else does, at the deadline. */
export function* guarded<Result>(
  run: Transfer,
  task: Task<Result>,
  deadline = run.deadline,
): Task<Result | undefined> {
  for (;;) {
    const step = task.next()
    if (step.done) return step.value
    const { on, until } = step.value
    for (;;) {
      const tick = run.tick()
      const ends = [until, deadline, tick].filter((one) => one !== undefined)
      yield { on, until: ends.length > 0 ? Math.min(...ends) : undefined }
      const now = run.proc.now()
      if (deadline !== undefined && now >= deadline) {
        const last = task.next()
        return last.done ? last.value : undefined
      }
      if (tick === undefined || now < tick || (until !== undefined && now >= until)) break
    }
  }
}
