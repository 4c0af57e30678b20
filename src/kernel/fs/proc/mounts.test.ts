// The lines of /proc/mounts, as Linux prints them (fs/proc_namespace.c).

import { expect, test } from 'vitest'
import { cat } from '../../../programs/text/cat.ts'
import { trial, trialMachine } from '../../../programs/trial.ts'
import { mount } from '../filesystem.ts'
import { newDirectory } from '../node.ts'

test('access is told once, before the other options', () => {
  const machine = trialMachine(cat)
  const root = newDirectory({ mode: 0o755, uid: 0, gid: 0, mtime: 0 })
  mount(machine.namespaces.files, '/a', root, { source: 'a', type: 'tmpfs', options: 'rw,nosuid' })
  mount(machine.namespaces.files, '/b', root, { source: 'b', type: 'tmpfs', options: 'ro,nosuid' })
  mount(machine.namespaces.files, '/c', root, {
    source: 'c',
    type: 'tmpfs',
    options: 'relatime',
    readOnly: true,
  })
  const { out } = trial(machine, ['cat', '/proc/mounts'])
  expect(out.split('\n').slice(-4)).toEqual([
    'a /a tmpfs rw,nosuid 0 0',
    'b /b tmpfs ro,nosuid 0 0',
    'c /c tmpfs ro,relatime 0 0',
    '',
  ])
})
