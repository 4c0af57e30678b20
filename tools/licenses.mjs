// The licences of what is bundled: they go out with the bundle.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The text of all licences of the packages that `inputs` (paths, as esbuild's metafile has them) lie in. */
export function licencesOf(inputs) {
  const folders = new Set(
    inputs.flatMap((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
  )
  const parts = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const title = `${name} ${version} (${license})`
    return `${title}\n${'='.repeat(title.length)}\n\n${textOf(folder)}\n`
  })
  return parts.sort().join('\n')
}

function textOf(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name))
  const path = join(folder, file ?? '')
  return file && existsSync(path) ? readFileSync(path, 'utf8').trim() : '(no licence file is in the package)'
}
