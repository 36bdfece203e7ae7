"""How hosts want to be asked: at a pace, and by what their robots.txt allows."""

from __future__ import annotations

import time
import urllib.robotparser
from collections.abc import Callable
from urllib.parse import urlsplit

from sitegen.web import Reach, TooLarge, followed

_RULES_SIZE = 512_000
"""Bytes of a robots.txt that are read: RFC 9309 wants 500 KiB at least."""


class Pace:
    """Lets some time pass between two requests to one host. `pause`: how many seconds; it is asked each time."""

    def __init__(self, pause: Callable[[], float]) -> None:
        self.pause = pause
        self.last: dict[str, float] = {}
        self.slower: dict[str, float] = {}
        """Seconds that a host itself asks for."""

    def wait(self, host: str) -> None:
        since = time.monotonic() - self.last.get(host, float("-inf"))
        pause = max(self.pause(), self.slower.get(host, 0.0))
        if since < pause:
            time.sleep(pause - since)
        self.last[host] = time.monotonic()


class Robots:
    """What the robots.txt of hosts allow (RFC 9309): one that is not there forbids nothing, one that its server cannot give forbids all."""

    def __init__(self, agent: str, reach: Reach, pace: Pace) -> None:
        self.agent, self.reach, self.pace = agent, reach, pace
        self._rules: dict[str, urllib.robotparser.RobotFileParser] = {}

    def may(self, url: str) -> bool:
        """Whether an address may be asked. Raises what `exchange` raises where the host does not answer."""
        return self._of(url).can_fetch(self.agent, url)

    def delay(self, url: str) -> float:
        """Seconds between two requests, as the host wants it; 0 where it does not say."""
        return float(self._of(url).crawl_delay(self.agent) or 0)

    def _of(self, url: str) -> urllib.robotparser.RobotFileParser:
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._rules:
            self.pace.wait(parts.netloc)
            rules = urllib.robotparser.RobotFileParser()
            rules.parse(self._lines(host))
            self._rules[host] = rules
        return self._rules[host]

    def _lines(self, host: str) -> list[str]:
        try:
            answer = followed(f"{host}/robots.txt", agent=self.agent, reach=self.reach, size=_RULES_SIZE)
        except TooLarge:
            return ["User-agent: *", "Disallow: /"]  # whatever it says was not read
        if answer.status >= 500:
            return ["User-agent: *", "Disallow: /"]
        return answer.body.decode("utf-8", "replace").splitlines() if answer.status < 300 else []
