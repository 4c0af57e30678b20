// What a command line of a text names: the containers and networks it makes, the ports it publishes.
// A reader's look at words, not docker's parser.

/** The names of the containers and networks that `cmd` makes. */
export function namesMade(cmd: string): string[] {
  const words = wordsOf(cmd)
  const at = words.indexOf('docker')
  if (at < 0) return []
  const rest = words.slice(at + 1)
  if (rest[0] === 'network' && rest[1] === 'create') return rest.slice(-1)
  const names: string[] = []
  for (const [index, word] of rest.entries()) {
    if (word === '--name') names.push(rest[index + 1] ?? '')
    else if (word.startsWith('--name=')) names.push(word.slice('--name='.length))
    else if (word === 'rename') names.push(rest.at(-1) ?? '')
  }
  return names
}

/** The ports of the host that `cmd` publishes. */
export function publishedPorts(cmd: string): string[] {
  return [...cmd.matchAll(/(?:-p|--publish)[ =]?(?:[\d.]+:)?(\d+):\d+/g)].map((match) => match[1] ?? '')
}

const wordsOf = (cmd: string): string[] =>
  cmd
    .replace(/\\\n/g, ' ')
    .split(/\s+/)
    .map((word) => word.replace(/^["']|["']$/g, ''))
    .filter((word) => word !== '')
