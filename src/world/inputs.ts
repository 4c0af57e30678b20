// Scripts split into complete inputs, as the shell would read them.

export { type Input, splitInputs } from '../shell/complete.ts'
