// What may be asked to be mounted: the text of `-v`, the record of `--mount`, and what of them the daemon refuses
// (moby volume/mounts/linux_parser.go, validate.go). Makes nothing.

import { Errno } from '../../base/errno.ts'
import { asRoot } from '../../kernel/fs/filesystem.ts'
import { exists, joinPath } from '../../kernel/fs/lookup.ts'
import type { Engine } from '../engine.ts'
import { EngineError } from '../error.ts'

/** One `--mount`. */
export interface MountRequest {
  readonly type: string
  readonly source: string
  readonly target: string
  readonly readOnly: boolean
  readonly consistency: string
  readonly bind?: BindOptions | undefined
  readonly volume?: VolumeOptions | undefined
  readonly tmpfs?: TmpfsOptions | undefined
  readonly image?: { readonly subpath: string } | undefined
}

export interface BindOptions {
  readonly propagation: string
  readonly nonRecursive: boolean
  readonly readOnlyNonRecursive: boolean
  readonly readOnlyForceRecursive: boolean
}

export interface VolumeOptions {
  readonly noCopy: boolean
  readonly subpath: string
  readonly labels: ReadonlyMap<string, string>
  readonly driver: string
  readonly driverOptions: ReadonlyMap<string, string>
}

export interface TmpfsOptions {
  /** Bytes; 0 for no limit. */
  readonly size: number
  /** 0 for the usual one. */
  readonly mode: number
}

const accesses = ['rw', 'ro']
const labels = ['z', 'Z']
const propagations = ['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave']
const consistencies = ['consistent', 'cached', 'delegated']
const kinds = [accesses, labels, propagations, ['nocopy'], consistencies]

/** Whether `ro,z` is one: of each kind of word at most one. */
export function isMode(mode: string): boolean {
  if (mode === '') return true
  const words = mode.split(',')
  return (
    words.every((word) => kinds.some((kind) => kind.includes(word))) &&
    kinds.every((kind) => words.filter((word) => kind.includes(word)).length <= 1)
  )
}

export const isReadOnly = (mode: string): boolean => mode.split(',').includes('ro')

/** `source:target[:mode]` of `-v`, and its mode as it was typed. Throws EngineError. */
export function parseBind(
  engine: Engine,
  text: string,
  volumeDriver: string,
): { readonly request: MountRequest; readonly mode: string } {
  const wrong = `invalid volume specification: '${text}'`
  const [source = '', target, mode = '', ...more] = text.split(':')
  if (source === '' || more.length > 0 || (target !== undefined && mode === '' && isMode(target)))
    throw new EngineError('invalid', wrong)
  if (!isMode(mode)) throw new EngineError('invalid', `invalid mode: ${mode}`)
  const words = mode.split(',')
  const type = source.startsWith('/') ? 'bind' : 'volume'
  const propagation = words.find((word) => propagations.includes(word))
  const noCopy = words.includes('nocopy')
  const request: MountRequest = {
    type,
    source,
    target: target ?? '',
    readOnly: isReadOnly(mode),
    consistency: '',
    bind: propagation === undefined ? undefined : { ...plainBind, propagation },
    volume:
      noCopy || (volumeDriver !== '' && type === 'volume')
        ? { ...plainVolume, noCopy, driver: volumeDriver }
        : undefined,
  }
  const reason = refusal(engine, request, false)
  if (reason !== undefined) throw new EngineError('invalid', `${wrong}: ${reason}`)
  return { request, mode }
}

export const plainBind: BindOptions = Object.freeze({
  propagation: '',
  nonRecursive: false,
  readOnlyNonRecursive: false,
  readOnlyForceRecursive: false,
})

export const plainVolume: VolumeOptions = Object.freeze({
  noCopy: false,
  subpath: '',
  labels: Object.freeze(new Map()),
  driver: '',
  driverOptions: Object.freeze(new Map()),
})

/** Why a mount is refused; undefined if it is not. */
export function refusal(engine: Engine, request: MountRequest, needsSource: boolean): string | undefined {
  const reason = reasonAgainst(engine, request, needsSource)
  return reason === undefined ? undefined : `invalid mount config for type "${request.type}": ${reason}`
}

function reasonAgainst(engine: Engine, request: MountRequest, needsSource: boolean): string | undefined {
  const { type, source, target } = request
  if (target === '') return 'field Target must not be empty'
  if (joinPath('/', target) === '/' && target.startsWith('/'))
    return "invalid specification: destination can't be '/'"
  if (!target.startsWith('/')) return `invalid mount path: '${target}' mount path must be absolute`
  if (type === 'bind') return againstBind(engine, request, needsSource)
  if (type === 'volume') return againstVolume(request)
  if (type === 'tmpfs') return source === '' ? undefined : 'field Source must not be specified'
  if (type === 'image' && engine.traits.mountsImages)
    return source === '' ? 'field Source must not be empty' : undefined
  return 'mount type unknown'
}

function againstBind(engine: Engine, { source, bind, volume }: MountRequest, needsSource: boolean) {
  if (source === '') return 'field Source must not be empty'
  if (volume) return 'field VolumeOptions must not be specified'
  const propagation = bind?.propagation ?? ''
  if (propagation !== '' && !propagations.includes(propagation))
    return `invalid propagation mode: ${propagation}`
  if (!source.startsWith('/')) return `invalid mount path: '${source}' mount path must be absolute`
  if (needsSource && !isThere(engine, source)) return `bind source path does not exist: ${source}`
  return undefined
}

function againstVolume({ source, readOnly, bind, volume }: MountRequest) {
  if (bind) return 'field BindOptions must not be specified'
  if (source === '' && readOnly) return 'must not set ReadOnly mode when using anonymous volumes'
  if (volume && volume.subpath !== '' && source === '')
    return 'must not set Subpath when using anonymous volumes'
  return undefined
}

function isThere(engine: Engine, path: string): boolean {
  try {
    return exists(asRoot(engine.machine.namespaces.files), path)
  } catch (cause) {
    if (cause instanceof Errno) return false
    throw cause
  }
}
