// What the daemon refuses. The front doors put it into words and statuses: the API as HTTP, the client as
// "Error response from daemon: …".

/** As Docker's errdefs has them (moby errdefs/defs.go). */
export type ErrorKind =
  | 'notFound'
  | 'conflict'
  | 'invalid'
  | 'forbidden'
  | 'unavailable'
  | 'notModified'
  | 'system'

export class EngineError extends Error {
  readonly kind: ErrorKind
  /** For a container that could not start: the exit status that `docker run` reports. */
  readonly status: number | undefined

  constructor(kind: ErrorKind, message: string, status?: number) {
    super(message)
    this.kind = kind
    this.status = status
  }
}

/** Something real that docksim does not simulate; every front door says so in one fixed sentence. */
export class Unsupported extends Error {}
