// What a terminal shows after some output: carriage returns, cursor movements and erasures carried out, colours
// dropped. A text quotes the screen, not the bytes. Sequences: ECMA-48 as xterm has them.

const control =
  /\x1b\[([?>=]?)([\d;]*)([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][0-9A-B]|\x1b.|[\r\n\b\x07]/gs

/** The lines on the screen, trailing blanks dropped, joined by line feeds. */
export function screenOf(printed: string): string {
  const text = printed.replaceAll('\r\n', '\n')
  if (!/[\r\b\x1b\x07]/.test(text)) return text.replace(/[ \t]+$/gm, '').replace(/\n+$/, '')
  const screen: Screen = { rows: [''], row: 0, column: 0 }
  let from = 0
  for (const match of text.matchAll(control)) {
    write(screen, text.slice(from, match.index))
    from = match.index + match[0].length
    move(screen, match[0], match[3], match[1] === '' ? (match[2] ?? '') : '?')
  }
  write(screen, text.slice(from))
  return screen.rows
    .map((row) => row.trimEnd())
    .join('\n')
    .replace(/\n+$/, '')
}

interface Screen {
  readonly rows: string[]
  row: number
  column: number
}

function write(screen: Screen, piece: string): void {
  if (piece === '') return
  const row = screen.rows[screen.row] ?? ''
  const before = row.slice(0, screen.column).padEnd(screen.column)
  screen.rows[screen.row] = before + piece + row.slice(screen.column + piece.length)
  screen.column += piece.length
}

function move(screen: Screen, sequence: string, final: string | undefined, parameters: string): void {
  if (sequence === '\n') {
    screen.row++
    screen.column = 0
    screen.rows[screen.row] ??= ''
  } else if (sequence === '\r') screen.column = 0
  else if (sequence === '\b') screen.column = Math.max(0, screen.column - 1)
  if (final === undefined || parameters === '?') return
  const count = Math.max(1, Math.min(Number.parseInt(parameters, 10) || 1, limit))
  if (final === 'A') screen.row = Math.max(0, screen.row - count)
  else if (final === 'B') down(screen, count)
  else if (final === 'C') screen.column = Math.min(screen.column + count, limit)
  else if (final === 'D') screen.column = Math.max(0, screen.column - count)
  else if (final === 'G') screen.column = count - 1
  else if (final === 'K') erase(screen, parameters)
  else if (final === 'J' && parameters === '2') screen.rows.fill('')
}

/** No cursor goes further by a sequence; output that asks for more is hostile. */
const limit = 1000

function down(screen: Screen, count: number): void {
  const last = Math.min(screen.row + count, screen.rows.length + limit, 100_000)
  while (screen.row < last) screen.rows[++screen.row] ??= ''
}

function erase(screen: Screen, parameters: string): void {
  const row = screen.rows[screen.row] ?? ''
  if (parameters === '2') screen.rows[screen.row] = ''
  else if (parameters === '1') screen.rows[screen.row] = ' '.repeat(screen.column) + row.slice(screen.column)
  else screen.rows[screen.row] = row.slice(0, screen.column)
}
