import { expect, test } from 'vitest'
import type { Step } from '../transcript/step.ts'
import { makingFor, type Source } from './belongings.ts'

const step = (cmd: string, ...shown: string[]): Step => ({
  line: 9,
  cmd,
  expected: shown.map((text, index) => ({ line: index + 10, text, maybeComment: false })),
  prompt: undefined,
  promptAfter: undefined,
  fence: 1,
  machine: undefined,
  terminal: undefined,
  interrupted: false,
  remark: '',
})

const source = (...lines: string[]): Source => ({
  lines,
  fences: [
    { line: 2, column: 1, lang: '', meta: '', lines: ['server {', '}'] },
    { line: 6, column: 1, lang: '', meta: '', lines: ["print('hi')"] },
  ],
})
const text = source('prose', '```', 'server {', '```', 'The file app.py:', '```', "print('hi')", '```')
const missing =
  'unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat /x: no such file or directory'

test('a folder that no step makes is the author’s own', () => {
  const cd = step('cd /srv/course')
  const gone = '-bash: cd: /srv/course: No such file or directory'
  expect(makingFor(cd, [], gone, text)?.told).toEqual([
    'mkdir -p /srv/course, the folder into which the text goes',
  ])
  expect(makingFor(cd, [step('git clone https://example.com/course')], gone, text)).toBeUndefined()
  expect(makingFor(cd, [], '', text)).toBeUndefined()
})

test('the steps of a build are its Dockerfile; files are those that the text shows', () => {
  const shown = [
    'Step 1/3 : FROM python',
    'Step 2/3 : COPY app.py /srv/',
    'Step 3/3 : COPY ./my.conf /etc/nginx/',
  ]
  expect(makingFor(step('docker build -t a .', ...shown), [], missing, text)).toEqual({
    commands: [
      'mkdir -p .',
      'mkdir -p .',
      `printf '%s\\n' 'print('\\''hi'\\'')' > ./app.py`,
      'mkdir -p .',
      `printf '%s\\n' 'server {' '}' > ./my.conf`,
      `printf '%s\\n' 'FROM python' 'COPY app.py /srv/' 'COPY ./my.conf /etc/nginx/' > ./Dockerfile`,
    ],
    told: ['./Dockerfile, as the steps show it', 'app.py, as line 6 shows it', 'my.conf, as line 2 shows it'],
  })
})

test('steps from a cache were built before, and a file may be where an address in the text says', () => {
  const shown = ['Step 1/2 : FROM a', ' ---> 12', 'Step 2/2 : ADD b.tgz /', ' ---> Using cache']
  const made = makingFor(
    step('docker build -t a ./a', ...shown),
    [],
    missing,
    source('see `http://example.com/x/b.tgz`'),
  )
  expect(made?.commands).toContain('wget -q -P ./a http://example.com/x/b.tgz')
  expect(made?.commands).toContain('docker build -q ./a')
})

test('what the text does not show stays missing', () => {
  const build = (...shown: string[]) => makingFor(step('docker build -t a .', ...shown), [], missing, text)
  expect(build('Step 1/2 : FROM a', 'Step 2/2 : COPY secret.bin /')).toBeUndefined()
  expect(build('[+] Building 1.2s')).toBeUndefined()
})
