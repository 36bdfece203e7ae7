"""Asks another program: what it prints, of what it is given on its standard input, within limits of time and size.

What it writes to its standard error is its user's to read, and passes through.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from threading import Thread
from typing import IO

SECONDS = 600.0
"""How long a program may take for one text; a model on a small machine takes minutes."""
LIMIT = 8 * 1024 * 1024
"""Bytes that it may print."""


class NoAnswer(Exception):
    """There is no answer; the message says why."""


def is_there(name: str) -> bool:
    """Whether a program can be started by this name or path."""
    return shutil.which(name) is not None


def answer_of(command: Sequence[str], question: bytes, *, seconds: float = SECONDS, limit: int = LIMIT) -> bytes:
    """What a program prints. Raises NoAnswer where it cannot be started, fails, takes too long or prints too much."""
    is_posix = os.name == "posix"
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=is_posix)  # noqa: S603 - no shell; it is named by whoever runs us
    except (OSError, ValueError) as error:
        raise NoAnswer(f"it cannot be started: {error}") from error
    assert process.stdin is not None
    assert process.stdout is not None
    told: list[bytes] = []
    # its output is read while its input is written: a program may answer before it has read all
    writing = Thread(target=_write, args=(process.stdin, question), daemon=True)
    reading = Thread(target=_read, args=(process.stdout, told, limit), daemon=True)
    try:
        writing.start()
        reading.start()
        reading.join(seconds)
        if reading.is_alive():
            raise NoAnswer(f"it gave no answer within {seconds:g} seconds")
        if sum(map(len, told)) > limit:
            raise NoAnswer(f"it printed more than {limit:,} bytes")
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise NoAnswer(f"it did not end within {seconds:g} seconds") from None
    finally:
        if process.poll() is None:
            _kill(process, is_posix=is_posix)
        reading.join(1)
        if not reading.is_alive():  # else something that it has started holds the pipe
            process.stdout.close()
    if status:
        raise NoAnswer(f"it ended with the status {status}" if status > 0 else f"it was ended by signal {-status}")
    return b"".join(told)


def _write(pipe: IO[bytes], question: bytes) -> None:
    with contextlib.suppress(OSError):  # a program need not read all
        pipe.write(question)
    with contextlib.suppress(OSError):
        pipe.close()


def _read(pipe: IO[bytes], told: list[bytes], limit: int) -> None:
    size = 0
    while size <= limit and (part := os.read(pipe.fileno(), 1 << 16)):
        told.append(part)
        size += len(part)


def _kill(process: subprocess.Popen[bytes], *, is_posix: bool) -> None:
    """Ends a program with all that it has started."""
    with contextlib.suppress(OSError):
        if is_posix:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
