// The messages are those of Docker 28.5.2 and 20.10.24, as recorded (tests/recordings/*/build-11.json).

import { describe, expect, it } from 'vitest'
import { DockerfileError } from './error.ts'
import { parseDockerfile } from './parse.ts'

function mistake(text: string, release: '20.10' | '28' = '28'): string {
  try {
    parseDockerfile(text, release)
  } catch (cause) {
    if (!(cause instanceof DockerfileError)) throw cause
    return cause.lines ? `${cause.lines[0]}: ${cause.message}` : cause.message
  }
  return ''
}

describe('parseDockerfile', () => {
  it.each([
    ['# only a comment\n', 'file with no instructions'],
    ['RUN true\n', 'no build stage in current context'],
    ['FROM alpine\nBOGUS x\n', '2: unknown instruction: BOGUS'],
    ['vm\n', '1: unknown instruction: vm (did you mean cmd?)'],
    ['FROM\n', '1: FROM requires either one or three arguments'],
    ['FROM alpine foo bar\n', '1: FROM requires either one or three arguments'],
    [
      'FROM alpine AS 1x\n',
      '1: invalid name for build stage: "1x", name can\'t start with a number or contain symbols',
    ],
    [
      'FROM alpine\nRUN [ "a", 1 ]\n',
      'when using JSON array syntax, arrays must be comprised of strings only',
    ],
    ['FROM alpine\nENV X\n', 'ENV must have two arguments'],
    ['FROM alpine\nENV A=1 B\n', 'Syntax error - can\'t find = in "B". Must be of the form: name=value'],
    ['FROM alpine\nENV =x\n', '2: ENV names can not be blank'],
    ['FROM alpine\nEXPOSE\n', '2: EXPOSE requires at least one argument'],
    ['FROM alpine\nSHELL /bin/sh\n', '2: SHELL requires the arguments to be in JSON form'],
    ['FROM alpine\nSHELL []\n', '2: SHELL requires at least one argument'],
    [
      'FROM alpine\nCOPY a\n',
      '2: COPY requires at least two arguments, but only one was provided. Destination could not be determined',
    ],
    ['FROM alpine\nCOPY --bogus=1 a b\n', '2: unknown flag: --bogus'],
    ['FROM alpine\nHEALTHCHECK CMD\n', '2: Missing command after HEALTHCHECK CMD'],
    ['FROM alpine\nHEALTHCHECK --interval=x CMD true\n', '2: time: invalid duration "x"'],
    ['FROM alpine\nONBUILD ONBUILD RUN true\n', "2: Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed"],
    ['# escape=x\nFROM alpine\n', "invalid escape token 'x' does not match ` or \\"],
    ['# escape=`\n# escape=`\nFROM alpine\n', 'only one escape parser directive can be used'],
  ])('refuses %j as 28 does', (text, words) => {
    expect(mistake(text)).toBe(words)
  })

  it.each([
    ['FROM alpine\nbogus x\n', '2: unknown instruction: BOGUS'],
    ['FROM alpine\nCOPY --bogus=1 a b\n', '2: Unknown flag: bogus'],
    ['FROM alpine\nRUN --network=none true\n', '2: Unknown flag: network'],
    ['FROM alpine\nHEALTHCHECK --retries=0 CMD true\n', '2: --retries must be at least 1 (not 0)'],
    ['FROM alpine\nRUN <<EOF\necho hi\nEOF\n', '3: unknown instruction: ECHO'],
  ])('refuses %j as 20.10 does', (text, words) => {
    expect(mistake(text, '20.10')).toBe(words)
  })

  it('joins lines, and leaves out comments between them', () => {
    const text = 'FROM alpine\n# a comment\n\nRUN echo a && \\\n    echo b && \\\n    # inside\n    echo c\n'
    const [stage] = parseDockerfile(text, '28').stages
    expect(stage?.instructions.map(({ original, line, endLine }) => [original, line, endLine])).toEqual([
      ['RUN echo a &&     echo b &&     echo c', 4, 7],
    ])
  })

  it('reads pairs with quotes and escapes, and the old form of one', () => {
    const text = 'FROM alpine\nENV X=1 Y="a b" Z=c\\ d\nENV OLD some words here\n'
    const [stage] = parseDockerfile(text, '28').stages
    expect(stage?.instructions.map((step) => 'pairs' in step && step.pairs)).toEqual([
      [
        ['X', '1'],
        ['Y', '"a b"'],
        ['Z', 'c\\ d'],
      ],
      [['OLD', 'some words here']],
    ])
  })
})
