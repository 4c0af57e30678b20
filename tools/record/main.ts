// npm run record: plays scripts on a real engine and writes down what it made of them.

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { recordingsFolder } from '../parity/recordings.ts'
import { engineAt, imagesOf, leftovers, releaseOf, wipe } from './engine.ts'
import { recordSession } from './session.ts'

const usage = `npm run record -- [--host unix:///...] [--release R] [--into FOLDER] [--wipe] SCRIPT...
  Plays each script (a shell command a line) on the engine at --host, or at DOCKER_HOST, with this machine's docker and
  bash, and writes FOLDER/R/NAME.json and FOLDER/scripts/NAME.txt. The engine must have no containers, and no networks
  and volumes of users; run this where the engine's network is (in a virtual machine: there).
  --release R     the folder; the engine's own release unless given
  --into FOLDER   ${recordingsFolder} unless given
  --wipe          remove all containers, networks, volumes and new images before and after each script
  --patience N    seconds that a script may take; 300 unless given`

function main(words: readonly string[]): void {
  const { values, positionals } = readWords(words)
  if (values.help || positionals.length === 0) return console.log(usage)
  const engine = engineAt(values.host)
  const release = values.release ?? releaseOf(engine)
  if (release === undefined)
    throw new Error('there are no recordings of this release; name one with --release')
  const into = values.into ?? recordingsFolder
  const kept = imagesOf(engine)
  for (const file of positionals) {
    if (values.wipe) wipe(engine, kept)
    const left = leftovers(engine)
    if (left.length > 0)
      throw new Error(`the engine has ${left.join(' and ')}; remove them, or let --wipe remove everything`)
    const name = basename(file, '.txt')
    const steps = recordSession(readFileSync(file, 'utf8'), engine.env, Number(values.patience))
    write(join(into, release, `${name}.json`), `${JSON.stringify({ name, steps }, undefined, 1)}\n`)
    keepScript(file, join(into, 'scripts', `${name}.txt`))
    if (values.wipe) wipe(engine, kept)
    console.log(`${join(release, `${name}.json`)}: ${steps.length} steps`)
  }
}

const readWords = (words: readonly string[]) =>
  parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      host: { type: 'string' },
      release: { type: 'string' },
      into: { type: 'string' },
      patience: { type: 'string', default: '300' },
      wipe: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

function keepScript(from: string, to: string): void {
  if (resolve(from) === resolve(to)) return
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(from, to)
}

try {
  main(process.argv.slice(2))
} catch (cause) {
  console.error(`record: ${cause instanceof Error ? cause.message : String(cause)}`)
  process.exitCode = 1
}
