// docs/coverage.md is generated from the declarations: `npm run update` writes it anew.

import { expect, test } from 'vitest'
import { type CoveredCommand, coverage } from '../src/cli/coverage.ts'

const classes = ['acts', 'kept', 'refused'] as const
type Class = (typeof classes)[number]

const count = (items: readonly { readonly class: Class }[]) =>
  classes.map((name) => items.filter((item) => item.class === name).length)

const names = (flags: CoveredCommand['flags'], name: Class) =>
  flags
    .filter((flag) => flag.class === name)
    .map((flag) => `\`--${flag.name}\``)
    .join(' ')

function page(): string {
  const commands = coverage()
  const flags = commands.filter((command) => command.class !== 'refused').flatMap((command) => command.flags)
  const lines = [
    '# What of docker is simulated',
    '',
    'Generated from the declarations in `src/cli` by `npm run update`. A command or flag *acts*; is *kept* (inspect shows it,',
    'nothing observable here depends on it); or is *refused* in one fixed sentence.',
    '',
    '| | acts | kept | refused |',
    '|---|---|---|---|',
    `| commands | ${count(commands).join(' | ')} |`,
    `| flags of the commands that are not refused | ${count(flags).join(' | ')} |`,
    '',
    '| command | class | kept flags | refused flags |',
    '|---|---|---|---|',
    ...commands.map(
      (command) =>
        `| \`${command.path}\` | ${command.class} | ${names(command.flags, 'kept')} | ${command.class === 'refused' ? '' : names(command.flags, 'refused')} |`,
    ),
    '',
  ]
  return lines.join('\n')
}

test('docs/coverage.md is up to date', async () => {
  await expect(page()).toMatchFileSnapshot('../docs/coverage.md')
})
