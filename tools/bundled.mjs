// What lies beside the bundle: libraries that are read when they are first needed, and the licences of all that is inside.
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'

/** Libraries with a file of their own: its name in dist, and where it comes from. */
const late = { 'jq.js': 'node_modules/jq-wasm/dist/build/jq.js' }

/** Licences of what such libraries have inside; their packages do not carry them. */
const inside = ['jq', 'oniguruma', 'decnumber'].map((name) => `tools/licences/${name}.txt`)

/** Writes them to dist; `inputs` are the paths of the bundle's sources. */
export function writeCompanions(inputs) {
  for (const [name, source] of Object.entries(late)) copyFileSync(source, `dist/${name}`)
  const folders = [...inputs, ...Object.values(late)]
    .map(packageFolder)
    .filter((folder) => folder !== undefined)
  const texts = [...new Set(folders)].sort().map(licence)
  const parts = [...texts, ...inside.map((path) => readFileSync(path, 'utf8'))]
  writeFileSync('dist/LICENSES.txt', parts.map((text) => `${text.trim()}\n`).join(`\n${'='.repeat(80)}\n\n`))
}

const packageFolder = (path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]

/** The name, version and licence text of the package in `folder`; a package without a text is refused. */
function licence(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  const file = readdirSync(folder).find((each) => /^(licen[cs]e|copying)\b/i.test(each))
  if (!file) throw new Error(`${name} is bundled, but has no licence text`)
  return `${name} ${version} (${license})\n\n${readFileSync(`${folder}/${file}`, 'utf8').trim()}\n`
}
