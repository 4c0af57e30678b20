// Users and groups as /etc/passwd and /etc/group tell them, and what a process of a user may do.

import { asRoot, type Caller, type FileSystem } from './fs/filesystem.ts'
import { readTextIfAny } from './fs/read.ts'
import { type Capability, type Credentials, rootCredentials } from './process.ts'

export interface User {
  readonly name: string
  readonly uid: number
  readonly gid: number
  readonly comment: string
  readonly home: string
  readonly shell: string
}

export interface Group {
  readonly name: string
  readonly gid: number
  readonly members: readonly string[]
}

/** All of /etc/passwd. */
export function usersOf(caller: Caller): User[] {
  return fieldsOf(caller, '/etc/passwd', 7).map(
    ([name = '', , uid, gid, comment = '', home = '/', shell = '']) => ({
      name,
      uid: Number(uid),
      gid: Number(gid),
      comment,
      home,
      shell,
    }),
  )
}

/** All of /etc/group. */
export function groupsOf(caller: Caller): Group[] {
  return fieldsOf(caller, '/etc/group', 3).map(([name = '', , gid, members = '']) => ({
    name,
    gid: Number(gid),
    members: members.split(',').filter(Boolean),
  }))
}

export const userByName = (caller: Caller, name: string): User | undefined =>
  usersOf(caller).find((user) => user.name === name)
export const userById = (caller: Caller, uid: number): User | undefined =>
  usersOf(caller).find((user) => user.uid === uid)
export const groupByName = (caller: Caller, name: string): Group | undefined =>
  groupsOf(caller).find((group) => group.name === name)
export const groupById = (caller: Caller, gid: number): Group | undefined =>
  groupsOf(caller).find((group) => group.gid === gid)

/** The user's name, or his number where /etc/passwd has none. */
export const nameOfUser = (caller: Caller, uid: number): string => userById(caller, uid)?.name ?? String(uid)
export const nameOfGroup = (caller: Caller, gid: number): string =>
  groupById(caller, gid)?.name ?? String(gid)

/** What a container's first process may do unless told otherwise (moby oci/caps/defaults.go), as far as it is simulated. */
export const containerCapabilities: ReadonlySet<Capability> = Object.freeze(
  new Set<Capability>(['NET_RAW', 'NET_BIND_SERVICE', 'KILL', 'CHOWN', 'DAC_OVERRIDE']),
)

export const allCapabilities = rootCredentials.capabilities

const noCapabilities: ReadonlySet<Capability> = Object.freeze(new Set<Capability>())

/** Credentials, and what /etc/passwd says of their user. */
export interface NamedCredentials extends Credentials {
  readonly home: string
  readonly name: string
}

/** A user or group that the files do not know, in the words of runc and dockerd. */
export class UnknownUser extends Error {}

/**
 * Who `user` (`name`, `uid`, `name:group`, `uid:gid`; '' is root) is in these files; root gets `capabilities`, all others
 * none. Throws UnknownUser with moby's words (github.com/moby/sys/user GetExecUser).
 */
export function credentialsOf(
  fs: FileSystem,
  user: string,
  capabilities: ReadonlySet<Capability> = allCapabilities,
): NamedCredentials {
  const caller = asRoot(fs)
  const [who = '', groupName = ''] = user.split(':')
  const found =
    who === '' ? userById(caller, 0) : (userByName(caller, who) ?? userById(caller, numberOf(who)))
  const uid = found?.uid ?? (who === '' ? 0 : numberOf(who))
  if (Number.isNaN(uid))
    throw new UnknownUser(`unable to find user ${who}: no matching entries in passwd file`)
  const gid = groupName === '' ? (found?.gid ?? 0) : groupIdOf(caller, groupName)
  const name = found?.name ?? ''
  const groups = groupsOf(caller)
    .filter((group) => groupName === '' && name !== '' && group.members.includes(name))
    .map((group) => group.gid)
  return Object.freeze({
    uid,
    gid,
    // The primary group comes first even if it comes again (runc, as recorded with `id`).
    groups: Object.freeze([gid, ...groups]),
    capabilities: uid === 0 ? capabilities : noCapabilities,
    home: found?.home ?? '/',
    name: name || String(uid),
  })
}

function groupIdOf(caller: Caller, name: string): number {
  const gid = groupByName(caller, name)?.gid ?? numberOf(name)
  if (Number.isNaN(gid))
    throw new UnknownUser(`unable to find group ${name}: no matching entries in group file`)
  return gid
}

const numberOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) : Number.NaN)

function fieldsOf(caller: Caller, path: string, least: number): string[][] {
  return readTextIfAny(caller, path)
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= least)
}
