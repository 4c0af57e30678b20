// The line of redis-cli (parseOptions of redis-cli.c).

import type { Process } from '../../../kernel/process.ts'

export interface CliOptions {
  host: string
  port: number
  user: string | undefined
  password: string | undefined
  /** The password stood on the line. */
  warns: boolean
  database: number
  raw: boolean
  /** -e: an error reply ends it. */
  failsOnError: boolean
  /** -x: the last argument is its input. */
  fromInput: boolean
  times: number
  /** Seconds. */
  interval: number
  /** The command. */
  words: readonly string[]
}

/** Known to redis-cli, and not simulated. */
const unsimulated = new Set(
  `-s -t -X -D -d -2 -3 -c -4 -6 --tls --csv --quoted-csv --json --quoted-json --show-pushes --stat --latency --latency-history
  --latency-dist --lru-test --replica --rdb --functions-rdb --pipe --bigkeys --memkeys --hotkeys --scan --pattern --count
  --quoted-pattern --intrinsic-latency --eval --ldb --ldb-sync-mode --cluster --verbose --askpass --help`.split(
    /\s+/,
  ),
)

const withArgument = new Set(['-h', '-p', '-a', '--pass', '--user', '-n', '-r', '-i', '-u'])

/** What the line says, or the status after it was answered. */
export function readCliLine(proc: Process): CliOptions | number {
  const options: CliOptions = {
    host: '127.0.0.1',
    port: 6379,
    user: undefined,
    password: proc.env('REDISCLI_AUTH') || undefined,
    warns: false,
    database: 0,
    raw: proc.files.get(1)?.operations.kind !== 'terminal',
    failsOnError: false,
    fromInput: false,
    times: 1,
    interval: 0,
    words: [],
  }
  const words = proc.argv.slice(1)
  let silent = false
  while (words[0]?.startsWith('-')) {
    const option = words.shift() ?? ''
    const refused = (): number => proc.fail(`Unrecognized option or bad number of args for: '${option}'`)
    if (unsimulated.has(option)) return proc.fail(`redis-cli: docksim does not simulate ${option}`)
    if (withArgument.has(option)) {
      const argument = words.shift()
      if (argument === undefined) return refused()
      if (!take(options, option, argument)) return proc.fail(`Invalid URI scheme`)
    } else if (option === '-x') options.fromInput = true
    else if (option === '-e') options.failsOnError = true
    else if (option === '--raw') options.raw = true
    else if (option === '--no-raw') options.raw = false
    else if (option === '--no-auth-warning') silent = true
    else if (option === '-v' || option === '--version') {
      proc.print('redis-cli 8.2.3')
      return 0
    } else return refused()
  }
  if (silent) options.warns = false
  options.words = words
  return options
}

/** Numbers are read as atoi(3) reads them. */
const whole = (text: string): number => Number(/^-?\d+/.exec(text)?.[0] ?? 0)

function take(options: CliOptions, option: string, argument: string): boolean {
  if (option === '-h') options.host = argument
  else if (option === '-p') options.port = whole(argument)
  else if (option === '-n') options.database = whole(argument)
  else if (option === '-r') options.times = whole(argument) < 0 ? Number.POSITIVE_INFINITY : whole(argument)
  else if (option === '-i') options.interval = Number.parseFloat(argument) || 0
  else if (option === '--user') options.user = argument
  else if (option === '-u') return takeUri(options, argument)
  else {
    options.password = argument
    options.warns = true
  }
  return true
}

/** `redis://[USER[:PASSWORD]@]HOST[:PORT][/DATABASE]` */
function takeUri(options: CliOptions, uri: string): boolean {
  const match = /^redis:\/\/(?:([^:@]*)(?::([^@]*))?@)?([^:/]*)(?::(\d+))?(?:\/(\d*))?$/.exec(uri)
  if (!match) return false
  const [, user, password, host, port, database] = match
  if (user !== undefined) {
    options.password = password ?? user
    options.user = password === undefined || user === '' ? undefined : user
    options.warns = true
  }
  if (host) options.host = host
  if (port) options.port = Number(port)
  if (database) options.database = Number(database)
  return true
}
