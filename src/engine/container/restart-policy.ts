// Which restart policies the daemon takes (moby container/restart policy: api/types/container, ValidateRestartPolicy).

import { type Engine, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import type { HostConfig, RestartPolicyName } from './container.ts'

type Policy = HostConfig['restartPolicy']

const names: readonly string[] = [
  'no',
  'always',
  'on-failure',
  'unless-stopped',
] satisfies RestartPolicyName[]

/** Throws EngineError for a policy that is none. */
export function checkRestartPolicy(
  engine: Engine,
  { name, maximumRetryCount }: { readonly name: string; readonly maximumRetryCount: number },
): Policy {
  const refuse = (old: string, young: string) => {
    const words = worded(engine, { '19.03': old, '28': `invalid restart policy: ${young}` })
    throw new EngineError('invalid', words)
  }
  const known = name === '' ? 'no' : name
  if (!names.includes(known))
    refuse(
      `invalid restart policy '${known}'`,
      `unknown policy '${known}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`,
    )
  if (known !== 'on-failure' && maximumRetryCount !== 0)
    refuse(
      `maximum retry count cannot be used with restart policy '${known}'`,
      maximumRetryCount < 0
        ? "maximum retry count can only be used with 'on-failure' and cannot be negative"
        : "maximum retry count can only be used with 'on-failure'",
    )
  if (maximumRetryCount < 0)
    refuse('maximum retry count cannot be negative', 'maximum retry count cannot be negative')
  const kept = name === '' ? worded(engine, { '19.03': '', '28': 'no' }) : name
  return { name: kept as RestartPolicyName, maximumRetryCount }
}
