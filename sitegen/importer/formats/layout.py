"""From the lines of printed pages to paragraphs and headings: what repeats on pages goes, lines are joined, words are left as they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from sitegen.content.text import normal
from sitegen.importer.formats.arranging import Block


class Line(NamedTuple):
    """A line of a page, in points from its left lower corner: where it begins and ends, its baseline, the size of its letters.
    `is_cut`: it ended with a hyphen, which is no more in its words."""

    text: str
    left: float
    right: float
    base: float
    height: float
    is_cut: bool = False


NEAR_EDGE = 3
"""Lines at the top and at the bottom of a page among which running heads are sought."""
SAME_PLACE = 6.0
"""Points by which running heads may stand higher or lower from page to page."""
SHARE, SURE = 0.3, 3
"""Share of pages on which a running head stands at least, and how many pages are enough whatever their share: heads change from chapter to
chapter, and on the pages of a book every other one is alike."""
_NUMBER = re.compile(r"[-–—\s]*(\d{1,4})[-–—\s]*")


def without_running_heads(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], list[str]]:
    """The pages without what stands at the same place of several, numbers aside, at their top or bottom: heads, feet, page numbers; and
    what that was."""
    found: dict[str, list[tuple[int, Line]]] = {}
    numbers: list[tuple[int, Line, int]] = []
    for page, lines in enumerate(pages):
        ordered = sorted(lines, key=lambda line: -line.base)
        for line in dict.fromkeys([*ordered[:NEAR_EDGE], *ordered[-NEAR_EDGE:]]):
            found.setdefault(re.sub(r"\d+", "#", normal(line.text)), []).append((page, line))
        edges = dict.fromkeys([*ordered[:1], *ordered[-1:]])
        numbers += [(page, line, int(one[1]) - page) for line in edges if (one := _NUMBER.fullmatch(line.text))]
    dropped: dict[tuple[int, Line], None] = {}
    enough = max(2, min(SURE, round(SHARE * len(pages))))
    names = []
    for some in found.values():
        middle = median(line.base for _, line in some)
        alike = [(page, line) for page, line in some if abs(line.base - middle) <= SAME_PLACE]
        if len({page for page, _ in alike}) >= enough:
            dropped.update(dict.fromkeys(alike))
            names.append(alike[0][1].text)
    counted = Counter(first for _, _, first in numbers).most_common(1)
    for page, line, first in numbers:  # wherever they stand, they count the pages
        if counted[0][1] > 1 and first == counted[0][0] and (page, line) not in dropped:
            dropped[page, line] = None
            names.append(line.text)
    kept = [[line for line in lines if (page, line) not in dropped] for page, lines in enumerate(pages)]
    return kept, names


LARGER = 1.12
"""How much higher than those of the text the letters of a heading are."""
TITLE = 1.3
"""The same of a title."""
_MARKER = re.compile(r"(?:[•●▪‣◦–—-]|\d{1,3}[.)]|[a-z][.)])\s+\S")


class Laid(NamedTuple):
    """The blocks of pages; words that keep the hyphen of their line's end, as they stand now."""

    blocks: list[Block]
    hyphened: list[str]


def laid(pages: Sequence[Sequence[Line]], joining: Collection[str]) -> Laid:
    """The blocks of pages. `joining`: words such as "and", before which a hyphen stands for the rest of a word ("Haupt- und Nebensatz")."""
    lines = [line for page in pages for line in page]
    if not lines:
        return Laid([], [])
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.height * 2) / 2] += len(line.text)
    body = sizes.most_common(1)[0][0]
    words = _Words(lines, joining)
    groups = [group for group in _paragraphs(pages, body) if any(line.text for line in group)]
    blocks = []
    largest = max((line.height for group in groups[:TOP] for line in group), default=body)
    has_title = False
    for number, group in enumerate(groups):
        text = words.joined(group)
        is_heading = group[0].height > body * LARGER and len(text) <= HEADING
        is_title = is_heading and not has_title and number < TOP and group[0].height >= max(largest * 0.98, body * TITLE)
        has_title = has_title or is_title
        blocks.append(Block("heading" if is_heading else "paragraph", text, is_title))
    return Laid(blocks, words.hyphened)


TOP = 6
"""Blocks among which the title is."""
HEADING = 300
"""Signs of a heading."""


def _paragraphs(pages: Sequence[Sequence[Line]], body: float) -> Iterator[list[Line]]:
    """Lines that are one paragraph, in order."""
    leading = _leading(pages, body)
    whole = _Columns([line for page in pages for line in page])
    group: list[Line] = []
    edge = 0.0
    for page in pages:
        columns = _Columns(page) if len(page) >= FEW else whole
        is_first = True
        for line in page:
            if group and not _goes_on(group, line, edge, columns.begins(line), leading, is_new_page=is_first):
                yield group
                group = []
            group.append(line)
            edge = columns.ends(line)
            is_first = False
    if group:
        yield group


