"""The ledger of what was published: every address, and every place in a page that can be linked to, once and for all.

Others cite addresses; one that is lost cannot be asked who cites it. So the archive writes down what it has published (`urls.lock`, one a
line, in order, so that Git can merge two lists), and what is written there must be answered by something for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from sitegen import urls
from sitegen.archive.plan import FEED, MAP, SEARCH
from sitegen.model.article import Article, Entry
from sitegen.model.kinds import TIMELINE
from sitegen.model.pages import Planned

HEAD = "# Every address that was published, and every place in a page that can be linked to. `sitegen urls --accept` adds what is new.\n"
Ledger = dict[str, frozenset[str]]
"""Address -> the anchors in its page."""
_DERIVED = re.compile(r"(?:^|/)page/[0-9]+/$")
"""The numbered pages of long lists: what is on them moves on."""
_OURS = ("assets/", "search/")
"""Where files lie whose names follow from their bytes."""
_BY_SETTINGS = (MAP, SEARCH, "404.html")
"""Pages that come and go with the settings, and hold nothing that is cited."""
_LINE = re.compile(r"([^\s#]+)(?:#([^\s#]+))?\Z")


def read(text: str) -> tuple[Ledger, dict[str, int], list[int]]:
    """A ledger, the line on which each of its entries stands (`address`, `address#anchor`), and the numbers of lines that are none."""
    found: dict[str, set[str]] = {}
    lines: dict[str, int] = {}
    wrong = []
    for number, line in enumerate(text.splitlines(), 1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        parts = _LINE.match(entry)
        address = unquote(parts[1]).lstrip("/") if parts else ""
        if parts is None or not urls.is_inside(address.rstrip("/") or "index.html"):
            wrong.append(number)
            continue
        lines.setdefault(f"{address}#{parts[2]}" if parts[2] else address, number)
        found.setdefault(address, set()).update([parts[2]] if parts[2] else [])
    return {address: frozenset(anchors) for address, anchors in found.items()}, lines, wrong


def written(ledger: Mapping[str, Iterable[str]]) -> str:
    r"""The text of a ledger.

    >>> written({"": [], "a/": ["c-2", "c-1"]}).partition("\n")[2]
    '/\n/a/\n/a/#c-1\n/a/#c-2\n'
    """
    lines = [f"/{urls.encoded(address)}{end}" for address, anchors in ledger.items() for end in ("", *(f"#{anchor}" for anchor in anchors))]
    return HEAD + "".join(f"{line}\n" for line in sorted(lines))


def address_at(path: str) -> str:
    """The address at which readers find a file.

    >>> address_at("old/index.html"), address_at("files/a.pdf")
    ('old/', 'files/a.pdf')
    """
    return path.removesuffix("index.html") if path.rpartition("/")[2] == "index.html" else path


def listed(pages: Iterable[Planned], files: Iterable[str]) -> list[str]:
    """The addresses that are for ever: of pages, but for the numbered pages, the parts of lists and the stretches of the timeline, which
    follow what the archive holds; of the feed; and of files, but for those whose names follow from their bytes."""
    kept = [page.address for page in pages if (page.template or page.address == FEED) and not _is_derived(page)]
    return [*kept, *(address_at(path) for path in files if not path.startswith(_OURS))]


def _is_derived(page: Planned) -> bool:
    if _DERIVED.search(page.address):
        return True
    if page.template == "list.html":
        return page.address.count("/") > 1
    if page.template == "timeline.html":
        return page.address != f"{TIMELINE}/"
    return page.address in _BY_SETTINGS


def anchors_of(value: Article | Entry) -> frozenset[str]:
    """The ids on a page that a link may lead to."""
    headings = {element.id for element in value.elements if element.kind == "heading"}
    if isinstance(value, Entry):
        return frozenset(headings)
    images = {f"image-{one}" for one in (*(e.id for e in value.elements if e.kind == "image"), *(one.id for one in value.added))}
    return frozenset(images | headings | {anchor.id for anchor in value.anchors})
