// What the text tells of its world that no engine could know: the names of its machines, its user, its search domain,
// its time zone, the layers of the images it pulls. Taken into the description of the world, and reported.

import { isContainerPrompt, isMasked, type Prompt } from '../transcript/prompt.ts'
import type { Step, Transcript } from '../transcript/step.ts'
import type { ImageSpec, WorldSpec } from '../world-file.ts'

export interface Described {
  readonly world: WorldSpec
  /** What was taken from the text, one sentence each. */
  readonly told: readonly string[]
}

/** `base` with what `transcript` tells of its world. */
export function describeWorld(transcript: Transcript, base: WorldSpec): Described {
  const world: WorldSpec = { ...base }
  const told: string[] = []
  const profiles = readColima(transcript, world, told)
  nameMachines(transcript, world, told, profiles)
  readResolver(transcript, world, told)
  readZone(transcript, world, told)
  readPulls(transcript, world, told)
  return { world, told }
}

/** The profiles of the machines that the text makes with Colima. */
function readColima({ steps }: Transcript, world: WorldSpec, told: string[]): ReadonlySet<string> {
  const lines = steps.filter(({ cmd }) => /^(?:sudo\s+)?colima\b/.test(cmd)).map(({ cmd }) => cmd)
  if (lines.length > 0 && world.workstation === undefined && !world.machines) {
    world.workstation = true
    told.push('the machine is a workstation with Colima, which the text types')
  }
  return new Set(lines.map((line) => /\s(?:-p|--profile)[ =](\S+)/.exec(line)?.[1] ?? 'colima'))
}

function nameMachines(
  { steps }: Transcript,
  world: WorldSpec,
  told: string[],
  profiles: ReadonlySet<string>,
): void {
  if (world.machines || world.name) return
  const prompts = steps.flatMap((step) => (step.prompt && namesMachine(step.prompt) ? [step.prompt] : []))
  const banners = [...new Set(steps.flatMap(({ machine }) => machine ?? []))]
    .filter((name) => !profiles.has(name))
    .sort()
  const hosts = prompts.flatMap(({ host }) => host ?? [])
  const machines = [...new Set(banners.length > 0 ? banners : hosts)]
  const [prompt] = prompts
  if (prompt?.user && world.user === undefined && prompt.user !== 'ubuntu') {
    world.user = prompt.user
    told.push(`the user is ${prompt.user}, as in the prompt ${prompt.text}`)
  }
  if (machines.length > 1) {
    world.machines = machines.map((name) => ({ name }))
    told.push(
      `the machines are ${machines.join(' and ')}, as the text's ${banners.length > 0 ? 'banners name' : 'prompts name'} them`,
    )
  } else if (prompt?.host) {
    world.name = prompt.host
    told.push(`the machine is called ${prompt.host}, as in the prompt ${prompt.text}`)
  }
}

const namesMachine = (prompt: Prompt): boolean =>
  prompt.host !== undefined &&
  !isMasked(prompt) &&
  !isContainerPrompt(prompt) &&
  /^[A-Za-z0-9-]+$/.test(prompt.host)

function shownLines(steps: readonly Step[], cmd: RegExp): string[] {
  return steps
    .filter((step) => cmd.test(step.cmd))
    .flatMap(({ expected }) => (expected ?? []).map(({ text }) => text.trim()))
}

function readResolver({ steps }: Transcript, world: WorldSpec, told: string[]): void {
  const lines = shownLines(steps, /\bcat\b.*\/etc\/resolv\.conf/)
  const search = lines
    .find((line) => line.startsWith('search '))
    ?.split(/\s+/)
    .slice(1)
  const line = lines.find((one) => one.startsWith('options '))
  // `ndots:0` is what the engine adds on networks with its own name server (libnetwork, sandbox_dns_unix.go).
  const options = line
    ?.split(/\s+/)
    .slice(1)
    .filter((option) => option !== 'ndots:0')
  if (!search && !options) return
  world.resolver = {
    ...(search && { search }),
    ...(options && { options }),
    ...world.resolver,
  }
  if (search) told.push(`the host's search domain is ${search.join(' ')}, as in the text's resolv.conf`)
  if (options?.length)
    told.push(`the host's resolver has the options ${options.join(' ')}, as in the text's resolv.conf`)
}

function readZone({ steps }: Transcript, world: WorldSpec, told: string[]): void {
  if (world.timezone) return
  for (const { expected } of steps)
    for (const { text } of expected ?? []) {
      const zone = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?([+-]\d\d:\d\d)\b/.exec(text)?.[1]
      if (!zone || zone === '+00:00') continue
      world.timezone = zone
      told.push(`the time zone is ${zone}, as in the times of the text`)
      return
    }
}

function readPulls({ steps }: Transcript, world: WorldSpec, told: string[]): void {
  const images: ImageSpec[] = [...(world.images ?? [])]
  const known = new Set(images.map((image) => (typeof image === 'string' ? image : image.name)))
  for (const { expected } of steps) {
    const lines = (expected ?? []).map(({ text }) => text.trim())
    const pulling = lines.map((line) => /^(\S+): Pulling from (?:library\/)?(\S+)$/.exec(line)).find(Boolean)
    const layers = lines.flatMap((line) => /^([0-9a-f]{12}): Pull complete$/.exec(line)?.[1] ?? [])
    const digest = lines.map((line) => /^Digest: (sha256:[0-9a-f]{64})$/.exec(line)?.[1]).find(Boolean)
    const name = pulling && `${pulling[2]}:${pulling[1]}`
    if (!name || known.has(name) || layers.length === 0) continue
    known.add(name)
    images.push({ name, stored: false, layers, ...(digest && { digest }) })
    told.push(`${name} had ${layers.length} layers in the registry when the text was written`)
  }
  if (images.length > (world.images?.length ?? 0)) world.images = images
}
