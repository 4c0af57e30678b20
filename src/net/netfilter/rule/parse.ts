// A rule's words, as iptables takes them, into its specification. What is refused is refused in the words of
// iptables 1.8.9 (recorded). It knows no chains: whether a jump leads somewhere is asked when the rule is added.

import { freezeDeep } from '../../../base/freeze.ts'
import type { Family } from '../../../base/ip.ts'
import { matchNamed } from '../match/index.ts'
import type { MatchKind } from '../match/match.ts'
import { badArgument, badUsage } from '../refusal.ts'
import { targetNamed } from '../target/index.ts'
import type { TargetKind } from '../target/target.ts'
import { readAddresses, readLink } from './address.ts'
import { checkTogether, type Option, take, type Value } from './option.ts'
import { type Base, baseOption, cutWord } from './option-names.ts'
import { printed } from './print.ts'
import { icmp6Number, icmpNumber, nameOfProtocol, readProtocol } from './protocol.ts'
import type { AddressTest, LinkTest, RuleSpec } from './rule.ts'

export interface ParsedRule {
  /** One, or one for each pair of addresses where `-s` or `-d` lists several. */
  readonly specs: readonly RuleSpec[]
  /** The counters to start with (`-c`). */
  readonly packets: number
  readonly bytes: number
}

/** The rule that `words` write (all but the command, its chain and its table). Throws Refusal. */
export function parseRule(words: readonly string[], family: Family = 4): ParsedRule {
  const draft = createDraft(family)
  let index = 0
  while (index < words.length) index = readRuleWord(draft, words, index)
  return finish(draft)
}

const remembered = new Map<string, ParsedRule>()

/** As `parseRule`, for words divided by single blanks (no quotes). The same text gives the same record. */
export function parseRuleText(text: string, family: Family = 4): ParsedRule {
  const key = `${family} ${text}`
  let parsed = remembered.get(key)
  if (parsed) return parsed
  parsed = parseRule(text === '' ? [] : text.split(' '), family)
  if (remembered.size >= 20_000) remembered.clear()
  remembered.set(key, parsed)
  return parsed
}

/** One match or target that was named, with the options it was given. */
interface Use<Kind> {
  readonly kind: Kind
  readonly given: Map<string, Value>
}

/** What has been read of a rule so far. */
export interface Draft {
  readonly family: Family
  protocol: number | undefined
  notProtocol: boolean
  src: (AddressTest | undefined)[] | undefined
  dst: (AddressTest | undefined)[] | undefined
  in: { test: LinkTest | undefined } | undefined
  out: { test: LinkTest | undefined } | undefined
  fragment: 'only' | 'not' | undefined
  readonly matches: Use<MatchKind>[]
  /** The match of the protocol has been loaded because one of its options came. */
  protocolMatched: boolean
  target: Use<TargetKind> | undefined
  jump: string | undefined
  goto: boolean
  counters: { packets: number; bytes: number } | undefined
  /** A `!` stands before the next word. */
  negated: boolean
}

export const createDraft = (family: Family): Draft => ({
  family,
  protocol: undefined,
  notProtocol: false,
  src: undefined,
  dst: undefined,
  in: undefined,
  out: undefined,
  fragment: undefined,
  matches: [],
  protocolMatched: false,
  target: undefined,
  jump: undefined,
  goto: false,
  counters: undefined,
  negated: false,
})

/** Reads the option at `index` with what belongs to it; returns the index behind. Throws Refusal. */
export function readRuleWord(draft: Draft, words: readonly string[], index: number): number {
  const word = words[index] ?? ''
  if (word === '!') {
    if (draft.negated) throw badUsage('multiple consecutive ! not allowed')
    draft.negated = true
    return index + 1
  }
  if (!word.startsWith('-') || word === '-') throw badArgument(word)
  const cut = cutWord(word)
  const base = baseOption(cut.name)
  const next = base
    ? readBase(draft, base, words, index, cut.value)
    : readExtension(draft, words, index, cut.name, cut.value)
  draft.negated = false
  return next
}

/** The word behind an option. Throws Refusal if there is none. */
function argument(words: readonly string[], index: number, name: string): string {
  const word = words[index]
  if (word === undefined) throw badUsage(`option "${name}" requires an argument`)
  return word
}

const onlyOnce = (letter: Base, before: unknown): void => {
  if (before !== undefined) throw badUsage(`multiple -${letter} flags not allowed`)
}

