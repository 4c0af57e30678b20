// seq(1) and yes(1), of GNU and of BusyBox.

import { both, parseOptions, quote, refuse } from '../program.ts'

export const seq = both({
  name: 'seq',
  *main(proc, flavour) {
    // A negative number is no option.
    const argv = proc.argv.map((word) => (/^-\.?\d/.test(word) ? `\0${word}` : word))
    const options = parseOptions(argv, {
      short: 'f:s:w',
      long: { 'separator:': 's', 'equal-width': 'w', 'format:': 'f' },
      stopAtOperand: true,
    })
    const words = options.operands.map((word) => word.replace('\0', ''))
    if (words.length === 0) return refuse(proc, flavour === 'gnu' ? 'missing operand' : '', flavour, 1)
    if (words.length > 3)
      return refuse(proc, flavour === 'gnu' ? `extra operand ${quote(proc, words[3] ?? '')}` : '', flavour, 1)
    const numbers = words.map(Number)
    const wrong = words.find((word, index) => word === '' || Number.isNaN(numbers[index]))
    if (wrong !== undefined)
      return refuse(
        proc,
        flavour === 'gnu' ? `invalid floating point argument: ${quote(proc, wrong)}` : '',
        flavour,
        1,
      )
    const [first, step, last] =
      numbers.length === 1 ? [1, 1, numbers[0]] : numbers.length === 2 ? [numbers[0], 1, numbers[1]] : numbers
    if (first === undefined || step === undefined || last === undefined) return 1
    if (step === 0)
      return refuse(
        proc,
        flavour === 'gnu' ? `invalid Zero increment value: ${quote(proc, words[1] ?? '')}` : '',
        flavour,
        1,
      )
    const decimals = Math.max(...words.map((word) => (word.split('.')[1] ?? '').length))
    const width = options.has('w')
      ? Math.max(first.toFixed(decimals).length, last.toFixed(decimals).length)
      : 0
    const joiner = options.value('s') ?? '\n'
    let printed = false
    for (let index = 0; ; index++) {
      const value = first + index * step
      if (step > 0 ? value > last + 1e-9 : value < last - 1e-9) break
      proc.write(1, `${printed ? joiner : ''}${value.toFixed(decimals).padStart(width, '0')}`)
      printed = true
      yield* proc.flush()
    }
    if (printed) proc.write(1, '\n')
    return 0
  },
})

export const yes = both({
  name: 'yes',
  *main(proc) {
    const words = proc.argv.slice(1)
    const line = `${words.length > 0 ? words.join(' ') : 'y'}\n`
    const block = line.repeat(Math.max(1, Math.floor(8192 / line.length)))
    for (;;) {
      proc.write(1, block)
      yield* proc.flush()
    }
  },
})
