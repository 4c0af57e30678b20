// POST /containers/create: what a client asks for, read into what the engine takes (moby api/types/container).

import { type CreateOptions, create as createInEngine } from '../../engine/container/create.ts'
import type { MountRequest } from '../../engine/container/mountspec.ts'
import { EngineError } from '../../engine/error.ts'
import type { Healthcheck } from '../../engine/image/image.ts'
import type { PortBinding, PortProtocol } from '../../engine/network/portmap.ts'
import {
  asRecord,
  numberOf,
  readRecord,
  recordOf,
  recordsOf,
  textMapOf,
  textOf,
  textsOf,
  truthOf,
  wordsOf,
} from '../json.ts'
import type { JsonRecord } from '../record.ts'
import { asked, type Call, jsonRoute } from '../route.ts'
import { settingsOf } from './network.ts'

export const createRoutes = [
  jsonRoute(
    'POST /containers/create',
    (call) => {
      refuseType(call)
      const body = readRecord(call.exchange.request.body)
      const { id } = createInEngine(call.engine, optionsOf(asked(call, 'name'), body, call))
      return { Id: id, Warnings: [] }
    },
    201,
  ),
]

/** httputils.CheckForJSON */
function refuseType({ exchange: { request } }: Call): void {
  const type = request.headers.get('content-type')
  if (type !== undefined && !/^application\/json(;|$)/i.test(type))
    throw new EngineError('invalid', `unsupported Content-Type header (${type}): must be 'application/json'`)
}

function optionsOf(name: string, body: JsonRecord, call: Call): CreateOptions {
  const host = recordOf(body, 'HostConfig')
  const endpoints = recordOf(recordOf(body, 'NetworkingConfig'), 'EndpointsConfig')
  const mac = textOf(body, 'MacAddress')
  const networks = new Map(
    Object.entries(endpoints).map(([network, settings]) => [network, settingsOf(asRecord(settings))]),
  )
  const mode = textOf(host, 'NetworkMode')
  const first = networks.get(mode) ?? settingsOf({})
  if (mac !== '') networks.set(mode || 'default', { ...first, mac })
  return { name, networks, config: configOf(body), host: hostOf(host, call) }
}

function configOf(body: JsonRecord): CreateOptions['config'] {
  return {
    hostname: textOf(body, 'Hostname'),
    domainname: textOf(body, 'Domainname'),
    user: textOf(body, 'User'),
    attachStdin: truthOf(body, 'AttachStdin'),
    attachStdout: truthOf(body, 'AttachStdout'),
    attachStderr: truthOf(body, 'AttachStderr'),
    exposedPorts: Object.keys(recordOf(body, 'ExposedPorts')),
    tty: truthOf(body, 'Tty'),
    openStdin: truthOf(body, 'OpenStdin'),
    stdinOnce: truthOf(body, 'StdinOnce'),
    env: textsOf(body, 'Env'),
    cmd: wordsOf(body, 'Cmd'),
    image: textOf(body, 'Image'),
    volumes: Object.keys(recordOf(body, 'Volumes')),
    workingDir: textOf(body, 'WorkingDir'),
    entrypoint: wordsOf(body, 'Entrypoint'),
    labels: textMapOf(body, 'Labels'),
    stopSignal: textOf(body, 'StopSignal') || undefined,
    stopTimeout: numberOf(body, 'StopTimeout'),
    healthcheck: healthcheckOf(body),
  }
}

