// Whether a command line is whole, or goes on in the next line: a backslash, an open quote, a here-document,
// a compound command. It is a reader of texts, not the shell's grammar.

/** Whether a shell that has read `cmd` (lines joined by line feeds) would ask for more. */
export function goesOn(cmd: string): boolean {
  if (endsInBackslash(cmd)) return true
  const open = openHereDocument(cmd)
  if (open !== undefined) return open
  if (hasOpenQuote(cmd)) return true
  const bare = cmd.replace(/"(?:\\.|[^"\\])*"|'[^']*'/g, '""').replace(/(^|\s)#.*$/gm, '$1')
  if (/(?:\|\||&&|\|)\s*$/.test(bare)) return true
  return openBlocks(bare) > 0
}

function endsInBackslash(cmd: string): boolean {
  let count = 0
  while (cmd[cmd.length - 1 - count] === '\\') count++
  return count % 2 === 1
}

function openHereDocument(cmd: string): boolean | undefined {
  const mark = /<<-?\s*(?:"([^"]+)"|'([^']+)'|\\?([A-Za-z_]\w*))/.exec(cmd)
  if (!mark || cmd.slice(0, mark.index).endsWith('<')) return undefined
  const end = mark[1] ?? mark[2] ?? mark[3] ?? ''
  const [, ...body] = cmd.slice(mark.index).split('\n')
  return !body.some((line) => line.trim() === end)
}

function hasOpenQuote(cmd: string): boolean {
  let quote = ''
  for (let index = 0; index < cmd.length; index++) {
    const char = cmd[index] ?? ''
    if (char === '\\' && quote !== "'") index++
    else if (quote) quote = char === quote ? '' : quote
    else if (char === '"' || char === "'") quote = char
    else if (char === '#' && (index === 0 || /\s/.test(cmd[index - 1] ?? ''))) {
      const end = cmd.indexOf('\n', index)
      if (end < 0) return false
      index = end
    }
  }
  return quote !== ''
}

const opening = /(?:^|[;&|\n]\s*|\b(?:do|then|else)\s+)(?:(?:for|while|until|if|case)\b|\{(?=\s))/g
const closing = /(?:^|[;&|\n]\s*)(?:done\b|fi\b|esac\b|\})/g

const openBlocks = (bare: string): number =>
  (bare.match(opening)?.length ?? 0) - (bare.match(closing)?.length ?? 0)
