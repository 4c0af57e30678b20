// Command substitution `$(…)` and process substitution `<(…)`: sub-shells at the other end of a pipe.

import type { CommandExpansionPart, ProcessSubstitutionPart, Script } from 'unbash'
import { decode } from '../../base/bytes.ts'
import { isErrno, strerror } from '../../base/errno.ts'
import type { Task } from '../../base/scheduler.ts'
import { release, retain } from '../../kernel/file.ts'
import { openFile } from '../../kernel/open.ts'
import { createPipe } from '../../kernel/pipe.ts'
import { expandWords } from '../expand/word.ts'
import { faultAtEnd } from '../parse.ts'
import type { ShellState } from '../state.ts'
import { sayFault } from '../syntax.ts'
import { complain } from '../words.ts'
import { startSubshell } from './subshell.ts'
import { awaitChild, withSignals } from './wait.ts'

/** What the commands print, without the newlines at its end. `$?` is theirs. */
export function* commandSubstitution(shell: ShellState, part: CommandExpansionPart): Task<string> {
  const { script } = part
  if (!script || script.commands.length === 0) {
    if (script?.errors?.length) sayScriptFault(shell, part)
    shell.substitutionStatus = script?.errors?.length ? 2 : 0
    return ''
  }
  const quick = yield* fileSubstitution(shell, script)
  if (quick !== undefined) return quick
  const { reader, writer } = createPipe(shell.proc.scheduler)
  retain(reader)
  const text = script.source
  const child = startSubshell(shell, {
    statements: script.commands,
    files: [[1, writer]],
    deeper: true,
    ...(text === undefined ? {} : { text }),
  })
  let output = ''
  try {
    for (;;) {
      const bytes = reader.operations.read(reader, 65536)
      if (bytes === '') break
      const readable = reader.operations.readable(reader)
      if (bytes !== undefined) output += bytes
      else yield* withSignals(shell, { on: readable ? [readable] : [] })
    }
  } finally {
    release(reader)
  }
  shell.substitutionStatus = yield* awaitChild(shell, child)
  const bytes = output.replace(/\0/g, '').replace(/\n+$/, '')
  return decode(bytes as Parameters<typeof decode>[0])
}

function sayScriptFault(shell: ShellState, part: CommandExpansionPart): void {
  const text = part.text.startsWith('$(') ? part.text.slice(2, -1) : part.text.slice(1, -1)
  const fault = faultAtEnd(text)
  if (fault) sayFault(shell, text, fault)
}

/** `$(<file)`: the shell reads the file itself. */
function* fileSubstitution(shell: ShellState, script: Script): Task<string | undefined> {
  const command = script.commands.length === 1 ? script.commands[0]?.command : undefined
  if (command?.type !== 'Command' || command.name || shell.dialect.name !== 'bash') return undefined
  const [redirect] = command.redirects
  if (command.prefix.length + command.suffix.length !== 1 || redirect?.type !== 'Redirect') return undefined
  if (redirect.operator !== '<' || !redirect.target || redirect.descriptor) return undefined
  const [path = ''] = yield* expandWords(shell, [redirect.target])
  try {
    const file = retain(openFile(shell.proc, path, 'r'))
    let output = ''
    for (;;) {
      const bytes = file.operations.read(file, 65536)
      if (bytes === '') break
      const readable = file.operations.readable(file)
      if (bytes !== undefined) output += bytes
      else yield* withSignals(shell, { on: readable ? [readable] : [] })
    }
    release(file)
    shell.substitutionStatus = 0
    return decode(output.replace(/\n+$/, '') as Parameters<typeof decode>[0])
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    complain(shell, `${path}: ${strerror(cause.code)}`)
    shell.substitutionStatus = 1
    return ''
  }
}

/** Starts the commands and returns the path of the pipe's other end, open until the command that uses it is done. */
export function processSubstitution(shell: ShellState, part: ProcessSubstitutionPart): string {
  const { reader, writer } = createPipe(shell.proc.scheduler)
  const [ours, theirs] = part.operator === '<' ? [reader, writer] : [writer, reader]
  const child = startSubshell(shell, {
    statements: part.script?.commands ?? [],
    files: [[part.operator === '<' ? 1 : 0, theirs]],
  })
  let descriptor = 63
  while (shell.proc.files.has(descriptor)) descriptor--
  shell.proc.setFile(descriptor, ours)
  shell.substitutionFiles.push(descriptor)
  shell.strays.push(child)
  return `/dev/fd/${descriptor}`
}
