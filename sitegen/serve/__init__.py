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
from types import FrameType

from sitegen.model.problem import Fault
from sitegen.serve.guard import LOOPBACK
from sitegen.serve.hub import LISTENERS
from sitegen.serve.ports import bound, holder_of
from sitegen.survey import Options
from sitegen.workers import Progress, silent

SWITCH = 0.001
"""Seconds after which Python's threads take turns: an answer passes between them some eight times, and must not wait for the one that
reads."""
CONNECTIONS = 2 * LISTENERS
"""Open at once; beyond them a request is answered that there are too many."""
Say = Callable[[str], None]
"""Prints one line."""


def serve(
    root: Path,
    options: Options,
    host: str,
    port: int,
    say: Say,
    *,
    poll: bool = False,
    desk: bool = False,
    password: str | None = None,
    progress: Progress = silent,
) -> None:
    """Serves the archive at `root` until it is interrupted; with a `desk`, by which its files are written, to whoever has the printed
    address or, where there is one, knows the `password`. Raises Fault where it cannot listen, or there is no archive."""
    if desk and host not in LOOPBACK and password is None:
        raise Fault("the desk writes files: beyond this machine it is served with `--password-file FILE` alone")
    import asyncio

    import uvicorn

    from sitegen.serve.access import Access
    from sitegen.serve.app import app
    from sitegen.serve.desk import DeskAnswers
    from sitegen.serve.editing import Editing
    from sitegen.serve.watch import watching

    with contextlib.closing(_listening(host, port)) as listening, contextlib.closing(Editing(root, options, say)) as editing:
        editing.begin(progress)
        answers = DeskAnswers(editing, Access(listening.getsockname()[1], password)) if desk else None

        class Server(uvicorn.Server):
            def handle_exit(self, sig: int, frame: FrameType | None) -> None:
                editing.hub.close()  # else their streams would be waited for
                super().handle_exit(sig, frame)

            def leave(self) -> None:
                editing.hub.close()
                self.should_exit = True

        async def run() -> None:
            server = Server(
                uvicorn.Config(
                    app(editing, host, answers), log_level="error", lifespan="off", server_header=False, timeout_graceful_shutdown=1,
                    limit_concurrency=CONNECTIONS,
                )
            )  # fmt: skip
            with watching(root, asyncio.get_running_loop(), editing.wake, poll=poll):
                editing.wake()  # what changed before the watch began
                following = asyncio.create_task(editing.run())
                # one that follows no more would go on to show what is no longer so
                following.add_done_callback(lambda _: server.leave())
                await server.serve(sockets=[listening])
                following.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await following  # raises what it came to grief on

        if answers is not None:
            say(f"The desk: http://{bound(listening)}{answers.access.address}")
        say(f"Look at it: http://{bound(listening)}{editing.base}  (Ctrl-C ends)")
        if host not in LOOPBACK:
            say("Everybody in this network can read the archive, with its drafts, while this runs.")
        if host not in LOOPBACK and desk:
            say("The password goes through the network as it is: use the desk in a network that you trust.")
        sys.setswitchinterval(SWITCH)
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(run())


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
