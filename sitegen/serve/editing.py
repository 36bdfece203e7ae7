"""The work of the server between a file that is saved and a page that is shown.

Woken, it first makes the pages that somebody looks at, from their own files; then, once nothing more is written for a moment, it reads
the archive as a build does, puts the new state in the place of the old, and tells the listeners.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import json
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from sitegen.archive.extracts import may_be_of
from sitegen.cache import Lost
from sitegen.clock import today
from sitegen.model.digest import Digest
from sitegen.model.problem import Fault, Problem
from sitegen.serve import Say
from sitegen.serve.hub import Hub, Listener
from sitegen.serve.pages import CANNOT, Marks, Pages, Shown
from sitegen.serve.site import Made, Site, make
from sitegen.survey import Options
from sitegen.theme import TemplateFailed
from sitegen.tree import CONFIG, Changed
from sitegen.workers import Progress

Arguments = ParamSpec("Arguments")
T = TypeVar("T")
QUIET = 0.15
"""Seconds without an event after which the archive is read: a burst makes one reading."""
PATIENCE = 2.0
"""Seconds after which it is read though events go on."""
EXCERPT = 300
"""Signs of a line that a problem shows."""
LOOK_AGAIN = 10.0
"""Seconds after which the files are looked at though no event came: for pages that fall due, and for events that a system has dropped."""


class Editing:
    """The state that is served, and how it follows the files."""

    def __init__(self, root: Path, options: Options, say: Say) -> None:
        self.root = root
        self.options = options
        self.say = say
        self.hub = Hub()
        self.reading = ThreadPoolExecutor(1, "reading")
        self.rendering = ThreadPoolExecutor(1, "rendering")
        self.answering = asyncio.Lock()
        """Held while the desk does an act and tells of it: its answer must not share Python's one thread with a reading."""
        self.woken = asyncio.Event()
        self.due = asyncio.Event()
        self.made: Made | None = None
        self.before: Site | None = None
        self.number = 0
        self.is_behind = False
        self.fault: Problem | None = None
        self.seeds: list[str] = []
        self._site: Site | None = None

    @property
    def site(self) -> Site | None:
        """The last state without errors, if there has been one."""
        return self._site

    @property
    def base(self) -> str:
        """The path that all addresses begin with."""
        return self._site.base if self._site is not None else "/"

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong now."""
        of_files = self.made.problems if self.made is not None else ()
        return (self.fault, *of_files) if self.fault is not None else of_files

    def begin(self, progress: Progress) -> None:
        """The first reading, before anybody listens. Raises Fault where there is no archive."""
        made = make(self.root, self.options, progress=progress)
        assert made is not None
        self._tell_of(made.problems)
        if CONFIG not in made.tree.digests:
            raise Fault(f"there is no archive in {self.root}")
        self.pages: Pages = self.rendering.submit(Pages, self.root).result()
        self.made, self._site = made, made.site
        self.options = self.options._replace(jobs=1)  # a process with threads is not forked
        if made.site is None:
            self.say("There is nothing to show before these errors are mended; then it is shown by itself.")
        else:
            self.say(f"{len(made.site.pages)} pages in {made.seconds:.2f} s")

    def close(self) -> None:
        """Ends the streams and the threads."""
        self.hub.close()
        if self.made is not None:
            self.rendering.submit(self.pages.close)
        for pool in (self.reading, self.rendering):
            pool.shutdown()

    def wake(self) -> None:
        """Something may have changed."""
        self.woken.set()
        self.due.set()

    async def run(self) -> None:
        """Follows the files until it is cancelled. Two work side by side, so that a save is seen while the archive is being read."""
        await asyncio.gather(self._look(), self._follow())

    async def _look(self) -> None:
        """Makes the pages that are looked at, at every change."""
        while True:
            await self.woken.wait()
            async with self.answering:
                self.woken.clear()
            await self._preview()

    async def _follow(self) -> None:
        """Reads the archive once nothing more is written."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.due.wait(), LOOK_AGAIN)
            begun = time.monotonic()
            self.due.clear()
            while time.monotonic() - begun < PATIENCE:
                try:
                    await asyncio.wait_for(self.due.wait(), QUIET)
                except TimeoutError:
                    break
                self.due.clear()
            async with self.answering:
                pass
            await self._read()

    async def page(self, path: str) -> Shown | Problem | None:
        """The page at an output path; a problem where its template fails; None where there is none."""
        for is_last in (False, True):
            if self._site is None:
                return None
            try:
                return await self._render(self.pages.page, self._site, path)
            except TemplateFailed as failure:
                return failure.problem
            except Lost:
                if not is_last:  # another program has emptied the store
                    await self._read(anyway=True)
        hint = "mend the errors, if there are any, or serve again"
        return Problem(path, 0, "page-lost", "the store under .sitegen/ no longer holds what the page is made from", hint)

    def key(self, path: str) -> str:
        """What the page at an output path is called in the archive; empty of what nobody wrote."""
        planned = self._site.pages.get(path) if self._site is not None else None
        return self._site.keys.get(planned.address, "") if self._site is not None and planned is not None else ""

    async def file(self, address: str) -> bytes | None:
        """A file that is published as it is."""
        try:
            return await self._render(self.pages.file, self._site, address) if self._site is not None else None
        except Changed:  # its new bytes come with the next reading
            self.wake()
            return None

    async def message(self, path: str) -> str:
        """What a browser is told that looks at a page."""
        return json.dumps(await self._message(path), ensure_ascii=False)

    async def _message(self, path: str) -> dict[str, Any]:
        found = await self.page(path)
        problems = [*self.problems, *([found] if isinstance(found, Problem) else [])]
        site = self._site
        planned = site.pages.get(path) if site is not None else None
        key = site.keys.get(planned.address, "") if site is not None and planned is not None else ""
        marks, why = await self._render(self._about, site, path) if site is not None else (Marks("", ()), None)
        return {
            "number": self.number,
            "behind": self.is_behind,
            "etag": found.etag if isinstance(found, Shown) else "",
            "gone": found is None and site is not None,
            "seconds": round(self.made.seconds, 2) if self.made else 0,
            "source": site.survey.paths.get(key, "") if site is not None else "",
            "mark": marks.own,
            "unpublished": [self.base + address for address in marks.linked],
            "why": list(why or ()),
            "seeds": self.seeds,
            "problems": [{**problem.record(), "excerpt": self._excerpt(problem)} for problem in problems],
        }

    def _about(self, site: Site, path: str) -> tuple[Marks, tuple[str, ...] | None]:
        """What is to be said of a page besides its own words; in the rendering thread."""
        try:
            return self.pages.marks(site, path), self.pages.why(self.before, site, path)
        except Lost:  # another program has emptied the store; the next reading fills it
            return Marks("", ()), None

    def _excerpt(self, problem: Problem) -> str:
        """The line that a problem is about."""
        if self.made is None or problem.path not in self.made.tree.digests or not problem.line:
            return ""
        try:
            lines = (self.root / problem.path).read_text(encoding="utf-8", errors="replace").split("\n")
        except OSError:
            return ""
        return lines[problem.line - 1][:EXCERPT] if problem.line <= len(lines) else ""

    async def _preview(self) -> None:
        """Makes the pages that are looked at from their own files, and says so."""
        for path, listeners in self.hub.looked_at().items():
            if self._site is None:
                return
            try:
                found = await self._render(self.pages.preview, self._site, path)
            except CANNOT:  # the reading of the archive will say what it is
                continue
            if found is not None:
                self.is_behind = True
                await self._tell(path, listeners)

    async def _read(self, *, anyway: bool = False) -> None:
        """Reads the archive, and puts what it finds in the place of what was."""
        loop = asyncio.get_running_loop()
        try:
            made = await loop.run_in_executor(
                self.reading, make, self.root, self.options._replace(today=today()), None if anyway else self.made
            )
            fault = None
        except Fault as error:
            made, fault = None, Problem(".sitegen", 0, "not-read", str(error), "the site is as it was before")
        had, before = self.fault, self.made
        self.fault = fault
        if made is None and fault == had and not self.is_behind:
            return
        if made is not None:
            self.number += 1
            self._report(before, made)
            self.made = made
            if made.site is not None:
                self.before, self._site = self._site, made.site
        if self._site is not None:
            await self._render(self.pages.settle, self._site)
        self.is_behind = self.due.is_set()
        for path, listeners in self.hub.looked_at().items():
            await self._tell(path, listeners)

    async def _tell(self, path: str, listeners: list[Listener]) -> None:
        message = await self.message(path)
        for listener in listeners:
            listener.tell(message)

    def _report(self, before: Made | None, made: Made) -> None:
        """Says in the terminal what was read."""
        changed = _changed(before.tree.digests if before else {}, made.tree.digests)
        now = datetime.datetime.now().astimezone().strftime("%H:%M:%S")
        shown = f"{', '.join(changed[:3])}{f' and {len(changed) - 3} more' if len(changed) > 3 else ''}" if changed else "the date"
        errors = sum(problem.severity == "error" for problem in made.problems)
        state = f"{errors} error{'s' * (errors != 1)}; the last good site stays" if made.site is None else "shown"
        self.say(f"{now} {shown}: {state} ({made.seconds:.2f} s)")
        known = set(before.problems) if before else set()
        self._tell_of(problem for problem in made.problems if problem not in known)
        for path in self._follow_seeds(before, made):
            self.say(f"{path} is new: sitegen import {path}")

    def _tell_of(self, problems: Iterable[Problem]) -> None:
        for line in (line for problem in problems for line in problem.lines()):
            self.say(line)

    def _follow_seeds(self, before: Made | None, made: Made) -> list[str]:
        """The seeds that have appeared; those that became articles, or went, are no longer spoken of."""
        there = made.tree.digests
        used = set(made.site.survey.sources.values()) if made.site is not None else set()
        new = [path for path in made.tree.below("seeds") if before is not None and path not in before.tree.digests]
        new = [path for path in new if not may_be_of(path) & there.keys()]  # what was extracted from a seed is none
        used |= {seed for path in used for seed in may_be_of(path)}
        self.seeds = [path for path in [*self.seeds, *new] if path in there and path not in used]
        return [path for path in new if path in self.seeds]

    async def _render(self, work: Callable[Arguments, T], *arguments: Arguments.args, **_: Arguments.kwargs) -> T:
        """Does a piece of work in the rendering thread."""
        return await asyncio.get_running_loop().run_in_executor(self.rendering, partial(work, *arguments))


def _changed(before: Mapping[str, Digest], after: Mapping[str, Digest]) -> list[str]:
    """The files that are new, gone or other than before."""
    if before == after:
        return []
    return [path for path in {**before, **after} if before.get(path) != after.get(path)]
