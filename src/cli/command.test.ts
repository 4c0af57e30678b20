// The types that a declaration gives to its run.
import { expectTypeOf, test } from 'vitest'
import { atMost, between, exactly, none } from './arity.ts'
import { command } from './command.ts'
import { containerFlags } from './container/flags.ts'
import type { Attachment } from './flags/docker.ts'
import { int, strings } from './flags/flag.ts'

test('operands and flags of a run are typed by its declaration', () => {
  command({
    use: 'connect',
    short: '',
    args: exactly(2),
    flags: { alias: strings(''), 'gw-priority': int('', { since: '28' }) },
    run({ proc }, [network, container], flags, given) {
      expectTypeOf(network).toEqualTypeOf<string>()
      expectTypeOf(container).toEqualTypeOf<string>()
      expectTypeOf(flags.alias).toEqualTypeOf<readonly string[]>()
      expectTypeOf(flags['gw-priority']).toEqualTypeOf<number>()
      proc.print(String(given.has('alias')))
    },
  })
  command({
    use: 'run',
    short: '',
    args: between(1, 2),
    flags: { ...containerFlags, x: int('') },
    *run(_, [first, second], flags) {
      expectTypeOf(first).toEqualTypeOf<string>()
      expectTypeOf(second).toEqualTypeOf<string | undefined>()
      expectTypeOf(flags.network).toEqualTypeOf<readonly Attachment[]>()
      expectTypeOf(flags.memory).toEqualTypeOf<number>()
      yield {}
      return 3
    },
  })
  command({ use: 'a', short: '', args: none, flags: {}, run: () => 0 })
  command({ use: 'a', short: '', args: atMost(1), flags: {}, run: (_, [pattern]) => void pattern })
})
