// tty(1), stty(1), clear(1) and reset(1).

import { strerror } from '../../base/errno.ts'
import { terminalOf } from '../../kernel/tty.ts'
import { both, parseOptions, quote } from '../program.ts'

export const tty = both({
  name: 'tty',
  trouble: 2,
  *main(proc) {
    const options = parseOptions(proc.argv, { short: 's', long: { silent: 's', quiet: 's' } })
    const terminal = terminalOf(proc.files.get(0))
    if (!options.has('s')) proc.print(terminal ? `/dev/${terminal.name}` : 'not a tty')
    return terminal ? 0 : 1
  },
})

export const stty = both({
  name: 'stty',
  *main(proc, flavour) {
    const terminal = terminalOf(proc.files.get(0))
    const name = flavour === 'gnu' ? quote(proc, 'standard input') : 'standard input'
    if (!terminal) return proc.fail(`stty: ${name}: ${strerror('ENOTTY')}`)
    const words = proc.argv.slice(1)
    if (words.length === 0 || words[0] === '-a') {
      if (words.length > 0)
        proc.print(`speed 38400 baud; rows ${terminal.rows}; columns ${terminal.columns}; line = 0;`)
      else proc.print('speed 38400 baud; line = 0;')
      proc.print(`${terminal.raw ? '-icanon' : 'icanon'} ${terminal.echo ? 'echo' : '-echo'}`)
      return 0
    }
    for (let index = 0; index < words.length; index++) {
      const word = words[index] ?? ''
      if (word === 'size') proc.print(`${terminal.rows} ${terminal.columns}`)
      else if (word === 'echo' || word === '-echo') terminal.echo = word === 'echo'
      else if (word === 'raw') terminal.raw = true
      else if (word === '-raw' || word === 'cooked' || word === 'sane') {
        terminal.raw = false
        if (word === 'sane') terminal.echo = true
      } else if (word === 'rows' || word === 'cols' || word === 'columns') {
        const value = Number(words[++index])
        if (word === 'rows') terminal.rows = value
        else terminal.columns = value
      } else
        return proc.fail(
          flavour === 'gnu'
            ? `stty: invalid argument ${quote(proc, word)}\nTry 'stty --help' for more information.`
            : `stty: invalid argument '${word}'`,
        )
    }
    return 0
  },
})

export const clear = [
  ...both({
    name: 'clear',
    *main(proc, flavour) {
      if (flavour === 'gnu' && proc.env('TERM') === '') return proc.fail('TERM environment variable not set.')
      proc.write(1, flavour === 'gnu' ? '\x1b[H\x1b[2J\x1b[3J' : '\x1b[H\x1b[J')
      return 0
    },
  }),
]

export const reset = both({
  name: 'reset',
  *main(proc, flavour) {
    const terminal = [0, 1, 2].map((descriptor) => terminalOf(proc.files.get(descriptor)))
    if (flavour === 'busybox') {
      if (!terminal.includes(undefined)) proc.write(1, '\x1bc\x1b(B\x1b[m\x1b[J\x1b[?25h')
      return 0
    }
    // tset.c of ncurses looks for a terminal behind any of the three; its status for a failed call is 10.
    const found = terminal.find((one) => one !== undefined)
    if (!found) return proc.fail(`reset: terminal attributes: ${strerror('ENXIO')}\n`, 10)
    found.raw = false
    found.echo = true
    // The strings of xterm-256color, recorded.
    proc.write(2, '\x1bc\x1b]104\x07\x1b[!p\x1b[?3;4l\x1b[4l\x1b>\x1b[?69l\r')
    return 0
  },
})
