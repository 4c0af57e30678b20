// What is known of the real screen: whether it takes colour, and how wide it is.

import { isatty } from 'node:tty'

/** chalk's level for a stream: 0 without a terminal, or where NO_COLOR is set. (chalk's own guess reads argv.) */
export function colourLevel(descriptor: 1 | 2): 0 | 1 {
  const { NO_COLOR, TERM } = process.env
  if (NO_COLOR || TERM === 'dumb') return 0
  return isatty(descriptor) ? 1 : 0
}

export const outputColumns = (): number => (isatty(1) ? process.stdout.columns || 100 : 120)

export const isTerminal = (descriptor: 0 | 1 | 2): boolean => isatty(descriptor)
