"""A program at a terminal, at which somebody types: what it shows there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence

_SCRIPT = """
import os, pty, sys
pid, file = pty.fork()
if not pid:
    os.execv(sys.argv[1], sys.argv[1:])
os.write(file, sys.stdin.buffer.read())
out = b""
while True:
    try:
        part = os.read(file, 65536)
    except OSError:
        break
    if not part:
        break
    out += part
sys.stdout.buffer.write(out)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""


def at_terminal(command: Sequence[str], typed: str = "", env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Runs a program at a terminal of its own (`pty`), so that the tests' process need not fork while it has threads."""
    whole = [sys.executable, "-c", _SCRIPT, *command]
    return subprocess.run(whole, input=typed, env=env, capture_output=True, text=True, check=False)
