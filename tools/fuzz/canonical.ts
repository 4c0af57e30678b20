// What a topology prints, in a form that does not depend on what an engine leaves to chance: the order of a map's entries,
// the numbers of interfaces that are made together, who of several owners of a name comes first, and which side of a
// closed connection is quicker. It knows nothing of the other side.

import type { Step } from '../parity/compare.ts'

/** `# KIND NAME` heads a section; what comes before the first is the step's own. */
const heading = /^# (ping|http|dns|names)\.(.*)$/

export interface Section {
  readonly kind: string
  readonly name: string
  readonly text: string
}

/** The sections of what a step printed, each in its canonical form. */
export function sectionsOf({ cmd, out }: Step, mayRename: boolean): Section[] {
  const sections: { kind: string; name: string; lines: string[] }[] = [{ kind: '', name: '', lines: [] }]
  for (const line of out.split('\n')) {
    const [, kind, name] = heading.exec(line) ?? []
    if (kind !== undefined && name !== undefined) sections.push({ kind, name, lines: [] })
    else sections.at(-1)?.lines.push(line)
  }
  const [own, ...asked] = sections
  const { lines, ambiguous } = ownLines(own?.lines ?? [], mayRename)
  const asksInVain = lines.includes('nameserver 203.0.113.1')
  const isOwn = /docker exec .* sh -c/.test(cmd)
  return [
    {
      kind: '',
      name: '',
      text: isOwn ? lines.map(unnumbered).join('\n') : plain(cmd, own?.lines ?? []),
    },
    ...asked
      .filter(({ kind }) => !asksInVain || kind === 'ping' || kind === 'http')
      .filter(({ name, kind }) => kind === 'dns' || (!ambiguous.has(name) && !isUnroutable(name)))
      .map(({ kind, name, lines: text }) => ({ kind, name, text: answer(text.join('\n')) })),
  ]
}

/** What is told of addresses without a route is rationed by the kernel (net.ipv4.icmp_ratelimit), over all who ask. */
const isUnroutable = (name: string): boolean => name === 'extra'

function plain(cmd: string, lines: readonly string[]): string {
  if (cmd.startsWith('docker ps -a')) return lines.map(sortedWords).join('\n')
  if (cmd.startsWith('docker port')) return [...lines].sort().join('\n')
  if (cmd.includes('iptables-save')) return rules(lines.join('\n'))
  return lines.map(unnumbered).join('\n')
}

/** Names and networks of a container are maps. */
const sortedWords = (line: string): string =>
  line
    .split(' ')
    .map((word) => (/^[\w/]+(?:,[\w/]+)+$/.test(word) ? word.split(',').sort().join(',') : word))
    .join(' ')

// The tables that have rules; the raw ones stand in the order in which networks were joined. A machine that has forwarded
// IPv6 before has another policy.
const rules = (text: string): string =>
  text
    .replace(/^\*raw\n(?::.*\n)*COMMIT\n/gm, '')
    .replace(/(?:^-A PREROUTING -d \S+ ! -i \S+ -j DROP\n)+/gm, sortedLines)
    .replace(/(?<=--dport )3[2-9]\d{3}\b/g, 'ephemeral')
    .replace(/^:FORWARD \w+$/gm, ':FORWARD')

/** Each namespace counts its links by itself. */
const unnumbered = (line: string): string => line.replace(/^\d+: (?=\w+(?:@|:| ))|@if\d+/g, '')

const sortedLines = (text: string): string => `${text.trimEnd().split('\n').sort().join('\n')}\n`

/** Answers of several owners of a name; the end of a connection that was closed before it was answered. */
const answer = (text: string): string =>
  text
    .replace(/(?:^Name:\t\S+\nAddress: \S+\n)+/gm, sortedLines)
    .replace(/(?:^\d+\.\d+\.\d+\.\d+\n){2,}/gm, sortedLines)
    .replace(
      /^curl: \((?:52\) Empty reply from server|56\) Recv failure: Connection reset by peer)\n\[5[26]\]/gm,
      'closed',
    )
    .replace(/^(wget: error getting response): Connection reset by peer$/gm, '$1')
    .replace(
      /^nslookup: (?:read|write to '[\d.]+'): Connection refused\n(?:Terminated\n\[143\]|[^[]*\[1\])/gm,
      'refused',
    )
    .replace(/^<!DOCTYPE HTML>\n[\s\S]*Directory listing for[\s\S]*<\/html>$/gm, 'a listing')

interface Own {
  readonly lines: readonly string[]
  /** Own names that stand for several addresses: which comes first is chance. */
  readonly ambiguous: ReadonlySet<string>
}

/** A container's files, links and routes: own lines, links and routes are sorted, links get numbers by their addresses. */
function ownLines(lines: readonly string[], mayRename: boolean): Own {
  const files: string[] = []
  const links: string[][] = []
  const routes: string[] = []
  for (const line of lines) {
    if (/^\d+: \w+(?:@\S+)?: </.test(line)) links.push([line])
    else if (links.length > 0 && line.startsWith('    ')) links.at(-1)?.push(line)
    else (links.length > 0 ? routes : files).push(line)
  }
  const own = files.filter((line) => /^\d+\.\d+\.\d+\.\d+\t/.test(line) && !line.startsWith('127.'))
  const names = own.flatMap((line) => line.split(/\s+/).slice(1))
  const ambiguous = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  const order = [...own].sort()
  const inOrder =
    ambiguous.size === 0 ? files : files.map((line) => (own.includes(line) ? (order.shift() ?? line) : line))
  const several = links.filter(([first = '']) => !/^\d+: lo:/.test(first)).length > 1
  if (!several) return { lines: [...inOrder, ...links.flat(), ...routes], ambiguous }
  return { lines: [...inOrder, ...sortedLinks(links, routes, mayRename)], ambiguous }
}

function sortedLinks(links: readonly string[][], routes: readonly string[], mayRename: boolean): string[] {
  const addressOf = (link: readonly string[]) => /inet (\S+)/.exec(link.join('\n'))?.[1] ?? ''
  const sorted = [...links].sort((a, b) => (addressOf(a) < addressOf(b) ? -1 : 1))
  const numbers = new Map(
    sorted.flatMap(([first = ''], index) => {
      const [, name = ''] = /^\d+: (\w+)/.exec(first) ?? []
      return mayRename && name !== 'lo' ? [[name, `link${index}`]] : []
    }),
  )
  const renamed = (line: string) => line.replace(/\b(?:eth|net)\d+\b/g, (name) => numbers.get(name) ?? name)
  return [...sorted.flat().map(renamed), ...routes.map(renamed).sort()]
}
