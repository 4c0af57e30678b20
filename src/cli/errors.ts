// How a docker command fails on the client's side. Messages are whole where they are born. The daemon's refusals
// (`EngineError`) and what is not simulated (`Unsupported`) come from the engine room.

/** The command ends with `status`; `message` goes to standard error, unless it is empty. docker/cli's StatusError. */
export class StatusError extends Error {
  readonly status: number

  constructor(message: string, status = 1) {
    super(message)
    this.status = status
  }
}

/** The line is wrong: unknown flag, unknown verb, too many operands. */
export class UsageError extends StatusError {}

/** The one sentence about what is not simulated. */
export const notSimulated = (thing: string): string => `docksim does not simulate ${thing}`

/** The daemon's refusal in the words of the client. */
export const daemonRefusal = (message: string): string => `Error response from daemon: ${message.trim()}`
