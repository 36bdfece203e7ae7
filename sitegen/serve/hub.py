"""The browsers that listen: which page each looks at, and what it is to be told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

LISTENERS = 200
"""Streams that are open at once at most."""
STILL_HERE = 15.0
"""Seconds after which a silent stream says that it lives, so that a vanished browser is noticed."""


@dataclass(eq=False)
class Listener:
    """One open tab: the page it looks at (output path), and the last message that it has not been sent."""

    path: str
    message: str | None = None
    news: asyncio.Event = field(default_factory=asyncio.Event)
    is_closed: bool = False

    def tell(self, message: str) -> None:
        """Leaves a message; one that was not yet sent is replaced, for only the newest state matters."""
        self.message = message
        self.news.set()

    async def messages(self) -> AsyncIterator[str | None]:
        """The messages as they come; None where there was none for long. Ends when it is closed."""
        while not self.is_closed:
            try:
                await asyncio.wait_for(self.news.wait(), STILL_HERE)
            except TimeoutError:
                yield None
                continue
            self.news.clear()
            message, self.message = self.message, None
            if message is not None:
                yield message


class Hub:
    """All listeners."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self.is_closed = False

    def is_full(self) -> bool:
        return len(self.listeners) >= LISTENERS or self.is_closed

    def looked_at(self) -> dict[str, list[Listener]]:
        """The pages that somebody looks at, with those who do."""
        out: dict[str, list[Listener]] = {}
        for listener in self.listeners:
            out.setdefault(listener.path, []).append(listener)
        return out

    def close(self) -> None:
        """Ends all streams."""
        self.is_closed = True
        for listener in self.listeners:
            listener.is_closed = True
            listener.news.set()
