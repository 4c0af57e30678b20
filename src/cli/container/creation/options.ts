// From the flags of `docker run` and `docker create` to what the daemon is asked for
// (docker/cli cli/command/container/opts.go, parse).

import { type Dated, inRelease } from '../../../base/release.ts'
import type { CreateOptions } from '../../../engine/container/create.ts'
import type { PortBinding } from '../../../engine/network/portmap.ts'
import type { Values } from '../../command.ts'
import type { Context } from '../../context.ts'
import { ValueError } from '../../flags/strconv.ts'
import type { containerFlags } from '../flags.ts'
import { parseAllPublished, parseExposed } from '../ports.ts'
import { environmentLines, labelsOf } from './environment.ts'
import { healthcheckOf } from './health.ts'
import { keptSettings } from './kept.ts'
import { mountsOf } from './mounts.ts'
import { networksOf } from './networks.ts'
import { parseRestart } from './restart.ts'

export type ContainerFlags = Values<typeof containerFlags>

export interface Asked {
  readonly image: string
  readonly command: readonly string[]
  readonly flags: ContainerFlags
  /** The keys of the flags that the line gave. */
  readonly given: ReadonlySet<string>
  /** In the background: nothing is attached. */
  readonly detached: boolean
}

/** @throws ValueError in the words of the client */
export function createOptionsOf({ proc, release }: Context, asked: Asked): CreateOptions {
  const { flags } = asked
  checkModes(flags)
  checkSwappiness(flags['memory-swappiness'])
  const { mode, settings, links } = networksOf(flags, release)
  const published = parseAllPublished(flags.publish, release)
  const exposed = flags.expose.flatMap((text) => parseExposed(text, release))
  const restartPolicy = parseRestart(flags.restart, release)
  if (flags.rm && restartPolicy.name !== '' && restartPolicy.name !== 'no')
    throw new ValueError(inRelease(restartWithRemoval, release))
  const mounts = mountsOf(proc, flags, release)
  return {
    name: flags.name,
    networks: settings,
    config: {
      ...streamsOf(asked),
      ...processOf(asked),
      hostname: flags.hostname,
      domainname: flags.domainname,
      exposedPorts: [...new Set([...published.map(({ port }) => port), ...exposed])],
      env: environmentLines(proc, release, flags['env-file'], flags.env),
      labels: labelsOf(proc, release, flags['label-file'], flags.label),
      volumes: mounts.anonymous,
      healthcheck: healthcheckOf(flags),
    },
    host: {
      networkMode: mode,
      links,
      portBindings: published.map(({ port, hostIp, hostPort }) => bindingOf(port, hostIp, hostPort)),
      publishAllPorts: flags['publish-all'],
      restartPolicy,
      autoRemove: flags.rm,
      dns: flags.dns,
      dnsOptions: flags['dns-option'],
      dnsSearch: flags['dns-search'],
      extraHosts: flags['add-host'],
      binds: mounts.binds,
      mounts: mounts.mounts,
      tmpfs: mounts.tmpfs,
      volumesFrom: flags['volumes-from'],
      volumeDriver: flags['volume-driver'],
      privileged: flags.privileged,
      capAdd: flags['cap-add'],
      capDrop: flags['cap-drop'],
      sysctls: flags.sysctl,
      init: asked.given.has('init') ? flags.init : undefined,
      readonlyRootfs: flags['read-only'],
      kept: keptSettings(flags, asked.given, release),
    },
  }
}

const restartWithRemoval: Dated<string> = {
  '19.03': 'Conflicting options: --restart and --rm',
  '28': 'conflicting options: cannot specify both --restart and --rm',
}

function checkModes(flags: ContainerFlags): void {
  const check = (flag: 'userns' | 'uts' | 'cgroupns', noun: string, allowed: readonly string[]) => {
    if (flags[flag] !== '' && !allowed.includes(flags[flag]))
      throw new ValueError(`--${flag}: invalid ${noun} mode`)
  }
  if (flags.pid !== '' && !/^(host|container:.+)$/.test(flags.pid))
    throw new ValueError('--pid: invalid PID mode')
  check('uts', 'UTS', ['host'])
  check('userns', 'USER', ['host'])
  check('cgroupns', 'CGROUP', ['host', 'private'])
}

function checkSwappiness(value: number): void {
  if (value < -1 || value > 100)
    throw new ValueError(`invalid value: ${value}. Valid memory swappiness range is 0-100`)
}

function streamsOf({ flags, detached }: Asked) {
  const everything = flags.attach.length === 0
  const attaches = (stream: string): boolean => !detached && flags.attach.includes(stream)
  const attachStdin = attaches('stdin') || (everything && !detached && flags.interactive)
  return {
    attachStdin,
    attachStdout: attaches('stdout') || (everything && !detached),
    attachStderr: attaches('stderr') || (everything && !detached),
    tty: flags.tty,
    openStdin: flags.interactive,
    stdinOnce: flags.interactive && attachStdin,
  }
}

function processOf({ flags, given, image, command }: Asked) {
  const emptied = given.has('entrypoint') ? [] : undefined
  return {
    image,
    cmd: command.length > 0 ? command : undefined,
    entrypoint: flags.entrypoint === '' ? emptied : [flags.entrypoint],
    user: flags.user,
    workingDir: flags.workdir,
    stopSignal: given.has('stop-signal') ? flags['stop-signal'] : undefined,
    stopTimeout: given.has('stop-timeout') ? flags['stop-timeout'] : undefined,
  }
}

function bindingOf(port: string, hostIp: string, hostPort: string): PortBinding {
  const [number = '', protocol = 'tcp'] = port.split('/')
  return {
    containerPort: Number(number),
    protocol: protocol as PortBinding['protocol'],
    hostIp,
    hostPort,
  }
}