FEW = 5
"""Lines of a page by which its columns are not yet known: those of the whole file count."""


def _leading(pages: Iterable[Sequence[Line]], body: float) -> float:
    """The usual distance of two lines of the text, in heights of a letter."""
    steps = [
        (above.base - below.base) / above.height
        for page in pages
        for above, below in pairwise(page)
        if abs(above.height - body) < 0.1 * body and 0.5 < (above.base - below.base) / max(above.height, 0.1) < 2.5
    ]
    return median(steps) if steps else 1.2


class _Columns:
    """Where the columns of a page end and begin, by the lines that begin at about the same place."""

    def __init__(self, page: Sequence[Line]) -> None:
        self.right: dict[int, float] = {}
        self.left: dict[int, float] = {}
        for line in page:
            at = round(line.left / WIDE)
            self.right[at] = max(self.right.get(at, 0.0), line.right)
            self.left[at] = min(self.left.get(at, line.left), line.left)

    def ends(self, line: Line) -> float:
        return max(self._near(self.right, line), default=line.right)

    def begins(self, line: Line) -> float:
        return min(self._near(self.left, line), default=line.left)

    @staticmethod
    def _near(edges: Mapping[int, float], line: Line) -> list[float]:
        at = round(line.left / WIDE)
        return [edges[one] for one in (at - 1, at, at + 1) if one in edges]


WIDE = 36.0
"""Points within which lines begin that stand in one column."""


def _goes_on(group: Sequence[Line], line: Line, edge: float, begins: float, leading: float, *, is_new_page: bool) -> bool:
    """Whether a line goes on with the paragraph that the lines before it are. `edge`: where the column of the last one ends; `begins`:
    where that of the line begins."""
    before = group[-1]
    height = max(before.height, 0.1)
    if abs(before.height - line.height) > (LARGER - 1) * height:
        return False
    if before.is_cut:
        return True
    step = before.base - line.base
    if not is_new_page and abs(step) < 0.35 * height:
        return True  # one row
    if _MARKER.match(line.text):
        return False
    first = line.text.split(" ", 1)[0]
    wide = (line.right - line.left) / max(len(line.text), 1)
    is_full = before.right + (len(first) + 1) * wide >= edge - 0.5 * height  # its first word had no room in the line before
    if is_new_page or step < 0:  # another page or column
        return is_full and not _ends(before.text) and line.text[:1].islower()
    if step > leading * height * 1.25 + 0.5:
        return False
    indent = 0.6 * height
    is_hanging = _MARKER.match(group[0].text) is not None
    if line.left - before.left > indent and line.left - begins > indent and not (is_hanging and len(group) == 1):
        return False
    if before.left - line.left > indent and len(group) > 1:
        return False
    return is_full


def _ends(text: str) -> bool:
    """Whether a line ends a sentence."""
    return re.search(r"[.!?:…][”\"’'»)\]]*\Z", text) is not None


class _Words:
    """Joins lines. A word that a line's end has cut is put together where the file has it whole elsewhere, and nowhere with a hyphen; else
    the hyphen stays, for it may be the word's own."""

    def __init__(self, lines: Sequence[Line], joining: Collection[str]) -> None:
        self.joining = joining
        self.hyphened: list[str] = []
        self.known: set[str] = set()
        for before, line in pairwise([None, *lines]):
            assert line is not None
            found = [one.casefold() for one in re.findall(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*", line.text)]
            self.known.update(found[bool(before is not None and before.is_cut) : len(found) - line.is_cut])

    def joined(self, lines: Sequence[Line]) -> str:
        text = lines[0].text
        for before, line in pairwise(lines):
            text = self._cut(text, line.text) if before.is_cut else f"{text} {line.text}"
        return normal(f"{text}-" if lines[-1].is_cut else text)

    def _cut(self, text: str, following: str) -> str:
        left = re.search(r"[^\W\d_]+\Z", text)
        right = re.match(r"[^\W\d_]+", following)
        if left is None or right is None or not right[0][0].islower():
            return f"{text}-{following}"
        whole, hyphened = (left[0] + right[0]).casefold(), f"{left[0]}-{right[0]}".casefold()
        if whole in self.known and hyphened not in self.known:
            return text + following
        if right[0] in self.joining:
            return f"{text}- {following}"
        if hyphened not in self.known:
            self.hyphened.append(f"{left[0]}-{right[0]}")
        return f"{text}-{following}"
