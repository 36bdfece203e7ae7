"""Fits the weights of what tells a place to news articles in which people marked the places, and compares them with those at hand.

    python -m tools.geoparsing FOLDER

FOLDER holds GeoVirus.xml, TR-News.xml and GWN.xml of github.com/milangritta/Pragmatic-Guide-to-Geoparsing-Evaluation (at 6947d46; GPL-3.0;
TR-News by Kamalloo and Rafiei 2018, GeoVirus by Gritta and others 2018, GeoWebNews by Gritta and others 2019), from its folders
`data/Corpora` and `data`. Nothing is downloaded, and no word of them is kept: printed are weights by the names of features, beside those of
`sitegen/importer/evidence.py`, and how well both do: those of the fit on articles that it has not seen. Nothing is written; the weights
of `evidence.py` are changed by hand, for some of them must hold for texts that these sets have none of.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from benchmarks.imports.examples import Example
from sitegen.importer.evidence import WEIGHTS, weight
from sitegen.importer.gazetteer import Gazetteer
from sitegen.importer.language import language
from sitegen.importer.mentions import Names
from sitegen.importer.people import People
from tools.logistic import fitted, held_out

STRENGTH = 2.0
PLACES = frozenset(["Literal", "Mixed", "Coercion", "Literal_Modifier"])
"""What GeoWebNews calls names that are places."""
NONE = frozenset(["Homonym", "Demonym", "Language", "Non_Toponym", "Embedded_Non_Lit", "Non_Lit_Expression", "Literal_Expression"])
"""And what are none. Of the others (a capital for its government, a team for its town) the sets differ, and they are left out."""


class Marked(NamedTuple):
    """A stretch that people marked: whether it is a place, None where that is a matter of taste."""

    start: int
    end: int
    is_place: bool | None


def articles(folder: Path) -> Iterator[tuple[str, str, list[Marked]]]:
    """Each article's name, its text, and what people marked in it, where the marks stand at their words."""
    for file, mark, name, shift in (
        ("TR-News", "toponym", "phrase", 0),
        ("GeoVirus", "location", "name", 1),
        ("GWN", "toponym", "extractedName", 0),
    ):
        root = etree.parse(folder / f"{file}.xml", etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
        for number, article in enumerate(root.findall("article")):
            text = article.findtext("text") or ""
            marked = []
            for one in article.iter(mark):
                start, end = (int(one.findtext(key) or 0) - shift for key in ("start", "end"))
                if text[start:end] == one.findtext(name):
                    marked.append(Marked(start, end, _is_place(one.findtext("type") if file == "GWN" else "Literal")))
            yield f"{file}-{number:03}", text, sorted(marked, key=lambda one: one[:2])


def _is_place(kind: str | None) -> bool | None:
    return True if kind in PLACES else False if kind in NONE else None


def examples(folder: Path) -> Iterator[Example]:
    """Every name of the gazetteer in these articles, with what tells whether it is a place."""
    rules, gazetteer = language("en"), Gazetteer()
    for name, text, marked in articles(folder):
        starts = [one.start for one in marked]
        blocks = text.split("\n")
        names = Names(rules, gazetteer, {}, People(rules, blocks).firm)
        at = 0
        for number, block in enumerate(blocks):
            for one in names.mentions(number, block):
                is_place = _marked(marked, starts, at + one.start, at + one.end)
                if one.entries and one.evidence and is_place is not None:
                    yield Example(name, one.evidence, is_place)
            at += len(block) + 1


def _marked(marked: Sequence[Marked], starts: Sequence[int], start: int, end: int) -> bool | None:
    """What people said of a stretch: of what they did not mark, that it is none; of a part of what they marked, nothing."""
    at = bisect_right(starts, start)
    some = [one for one in marked[max(0, at - 3) : at + 1] if one.start < end and start < one.end]
    if not some:
        return False
    same = [one.is_place for one in some if (one.start, one.end) == (start, end)]
    return same[0] if same else None if any(one.is_place is not False for one in some) else False


def rates(judged: Sequence[tuple[Example, bool]]) -> str:
    right = sum(one.is_right and said for one, said in judged)
    precision, recall = right / sum(said for _, said in judged), right / sum(one.is_right for one, _ in judged)
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}"


def main() -> None:
    some = list(examples(Path(sys.argv[1])))
    print(f"{len(some)} names in {len({one.article for one in some})} articles, {sum(one.is_right for one in some)} of them places")
    print(f"at hand:         {rates([(one, weight(one.features) > 0) for one in some])}")
    print(f"fitted, held out: {rates([(one, guess > 0.5) for one, guess in held_out(some, STRENGTH)])}")
    made = fitted(some, STRENGTH)
    for name in sorted(made, key=lambda name: -made[name]):
        count = sum(name in one.features for one in some)
        print(f"{name:20} fitted {made[name]:6.2f}  at hand {WEIGHTS.get(name, 0.0):6.2f}  {count:6} names")


if __name__ == "__main__":
    main()
