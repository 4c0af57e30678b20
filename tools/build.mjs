// Bundles each executable: a start-up reads a file or two, not hundreds. What only some verbs need is split off, and
// everything becomes CommonJS, which starts faster. jq is a file of its own, read when it is first called.
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build, transform } from 'esbuild'
import { licencesOf } from './licenses.mjs'

const jq = 'node_modules/jq-wasm/dist/build/jq.js'
const target = 'node20.19'

/** commander asks for child_process at once, which costs milliseconds, and never uses it here. */
const lateChildProcess = {
  name: 'late child_process',
  setup({ onResolve, onLoad }) {
    const namespace = 'late'
    onResolve({ filter: /^(node:)?child_process$/ }, ({ importer, path }) =>
      importer.includes('commander') ? { path, namespace } : undefined,
    )
    onLoad({ filter: /./, namespace }, () => ({
      contents:
        "exports.spawn = (...words) => process.getBuiltinModule('node:child_process').spawn(...words)",
    }))
  },
}

/** The programs of the machine are a file of their own, loaded when the first of them is asked for. */
const latePrograms = {
  name: 'late programs',
  setup({ onResolve, onLoad }) {
    const namespace = 'late programs'
    onResolve({ filter: /\/programs\/others\.ts$/ }, ({ kind, path }) =>
      kind === 'entry-point' ? undefined : { path, namespace },
    )
    onResolve({ filter: /^\.\/programs\.cjs$/ }, ({ path }) => ({ path, external: true }))
    onLoad({ filter: /./, namespace }, () => ({
      contents: "export const otherPrograms = (release) => require('./programs.cjs').otherPrograms(release)",
    }))
  },
}

/** Regular expressions too: few lines use one that the user wrote. */
const lateRegex = {
  name: 'late re2js',
  setup({ onResolve, onLoad }) {
    const namespace = 'late re2js'
    onResolve({ filter: /^re2js$/ }, ({ kind, path }) =>
      kind === 'entry-point' ? undefined : { path, namespace },
    )
    onResolve({ filter: /^\.\/re2js\.cjs$/ }, ({ path }) => ({ path, external: true }))
    onLoad({ filter: /./, namespace }, () => ({
      contents:
        "export const RE2JS = new Proxy({}, { get: (_, name) => require('./re2js.cjs').RE2JS[name] })",
    }))
  },
}

const { outputFiles, metafile } = await build({
  entryPoints: { docksim: 'src/app/main.ts', programs: 'src/world/programs/others.ts', re2js: 're2js' },
  bundle: true,
  splitting: true,
  platform: 'node',
  target,
  format: 'esm',
  charset: 'ascii',
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  plugins: [lateChildProcess, latePrograms, lateRegex],
  write: false,
})

mkdirSync('dist', { recursive: true })
const written = new Set(['jq.js', 'LICENSES.txt'])
for (const { path, text } of outputFiles) {
  const { code: transformed } = await transform(text, {
    format: 'cjs',
    target,
    minify: true,
    supported: { 'dynamic-import': false },
  })
  // The first line names the build: what V8 keeps of one must never be used for another (bin/docksim).
  // The files are read byte by byte; esbuild leaves regular expressions as they were written.
  const code = transformed.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  const name = createHash('sha256').update(code).digest('hex').slice(0, 16)
  writeFileSync(path, `// ${name}\n${code}`)
  written.add(basename(path))
}
copyFileSync(jq, 'dist/jq.js')
writeFileSync('dist/LICENSES.txt', licencesOf([...Object.keys(metafile.inputs), jq]))
for (const former of readdirSync('dist'))
  if (!written.has(former)) rmSync(join('dist', former), { recursive: true })
