// chmod(1), chown(1), chgrp(1), of GNU and of BusyBox.

import { isErrno } from '../../base/errno.ts'
import { lookup } from '../../kernel/fs/lookup.ts'
import { isDirectory } from '../../kernel/fs/node.ts'
import { readDirectory } from '../../kernel/fs/read.ts'
import { chmod as setMode, chown as setOwner } from '../../kernel/fs/write.ts'
import type { Process } from '../../kernel/process.ts'
import { groupByName, nameOfGroup, nameOfUser, userByName } from '../../kernel/users.ts'
import {
  both,
  errorWords,
  type Flavour,
  type ParsedOptions,
  parseOptions,
  quote,
  refuse,
} from '../program.ts'
import { quoteName } from '../quotation.ts'
import { permissionLetters } from './attributes.ts'

const grammar = {
  short: 'Rcfvh',
  long: { recursive: 'R', changes: 'c', quiet: 'f', silent: 'f', verbose: 'v', 'reference:': 'reference' },
}

export const chmod = both({
  name: 'chmod',
  *main(proc, flavour) {
    // `-x` and its like are modes.
    const argv = proc.argv.map((word) => (/^-[rwxXst]+$/.test(word) ? `\0${word}` : word))
    const options = parseOptions(argv, grammar)
    const [rawMode, ...paths] = options.operands
    if (rawMode === undefined || paths.length === 0) return missing(proc, rawMode, flavour)
    const mode = rawMode.replace('\0', '')
    if (changeMode(mode, 0, false, 0) === undefined)
      return flavour === 'gnu'
        ? refuse(proc, `invalid mode: ${quote(proc, mode)}`, flavour, 1)
        : proc.fail(`chmod: invalid mode '${mode}'`)
    return eachBelow(
      proc,
      paths,
      options,
      (path) => {
        const node = lookup(proc, path)
        const before = node.mode & 0o7777
        setMode(proc, path, changeMode(mode, node.mode, isDirectory(node), proc.umask) ?? node.mode)
        const after = lookup(proc, path).mode & 0o7777
        if (options.has('v') || (options.has('c') && after !== before))
          proc.print(told(path, before, after, flavour))
      },
      (path, words, absent) => {
        if (flavour === 'busybox') return `chmod: ${path}: ${words}`
        if (absent && options.has('v')) proc.print(`${quoteName(path)} could not be accessed`)
        return absent
          ? `chmod: cannot access ${quoteName(path)}: ${words}`
          : `chmod: changing permissions of ${quoteName(path)}: ${words}`
      },
    )
  },
})

/** What -v and -c say. Source: recordings of coreutils 9.1 and BusyBox 1.37. */
function told(path: string, before: number, after: number, flavour: Flavour): string {
  const shown = (mode: number): string => `${mode.toString(8).padStart(4, '0')} (${permissionLetters(mode)})`
  if (flavour === 'busybox') return `mode of '${path}' changed to ${shown(after)}`
  if (before === after) return `mode of ${quoteName(path)} retained as ${shown(after)}`
  return `mode of ${quoteName(path)} changed from ${shown(before)} to ${shown(after)}`
}

function missing(proc: Process, first: string | undefined, flavour: Flavour): number {
  if (flavour === 'busybox') return refuse(proc, '', flavour, 1)
  return refuse(
    proc,
    first === undefined ? 'missing operand' : `missing operand after ${quote(proc, first.replace('\0', ''))}`,
    flavour,
    1,
  )
}

/** Does `act` with each path, and with `-R` with all below it. */
function eachBelow(
  proc: Process,
  paths: readonly string[],
  options: ParsedOptions,
  act: (path: string) => void,
  complain: (path: string, words: string, absent: boolean) => string,
): number {
  let status = 0
  for (const path of paths)
    try {
      act(path)
      if (options.has('R') && isDirectory(lookup(proc, path, { follow: false })))
        status ||= eachBelow(
          proc,
          readDirectory(proc, path).map((name) => `${path.replace(/\/$/, '')}/${name}`),
          options,
          act,
          complain,
        )
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      if (!options.has('f')) proc.printError(complain(path, errorWords(cause), cause.code === 'ENOENT'))
      status = 1
    }
  return status
}

const who: Readonly<Record<string, number>> = { u: 0o4700, g: 0o2070, o: 0o1007, a: 0o7777 }
const what: Readonly<Record<string, number>> = { r: 0o444, w: 0o222, x: 0o111, s: 0o6000, t: 0o1000 }

