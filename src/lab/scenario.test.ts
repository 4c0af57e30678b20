import { expect, test } from 'vitest'
import { encode } from '../base/bytes.ts'
import { described, FileError } from './errors.ts'
import { play, type Shown } from './replay.ts'
import { readScenario, stepsOf } from './scenario.ts'
import type { Theatre } from './stage.ts'

const file = [
  '---',
  'title: Names',
  'summary: Containers find each other.',
  'release: 20.10',
  'user: root',
  '---',
  '',
  '# Names',
  '',
  'First a network.',
  '',
  '```console setup',
  '$ docker network create n',
  'ab12cd34ab12',
  '$ docker run -d \\',
  '>   nginx',
  '```',
  '',
  '```yaml',
  'a: 1',
  '```',
  '',
  '- Then:',
  '  ```console',
  '  $ docker network rm ab12cd34ab12',
  '  ab12cd34ab12',
  '  ```',
]

const read = (lines: readonly string[]) => readScenario('s.md', encode(lines.join('\n')))

const told = (lines: readonly string[]): string => {
  try {
    read(lines)
  } catch (cause) {
    if (cause instanceof FileError) return described(cause)
    throw cause
  }
  return 'right'
}

const without = (line: string) => file.filter((one) => one !== line)
const instead = (line: string, other: string) => file.map((one) => (one === line ? other : one))

test('front matter, prose and steps, in order', () => {
  const scenario = read(file)
  expect(scenario).toMatchObject({
    title: 'Names',
    summary: 'Containers find each other.',
    world: { release: '20.10', user: 'root' },
  })
  expect(scenario.parts.map(({ kind, line }) => [kind, line])).toEqual([
    ['prose', 8],
    ['steps', 12],
    ['prose', 19],
    ['steps', 24],
  ])
  expect(stepsOf(scenario).map(({ line, cmd, role }) => [line, cmd, role])).toEqual([
    [13, 'docker network create n', 'setup'],
    [15, 'docker run -d \\\n  nginx', 'setup'],
    [25, 'docker network rm ab12cd34ab12', 'demo'],
  ])
})

test.each([
  [without('---'), 's.md:1:1: a scenario begins with front matter between two lines "---"'],
  [without('title: Names'), 's.md:2:1: this must be the title of the scenario; a scenario needs one'],
  [
    instead('user: root', 'usr: root'),
    's.md:5:1: there is no key "usr" in the front matter; did you mean "user"?',
  ],
  [
    instead('```console setup', '```console set-up'),
    's.md:12:12: "set-up" is no role of a fence; there are setup, demo, check, solution, mistake, incident',
  ],
  [
    instead('$ docker network create n', 'oops'),
    's.md:13:1: a console fence begins with a prompt, such as "$ "',
  ],
  [instead('  ab12cd34ab12', '  $ echo "'), 's.md:26:3: the fence ends before this command does'],
  [file.slice(0, 10), 's.md: the scenario has no `console` fence, so there is nothing to play'],
])('a mistake is told with its place (%#)', (lines, message) => {
  expect(told(lines)).toBe(message)
})

const theatre = (last: string): Theatre => ({
  releases: ['28', '20.10'],
  open: () => ({
    terminal: () => ({
      prompt: () => '$ ',
      depth: () => 0,
      type: (cmd) => ({
        printed: cmd.includes('create') ? '00ff00ff00ff\r\n' : cmd.includes('rm') ? last : '',
        status: 0,
        running: false,
      }),
      interrupt: () => ({ printed: '', status: 130, running: false }),
      endOfInput: () => ({ printed: '', status: 0, running: false }),
    }),
  }),
})

test('a replay types, shows and compares by reference', () => {
  const { shown, ...end } = play(read(file), theatre('00ff00ff00ff\r\n'))
  expect(end).toEqual({ steps: 3, differing: 0 })
  expect(shown.filter(({ kind }) => kind === 'typed').at(-1)).toEqual({
    kind: 'typed',
    prompt: '$ ',
    cmd: 'docker network rm 00ff00ff00ff',
  })
})

test('a step that prints something else is told', () => {
  const { shown, ...end } = play(read(file), theatre('Error: no\r\n'))
  expect(end).toEqual({ steps: 3, differing: 1 })
  expect(shown.at(-1)).toEqual<Shown>({
    kind: 'differs',
    line: 25,
    cause: 'ours says: Error: no',
    diff: '-ab12cd34ab12\n+Error: no',
  })
})
