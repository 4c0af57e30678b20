// docker inspect and docker network inspect with templates, as real clients of 28.2.2 printed them for a container on
// a network; ids are shortened to what the templates need.

import { describe, expect, test } from 'vitest'
import { inspect, inspectorOf } from './inspect.ts'
import { as, bool, embed, int, list, map, named, omitEmpty, pointer, struct, text } from './template/types.ts'
import { GoValue } from './template/value.ts'
import { time } from './time.ts'
import { format28, format2010 } from './traits.ts'

const port = named('nat.Port', text)
const binding = struct('nat.PortBinding', { HostIP: as('HostIp', text), HostPort: text })
const endpoint = struct('network.EndpointSettings', {
  IPAMConfig: pointer(struct('network.EndpointIPAMConfig', {})),
  Links: list(text),
  IPAddress: text,
  IPPrefixLen: int,
})
const state = struct('container.State', {
  Status: text,
  Running: bool,
  Pid: int,
  ExitCode: int,
  Error: text,
  StartedAt: text,
  Health: omitEmpty(pointer(struct('container.Health', { Status: text }))),
})
const networkMode = named('container.NetworkMode', text, {
  IsBridge: { parameters: [], result: bool, call: (mode) => mode === 'bridge' },
  NetworkName: { parameters: [], result: text, call: (mode) => mode },
})
const restartPolicy = struct('container.RestartPolicy', { Name: text, MaximumRetryCount: int })
const base = struct('container.ContainerJSONBase', {
  ID: as('Id', text),
  Created: text,
  Name: text,
  State: pointer(state),
  HostConfig: pointer(
    struct('container.HostConfig', {
      Memory: int,
      NetworkMode: networkMode,
      RestartPolicy: restartPolicy,
      DNS: as('Dns', list(text)),
    }),
  ),
})
const container = struct('container.InspectResponse', {
  ContainerJSONBase: embed(pointer(base)),
  Config: pointer(
    struct('container.Config', {
      Hostname: text,
      ExposedPorts: omitEmpty(map(struct('struct {}', {}), port, 'nat.PortSet')),
      Env: list(text),
      Cmd: list(text, 'strslice.StrSlice'),
      Entrypoint: list(text, 'strslice.StrSlice'),
      Labels: map(text),
    }),
  ),
  NetworkSettings: pointer(
    struct('container.NetworkSettings', {
      Ports: map(list(binding), port, 'nat.PortMap'),
      Networks: map(pointer(endpoint)),
    }),
  ),
})
const fmtc = new GoValue(container, {
  Id: '3537b0e5326e',
  Created: '2026-11-21T05:15:54.579321047Z',
  Name: '/fmtc',
  State: { Status: 'running', Running: true, Pid: 12508, ExitCode: 0, Error: '', StartedAt: '2026' },
  HostConfig: {
    Memory: 0,
    NetworkMode: 'fmtnet',
    RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
    Dns: [],
  },
  Config: {
    Hostname: '3537b0e5326e',
    ExposedPorts: { '80/tcp': {} },
    Env: ['A=<b>&é', 'PATH=/bin'],
    Cmd: ['sleep', '1000'],
    Entrypoint: null,
    Labels: { x: '<y>' },
  },
  NetworkSettings: {
    Ports: {
      '80/tcp': [
        { HostIp: '0.0.0.0', HostPort: '18080' },
        { HostIp: '::', HostPort: '18080' },
      ],
    },
    Networks: { fmtnet: { IPAMConfig: null, Links: null, IPAddress: '172.19.0.2', IPPrefixLen: 16 } },
  },
})

const shown = (format: string, value = fmtc): string => {
  const { out, err } = inspect(inspectorOf(format, format28), [{ value }], format28)
  return out + err
}

