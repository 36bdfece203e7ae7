"""Renders the pages that are asked for, and those that are looked at before all else: from the file as it was just saved.

All of it runs in one thread, beside the one that reads the archive, with its own connection to the store, into which it writes nothing.
"""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from sitegen.archive import plan
from sitegen.archive.index import address_of
from sitegen.build import render
from sitegen.cache import Cache, Lost, reading_cache
from sitegen.explain import changes
from sitegen.model.article import Key
from sitegen.model.digest import Digest, digest_of
from sitegen.model.kinds import ARTICLES, KINDS
from sitegen.model.pages import EntryPage, FreePage, HomePage, Page, Planned
from sitegen.model.problem import Fault
from sitegen.serve.opendata import OpenData
from sitegen.serve.site import Site
from sitegen.survey.filling import filled
from sitegen.survey.reading import NOTES, File, Settings, file_of, read_all
from sitegen.theme import TemplateFailed

KEPT = 100
"""Rendered pages that are kept at hand."""

CANNOT = (Fault, Lost, TemplateFailed, OSError)
"""What may keep a page from being made from its own file; the reading of the archive tells what is wrong."""


class Shown(NamedTuple):
    """A page as it is shown: its bytes, and their mark."""

    data: bytes
    etag: str


class Marks(NamedTuple):
    """What is not for readers: why the page itself is not; the addresses of pages that it names and that are not."""

    own: str
    linked: tuple[str, ...]


def shown(data: bytes) -> Shown:
    return Shown(data, digest_of(data).hex()[:20])


