// The menu of `select`, in columns (bash execute_cmd.c, print_select_list).

export function menuText(values: readonly string[], columns: number): string {
  const digits = String(values.length).length
  const longest = Math.max(...values.map((value) => value.length)) + digits + 2
  const width = longest + 2
  const across = Math.max(1, Math.floor(columns / width))
  const fitting = Math.min(across, values.length)
  const rows = Math.ceil(values.length / fitting)
  const oneColumn = rows === 1 ? values.length : rows
  let text = ''
  for (let row = 0; row < oneColumn; row++) {
    const cells: string[] = []
    for (let index = row; index < values.length; index += oneColumn)
      cells.push(`${String(index + 1).padStart(digits)}) ${values[index] ?? ''}`)
    text += `${cells.map((cell, at) => (at === cells.length - 1 ? cell : cell.padEnd(width))).join('')}\n`
  }
  return text
}
