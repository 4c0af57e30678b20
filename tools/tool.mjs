// Runs a tool that is written in TypeScript: bundles it, the packages apart, and hands over.
import { build } from 'esbuild'

/** Runs `tools/NAME/main.ts`. */
export async function runTool(name) {
  const outfile = `node_modules/.cache/docksim/${name}.mjs`
  await build({
    entryPoints: [`tools/${name}/main.ts`],
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    packages: 'external',
    outfile,
    logLevel: 'warning',
  })
  await import(`../${outfile}`)
}