class Pages:
    """The rendering of one archive's pages."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.cache: Cache = reading_cache(root)
        self.store = _inode(root)
        self.kept: OrderedDict[Digest, tuple[Shown | None, ...]] = OrderedDict()
        self.open_data = OpenData()
        self.previews: dict[str, tuple[bytes, Shown]] = {}
        """Output path -> the bytes of its files, and the page that they make while the archive is read anew."""

    def page(self, site: Site, path: str) -> Shown | None:
        """The page at an output path. Raises TemplateFailed; Lost where the store was emptied by another program."""
        if path in self.previews:
            return self.previews[path][1]
        planned = site.pages.get(path)
        if planned is not None and planned.address == plan.DATA:
            return shown(self.open_data.page(site, self.cache))
        return self._outputs(site, planned)[0] if planned is not None else None

    def _outputs(self, site: Site, page: Planned) -> tuple[Shown | None, ...]:
        """The page, and what lies beside it: who asks for one often asks for the other."""
        key = site.key(page, self.cache)
        found = self.kept.get(key)
        if found is None:
            made = render(self.cache, page, site.card, site.theme, site.view, site.archive.cards)
            found = tuple(shown(one) if one is not None else None for one in made)
            self.kept[key] = found
            if len(self.kept) > KEPT:
                self.kept.popitem(last=False)
        return found

    def file(self, site: Site, address: str) -> bytes | None:
        """A file that is published as it is: a picture, a seed, a part of the theme; or what lies beside a page."""
        wanted = site.survey.files.get(address)
        if wanted is None and address.startswith(plan.DATA) and site.config.outputs.data:
            return self.open_data.file(site, self.cache, address)
        if wanted is None:
            page, number = site.beside.get(address, (None, 0))
            found = self._outputs(site, page)[number] if page is not None else None
            return found.data if found is not None else None
        return site.tree.read(site.survey.sources[address]) if address in site.survey.sources else self.cache.data(wanted)

    def preview(self, site: Site, path: str) -> Shown | None:
        """The page from its own file as it now is, and all else as it was; None where the file is as it was, or has errors. The page is
        right as far as its own words go: what others make of them the reading of the archive will tell."""
        planned = site.pages.get(path)
        key = site.keys.get(planned.address) if planned is not None else None
        source = site.survey.paths.get(key or "")
        if planned is None or key is None or source is None:
            return None
        kind = key.partition("/")[0]
        files = [source, source.removesuffix(".md") + NOTES] if kind == ARTICLES.plural else [source]
        present = {one: data for one in files if (data := _bytes(site.tree.root / one)) is not None}
        stamp = b"\0".join(present.get(one, b"") for one in files)
        if path in self.previews and self.previews[path][0] == stamp:
            return None
        digests = {one: digest_of(data) for one, data in present.items()}
        if source not in present or all(site.tree.digests.get(one) == digests.get(one) for one in files):
            return None
        all_digests = {**site.tree.digests, **digests}
        settings = Settings.of(site.config)
        file = file_of({one: all_digests[one] for one in present}, kind, source)
        try:
            made = (
                self._article(site, all_digests, file, settings, planned)
                if kind == ARTICLES.plural
                else self._entry(site, file, settings, planned)
            )
            if made is None:
                return None
            new, cards = made
            html = render(self.cache, new, site.card, site.theme, site.view, cards)[0]
            assert html is not None  # it is what lies beside a page that may not be
            found = shown(html)
        finally:
            self.cache.let_go()
        self.previews[path] = (stamp, found)
        return found

    def settle(self, site: Site) -> None:
        """Drops the previews that a new state has caught up with; what was saved since it was read is made again on top of it."""
        if self.store != _inode(self.root):  # somebody removed it, and the reading has begun another
            self.close()
            self.cache, self.store = reading_cache(self.root), _inode(self.root)
        self.cache.let_go(cards=2 * len(site.archive.cards) + KEPT)  # most of the cards are of states that are gone
        paths = list(self.previews)
        self.previews.clear()
        for path in paths:
            with contextlib.suppress(*CANNOT):
                self.preview(site, path)

    def _article(
        self, site: Site, digests: Mapping[str, Digest], file: File, settings: Settings, planned: Planned
    ) -> tuple[Planned, Mapping[Key, Digest]] | None:
        boxes = filled(self.cache, [file], settings, site.names, site.public._replace(drafts=True), digests)
        if len(boxes) != 1 or len(boxes[0].slips) != 1 or any(problem.severity == "error" for problem in boxes[0].problems):
            return None
        slip = boxes[0].slips[0]
        cards = {**site.archive.cards, ARTICLES.key(slip.stem): slip.card}  # its key is never asked for: it is rendered at once
        outline = plan.Outline(planned.address, planned.template, slip.page, slip.names)
        return plan.planned(outline, cards, planned.beside), cards

    def _entry(self, site: Site, file: File, settings: Settings, planned: Planned) -> tuple[Planned, Mapping[Key, Digest]] | None:
        read = read_all(self.cache, [file], settings)[0]
        page: Page = self.cache.value(planned.page, Page)
        if (
            read.head is None
            or any(one.severity == "error" for one in read.problems)
            or not isinstance(page, EntryPage | FreePage | HomePage)
        ):
            return None
        edited = msgspec.structs.replace(page, entry=read.head.value)
        outline = plan.outlined(edited, self.cache.keep(edited))
        cards = {**site.archive.cards, read.head.card.key: read.head.card_digest}
        return plan.planned(outline, cards, planned.beside), cards

    def marks(self, site: Site, path: str) -> Marks:
        """What readers would not see: the page, or pages that it names."""
        planned = site.pages.get(path)
        if planned is None:
            return Marks("", ())
        page: Page = self.cache.value(planned.page, Page)
        named = {key for key in (*page.named, *planned.beside) if self._hidden(site, key)}
        return Marks(self._hidden(site, site.keys.get(planned.address, "")), tuple(sorted(address_of(key) for key in named)))

    def _hidden(self, site: Site, key: Key) -> str:
        """Why readers would not see a page, or not all of it; empty where they would."""
        card = self.cache.card(site.archive.cards[key]) if key in site.archive.cards else None
        gate = getattr(card, "gate", None)
        if gate is None:
            return ""
        if site.public.status(gate, KINDS[key.partition("/")[0]]) == "hidden":
            if gate.draft:
                return "a draft"
            is_early = gate.publish_from is not None and gate.publish_from > site.public.today
            return f"not public before {gate.publish_from}" if is_early else "not public until an editor has checked it"
        return ""

    def why(self, before: Site | None, site: Site, path: str) -> tuple[str, ...] | None:
        """What has changed of a page between two states; None where the earlier had no such page."""
        planned = site.pages.get(path)
        if before is None or planned is None:
            return None
        return changes(planned.address, before.snapshot, site.snapshot, site.survey, self.cache)

    def close(self) -> None:
        self.cache.close()


def _inode(root: Path) -> int:
    """Which file the store is; 0 where there is none."""
    try:
        return (root / ".sitegen/cache.db").stat().st_ino
    except OSError:
        return 0


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None  # a pipe would be waited for
    except OSError:
        return None
