// jq itself: jq-wasm's build of the real jq (MIT), made to answer at once. Its file is run in a context of its own whose
// promises settle before each call returns and whose WebAssembly compiles at once; a few places of the pinned file are
// replaced, so that standard error and the status are told beside the output, long inputs are not copied byte by byte, and
// clock, time zone and environment are those of the simulated process. Knows nothing of machines and programs.

import { type Context, createContext, runInContext } from 'node:vm'

export interface JqResult {
  readonly out: string
  readonly err: string
  readonly status: number
}

export interface JqSurroundings {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly environment: Readonly<Record<string, string>>
}

/** Runs jq over the text `input` with options and a filter. */
export type Jq = (input: string, words: readonly string[], surroundings: JqSurroundings) => JqResult

/** The version of jq-wasm whose text is known here. */
export const jqWasmVersion = '1.0.1'

/** The longest that one call may work, in milliseconds of the wall clock. */
const patience = 10_000

const replacements: readonly (readonly [from: RegExp, to: string])[] = [
  [
    /function rawImpl\([\s\S]*?return "";\s*\}/,
    `function rawImpl(input, words) {
      stdinBuffer = toByteArray(input); stdinAt = 0; outBytes = []; errBytes = [];
      let status = 0;
      try { status = Module.callMain(words) }
      catch (cause) { if (cause && cause.name === "ExitStatus") status = cause.status; else throw cause }
      return { out: fromByteArray(new Uint8Array(outBytes)), err: fromByteArray(new Uint8Array(errBytes)), status: status || 0 };
    } let stdinAt = 0, outBytes = [], errBytes = [];`,
  ],
  [
    /FS\.init\(\(\) => \{[\s\S]*?stderrBuffer = tmp;\s*\} \}\);/,
    `FS.init(() => stdinAt < stdinBuffer.length ? stdinBuffer[stdinAt++] : null,
      code => { if (code !== null && code !== undefined) outBytes.push(code & 255) },
      code => { if (code !== null && code !== undefined) errBytes.push(code & 255) });`,
  ],
  [/raw\(jsonString, query, flags = \[\]\) \{[^}]*\}/, 'raw: rawImpl'],
  [/var thisProgram = "\.\/this\.program"/, 'var thisProgram = "jq"'],
  [/var ENV = \{\}/, 'var ENV = theEnvironment'],
]

/**
 * The library, of the text of jq-wasm's `dist/build/jq.js`, which is asked for and compiled at the first call (some 70
 * ms). Throws, at a call, an Error if the text is not the pinned version's.
 */
export function createJq(source: () => string): Jq {
  let context: Context | undefined
  let lastEnvironment = ''
  return (input, words, surroundings) => {
    const environment = usesEnvironment(words) ? JSON.stringify(surroundings.environment) : ''
    context ??= load(source())
    if (environment !== lastEnvironment) instantiate(context, surroundings.environment)
    lastEnvironment = environment
    try {
      return call(context, input, words, surroundings)
    } catch (cause) {
      context = undefined
      lastEnvironment = ''
      return { out: '', ...mishap(cause) }
    }
  }
}

/** The environment goes in when an instance is made: a new one is made only for filters that look at it. */
const usesEnvironment = (words: readonly string[]): boolean =>
  words.some((word) => /\$ENV\b|\benv\b/.test(word))

function call(
  context: Context,
  input: string,
  words: readonly string[],
  surroundings: JqSurroundings,
): JqResult {
  Object.assign(context, { request: { input, words: argumentsOf(words), now: surroundings.now } })
  const answer: JqResult = runInContext(
    'theClock = request.now; instance.raw(request.input, request.words)',
    context,
    { timeout: patience },
  )
  return {
    out: answer.out.replace(/^(jq-|jq - .*version )1\.7\.1-dirty/, '$11.7.1'),
    err: answer.err.replaceAll('(at /dev/stdin:', '(at <stdin>:').replace('1.7.1-dirty', '1.7.1'),
    status: answer.status,
  }
}

/** Standard input is read as a file: the stream itself stays at its end after the first call. */
function argumentsOf(words: readonly string[]): string[] {
  if (words.every((word) => word.startsWith('-'))) return [...words]
  const last = words.findIndex((word) => word === '--args' || word === '--jsonargs')
  const place = last < 0 ? words.length : last
  return [...words.slice(0, place), '/dev/stdin', ...words.slice(place)]
}

/** What the caller sees of a run that did not end by itself: jq aborts when it gets no memory. */
function mishap(cause: unknown): { readonly err: string; readonly status: number } {
  const { code, message } = cause as { code?: string; message?: string }
  if (code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
    return { err: `docksim: jq worked for more than ${patience / 1000} seconds; interrupted\n`, status: 130 }
  if (/Aborted|memory|call stack|unreachable/.test(message ?? ''))
    return { err: 'jq: error: cannot allocate memory\n', status: 134 }
  throw cause
}

function load(source: string): Context {
  const text = replacements.reduce((patched, [from, to]) => {
    if (!from.test(patched)) throw new Error(`jq-wasm is not version ${jqWasmVersion}`)
    return patched.replace(from, () => to)
  }, source)
  const context = createContext({ TextEncoder, TextDecoder, atob, btoa }, { microtaskMode: 'afterEvaluate' })
  runInContext(`${preparation}\n${text}`, context)
  instantiate(context, {})
  return context
}

function instantiate(context: Context, environment: Readonly<Record<string, string>>): void {
  const names = ['USER', 'LOGNAME', 'PATH', 'PWD', 'HOME', 'LANG', '_']
  const none = Object.fromEntries(names.map((name) => [name, undefined]))
  Object.assign(context, { theEnvironment: { ...none, ...environment } })
  runInContext('start()', context)
  if (!runInContext('instance', context))
    throw new Error(`jq does not load: ${runInContext('failure', context)}`)
}

/** In the context: no wait for a compiler's thread, one compilation, a clock that is set, and UTC. */
const preparation = `
var theClock = 0, theEnvironment, theModule, instance, failure
function start() {
  instance = undefined
  jq().then((made) => { instance = made }, (why) => { failure = why })
}
WebAssembly.instantiate = (binary, imports) => {
  theModule ??= new WebAssembly.Module(binary)
  return Promise.resolve({ module: theModule, instance: new WebAssembly.Instance(theModule, imports) })
}
Date = class extends Date {
  constructor(...parts) {
    super(...(parts.length > 1 ? [Date.UTC(...parts)] : parts.length === 1 ? parts : [theClock]))
  }
  static now() { return theClock }
  getTimezoneOffset() { return 0 }
}
for (const part of ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds']) {
  Date.prototype['get' + part] = Date.prototype['getUTC' + part]
  Date.prototype['set' + part] = Date.prototype['setUTC' + part]
}`
