import type { Command } from 'commander'

export function checkVerb(_program: Command): void {}
