// echo(1): the same in GNU and BusyBox, but for the words about itself.

import { both, showText } from '../program.ts'

export const echo = both({
  name: 'echo',
  *main(proc, flavour) {
    const words = proc.argv.slice(1)
    const asked = words.length === 1 && flavour === 'gnu' && /^--(help|version)$/.exec(words[0] ?? '')
    if (asked && showText(proc, 'echo', asked[1] === 'help' ? 'help' : 'version')) return 0
    let lineFeed = true
    let escapes = false
    while (words[0] !== undefined && /^-[neE]+$/.test(words[0]))
      for (const letter of (words.shift() ?? '').slice(1))
        if (letter === 'n') lineFeed = false
        else escapes = letter === 'e'
    let text = words.join(' ')
    if (escapes) {
      const expanded = expandEscapes(text)
      text = expanded.text
      lineFeed &&= !expanded.stopped
    }
    proc.write(1, lineFeed ? `${text}\n` : text)
    return 0
  },
})

const named: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

/** Backslash escapes of `echo -e` and of printf's `%b`; `\c` ends all output. */
export function expandEscapes(text: string): { readonly text: string; readonly stopped: boolean } {
  let out = ''
  const sequence = /\\(?:(c)|0([0-7]{0,3})|x([0-9a-fA-F]{1,2})|([abefnrtv\\])|)/g
  let last = 0
  for (let match = sequence.exec(text); match; match = sequence.exec(text)) {
    out += text.slice(last, match.index)
    last = match.index + match[0].length
    if (match[1]) return { text: out, stopped: true }
    if (match[2] !== undefined) out += String.fromCharCode(Number.parseInt(match[2] || '0', 8) & 255)
    else if (match[3] !== undefined) out += String.fromCharCode(Number.parseInt(match[3], 16))
    else out += match[4] === undefined ? match[0] : named[match[4]]
  }
  return { text: out + text.slice(last), stopped: false }
}
