// GNU wget's progress: dots where standard error is no terminal, else the bar at its end (src/progress.c).

/** `54.9 MB/s` (retr_rate). */
export function speedOf(size: number, took: number): string {
  const [value, unit] = scaled((size * 1e6) / took)
  return `${number(value)} ${['B/s', 'KB/s', 'MB/s', 'GB/s'][unit] ?? 'GB/s'}`
}

function scaled(rate: number): [number, number] {
  let value = rate
  let unit = 0
  while (value >= 1024 && unit < 3) {
    value /= 1024
    unit++
  }
  return [value, unit]
}

/** Three digits. */
const number = (value: number): string =>
  value >= 99.95 ? String(Math.round(value)) : value >= 9.995 ? value.toFixed(1) : value.toFixed(2)

const rowBytes = 51_200

/** The lines that stand when all has come. */
export function progressLines(
  size: number,
  length: number | undefined,
  took: number,
  path: string,
  terminal: boolean,
): string[] {
  if (terminal) return [bar(size, length, took, path)]
  const lines: string[] = []
  const rows = Math.max(1, Math.ceil(size / rowBytes))
  const [value, unit] = scaled((size * 1e6) / took)
  const rate = `${number(value).padStart(4)}${'BKMG'.charAt(unit).replace('B', '')}`
  for (let row = 0; row < rows; row++) {
    const end = Math.min(size, (row + 1) * rowBytes)
    const dots = Math.floor((end - row * rowBytes) / 1024)
    let text = `${String(row * 50).padStart(6)}K`
    for (let dot = 0; dot < 50; dot++) text += `${dot % 10 === 0 ? ' ' : ''}${dot < dots ? '.' : ' '}`
    const percent =
      length === undefined ? '' : `${String(Math.floor((end * 100) / Math.max(1, length))).padStart(3)}%`
    const last = row === rows - 1
    lines.push(`${text}${percent} ${rate}${last ? `=${duration(took)}` : ' 0s'}\n`)
  }
  return lines
}

const duration = (took: number): string => {
  const value = took / 1e6
  if (value < 0.0005) return '0s'
  return value < 10 ? `${Number(value.toPrecision(1))}s` : `${Math.round(value)}s`
}

function bar(size: number, length: number | undefined, took: number, path: string): string {
  const name = (path === '-' ? '-' : path.replace(/^.*\//s, '')).slice(0, 20).padEnd(20)
  const [value, unit] = scaled(size)
  const shown = unit === 0 ? String(size) : `${number(value)}${'BKMG'.charAt(unit)}`
  const [speed, speedUnit] = scaled((size * 1e6) / took)
  const rate = `${number(speed)}${['B', 'KB', 'MB', 'GB'][speedUnit] ?? 'GB'}/s`
  const done = length === undefined ? `${' '.repeat(5)}[ <=>                ]` : '100%[===================>]'
  return `\r${name}${done} ${shown.padStart(7)}  ${rate.padStart(6)}    in ${duration(took)}      \n`
}

/** `615`, `1234 (1.2K)` */
export function humanLength(length: number): string {
  if (length < 1024) return String(length)
  const units = ['K', 'M', 'G', 'T']
  let value = length
  let unit = ''
  for (const next of units) {
    if (value < 1024) break
    value /= 1024
    unit = next
  }
  return `${length} (${value < 10 ? value.toFixed(1) : Math.round(value)}${unit})`
}