/** The mode that `text` (`755`, `u+x,go-w`, `a=rX`) makes of `present`; undefined if it is no mode. */
export function changeMode(
  text: string,
  present: number,
  isDirectory: boolean,
  umask: number,
): number | undefined {
  if (/^[0-7]{1,5}$/.test(text)) return Number.parseInt(text, 8)
  let mode = present
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(clause)
    if (!match) return undefined
    const named = [...(match[1] ?? '')].reduce((bits, letter) => bits | (who[letter] ?? 0), 0)
    const scope = named || 0o7777 & ~umask
    for (const [, operator, letters = ''] of (match[2] ?? '').matchAll(/([-+=])([rwxXstugo]*)/g)) {
      let bits = 0
      for (const letter of letters) {
        if ('ugo'.includes(letter)) bits |= ((mode >> { u: 6, g: 3, o: 0 }[letter as 'u']) & 7) * 0o111
        else if (letter === 'X') bits |= isDirectory || (mode & 0o111) !== 0 ? 0o111 : 0
        else bits |= what[letter] ?? 0
      }
      bits &= scope
      if (operator === '+') mode |= bits
      else if (operator === '-') mode &= ~bits
      else mode = (mode & ~(scope & 0o777)) | bits
    }
  }
  return mode & 0o7777
}

const ownership = (name: 'chown' | 'chgrp') =>
  both({
    name,
    *main(proc, flavour) {
      const options = parseOptions(proc.argv, grammar)
      const [wanted, ...paths] = options.operands
      if (wanted === undefined || paths.length === 0) return missing(proc, wanted, flavour)
      const owner = name === 'chown' ? ownerOf(proc, wanted, flavour) : groupOf(proc, wanted, flavour)
      if (typeof owner === 'string') return proc.fail(`${name}: ${owner}`)
      return eachBelow(
        proc,
        paths,
        options,
        (path) => {
          const follow = !options.has('h')
          const { uid, gid } = lookup(proc, path, { follow })
          setOwner(proc, path, owner, { follow })
          const now = lookup(proc, path, { follow })
          const changed = now.uid !== uid || now.gid !== gid
          if (!options.has('v') && !(options.has('c') && changed)) return
          if (flavour === 'busybox') proc.print(`changed ownership of '${path}' to ${now.uid}:${now.gid}`)
          else proc.print(ownershipTold(proc, name, path, wanted, { uid, gid }, changed))
        },
        (path, words, absent) => {
          if (flavour === 'busybox') return `${name}: ${path}: ${words}`
          const changing = name === 'chown' ? 'changing ownership of' : 'changing group of'
          return `${name}: ${absent ? 'cannot access' : changing} ${quoteName(path)}: ${words}`
        },
      )
    },
  })

export const chown = [...ownership('chown'), ...ownership('chgrp')]

/** What -v and -c of GNU say: the present owner by name, the new one as it was typed (recordings of coreutils 9.1). */
function ownershipTold(
  proc: Process,
  name: 'chown' | 'chgrp',
  path: string,
  wanted: string,
  before: { readonly uid: number; readonly gid: number },
  changed: boolean,
): string {
  const user = nameOfUser(proc, before.uid)
  const group = nameOfGroup(proc, before.gid)
  const present = name === 'chgrp' ? group : wanted.includes(':') ? `${user}:${group}` : user
  const what = `${name === 'chgrp' ? 'group' : 'ownership'} of ${quoteName(path)}`
  return changed ? `changed ${what} from ${present} to ${wanted}` : `${what} retained as ${present}`
}

type Owner = { readonly uid?: number; readonly gid?: number }

function ownerOf(proc: Process, text: string, flavour: Flavour): Owner | string {
  const [userName = '', groupName] = text.split(/[:.]/)
  const user = userByName(proc, userName)
  const uid = user?.uid ?? (/^\d+$/.test(userName) ? Number(userName) : undefined)
  if (userName !== '' && uid === undefined)
    return flavour === 'gnu' ? `invalid user: ${quote(proc, text)}` : `unknown user ${userName}`
  const owner = uid === undefined ? {} : { uid }
  if (groupName === undefined) return owner
  if (groupName === '') return user ? { ...owner, gid: user.gid } : owner
  const group = groupOf(proc, groupName, flavour, text)
  return typeof group === 'string' ? group : { ...owner, ...group }
}

function groupOf(proc: Process, name: string, flavour: Flavour, whole = name): Owner | string {
  const gid = groupByName(proc, name)?.gid ?? (/^\d+$/.test(name) ? Number(name) : undefined)
  if (gid !== undefined) return { gid }
  return flavour === 'gnu' ? `invalid group: ${quote(proc, whole)}` : `unknown group ${name}`
}
