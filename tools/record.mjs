// npm run record: see tools/record/main.ts.
import { runTool } from './tool.mjs'

await runTool('record')
