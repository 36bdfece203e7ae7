"""Whether addresses outside the archive answer: asked politely, and remembered for a week.

One request at a time, a host at most once a second, none that its robots.txt forbids, under a name that says who asks. What could not be
asked (a host that is away, a timeout) is told as dead; what is forbidden to be asked is told by nobody. A document with a snapshot is
told with it: readers still have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import msgspec

from sitegen import __version__
from sitegen.archive.gate import seen
from sitegen.cache import Cache
from sitegen.content import frontmatter
from sitegen.content.snapshots import linked
from sitegen.manners import Pace, Robots
from sitegen.model.article import Article, ArticleCard, Entry
from sitegen.model.prepared import prepared
from sitegen.model.problem import Problem
from sitegen.model.site import Head
from sitegen.survey import Survey
from sitegen.survey.reading import NOTES, Settings, content_files, read_all
from sitegen.tree import Tree
from sitegen.web import Reach, exchange
from sitegen.workers import Progress

AGENT = f"sitegen-linkcheck/{__version__}"
"""Who asks: a robots.txt may name it."""
REMEMBERED = 7
"""Days after which an address is asked again."""
PAUSE = 1.0
"""Seconds between two requests to one host."""
ASKED = ("link-dead", "link-moved")
"""The codes of what is told where addresses are asked."""
_MOVED = (301, 308)
_GONE = (404, 410)
_WEB = ("http://", "https://")


class Asked(NamedTuple):
    """An address that a file names: where, and the snapshots that stand beside it."""

    url: str
    path: str
    line: int
    snapshots: tuple[str, ...]


class Answer(msgspec.Struct, frozen=True):
    """What an address answered, on which day (ISO): its status, 0 where there was no answer and -1 where one may not ask; where it has
    moved for good; and why there was no answer."""

    day: str
    status: int
    moved: str = ""
    why: str = ""


def links_of(survey: Survey, tree: Tree, cache: Cache, jobs: int) -> list[Asked]:
    """Every address outside the archive that its files name, snapshots aside: these are what is fallen back upon."""
    if survey.config is None:
        return []
    reads = read_all(cache, content_files(tree)[0], Settings.of(survey.config), jobs)
    found: dict[tuple[str, str], Asked] = {}
    for head in (read.head for read in reads if read.head is not None):
        for one in _named(head, tree, cache):
            found.setdefault((one.url, one.path), one)
    return sorted(found.values())


def _named(head: Head, tree: Tree, cache: Cache) -> Iterator[Asked]:
    value = cache.value(head.value, Article if isinstance(head.card, ArticleCard) else Entry)
    value = seen(value) if isinstance(value, Article) else value  # nobody asks addresses for what came from elsewhere
    records = (value.front, value.notes) if isinstance(value, Article) else value.record
    for url, snapshots in linked(records):
        yield Asked(url, *_place(head.path, url, tree), tuple(one.url for one in snapshots or () if one.url))
    blocks = [block for element in value.elements for block in element.blocks]
    blocks += [note.body for note in value.notes if note.body is not None] if isinstance(value, Article) else []
    for url in (one.target for block in blocks for one in block.formats if one.tag == "link" and one.target.startswith(_WEB)):
        yield Asked(url, *_place(head.path, url, tree), ())


def _place(path: str, url: str, tree: Tree) -> tuple[str, int]:
    """Where a page's files write an address: in its own, or in that of its notes."""
    notes = path.removesuffix(".md") + NOTES
    for one in (path, notes) if notes in tree.digests else (path,):
        line = frontmatter.line_of(tree.read(one), one, url)
        if line:
            return one, line
    return path, 0


class Internet:
    """Asks addresses, and remembers what they answered in a file. `today` is ISO."""

    def __init__(self, memory: Path, today: str) -> None:
        self.memory = memory
        self.today = today
        self.answers: dict[str, Answer] = {}
        with suppress(OSError, msgspec.DecodeError):
            self.answers = msgspec.json.decode(memory.read_bytes(), type=prepared(dict[str, Answer]))
        self._pace = Pace(lambda: PAUSE)
        self._robots = Robots(AGENT, Reach.ANY, self._pace)

    def ask(self, url: str) -> Answer:
        """What an address answers: what is remembered of this week, else what it says now."""
        since = (date.fromisoformat(self.today) - timedelta(days=REMEMBERED)).isoformat()
        known = self.answers.get(url)
        if known is None or not since < known.day <= self.today:
            known = self.answers[url] = self._ask(url)
        return known

    def keep(self) -> None:
        """Writes down what was answered; a disk that takes nothing costs the next check its time."""
        with suppress(OSError):
            self.memory.write_bytes(msgspec.json.format(msgspec.json.encode(self.answers), indent=1))

    def _ask(self, url: str) -> Answer:
        try:
            if not self._robots.may(url):
                return Answer(self.today, -1)
            status, moved = self._request(url, "HEAD")
            if status >= 400 and status not in _GONE:  # many answer HEAD with an error, and GET with the page
                status, moved = self._request(url, "GET")
            return Answer(self.today, status, moved)
        except (OSError, ValueError) as error:
            return Answer(self.today, 0, why=str(error) or type(error).__name__)

    def _request(self, url: str, method: str) -> tuple[int, str]:
        """The status, and where it has moved for good, as far as one step: where a redirect leads is for the editor to see."""
        self._pace.wait(urlsplit(url).netloc)
        answer = exchange(url, method, agent=AGENT, reach=Reach.ANY)
        moved = urljoin(url, answer.header("Location")) if answer.status in _MOVED else ""
        return answer.status, moved if moved != url else ""


def wrong_with(links: Iterable[Asked], internet: Internet, progress: Progress) -> Iterator[Problem]:
    """The addresses that are dead, and those that have moved for good."""
    asked = list(links)
    for done, one in enumerate(asked):
        progress("Asking addresses", done, len(asked))
        answer = internet.ask(one.url)
        shown = one.url if len(one.url) <= 120 else f"{one.url[:117]}…"
        if answer.moved:
            hint = "write the new address, where it leads to the same document"
            yield Problem(one.path, one.line, "link-moved", f"{shown!r} has moved to {answer.moved!r}", hint, "warning")
        elif answer.status == 0 or answer.status in _GONE or answer.status >= 500:
            why = answer.why or f"it answers {answer.status}"
            hint = f"a snapshot stands beside it: {one.snapshots[0]}" if one.snapshots else "correct it, or add a snapshot under `archived`"
            yield Problem(one.path, one.line, "link-dead", f"{shown!r} is dead ({why})", hint, "warning")
    internet.keep()
