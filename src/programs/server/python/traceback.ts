// What Python prints when http.server cannot bind.

import type { Process } from '../../../kernel/process.ts'

/** The frames down to the bind, then `words`; status 1. */
export function traceback(proc: Process, words: string): number {
  proc.printError('Traceback (most recent call last):')
  proc.printError('  File "<frozen runpy>", line 198, in _run_module_as_main')
  proc.printError('  File "<frozen runpy>", line 88, in _run_code')
  for (const line of frames) proc.printError(line)
  return proc.fail(words, 1)
}

const frames = [
  '  File "/usr/lib/python3.13/http/server.py", line 1323, in <module>',
  '    test(',
  '    ~~~~^',
  '        HandlerClass=handler_class,',
  '        ^^^^^^^^^^^^^^^^^^^^^^^^^^^',
  '    ...<3 lines>...',
  '        protocol=args.protocol,',
  '        ^^^^^^^^^^^^^^^^^^^^^^^',
  '    )',
  '    ^',
  '  File "/usr/lib/python3.13/http/server.py", line 1270, in test',
  '    with ServerClass(addr, HandlerClass) as httpd:',
  '         ~~~~~~~~~~~^^^^^^^^^^^^^^^^^^^^',
  '  File "/usr/lib/python3.13/socketserver.py", line 457, in __init__',
  '    self.server_bind()',
  '    ~~~~~~~~~~~~~~~~^^',
  '  File "/usr/lib/python3.13/http/server.py", line 1317, in server_bind',
  '    return super().server_bind()',
  '           ~~~~~~~~~~~~~~~~~~~^^',
  '  File "/usr/lib/python3.13/http/server.py", line 136, in server_bind',
  '    socketserver.TCPServer.server_bind(self)',
  '    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~^^^^^^',
  '  File "/usr/lib/python3.13/socketserver.py", line 478, in server_bind',
  '    self.socket.bind(self.server_address)',
  '    ~~~~~~~~~~~~~~~~^^^^^^^^^^^^^^^^^^^^^',
]
