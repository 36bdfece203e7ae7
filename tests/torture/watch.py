"""What a build does to files and processes, seen from within it: notes when the output begins to change, and strikes at a moment."""

from __future__ import annotations

import contextlib
import hashlib
import os
import resource
import signal
from pathlib import Path
from typing import Any

from tests.torture.spec import Moment, Spec

_PATHS = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.scandir", "os.listdir", "shutil.rmtree")
"""Events about a path, beside those of opening a file."""


class Watch:
    """An audit hook: notes when the output begins to change, and strikes at the moment."""

    def __init__(self, spec: Spec, notes: int, resume: int) -> None:
        self.spec = spec
        self.root = spec.root
        self.output = f"{spec.root}/public/"
        self.moment = spec.moment
        self.notes = notes
        self.resume = resume
        self.build = os.getpid()
        self.process = 0
        self.count = 0
        self.is_begun = False
        self.is_changing = False
        self.is_busy = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.is_busy or not (event == "open" or event.startswith(("os.", "shutil.", "sqlite3.", "_thread."))):
            return
        self.is_busy = True
        try:
            path = _path(event, arguments)
            if not self.is_begun:
                if not path.startswith(self.root):
                    return
                self.begin()
            if not self.is_changing and self.changes(event, path):
                self.is_changing = True
                os.write(self.notes, f"changing {' '.join(self.staged())}\n".encode())
            if self.moment is not None and event in self.moment.events:
                self.strike(self.moment, event, path)
        finally:
            self.is_busy = False

    def begin(self) -> None:
        """The program has come to the archive."""
        self.is_begun = True
        os.write(self.notes, b"ready\n")
        for name, most in self.spec.limits.items():
            used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() if name == "AS" else 0
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (used + most, used + most))

    def changes(self, event: str, path: str) -> bool:
        """Whether the operation changes a file of the site, which the mark that the folder is ours is none of. What goes by a descriptor's
        folder is the removal of a whole folder, which has an event of its own."""
        return (
            event in ("os.rename", "os.remove", "os.rmdir", "shutil.rmtree")
            and path.startswith(self.output)
            and not path.removeprefix(self.output).startswith((".sitegen-stage", ".sitegen-output"))
        )

    def staged(self) -> list[str]:
        """The digests of what lies staged; none where it cannot be read."""
        with contextlib.suppress(OSError, MemoryError):
            stages = [name for name in os.listdir(self.output) if name.startswith(".sitegen-stage")]
            files = [path for name in stages for path in sorted(Path(self.output, name).rglob("*")) if path.is_file()]
            return [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
        return ["unknown"]

    def strike(self, moment: Moment, event: str, path: str) -> None:
        if moment.does == "fail" and event in ("open", *_PATHS) and not path.startswith(self.root):
            return
        process = os.getpid()
        if (process == self.build) != (moment.of == "build"):
            return
        if process != self.process:
            self.process, self.count = process, 0
        self.count += 1
        if self.count != moment.count and not (moment.does == "fail" and moment.lasting and self.count > moment.count):
            return
        match moment.does:
            case "kill":
                os.kill(process, signal.SIGKILL)
            case "kill-all":
                os.killpg(self.build, signal.SIGKILL)
            case "interrupt":
                os.kill(process, signal.SIGINT)
            case "interrupt-all":
                os.killpg(self.build, signal.SIGINT)
            case "terminate":
                os.kill(process, signal.SIGTERM)
            case "terminate-all":
                os.killpg(self.build, signal.SIGTERM)
            case "pause":
                os.write(self.notes, b"paused\n")
                os.read(self.resume, 1)
            case "fail" if event == "_thread.start_new_thread":
                raise RuntimeError("can't start new thread")
            case "fail":
                raise OSError(moment.errno, os.strerror(moment.errno), path or None)


def _path(event: str, arguments: tuple[Any, ...]) -> str:
    """The path that an operation is about: of a renaming, the one that the file is to have."""
    place = arguments[1 if event == "os.rename" else 0] if arguments else None
    return os.fsdecode(place) if isinstance(place, str | bytes | os.PathLike) else ""
