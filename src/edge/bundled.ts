// Files that lie beside the bundle: libraries that are read when they are first needed.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The text of a file in the folder of the bundle. */
export const readBundled = (name: string): string => readFileSync(join(__dirname, name), 'utf8')
