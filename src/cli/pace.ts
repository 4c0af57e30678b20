// How long docker and its daemon take for what is done in an instant here, so that `docker ps` tells of times as real
// ones. Roughly what a small machine takes.

import { milliseconds } from '../base/instant.ts'

export const pace = {
  /** Any command: the client starts, asks, and prints. */
  command: milliseconds(20),
  /** A container is made: its layer, its files. */
  create: milliseconds(40),
  /** A container starts: its namespaces, its networks, its process. */
  start: milliseconds(250),
  /** The daemon's answer comes back to a client that waits for nothing more. */
  answer: milliseconds(1),
  /** A command starts in a running container. */
  exec: milliseconds(60),
} as const
