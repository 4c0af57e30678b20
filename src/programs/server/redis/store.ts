// What redis holds (numbered databases with expiry), what a command is, and the replies that many of them share.

import type { Instant } from '../../../base/instant.ts'
import type { Reply } from './protocol.ts'

export type Value = string | string[] | Map<string, string> | Set<string>

/** One of the numbered databases. */
export interface Store {
  readonly values: Map<string, Value>
  /** When a key ends. */
  readonly expiry: Map<string, Instant>
}

export interface Server {
  readonly databases: Map<number, Store>
  /** What its line and its configuration file set. */
  readonly settings: Map<string, string>
  readonly startedAt: Instant
  commands: number
}

/** What a connection has chosen. */
export interface Chosen {
  database: number
  authenticated: boolean
}

/** A command with what it works on. */
export interface Call {
  readonly server: Server
  readonly chosen: Chosen
  readonly store: Store
  readonly args: readonly string[]
  readonly now: Instant
  readonly version: string
}

export interface Command {
  /** With the name; negative: at least so many. */
  readonly arity: number
  readonly run: (call: Call) => Reply
}

export const ok: Reply = { status: 'OK' }
export const wrongType: Reply = { error: 'WRONGTYPE Operation against a key holding the wrong kind of value' }
export const notInteger: Reply = { error: 'ERR value is not an integer or out of range' }
export const bulk = (text: string | undefined): Reply => ({ bulk: text })
export const number = (value: number): Reply => ({ number: value })
export const list = (texts: readonly (string | undefined)[]): Reply => ({ list: texts.map(bulk) })

export const first = ({ args }: Call): string => args[0] ?? ''
