"""Which seeds were imported before, part by part, and into which articles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from sitegen.archive.extracts import extract_path
from sitegen.cache import Cache
from sitegen.importer.page import Page
from sitegen.importer.raw import Raw
from sitegen.model.article import Article
from sitegen.model.digest import digest_of
from sitegen.model.site import Head


class Part(NamedTuple):
    """An article of a file: the file's path in the archive, and which of several articles it is; empty where it is the only one."""

    seed: str
    part: str

    @property
    def shown(self) -> str:
        return f"{self.seed} ({self.part})" if self.part else self.seed

    @property
    def is_address(self) -> bool:
        """Whether it is called by an address (URI), which no other article has; chapters of two books may be called the same."""
        return re.match(r"[a-z][a-z0-9+.-]+:", self.part, re.I) is not None


class Imported:
    """The imports that an archive knows of, with those of this run. `paths`: those of all its articles."""

    def __init__(self, heads: Iterable[Head], paths: Iterable[str], cache: Cache) -> None:
        self.articles: dict[Part, str] = {}
        self.files: dict[str, tuple[str, str]] = {}
        """Of each seed an article that was made from it, and its SHA-256 then."""
        self.extracts: dict[str, tuple[str, str]] = {}
        """Of each recorded text the seed that it is of, and the article."""
        self.texts: dict[Part, str] = {}
        """The SHA-256 of the recorded text of each article that is one of several of its file."""
        self.parts: dict[str, Part] = {}
        """What files call their articles -> the first that was called so."""
        self.taken = set(paths)
        self._cache = cache
        self._values = {}
        self._proposed: dict[Part, str] = {}
        for head in heads:
            if head.seed is None:
                continue
            part = Part(head.seed[0], head.part)
            self.articles[part], self._values[part] = head.path, head.value
            self.files[part.seed] = (head.path, head.seed[1])
            if head.extract is not None:
                self.extracts[head.extract[0]] = (part.seed, head.path)
                self._called(part, head.extract[1])
        self._made = set(self.articles.values())

    def _called(self, part: Part, sha256: str) -> None:
        if part.part:
            self.texts[part] = sha256
            self.parts.setdefault(part.part, part)

    def twin(self, part: Part) -> Part | None:
        """Of an article that was not imported, the one that another file calls the same: an earlier export of the same site."""
        found = self.parts.get(part.part)
        return found if found is not None and part not in self.articles else None

    def before(self, part: Part) -> str | None:
        """What was proposed of an article when it was imported before, by its digests; None where it was not."""
        if part not in self.articles:
            return None
        if part not in self._proposed:
            front = self._cache.value(self._values[part], Article).front
            self._proposed[part] = (front.seed.proposed if front.seed else None) or ""
        return self._proposed[part]

    def target(self, part: Part, wanted: str, *, anew: bool) -> str:
        """The path of an article: that which it has, or the one `wanted`, with a number where another seed has led to the same one.
        `anew`: the one that it would have."""
        if part in self.articles:
            return wanted if anew else self.articles[part]
        stem, number, free = wanted.removesuffix(".md"), 2, wanted
        while free in self._made:
            free, number = f"{stem}-{number}.md", number + 1
        return free

    def remember(self, seed: Raw, part: Part, target: str, made: Page) -> None:
        """Counts an article that was made."""
        self.taken.add(target)
        self._made.add(target)
        self._proposed[part] = made.proposed
        self.articles[part] = target
        self.files[part.seed] = (target, seed.sha256)
        if made.extract:
            self.extracts[extract_path(*part)] = (part.seed, target)
            self._called(part, digest_of(made.extract).hex())
