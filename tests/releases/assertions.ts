// How facts of a release are told to a test: a line, and what it prints, with ids and addresses as placeholders.

import { expect } from 'vitest'
import { type Playground, playground } from '../play.ts'

export interface Stage extends Playground {
  /** The line succeeds. */
  readonly done: (line: string) => void
  /** The line prints `text` (and a new line) to standard output. */
  readonly prints: (line: string, text: string) => void
  /** The line ends with `rc`, and `text` (and a new line) is on standard error. */
  readonly says: (line: string, rc: number, text: string) => void
  /** The line fails with 125 in the frame of `docker run`. */
  readonly fails: (line: string, message: string) => void
}

const masked = (text: string): string =>
  text.replace(/\b[0-9a-f]{64}\b/g, '<ID>').replace(/\bbr-[0-9a-f]{12}\b/g, 'br-<NID12>')

export function stage(release: '19.03' | '29', frame: (message: string) => string): Stage {
  const lab = playground({ release })
  const run = (line: string) => {
    const { out, err, rc } = lab.run(line)
    return { out: masked(out), err: masked(err), rc }
  }
  const says = (line: string, rc: number, text: string) => {
    const told = run(line)
    expect({ err: told.err, rc: told.rc }, line).toEqual({ err: text === '' ? '' : `${text}\n`, rc })
  }
  return {
    world: lab.world,
    run,
    done: (line) => expect(run(line), line).toMatchObject({ err: '', rc: 0 }),
    prints: (line, text) =>
      expect(run(line), line).toEqual({ out: text === '' ? '' : `${text}\n`, err: '', rc: 0 }),
    says,
    fails: (line, message) => says(line, 125, frame(message)),
  }
}
