// What releases may change in docker's command line, as named choices. Which release chooses what stands in
// `releases/`.

import type { FormatTraits } from './format/traits.ts'

/** A wrong line, seen from the command it was meant for. */
export interface Fault {
  /** `docker network create` */
  readonly path: string
  /** `docker network create [OPTIONS] NETWORK` */
  readonly useLine: string
  readonly short: string
  readonly isRoot: boolean
  readonly isGroup: boolean
  /** The whole usage text, as help prints it, without the lead and the last newline. */
  readonly usage: () => string
}

export interface Count {
  readonly form: 'none' | 'exactly' | 'atLeast' | 'atMost' | 'between' | 'any' | 'plain'
  readonly least: number
  readonly most: number
}

/** What the client says of itself in `docker version`. */
export interface ClientVersion {
  readonly version: string
  readonly apiVersion: string
  readonly goVersion: string
  readonly gitCommit: string
  /** `Fri May 30 12:07:14 2025` */
  readonly built: string
  /** `docker version` tells which context is used. */
  readonly tellsContext: boolean
  /** Whether its experimental features are on; undefined where it does not tell. */
  readonly experimental?: boolean
}

export interface CliTraits {
  /** What stands before `Usage:` in help. */
  readonly helpLead: '' | '\n'
  /** What stands behind `Usage:` in help. */
  readonly usageSeparator: '\t' | '  '
  /** The alias block of help: `ls, list`, or every full spelling. */
  readonly aliasBlock: 'names' | 'spellings'
  /** The help of docker itself: options first and two lists of commands, or commands by use and options last. */
  readonly rootHelp: 'optionsFirst' | 'byUse'
  /** The last paragraph of docker's own help; none in the oldest release. */
  readonly helpFooter: string
  readonly wording: Wording
  /** The notice of a flag's deprecated spelling `-h`. */
  readonly helpShorthandNotice: string
  /** When `-H` and `--context` are looked at: before the line is read, or when a command needs the daemon. */
  readonly endpointChecked: 'atStart' | 'atUse'
  /** What `docker --version` prints. */
  readonly version: string
  readonly client: ClientVersion
  readonly format: FormatTraits
}

/** Complaints about a line: what goes to standard error, without the last newline. */
export interface Wording {
  readonly argumentError: (fault: Fault, count: Count) => string
  readonly unknownCommand: (fault: Fault, word: string) => string
  readonly flagError: (fault: Fault, message: string) => string
  /** A failure of `docker run` (`stage` start: the container was there already), or of a line of `docker create`. */
  readonly runError: (message: string, stage: 'create' | 'start', verb?: 'run' | 'create') => string
}
