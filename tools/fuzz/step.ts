// A line and what it printed, in the form of the recordings.

export interface Step {
  readonly cmd: string
  readonly out: string
  readonly err: string
  readonly rc: number
}
