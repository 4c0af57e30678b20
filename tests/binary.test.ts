// The built executable, through pipes and files: what users type, and what goes wrong at the door.

import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const executable = join(__dirname, '..', 'bin', 'docksim')
const folder = mkdtempSync(join(tmpdir(), 'docksim-'))

/** Runs docksim in a folder of its own; without `input` there is none. */
function docksim(words: readonly string[], input: string | undefined = undefined) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [executable, ...words], {
    cwd: folder,
    encoding: 'utf8',
    ...(input === undefined ? { stdio: ['ignore', 'pipe', 'pipe'] } : { input }),
  })
  return { out: stdout, err: stderr, rc: status }
}

const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content, 'latin1')
  return name
}

test.each([
  ['a script', ['sh', file('two.sh', 'echo a\necho b\n')], { out: 'a\nb\n', err: '', rc: 0 }],
  ['no line feed at the end', ['sh', file('bare.sh', 'echo a')], { out: 'a\n', err: '', rc: 0 }],
  ['exit in the middle', ['sh', file('exit.sh', 'echo a\nexit 3\necho b\n')], { out: 'a\n', err: '', rc: 3 }],
  ['nothing', ['sh', file('empty.sh', '')], { out: '', err: '', rc: 0 }],
  ['a trap on exit', ['sh', '-c', 'trap "echo bye" EXIT; (exit 4)'], { out: 'bye\n', err: '', rc: 4 }],
  [
    'binary',
    ['sh', file('noise', '\x7fELF\0')],
    { out: '', err: 'docksim: noise: this is no text\n', rc: 2 },
  ],
  [
    'a directory',
    ['sh', '.'],
    { out: '', err: 'docksim: .: this is a directory; a file is wanted\n', rc: 2 },
  ],
  ['no file', ['sh', 'none'], { out: '', err: 'docksim: none: there is no such file\n', rc: 2 }],
  [
    'a huge file',
    ['sh', file('huge.sh', '#'.repeat(17e6))],
    { out: '', err: 'docksim: huge.sh: this has more than 16 MB\n', rc: 2 },
  ],
  [
    'a file and a line',
    ['sh', '-c', 'ls', 'two.sh'],
    { out: '', err: 'docksim: name a file or give -c LINE, not both\n', rc: 2 },
  ],
  ['an unknown option', ['sh', '--foo'], { out: '', err: "docksim: unknown option '--foo'\n", rc: 2 }],
  [
    'an unknown verb',
    ['foo'],
    { out: '', err: 'docksim: there is no verb "foo"; see docksim --help\n', rc: 2 },
  ],
  // As bash 5.2 does.
  [
    'lines that end as those of Windows do',
    ['sh', file('crlf.sh', 'echo hi\r\nif true; then\r\n echo x\r\nfi\r\n')],
    { out: 'hi\r\n', err: 'crlf.sh: line 5: syntax error: unexpected end of file\n', rc: 2 },
  ],
])('%s', (_, words, expected) => {
  expect(docksim(words)).toEqual(expected)
})

test('lines from a pipe are a script', () => {
  expect(docksim([], 'echo a; echo b >&2; exit 5\n')).toEqual({ out: 'a\n', err: 'b\n', rc: 5 })
})

test('errors and output come in the order in which they were printed', () => {
  const line = 'for i in 1 2; do echo $i; echo e$i >&2; done; ls /nope; echo end'
  const both = join(folder, 'both')
  const descriptor = openSync(both, 'w')
  spawnSync(process.execPath, [executable, 'sh', '-c', line], { stdio: ['ignore', descriptor, descriptor] })
  closeSync(descriptor)
  const { stdout } = spawnSync('cat', [both], { encoding: 'utf8' })
  expect(stdout).toBe("1\ne1\n2\ne2\nls: cannot access '/nope': No such file or directory\nend\n")
})

test('a reader that leaves ends it quietly', () => {
  const pipe = `"${process.execPath}" "${executable}" sh -c 'seq 100000' | head -1`
  const { stdout, stderr } = spawnSync('sh', ['-c', pipe], { encoding: 'utf8' })
  expect({ stdout, stderr }).toEqual({ stdout: '1\n', stderr: '' })
})

test('a full disk is no bug of the simulator', () => {
  const descriptor = openSync('/dev/full', 'w')
  const { stderr, status } = spawnSync(process.execPath, [executable, 'sh', '-c', 'echo x'], {
    stdio: ['ignore', descriptor, 'pipe'],
    encoding: 'utf8',
  })
  closeSync(descriptor)
  expect({ stderr, status }).toEqual({
    stderr: 'docksim: standard output cannot be written (ENOSPC)\n',
    status: 1,
  })
})

test('jq is read from beside the bundle', () => {
  expect(docksim(['sh', '-c', 'docker network inspect bridge | jq -r .[0].Name'])).toEqual({
    out: 'bridge\n',
    err: '',
    rc: 0,
  })
})
