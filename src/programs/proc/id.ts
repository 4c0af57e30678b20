// id(1), whoami(1), groups(1) and logname(1), of GNU and of BusyBox.

import type { Process } from '../../kernel/process.ts'
import {
  credentialsOf,
  groupById,
  nameOfGroup,
  nameOfUser,
  userById,
  userByName,
} from '../../kernel/users.ts'
import { both, parseOptions, quote, refuse } from '../program.ts'

const grammar = {
  short: 'aGgnruzZ',
  long: { group: 'g', groups: 'G', name: 'n', real: 'r', user: 'u', zero: 'z', context: 'Z' },
}

interface Identity {
  readonly uid: number
  readonly gid: number
  readonly groups: readonly number[]
}

export const id = both({
  name: 'id',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, grammar)
    const [who] = options.operands
    const identity = who === undefined ? proc.credentials : identityOf(proc, who)
    if (!identity)
      return flavour === 'gnu'
        ? proc.fail(`id: ${quote(proc, who ?? '')}: no such user`)
        : proc.fail(`id: unknown user ${who}`)
    const { uid, gid } = identity
    const groups = [...new Set([gid, ...identity.groups])]
    const named = options.has('n')
    if (options.has('u')) proc.print(named ? nameOfUser(proc, uid) : String(uid))
    else if (options.has('g')) proc.print(named ? nameOfGroup(proc, gid) : String(gid))
    else if (options.has('G'))
      proc.print(groups.map((one) => (named ? nameOfGroup(proc, one) : one)).join(' '))
    else if (named || options.has('r'))
      return proc.fail('id: cannot print only names or real IDs in default format')
    else {
      const listed = flavour === 'busybox' && who === undefined ? identity.groups : groups
      const text = listed.map((one) => withName(one, groupById(proc, one)?.name)).join(',')
      const all = text === '' ? '' : ` groups=${text}`
      proc.print(
        `uid=${withName(uid, userById(proc, uid)?.name)} gid=${withName(gid, groupById(proc, gid)?.name)}${all}`,
      )
    }
    return 0
  },
})

const withName = (number: number, name: string | undefined): string =>
  name === undefined ? String(number) : `${number}(${name})`

function identityOf(proc: Process, who: string): Identity | undefined {
  const user = userByName(proc, who) ?? (/^\d+$/.test(who) ? userById(proc, Number(who)) : undefined)
  return user && credentialsOf(proc.fs, user.name)
}

export const whoami = both({
  name: 'whoami',
  *main(proc, flavour) {
    const { operands } = parseOptions(proc.argv, { short: '' })
    if (operands[0] !== undefined)
      return refuse(proc, flavour === 'gnu' ? `extra operand ${quote(proc, operands[0])}` : '', flavour, 1)
    const { uid } = proc.credentials
    const user = userById(proc, uid)
    if (user) proc.print(user.name)
    else if (flavour === 'gnu') return proc.fail(`whoami: cannot find name for user ID ${uid}`)
    else return proc.fail(`whoami: unknown uid ${uid}`)
    return 0
  },
})

export const groups = both({
  name: 'groups',
  *main(proc, flavour) {
    const { operands } = parseOptions(proc.argv, { short: '' })
    if (operands.length === 0) proc.print(namesOf(proc, proc.credentials))
    let status = 0
    for (const who of operands) {
      const identity = identityOf(proc, who)
      if (identity) proc.print(`${flavour === 'gnu' ? `${who} : ` : ''}${namesOf(proc, identity)}`)
      else
        status = proc.fail(
          flavour === 'gnu' ? `groups: ${quote(proc, who)}: no such user` : `groups: unknown user ${who}`,
        )
    }
    return status
  },
})

const namesOf = (proc: Process, { gid, groups: others }: Identity): string =>
  [...new Set([gid, ...others])].map((one) => nameOfGroup(proc, one)).join(' ')
