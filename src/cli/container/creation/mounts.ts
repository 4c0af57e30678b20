// `--volume`, `--mount` and `--tmpfs`: what is mounted into a new container (docker/cli cli/command/container/opts.go,
// cli/compose/loader/volume.go).

import { type Dated, inRelease, type Release } from '../../../base/release.ts'
import type { MountRequest } from '../../../engine/container/mountspec.ts'
import { joinPath } from '../../../kernel/fs/lookup.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Mount } from '../../flags/docker.ts'
import { cut } from '../../flags/kind.ts'
import { ValueError } from '../../flags/strconv.ts'

export interface MountFlags {
  readonly volume: readonly string[]
  readonly mount: readonly Mount[]
  readonly tmpfs: readonly string[]
}

export interface MountWish {
  /** Volumes without a source, by path. */
  readonly anonymous: readonly string[]
  /** `source:target[:mode]`; a relative source is the client's. */
  readonly binds: readonly string[]
  readonly mounts: readonly MountRequest[]
  /** Options by path. */
  readonly tmpfs: ReadonlyMap<string, string>
}

/** @throws ValueError in the words of the client */
export function mountsOf(proc: Process, flags: MountFlags, release: Release): MountWish {
  const volumes = [...new Set(flags.volume)].map((text) => ({ text, source: sourceOf(text, release) }))
  const relative = inRelease(relativeSources, release) === true
  return {
    anonymous: volumes.filter(({ source }) => source === '').map(({ text }) => text),
    binds: volumes
      .filter(({ source }) => source !== '')
      .map(({ text }) => (relative ? absolute(proc, text) : text)),
    mounts: flags.mount.map((mount) => requestOf(proc, mount, relative)),
    tmpfs: new Map(flags.tmpfs.map((text) => [cut(text, ':')[0], cut(text, ':')[1] ?? ''])),
  }
}

/** `./data` is the client's, or not known. */
const relativeSources: Dated<boolean> = { '19.03': false, '28': true }
/** What is wrong with a text is said by the client, or left to the daemon. */
const checksTexts: Dated<boolean> = { '19.03': false, '28': true }

/** The part of `-v` before the target; '' if there is none. @throws ValueError */
function sourceOf(text: string, release: Release): string {
  const complains = inRelease(checksTexts, release) === true
  if (text === '' && complains) throw new ValueError('invalid empty volume spec')
  if (text.length < 3) return ''
  const [source = '', ...rest] = splitSpec(text)
  const mistake =
    source === '' || rest.includes('')
      ? 'empty section between colons'
      : rest.length > 2
        ? 'too many colons'
        : undefined
  if (mistake !== undefined && complains) throw new ValueError(`invalid spec: ${text}: ${mistake}`)
  return rest.length === 0 ? '' : source
}

/** At colons, but a letter alone before one is a drive of Windows. */
function splitSpec(text: string): string[] {
  const parts = text.split(':')
  const whole: string[] = []
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] ?? ''
    const isDrive = /^[A-Za-z]$/.test(part) && index < parts.length - 1
    whole.push(isDrive ? `${part}:${parts[++index] ?? ''}` : part)
  }
  return whole
}

function absolute(proc: Process, text: string): string {
  const [source, rest] = cut(text, ':')
  return source.startsWith('.') ? `${joinPath(proc.directory, source)}:${rest}` : text
}

function requestOf(proc: Process, mount: Mount, relative: boolean): MountRequest {
  const { type, source, target, readOnly, consistency, options } = mount
  const here = relative && type === 'bind' && source.startsWith('.')
  return {
    type,
    source: here ? joinPath(proc.directory, source) : source,
    target,
    readOnly,
    consistency,
    bind: bindOptions(options),
    volume: volumeOptions(mount),
    tmpfs:
      options.has('tmpfs-size') || options.has('tmpfs-mode')
        ? { size: Number(options.get('tmpfs-size') ?? 0), mode: Number(options.get('tmpfs-mode') ?? 0) }
        : undefined,
    image: options.has('image-subpath') ? { subpath: options.get('image-subpath') ?? '' } : undefined,
  }
}

function bindOptions(options: Mount['options']): MountRequest['bind'] {
  if (![...options.keys()].some((key) => key.startsWith('bind-'))) return undefined
  const recursion = options.get('bind-recursive')
  return {
    propagation: (options.get('bind-propagation') ?? '').toLowerCase(),
    nonRecursive: options.get('bind-nonrecursive') === 'true' || recursion === 'disabled',
    readOnlyNonRecursive: recursion === 'writable',
    readOnlyForceRecursive: recursion === 'readonly',
  }
}

function volumeOptions({ options, labels, driverOptions }: Mount): MountRequest['volume'] {
  const asked = [...options.keys()].some((key) => key.startsWith('volume-'))
  if (!asked && labels.size === 0 && driverOptions.size === 0) return undefined
  return {
    noCopy: options.get('volume-nocopy') === 'true',
    subpath: options.get('volume-subpath') ?? '',
    labels,
    driver: options.get('volume-driver') ?? '',
    driverOptions,
  }
}
