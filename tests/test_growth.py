"""Whatever its words are, a text is read in time that grows about as its length: eight times as much takes no more than three times eight
times as long, where a square would take 64 times. What is over in a blink may grow as it likes.
"""

from __future__ import annotations

import gc
import json
import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from time import process_time

import pytest

from sitegen.archive.linking import link
from sitegen.archive.names import Name
from sitegen.archive.nearby import nearby
from sitegen.archive.verbatim import page_text
from sitegen.content.article import parse
from sitegen.content.text import sentences
from sitegen.finding.terms import terms
from sitegen.importer import read_text
from sitegen.importer.blocks import blocks_of
from sitegen.importer.entities import Entities, Entity, settled
from sitegen.importer.formats import markdown, web
from sitegen.importer.gazetteer import Gazetteer
from sitegen.importer.language import language
from sitegen.importer.speakers import Speakers
from sitegen.model.article import Article
from tests.conftest import CONFIG, IS_SOAK, Archive

SIZE, TIMES, GROWTH = 6_000 if IS_SOAK else 2_000, 8, 24
BLINK = 0.05
"""Seconds of the processor."""

PIECES = [
    "|a\n|-\n",     "one half of ", "a third, ", "one in ", "...", "1-1-", "twenty-one and ", "\u0301\u0327", "e\u0301\u0327 ", "\u1100\u1161", "1,", "1.", "1 ", "%", "1/2 ", "$1 ", "1 million ",
    "1", "day 80 ", "15 May ", "Monday, ", "A. ", "Mr. ", "Kyiv ", "Kyiv-", "Kyiv, ", "New ", "New York-", "he said ", "“", "” ", '" ', "' ", "‘a’ ", "«", "(", ") ", "(Kyiv ", "[", "]", "](", "[[", "[[kyiv]] ",
    "[a](/b) ", "![", "*", "**a ", "_", "_a*", "`", "``a", "<", "<a>", "<!--", "&", "&amp;", "|", "|a", "\\", "\\*", "- ", "- a\n", "1. a\n", "> ", "# a\n", "\n", "a\n\n", "a\n", "Ab Cd\n\n", "~~~\n",
    "[a]: b\n", "a  \n", "\u00a0", "\u2028", "\t", " ", "a", "A", "Ab ", "in a ", "told ", "also ", "by ", "which ", "and, ", "said: ", "Caption: ", "Photo: a\n\n", "https://x.org/a ", "a@b.org ", "{", "}", ": ",
    "a: b\n", "- - ", "- {a: [", "? ", "&a ", "*a ", '"', "«a» said Ann. ", "“a,” he said. ", "more than ", "12 people were killed. ", "a - ", "—", "KYIV — ", "Київ ", "і ",
]  # fmt: skip
NAMES = [
    Name(text, (key,))
    for text, key in {"Kyiv": "places/kyiv", "New York": "places/ny", "York": "places/york", "Київ": "places/kyiv"}.items()
]
GAZETTEER = Gazetteer()


USUAL = [
    "one half of ",
    "a third, ",
    "one in ",
    "...",
    "1",
    "1-1-",
    "twenty-one and ",
    "\u0301\u0327",
    "1,",
    "Kyiv-",
    "[[kyiv]] ",
    "*",
    "[",
    "<",
    "&",
    "|a\n|-\n",
    "“a,” he said. ",
    "“",
    "also ",
]
"""The pieces that every run tries; the long one tries all, and mixtures."""


def as_body(text: str) -> None:
    data = f"---\ntitle: T\ndate: 2022-05-15\n---\n\n{text}\n".encode()
    article = parse("a.md", data).value
    if isinstance(article, Article):
        link(article, NAMES, {}, held=False)
        page_text(article)
        terms(text, "en")


def as_values(text: str) -> None:
    """As a title, a quote, a note and a name."""
    said = json.dumps(text)
    front = f"title: {said}\ndate: 2022-05-15\nplaces: {{ignore: [{said}]}}\nannotations: [{{quote: {said}, in: title, note: {said}}}]\n"
    parse("a.md", f"---\n{front}---\n\nWords.\n".encode())


def as_front(text: str) -> None:
    parse("a.md", f"---\n{text}\n---\n\nWords.\n".encode())
    parse("a.md", f"---\ntitle: {text}\n---\n\nWords.\n".encode())


def as_seed(text: str) -> None:
    read_text(text, "a.txt", gazetteer=GAZETTEER)


def as_page(text: str) -> None:
    with suppress(ValueError):  # that says why there is no article
        web.page(f"<html><body><article><h1>T</h1><p>Some words first.</p><p>{text}</p></article></body></html>".encode(), "en")


