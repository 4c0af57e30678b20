// Which parts of an instruction have variables, and the instruction with these replaced
// (buildkit frontend/dockerfile/instructions/commands.go, the Expand methods).

import { type Environment, expandWord, expandWords, type Lexer } from './expand.ts'
import type { Instruction, Pair } from './instruction.ts'

/** Throws Error with the reason. */
export function substitute(lexer: Lexer, step: Instruction, environment: Environment): Instruction {
  const word = (text: string): string => expandWord(lexer, text, environment)
  switch (step.kind) {
    case 'ADD':
    case 'COPY': {
      const { copy } = step
      const heredocs = copy.heredocs.map((heredoc) =>
        heredoc.expands ? { ...heredoc, content: expandText(lexer, heredoc.content, environment) } : heredoc,
      )
      const sources = copy.sources.map(word)
      return {
        ...step,
        copy: { ...copy, chown: word(copy.chown), sources, target: word(copy.target), heredocs },
      }
    }
    case 'ARG':
      return {
        ...step,
        args: step.args.map(([name, value]) => [word(name), value === undefined ? undefined : word(value)]),
      }
    case 'ENV':
    case 'LABEL':
      return { ...step, pairs: step.pairs.map(([name, value]): Pair => [word(name), word(value)]) }
    case 'EXPOSE':
      return { ...step, words: step.words.flatMap((text) => expandWords(lexer, text, environment)) }
    case 'VOLUME':
      return { ...step, words: step.words.map(word) }
    case 'STOPSIGNAL':
    case 'USER':
    case 'WORKDIR':
      return { ...step, word: word(step.word) }
    default:
      return step
  }
}

/** Variables of a here-document; its quotes are no quotes. */
function expandText(lexer: Lexer, text: string, environment: Environment): string {
  return text.replace(/\\\$|\$\{[^}]*\}|\$[A-Za-z_]\w*/g, (found) =>
    found === '\\$' ? '$' : expandWord(lexer, found, environment),
  )
}
