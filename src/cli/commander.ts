// The one place that speaks to commander: builds its command for the chosen path only, lets it collect the typed
// values of the flags and dispatch to the action. Canonical lines come in; pflag's dialect was read before.

import { Command as Commander, Option } from 'commander'
import type { Release } from '../base/release.ts'
import type { Command } from './command.ts'
import { initialOf } from './flags/flag.ts'
import type { Line } from './scanner.ts'

type Values = Readonly<Record<string, unknown>>

/** Runs `action` with the operands and flag values of `line`; returns what it returns. */
export function dispatch<Result>(
  path: readonly string[],
  command: Command,
  release: Release,
  line: Line,
  action: (operands: string[], flags: Values) => Result,
): Result {
  let result: { readonly value: Result } | undefined
  const leaf = leafCommand(path[path.length - 1] ?? '', command, release)
  leaf.action((operands: string[], flags: Values) => {
    result = { value: action(operands, flags) }
  })
  let root = leaf
  for (const name of path.slice(0, -1).reverse()) root = bare(name).addCommand(root)
  root.parse([...path.slice(1), ...canonical(line)], { from: 'user' })
  if (!result) throw new Error('commander ran no action')
  return result.value
}

function bare(name: string): Commander {
  return new Commander(name)
    .helpOption(false)
    .helpCommand(false)
    .enablePositionalOptions()
    .showSuggestionAfterError(false)
    .exitOverride()
}

function leafCommand(name: string, command: Command, release: Release): Commander {
  const leaf = bare(name).argument('[operands...]')
  for (const [key, flag] of Object.entries(command.flags)) {
    const option = new Option(`--${key} <value>`)
    option.negate = false // `--no-trunc` is a flag of its own, not the opposite of `--trunc`
    option.attributeName = () => key
    option.default(initialOf(flag, release))
    option.argParser((text, previous) => flag.kind.add(previous, text, release))
    leaf.addOption(option)
  }
  return leaf
}

const canonical = (line: Line): string[] => [
  ...line.given.filter(({ key }) => key !== 'help').map(({ key, text }) => `--${key}=${text}`),
  '--',
  ...line.operands,
]