test.each([
  ['{{json .Config.Labels}} {{json .Config.Env}}', '{"x":"<y>"} ["A=<b>&é","PATH=/bin"]'],
  [
    '{{json .Id}}{{json .Config}}',
    '"3537b0e5326e"{"Cmd":["sleep","1000"],"Entrypoint":null,"Env":["A=<b>&é","PATH=/bin"],"ExposedPorts":{"80/tcp":{}},"Hostname":"3537b0e5326e","Labels":{"x":"<y>"}}',
  ],
  ['{{.Config.Labels}}', 'map[x:<y>]'],
  [
    '{{.Id}} {{.NetworkSettings.Ports}}',
    '3537b0e5326e map[80/tcp:[map[HostIp:0.0.0.0 HostPort:18080] map[HostIp::: HostPort:18080]]]',
  ],
  ['{{.ID}} {{.NetworkSettings.Ports}}', '3537b0e5326e map[80/tcp:[{0.0.0.0 18080} {:: 18080}]]'],
  ['{{.Name}} {{(index (index .NetworkSettings.Ports "80/tcp") 0).HostPort}}', '/fmtc 18080'],
  ['{{range $p, $c := .NetworkSettings.Ports}}{{$p}} -> {{(index $c 0).HostPort}}{{end}}', '80/tcp -> 18080'],
  ['{{.State}}', '{running true 12508 0  2026 <nil>}'],
  ['{{.State.Health}} {{.State.Pid}}', '<nil> 12508'],
  ['{{.HostConfig.NetworkMode}} {{.HostConfig.Memory}} {{.HostConfig.RestartPolicy}}', 'fmtnet 0 {no 0}'],
  ['{{.HostConfig.NetworkMode.IsBridge}} {{.HostConfig.NetworkMode.NetworkName}}', 'false fmtnet'],
  ['{{eq .State.ExitCode 0}}', 'true'],
  ['{{printf "%T %T" .State.ExitCode .Id}}', 'json.Number string'],
  [
    '{{printf "%T %T %T" .State .HostConfig .NetworkSettings.Networks}}',
    '*container.State *container.HostConfig map[string]*network.EndpointSettings',
  ],
  [
    '{{printf "%T %T %T" .Config.Cmd .Config.ExposedPorts .HostConfig.NetworkMode}}',
    'strslice.StrSlice nat.PortSet container.NetworkMode',
  ],
  [
    '{{printf "%+v" .HostConfig.RestartPolicy}} {{printf "%#v" .HostConfig.RestartPolicy}}',
    '{Name:no MaximumRetryCount:0} container.RestartPolicy{Name:"no", MaximumRetryCount:0}',
  ],
  ['{{.NetworkSettings.Networks.fmtnet}}', '{<nil> [] 172.19.0.2 16}'],
  ['{{.NetworkSettings.Networks.nosuch.IPAddress}}', '<no value>'],
  ['{{index .NetworkSettings.Networks "zz"}}', '<nil>'],
  ['{{.Config.ExposedPorts}} {{len .Config.ExposedPorts}}', 'map[80/tcp:{}] 1'],
  ['{{.HostConfig.Dns}}', '[]'],
  ['{{join .Config.Cmd " "}}', 'sleep 1000'],
])('%s', (template, printed) => {
  expect(shown(template)).toBe(`${printed}\n`)
})

test.each([
  [
    '{{.State.Health.Status}}',
    ':1:8: executing "" at <.State.Health.Status>: map has no entry for key "Health"',
  ],
  [
    '{{eq .State.ExitCode 0}} {{eq .Id "x"}}',
    ':1:2: executing "" at <eq .State.ExitCode 0>: error calling eq: incompatible types for comparison',
  ],
  [
    '{{(index .NetworkSettings.Networks "zz").IPAddress}}',
    ':1:35: executing "" at <"zz">: nil data; no entry for key "IPAddress"',
  ],
  [
    '{{.HostConfig.Dns}} {{.HostConfig.DNS}}',
    ':1:33: executing "" at <.HostConfig.DNS>: map has no entry for key "DNS"',
  ],
  ['{{.Foo.Bar}}', ':1:6: executing "" at <.Foo.Bar>: map has no entry for key "Foo"'],
  ['{{.State.Foo.Bar}}', ':1:8: executing "" at <.State.Foo.Bar>: map has no entry for key "Foo"'],
  ['{{range .Foo}}{{end}}', ':1:8: executing "" at <.Foo>: map has no entry for key "Foo"'],
  [
    '{{index .Config.Env 99}}',
    ':1:2: executing "" at <index .Config.Env 99>: error calling index: index out of range: 99',
  ],
])('%s fails in both passes', (template, complaint) => {
  expect(shown(template)).toBe(`\ntemplate parsing error: template: ${complaint}`)
})

const inspected = struct('network.Inspect', {
  Name: text,
  Created: time,
  IPAM: struct('network.IPAM', { Driver: text, Options: map(text) }),
})
const fmtnet = new GoValue(inspected, {
  Name: 'fmtnet',
  Created: '2026-11-21T05:15:54.532519167Z',
  IPAM: { Driver: 'default', Options: {} },
})

test('times print, format and count', () => {
  const template = '{{.Created}} {{printf "%T" .Created}} {{.Created.Unix}} {{.Created.Format "2006-01-02"}}'
  expect(shown(template, fmtnet)).toBe(
    '2026-11-21 05:15:54.532519167 +0000 UTC time.Time 1795238154 2026-11-21\n',
  )
})

describe('without a template', () => {
  const array =
    '[{"Name":"fmtnet","Created":"2026-11-21T05:15:54.532519167Z","IPAM":{"Driver":"default","Options":{}}}]'
  const indented =
    '[\n    {\n        "Name": "fmtnet",\n        "Created": "2026-11-21T05:15:54.532519167Z",\n' +
    '        "IPAM": {\n            "Driver": "default",\n            "Options": {}\n        }\n    }\n]\n'

  test('JSON, spread or in one line', () => {
    expect(shown('', fmtnet)).toBe(indented)
    expect(shown('json', fmtnet)).toBe(`${array}\n`)
    expect(inspect(inspectorOf('json', format2010), [{ value: fmtnet }], format2010).out).toBe('json\n')
  })

  test('what is not found comes after what is', () => {
    const error = 'Error: No such object: nosuch'
    expect(inspect(inspectorOf('json', format28), [{ error }, { value: fmtnet }], format28)).toEqual({
      out: `${array}\n`,
      err: error,
      status: 1,
    })
    expect(inspect(inspectorOf('', format28), [{ error }], format28).out).toBe('[]\n')
    expect(inspect(inspectorOf('json', format28), [{ error }], format28).out).toBe('[]\n')
    expect(inspect(inspectorOf('{{.Name}}', format28), [{ error }], format28).out).toBe('\n')
  })
})
