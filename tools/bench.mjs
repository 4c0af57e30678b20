// npm run bench: measures docksim on this machine and prints the figures; docs/performance.md says what they mean.
// `npm run bench -- quick` leaves the large worlds out.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'

const quick = process.argv.includes('quick')
const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env
const folder = mkdtempSync(join(tmpdir(), 'docksim-bench-'))
const program = join(folder, 'measure.cjs')

try {
  await build({
    entryPoints: ['tools/bench/measure.ts'],
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    outfile: program,
    logLevel: 'warning',
  })
  say(`node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}`)
  startUp()
  commands()
  among()
  forks()
} finally {
  rmSync(folder, { recursive: true })
}

/** The two start in turns, so that whatever else the machine does meets both. */
function startUp() {
  const rounds = quick ? 10 : 40
  const bare = []
  const ours = []
  spawn('bin/docksim', ['sh', '-c', 'true'])
  for (let round = 0; round < rounds; round++) {
    bare.push(spawn('-e', ['0']))
    ours.push(spawn('bin/docksim', ['sh', '-c', 'true']))
  }
  const [fastBare, fastOurs] = [bare, ours].map((taken) => Math.min(...taken))
  const [bareMedian, oursMedian] = [bare, ours].map(median)
  say(`start-up, median of ${rounds}: node -e 0 ${ms(bareMedian)}, docksim sh -c true ${ms(oursMedian)}`)
  say(`start-up, least of ${rounds}:  node -e 0 ${ms(fastBare)}, docksim sh -c true ${ms(fastOurs)}`)
  say(
    `start-up, ratio: ${(oursMedian / bareMedian).toFixed(2)} of medians, ${(fastOurs / fastBare).toFixed(2)} of least`,
  )
}

function commands() {
  for (const count of quick ? [1000] : [1000, 10_000]) {
    const { perSecond, fold } = measure('commands', count)
    say(`${count} mixed commands in one world: ${perSecond.toFixed(0)} a second; their fold ${ms(fold)}`)
  }
}

function among() {
  const sizes = quick ? [10, 100, 1000] : [10, 100, 1000, 5000]
  const rows = sizes.map((size) => measure('among', size))
  for (const { count, run, ping, nothing, memory } of rows)
    say(
      `among ${count} containers: docker run -d ${ms(run)}, warm ping ${ms(ping)}, true ${ms(nothing)}, ` +
        `${(memory / 1024).toFixed(1)} KB of memory each`,
    )
  const [least, most] = [rows[0], rows.at(-1)]
  say(
    `most against fewest: run × ${(most.run / least.run).toFixed(2)}, ping × ${(most.ping / least.ping).toFixed(2)}`,
  )
}

function forks() {
  for (const [count, networks] of [
    [1000, 0],
    [1000, 1],
    [1000, 10],
  ]) {
    const { least, median: middle } = measure('forks', count, networks)
    const where = networks === 0 ? 'the default bridge' : `${networks} user-defined network(s)`
    say(`fork of ${count} idle containers on ${where}: median ${ms(middle)}, least ${ms(least)}`)
  }
}

function measure(...words) {
  const output = execFileSync(process.execPath, ['--expose-gc', program, ...words.map(String)], {
    env: environment,
    encoding: 'utf8',
  })
  return JSON.parse(output)
}

function spawn(...[file, words]) {
  const start = performance.now()
  const { status } = spawnSync(process.execPath, [file, ...words], { env: environment, stdio: 'ignore' })
  if (status !== 0) throw new Error(`${file} ended with ${status}`)
  return performance.now() - start
}

function median(taken) {
  return [...taken].sort((a, b) => a - b)[Math.floor(taken.length / 2)]
}

function ms(time) {
  return `${time.toFixed(time < 10 ? 2 : 0)} ms`
}

function say(line) {
  process.stdout.write(`${line}\n`)
}
