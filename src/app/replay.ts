import type { Command } from 'commander'

export function replayVerb(_program: Command): void {}
