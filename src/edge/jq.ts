// jq itself: jq-wasm's build of the real jq (MIT), made to answer at once. Its file is run in a context of its own whose
// promises settle before each call returns and whose WebAssembly compiles at once; three places of the pinned file are
// replaced, so that standard error and the status are told beside the output and long inputs are not copied byte by byte.
// Knows nothing of machines and programs.

import { createContext, runInContext } from 'node:vm'

export interface JqResult {
  readonly out: string
  readonly err: string
  readonly status: number
}

/** Runs jq over the text `input` with options and a filter. */
export type Jq = (input: string, words: readonly string[]) => JqResult

/** The version of jq-wasm whose text is known here. */
export const jqWasmVersion = '1.0.1'

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
]

/**
 * The library, of the text of jq-wasm's `dist/build/jq.js`. It is compiled at the first call (some 70 ms). Throws if the
 * text is not the pinned version's.
 */
export function createJq(source: string): Jq {
  let jq: Jq | undefined
  return (input, words) => {
    jq ??= load(source)
    return jq(input, words)
  }
}

function load(source: string): Jq {
  const text = replacements.reduce((patched, [from, to]) => {
    if (!from.test(patched)) throw new Error(`jq-wasm is not version ${jqWasmVersion}`)
    return patched.replace(from, () => to)
  }, source)
  const context = createContext({ TextEncoder, TextDecoder, atob, btoa }, { microtaskMode: 'afterEvaluate' })
  runInContext(compileAtOnce, context)
  runInContext(
    `${text}\n;var instance, failure; jq().then((made) => { instance = made }, (why) => { failure = why })`,
    context,
  )
  const instance: { raw: Jq } | undefined = runInContext('instance', context)
  if (!instance) throw new Error(`jq does not load: ${runInContext('failure', context)}`)
  return (input, words) => {
    // Standard input is read as a file: the stream itself stays at its end after the first call.
    const last = words.findIndex((word) => word === '--args' || word === '--jsonargs')
    const place = last < 0 ? words.length : last
    const result = instance.raw(input, [...words.slice(0, place), '/dev/stdin', ...words.slice(place)])
    return { ...result, err: result.err.replaceAll('(at /dev/stdin:', '(at <stdin>:') }
  }
}

/** In the context: no wait for a compiler's thread. */
const compileAtOnce = `WebAssembly.instantiate = (binary, imports) => {
  const module = new WebAssembly.Module(binary)
  return Promise.resolve({ module, instance: new WebAssembly.Instance(module, imports) })
}`
