// sudo(8) and su(1) of a machine on which whoever is in the group `sudo`, or root, may become anyone without a password.

import { defaultPath } from '../../kernel/exec.ts'
import type { Process } from '../../kernel/process.ts'
import {
  allCapabilities,
  credentialsOf,
  groupByName,
  UnknownUser,
  userById,
  userByName,
} from '../../kernel/users.ts'
import { both, parseOptions, program } from '../program.ts'
import { turnInto } from './command.ts'

/** secure_path of Ubuntu's /etc/sudoers. */
const securePath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin'
/** What env_reset of sudoers(5) keeps. */
const kept = ['TERM', 'LANG', 'LC_ALL', 'DISPLAY', 'COLORTERM', 'TZ']

const usage = `usage: sudo -h | -K | -k | -V
usage: sudo -v [-ABkNnS] [-g group] [-h host] [-p prompt] [-u user]
usage: sudo -l [-ABkNnS] [-g group] [-h host] [-p prompt] [-U user] [-u user]
            [command [arg ...]]
usage: sudo [-ABbEHkNnPS] [-r role] [-t type] [-C num] [-D directory] [-g
            group] [-h host] [-p prompt] [-R directory] [-T timeout] [-u user]
            [VAR=value] [-i | -s] [command [arg ...]]
usage: sudo -e [-ABkNnS] [-r role] [-t type] [-C num] [-D directory] [-g group]
            [-h host] [-p prompt] [-R directory] [-T timeout] [-u user] file
            ...`

export const sudo = program({
  name: 'sudo',
  *main(proc) {
    const options = parseOptions(proc.argv, {
      short: 'AbEHiklnPSsvu:g:D:',
      long: {
        'user:': 'u',
        login: 'i',
        shell: 's',
        'preserve-env::': 'E',
        'non-interactive': 'n',
        list: 'l',
        validate: 'v',
      },
      stopAtOperand: true,
    })
    const invoker = userById(proc, proc.credentials.uid)
    const name = invoker?.name ?? String(proc.credentials.uid)
    if (!maySudo(proc, name)) return proc.fail(`${name} is not in the sudoers file.`)
    if (options.has('v', 'k')) return 0
    const words = [...options.operands]
    const assigned: [string, string][] = []
    while (/^[A-Za-z_]\w*=/.test(words[0] ?? '')) {
      const [variable = '', ...value] = (words.shift() ?? '').split('=')
      assigned.push([variable, value.join('=')])
    }
    const target = options.value('u')?.replace(/^#/, '') ?? 'root'
    const user = userByName(proc, target) ?? userById(proc, Number(target))
    if (!user)
      return proc.fail(`sudo: unknown user ${target}\nsudo: error initializing audit plugin sudoers_audit`)
    if (words.length === 0 && options.has('i', 's')) words.push(user.shell || '/bin/sh')
    if (words.length === 0) return proc.fail(usage)
    const environment = options.has('E') && !options.has('i') ? new Map(proc.environment) : reset(proc)
    for (const [variable, value] of Object.entries({
      PATH: securePath,
      HOME: user.home,
      USER: user.name,
      LOGNAME: user.name,
      SHELL: user.shell || '/bin/sh',
      SUDO_COMMAND: words.join(' '),
      SUDO_USER: name,
      SUDO_UID: String(proc.credentials.uid),
      SUDO_GID: String(proc.credentials.gid),
    }))
      environment.set(variable, value)
    for (const [variable, value] of assigned) environment.set(variable, value)
    proc.environment = environment
    if (options.has('i')) proc.directory = user.home
    proc.credentials = credentialsOf(proc.fs, user.name, allCapabilities)
    const [command = ''] = words
    return yield* turnInto(proc, words, (why) =>
      why === 'No such file or directory' && !command.includes('/')
        ? `sudo: ${command}: command not found`
        : `sudo: ${command}: ${why.toLowerCase()}`,
    )
  },
})

const maySudo = (proc: Process, name: string): boolean =>
  proc.credentials.uid === 0 || (groupByName(proc, 'sudo')?.members.includes(name) ?? false)

function reset(proc: Process): Map<string, string> {
  const environment = new Map<string, string>()
  for (const variable of kept) {
    const value = proc.environment.get(variable)
    if (value !== undefined) environment.set(variable, value)
  }
  return environment
}

export const su = both({
  name: 'su',
  *main(proc, flavour) {
    const words = proc.argv.slice(1)
    const login = words.some((word) => word === '-' || word === '-l' || word === '--login')
    const options = parseOptions(['su', ...words.filter((word) => word !== '-')], {
      short: 'lpmc:s:',
      long: { login: 'l', 'command:': 'c', 'shell:': 's' },
      stopAtOperand: true,
    })
    const [name = 'root', ...rest] = options.operands
    try {
      if (!userByName(proc, name)) throw new UnknownUser(name)
      if (proc.credentials.uid !== 0)
        return proc.fail(flavour === 'gnu' ? 'su: Authentication failure' : 'su: incorrect password')
      const credentials = credentialsOf(proc.fs, name, proc.credentials.capabilities)
      const shell = options.value('s') ?? (userByName(proc, name)?.shell || '/bin/sh')
      if (login) {
        const term = proc.environment.get('TERM')
        proc.environment = new Map([
          ['PATH', defaultPath],
          ...(term === undefined ? [] : [['TERM', term] as const]),
        ])
        proc.directory = credentials.home
      }
      proc.environment.set('HOME', credentials.home)
      proc.environment.set('SHELL', shell)
      if (credentials.uid !== 0) {
        proc.environment.set('USER', name)
        proc.environment.set('LOGNAME', name)
      }
      proc.credentials = credentials
      const command = options.value('c')
      const argv = [shell, ...(command === undefined ? [] : ['-c', command]), ...rest]
      return yield* turnInto(proc, argv, (why) => `su: failed to execute ${shell}: ${why}`)
    } catch (cause) {
      if (!(cause instanceof UnknownUser)) throw cause
      return proc.fail(
        flavour === 'gnu'
          ? `su: user ${name} does not exist or the user entry does not contain all the required fields`
          : `su: unknown user ${name}`,
      )
    }
  },
})
