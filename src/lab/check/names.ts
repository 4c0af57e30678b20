// What a command line of a text names: the containers and networks it makes, the ports it publishes, the image it runs.
// A reader's look at words, not docker's parser.

/** The names of the containers and networks that `cmd` makes. */
export function namesMade(cmd: string): string[] {
  const words = wordsOf(cmd)
  const at = words.indexOf('docker')
  if (at < 0) return []
  const rest = words.slice(at + 1)
  if (rest[0] === 'network' && rest[1] === 'create') return rest.slice(-1)
  if (rest.includes('rename')) return rest.slice(-1)
  return valuesOf(rest, '--name')
}

/** The names by which containers on a network find those that `cmd` makes. */
export const namesResolved = (cmd: string): string[] => {
  const words = wordsOf(cmd)
  return [...namesMade(cmd), ...valuesOf(words, '--network-alias'), ...valuesOf(words, '--net-alias')]
}

/** The image that `docker run` or `docker create` asks for, and the variables and mounts it gives. */
export interface Run {
  readonly image: string
  readonly environment: readonly string[]
  /** A file of variables, a volume, a mount: what the container finds there the line does not tell. */
  readonly hidden: boolean
}

/** What `cmd` runs; undefined if it is no `docker run` or `docker create`. */
export function runOf(cmd: string): Run | undefined {
  const words = wordsOf(cmd.replace(/^\s*sudo\s+/, ''))
  const at = words[1] === 'container' ? 2 : 1
  if (words[0] !== 'docker' || !/^(?:run|create)$/.test(words[at] ?? '')) return undefined
  const rest = words.slice(at + 1)
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-')) {
      const environment = [...valuesOf(words, '-e'), ...valuesOf(words, '--env')]
      const hidden = words.some((one) =>
        /^(?:--env-file|-v|--volume|--mount|--volumes-from)(?:=|$)/.test(one),
      )
      return { image: word, environment, hidden }
    }
    if (!switches.test(word) && !word.includes('=')) rest.shift()
  }
  return undefined
}

// Flags of `docker run` that take no value.
const switches =
  /^(?:-[ditPq]+|--(?:detach|interactive|tty|rm|privileged|init|publish-all|read-only|no-healthcheck|oom-kill-disable|sig-proxy|quiet))$/

/** The container that `docker exec` and the like are given, the first of them. */
export const containerNamed = (cmd: string): string | undefined =>
  /\bdocker (?:container )?(?:exec|attach|inspect|logs|top|stop|start|restart|rm|port|wait)\s+(?:-\S+\s+)*([\w.-]+)/.exec(
    cmd,
  )?.[1]

/** The ports of the host that `cmd` publishes. */
export function publishedPorts(cmd: string): string[] {
  return [...cmd.matchAll(/(?:-p|--publish)[ =]?(?:[\d.]+:)?(\d+):\d+/g)].map((match) => match[1] ?? '')
}

/** The images that `cmd` makes: builds, tags, loads, imports or commits. */
export function imagesMade(cmd: string): string[] {
  const words = wordsOf(cmd)
  if (!words.includes('docker')) return []
  if (/\bdocker (?:image |builder |buildx )?build\b/.test(cmd))
    return [...valuesOf(words, '-t'), ...valuesOf(words, '--tag')]
  return /\bdocker (?:image |container )?(?:tag|commit|import)\b/.test(cmd) ? words.slice(-1) : []
}

const valuesOf = (words: readonly string[], flag: string): string[] =>
  words.flatMap((word, index) => {
    if (word === flag) return [words[index + 1] ?? '']
    return word.startsWith(`${flag}=`) ? [word.slice(flag.length + 1)] : []
  })

const wordsOf = (cmd: string): string[] =>
  cmd
    .replace(/\\\n/g, ' ')
    .split(/\s+/)
    .map((word) => word.replace(/^["']|["']$/g, ''))
    .filter((word) => word !== '')
