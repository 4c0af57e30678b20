// The menu of `select`, in columns that tabs and blanks set apart (bash execute_cmd.c, print_select_list).

export function menuText(values: readonly string[], columns: number): string {
  const digits = String(values.length).length
  const longest = Math.max(...values.map((value) => [...value].length))
  const width = longest + digits + 4
  const across = Math.max(1, Math.floor(columns / width))
  const rows = Math.ceil(values.length / across)
  const tall = rows === 1 ? Math.min(across, values.length) : rows
  let text = ''
  for (let row = 0; row < tall; row++) {
    for (let index = row, place = 0; index < values.length; index += tall, place += width) {
      const head = String(index + 1).padStart(place === 0 ? String(tall).length : digits)
      text += `${head}) ${values[index] ?? ''}`
      const used = [...(values[index] ?? '')].length + (place === 0 ? String(tall).length : digits) + 2
      if (index + tall < values.length) text += indent(place + used, place + width)
    }
    text += '\n'
  }
  return text
}

function indent(from: number, to: number): string {
  let text = ''
  for (let at = from; at < to; ) {
    const tab = Math.floor(to / 8) > Math.floor(at / 8)
    text += tab ? '\t' : ' '
    at += tab ? 8 - (at % 8) : 1
  }
  return text
}
