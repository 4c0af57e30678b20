import { expect, test } from 'vitest'
import { coverage } from './coverage.ts'

test('every verb is there once, with its shortcuts', () => {
  const paths = coverage().map(({ path }) => path)
  expect(new Set(paths).size).toBe(paths.length)
  expect(paths).not.toContain('docker ps')
  expect(coverage().find(({ path }) => path === 'docker container ls')?.shortcuts).toEqual(['docker ps'])
  expect(coverage().find(({ path }) => path === 'docker image build')?.shortcuts).toEqual([
    'docker builder build',
    'docker build',
  ])
})

test('every flag has its class and its releases', () => {
  const run = coverage().find(({ path }) => path === 'docker container run')
  const flag = (name: string) => run?.flags.find((each) => each.name === name)
  expect(flag('publish')).toEqual({
    name: 'publish',
    releases: ['19.03', '20.10', '28', '29'],
    class: 'acts',
  })
  expect(flag('memory')?.class).toBe('kept')
  expect(flag('gpus')?.class).toBe('refused')
  expect(flag('annotation')?.releases).toEqual(['28', '29'])
})
