import type { Command } from 'commander'

export function shellVerb(_program: Command): void {}
