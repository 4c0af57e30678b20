// From a Dockerfile's text to its stages and instructions, each checked as far as that goes without running it
// (buildkit frontend/dockerfile/instructions/parse.go).

import { inRelease, type Release } from '../../../base/release.ts'
import { DockerfileError } from './error.ts'
import { type FlagValues, readFlags } from './flags.ts'
import { readHealthcheck } from './healthcheck.ts'
import type { CommandLine, Copy, Dockerfile, Instruction, Pair, Stage, Written } from './instruction.ts'
import { readLines } from './lines.ts'
import { type Node, nodeOf } from './node.ts'
import { suggestion } from './suggest.ts'

/** The stages of a Dockerfile. Throws DockerfileError. */
export function parseDockerfile(content: string, release: Release): Dockerfile {
  const { lines, escape: mark, warnings } = readLines(content, release)
  const nodes = lines.map((line) => nodeOf(line, mark))
  const metaArgs: Extract<Instruction, { kind: 'ARG' }>[] = []
  const stages: (Stage & { instructions: Instruction[] })[] = []
  for (const node of nodes) {
    if (node.name === 'FROM') {
      stages.push(located(node, () => stageOf(node, release)))
      continue
    }
    const instruction = located(node, () => instructionOf(node, release))
    const stage = stages.at(-1)
    if (stage) stage.instructions.push(instruction)
    else if (instruction.kind === 'ARG') metaArgs.push(instruction)
    else throw new DockerfileError('no build stage in current context')
  }
  return { metaArgs, stages, escape: mark, warnings }
}

/** The instructions of a trigger (ONBUILD), a line of its own. Throws DockerfileError. */
export function parseTrigger(text: string, release: Release): Instruction {
  const { lines, escape: mark } = readLines(text, release)
  const [line] = lines
  if (!line) throw new DockerfileError('file with no instructions')
  const node = nodeOf(line, mark)
  return located(node, () => instructionOf(node, release))
}

/** What is wrong with a node is told with its lines. */
function located<Result>(node: Node, read: () => Result): Result {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof Error) || cause instanceof DockerfileError) throw cause
    throw new DockerfileError(cause.message, [node.line, node.endLine])
  }
}

const writtenOf = ({ original, line, endLine }: Node): Written => ({ original, line, endLine })

function stageOf(node: Node, release: Release): Stage & { instructions: Instruction[] } {
  const flags = readFlags(node.name, node.flags, release)
  const [base = '', as = '', name = ''] = node.args
  if (node.args.length !== 1 && !(node.args.length === 3 && as.toLowerCase() === 'as'))
    throw new Error('FROM requires either one or three arguments')
  const stage = name.toLowerCase()
  if (stage !== '' && !/^[a-z][a-z0-9-_.]*$/.test(stage))
    throw new Error(
      `invalid name for build stage: "${name}", name can't start with a number or contain symbols`,
    )
  return {
    ...writtenOf(node),
    base,
    name: stage,
    platform: flags.get('platform')?.[0] ?? '',
    instructions: [],
  }
}

export const keywords: readonly string[] = [
  'add arg cmd copy entrypoint env expose from healthcheck label maintainer onbuild run shell stopsignal user',
  'volume workdir',
]
  .join(' ')
  .split(' ')

function unknownInstruction(node: Node, release: Release): Error {
  const suggests = inRelease({ '19.03': false, '28': true }, release)
  return new Error(
    `unknown instruction: ${suggests ? `${node.keyword}${suggestion(node.keyword, keywords)}` : node.name}`,
  )
}

function instructionOf(node: Node, release: Release): Instruction {
  const read = readers[node.name]
  if (!read) throw unknownInstruction(node, release)
  return read(node, readFlags(node.name, node.flags, release), release)
}

type Reader = (node: Node, flags: FlagValues, release: Release) => Instruction

function atLeastOne({ name, args }: Node): void {
  if (args.length === 0) throw new Error(`${name} requires at least one argument`)
}

function exactlyOne(node: Node): string {
  const [word] = node.args
  if (word === undefined || node.args.length !== 1)
    throw new Error(`${node.name} requires exactly one argument`)
  return word
}

const readPairs =
  (kind: 'ENV' | 'LABEL'): Reader =>
  (node) => {
    atLeastOne(node)
    const pairs: Pair[] = []
    for (let at = 0; at < node.args.length; at += 2) {
      if (node.args[at] === '') throw new Error(`${kind} names can not be blank`)
      pairs.push([node.args[at] ?? '', node.args[at + 1] ?? ''])
    }
    return { ...writtenOf(node), kind, pairs }
  }