function readBase(
  draft: Draft,
  base: Base,
  words: readonly string[],
  index: number,
  inline: string | undefined,
): number {
  const typed = words[index] ?? ''
  const { negated } = draft
  if (base === 'f') {
    onlyOnce('f', draft.fragment)
    draft.fragment = negated ? 'not' : 'only'
    return index + 1
  }
  const value = inline ?? argument(words, index + 1, typed)
  const behind = inline === undefined ? index + 2 : index + 1
  // With -p and -j, iptables 1.8.9 reads the word before the next option, whatever it is: `-ptcp` is not understood.
  switch (base) {
    case 's':
    case 'd': {
      const side = base === 's' ? 'src' : 'dst'
      onlyOnce(base, draft[side])
      draft[side] = readAddresses(value, negated, draft.family)
      return behind
    }
    case 'i':
    case 'o': {
      const side = base === 'i' ? 'in' : 'out'
      onlyOnce(base, draft[side])
      draft[side] = { test: readLink(value, negated) }
      return behind
    }
    case 'p':
      onlyOnce('p', draft.protocol)
      draft.protocol = readProtocol(inline === undefined ? value : typed)
      draft.notProtocol = negated
      if (negated && draft.protocol === 0) throw badUsage('rule would never match protocol')
      return behind
    case 'm':
      if (negated) throw badUsage('unexpected ! flag before --match')
      draft.matches.push({ kind: matchNamed(value, draft.family), given: new Map() })
      return behind
    case 'j':
    case 'g':
      if (negated) throw badUsage(`cannot have ! before -${base}`)
      onlyOnce(base, draft.target ?? draft.jump)
      readTarget(draft, inline === undefined ? value : typed, base === 'g')
      return behind
    case 'c': {
      if (negated) throw badUsage('cannot have ! before -c')
      const bytes = words[behind]
      if (bytes === undefined || bytes.startsWith('-') || bytes.startsWith('!'))
        throw badUsage('-c requires packet and byte counter')
      draft.counters = { packets: Number(value), bytes: Number(bytes) }
      return behind + 1
    }
  }
}

function readTarget(draft: Draft, name: string, goto: boolean): void {
  const kind = goto ? undefined : targetNamed(name, draft.family)
  if (kind) draft.target = { kind, given: new Map() }
  else draft.jump = name
  draft.goto = goto
}

function readExtension(
  draft: Draft,
  words: readonly string[],
  index: number,
  name: string,
  inline: string | undefined,
): number {
  const found = findOption(draft, name) ?? (loadProtocolMatch(draft) ? findOption(draft, name) : undefined)
  if (!found) throw badUsage(`unknown option "${words[index] ?? name}"`)
  const { use, option } = found
  const count = option.words ?? 1
  let behind = index + 1
  const values: string[] = []
  if (count > 0) {
    if (inline === undefined) values.push(argument(words, behind++, words[index] ?? name))
    else values.push(inline)
  }
  if (count === 2) {
    const second = words[behind++]
    if (second === undefined || second.startsWith('-') || second.startsWith('!'))
      throw badUsage(`--${option.name} requires two args.`)
    values.push(second)
  }
  take(use.given, use.kind.name, option, values, draft.negated)
  return behind
}

interface Found {
  readonly use: Use<MatchKind> | Use<TargetKind>
  readonly option: Option
}

/** The option among those of all matches and targets named so far, the latest first. */
function findOption(draft: Draft, name: string): Found | undefined {
  if (!name.startsWith('--')) return undefined
  const text = name.slice(2)
  const uses = [...(draft.target ? [draft.target] : []), ...draft.matches.toReversed()]
  const begun: Found[] = []
  for (const use of uses)
    for (const option of use.kind.options) {
      if (option.name === text || option.aliases?.includes(text)) return { use, option }
      const begins = option.name.startsWith(text) || option.aliases?.some((alias) => alias.startsWith(text))
      if (begins && text !== '') begun.push({ use, option })
    }
  return begun.length === 1 ? begun[0] : undefined
}

/** Loads the match of the rule's protocol, once, as `-p tcp --dport 80` wants it. */
function loadProtocolMatch(draft: Draft): boolean {
  const { protocol, family } = draft
  if (draft.protocolMatched || protocol === undefined || protocol === 0) return false
  const name = protocol === icmp6Number ? 'icmp6' : nameOfProtocol(protocol)
  if ((protocol === icmpNumber && family === 6) || !['tcp', 'udp', 'icmp', 'icmp6'].includes(name))
    return false
  draft.protocolMatched = true
  draft.matches.push({ kind: matchNamed(name, family), given: new Map() })
  return true
}

/** The rules that have been read. Throws Refusal. */
export function finish(draft: Draft): ParsedRule {
  const { family, notProtocol, target, jump, goto } = draft
  const protocol = draft.protocol ?? 0
  const context = { family, protocol, notProtocol }
  const matches = draft.matches.map(({ kind, given }) => {
    checkTogether(given, kind.name, kind.options)
    return { kind, data: kind.read(given, context) }
  })
  if (target) checkTogether(target.given, target.kind.name, target.kind.options)
  const made = target && { kind: target.kind, data: target.kind.read(target.given, context) }
  const specs = (draft.src ?? [undefined]).flatMap((src) =>
    (draft.dst ?? [undefined]).map((dst) =>
      printed({
        family,
        protocol,
        notProtocol,
        src,
        dst,
        in: draft.in?.test,
        out: draft.out?.test,
        fragment: draft.fragment,
        matches,
        target: made,
        jump,
        goto,
      }),
    ),
  )
  return {
    specs: freezeDeep(specs),
    packets: draft.counters?.packets ?? 0,
    bytes: draft.counters?.bytes ?? 0,
  }
}
