// docksim without a verb: the practice shell. Lines from a pipe are a script; with an empty standard input it plays a
// short demonstration.

import { Chalk } from 'chalk'
import { writeOutput } from '../edge/output.ts'
import { shippedScenarios } from '../edge/scenarios.ts'
import { colourLevel, isTerminal } from '../edge/screen.ts'
import { joinTerminal } from '../edge/terminal.ts'
import { openTerminalSession } from '../world/journal.ts'
import { createWorld, type World } from '../world/world.ts'
import { limitsOf, today, worldOf } from './options.ts'
import { playFile } from './replay.ts'
import { hostOf, readScript, runScript } from './script.ts'
import type { ShellOptions } from './verbs.ts'

export async function shell(options: ShellOptions): Promise<void> {
  if (isTerminal(0) && isTerminal(1)) return practise(options)
  const text = readScript(undefined)
  if (text.trim() === '') return demonstrate()
  const world = createWorld(await worldOf(options))
  process.exitCode = runScript(world, hostOf(world, options.machine), {
    name: 'bash',
    text,
    limits: limitsOf(options),
  })
}

async function practise(options: ShellOptions): Promise<void> {
  const world = createWorld({
    seed: Math.floor(Math.random() * 2 ** 31),
    date: today(),
    ...(await worldOf(options)),
  })
  const host = hostOf(world, options.machine)
  writeOutput(greeting(world))
  const session = openTerminalSession(world, host, process.stdout.rows || 24, process.stdout.columns || 80)
  process.exitCode = await joinTerminal(world, session)
}

function greeting({ release }: World): string {
  const chalk = new Chalk({ level: colourLevel(1) })
  return [
    chalk.cyan(`docksim: Docker ${release} on a simulated Ubuntu machine. Nothing real is touched.`),
    chalk.cyan('Try: docker run -d --name web -p 8080:80 nginx, then curl localhost:8080. Leave with exit.'),
    '',
    '',
  ].join('\n')
}

/** A scenario from start to end, without waiting. */
function demonstrate(): void {
  const [file] = shippedScenarios().filter((scenario) => scenario.name === 'networking/names')
  if (!file) return
  const { differing } = playFile(file.path, { wait: false, speed: 1 })
  process.exitCode = differing > 0 ? 1 : 0
}
