import { expect, test } from 'vitest'
import { encode } from '../../base/bytes.ts'
import { type Answers, scripted } from '../check/scripted-stage.ts'
import { check } from '../check.ts'

const steps = (answers: Answers, ...lines: string[]) =>
  check('t.md', encode(['```', ...lines, '```', ''].join('\n')), scripted(answers).theatre).steps.map(
    ({ verdict, reason }) => [verdict, reason.replace(/ \(.*/, '')],
  )

const gone = (name: string) => ({ printed: `Error: No such container: ${name}`, status: 1 })

test('a container that no step makes is missed by every engine', () => {
  const answers: Answers = (cmd) => (cmd.includes(' c1') ? gone('c1') : {})
  expect(steps(answers, '$ docker ps', '$ docker exec c1 ls', '$ docker exec c1 pwd')).toEqual([
    ['ran', ''],
    ['text errs', 'the text makes no container c1'],
    ['text errs', 'the text makes no container c1'],
  ])
})

test('one that a step makes, or a step that differs may make, or an id of the author, is not excused', () => {
  const answers: Answers = (cmd) =>
    cmd.includes('exec') ? gone(cmd.split(' ')[2] ?? '') : cmd === 'make' ? { status: 2, printed: 'x' } : {}
  expect(steps(answers, '$ docker run -d --name c1 nginx', '$ docker exec c1 ls')[1]?.[0]).toBe('differs')
  expect(steps(answers, '$ make', '$ docker exec c1 ls')[1]?.[0]).toBe('differs')
  expect(steps(answers, '$ docker exec 3f2a1b ls')[0]?.[0]).toBe('differs')
  expect(steps(answers, '$ docker start c1', '$ docker exec c1 ls')[1]?.[0]).toBe('differs')
})

test('what needs a step that fails on every engine fails too; what needs one that was not run was not run', () => {
  const denied: Answers = (cmd) => {
    const image = /(myapp|postgis|redis)$/.exec(cmd)?.[1]
    if (image)
      return {
        printed: `Unable to find image '${image}:latest' locally\ndocker: pull access denied for ${image}, repository does not exist`,
        status: 125,
      }
    if (cmd.includes('build')) return { printed: 'docksim does not simulate docker build', status: 1 }
    return cmd.includes('exec') ? gone('app') : {}
  }
  expect(steps(denied, '$ docker run -d --name app myapp', '$ docker exec app ls')).toEqual([
    ['text errs', 'Docker Hub has no official image myapp, and the text makes none'],
    ['text errs', 'it needs line 2, which fails on every engine'],
  ])
  expect(
    steps(denied, '$ docker run -d --name app redis', '$ docker exec app ls').map(([one]) => one),
  ).toEqual(['differs', 'differs'])
  expect(
    steps(denied, '$ docker build -t myapp .', '$ docker run -d --name app myapp', '$ docker exec app ls'),
  ).toEqual([
    ['not run', 'docksim does not simulate docker build'],
    ['not run', 'line 2, which makes myapp, was not run'],
    ['not run', 'line 3, which makes app, was not run'],
  ])
})

test('a database without a password has ended, unless the line may give one out of sight', () => {
  const answers: Answers = (cmd) =>
    cmd.includes('ping')
      ? { printed: "ping: bad address 'db'", status: 1 }
      : cmd.includes('--link')
        ? { printed: 'Cannot link to a non running container: /db AS /web/db.', status: 125 }
        : {}
  const verdicts = (line: string) =>
    steps(answers, `$ ${line}`, '$ docker exec a ping db', '$ docker run --link db nginx').map(([one]) => one)
  const ended = ['ran', 'text errs', 'text errs']
  const differs = ['ran', 'differs', 'differs']
  expect(verdicts('docker run -d --name db mysql:8')).toEqual(ended)
  expect(verdicts('docker run --name db -d -p 5432:5432 postgres')).toEqual(ended)
  expect(verdicts('docker run -d --name db -e MYSQL_ROOT_PASSWORD=x mysql:8')).toEqual(differs)
  expect(verdicts('docker run -d --name db -v data:/var/lib/mysql mysql:8')).toEqual(differs)
  expect(verdicts('docker run -d --name db --env-file db.env mysql:8')).toEqual(differs)
  expect(verdicts('docker run -d --name db redis')).toEqual(differs)
})
