// Bundles each executable into one CommonJS file: a start-up reads one file, not hundreds.
import { build } from 'esbuild'

await build({
  entryPoints: { docksim: 'src/app/main.ts' },
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  minify: true,
  keepNames: true,
  legalComments: 'eof',
  logLevel: 'warning',
})
