// The messages of a build as they come, in words (moby pkg/jsonmessage): to standard output, or kept until the end.

import type { JsonRecord } from '../../../api/record.ts'
import { humanSize } from '../../../base/go/units.ts'

/** The words of a message; '' for one that says nothing. Lines of a pull come one after the other. */
export function messageText({ stream, status, id }: JsonRecord): string {
  if (typeof stream === 'string') return stream
  if (typeof status !== 'string') return ''
  return typeof id === 'string' ? `${id}: ${status}\n` : `${status}\n`
}

/** How far apart the client tells of its progress, in bytes. */
const step = 557_056

/** How the sending of a context is told: on a terminal as it goes on, elsewhere at its end. */
export function sendingText(size: number, isTerminal: boolean): string {
  const told: number[] = []
  for (let sent = step; isTerminal && sent < size; sent += step) told.push(sent)
  const lines = [...told, size].map(
    (sent) => `Sending build context to Docker daemon ${humanSize(sent).padStart(8)}\r`,
  )
  return `${lines.join('')}\r\n`
}
