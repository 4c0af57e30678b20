// watch(1): procps' and BusyBox'.

import { decode } from '../../base/bytes.ts'
import { seconds } from '../../base/instant.ts'
import { createSink, takeFrom } from '../../kernel/open.ts'
import { terminalOf } from '../../kernel/tty.ts'
import { both, parseOptions, refuse } from '../program.ts'
import { isStarted, start } from './command.ts'
import { formatDate } from './date.ts'

const grammar = {
  short: 'bcdegn:ptwx',
  long: { 'interval:': 'n', 'no-title': 't', exec: 'x', differences: 'd', errexit: 'e', chgexit: 'g' },
  stopAtOperand: true,
}

const usage = `
Usage:
 watch [options] command

Options:
  -b, --beep             beep if command has a non-zero exit
  -c, --color            interpret ANSI color and style sequences
  -d, --differences[=<permanent>]
                         highlight changes between updates
  -e, --errexit          exit if command has a non-zero exit
  -g, --chgexit          exit when output from command changes
  -q, --equexit <cycles>
                         exit when output from command does not change
  -n, --interval <secs>  seconds to wait between updates
  -p, --precise          attempt run command in precise intervals
  -t, --no-title         turn off header
  -w, --no-wrap          turn off line wrapping
  -x, --exec             pass command to exec instead of "sh -c"

 -h, --help     display this help and exit
 -v, --version  output version information and exit

For more details see watch(1).`

export const watch = both({
  name: 'watch',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, grammar)
    const { operands } = options
    if (operands.length === 0) return flavour === 'gnu' ? proc.fail(usage) : refuse(proc, '', flavour, 1)
    const interval = Math.max(0.1, Number(options.value('n') ?? 2) || 2)
    const command = operands.join(' ')
    const argv = options.has('x') ? operands : ['sh', '-c', command]
    let former: string | undefined
    for (;;) {
      const sink = createSink()
      const files = new Map(proc.files).set(1, sink).set(2, sink)
      const child = start(proc, argv, { files })
      if (!isStarted(child)) return proc.fail(`watch: ${argv[0]}: ${child.words}`, child.status)
      const status = yield* proc.waitFor(child)
      const text = decode(takeFrom(sink))
      const columns = terminalOf(proc.files.get(1))?.columns ?? 80
      const left = `Every ${interval.toFixed(1)}s: ${command}`
      const { calendar } = proc.machine
      const date = formatDate('%a %b %e %H:%M:%S %Y', proc.moment(), {
        minutes: calendar.zoneMinutes,
        name: calendar.zoneName,
      })
      const right =
        flavour === 'gnu'
          ? `${proc.namespaces.uts.hostname}: ${date}`
          : formatDate('%F %T', proc.moment(), { minutes: 0, name: 'UTC' })
      const title = options.has('t')
        ? ''
        : `${left}${right.padStart(Math.max(right.length + 1, columns - left.length))}\n\n`
      proc.write(1, `\x1b[H\x1b[J${title}${text}`)
      if ((options.has('e') && status !== 0) || (options.has('g') && former !== undefined && former !== text))
        return status
      former = text
      yield* proc.sleep(seconds(interval))
    }
  },
})
