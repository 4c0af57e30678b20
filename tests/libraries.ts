// Before each file of tests: supplies the libraries that an executable reads from its bundle's folder.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createJq } from '../src/edge/jq.ts'
import { supplyJq } from '../src/world/libraries.ts'

const entry = createRequire(import.meta.url).resolve('jq-wasm')
supplyJq(createJq(() => readFileSync(entry.replace('index.js', 'build/jq.js'), 'utf8')))
