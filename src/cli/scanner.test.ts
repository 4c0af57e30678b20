// Values that lines give, as docker 28.2.2 reads them (`docker inspect` and flag errors show it).

import { describe, expect, test } from 'vitest'
import { dispatch } from './commander.ts'
import { create as createContainer } from './container/create.ts'
import { create } from './network/create.ts'
import { FlagError, scan, spell } from './scanner.ts'

function read(line: string, command = createContainer) {
  const spellings = spell(command.flags, '28', '')
  const scanned = scan(line.split(' '), spellings, command.interspersed)
  return dispatch(['docker', 'create'], command, '28', scanned, (operands, flags) => ({ operands, flags }))
}

describe('pflag dialect', () => {
  test.each([
    ['-it -p8080:80 a', { interactive: true, tty: true, publish: ['8080:80'] }],
    ['-p=8080:80 -p 81:81 a', { publish: ['8080:80', '81:81'] }],
    ['--net=host --dns-opt x a', { 'dns-option': ['x'] }],
    ['--tty=false --init=T a', { tty: false, init: true }],
    ['--no-healthcheck a', { 'no-healthcheck': true }],
    ['-c3 --memory-swap -1 a', { 'cpu-shares': 3, 'memory-swap': -1 }],
    ['--entrypoint -x a', { entrypoint: '-x' }],
    ['-m 64m --cpus 1.5 --stop-timeout 0x10 a', { memory: 67108864, cpus: 1500000000, 'stop-timeout': 16 }],
    ['--health-interval 1m30s a', { 'health-interval': 90e9 }],
    ['-e A=1 -e B --env=C= a', { env: ['A=1', 'B', 'C='] }],
    ['--add-host h=::1 a', { 'add-host': ['h:::1'] }],
    ['-h web a', { hostname: 'web' }],
  ])('%s', (line, values) => {
    expect(read(line).flags).toMatchObject(values)
  })

  test('all from the image on belongs to the container', () => {
    expect(read('alpine ping -c 3 web').operands).toEqual(['alpine', 'ping', '-c', '3', 'web'])
    expect(read('-- alpine -x').operands).toEqual(['alpine', '-x'])
    expect(read('alpine -- -x').operands).toEqual(['alpine', '--', '-x'])
  })

  test('flags may follow operands elsewhere', () => {
    const { operands, flags } = read('n1 --subnet 10.0.0.0/8,fd00::/64 -o a=1 -o b --label x=y', create)
    expect(operands).toEqual(['n1'])
    expect(flags).toMatchObject({ subnet: ['10.0.0.0/8', 'fd00::/64'], label: ['x=y'], driver: 'bridge' })
    expect(flags).toHaveProperty(
      'opt',
      new Map([
        ['a', '1'],
        ['b', ''],
      ]),
    )
  })

  test('the first mistake from the left wins', () => {
    expect(() => read('--nope -p')).toThrow(new FlagError('unknown flag: --nope'))
    expect(() => read('-m x --nope a')).toThrow(/^invalid argument "x"/)
  })
})

describe('grammars', () => {
  test('--network', () => {
    const { flags } = read('--network name=Web,alias=a,alias=b,ip=10.0.0.2,driver-opt=k=v --network back a')
    expect(flags).toMatchObject({
      network: [
        { name: 'web', aliases: ['a', 'b'], ip: '10.0.0.2', driverOptions: new Map([['k', 'v']]) },
        { name: 'back', aliases: [] },
      ],
    })
  })

  test('--mount and --ulimit', () => {
    const { flags } = read('--mount type=tmpfs,dst=/x,tmpfs-size=1k,ro --ulimit nofile=1:2 --ulimit core=3 a')
    expect(flags).toMatchObject({
      mount: [{ type: 'tmpfs', target: '/x', readOnly: true, options: new Map([['tmpfs-size', '1024']]) }],
    })
    expect(flags).toHaveProperty('ulimit', [
      { name: 'nofile', soft: 1, hard: 2 },
      { name: 'core', soft: 3, hard: 3 },
    ])
  })
})
