"""Learns what stands above the titles of real pages, by the test pages of fundus: `python -m tools.pages FOLDER`.

FOLDER is a clone of github.com/flairNLP/fundus (MIT licence; used at 18da6e5), whose tests hold three hundred saved pages of newspapers
of forty countries and the title of each. A page is pasted as a person would who selects everything from its title's box down to the last
paragraph: block by block, with the words of the page between them. Of every other page the evidence of its lines, by name, is written to
`tools/pages.json`, which `tools/fit.py` fits to; none of its text is. The others are for judging: printed is how many of their titles an
import finds.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import lxml.html

from benchmarks.imports.examples import choice_of
from benchmarks.imports.score import plain
from sitegen.importer.language import guessed, language
from sitegen.importer.structure import structure
from tools.choice import Choice

DATA = Path(__file__).parent / "pages.json"
LEFT_OUT = frozenset(["script", "style", "noscript", "svg", "button", "form", "nav", "iframe", "template", "video"])
INLINE = frozenset(["a", "abbr", "b", "cite", "em", "font", "i", "label", "mark", "q", "small", "span", "strong", "sub", "sup", "u"])
PARAGRAPHS, BLOCKS = 3, 400
"""Paragraphs at least by which the box of an article is found; blocks at most of a page that is used."""


class Pasted(NamedTuple):
    """A page, pasted: by its file, with its title."""

    name: str
    title: str
    text: str


def main() -> int:
    pages = list(pasted(Path(sys.argv[1])))
    read, judged = pages[::2], pages[1::2]
    choices = [one for page in read if (one := choice_of(page.name, page.text, page.title, 1.0)) is not None]
    DATA.write_text(packed(choices), encoding="utf-8")
    right = sum(plain(structure(page.text, language(guessed(page.text, "en"))).title) == page.title for page in judged)
    print(f"{len(choices)} of {len(read)} pages written; of {len(judged)} others {right} titles are found")
    return 0


def pasted(folder: Path) -> Iterator[Pasted]:
    """The pages whose title and first paragraphs stand in one box."""
    for path in sorted(folder.glob("tests/resources/parser/test_data/*/*.html.gz")):
        told = path.with_name(re.sub(r"_\d{4}_\d\d_\d\d.*", ".json", path.name))
        if told.is_file():
            tree = lxml.html.fromstring(gzip.decompress(path.read_bytes()), parser=lxml.html.HTMLParser(encoding="utf-8"))
            found = (_page(path, tree, one) for one in json.loads(told.read_text(encoding="utf-8")).values())
            yield from list(filter(None, found))[:1]


def _page(path: Path, tree: lxml.html.HtmlElement, told: Mapping[str, Any]) -> Pasted | None:
    title = plain(told.get("title"))
    sections = (told.get("body") or {}).get("sections", ())
    begins = [plain(text)[:60] for section in sections for text in section["paragraphs"]]
    box = next((one for one in tree.iter("h1", "h2") if plain(one.text_content()) == title), None)
    if not title or len(begins) < PARAGRAPHS:
        return None
    while box is not None and not all(begin in plain(box.text_content()) for begin in begins[:PARAGRAPHS]):
        box = box.getparent()
    if box is None:
        return None
    texts = list(_blocks(box))
    last = max((at for at, text in enumerate(texts) if any(begin in text for begin in begins)), default=BLOCKS)
    return Pasted(f"{path.parent.name}/{path.name}", title, "\n\n".join(texts[: last + 1]) + "\n") if last < BLOCKS else None


def _blocks(box: lxml.html.HtmlElement) -> Iterator[str]:
    """The texts of a box as a browser shows them, each block by itself."""
    words: list[str] = []
    for piece in _pieces(box):
        if piece is not None:
            words.append(piece)
            continue
        if text := plain("".join(words)):
            yield text
        words.clear()


def _pieces(element: lxml.html.HtmlElement) -> Iterator[str | None]:
    """The texts below an element in their order; None where a block begins or ends."""
    if not isinstance(element.tag, str) or element.tag in LEFT_OUT:
        return
    is_block = element.tag not in INLINE
    if is_block:
        yield None
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    if is_block:
        yield None


def packed(choices: Sequence[Choice]) -> str:
    """Choices as they are kept: the names of all evidence, and a line each text with which of its lines is right and what each has."""
    names = sorted({name for one in choices for option in one.options for name in option})
    numbers = {name: number for number, name in enumerate(names)}
    texts = [[one.article, one.right, [sorted(numbers[name] for name in option) for option in one.options]] for one in choices]
    lines = ",\n".join(json.dumps(text, separators=(",", ":")) for text in texts)
    return f'{{"evidence": {json.dumps(names)},\n"texts": [\n{lines}\n]}}\n'


def learned(weight: float) -> list[Choice]:
    """The choices that are kept, each counting as so many texts."""
    kept = json.loads(DATA.read_text(encoding="utf-8"))
    names = kept["evidence"]
    return [
        Choice(article, tuple(frozenset(names[number] for number in option) for option in options), right, weight)
        for article, right, options in kept["texts"]
    ]


if __name__ == "__main__":
    sys.exit(main())
