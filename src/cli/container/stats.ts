// `docker container stats` (docker/cli cli/command/container/stats.go).

import { type Duration, milliseconds, seconds } from '../../base/instant.ts'
import { type Dated, inRelease } from '../../base/release.ts'
import type { Task } from '../../base/scheduler.ts'
import { type Container, isRunning, requireContainer, shortId } from '../../engine/container/container.ts'
import { type Usage, usageOf } from '../../engine/container/stats.ts'
import { isInterruption, signalNumbers } from '../../kernel/signal.ts'
import { any } from '../arity.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { bool, string } from '../flags/flag.ts'
import { formatList } from '../format/table.ts'
import { pace } from '../pace.ts'
import { formatTable } from '../words.ts'
import { refusalText } from './find.ts'
import { throwAll } from './several.ts'
import { type StatsRow, statsFormat, statsRows } from './statscolumns.ts'

export const stats = command({
  use: 'stats [OPTIONS] [CONTAINER...]',
  short: 'Display a live stream of container(s) resource usage statistics',
  spellings: 'docker container stats, docker stats',
  args: any,
  flags: {
    all: bool('Show all containers (default shows just running)', { short: 'a' }),
    format: string({ '19.03': 'Pretty-print images using a Go template', '28': formatTable }),
    'no-stream': bool('Disable streaming stats and only pull the first result'),
    'no-trunc': bool('Do not truncate output'),
  },
  *run(context, operands, flags) {
    const { proc, release } = context
    const format = statsFormat(flags.format)
    const print = (rows: readonly StatsRow[]): string =>
      formatList(statsRows, rows, format, context.traits.format)
    print([])
    yield* proc.sleep(pace.command)
    const named = operands.length > 0 ? findAll(context, operands) : undefined
    const streams = !flags['no-stream']
    const watch: Watch = {
      context,
      named,
      all: flags.all,
      truncates: !flags['no-trunc'],
      streams,
      seen: new Map(),
    }
    look(watch)
    yield* proc.sleep(firstLook)
    if (!streams) return proc.write(1, print(look(watch)))
    const overwrites = inRelease(staysOnScreen, release) === true
    const show = (rows: readonly StatsRow[]): void =>
      proc.write(1, overwrites ? overwritten(print(rows)) : `\x1b[2J\x1b[H${print(rows)}`)
    if (overwrites) for (const signal of ['INT', 'TERM'] as const) proc.catches.add(signal)
    for (;;) {
      show(look(watch))
      const signal = yield* pauseFor(context, period)
      if (!signal) continue
      show(look(watch).map((row) => ({ ...row, blank: true })))
      return 128 + signalNumbers[signal]
    }
  },
})

/** How long the daemon looks before it tells what share of the processors was used. */
const firstLook = seconds(1)
const period = milliseconds(500)

interface Watch {
  readonly context: Context
  /** Undefined for those that run now. */
  readonly named: readonly Named[] | undefined
  readonly all: boolean
  readonly truncates: boolean
  readonly streams: boolean
  /** The last two looks at each container, a second or more apart. */
  readonly seen: Map<Container, { before: Usage | undefined; last: Usage | undefined }>
}

interface Named {
  readonly container: Container
  /** As the line has it, or the short id. */
  readonly asked: string
}

function look(watch: Watch): StatsRow[] {
  const { context, named, all, truncates, streams, seen } = watch
  const { engine } = context
  const rows = named ?? listed([...engine.containers.values()].filter((each) => all || isRunning(each)))
  return rows.map(({ container, asked }) => {
    const usage = usageOf(engine, container)
    const known = seen.get(container) ?? { before: undefined, last: undefined }
    if (!known.last || !usage || usage.at - known.last.at >= firstLook) {
      known.before = usage && known.last
      known.last = usage
    }
    seen.set(container, known)
    return { container, asked, usage: known.last, before: known.before, truncates, blank: streams && !usage }
  })
}

/** The youngest first. */
const listed = (containers: readonly Container[]): Named[] =>
  [...containers].reverse().map((container) => ({ container, asked: shortId(container.id) }))

/** @throws StatusError for those that are not there */
function findAll({ engine }: Context, operands: readonly string[]): Named[] {
  const found: Named[] = []
  const refusals: string[] = []
  for (const asked of operands)
    try {
      found.push({ container: requireContainer(engine, asked), asked })
    } catch (cause) {
      refusals.push(refusalText(cause))
    }
  throwAll(refusals)
  return found
}

/** The signal that came meanwhile, if one did that the client catches: it ends after the next table. */
function* pauseFor({ proc }: Context, duration: Duration): Task<'INT' | 'TERM' | undefined> {
  try {
    yield* proc.sleep(duration)
    return undefined
  } catch (cause) {
    if (!isInterruption(cause, 'INT', 'TERM')) throw cause
    yield* proc.sleep(duration)
    return cause.signal === 'INT' ? 'INT' : 'TERM'
  }
}

/**
 * Old clients wipe the screen before each table. Young ones write over what there is, and when they are told to end,
 * they show one more table, of which they know nothing any more.
 */
const staysOnScreen: Dated<boolean> = { '19.03': false, '28': true }

/** All is said twice, as recorded: first as it is, then with what wipes the ends of lines. */
function overwritten(text: string): string {
  const plain = `\x1b[H${text}`
  const wiped = plain.split('\n').map((line) => `${line} \x1b[K\n`)
  return `${plain}${wiped.join('')}\x1b[J`
}
