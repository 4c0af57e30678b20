// `POST /build`: the messages of its answer, one JSON object after the other (moby pkg/jsonmessage).

import { decode } from '../base/bytes.ts'
import type { BuildMessage } from '../engine/build/request.ts'
import { BuildFailure } from '../engine/build/request.ts'
import type { EngineError } from '../engine/error.ts'
import type { JsonRecord } from './record.ts'

/** A message as it is sent. */
export function buildMessageView(message: BuildMessage): JsonRecord {
  if (message.kind === 'stream') return { stream: decode(message.text) }
  if (message.kind === 'built') return { aux: { ID: message.id } }
  const { id, status, current, total } = message.progress
  const detail = current === undefined ? {} : { progressDetail: { current, total } }
  return { status, ...detail, ...(id !== undefined && { id }) }
}

/** What is sent last where a build fails after its first message. */
export function buildErrorView(cause: EngineError): JsonRecord {
  const code = cause instanceof BuildFailure && cause.code > 1 ? { code: cause.code } : {}
  return { errorDetail: { ...code, message: cause.message }, error: cause.message }
}
