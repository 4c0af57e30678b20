// Text that sed's commands make: the replacement of `s`, and what `l` shows.

const controls: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07' }

/** `&`, `\1` and the case conversions `\U \L \u \l \E` of GNU. */
export function expand(replacement: string, groups: readonly (string | undefined)[]): string {
  let out = ''
  let conversion = ''
  let once = ''
  const put = (text: string): void => {
    let shown = conversion === 'U' ? text.toUpperCase() : conversion === 'L' ? text.toLowerCase() : text
    if (once !== '' && shown !== '') {
      shown = (once === 'u' ? shown.charAt(0).toUpperCase() : shown.charAt(0).toLowerCase()) + shown.slice(1)
      once = ''
    }
    out += shown
  }
  for (let index = 0; index < replacement.length; index++) {
    const char = replacement.charAt(index)
    if (char === '&') put(groups[0] ?? '')
    else if (char !== '\\') put(char)
    else {
      const next = replacement.charAt(++index)
      if (/\d/.test(next)) put(groups[Number(next)] ?? '')
      else if ('ULE'.includes(next)) conversion = next === 'E' ? '' : next
      else if ('ul'.includes(next)) once = next
      else put(controls[next] ?? next)
    }
  }
  return out
}

export const unambiguous = (text: string): string =>
  text
    .replace(/\\/g, '\\\\')
    .replace(/\t/g, '\\t')
    .replace(/\n/g, '\\n')
    .replace(/[\x00-\x1f\x7f]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`)
