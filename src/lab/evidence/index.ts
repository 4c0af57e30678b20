// All rules by which a text may be found to err.

import { engineLineRules, engineRules } from './engine.ts'
import { imageRules } from './images.ts'
import { missingRules } from './missing.ts'
import type { FailureRule, LineRule } from './rule.ts'
import { toolRules } from './tools.ts'

export const lineRules: readonly LineRule[] = [...toolRules, ...engineLineRules]
export const failureRules: readonly FailureRule[] = [...engineRules, ...imageRules, ...missingRules]
