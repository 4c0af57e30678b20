// A refusal of docksim's own: one clear sentence, and an exit status.

import { writeError } from '../edge/output.ts'

export class Failure extends Error {
  readonly status: number

  constructor(message: string, status = 2) {
    super(message)
    this.status = status
  }
}

export function failWith(failure: Failure): void {
  writeError(`docksim: ${failure.message}\n`)
  process.exitCode = failure.status
}
