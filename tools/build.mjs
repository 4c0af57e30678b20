// Bundles each executable into one CommonJS file: a start-up reads one file, not hundreds. jq is a file of its own, read
// when it is first called.
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'
import { writeCompanions } from './bundled.mjs'
import { licencesOf } from './licenses.mjs'

const jq = 'node_modules/jq-wasm/dist/build/jq.js'

const { outputFiles, metafile } = await build({
  entryPoints: { docksim: 'src/app/main.ts' },
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  charset: 'ascii',
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  write: false,
})

mkdirSync('dist', { recursive: true })
rmSync('dist/cache', { recursive: true, force: true })
// The first line names the build: what V8 keeps of one must never be used for another (bin/docksim).
for (const { path, contents, text } of outputFiles) {
  const name = createHash('sha256').update(contents).digest('hex').slice(0, 16)
  writeFileSync(path, `// ${name}\n${text}`)
}
copyFileSync(jq, 'dist/jq.js')
writeFileSync('dist/LICENSES.txt', licencesOf([...Object.keys(metafile.inputs), jq]))
writeCompanions(Object.keys(metafile.inputs))
