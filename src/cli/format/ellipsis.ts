// Cells that are too long (docker/cli formatter/displayutils.go).

/** `text` in at most `width` characters; what was cut is `…`. */
export function ellipsis(text: string, width: number): string {
  const characters = [...text]
  if (characters.length <= width) return text
  return width <= 1 ? characters.slice(0, width).join('') : `${characters.slice(0, width - 1).join('')}…`
}
