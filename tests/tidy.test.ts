// The plan of the house (docs/architecture.md §3 and §10), as a test: who may import whom, what the core may not touch, how
// long things may be. Each broken rule is one line: file, line, rule.

import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = join(__dirname, '..')

/** Which rooms a room may import besides itself, and which packages. */
const rooms: Readonly<Record<string, { readonly rooms: string; readonly packages?: string }>> = {
  base: { rooms: '', packages: 'ipaddr.js pure-rand re2js' },
  net: { rooms: 'base' },
  kernel: { rooms: 'base net' },
  engine: { rooms: 'base net kernel' },
  shell: { rooms: 'base net kernel', packages: 'unbash' },
  programs: { rooms: 'base net kernel' },
  images: { rooms: 'base engine kernel/fs/tree.ts' },
  api: { rooms: 'base net kernel engine' },
  cli: { rooms: 'base net kernel engine api', packages: 'commander' },
  releases: { rooms: 'base engine api cli' },
  world: { rooms: 'base net kernel engine shell programs images api cli releases' },
  lab: { rooms: 'base world', packages: 'diff mdast-util-from-markdown yaml zod' },
  edge: { rooms: 'base world lab', packages: 'inquirer node:' },
  app: { rooms: 'base world lab edge', packages: 'chalk cli-table3 commander node:' },
}

/** Rooms that know wall clock, disk and promises. */
const impure = new Set(['edge', 'app'])

const banned = new Set([
  'Date',
  'Promise',
  'Intl',
  'localeCompare',
  'toLocaleString',
  'console',
  'setTimeout',
])

/** Files that may be longer than 300 lines, and why. */
const longFiles: Readonly<Record<string, string>> = {
  'src/kernel/process.ts': 'the process record with all calls that a program makes on it',
  'src/net/route.ts': 'both tables of both families, their lookup and their listing',
}

/** Functions that may be longer than 60 lines, and why. */
const longFunctions: Readonly<Record<string, string>> = {
  'src/cli/container/hostshape.ts hostConfigFields': 'the fields of a record in their order, one a line',
  'src/net/netfilter/command/help.ts help': 'a text',
}

const allNodes = new Map<ts.SourceFile, readonly ts.Node[]>()

const mostLines = 300
const mostFunctionLines = 60

interface Source {
  /** `src/net/route.ts` */
  readonly path: string
  readonly text: string
  readonly tree: ts.SourceFile
}

const sources: readonly Source[] = ['src', 'tests', 'tools']
  .flatMap((folder) => filesIn(folder))
  .filter((path) => /\.(ts|mjs)$/.test(path))
  .map((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) }
  })

const core = sources.filter(({ path }) => isCore(path))

test('rooms import only what lies below them', () => {
  const broken = sources.flatMap((source) =>
    importsOf(source).flatMap(({ name, line }) => {
      const why = refusal(source.path, name)
      return why === undefined ? [] : [`${source.path}:${line} ${why}`]
    }),
  )
  expect(broken).toEqual([])
})

test('the core has no wall clock, no chance, no promises, no locale', () => {
  expect(core.flatMap((source) => nodesOf(source).flatMap((node) => impurity(source, node)))).toEqual([])
})

test('a file opens with a comment that says what it is', () => {
  const shipped = sources.filter(({ path }) => path.startsWith('src/') && !isTest(path))
  expect(shipped.filter(({ text }) => !/^(\/\/|\/\*) ?\S/.test(text)).map(({ path }) => path)).toEqual([])
})

test('files and functions are short', () => {
  const shipped = sources.filter(({ path }) => path.startsWith('src/'))
  const files = shipped.filter(
    ({ path, text }) => text.split('\n').length - 1 > mostLines && !longFiles[path],
  )
  const functions = shipped.filter(({ path }) => !isTest(path)).flatMap(longOnes)
  expect([...files.map(({ path }) => path), ...functions]).toEqual([])
})

test('exceptions are still needed', () => {
  const files = Object.keys(longFiles).filter((path) => {
    const source = sources.find((candidate) => candidate.path === path)
    return !source || source.text.split('\n').length - 1 <= mostLines
  })
  const names = Object.keys(longFunctions).filter(
    (name) => !sources.some((source) => tooLong(source).some((long) => long.name === name)),
  )
  expect([...files, ...names]).toEqual([])
})

test('index files are tables of contents', () => {
  const broken = sources.filter(
    ({ path, tree }) => path.endsWith('/index.ts') && !tree.statements.every(isEntry),
  )
  expect(broken.map(({ path }) => path)).toEqual([])
})

test('there is no folder of odds and ends', () => {
  expect(sources.filter(({ path }) => /\/(utils?|helpers|common|misc)(\/|\.ts)/.test(path))).toEqual([])
})

