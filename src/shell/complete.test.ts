import { expect, test } from 'vitest'
import { isComplete, splitInputs } from './complete.ts'

const texts = (script: string): string[] => splitInputs(script).map((input) => input.text)

test('a script is split as a user would type it', () => {
  const script =
    '# top\necho a; echo b\n\nfor i in 1 2\ndo\n  echo $i # in\ndone\ncat <<E > f\nfi\nE\necho c \\\n  d\n'
  expect(splitInputs(script)).toEqual([
    { text: 'echo a; echo b', line: 2 },
    { text: 'for i in 1 2\ndo\n  echo $i # in\ndone', line: 4 },
    { text: 'cat <<E > f\nfi\nE', line: 8 },
    { text: 'echo c \\\n  d', line: 11 },
  ])
})

test('here-documents, functions and quotes over several lines stay together', () => {
  expect(texts('cat <<-A <<B\n\tx\n\tA\ny\nB\necho z')).toEqual(['cat <<-A <<B\n\tx\n\tA\ny\nB', 'echo z'])
  expect(texts('f() {\n  g\n}\nf')).toEqual(['f() {\n  g\n}', 'f'])
  expect(texts('echo "a\nb"\necho \'c\n\nd\'')).toEqual(['echo "a\nb"', "echo 'c\n\nd'"])
  expect(texts('a=(\n1\n2\n)\necho $(\nls\n)')).toEqual(['a=(\n1\n2\n)', 'echo $(\nls\n)'])
})

test('what never ends is one input', () => {
  expect(texts('if true\nthen\necho')).toEqual(['if true\nthen\necho'])
})

test('isComplete: whole, or wrong for good', () => {
  for (const text of ['echo', '', 'fi', 'echo )', '# x \\', 'a && b', 'x=$(y)'])
    expect([text, isComplete(text)]).toEqual([text, true])
  for (const text of [
    'echo \\',
    'a |',
    'a &&',
    '(',
    '{',
    'if a',
    '"',
    "'",
    '$(',
    '`',
    'cat <<E',
    '((1',
    '[[ a',
    'case x in',
  ])
    expect([text, isComplete(text)]).toEqual([text, false])
})
