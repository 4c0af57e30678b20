// find(1), of GNU and of BusyBox: the everyday tests and actions.

import { isErrno, strerror } from '../../base/errno.ts'
import { compileGlob } from '../../base/glob.ts'
import type { Task } from '../../base/scheduler.ts'
import { isDirectory, type Node, sizeOfNode, typeLetter } from '../../kernel/fs/node.ts'
import { directoryEntries, stat } from '../../kernel/fs/read.ts'
import { removeTree } from '../../kernel/fs/write.ts'
import type { Process } from '../../kernel/process.ts'
import { nameOfUser } from '../../kernel/users.ts'
import { isStarted, start } from '../proc/command.ts'
import { both, quote } from '../program.ts'

interface Found {
  readonly path: string
  readonly name: string
  readonly node: Node
}

type Test = (proc: Process, found: Found) => Task<boolean>

interface Plan {
  readonly test: Test
  readonly least: number
  readonly most: number
  readonly depthFirst: boolean
}

class BadFind extends Error {}

export const find = both({
  name: 'find',
  *main(proc, flavour) {
    const words = proc.argv.slice(1)
    const first = words.findIndex((word) => /^-.|^[!(]$/.test(word))
    const places = first < 0 ? words : words.slice(0, first)
    let plan: Plan
    try {
      plan = new Reader(first < 0 ? [] : words.slice(first)).plan()
    } catch (cause) {
      if (!(cause instanceof BadFind)) throw cause
      return proc.fail(`find: ${flavour === 'gnu' ? cause.message : cause.message.replace(/`(.*)'/, '$1')}`)
    }
    let status = 0
    for (const place of places.length > 0 ? places : ['.'])
      try {
        const { node } = stat(proc, place, { follow: false })
        yield* walk(proc, { path: place, name: place.replace(/.*\/(?=.)/, ''), node }, 0, plan)
      } catch (cause) {
        if (!isErrno(cause)) throw cause
        const words = strerror(cause.code)
        status = proc.fail(
          flavour === 'gnu' ? `find: ${quote(proc, place)}: ${words}` : `find: ${place}: ${words}`,
        )
      }
    return status
  },
})

function* walk(proc: Process, found: Found, depth: number, plan: Plan): Task<void> {
  if (!plan.depthFirst && depth >= plan.least) yield* plan.test(proc, found)
  if (isDirectory(found.node) && depth < plan.most)
    try {
      for (const [name, node] of [...directoryEntries(proc, found.path)])
        yield* walk(proc, { path: `${found.path.replace(/\/$/, '')}/${name}`, name, node }, depth + 1, plan)
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      proc.printError(`find: ${quote(proc, found.path)}: ${strerror(cause.code)}`)
    }
  if (plan.depthFirst && depth >= plan.least) yield* plan.test(proc, found)
  yield* proc.flush()
}

class Reader {
  private readonly words: string[]
  private acts = false
  private least = 0
  private most = Number.POSITIVE_INFINITY
  private depthFirst = false

  constructor(words: readonly string[]) {
    this.words = [...words]
  }

  plan(): Plan {
    const given = this.words.length > 0 ? this.either() : always
    const [extra] = this.words
    if (extra !== undefined) throw new BadFind(`paths must precede expression: \`${extra}'`)
    const test = this.acts ? given : conjunction(given, print('\n'))
    return { test, least: this.least, most: this.most, depthFirst: this.depthFirst }
  }

  private either(): Test {
    let left = this.all()
    while (this.words[0] === '-o' || this.words[0] === '-or') {
      this.words.shift()
      const [a, b] = [left, this.all()]
      left = function* (proc, found) {
        return (yield* a(proc, found)) || (yield* b(proc, found))
      }
    }
    return left
  }

  private all(): Test {
    let left = this.one()
    while (this.words[0] !== undefined && !['-o', '-or', ')'].includes(this.words[0])) {
      if (this.words[0] === '-a' || this.words[0] === '-and') this.words.shift()
      left = conjunction(left, this.one())
    }
    return left
  }

  private argument(option: string): string {
    const word = this.words.shift()
    if (word === undefined) throw new BadFind(`missing argument to \`${option}'`)
    return word
  }

  private one(): Test {
    const word = this.words.shift() ?? ''
    if (word === '!' || word === '-not') {
      const inner = this.one()
      return function* (proc, found) {
        return !(yield* inner(proc, found))
      }
    }
    if (word === '(') {
      const inner = this.either()
      this.words.shift()
      return inner
    }
    if (word === '-maxdepth') this.most = Number(this.argument(word))
    else if (word === '-mindepth') this.least = Number(this.argument(word))
    else if (word === '-depth') this.depthFirst = true
    else if (word === '-xdev' || word === '-mount' || word === '-true') return always
    else return this.action(word) ?? this.primary(word)
    return always
  }

  private action(word: string): Test | undefined {
    if (!['-print', '-print0', '-delete', '-exec', '-quit'].includes(word)) return undefined
    this.acts = true
    if (word === '-delete') {
      this.depthFirst = true
      return function* (proc, { path }) {
        removeTree(proc, path)
        return true
      }
    }
    if (word !== '-exec') return print(word === '-print0' ? '\0' : '\n')
    const end = this.words.findIndex((one) => one === ';' || one === '+')
    if (end < 0) throw new BadFind("missing argument to `-exec'")
    const argv = this.words.splice(0, end + 1).slice(0, -1)
    return function* (proc, { path }) {
      const child = start(
        proc,
        argv.map((one) => one.replaceAll('{}', path)),
      )
      if (isStarted(child)) return (yield* proc.waitFor(child)) === 0
      proc.printError(`find: ${quote(proc, argv[0] ?? '')}: ${child.words}`)
      return false
    }
  }

  private primary(word: string): Test {
    const known = [
      '-name',
      '-iname',
      '-path',
      '-wholename',
      '-type',
      '-size',
      '-user',
      '-empty',
      '-newer',
      '-mtime',
      '-perm',
    ]
    if (!known.includes(word)) throw new BadFind(`unknown predicate \`${word}'`)
    const text = word === '-empty' ? '' : this.argument(word)
    return plainTest(word, text)
  }
}

function plainTest(word: string, text: string): Test {
  const glob = compileGlob(text, { ignoreCase: word === '-iname' })
  return function* (proc, { name, path, node }) {
    switch (word) {
      case '-name':
      case '-iname':
        return glob(name)
      case '-path':
      case '-wholename':
        return glob(path)
      case '-type':
        return typeLetter(node).replace('-', 'f') === text
      case '-user':
        return nameOfUser(proc, node.uid) === text
      case '-empty':
        return isDirectory(node) ? directoryEntries(proc, path).size === 0 : sizeOfNode(node) === 0
      case '-newer':
        return node.mtime > stat(proc, text).mtime
      case '-perm':
        return (node.mode & 0o7777) === Number.parseInt(text.replace(/^[-/]/, ''), 8)
      case '-mtime':
        return measure(text, Math.floor((Number(proc.moment() / 1000n) - node.mtime) / 86_400_000_000))
      default:
        return measure(text.replace(/[ckMGb]$/, ''), Math.ceil(sizeOfNode(node) / unitOf(text)))
    }
  }
}

const unitOf = (text: string): number =>
  ({ c: 1, k: 1024, M: 1048576, G: 1073741824 })[text.slice(-1) as 'c'] ?? 512

/** `+n` more, `-n` less, `n` exactly. */
function measure(text: string, value: number): boolean {
  const wanted = Number(text.replace(/^[-+]/, ''))
  return text.startsWith('+') ? value > wanted : text.startsWith('-') ? value < wanted : value === wanted
}

function* always(): Task<boolean> {
  return true
}

const print = (end: string): Test =>
  function* (proc, { path }) {
    proc.write(1, path + end)
    return true
  }

const conjunction = (left: Test, right: Test): Test =>
  function* (proc, found) {
    return (yield* left(proc, found)) && (yield* right(proc, found))
  }
