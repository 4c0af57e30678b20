// The Engine API as clients meet it: answers of real engines (28) to the same questions, and the real `docker` if there
// is one.

import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EngineSocket, listenForClients } from '../src/edge/engine-socket.ts'
import { createWorld, hostNamed } from '../src/world/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'docksim-serve-'))
const socketPath = join(folder, 'docker.sock')
let engineSocket: EngineSocket

beforeAll(async () => {
  const world = createWorld({})
  const host = hostNamed(world, undefined)
  if (!host) throw new Error('no machine')
  engineSocket = listenForClients(world, host, socketPath)
  await new Promise((resolve) => engineSocket.server.once('listening', resolve))
})

afterAll(() => {
  engineSocket.close()
  rmSync(folder, { recursive: true })
})

interface Answer {
  readonly status: number | undefined
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: string
}

function ask(question: string, body?: unknown): Promise<Answer> {
  const [method = '', path = ''] = question.split(' ')
  const text = body === undefined ? '' : JSON.stringify(body)
  const headers = body === undefined ? {} : { 'Content-Type': 'application/json' }
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, method, path, headers }, (answer) => {
      const parts: string[] = []
      answer.setEncoding('latin1')
      answer.on('data', (part: string) => parts.push(part))
      answer.on('end', () =>
        resolve({ status: answer.statusCode, headers: answer.headers, body: parts.join('') }),
      )
    })
    asked.on('error', reject)
    asked.end(text)
  })
}

test('a ping tells versions in the head', async () => {
  const { status, headers, body } = await ask('GET /_ping')
  expect({ status, body }).toEqual({ status: 200, body: 'OK' })
  expect(headers).toMatchObject({ 'api-version': '1.51', ostype: 'linux', swarm: 'inactive' })
})

const refusals: readonly (readonly [string, number, string])[] = [
  ['GET /v1.41/nope', 404, '{"message":"page not found"}\n'],
  [
    'GET /v1.99/containers/json',
    400,
    '{"message":"client version 1.99 is too new. Maximum supported API version is 1.51"}\n',
  ],
  ['GET /v1.41/containers/none/json', 404, '{"message":"No such container: none"}\n'],
  ['POST /v1.41/containers/z/wait', 404, '{"message":"No such container: z"}\n'],
  ['DELETE /v1.41/images/nosuch', 404, '{"message":"No such image: nosuch:latest"}\n'],
  [
    'GET /v1.41/swarm',
    503,
    '{"message":"This node is not a swarm manager. Use \\"docker swarm init\\" or \\"docker swarm join\\" to connect this node to swarm and try again."}\n',
  ],
]

test.each(refusals)('%s', async (question, status, body) => {
  expect(await ask(question)).toMatchObject({ status, body })
})

test('a container from its creation to its end', async () => {
  expect((await ask('POST /images/create?fromImage=alpine&tag=latest')).body).toContain(
    '{"status":"Pulling from library/alpine","id":"latest"}',
  )
  const wish = { Image: 'alpine', Cmd: ['sh', '-c', 'echo out; echo err >&2; exit 3'] }
  const created = await ask('POST /v1.41/containers/create?name=short', wish)
  expect(created.status).toBe(201)
  expect(created.body).toMatch(/^\{"Id":"[0-9a-f]{64}","Warnings":\[\]\}\n$/)
  const waited = ask('POST /v1.41/containers/short/wait?condition=next-exit')
  expect((await ask('POST /v1.41/containers/short/start')).status).toBe(204)
  expect((await waited).body).toBe('{"StatusCode":3}\n')
  const logs = await ask('GET /v1.41/containers/short/logs?stdout=1&stderr=1')
  expect(logs.body).toBe('\x01\0\0\0\0\0\0\x04out\n\x02\0\0\0\0\0\0\x04err\n')
  expect((await ask('GET /v1.41/containers/short/logs')).body).toBe(
    '{"message":"Bad parameters: you must choose at least one stream"}\n',
  )
  const [row] = JSON.parse((await ask('GET /v1.41/containers/json?all=1')).body) as Record<string, unknown>[]
  expect(Object.keys(row ?? {})).toEqual([
    ...['Id', 'Names', 'Image', 'ImageID', 'Command', 'Created', 'Ports', 'Labels', 'State', 'Status'],
    ...['HostConfig', 'NetworkSettings', 'Mounts'],
  ])
  expect(row).toMatchObject({ Names: ['/short'], State: 'exited', HostConfig: { NetworkMode: 'bridge' } })
  expect((await ask('DELETE /v1.41/containers/short')).status).toBe(204)
})

test('a network is made, joined, left and removed', async () => {
  await ask('POST /v1.41/containers/create?name=cc', { Image: 'alpine', Cmd: ['sleep', '1000'] })
  const made = await ask('POST /v1.41/networks/create', { Name: 'n2' })
  expect(made.status).toBe(201)
  expect(made.body).toMatch(/^\{"Id":"[0-9a-f]{64}","Warning":""\}\n$/)
  expect(await ask('POST /v1.41/networks/n2/connect', { Container: 'cc' })).toMatchObject({
    status: 200,
    body: '',
  })
  expect((await ask('POST /v1.41/networks/n2/disconnect', { Container: 'cc' })).status).toBe(200)
  expect((await ask('DELETE /v1.41/networks/n2')).status).toBe(204)
  expect((await ask('POST /v1.41/networks/prune')).body).toBe('{"NetworksDeleted":null}\n')
  await ask('DELETE /v1.41/containers/cc')
})

const hasClient = spawnSync('docker', ['--version']).status === 0
if (!hasClient) process.stdout.write('skipped: the real docker client is not installed\n')

/** The world lives in this process: it must go on while the client runs. */
function client(...words: string[]): Promise<{ out: string; err: string; status: number }> {
  const env = { ...process.env, DOCKER_HOST: `unix://${socketPath}` }
  return new Promise((resolve) => {
    execFile('docker', words, { env, timeout: 30_000 }, (cause, out, err) => {
      resolve({ out, err, status: cause ? Number(cause.code) : 0 })
    })
  })
}

test.skipIf(!hasClient)(
  'the real client works',
  async () => {
    expect(await client('pull', '-q', 'nginx')).toMatchObject({ out: 'docker.io/library/nginx:latest\n' })
    expect((await client('run', '-d', '--name', 'web', '-p', '8080:80', 'nginx')).out).toMatch(
      /^[0-9a-f]{64}\n$/,
    )
    expect((await client('ps', '--format', '{{.Names}} {{.Ports}}')).out).toMatch(
      /^web 0\.0\.0\.0:8080->80\/tcp, /,
    )
    expect(await client('exec', 'web', 'hostname', '-i')).toMatchObject({ out: '172.17.0.2\n', status: 0 })
    expect(await client('run', '--rm', 'alpine', 'sh', '-c', 'echo out; echo err >&2; exit 7')).toEqual({
      out: 'out\n',
      err: 'err\n',
      status: 7,
    })
    expect((await client('network', 'create', 'app')).status).toBe(0)
    expect((await client('network', 'connect', 'app', 'web')).status).toBe(0)
    expect(
      (await client('run', '--rm', '--network', 'app', 'alpine', 'wget', '-qO-', 'http://web')).out,
    ).toContain('Welcome to nginx!')
    expect(await client('rm', 'nosuch')).toMatchObject({
      err: 'Error response from daemon: No such container: nosuch\n',
      status: 1,
    })
    expect((await client('rm', '-f', 'web')).out).toBe('web\n')
  },
  120_000,
)
