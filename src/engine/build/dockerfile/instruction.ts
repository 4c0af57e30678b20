// What a Dockerfile can say, one record a kind of instruction.

import type { Healthcheck } from '../../image/image.ts'
import type { Heredoc } from './lines.ts'

export interface Written {
  /** The line, for `Step 1/2 : …`. */
  readonly original: string
  /** The lines it takes, counted from 1. */
  readonly line: number
  readonly endLine: number
}

export type Pair = readonly [name: string, value: string]

/** A command: words, or one line for the shell. */
export interface CommandLine {
  readonly words: readonly string[]
  readonly shell: boolean
}

export type Instruction = Written &
  (
    | { readonly kind: 'ADD' | 'COPY'; readonly copy: Copy }
    | { readonly kind: 'ARG'; readonly args: readonly (readonly [name: string, value: string | undefined])[] }
    | { readonly kind: 'CMD' | 'ENTRYPOINT'; readonly command: CommandLine }
    | { readonly kind: 'RUN'; readonly command: CommandLine; readonly run: RunSettings }
    | { readonly kind: 'ENV' | 'LABEL'; readonly pairs: readonly Pair[] }
    | { readonly kind: 'EXPOSE' | 'VOLUME' | 'SHELL'; readonly words: readonly string[] }
    | { readonly kind: 'HEALTHCHECK'; readonly check: Healthcheck }
    | { readonly kind: 'MAINTAINER' | 'ONBUILD' | 'STOPSIGNAL' | 'USER' | 'WORKDIR'; readonly word: string }
  )

export interface Copy {
  readonly sources: readonly string[]
  readonly target: string
  /** `--from`; '' for the context. */
  readonly from: string
  readonly chown: string
  readonly chmod: string
  /** Other flags that were given. */
  readonly flags: readonly string[]
  readonly heredocs: readonly Heredoc[]
}

export interface RunSettings {
  /** Flags that were given: `mount`, `network`. */
  readonly flags: readonly string[]
  readonly network: string
  readonly mounts: readonly string[]
  readonly heredocs: readonly Heredoc[]
}

export interface Stage extends Written {
  /** As it was written. */
  readonly base: string
  /** In small letters; '' if it has none. */
  readonly name: string
  readonly platform: string
  readonly instructions: readonly Instruction[]
}

export interface Dockerfile {
  /** ARG before the first FROM. */
  readonly metaArgs: readonly Extract<Instruction, { kind: 'ARG' }>[]
  readonly stages: readonly Stage[]
  readonly escape: string
  readonly warnings: readonly string[]
}

export type CopyInstruction = Extract<Instruction, { kind: 'ADD' | 'COPY' }>

export const isCopy = (step: Instruction): step is CopyInstruction =>
  step.kind === 'ADD' || step.kind === 'COPY'
