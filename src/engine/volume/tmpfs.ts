// Options of a tmpfs: which there are, what the mounted directory is like, and how /proc/mounts shows them
// (tmpfs(5); linux mm/shmem.c, shmem_show_options).

import type { Attributes } from '../../kernel/fs/node.ts'

const switches =
  `ro rw exec noexec suid nosuid dev nodev async sync dirsync remount mand nomand atime noatime diratime
  nodiratime bind rbind unbindable runbindable private rprivate shared rshared slave rslave relatime norelatime
  strictatime nostrictatime defaults`
    .trim()
    .split(/\s+/)
const valued = ['mode', 'uid', 'gid', 'nr_inodes', 'nr_blocks', 'mpol', 'size']

/** The first word that is no option of a tmpfs (moby pkg/mount, MergeTmpfsOptions). */
export const badTmpfsOption = (text: string): string | undefined =>
  text.split(',').find((word) => {
    const [name = '', value] = word.split('=')
    return word !== '' && !switches.includes(word) && (value === undefined || !valued.includes(name))
  })

const settingOf = (text: string, name: string): string | undefined =>
  text
    .split(',')
    .filter((word) => word.startsWith(`${name}=`))
    .at(-1)
    ?.slice(name.length + 1)

/** Mode and owner of the top directory. */
export const tmpfsAttributes = (text: string): Omit<Attributes, 'mtime'> => ({
  mode: Number.parseInt(settingOf(text, 'mode') ?? '1777', 8),
  uid: Number(settingOf(text, 'uid') ?? 0),
  gid: Number(settingOf(text, 'gid') ?? 0),
})

const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 }

/** Bytes in pages of 4096, as the kernel rounds up; undefined without a size. */
function sizeOf(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d+)([kmgt]?)b?$/i.exec(settingOf(text, 'size') ?? '') ?? []
  if (number === undefined) return undefined
  return Math.ceil((Number(number) * (units[unit.toLowerCase()] ?? 1)) / 4096) * 4096
}

/** What the kernel shows of them, in its order. */
export function tmpfsText(text: string): string[] {
  const size = sizeOf(text)
  const inodes = settingOf(text, 'nr_inodes')
  const { mode, uid, gid } = tmpfsAttributes(text)
  return [
    ...(size === undefined ? [] : [`size=${size / 1024}k`]),
    ...(inodes === undefined ? [] : [`nr_inodes=${inodes}`]),
    ...(mode === 0o1777 ? [] : [`mode=${mode.toString(8).padStart(3, '0')}`]),
    ...(uid === 0 ? [] : [`uid=${uid}`]),
    ...(gid === 0 ? [] : [`gid=${gid}`]),
  ]
}

/** Which of a pair of switches counts: the last one, or `otherwise`. */
export const lastOf = (text: string, pair: readonly [string, string], otherwise: string): string =>
  text
    .split(',')
    .filter((word) => pair.includes(word))
    .at(-1) ?? otherwise
