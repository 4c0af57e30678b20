// Holds what a topology printed on a real engine against what it printed here, part by part, and says of what kind each
// difference is.

import { compareStep, type Step } from '../parity/compare.ts'
import { createReferences, type References } from '../parity/references.ts'
import { sectionsOf } from './canonical.ts'

export interface Difference {
  /** `reachability`, `names`, `addresses and routes`, `rules`, `listings`, `statuses`, `words` */
  readonly cause: string
  readonly cmd: string
  /** `ping web`, or what of the step it is. */
  readonly part: string
  readonly real: string
  readonly ours: string
}

const kinds: Readonly<Record<string, string>> = {
  ping: 'reachability',
  http: 'reachability',
  dns: 'names',
  names: 'names',
}

/** `given` is text that both sides know: values in it are the same on both. */
export function compareTopology(
  real: readonly Step[],
  ours: readonly Step[],
  given: string,
  mayRename: boolean,
): Difference[] {
  const references = createReferences(`${real.map(({ cmd }) => cmd).join('\n')}\n${given}`)
  const differences: Difference[] = []
  for (const [index, step] of real.entries()) {
    const other = ours[index]
    // The page of a server that ends at once: the engine may be quicker or not.
    if (step.cmd.includes('hostname >')) continue
    if (!other) continue
    // A bridge's carrier goes a moment after its last container.
    const [left, right] = [step, other].map((one) =>
      index === real.length - 1 ? { ...one, out: one.out.replace(/ linkdown/g, '') } : one,
    )
    if (left && right) differences.push(...compareParts(left, right, references, mayRename))
  }
  if (real.length !== ours.length)
    differences.push({
      cause: 'statuses',
      cmd: 'all',
      part: 'steps',
      real: `${real.length}`,
      ours: `${ours.length}`,
    })
  return differences
}

function compareParts(real: Step, ours: Step, references: References, mayRename: boolean): Difference[] {
  const { cmd } = real
  const differences: Difference[] = []
  const hold = (cause: string, part: string, left: string, right: string, cut: string) => {
    if (
      compareStep(
        { cmd: cut, out: left, err: '', rc: 0 },
        { cmd: cut, out: right, err: '', rc: 0 },
        references,
      ).length > 0
    )
      differences.push({ cause, cmd, part, real: left, ours: right })
  }
  if (real.rc !== ours.rc)
    differences.push({ cause: 'statuses', cmd, part: 'status', real: `${real.rc}`, ours: `${ours.rc}` })
  hold('words', 'errors', real.err, ours.err, cmd)
  const mine = sectionsOf(ours, mayRename)
  for (const { kind, name, text } of sectionsOf(real, mayRename)) {
    const other = mine.find((section) => section.kind === kind && section.name === name)
    if (kind === '') hold(causeOf(cmd), 'output', text, other?.text ?? '', cmd.replace(/nslookup/g, ''))
    else if (other || real.rc === ours.rc)
      hold(
        kinds[kind] ?? kind,
        `${kind} ${name}`,
        text,
        other?.text ?? 'nothing',
        /nslookup/.test(cmd) ? 'nslookup' : kind,
      )
  }
  return differences
}

function causeOf(cmd: string): string {
  if (cmd.includes('iptables-save')) return 'rules'
  if (/^docker exec|^ip /.test(cmd)) return 'addresses and routes'
  if (/^docker (?:network )?(?:inspect|ls|port|ps)|^ss |^[AGH]=/.test(cmd)) return 'listings'
  return 'words'
}