test('nothing speaks of the machine it was written on, or of work that is left', () => {
  const words = new RegExp([`/${'work'}/`, `npm${'js'}\\.`, `TO${'DO'}`, `FIX${'ME'}`].join('|'))
  const places = ['src', 'tests', 'tools', 'bin', 'docs', 'scenarios', '.ci'].flatMap(filesIn)
  const broken = [...places, ...topFiles()].filter(
    (path) => !/^tests\/(recordings|help)\//.test(path) && words.test(readFileSync(join(root, path), 'utf8')),
  )
  expect(broken).toEqual([])
})

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(entry.parentPath.slice(root.length + 1), entry.name))
    .sort()
}

const topFiles = (): string[] =>
  readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(md|json|ts)$/.test(entry.name))
    .map((entry) => entry.name)

function isTest(path: string): boolean {
  return path.endsWith('.test.ts')
}

function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1]
}

function isCore(path: string): boolean {
  const room = roomOf(path)
  return room !== undefined && !impure.has(room) && !isTest(path)
}

function importsOf({ tree }: Source): { readonly name: string; readonly line: number }[] {
  return nodesOf({ tree }).flatMap((node) => {
    const named =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? node.moduleSpecifier : calledImport(node)
    return named && ts.isStringLiteral(named) ? [{ name: named.text, line: lineOf(tree, node) }] : []
  })
}

const calledImport = (node: ts.Node): ts.Node | undefined =>
  ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
    ? node.arguments[0]
    : undefined

/** Why `path` may not import `name`; undefined if it may. Tests may import what they like. */
function refusal(path: string, name: string): string | undefined {
  const room = roomOf(path)
  if (room === undefined || isTest(path)) return undefined
  const rule = rooms[room]
  if (!rule) return `no room is called ${room}`
  if (!name.startsWith('.')) {
    const allowed = (rule.packages ?? '').split(' ').some((each) => each !== '' && name.startsWith(each))
    return allowed ? undefined : `${room} may not import the package ${name}`
  }
  if (!name.endsWith('.ts')) return `${name} is imported without its ending`
  const target = posix.join(posix.dirname(path), name)
  const other = roomOf(target)
  if (other === room) return undefined
  const open = rule.rooms.split(' ').some((each) => each === other || target === `src/${each}`)
  return open ? undefined : `${room} may not import ${target}`
}

function impurity(source: Source, node: ts.Node): string[] {
  const at = (what: string) => [`${source.path}:${lineOf(source.tree, node)} ${what}`]
  if (node.kind === ts.SyntaxKind.AsyncKeyword || ts.isAwaitExpression(node)) return at('async')
  if (ts.isPropertyAccessExpression(node) && node.getText() === 'Math.random') return at('Math.random')
  if (!ts.isIdentifier(node) || !banned.has(node.text)) return []
  const { parent } = node
  const isName = (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) && parent.name === node
  const isField = ts.isPropertyAccessExpression(parent) && parent.name === node && !/^(l|to)/.test(node.text)
  return isName || isField ? [] : at(node.text)
}

const longOnes = (source: Source): string[] =>
  tooLong(source)
    .filter(({ name }) => !longFunctions[name])
    .map(({ name, lines }) => `${name}: ${lines} lines`)

function tooLong(source: Source): { readonly name: string; readonly lines: number }[] {
  return nodesOf(source).flatMap((node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return []
    const lines = lineOf(source.tree, node, node.end) - lineOf(source.tree, node) + 1
    return lines > mostFunctionLines ? [{ name: `${source.path} ${nameOf(node)}`, lines }] : []
  })
}

function nameOf(node: ts.Node): string {
  const named = node as { readonly name?: ts.Node }
  const holder = node.parent as { readonly name?: ts.Node }
  return named.name?.getText() ?? holder.name?.getText() ?? 'a function without a name'
}

const isEntry = (statement: ts.Statement): boolean =>
  ts.isImportDeclaration(statement) ||
  ts.isExportDeclaration(statement) ||
  ts.isVariableStatement(statement) ||
  ts.isInterfaceDeclaration(statement) ||
  ts.isTypeAliasDeclaration(statement) ||
  isLookup(statement)

/** The one function of a catalogue: the entry of a name. */
const isLookup = (statement: ts.Statement): boolean =>
  ts.isFunctionDeclaration(statement) && statement.getText().split('\n').length <= 20

function nodesOf({ tree }: Pick<Source, 'tree'>): readonly ts.Node[] {
  const known = allNodes.get(tree)
  if (known) return known
  const nodes: ts.Node[] = []
  const visit = (node: ts.Node): void => {
    nodes.push(node)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  allNodes.set(tree, nodes)
  return nodes
}

const lineOf = (tree: ts.SourceFile, node: ts.Node, position = node.getStart(tree)): number =>
  tree.getLineAndCharacterOfPosition(position).line + 1
