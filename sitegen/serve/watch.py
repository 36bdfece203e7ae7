"""Wakes the server when a file of the archive may have changed. An event carries nothing: the files are read."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from sitegen.model.problem import Fault
from sitegen.tree import FOLDERS, is_part

READS = frozenset(["opened", "closed_no_write"])
"""Events that no change causes; reading the archive would wake its reader."""
POLL_SECONDS = 0.5


@contextlib.contextmanager
def watching(root: Path, loop: asyncio.AbstractEventLoop, wake: Callable[[], None], *, poll: bool) -> Iterator[None]:
    """Calls `wake` in the loop at every event of the archive's own files."""
    observer: BaseObserver = PollingObserver(timeout=POLL_SECONDS) if poll else Observer()
    handler = _Handler(root, observer, lambda: loop.call_soon_threadsafe(wake))
    try:
        observer.schedule(handler, str(root), recursive=False)
        observer.start()
        for folder in FOLDERS:  # once the root is watched, so that none can appear unseen in between
            handler.watch(folder)
    except OSError as error:
        raise Fault(f"the archive cannot be watched ({error.strerror}); try `--poll`") from error
    try:
        yield
    finally:
        observer.stop()
        observer.join(timeout=2)


class _Handler(FileSystemEventHandler):
    def __init__(self, root: Path, observer: BaseObserver, wake: Callable[[], object]) -> None:
        self.root = root
        self.observer = observer
        self.wake = wake
        self.watched: dict[str, ObservedWatch] = {}

    def watch(self, folder: str) -> None:
        """Watches one of the archive's folders, once it is there."""
        if (self.root / folder).is_dir() and folder not in self.watched:
            self.watched[folder] = self.observer.schedule(self, str(self.root / folder), recursive=True)

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in READS:
            return
        for place in (event.src_path, event.dest_path):
            parts = _parts(self.root, place)
            if not parts or not is_part("/".join(parts)) or not is_part(parts[0]):
                continue
            if len(parts) == 1 and parts[0] in FOLDERS and event.is_directory and event.event_type in ("created", "moved", "deleted"):
                old = self.watched.pop(parts[0], None)
                if old is not None:  # it is of the folder that was there
                    self.observer.unschedule(old)
                with contextlib.suppress(OSError):  # no more watches to be had: it is looked at all the same, only later
                    self.watch(parts[0])
            self.wake()
            return


def _parts(root: Path, place: str | bytes) -> tuple[str, ...]:
    """A path below the archive, by its parts; empty where it lies elsewhere."""
    text = place.decode("utf-8", "surrogateescape") if isinstance(place, bytes) else place
    try:
        return Path(text).relative_to(root).parts if text else ()
    except ValueError:
        return ()
