// What a reader of a text has and our machine lacks: the folder that the text goes into, the Dockerfile whose steps it
// shows, the files that it shows or says where to get. Only what the text itself tells is made; the rest stays missing.

import type { Fence } from '../markdown/fences.ts'
import type { Step } from '../transcript/step.ts'

/** The text as a whole: its lines, and its fences. */
export interface Source {
  readonly lines: readonly string[]
  readonly fences: readonly Fence[]
}

export interface Making {
  /** What is typed to make it. */
  readonly commands: readonly string[]
  /** One sentence each. */
  readonly told: readonly string[]
}

/** What `step` misses, as `printed` shows, and the text tells; undefined if it tells nothing of it. */
export function makingFor(
  step: Step,
  before: readonly Step[],
  printed: string,
  source: Source,
): Making | undefined {
  return folderFor(step, before, printed) ?? contextFor(step, before, printed, source)
}

/** `cd` into a folder that no earlier step makes: the author has it. */
function folderFor(step: Step, before: readonly Step[], printed: string): Making | undefined {
  const folder = /^cd\s+([^\s;&|]+)$/.exec(step.cmd.trim())?.[1]
  if (folder === undefined || !/No such file or directory/.test(printed)) return undefined
  if (before.some(({ cmd }) => /\b(?:mkdir|git clone|unzip|tar)\b/.test(cmd))) return undefined
  const made = `mkdir -p ${folder}`
  const elsewhere = `sudo ${made} && sudo chown $(id -u) ${folder}`
  return {
    commands: [`${made} 2>/dev/null || { ${elsewhere}; }`],
    told: [`${made}, the folder into which the text goes`],
  }
}

const missingContext =
  /unable to prepare context: (?:path "|unable to evaluate symlinks in Dockerfile path)|failed to read dockerfile/

/** A build whose folder is missing, where the text shows the build's steps: the Dockerfile is these. */
function contextFor(
  step: Step,
  before: readonly Step[],
  printed: string,
  source: Source,
): Making | undefined {
  if (!missingContext.test(printed)) return undefined
  const context = /^(?:sudo\s+)?docker (?:image )?build\b.*\s(\.{0,2}\/?[\w./-]+)$/.exec(step.cmd.trim())?.[1]
  const lines = (step.expected ?? []).map(({ text }) => text)
  const instructions = lines.flatMap((line) => /^Step \d+\/\d+ : (.*)$/.exec(line)?.[1]?.trim() ?? [])
  if (context === undefined || instructions.length === 0) return undefined
  const folder = context.replace(/(.)\/$/, '$1')
  const commands = [`mkdir -p ${folder}`]
  const told = [`${folder}/Dockerfile, as the steps show it`]
  for (const file of instructions.flatMap(filesOf)) {
    const made = fileFor(file, `${folder}/${file.path}`, source)
    if (!made) return undefined
    commands.push(`mkdir -p ${`${folder}/${file.path}`.replace(/\/[^/]*$/, '')}`, made.command)
    told.push(made.told)
  }
  const cached = lastCached(lines)
  if (cached > 0 && !before.some((one) => one.cmd === step.cmd)) {
    commands.push(
      writing(`${folder}/Dockerfile`, instructions.slice(0, cached)),
      `docker build -q ${context}`,
    )
    told.push(`docker build of the first ${cached} steps, since the text has them from its cache`)
  }
  commands.push(writing(`${folder}/Dockerfile`, instructions))
  return { commands, told }
}

/** The number of the last step that came from the cache. */
function lastCached(lines: readonly string[]): number {
  let [current, last] = [0, 0]
  for (const line of lines) {
    current = Number(/^Step (\d+)\//.exec(line)?.[1] ?? current)
    if (/^ ---> Using cache$/.test(line)) last = current
  }
  return last
}

interface Wanted {
  readonly path: string
  /** Where it goes in the image. */
  readonly target: string
}

/** The files of the context that an instruction wants. */
function filesOf(instruction: string): Wanted[] {
  const [kind = '', ...words] = instruction.split(/\s+/)
  if (!/^(?:COPY|ADD)$/i.test(kind) || words.some((word) => /^--from|^\[/.test(word))) return []
  const operands = words.filter((word) => !word.startsWith('--'))
  const target = operands.at(-1) ?? ''
  return operands
    .slice(0, -1)
    .filter((one) => !/^https?:|^\.?\/?$|[*?]/.test(one))
    .map((one) => ({ path: one.replace(/^(?:\.?\/)+/, ''), target }))
}

function fileFor(
  { path, target }: Wanted,
  place: string,
  { lines, fences }: Source,
): { readonly command: string; readonly told: string } | undefined {
  const name = path.replace(/^.*\//, '')
  const folder = place.replace(/\/[^/]*$/, '')
  const url = lines
    .flatMap((line) => [...line.matchAll(/https?:\/\/[^\s`<>()"']+/g)].map(([found]) => found))
    .find((one) => one.endsWith(`/${name}`))
  if (url !== undefined)
    return { command: `wget -q -P ${folder} ${url}`, told: `wget of ${name}, from where the text says` }
  const shown = fences.filter((fence) => isFile(fence, name, target, lines))
  const [fence] = shown
  if (!fence || shown.length > 1) return undefined
  return { command: writing(place, fence.lines), told: `${name}, as line ${fence.line} shows it` }
}

/** A fence that holds the file of that name: the line above names it, or it can be nothing else. */
function isFile({ line, lines }: Fence, name: string, target: string, text: readonly string[]): boolean {
  const above = text
    .slice(0, line - 1)
    .findLast((one) => one.trim() !== '')
    ?.includes(name)
  if (above) return true
  return (
    /\/nginx\b/.test(target) &&
    name.endsWith('.conf') &&
    /^\s*(?:server|upstream)\b.*\{\s*$/.test(lines[0] ?? '')
  )
}

const writing = (path: string, lines: readonly string[]): string =>
  `printf '%s\\n' ${lines.map((line) => `'${line.replaceAll("'", "'\\''")}'`).join(' ')} > ${path}`
