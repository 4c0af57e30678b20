// mount(2) as far as it is simulated: tmpfs, proc, sysfs, bind mounts, and other options for what is mounted. There are
// no block devices.

import { Errno } from '../../base/errno.ts'
import { type Mount, mount, mountOf, timeOf } from '../../kernel/fs/filesystem.ts'
import { locate, lookup, realPath } from '../../kernel/fs/lookup.ts'
import { type Node, newDirectory } from '../../kernel/fs/node.ts'
import { procRoot } from '../../kernel/fs/proc/proc.ts'
import { sysRoot } from '../../kernel/fs/sysfs.ts'
import { ownedNode } from '../../kernel/fs/write.ts'
import type { Process } from '../../kernel/process.ts'

export interface MountRequest {
  readonly source: string
  readonly target: string
  readonly type: string | undefined
  /** The words of -o. */
  readonly options: readonly string[]
}

/** Why a mount was refused. */
export type MountRefusal =
  | { readonly why: 'permission' | 'no target' | 'no source' | 'no device' | 'not mounted' }
  | { readonly why: 'unknown type'; readonly type: string }
  | { readonly why: 'bad option'; readonly type: string; readonly option: string }
  | { readonly why: 'not simulated'; readonly what: string }

/** Mounts; a refusal if the kernel, or docksim, does not. */
export function performMount(proc: Process, request: MountRequest): MountRefusal | undefined {
  const { source, target, options } = request
  if (!proc.may('SYS_ADMIN')) return { why: 'permission' }
  const unsimulated = options.find((word) =>
    /^(r?(shared|slave|private|unbindable)|move|loop)(=|$)/.test(word),
  )
  if (unsimulated !== undefined) return { why: 'not simulated', what: `-o ${unsimulated}` }
  const { node, path } = locatedOrNothing(proc, target)
  if (!node) return { why: 'no target' }
  if (options.includes('remount')) return remount(proc, path, options)
  if (proc.fs.mounts.has(path)) return { why: 'not simulated', what: `a mount on top of another (${path})` }
  if (options.includes('bind') || options.includes('rbind')) return bind(proc, source, path, options)
  const { type } = request
  const refused = refusalOfType(type, source)
  if (refused) return refused
  const special = specialOptions(type ?? '', options)
  if ('why' in special) return special
  const { words, mode } = special
  mount(proc.fs, path, rootOf(proc, type ?? '', mode), {
    source,
    type: type ?? '',
    options: [...flagsOf(options), ...words].join(','),
    readOnly: options.includes('ro'),
  })
  return undefined
}

function locatedOrNothing(proc: Process, path: string): { node: Node | undefined; path: string } {
  try {
    return locate(proc, path)
  } catch (cause) {
    if (cause instanceof Errno) return { node: undefined, path }
    throw cause
  }
}

function remount(proc: Process, path: string, options: readonly string[]): MountRefusal | undefined {
  const mounted: Mount | undefined = path === '/' ? proc.fs.root : proc.fs.mounts.get(path)
  if (!mounted) return { why: 'not mounted' }
  if (options.includes('ro')) mounted.readOnly = true
  else if (options.includes('rw')) mounted.readOnly = false
  const others = options.filter((word) => flagOrder.includes(word))
  if (others.length > 0)
    mounted.options = [
      ...flagsOf(others),
      ...mounted.options.split(',').filter((word) => word.includes('=')),
    ].join(',')
  return undefined
}

function bind(
  proc: Process,
  source: string,
  path: string,
  options: readonly string[],
): MountRefusal | undefined {
  if (!locatedOrNothing(proc, source).node) return { why: 'no source' }
  const origin = mountOf(proc.fs, realPath(proc, source))
  const directory = (node: Node): boolean => node.kind.endsWith('directory')
  if (directory(lookup(proc, source)) !== directory(lookup(proc, path))) return { why: 'no source' }
  mount(proc.fs, path, ownedNode(proc, source), {
    source: origin.source,
    type: origin.type,
    options: origin.options,
    readOnly: origin.readOnly || options.includes('ro'),
  })
  return undefined
}

const simulated = new Set(['tmpfs', 'ramfs', 'proc', 'sysfs'])
/** Real, and not simulated: to say so is better than to say that they are unknown. */
const known = new Set([
  'overlay',
  'devpts',
  'devtmpfs',
  'cgroup',
  'cgroup2',
  'mqueue',
  'securityfs',
  'debugfs',
  'bpf',
])

function refusalOfType(type: string | undefined, source: string): MountRefusal | undefined {
  if (type !== undefined && simulated.has(type)) return undefined
  if (type !== undefined && known.has(type)) return { why: 'not simulated', what: `-t ${type}` }
  const blocks = type === undefined || /^(auto|ext[234]|xfs|btrfs|vfat|iso9660|squashfs)$/.test(type)
  return blocks || source.startsWith('/dev/') ? { why: 'no device' } : { why: 'unknown type', type }
}

const flagOrder = ['nosuid', 'nodev', 'noexec', 'noatime', 'nodiratime', 'relatime', 'strictatime']

/** The flags in the order of /proc/mounts (fs/proc_namespace.c, show_mnt_opts). */
function flagsOf(options: readonly string[]): string[] {
  const shown = flagOrder.filter((word) => options.includes(word) && word !== 'strictatime')
  const plain = !['noatime', 'strictatime', 'relatime'].some((word) => options.includes(word))
  return plain ? [...shown, 'relatime'] : shown
}

/** What any mount understands, and what changes nothing that could be seen here. */
const general = new Set(
  `ro rw defaults nosuid suid nodev dev noexec exec noatime atime nodiratime diratime relatime norelatime strictatime
  nostrictatime async sync dirsync silent loud user nouser auto noauto nofail _netdev`.split(/\s+/),
)

function specialOptions(
  type: string,
  options: readonly string[],
): { readonly words: readonly string[]; readonly mode: number } | MountRefusal {
  const words: string[] = []
  let mode = type === 'ramfs' ? 0o755 : 0o1777
  for (const word of options) {
    if (general.has(word)) continue
    const [name = '', value = ''] = word.split('=')
    const size = name === 'size' ? sizeInKib(value) : undefined
    if (type !== 'tmpfs' || !['size', 'mode', 'uid', 'gid', 'nr_inodes'].includes(name))
      return { why: 'bad option', type, option: name }
    if (name === 'size' && size === undefined) return { why: 'bad option', type, option: name }
    if (name === 'mode') mode = Number.parseInt(value, 8)
    words.push(size === undefined ? word : `size=${size}k`)
  }
  const order = ['size', 'nr_inodes', 'mode', 'uid', 'gid']
  const place = (word: string): number => order.indexOf(word.replace(/=.*/, ''))
  return { words: words.sort((a, b) => place(a) - place(b)), mode }
}

function sizeInKib(text: string): number | undefined {
  const match = /^(\d+)([kmg]?)$/i.exec(text)
  if (!match) return undefined
  const unit = { '': 1 / 1024, k: 1, m: 1024, g: 1048576 }[(match[2] ?? '').toLowerCase()] ?? 1
  return Math.ceil((Number(match[1]) * unit) / 4) * 4
}

function rootOf(proc: Process, type: string, mode: number): Node {
  if (type === 'proc') return procRoot
  if (type === 'sysfs') return sysRoot
  return newDirectory({ mode, uid: 0, gid: 0, mtime: timeOf(proc.fs) })
}
