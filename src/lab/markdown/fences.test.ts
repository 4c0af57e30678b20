import { expect, test } from 'vitest'
import { type Bytes, encode } from '../../base/bytes.ts'
import { fencesOf } from './fences.ts'
import { markdownLines } from './source.ts'

const read = (text: string) => fencesOf(markdownLines('a.md', encode(text)))

test('fences of both kinds, in lists and quotes, with their lines', () => {
  const text = [
    '# Title', // 1
    '- see ```docker ps``` first', // 2
    '    - deeper', // 3
    '        ```', // 4
    '        $ docker ps', // 5
    '          indented', // 6
    '        ```', // 7
    '> ~~~Bash title="x y"', // 8
    '> $ ls', // 9
    '> ```', // 10
    '> ~~~', // 11
    '', // 12
    '    indented code is no fence',
  ].join('\n')
  expect(read(text)).toEqual([
    { line: 4, column: 9, lang: '', meta: '', lines: ['$ docker ps', '  indented'] },
    { line: 8, column: 3, lang: 'bash', meta: 'title="x y"', lines: ['$ ls', '```'] },
  ])
})

test('backticks inside a line are prose, an unclosed fence ends with the file', () => {
  expect(read('```a``` and ```b```\n\n```sh\nls')).toEqual([
    { line: 3, column: 1, lang: 'sh', meta: '', lines: ['ls'] },
  ])
})

test.each([
  ['a binary file', '\x7fELF\x02\x01\x00\x00', 'a.md: this is a binary file, not Markdown text'],
  ['no UTF-8', 'abc\n\xff\xfe', 'this is not UTF-8 text'],
  ['a huge file', 'x'.repeat(1_000_001), 'the file has 1000001 bytes; a Markdown file may have 1000000'],
  ['many lines', '\n'.repeat(20_000), 'the file has 20001 lines; a Markdown file may have 20000'],
  ['a long line', 'x'.repeat(8_001), 'the line has 8001 characters; a line may have 8000'],
  ['deep quotes', '>'.repeat(41), 'lists and quotes are nested more than 40 deep'],
  ['deep lists', `${' '.repeat(300)}- x`, 'lists and quotes are nested more than 40 deep'],
])('%s is refused in one sentence', (_, bytes, message) => {
  expect(() => markdownLines('a.md', bytes as Bytes)).toThrow(message.replace('a.md: ', ''))
})

test('the largest staircase that is let in is read in time', () => {
  const stairs = Array.from({ length: 3000 }, (_, step) => `${' '.repeat(step % 200)}- a`).join('\n')
  expect(read(stairs)).toEqual([])
})
