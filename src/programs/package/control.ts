// Control paragraphs (deb-control(5)): indexes of archives, and what dpkg knows of a system.

export type Paragraph = ReadonlyMap<string, string>

/** The paragraphs of a text; continued lines belong to the field above. */
export function readParagraphs(text: string): Paragraph[] {
  const paragraphs: Paragraph[] = []
  for (const block of text.split(/\n\s*\n/)) {
    const fields = new Map<string, string>()
    let last = ''
    for (const line of block.split('\n')) {
      const [, name, value = ''] = /^([A-Za-z0-9-]+):[ \t]*(.*)$/.exec(line) ?? []
      if (name !== undefined) {
        last = name
        fields.set(name, value)
      } else if (/^[ \t]/.test(line) && last !== '') {
        fields.set(last, `${fields.get(last) ?? ''}\n${line}`)
      }
    }
    if (fields.size > 0) paragraphs.push(fields)
  }
  return paragraphs
}

export const writeParagraph = (fields: Paragraph): string =>
  [...fields].map(([name, value]) => `${name}: ${value}\n`).join('')

/** The names in a field such as Depends, without versions and alternatives. */
export const namesIn = (field: string | undefined): string[] =>
  (field ?? '')
    .split(',')
    .map((entry) => entry.trim().split(/[ |(]/)[0] ?? '')
    .filter(Boolean)
