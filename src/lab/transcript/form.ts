// Pieces of a line that are not for the machine: placeholders, remarks, marks of omission.

// `[network name]`, `<name>`; not a test's `[ -f x ]`, a pattern's `[a-z]*`, an address's `[::1]` or a redirection.
const bracketed = /(?:^|[\s=:/])\[(?:\p{L}[^\][]*)\](?:\.\.\.)?(?=[\s:/]|$)/u
const angled = /(?<![<\d&])<(?![\s<(])[^<>|&;\n]*[^<>|&;\s]>(?![>&(])/u
const capital =
  /\s(?:(?:CONTAINER|IMAGE|NETWORK|VOLUME|YOUR|SERVICE)(?:[_-](?:ID|NAME|IP|TAG))?|OPTIONS|COMMAND|ARG\.\.\.)(?=\s|$)/

/** The placeholder by which a command line shows itself to be a form and not something to type; undefined if none. */
export function placeholderIn(cmd: string): string | undefined {
  const bare = cmd.replace(/"(?:\\.|[^"\\])*"|'[^']*'/g, '""')
  const found = bracketed.exec(bare) ?? angled.exec(bare)
  if (found) return found[0].trim()
  return /^(?:sudo )?docker\b/.test(bare) ? capital.exec(bare)?.[0].trim() : undefined
}

/** A command line and the remark behind it (`ls  # look`), which a shell would not read. */
export function splitRemark(line: string): { cmd: string; remark: string } {
  let quote = ''
  for (let index = 0; index < line.length; index++) {
    const char = line[index] ?? ''
    if (char === '\\' && quote !== "'") index++
    else if (quote) quote = char === quote ? '' : quote
    else if (char === '"' || char === "'") quote = char
    else if (char === '#' && index > 0 && /\s/.test(line[index - 1] ?? ''))
      return { cmd: line.slice(0, index).trimEnd(), remark: line.slice(index + 1).trim() }
  }
  return { cmd: line.trimEnd(), remark: '' }
}

const omissionMark =
  /^\s*(?:#\s*)?[-~=(<[*\s]*(?:\.{2,}|…+|⋮|:|snip(?:ped)?|omitted|(?:output )?truncated|abridged|[中後以前下省]*略)[-~=)>\]*\s.]*$/iu

/** A line that stands for lines left out: `...`, `:`, `(snip)`. */
export const isOmission = (line: string): boolean => line.length < 80 && omissionMark.test(line)

/** The author says that the step is meant to fail. */
export function saysItFails(remark: string): boolean {
  return /\bfail|\berror|\bcannot\b|can't|\bnot (?:work|reach|found|possible)|unreachable|refused|denied|\bNG\b|失敗|エラー|不可|できな|届かな/i.test(
    remark,
  )
}

/** Whether a comment reads as output of the command above it. `=>` and `->` in front say so. */
export function readsAsOutput(comment: string): boolean {
  if (/^(?:=>|->|→|⇒)/.test(comment)) return true
  if (comment === '' || isOmission(comment)) return true
  if (/[^\p{Script=Latin}\p{N}\p{P}\p{S}\s]/u.test(comment)) return false
  if (/^(?:note|tip|hint|example|e\.g|warning|nb|todo|step|case)\b/i.test(comment)) return false
  if (/^(?:Error\b|[\w./-]+: |[[{"]|[A-Z]{4,}(?: {2,}[A-Z]|\s|$))/.test(comment)) return true
  if (/(?:\b[a-z]{2,}\s+){3,}/.test(comment)) return false
  return /\d|[:=/"]/.test(comment) || /^[a-z]\S*$/.test(comment)
}

/** The output that a comment holds, its mark taken off. */
export const withoutOutputMark = (comment: string): string => comment.replace(/^(?:=>|->|→|⇒)\s*/, '')
