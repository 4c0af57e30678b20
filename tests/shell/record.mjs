// Makes a corpus anew: each script of `scripts/NAME.json` is run by the real shell in a container, in an empty /tmp,
// and what it printed is written to `NAME.json`. The name begins with the shell's: `bash`, `bash-acts`, `dash-refuses`.
// Usage: node tests/shell/record.mjs NAME   (docker with the images debian:bookworm and alpine at hand)

import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

const shells = {
  bash: { image: 'debian', argv: ['bash', '-c'] },
  dash: { image: 'debian', argv: ['sh', '-c'] },
  ash: { image: 'alpine', argv: ['sh', '-c'] },
}

const [name] = process.argv.slice(2)
const { image, argv } = shells[name.split('-')[0]]
const here = new URL('.', import.meta.url)
const scripts = JSON.parse(readFileSync(new URL(`scripts/${name}.json`, here), 'utf8'))
const container = execFileSync('docker', ['run', '-d', '--rm', image, 'sleep', '3600'], {
  encoding: 'utf8',
}).trim()
const clean = 'rm -rf /tmp/.[!.]* /tmp/*; exec env -i PATH="$PATH" HOME=/root "$@"'
try {
  const steps = scripts.map((cmd) => {
    const words = ['exec', '-w', '/tmp', container, 'sh', '-c', clean, 'sh', ...argv, cmd]
    const ran = spawnSync('docker', words, { encoding: 'utf8', input: '', timeout: 30_000 })
    if (ran.error) throw new Error(`${cmd}: ${ran.error.message}`)
    return { cmd, out: ran.stdout, err: ran.stderr, rc: ran.status }
  })
  writeFileSync(new URL(`${name}.json`, here), `${JSON.stringify(steps, null, 2)}\n`)
} finally {
  execFileSync('docker', ['rm', '-f', container])
}
