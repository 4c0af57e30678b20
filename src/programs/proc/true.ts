// true(1) and false(1).

import { both } from '../program.ts'

export const trueAndFalse = [
  ...both({
    name: 'true',
    *main() {
      return 0
    },
  }),
  ...both({
    name: 'false',
    *main() {
      return 1
    },
  }),
]
