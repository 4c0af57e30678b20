// What each instruction does to the configuration of the next image, but for FROM, RUN, COPY and ADD
// (moby builder/dockerfile/dispatchers.go). Each returns the comment by which cache and history know it.

import { printGoDuration } from '../../base/go/duration.ts'
import { inRelease } from '../../base/release.ts'
import { joinPath } from '../../kernel/fs/lookup.ts'
import { parseSignal } from '../../kernel/signal.ts'
import { mergeHealthcheck } from '../container/healthcheck.ts'
import { type Engine, worded } from '../engine.ts'
import type { Healthcheck, ImageConfig } from '../image/image.ts'
import type { CommandLine, Instruction, Pair } from './dockerfile/instruction.ts'
import { goQuote, goQuotes } from './go.ts'
import { exposedPorts } from './ports.ts'
import { type StageState, shellOf } from './stage.ts'

export type Plain = Exclude<Instruction, { kind: 'RUN' | 'COPY' | 'ADD' }>

/** Changes the stage as a plain instruction, its variables replaced, says. Throws Error with the reason. */
export function applyPlain(
  engine: Engine,
  state: StageState,
  step: Plain,
  note: (line: string) => void,
): string {
  const set = (change: Partial<ImageConfig>): void => {
    state.config = { ...state.config, ...change }
  }
  switch (step.kind) {
    case 'ARG':
      return declareArgs(state, step.args)
    case 'CMD': {
      const cmd = commandOf(state, step.command)
      set({ cmd })
      state.hasCommand = cmd.length > 0
      return `CMD ${goQuotes(cmd)}`
    }
    case 'ENTRYPOINT': {
      const entrypoint = commandOf(state, step.command)
      set({ entrypoint: entrypoint.length > 0 ? entrypoint : undefined })
      if (!state.hasCommand) set({ cmd: undefined })
      return `ENTRYPOINT ${goQuotes(entrypoint)}`
    }
    case 'ENV':
      set({ env: withPairs(state.config.env, step.pairs) })
      return `ENV${step.pairs.map(([name, value]) => ` ${name}=${value}`).join('')}`
    case 'LABEL':
      set({ labels: { ...state.config.labels, ...Object.fromEntries(step.pairs) } })
      return `LABEL${step.pairs.map(([name, value]) => ` ${name}=${value}`).join('')}`
    case 'EXPOSE':
      set({ exposedPorts: union(state.config.exposedPorts, exposedPorts(step.words)) })
      return `EXPOSE ${step.words.join(' ')}`
    case 'VOLUME':
      set({ volumes: union(state.config.volumes, step.words) })
      return `VOLUME [${step.words.join(' ')}]`
    case 'SHELL':
      set({ shell: step.words })
      return `SHELL [${step.words.join(' ')}]`
    case 'HEALTHCHECK': {
      const before = state.config.healthcheck
      if (before && before.test.length > 0 && before.test[0] !== 'NONE')
        note(`Note: overriding previous HEALTHCHECK: [${before.test.join(' ')}]\n`)
      // What the instruction does not say stays as it was: the commit merges both (recorded).
      set({ healthcheck: mergeHealthcheck(step.check, before) })
      return `HEALTHCHECK ${checkText(engine, step.check)}`
    }
    default:
      return applyWord(engine, state, step)
  }
}

type WordStep = Extract<Plain, { readonly word: string }>

function applyWord(engine: Engine, state: StageState, { kind, word }: WordStep): string {
  const { config } = state
  switch (kind) {
    case 'MAINTAINER':
      state.author = word
      return `MAINTAINER ${word}`
    case 'ONBUILD':
      state.config = { ...config, onBuild: [...(config.onBuild ?? []), word] }
      return `ONBUILD ${word}`
    case 'STOPSIGNAL':
      if (!parseSignal(word))
        throw new Error(
          worded(engine, { '19.03': `Invalid signal: ${word}`, '28': `invalid signal: ${word}` }),
        )
      state.config = { ...config, stopSignal: word }
      return `STOPSIGNAL ${word}`
    case 'USER':
      state.config = { ...config, user: word }
      return `USER ${word}`
    default: {
      if (word === '') throw new Error('cannot normalize nothing')
      const workingDir = joinPath(config.workingDir || '/', word)
      state.config = { ...config, workingDir }
      return `WORKDIR ${workingDir}`
    }
  }
}

/** The words that run: for a line, the shell before it. */
export const commandOf = (state: StageState, { words, shell }: CommandLine): readonly string[] =>
  shell ? [...shellOf(state), ...(words.length > 0 ? [words.join(' ')] : [])] : words

const union = (old: readonly string[], more: readonly string[]): readonly string[] => [
  ...new Set([...old, ...more]),
]

function withPairs(env: readonly string[], pairs: readonly Pair[]): readonly string[] {
  const lines = [...env]
  for (const [name, value] of pairs) {
    const place = lines.findIndex((line) => line.startsWith(`${name}=`))
    if (place < 0) lines.push(`${name}=${value}`)
    else lines[place] = `${name}=${value}`
  }
  return lines
}

function declareArgs(
  state: StageState,
  args: readonly (readonly [name: string, value: string | undefined])[],
): string {
  for (const [name, value] of args) {
    state.args.declared.set(name, value)
    state.args.referenced.add(name)
  }
  return `ARG ${args.map(([name, value]) => (value === undefined ? name : `${name}=${value}`)).join(' ')}`
}

/** As Go prints the record: with %+v from 28 on, with %q before. */
function checkText(engine: Engine, check: Healthcheck): string {
  const { interval, timeout, startPeriod, startInterval, retries } = check
  const plain = inRelease({ '19.03': false, '28': true }, engine.release)
  const times = [interval, timeout, startPeriod, ...(plain ? [startInterval] : [])].map((time) =>
    printGoDuration(BigInt(time)),
  )
  if (plain) return `&{[${check.test.join(' ')}] ${times.join(' ')} ${retries}}`
  return `&{${goQuotes(check.test)} ${times.map(goQuote).join(' ')} '${runeText(retries)}'}`
}

function runeText(value: number): string {
  const letter = String.fromCodePoint(Math.min(value, 0x10ffff))
  if (/[\u0020-\u007e]/.test(letter)) return letter
  const special: Readonly<Record<string, string>> = {
    '\u0007': '\\a',
    '\b': '\\b',
    '\f': '\\f',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\v': '\\v',
  }
  return special[letter] ?? `\\x${value.toString(16).padStart(2, '0')}`
}
