// JSON as iproute2's json_writer.c lays it out, plain and with -p.

export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json | undefined }

export function printJson(value: Json, pretty: boolean): string {
  return pretty ? `${prettyList(value as readonly Json[], 1)}` : compact(value)
}

function compact(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(compact).join(',')}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  return `{${fields.map(([key, field]) => `"${key}":${compact(field as Json)}`).join(',')}}`
}

function prettyList(items: readonly Json[], depth: number): string {
  if (items.length === 0) return '[ ]'
  return `[ ${items.map((item) => prettyItem(item, depth)).join(',')} ]`
}

function prettyItem(item: Json, depth: number): string {
  if (typeof item !== 'object' || Array.isArray(item)) return JSON.stringify(item)
  const indent = '    '.repeat(depth + 1)
  const fields = Object.entries(item)
    .filter(([, field]) => field !== undefined)
    .map(([key, field]) => {
      const shown = Array.isArray(field) ? prettyList(field, depth + 1) : JSON.stringify(field)
      return `\n${indent}"${key}": ${shown}`
    })
  return `{${fields.join(',')}\n${'    '.repeat(depth)}}`
}
