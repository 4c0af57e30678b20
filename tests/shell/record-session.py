"""Records sessions of a real bash on a terminal in cooked mode: what each batch of keys makes it show.

Usage: python3 tests/shell/record-session.py > tests/shell/sessions.json   (bash 5.2 at hand; pids are written as PID)
"""

import json
import os
import pty
import re
import select
import sys
import time

SESSIONS = [
    ['echo hi\r', 'for i in 1 2\r', 'do echo $i; done\r', 'nosuch\r', 'fi\r', 'echo "a\r', 'b"\r', 'abc', '\x03', 'cat <<E\r', 'x\r', 'E\r', 'exit\r'],
    ['sleep 100\r', '\x03', 'echo $?\r', 'while :; do :; done\r', '\x03', 'echo $?\r', 'sleep 5 | cat\r', '\x03', 'read x\r', 'val\r', 'echo [$x]\r', '\x04'],
    ['sleep 50 &\r', 'jobs\r', 'sleep 60\r', '\x1a', 'echo $?\r', 'jobs\r', 'bg\r', 'fg %1\r', '\x03', 'kill %2\r', '\r', 'jobs\r', 'sleep 0.1 &\r', '\r', 'fg\r', 'exit 3\r'],
    ['sleep 70\r', '\x1a', 'exit\r', 'fg\r', '\x03', 'set -o | grep monitor\r', 'bash -c "kill -9 \\$\\$"\r', '(exit 7)\r', 'echo $?\r', 'f() {\r', 'echo in f\r', '}\r', 'f\r', 'alias e="echo al"\r', 'e x\r', 'echo ${nope?bad}\r', 'cd /tmp; PS1="\\w> "\r', 'cd /\r', 'exit\r'],
]


def read(fd, wait):
    shown = b''
    end = time.time() + wait
    while time.time() < end:
        if select.select([fd], [], [], 0.05)[0]:
            try:
                shown += os.read(fd, 65536)
            except OSError:
                break
    text = shown.decode().replace('\r\n', '\n').replace('\x1b[?2004h', '').replace('\x1b[?2004l\r', '')
    return re.sub(r'(?m)^(.*)\[(\d+)\] \d+$', r'\1[\2] PID', text)


def play(keys):
    pid, fd = pty.fork()
    if pid == 0:
        os.execvpe('bash', ['bash', '--norc', '--noediting'], {'PATH': os.environ['PATH'], 'HOME': '/root', 'TERM': 'dumb'})
    steps = [{'keys': '', 'shown': read(fd, 0.6)}]
    for batch in keys:
        os.write(fd, batch.encode())
        steps.append({'keys': batch, 'shown': read(fd, 0.6)})
    _, status = os.waitpid(pid, 0)
    return {'steps': steps, 'rc': os.waitstatus_to_exitcode(status)}


json.dump([play(keys) for keys in SESSIONS], sys.stdout, indent=1)
print()
