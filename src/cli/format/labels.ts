// Labels in a column: `a=1,b=2`, in the order of the text.

import { compareBytes } from './template/value.ts'

export const labelsText = (labels: ReadonlyMap<string, string>): string =>
  [...labels]
    .map(([key, value]) => `${key}=${value}`)
    .sort(compareBytes)
    .join(',')
