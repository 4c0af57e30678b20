// npm run fuzz:parity: see tools/fuzz/main.ts.
import { runTool } from './tool.mjs'

await runTool('fuzz')
