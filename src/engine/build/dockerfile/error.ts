// What is wrong with a Dockerfile. The two builders word it each in its own way.

/** @see parse.ts */
export class DockerfileError extends Error {
  /** The lines of the instruction that is wrong; undefined where the text as a whole is. */
  readonly lines: readonly [first: number, last: number] | undefined

  constructor(reason: string, lines?: readonly [number, number]) {
    super(reason)
    this.lines = lines
  }
}
