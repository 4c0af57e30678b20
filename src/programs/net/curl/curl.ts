// curl: the line, each URL in turn, retries, and the exit code.

import { seconds } from '../../../base/instant.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { One, type Output } from './one.ts'
import { readCurlLine } from './options.ts'
import { type CurlRelease, curl788, curl814 } from './release.ts'
import { dropKept, type Kept } from './run.ts'
import type { CurlSettings } from './settings.ts'

const curlProgram = (name: string, release: CurlRelease): Program => ({
  name,
  *main(proc) {
    const words = proc.argv.slice(1)
    const hint = "curl: try 'curl --help' or 'curl --manual' for more information"
    if (words.length === 0) return proc.fail(hint, 2)
    const asked = yield* readCurlLine(proc, words)
    if (typeof asked === 'number') return asked
    if (asked === 'help' || asked === 'categories') return printLines(proc, release.help)
    if (asked === 'version') return printLines(proc, release.about)
    if (asked.urls.length === 0) return proc.fail(`${release.noUrl}\n${hint}`, 2)
    return yield* runAll(proc, asked, release)
  },
})

/** As Debian 13 has it. */
export const curl = curlProgram('curl', curl814)
/** As Debian 12 has it. */
export const curlBookworm = curlProgram('curl.bookworm', curl788)

function printLines(proc: Process, text: string): number {
  proc.print(text)
  return 0
}

function* runAll(proc: Process, settings: CurlSettings, release: CurlRelease): Task<number> {
  const kept: Kept = { stream: undefined, place: '', host: '', number: 0, opened: 0 }
  if (settings.verbose) for (const line of settings.resolveLines) proc.printError(`* ${line}`)
  let status = 0
  for (const [index, text] of settings.urls.entries()) {
    const output = index < settings.outputs.length ? { file: settings.outputs[index] } : undefined
    status = yield* runWithRetries(proc, settings, release, kept, text, output)
  }
  dropKept(proc, kept)
  return status
}

function* runWithRetries(
  proc: Process,
  settings: CurlSettings,
  release: CurlRelease,
  kept: Kept,
  text: string,
  output: Output,
): Task<number> {
  let left = settings.retries
  let pause = settings.retryDelay || 1
  let again = false
  for (;;) {
    const one = new One(proc, settings, release, kept, again)
    const status = yield* one.run(text, output)
    const reason = left > 0 ? retryReason(settings, status, one.lastStatus) : undefined
    if (reason === undefined) return status
    const times = `${left} ${left === 1 ? 'retry' : 'retries'} left.`
    if (!settings.silent)
      proc.printError(
        `Warning: Problem : ${reason}. Will retry in ${pause} second${pause === 1 ? '' : 's'}. ${times}`,
      )
    yield* proc.sleep(seconds(pause))
    left--
    again = true
    if (!settings.retryDelay) pause = Math.min(pause * 2, 600)
  }
}

/** What tool_operate.c takes for a passing trouble. */
function retryReason(settings: CurlSettings, status: number, http: number): string | undefined {
  if (status === 28) return 'timeout'
  if (status === 6 || status === 5) return 'timeout'
  if (status === 7 && (settings.retryConnRefused || settings.retryAllErrors)) return 'connection refused'
  if ([408, 429, 500, 502, 503, 504].includes(http)) return 'HTTP error'
  return status !== 0 && settings.retryAllErrors ? '(retrying all errors)' : undefined
}
