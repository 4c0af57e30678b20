// What Python prints when http.server cannot begin.

import type { Process } from '../../../kernel/process.ts'

/** The frames down to what failed, then `words`; status 1. */
export function traceback(proc: Process, frames: readonly string[], words: string): number {
  proc.printError('Traceback (most recent call last):')
  proc.printError('  File "<frozen runpy>", line 198, in _run_module_as_main')
  proc.printError('  File "<frozen runpy>", line 88, in _run_code')
  for (const line of frames) proc.printError(line)
  return proc.fail(words, 1)
}

const begin = [
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
]

/** Down to bind(2). */
export const bindFrames = [
  ...begin,
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

/** Down to getaddrinfo(3). */
export const lookupFrames = [
  ...begin,
  '  File "/usr/lib/python3.13/http/server.py", line 1268, in test',
  '    ServerClass.address_family, addr = _get_best_family(bind, port)',
  '                                       ~~~~~~~~~~~~~~~~^^^^^^^^^^^^',
  '  File "/usr/lib/python3.13/http/server.py", line 1251, in _get_best_family',
  '    infos = socket.getaddrinfo(',
  '        *address,',
  '        type=socket.SOCK_STREAM,',
  '        flags=socket.AI_PASSIVE,',
  '    )',
  '  File "/usr/lib/python3.13/socket.py", line 977, in getaddrinfo',
  '    for res in _socket.getaddrinfo(host, port, family, type, proto, flags):',
  '               ~~~~~~~~~~~~~~~~~~~^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
]
