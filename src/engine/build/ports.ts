// The words of EXPOSE (docker/go-connections nat.ParsePortSpecs).

/** `80`, `53/udp` and `8000-8002` as `80/tcp` and so on. Throws Error with the reason. */
export const exposedPorts = (words: readonly string[]): string[] => words.flatMap(portsOf)

function portsOf(word: string): string[] {
  const [range = '', protocol = 'tcp'] = (word.split(':').at(-1) ?? '').split('/')
  if (range === '') throw new Error(`No port specified: ${word}<empty>`)
  const [first = '', last = first] = range.split('-')
  const [low, high] = [numberOf(first), numberOf(last)]
  if (low === undefined || high === undefined || low > high)
    throw new Error(`Invalid containerPort: ${range}`)
  if (!['tcp', 'udp', 'sctp'].includes(protocol.toLowerCase())) throw new Error(`Invalid proto: ${protocol}`)
  return Array.from({ length: high - low + 1 }, (_, index) => `${low + index}/${protocol.toLowerCase()}`)
}

const numberOf = (text: string): number | undefined =>
  /^\d+$/.test(text) && Number(text) <= 65535 ? Number(text) : undefined
