// `set` and `shopt`: options and positional parameters.

import { optionLetters, optionNames } from '../options.ts'
import type { ShellState } from '../state.ts'
import { findRaw, isName, variableNames } from '../variables.ts'
import { complain, refuse } from '../words.ts'
import { listed } from './declare-list.ts'
import { type Builtin, print, usage } from './output.ts'

export const set: Builtin = (shell, args) => {
  if (args.length === 0) return listAll(shell)
  for (let index = 0; index < args.length; index++) {
    const word = args[index] as string
    if (word === '--' || word === '-') {
      if (word === '-') for (const name of ['xtrace', 'verbose']) shell.options.delete(name)
      if (word === '--' || index + 1 < args.length) shell.positional = args.slice(index + 1)
      return 0
    }
    if (!/^[-+]./.test(word)) {
      shell.positional = args.slice(index)
      return 0
    }
    const on = word.startsWith('-')
    for (const letter of word.slice(1)) {
      if (letter === 'o') {
        const name = args[++index]
        if (name === undefined) return listOptions(shell, on)
        if (!setOption(shell, name, on)) return shell.dialect.name === 'bash' ? 2 : 1
      } else {
        const name = optionLetters[letter]
        if (name === undefined) return wrongOption(shell, `${word[0]}${letter}`)
        apply(shell, name, on)
      }
    }
  }
  return 0
}

function wrongOption(shell: ShellState, shown: string): number {
  if (shell.dialect.name === 'bash')
    return usage(
      shell,
      'set',
      `${shown}: invalid option`,
      'set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]',
    )
  throw refuse(
    shell,
    shell.dialect.name === 'dash' ? `Illegal option ${shown}` : `illegal option ${shown}`,
    'set',
  )
}

function apply(shell: ShellState, name: string, on: boolean): void {
  if (on) shell.options.add(name)
  else shell.options.delete(name)
  if (name === 'monitor') shell.jobControl = on
}

function setOption(shell: ShellState, name: string, on: boolean): boolean {
  if (!optionNames.includes(name)) {
    if (shell.dialect.name === 'bash') complain(shell, `${name}: invalid option name`, 'set')
    else if (shell.dialect.name === 'dash') throw refuse(shell, `Illegal option -o ${name}`, 'set')
    else complain(shell, `illegal option -o ${name}`, 'set')
    return false
  }
  apply(shell, name, on)
  return true
}

function listOptions(shell: ShellState, readable: boolean): number {
  for (const name of optionNames) {
    const on = shell.options.has(name) || (name === 'interactive-comments' && shell.dialect.name === 'bash')
    if (readable) print(shell, `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`)
    else print(shell, `set ${on ? '-' : '+'}o ${name}\n`)
  }
  return 0
}

function listAll(shell: ShellState): number {
  for (const name of variableNames(shell).filter(isName)) {
    const variable = findRaw(shell, name)
    if (variable && (variable.text !== undefined || variable.elements))
      print(shell, `${listed(shell, name, variable)}\n`)
  }
  return 0
}

const shoptNames: readonly string[] = (
  'autocd assoc_expand_once cdable_vars cdspell checkhash checkjobs checkwinsize cmdhist compat31 compat32 compat40 compat41 ' +
  'compat42 compat43 compat44 complete_fullquote direxpand dirspell dotglob execfail expand_aliases extdebug extglob ' +
  'extquote failglob force_fignore globasciiranges globskipdots globstar gnu_errfmt histappend histreedit histverify ' +
  'hostcomplete huponexit inherit_errexit interactive_comments lastpipe lithist localvar_inherit localvar_unset ' +
  'login_shell mailwarn no_empty_cmd_completion nocaseglob nocasematch noexpand_translation nullglob patsub_replacement ' +
  'progcomp progcomp_alias promptvars restricted_shell shift_verbose sourcepath varredir_close xpg_echo'
).split(' ')

export const shopt: Builtin = (shell, args) => {
  const flags = args.filter((word) => /^-[suqpo]+$/.test(word)).join('')
  const names = args.filter((word) => !/^-[suqpo]+$/.test(word))
  const setting = flags.includes('s') || flags.includes('u')
  if (flags.includes('s') && flags.includes('u')) {
    complain(shell, 'cannot set and unset shell options simultaneously', 'shopt')
    return 1
  }
  const chosen = names.length > 0 ? names : flags.includes('o') ? optionNames : shoptNames
  let status = 0
  for (const name of chosen) {
    if (flags.includes('o')) {
      if (!showOption(shell, name, flags, names.length > 0)) status = 1
      continue
    }
    if (!shoptNames.includes(name)) {
      complain(shell, `${name}: invalid shell option name`, 'shopt')
      status = 1
    } else if (setting && names.length > 0) {
      if (flags.includes('s')) shell.shopts.add(name)
      else shell.shopts.delete(name)
    } else {
      const on = shell.shopts.has(name)
      if (!on && names.length > 0) status = 1
      if (setting && on !== flags.includes('s')) continue
      if (flags.includes('p')) print(shell, `shopt ${on ? '-s' : '-u'} ${name}\n`)
      else if (!flags.includes('q')) print(shell, `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`)
    }
  }
  return status
}

/** `shopt -o`: an option of `set`; false if it is off, or none. */
function showOption(shell: ShellState, name: string, flags: string, named: boolean): boolean {
  if (named && /[su]/.test(flags)) return setOption(shell, name, flags.includes('s'))
  if (!optionNames.includes(name)) {
    complain(shell, `${name}: invalid option name`, 'shopt')
    return false
  }
  const on = shell.options.has(name)
  if (/[su]/.test(flags) && on !== flags.includes('s')) return true
  if (flags.includes('p')) print(shell, `set ${on ? '-' : '+'}o ${name}\n`)
  else if (!flags.includes('q')) print(shell, `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`)
  return on || !named
}
