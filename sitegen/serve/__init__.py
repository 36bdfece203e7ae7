"""`sitegen serve`: the archive as its readers would see it, made anew at every change.

The same survey and the same rendering as in a build; a page is rendered when it is asked for. The watcher's events only wake it: what has
changed is told by the files' bytes.
"""

from __future__ import annotations

import contextlib
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from sitegen.model.problem import Fault
from sitegen.serve.ports import bound, holder_of
from sitegen.survey import Options
from sitegen.workers import Progress, silent

PORT = 8000
SWITCH = 0.001
"""Seconds after which Python's threads take turns: an answer passes between them some eight times, and must not wait for the one that
reads."""
LOOPBACK = "127.0.0.1"
Say = Callable[[str], None]


def serve(root: Path, options: Options, host: str, port: int, say: Say, *, poll: bool = False, progress: Progress = silent) -> None:
    """Serves the archive at `root` until it is interrupted. Raises Fault where it cannot listen, or there is no archive."""
    import asyncio

    import uvicorn

    from sitegen.serve.app import app
    from sitegen.serve.editing import Editing
    from sitegen.serve.watch import watching

    listening = _listening(host, port)
    try:
        editing = Editing(root, options, say)
        editing.begin(progress)
        address = bound(listening)
        config = uvicorn.Config(
            app(editing, host), log_level="error", lifespan="off", server_header=False, timeout_graceful_shutdown=1, limit_concurrency=400
        )

        class Server(uvicorn.Server):
            def handle_exit(self, sig: int, frame: object) -> None:
                editing.hub.close()  # else their streams would be waited for
                super().handle_exit(sig, frame)  # type: ignore[arg-type]

        async def run() -> None:
            with watching(root, asyncio.get_running_loop(), editing.wake, poll=poll):
                editing.wake()  # what changed before the watch began
                at_work = asyncio.create_task(editing.run())
                try:
                    await Server(config).serve(sockets=[listening])
                finally:
                    at_work.cancel()
                    editing.close()

        say(f"Look at it: http://{address}{editing.base}  (Ctrl-C ends)")
        if host != LOOPBACK:
            say("Everybody in this network can read the archive, with its drafts, while this runs.")
        sys.setswitchinterval(SWITCH)
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(run())
    finally:
        listening.close()


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises Fault where another program does."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(512)  # from here on requests wait for their answers, while the archive is read
    except OSError as error:
        listening.close()
        holder = holder_of(port)
        why = f"port {port} is in use{f' by {holder}' if holder else ''}" if port else error.strerror
        raise Fault(f"cannot listen on {host}: {why}; choose another with `--port`, or any free one with `--port 0`") from error
    return listening
