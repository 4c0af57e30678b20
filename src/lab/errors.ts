// The one error by which the lab refuses a file: which file, where in it, and what is wrong.
// It knows no terminal: whoever shows it prints `described`.

/** A place in a file: lines and columns count from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** A file that the lab cannot take: `message` is one whole sentence without the place. */
export class FileError extends Error {
  readonly file: string
  readonly place: Place | undefined

  constructor(file: string, message: string, place?: Place) {
    super(message)
    this.name = 'FileError'
    this.file = file
    this.place = place
  }
}

/** `file:line:column: message`, or without the place where the whole file is meant. */
export function described({ file, message, place }: FileError): string {
  return place ? `${file}:${place.line}:${place.column}: ${message}` : `${file}: ${message}`
}
