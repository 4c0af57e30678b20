import { expect, test } from 'vitest'
import type { ExpectedLine } from '../transcript/step.ts'
import { type Bindings, withOurs, withTexts } from './bindings.ts'
import { causeOf, diffOf } from './difference.ts'
import { compareOutput } from './output.ts'
import { screenOf } from './screen.ts'
import { piecesOf } from './values.ts'

const lines = (text: string, from = 10): ExpectedLine[] =>
  text
    .split('\n')
    .map((line, index) => ({ line: from + index, text: line, maybeComment: /^\s*#/.test(line) }))

/** Compares in one go pairs of text and ours; the last one's result. */
function compared(...pairs: [string, string, string?][]) {
  let bindings: Bindings = []
  let result = compareOutput([], '', bindings)
  for (const [index, [text, ours, cmd]] of pairs.entries()) {
    result = compareOutput(lines(text, 10 * (index + 1)), ours, bindings, cmd)
    if (result.outcome !== 'differs') bindings = result.bindings
  }
  return { ...result, outcome: result.outcome, bound: bindings }
}

const longText = 'ab12cd34ef56'.padEnd(64, '7')
const longOurs = '98fe76dc54ba'.padEnd(64, '1')

test('values: what differs from run to run is found, what means the same everywhere is text', () => {
  const kinds = (line: string) =>
    piecesOf(line)
      .filter(({ kind }) => kind !== 'text')
      .map(({ kind, text }) => [kind, text])
  expect(kinds('64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.092 ms')).toEqual([
    ['ip', '10.0.0.2'],
    ['duration', '0.092 ms'],
  ])
  expect(kinds('link/ether 02:42:ac:11:00:04 brd ff:ff:ff:ff:ff:ff link-netnsid 0')).toEqual([
    ['mac', '02:42:ac:11:00:04'],
    ['index', '0'],
  ])
  expect(kinds('8: eth0@if9: <UP> mtu 1500')).toEqual([
    ['index', '8'],
    ['index', '@if9'],
  ])
  expect(kinds('nameserver 127.0.0.11')).toEqual([])
  expect(
    kinds('ab12cd34ef56 "x" 2 minutes ago Up About a minute 0.0.0.0:32768->80/tcp, :::8080->80/tcp'),
  ).toEqual([
    ['id', 'ab12cd34ef56'],
    ['duration', '2 minutes ago'],
    ['duration', 'About a minute'],
    ['port', '32768'],
  ])
  expect(kinds('"Created": "2021-04-17T05:58:30.946953053Z",')).toEqual([
    ['time', '2021-04-17T05:58:30.946953053Z'],
  ])
  expect(kinds('rtt min/avg/max/mdev = 0.054/0.064/0.092/0.015 ms')).toEqual([
    ['duration', '0.054/0.064/0.092/0.015 ms'],
  ])
  expect(kinds('RX packets 3  bytes 100 (100.0 B)')).toEqual([['count', '3  bytes 100 (100.0 B)']])
  expect(kinds('inet6 fe80::42:d1ff:fefc:c0ab  prefixlen 64')).toEqual([['ip', 'fe80::42:d1ff:fefc:c0ab']])
})

test('equal to the byte, blanks at the ends of lines apart', () => {
  expect(compared(['a  b \nc', 'a  b\r\nc\r\n']).outcome).toBe('equal')
})

test('an id binds; its first digits must agree ever after', () => {
  expect(compared([longText, longOurs], [longText.slice(0, 12), longOurs.slice(0, 12)]).outcome).toBe('bound')
  expect(compared([longText, longOurs], [longText.slice(0, 12), '0123456789ab']).outcome).toBe('differs')
  expect(compared([longText, longOurs], ['0123456789ab', longOurs.slice(0, 12)]).outcome).toBe('differs')
  expect(compared([longText.slice(0, 12), longOurs.slice(0, 12)], [longText, longOurs]).outcome).toBe('bound')
  expect(compared([longText, longOurs], [`${longText.slice(0, 7)}...`, longOurs.slice(0, 7)]).outcome).toBe(
    'differs',
  )
})

test('commands that name a bound value get ours; a diff has the values of the text', () => {
  const { bound } = compared([`${longText} 10.0.0.2`, `${longOurs} 172.17.0.9`])
  expect(withOurs(bound, 'docker rm ab12cd3 && ping 10.0.0.2 && ping 10.0.0.3 && cat abc')).toBe(
    'docker rm 98fe76d && ping 172.17.0.9 && ping 10.0.0.3 && cat abc',
  )
  expect(withTexts(bound, `x ${longOurs.slice(0, 12)} 172.17.0.9`)).toBe('x ab12cd34ef56 10.0.0.2')
})

test('what authors do: indentation, tabs, rows cut, an ellipsis, a remark, a comment within, ^C', () => {
  const notes = (text: string, ours: string) => {
    const result = compareOutput(lines(text), ours, [])
    return result.outcome === 'differs' ? 'differs' : result.notes
  }
  expect(notes('a\n    b', 'a\n       b')).toEqual(['the text changes the indentation'])
  expect(notes('Server:    x', 'Server:\t\tx')).toEqual(['the text changes blanks between words'])
  expect(notes('a\n...\nd', 'a\nb\nc\nd')).toEqual(['the text leaves out 2 lines of ours'])
  expect(notes('b', 'a\nb')).toEqual(['the text leaves out one line of ours'])
  expect(notes('a b # look', 'a b')).toEqual(['the author put a remark behind a line'])
  expect(notes('a b ... z', 'a b c d z')).toEqual(['the text cuts lines short'])
  expect(notes('a\n# talk\nb', 'a\nb')).toEqual(['a comment of the author within'])
  expect(notes('# real\nb', '# real\nb')).toEqual([])
  expect(notes('a\n^C\nb', 'a\n^C\nb')).toEqual([])
  expect(notes('a\n^C--- x ---', 'a\r\n^C\r\n--- x ---')).toEqual([])
  expect(notes('a', 'a\nError response from daemon: no')).toBe('differs')
  expect(notes('a\nb', 'b\na')).toBe('differs')
})

test('maps keyed by ids have no order, answers that race neither', () => {
  const entry = (key: string, name: string) => `"${key.padEnd(64, '0')}": { "Name": "${name}" }`
  const map = (...entries: string[]) => `{ "Containers": { ${entries.join(', ')} } }`
  expect(
    compared([map(entry('1a', 'web'), entry('2b', 'db')), map(entry('3c', 'db'), entry('4d', 'web'))])
      .outcome,
  ).toBe('bound')
  expect(compared(['x\ny', 'y\nx', 'ip neigh']).outcome).toBe('bound')
})

test('a difference is told: diff and cause', () => {
  const expected = lines('NAME ID\nbridge ab12cd34ef56\nhost 111122223333a')
  const printed = 'NAME ID\r\nbridge ab12cd34ef56\r\n'
  const result = compareOutput(expected, printed, [])
  if (result.outcome !== 'differs') throw new Error('must differ')
  expect(diffOf(expected, printed, [])).toBe(' NAME ID\n bridge ab12cd34ef56\n-host 111122223333a')
  expect(causeOf(result, printed, 0)).toBe('ours has no line like line 12: host 111122223333a')
  const bindings: Bindings = [{ kind: 'id', text: '00aa00aa00aa', ours: 'ab12cd34ef56', line: 3 }]
  const against = compareOutput(lines('bridge 11bb11bb11bb'), 'bridge ab12cd34ef56', bindings)
  if (against.outcome !== 'differs') throw new Error('must differ')
  expect(causeOf(against, '', 0)).toBe(
    'our ab12cd34ef56 has stood for 00aa00aa00aa of the text since line 3; here the text has 11bb11bb11bb',
  )
})

test('the screen: what a terminal shows of carriage returns and cursor movements', () => {
  expect(
    screenOf('a: Waiting\r\nb: Waiting\r\n\x1b[2A\x1b[2Ka: Done\r\n\x1b[1B\x1b[1A\x1b[2Kb: Done\r\n'),
  ).toBe('a: Done\nb: Done')
  expect(screenOf('10%\r20%\r\n\x1b[31mred\x1b[0m\x1b[?2004h')).toBe('20%\nred')
})

test('a hostile text costs no more than its fuel', () => {
  const many = Array.from({ length: 3000 }, () => 'a').join('\n')
  expect(compareOutput(lines(`${many}\nb`), many, []).outcome).toBe('differs')
})
