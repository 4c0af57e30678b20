// What is to happen, and when: a heap of entries ordered by (instant, sequence number).
// An entry holds a function of a module and its subject, never a closure over state, so that a copy of the
// world's records is a copy of its future.

import type { Instant } from './instant.ts'

export interface Entry<Subject = unknown> {
  readonly at: Instant
  readonly sequence: number
  readonly act: (subject: Subject) => void
  readonly subject: Subject
  cancelled: boolean
}

export interface Agenda {
  heap: Entry[]
  nextSequence: number
  /** Cancelled entries that still lie in the heap. */
  stale: number
}

export const createAgenda = (): Agenda => ({ heap: [], nextSequence: 0, stale: 0 })

/** Adds "do `act(subject)` at `at`". `act` must be a function of a module. */
export function schedule<Subject>(
  agenda: Agenda,
  at: Instant,
  act: (subject: Subject) => void,
  subject: Subject,
): Entry {
  const entry: Entry<Subject> = { at, sequence: agenda.nextSequence++, act, subject, cancelled: false }
  agenda.heap.push(entry as Entry)
  rise(agenda.heap, agenda.heap.length - 1)
  return entry as Entry
}

/** Cancels an entry; it will neither run nor move the clock. */
export function cancel(agenda: Agenda, entry: Entry): void {
  if (entry.cancelled) return
  entry.cancelled = true
  agenda.stale++
  if (agenda.stale > 64 && agenda.stale * 2 > agenda.heap.length) rebuild(agenda)
}

/** The next entry that will run, left in place. */
export function peek(agenda: Agenda): Entry | undefined {
  let first = agenda.heap[0]
  while (first?.cancelled) {
    removeFirst(agenda.heap)
    agenda.stale--
    first = agenda.heap[0]
  }
  return first
}

/** Takes the next entry out. It counts as cancelled from then on: a late `cancel` of it changes nothing. */
export function take(agenda: Agenda): Entry | undefined {
  const first = peek(agenda)
  if (!first) return undefined
  removeFirst(agenda.heap)
  first.cancelled = true
  return first
}

function rebuild(agenda: Agenda): void {
  agenda.heap = agenda.heap.filter((entry) => !entry.cancelled).sort((a, b) => (before(a, b) ? -1 : 1))
  agenda.stale = 0
}

const before = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.sequence < b.sequence)

function rise(heap: Entry[], start: number): void {
  let index = start
  const entry = heap[index] as Entry
  while (index > 0) {
    const parent = (index - 1) >> 1
    const above = heap[parent] as Entry
    if (before(above, entry)) break
    heap[index] = above
    index = parent
  }
  heap[index] = entry
}

function removeFirst(heap: Entry[]): void {
  const last = heap.pop() as Entry
  if (heap.length === 0) return
  let index = 0
  for (;;) {
    let child = index * 2 + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && before(heap[child + 1] as Entry, heap[child] as Entry)) child++
    const below = heap[child] as Entry
    if (before(last, below)) break
    heap[index] = below
    index = child
  }
  heap[index] = last
}