def as_markdown(text: str) -> None:
    with suppress(ValueError):
        markdown.article(f"# T\n\n{text}\n".encode(), "en")


SNIFFED = ["![", "[a", "[a](", "![](", "# a\n\n", "#", "a: b\n", "\n", "- ", "[a](https://x ", "![[", "\\[", "*a"]


@pytest.mark.parametrize("piece", SNIFFED)
@pytest.mark.parametrize("head", ["", "---\n"])
def test_whether_a_text_is_markdown_is_told_in_time_that_grows_as_its_length(piece: str, head: str) -> None:
    def told(size: int) -> Callable[[], object]:
        data = (head + piece * (size // len(piece))).encode()
        return lambda: markdown.is_markdown(data, "a.txt")

    assert not grows_badly(told, SIZE)


CREDITED = ["a", "a-", "a’", "a b ", "of a ", "by a ", "the ", "Ab ", "«Ab» "]
"""What may stand behind "according to", without a pause."""
SET_IN = [
    "  lower words that stand in from the margin and are no whole sentence of any kind at all, but go on in the line that is below them\n"
]


@pytest.mark.parametrize("piece", CREDITED)
def test_whoever_is_credited_is_told_in_time_that_grows_as_the_words(piece: str) -> None:
    def told(size: int) -> Callable[[], object]:
        speakers = Speakers(Entities(language("en"), []))
        words = "the report of " + piece * (size // len(piece)) + "+"
        return lambda: speakers.nameless.somebody(words, is_sure=True)

    assert not grows_badly(told, 20)
    assert not grows_badly(told, SIZE)


def test_names_are_decided_in_time_that_grows_as_their_number() -> None:
    def told(size: int) -> Callable[[], object]:
        names = [Entity("person", 0, start, start + 7, "Ann Lee", 1.0) for start in range(0, 9 * size, 9)]
        return lambda: settled(names)

    assert not grows_badly(told, 1_000)


@pytest.mark.parametrize("piece", SET_IN)
def test_lines_are_joined_in_time_that_grows_as_their_number(piece: str) -> None:
    def joined(size: int) -> Callable[[], object]:
        text = "A title\n\n" + piece * (size // len(piece))
        return lambda: blocks_of(text)

    assert not grows_badly(joined, 20 * SIZE)


READERS = [sentences, as_body, as_values, as_front, as_seed, as_page, as_markdown]


def seconds(read: Callable[[], object]) -> float:
    gc.disable()  # as `timeit` does: a collection goes through all that the test's process holds
    try:
        begin = process_time()
        read()
        return process_time() - begin
    finally:
        gc.enable()


def grows_badly(make: Callable[[int], Callable[[], object]], size: int) -> str:
    """How much longer a reading of so much takes than of an eighth of it, where that is too much."""
    for _ in range(3):  # whatever else the machine did at the time
        large = seconds(make(size * TIMES))
        small = seconds(make(size))
        if large <= BLINK + GROWTH * small:
            return ""
    return f"{small:.3f} s for {size:,}, {large:.3f} s for {size * TIMES:,}"


def reading(reader: Callable[[str], object], piece: str) -> Callable[[int], Callable[[], object]]:
    """The reading of a text of about so many signs that is nothing but one piece, and ends with a whole one: how a body ends decides which
    of two parsers reads it."""

    def make(size: int) -> Callable[[], object]:
        text = piece * (size // len(piece) + 1)
        return lambda: reader(text)

    return make


def bad(reader: Callable[[str], object], pieces: list[str]) -> list[str]:
    reader("Some words.")  # what is read once
    found = ((piece, grows_badly(reading(reader, piece), SIZE)) for piece in pieces)
    return [f"{piece!r}: {how}" for piece, how in found if how]


@pytest.mark.parametrize(
    "reader",
    [pytest.param(one, marks=pytest.mark.soak) if one in (as_seed, as_markdown) else one for one in READERS],  # they take ten seconds each
    ids=lambda one: one.__name__,
)
def test_a_text_is_read_in_time_that_grows_as_its_length(reader: Callable[[str], object]) -> None:
    assert not bad(reader, USUAL)


@pytest.mark.soak
@pytest.mark.parametrize("reader", READERS, ids=lambda one: one.__name__)
def test_so_is_a_text_of_whatever_pieces(reader: Callable[[str], object]) -> None:
    assert not bad(reader, PIECES)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("reader", READERS, ids=lambda one: one.__name__)
def test_so_is_a_text_of_several_in_turn(reader: Callable[[str], object], seed: int) -> None:
    chance = random.Random(seed)
    assert not bad(reader, ["".join(chance.sample(PIECES, chance.randint(2, 4))) for _ in range(40)])


def crowded(breadth: float) -> Callable[[int], Callable[[], object]]:
    """The neighbours of so many places that lie within so many degrees."""

    def make(size: int) -> Callable[[], object]:
        chance = random.Random(size)
        places = [(f"p{n}", 50 + chance.random() * breadth, 36 + chance.random() * breadth) for n in range(size)]
        return lambda: nearby(places, places)

    return make


@pytest.mark.parametrize("breadth", [0, 1e-15, 0.08, 30])
def test_so_is_a_crowd_of_places(breadth: float) -> None:
    assert not grows_badly(crowded(breadth), 500 if IS_SOAK else 200)


def article(body: str) -> Mapping[str, str]:
    return {"content/articles/a.md": f"---\ntitle: T\ndate: 2022-05-15\n---\n\n{body}\n"}


def claims(rows: Callable[[int], str], body: Callable[[int], str]) -> Callable[[int], Mapping[str, str]]:
    """An article of `size` claims."""

    def make(size: int) -> Mapping[str, str]:
        listed = "".join(f"- {{{rows(number)}}}\n" for number in range(size))
        return {"content/articles/a.md": f"---\ntitle: T\ndate: 2022-05-15\nclaims:\n{listed}---\n\n{body(size)}\n"}

    return make


def places(size: int) -> Mapping[str, str]:
    """So many places, each within a region of ten, these within one; an article names them all."""
    files = {f"content/places/p{n}.md": f"---\nname: Town{n}\nkind: town\nwithin: r{n // 10}\n---\n" for n in range(size)}
    files |= {f"content/places/r{n}.md": f"---\nname: Region{n}\nkind: region\nwithin: all\n---\n" for n in range(size // 10 + 1)}
    files["content/places/all.md"] = "---\nname: All\nkind: region\n---\n"
    return {**files, **article(" ".join(f"Town{n}" for n in range(size)))}


def nested(size: int) -> Mapping[str, str]:
    """So many places, each within the next."""
    files = {f"content/places/p{n}.md": f"---\nname: Town{n}\nkind: town\nwithin: p{n + 1}\n---\n" for n in range(size)}
    return {**files, f"content/places/p{size}.md": "---\nname: All\nkind: region\n---\n"}


SOURCE = {"content/sources/a.md": "---\nname: A\nkind: person\n---\n", "content/claims/c.md": "---\ntitle: C\nkind: quantity\n---\n"}
CROWDED: Mapping[str, Callable[[int], Mapping[str, str]]] = {
    "claims in one sentence": claims(
        lambda n: f'quote: "{n} men", source: article', lambda size: ", ".join(f"{n} men" for n in range(size))
    ),
    "claims on one claim's page": claims(
        lambda n: f'quote: "{n} men", source: a, claim: c, figures: [{{value: {n}, unit: men}}]',
        lambda size: "\n\n".join(f"Lost: {n} men." for n in range(size)),
    ),
    "equal quotes": claims(lambda n: f"quote: men, nth: {n + 1}, source: article", lambda size: "men " * size),
    "quotes that are not there": claims(lambda n: f"quote: women {n}, source: article", lambda size: "men and mice " * size),
    "unknown sources": claims(lambda n: f"quote: men, nth: {n + 1}, source: s{n}", lambda size: "men " * size),
    "one group": lambda size: claims(
        lambda n: (
            f'total: {{quote: "{size} men in all"}}, items: [' + ", ".join(f'{{quote: "man {n}."}}' for n in range(size)) + "]"
            if not n
            else "todo: x"
        ),
        lambda _: " ".join(f"man {n}." for n in range(size)) + f" {size} men in all",
    )(1),
    "places": places,
    "links": lambda size: article("".join(f"[a](/articles/b{n}/) " for n in range(size))),
    "paragraphs": lambda size: article("Words.\n\n" * size),
    "places within one another": nested,
    "articles of one day": lambda size: {
        f"content/articles/a{n}.md": f"---\ntitle: T\ndate: 2022-05-15\n---\n\nKyiv {n}.\n" for n in range(size // 4)
    },
}


@pytest.mark.soak
@pytest.mark.parametrize("name", CROWDED)
def test_so_is_an_archive_in_which_much_meets_in_one_place(name: str, tmp_path: Path) -> None:
    def make(size: int) -> Callable[[], object]:
        one = Archive(tmp_path / f"{size}-{next(numbers)}")
        for path, text in {"sitegen.yaml": CONFIG, **SOURCE, **CROWDED[name](size)}.items():
            one.write(path, text)
        return lambda: one.build(jobs=1)

    numbers = count()
    make(1)()
    assert not grows_badly(make, 250)
