// `echo`: the three shells' own (bash: -n -e -E; dash interprets always and knows -n; ash: -n -e -E).

import { unescapeEcho } from '../expand/escapes.ts'
import { isUtf8 } from '../expand/locale.ts'
import { type Builtin, print } from './output.ts'

export const echo: Builtin = (shell, args) => {
  const options = shell.dialect.name === 'dash' ? /^-n$/ : /^-[neE]+$/
  let newline = true
  let interpret = shell.dialect.echoInterprets || shell.shopts.has('xpg_echo')
  let index = 0
  for (; options.test(args[index] ?? ''); index++) {
    for (const letter of (args[index] ?? '').slice(1)) {
      if (letter === 'n') newline = false
      else interpret = letter === 'e'
    }
    if (shell.dialect.name === 'dash') {
      index++
      break
    }
  }
  const text = args.slice(index).join(' ')
  if (!interpret) print(shell, newline ? `${text}\n` : text)
  else {
    const { text: shown, ended } = unescapeEcho(text, isUtf8(shell))
    print(shell, newline && !ended ? `${shown}\n` : shown)
  }
  return 0
}
