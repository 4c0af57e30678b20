// A rule in the words of `iptables -S`: order and normal forms as iptables 1.8.9 prints them.

import { printLink, printTest } from './address.ts'
import { nameOfProtocol } from './protocol.ts'
import type { RuleSpec } from './rule.ts'

type Unprinted = Omit<RuleSpec, 'text' | 'matchText' | 'targetText'>

/** The specification with its words. */
export function printed(spec: Unprinted): RuleSpec {
  const matchText = wordsOfMatches(spec)
  const targetText = wordsOfTarget(spec)
  const text = matchText && targetText ? `${matchText} ${targetText}` : matchText + targetText
  return { ...spec, matchText, targetText, text }
}

function wordsOfMatches(spec: Unprinted): string {
  const words: string[] = []
  if (spec.src) words.push(`${not(spec.src.negated)}-s ${printTest(spec.src)}`)
  if (spec.dst) words.push(`${not(spec.dst.negated)}-d ${printTest(spec.dst)}`)
  if (spec.in) words.push(`${not(spec.in.negated)}-i ${printLink(spec.in)}`)
  if (spec.out) words.push(`${not(spec.out.negated)}-o ${printLink(spec.out)}`)
  if (spec.protocol > 0) words.push(`${not(spec.notProtocol)}-p ${nameOfProtocol(spec.protocol)}`)
  if (spec.fragment) words.push(`${not(spec.fragment === 'not')}-f`)
  for (const { kind, data } of spec.matches) words.push(`-m ${kind.name}${kind.save(data, spec.family)}`)
  return words.join(' ')
}

function wordsOfTarget(spec: Unprinted): string {
  if (spec.jump !== undefined) return `${spec.goto ? '-g' : '-j'} ${spec.jump}`
  return spec.target
    ? `-j ${spec.target.kind.name}${spec.target.kind.save(spec.target.data, spec.family)}`
    : ''
}

/** `! ` where a test is negated. */
export const not = (negated: boolean): string => (negated ? '! ' : '')

/** A word in quotes where iptables puts it into quotes (xtables_save_string). */
export function quote(word: string): string {
  if (/^[A-Za-z0-9_-]+$/.test(word)) return word
  return `"${word.replace(/["\\']/g, '\\$&')}"`
}
