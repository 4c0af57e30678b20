// An output cut into what has an order and what has none: maps that Go walks by drawn ids, the kernel's hash tables,
// answers that race, the lists of prune.

export interface Block {
  readonly ordered: boolean
  readonly entries: readonly string[]
}

/** The blocks of what `cmd` printed. */
export function blocksOf(text: string, cmd: string): Block[] {
  if (/range [^}]*\.Containers/.test(cmd)) return [inAnyOrder(partsOf(text))]
  if (/nslookup/.test(cmd)) return ofAnswers(text)
  if (/\barp -[na]|ip n(?:eigh\w*)?\b|\bss -|netstat -\w*l/.test(cmd)) return ofTable(text)
  return ofLists(text)
}

const inOrder = (text: string): Block => ({ ordered: true, entries: [text] })
const inAnyOrder = (entries: readonly string[]): Block => ({ ordered: false, entries })

/** What a template printed for each container, whatever it put between them. */
function partsOf(text: string): string[] {
  const separator = [';', '\n'].find((mark) => text.trim().includes(mark)) ?? ' '
  return text.trim().split(separator)
}

// BusyBox asks for A and AAAA at once: either answer may be the first.
function ofAnswers(text: string): Block[] {
  const [server = '', ...answers] = text.split(/\n\n+/)
  return [
    inOrder(server),
    inAnyOrder(answers.map((answer) => answer.trim()).filter((answer) => answer !== '')),
  ]
}

// The kernel lists neighbors and sockets as its hash tables hold them.
function ofTable(text: string): Block[] {
  const lines = text.split('\n')
  const isHeader = (line: string) => /^(?:Address|State|Active|Proto|Netid)/.test(line)
  return [inOrder(lines.filter(isHeader).join('\n')), inAnyOrder(lines.filter((line) => !isHeader(line)))]
}

const listHeads = new Set([
  'Deleted Networks:',
  'Deleted Containers:',
  'Deleted Images:',
  'Deleted Volumes:',
  'deleted:',
])

function ofLists(text: string): Block[] {
  const blocks: Block[] = []
  let ordered: string[] = []
  let list: string[] | undefined
  for (const line of text.split('\n')) {
    if (list && line.trim() !== '') {
      list.push(line)
      continue
    }
    if (list) blocks.push(inAnyOrder(list))
    list = undefined
    ordered.push(line)
    if (!listHeads.has(line)) continue
    blocks.push(inOrder(ordered.join('\n')))
    ordered = []
    list = []
  }
  if (list) blocks.push(inAnyOrder(list))
  return [...blocks, inOrder(ordered.join('\n'))]
}
