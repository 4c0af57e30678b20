// Recording anew agrees with what was recorded. It needs an engine, empty and for this alone: DOCKSIM_ENGINE says where.

import { expect, test } from 'vitest'
import { compareStep } from '../../tools/parity/compare.ts'
import { readPlace, readRecording } from '../../tools/parity/recordings.ts'
import { createReferences } from '../../tools/parity/references.ts'
import { engineAt, imagesOf, leftovers, releaseOf, wipe } from '../../tools/record/engine.ts'
import { recordSession } from '../../tools/record/session.ts'

const { DOCKSIM_ENGINE: host } = process.env

if (host === undefined) console.log('no recording is made: DOCKSIM_ENGINE names no engine to record on')

test.skipIf(host === undefined)('a recording made anew is the recording', () => {
  const engine = engineAt(host)
  const release = releaseOf(engine)
  if (release === undefined) throw new Error('there are no recordings of this release')
  expect(leftovers(engine)).toEqual([])
  const kept = imagesOf(engine)
  const { steps, script } = readRecording(release, 'connect-1')
  const anew = recordSession(script, engine.env, 60)
  wipe(engine, kept)
  const references = createReferences(`${script}\n${readPlace(release).text}`)
  const differences = steps.flatMap((step, index) =>
    compareStep(step, anew[index] ?? { cmd: '', out: '', err: '', rc: -1 }, references),
  )
  expect(differences).toEqual([])
})

test('a session has one bash: what a command sets is there for the next, its status too, and exit ends it', () => {
  const script =
    'x=1; false\necho "$x $?"\nnosuch\nfor i in 1 2; do\n  echo $i\ndone\npwd\nexit 3\necho never\n'
  expect(recordSession(script, process.env, 60)).toEqual([
    { cmd: 'x=1; false', out: '', err: '', rc: 1 },
    { cmd: 'echo "$x $?"', out: '1 1\n', err: '', rc: 0 },
    { cmd: 'nosuch', out: '', err: 'bash: line 3: nosuch: command not found\n', rc: 127 },
    { cmd: 'for i in 1 2; do\n  echo $i\ndone', out: '1\n2\n', err: '', rc: 0 },
    { cmd: 'pwd', out: '/root\n', err: '', rc: 0 },
    { cmd: 'exit 3', out: '', err: '', rc: 3 },
  ])
})
