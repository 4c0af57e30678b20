// npm run parity: see tools/parity/main.ts.
import { runTool } from './tool.mjs'

await runTool('parity')
