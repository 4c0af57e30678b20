// Values as Go prints them in comments of images.

/** `%q` of a text. */
export const goQuote = (text: string): string =>
  JSON.stringify(text)
    .replace(/\\u00([01][0-9a-f])/g, '\\x$1')
    .replace(/\\u/g, '\\u')

/** `%q` of a list of texts. */
export const goQuotes = (texts: readonly string[]): string => `[${texts.map(goQuote).join(' ')}]`
