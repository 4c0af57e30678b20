import { expect, test } from 'vitest'
import { encode } from '../../base/bytes.ts'
import { fencesOf } from '../markdown/fences.ts'
import { markdownLines } from '../markdown/source.ts'
import { readTranscript } from './read.ts'
import { expectedText } from './step.ts'

const read = (text: string) => readTranscript(fencesOf(markdownLines('t.md', encode(text))))
const shown = (text: string) =>
  read(text).steps.map(({ prompt, cmd, expected }) => [
    prompt?.text ?? '',
    cmd,
    expected ? expectedText(expected) : undefined,
  ])
const fence = (lang: string, ...lines: string[]) => [`\`\`\`${lang}`, ...lines, '```'].join('\n')

test('a prompt of a user at a machine, in a list without a language', () => {
  const text = [
    '- look',
    '    ```',
    '    ann@box-7:~$ docker ps -q',
    '    1f2e3d4c5b6a',
    '',
    '    ann@box-7:~$ docker run --rm -it alpine sh',
    '    / # ip addr',
    '    1: lo: up',
    '    / # exit',
    '    ann@box-7:~$',
    '    ```',
  ].join('\n')
  expect(shown(text)).toEqual([
    ['ann@box-7:~$', 'docker ps -q', '1f2e3d4c5b6a'],
    ['ann@box-7:~$', 'docker run --rm -it alpine sh', undefined],
    ['/ #', 'ip addr', '1: lo: up'],
    ['/ #', 'exit', undefined],
  ])
  expect(read(text).steps.map(({ line }) => line)).toEqual([3, 6, 7, 9])
  expect(read(text).steps[3]?.promptAfter?.text).toBe('ann@box-7:~$')
})

test('bracket prompts with and without their sign, and a container prompt that ends a fence', () => {
  expect(
    shown(fence('sh', '$ docker exec -it a bash', '[root@0123456789ab /] hostname', '0123456789ab')),
  ).toEqual([
    ['$', 'docker exec -it a bash', undefined],
    ['[root@0123456789ab /]', 'hostname', '0123456789ab'],
  ])
  const after = read(
    fence('', '[me@lab ~]$ docker run -it ubuntu', 'Unable to find image', 'root@0123456789ab:/# '),
  )
  expect(after.steps[0]?.promptAfter?.host).toBe('0123456789ab')
})

test('no prompts: known words are commands, the rest output; a table has no commands in it', () => {
  expect(
    shown(
      fence(
        'bash',
        'docker network ls',
        'NETWORK ID   NAME     DRIVER',
        '01ab   bridge   bridge',
        'bridge x',
      ),
    ),
  ).toEqual([['', 'docker network ls', 'NETWORK ID   NAME     DRIVER\n01ab   bridge   bridge\nbridge x']])
  expect(shown(fence('', 'docker stop a b', 'docker rm a b'))).toEqual([
    ['', 'docker stop a b', undefined],
    ['', 'docker rm a b', undefined],
  ])
})

test('comments: talk, output, remarks', () => {
  const text = fence(
    'bash',
    '# make it',
    'docker network create n',
    '',
    '# look at it',
    'docker exec a ping -c 1 b',
    '# PING b (10.0.0.2): 56 data bytes',
    '#',
    '# 1 packets transmitted',
    '',
    'docker exec a true # fails, as expected',
    '# now the same by another way',
    'docker exec a env',
    '# => HOME=/root',
  )
  expect(shown(text)).toEqual([
    ['', 'docker network create n', undefined],
    ['', 'docker exec a ping -c 1 b', 'PING b (10.0.0.2): 56 data bytes\n\n1 packets transmitted'],
    ['', 'docker exec a true', undefined],
    ['', 'docker exec a env', 'HOME=/root'],
  ])
  expect(read(text).steps.map(({ remark }) => remark)).toEqual([
    'make it',
    'look at it',
    'fails, as expected now the same by another way',
    'now the same by another way',
  ])
})

test('comments amid output are kept as lines that may be comments', () => {
  const [step] = read(fence('sh', '$ cat f', 'a', '# b', '', '# then', '$ ls')).steps
  expect(step?.expected).toEqual([
    { line: 3, text: 'a', maybeComment: false },
    { line: 4, text: '# b', maybeComment: true },
  ])
})

test('continuation lines, here-documents, quotes and compound commands are one command', () => {
  expect(
    shown(
      fence(
        'console',
        '$ docker run -d \\',
        '>   --name a \\',
        '>   nginx',
        '$ cat > f <<EOF',
        '$ not a command',
        'EOF',
        "$ sh -c 'echo a",
        "echo b'",
        'a',
        '$ for i in 1 2; do',
        '  echo $i',
        'done',
        '1',
      ),
    ),
  ).toEqual([
    ['$', 'docker run -d \\\n  --name a \\\n  nginx', undefined],
    ['$', 'cat > f <<EOF\n$ not a command\nEOF', undefined],
    ['$', "sh -c 'echo a\necho b'", 'a'],
    ['$', 'for i in 1 2; do\n  echo $i\ndone', '1'],
  ])
})

test("root's prompt: a fence of # lines, and a shell just opened", () => {
  expect(shown(fence('', '# docker ps -q', 'abc', '# exit'))).toEqual([
    ['#', 'docker ps -q', 'abc'],
    ['#', 'exit', undefined],
  ])
  expect(
    shown(fence('sh', '$ docker exec -it a sh', '# hostname', 'x', '# exit', '# the end', '$ ls')),
  ).toEqual([
    ['$', 'docker exec -it a sh', undefined],
    ['#', 'hostname', 'x'],
    ['#', 'exit', undefined],
    ['$', 'ls', undefined],
  ])
})

test('banners choose machine and terminal', () => {
  const text = fence(
    'sh',
    '#######',
    '# node2',
    '#######',
    '$ ip addr',
    '',
    '# Terminal 2',
    '$ ping -c 1 node1',
    '# server',
    '$ ls',
  )
  expect(read(text).steps.map(({ machine, terminal }) => [machine, terminal])).toEqual([
    ['node2', undefined],
    [undefined, 'terminal2'],
    [undefined, 'terminal2'],
  ])
})

test('^C, and what is passed over', () => {
  const text = [
    fence('sh', '$ ping b', 'PING b', '^C', '--- b ping statistics ---'),
    fence('yaml', '$ docker ps'),
    fence(
      '',
      'docker network create [network name]',
      'docker run <image>',
      'docker run IMAGE',
      'docker rm a',
    ),
    fence('', '┌───┐', '│ docker ps │', '└───┘'),
    fence('', 'server {', '  listen 80;', '}'),
    fence('json', '$ docker inspect --format "{{.Name}}" a', '/a'),
  ].join('\n\n')
  expect(shown(text).map(([, cmd]) => cmd)).toEqual([
    'ping b',
    'docker rm a',
    'docker inspect --format "{{.Name}}" a',
  ])
  expect(read(text).steps[0]?.interrupted).toBe(true)
  expect(read(text).passedOver.map(({ why }) => why)).toEqual([
    "the fence is yaml, not a shell's",
    'a form: [network name] stands for something',
    'a form: <image> stands for something',
    'a form: IMAGE stands for something',
    'the fence is a drawing',
    'the fence holds no command: a file, a form or output',
  ])
})

test.each([
  '[ -f x ] && cat <in',
  'ls [a-z]*',
  'curl http://[::1]:80/',
  'sort < a > b',
  "echo '<b>' >f",
  'cat <<EOF >x',
])('%s holds no placeholder', (cmd) => {
  expect(shown(fence('sh', `$ ${cmd}`))).toHaveLength(1)
})