function hostOf(host: JsonRecord, { traits }: Call): CreateOptions['host'] {
  const { Init } = host
  const policy = recordOf(host, 'RestartPolicy')
  return {
    networkMode: textOf(host, 'NetworkMode'),
    links: textsOf(host, 'Links'),
    portBindings: bindingsOf(recordOf(host, 'PortBindings')),
    publishAllPorts: truthOf(host, 'PublishAllPorts'),
    restartPolicy: {
      name: textOf(policy, 'Name'),
      maximumRetryCount: numberOf(policy, 'MaximumRetryCount') ?? 0,
    },
    autoRemove: truthOf(host, 'AutoRemove'),
    dns: textsOf(host, 'Dns'),
    dnsOptions: textsOf(host, 'DnsOptions'),
    dnsSearch: textsOf(host, 'DnsSearch'),
    extraHosts: textsOf(host, 'ExtraHosts'),
    binds: textsOf(host, 'Binds'),
    volumesFrom: textsOf(host, 'VolumesFrom'),
    volumeDriver: textOf(host, 'VolumeDriver'),
    mounts: recordsOf(host, 'Mounts').map(mountOf),
    tmpfs: textMapOf(host, 'Tmpfs'),
    privileged: truthOf(host, 'Privileged'),
    capAdd: textsOf(host, 'CapAdd'),
    capDrop: textsOf(host, 'CapDrop'),
    sysctls: textMapOf(host, 'Sysctls'),
    init: typeof Init === 'boolean' ? Init : undefined,
    readonlyRootfs: truthOf(host, 'ReadonlyRootfs'),
    kept: keptOf(host, traits.hostDefaults),
  }
}

function healthcheckOf(body: JsonRecord): Healthcheck | undefined {
  const { Healthcheck: given } = body
  if (given === undefined || given === null) return undefined
  const check = asRecord(given)
  return {
    test: textsOf(check, 'Test'),
    interval: numberOf(check, 'Interval') ?? 0,
    timeout: numberOf(check, 'Timeout') ?? 0,
    startPeriod: numberOf(check, 'StartPeriod') ?? 0,
    startInterval: numberOf(check, 'StartInterval') ?? 0,
    retries: numberOf(check, 'Retries') ?? 0,
  }
}

function mountOf(mount: JsonRecord): MountRequest {
  const [bind, volume, tmpfs, image] = ['BindOptions', 'VolumeOptions', 'TmpfsOptions', 'ImageOptions'].map(
    (key) => (mount[key] ? recordOf(mount, key) : undefined),
  )
  const driver = recordOf(volume, 'DriverConfig')
  return {
    type: textOf(mount, 'Type'),
    source: textOf(mount, 'Source'),
    target: textOf(mount, 'Target'),
    readOnly: truthOf(mount, 'ReadOnly'),
    consistency: textOf(mount, 'Consistency'),
    bind: bind && {
      propagation: textOf(bind, 'Propagation'),
      nonRecursive: truthOf(bind, 'NonRecursive'),
      readOnlyNonRecursive: truthOf(bind, 'ReadOnlyNonRecursive'),
      readOnlyForceRecursive: truthOf(bind, 'ReadOnlyForceRecursive'),
    },
    volume: volume && {
      noCopy: truthOf(volume, 'NoCopy'),
      subpath: textOf(volume, 'Subpath'),
      labels: textMapOf(volume, 'Labels'),
      driver: textOf(driver, 'Name'),
      driverOptions: textMapOf(driver, 'Options'),
    },
    tmpfs: tmpfs && { size: numberOf(tmpfs, 'SizeBytes') ?? 0, mode: numberOf(tmpfs, 'Mode') ?? 0 },
    image: image && { subpath: textOf(image, 'Subpath') },
  }
}

/** What differs from Docker's defaults among the settings that are only shown. */
const keptOf = (host: JsonRecord, defaults: JsonRecord): Map<string, unknown> =>
  new Map(
    Object.entries(host).filter(
      ([key, value]) =>
        key in defaults && !isEmpty(value) && JSON.stringify(value) !== JSON.stringify(defaults[key]),
    ),
  )

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === 0 ||
  value === '' ||
  value === false ||
  value === -1 ||
  (typeof value === 'object' && Object.values(value as object).every(isEmpty))

function bindingsOf(bindings: JsonRecord): PortBinding[] {
  return Object.entries(bindings).flatMap(([port, list]) => {
    const [number = '', protocol = 'tcp'] = port.split('/')
    const hosts = Array.isArray(list) && list.length > 0 ? list.map(asRecord) : [{}]
    return hosts.map((one) => ({
      containerPort: Number(number),
      protocol: protocol as PortProtocol,
      hostIp: textOf(one, 'HostIp'),
      hostPort: textOf(one, 'HostPort'),
    }))
  })
}