const commandOf = (node: Node): CommandLine => ({ words: node.args, shell: !node.json })

const readCommand =
  (kind: 'CMD' | 'ENTRYPOINT'): Reader =>
  (node) => ({ ...writtenOf(node), kind, command: commandOf(node) })

const readWord =
  (kind: 'MAINTAINER' | 'STOPSIGNAL' | 'USER' | 'WORKDIR'): Reader =>
  (node) => ({ ...writtenOf(node), kind, word: exactlyOne(node) })

const readCopy =
  (kind: 'ADD' | 'COPY'): Reader =>
  (node, flags) => {
    if (node.args.length < 2)
      throw new Error(
        `${kind} requires at least two arguments, but only one was provided. Destination could not be determined`,
      )
    const copy: Copy = {
      sources: node.args.slice(0, -1).filter((word) => !isHeredoc(node, word)),
      target: node.args.at(-1) ?? '',
      from: flags.get('from')?.[0] ?? '',
      chown: flags.get('chown')?.[0] ?? '',
      chmod: flags.get('chmod')?.[0] ?? '',
      flags: [...flags.keys()].filter((flag) => flags.get(flag)?.[0] !== 'false'),
      heredocs: node.heredocs,
    }
    return { ...writtenOf(node), kind, copy }
  }

const isHeredoc = ({ heredocs }: Node, word: string): boolean =>
  heredocs.some(
    ({ name }) => word.replace(/^<<-?/, '').replace(/["']/g, '') === name && word.startsWith('<<'),
  )

const readRun: Reader = (node, flags) => ({
  ...writtenOf(node),
  kind: 'RUN',
  command: commandOf(node),
  run: {
    flags: [...flags.keys()],
    network: flags.get('network')?.[0] ?? '',
    mounts: flags.get('mount') ?? [],
    heredocs: node.heredocs,
  },
})

const readArg: Reader = (node, _, release) => {
  atLeastOne(node)
  if (node.args.length > 1 && !inRelease({ '19.03': false, '20.10': true }, release))
    throw new Error('ARG requires exactly one argument')
  const args = node.args.map((word): readonly [string, string | undefined] => {
    const equals = word.indexOf('=')
    if (equals === 0) throw new Error('ARG names can not be blank')
    return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)]
  })
  return { ...writtenOf(node), kind: 'ARG', args }
}

const readExpose: Reader = (node) => {
  atLeastOne(node)
  return { ...writtenOf(node), kind: 'EXPOSE', words: [...node.args].sort() }
}

const readVolume: Reader = (node) => {
  atLeastOne(node)
  const words = node.args.map((word) => word.trim())
  if (words.includes('')) throw new Error('VOLUME specified can not be an empty string')
  return { ...writtenOf(node), kind: 'VOLUME', words }
}

const readShell: Reader = (node) => {
  atLeastOne(node)
  if (!node.json) throw new Error('SHELL requires the arguments to be in JSON form')
  return { ...writtenOf(node), kind: 'SHELL', words: node.args }
}

const readOnbuild: Reader = (node) => {
  atLeastOne(node)
  const trigger = /^\S+/.exec(node.args[0]?.trim() ?? '')?.[0]?.toUpperCase() ?? ''
  if (trigger === 'ONBUILD') throw new Error("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed")
  if (trigger === 'MAINTAINER' || trigger === 'FROM')
    throw new Error(`${trigger} isn't allowed as an ONBUILD trigger`)
  return { ...writtenOf(node), kind: 'ONBUILD', word: node.original.replace(/^\s*ONBUILD\s*/i, '') }
}

const readers: Readonly<Record<string, Reader>> = {
  ADD: readCopy('ADD'),
  ARG: readArg,
  CMD: readCommand('CMD'),
  COPY: readCopy('COPY'),
  ENTRYPOINT: readCommand('ENTRYPOINT'),
  ENV: readPairs('ENV'),
  EXPOSE: readExpose,
  HEALTHCHECK: (node, flags, release) => ({
    ...writtenOf(node),
    kind: 'HEALTHCHECK',
    check: readHealthcheck(node, flags, release),
  }),
  LABEL: readPairs('LABEL'),
  MAINTAINER: readWord('MAINTAINER'),
  ONBUILD: readOnbuild,
  RUN: readRun,
  SHELL: readShell,
  STOPSIGNAL: readWord('STOPSIGNAL'),
  USER: readWord('USER'),
  VOLUME: readVolume,
  WORKDIR: readWord('WORKDIR'),
}
