// docker attach, as the daemon sees it (moby daemon/attach.go): a client's connection to the streams of what runs in a
// container. Who holds one closes it when he goes, so that nobody waits for him.

import { type Bytes, noBytes } from '../../base/bytes.ts'
import { typeKeys } from '../../kernel/discipline.ts'
import { release } from '../../kernel/file.ts'
import type { Terminal } from '../../kernel/tty.ts'
import type { Engine } from '../engine.ts'
import { logEvent } from '../event/log.ts'
import type { Container } from './container.ts'
import { eventAttributes } from './create.ts'
import { closeStream, createStream, type Stream } from './stream.ts'

/** What has streams: a container, or an exec. */
export interface Peer {
  terminal: Terminal | undefined
  stdin: Container['stdin']
  readonly streams: Set<Stream>
}

export interface Attachment {
  readonly engine: Engine
  readonly peer: Peer
  readonly stream: Stream
  /** The peer's input ends with the client's. */
  readonly endsInput: boolean
}

/** Attaches a client to a container that runs or is about to. */
export function attach(engine: Engine, container: Container, withInput: boolean): Attachment {
  logEvent(engine, 'container', 'attach', container.id, eventAttributes(container))
  return openAttachment(engine, container, withInput && container.config.stdinOnce)
}

export function openAttachment(engine: Engine, peer: Peer, endsInput: boolean): Attachment {
  const stream = createStream()
  peer.streams.add(stream)
  return { engine, peer, stream, endsInput }
}

/** The client goes: it gets nothing more. */
export function closeAttachment({ engine, peer, stream, endsInput }: Attachment): void {
  peer.streams.delete(stream)
  closeStream(engine.machine, stream)
  if (endsInput) endInput(peer)
}

/** The peer reads the end of its input. */
export function endInput(peer: Peer): void {
  if (!peer.stdin) return
  const { writer } = peer.stdin
  peer.stdin = undefined
  release(writer)
}

/** Gives the peer input, as far as it takes any. */
export function sendInput(peer: Peer, bytes: Bytes): void {
  if (bytes === noBytes) return
  if (peer.terminal) return typeKeys(peer.terminal, bytes)
  if (peer.stdin?.pipe.readerOpen) peer.stdin.writer.operations.write(peer.stdin.writer, bytes)
}
