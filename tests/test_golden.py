"""Golden pairs, which double as documentation: title, `.`, input, `.`, expected, `.`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.archive.names import Name, Names, mentions, words_of
from sitegen.content import article as article_room
from sitegen.content import markdown
from sitegen.model.article import Article, EntryCard, Gate
from sitegen.model.site import SiteCard
from sitegen.model.speech import Language
from sitegen.speech.cldr import cldr_of
from sitegen.views.shelf import Shelf

GOLDEN = Path(__file__).parent / "golden"


def pairs(name: str) -> list[tuple[str, str, str]]:
    text = (GOLDEN / name).read_text(encoding="utf-8")
    return re.findall(r"^(\S[^\n]*)\n\.\n(.*?)\n\.\n(.*?)\n\.$", text, flags=re.M | re.S)


def place(stem: str, *names: str) -> EntryCard:
    return EntryCard("places", stem, names[0], Gate(), "city", names)


PLACES = [
    place("kyiv", "Kyiv", "Kiev"), place("kyiv-oblast", "Kyiv Oblast"), place("donets", "Donets River", "Donets"), place("frankivsk", "Frankivsk"),
    place("saint-denis", "Saint-Denis"), place("odesa", "Odesa", "Одеса"), place("springfield-a", "Springfield"), place("springfield-b", "Springfield"),
]  # fmt: skip


def parsed(body: str) -> Article:
    out = article_room.parse("content/articles/a.md", f"---\ntitle: T\n---\n{body}\n".encode()).value
    assert isinstance(out, Article)
    return out


@pytest.mark.parametrize(("title", "source", "expected"), pairs("mentions.md"), ids=lambda value: value if len(value) < 70 else "")
def test_mentions(title: str, source: str, expected: str) -> None:
    article = parsed(source)
    possible = Names.of(PLACES).possible(words_of(article.blocks))
    found, ambiguous = mentions(article.blocks, possible, (), {}, ())
    assert ambiguous == [], title
    texts = [block.text for block in article.blocks]
    for one in reversed(found):
        text = texts[one.block]
        marks = "[]" if one.linked else "()"
        texts[one.block] = text[: one.start] + marks[0] + text[one.start : one.end] + marks[1] + text[one.end :]
    assert "\n".join(texts[1:]) == expected


def test_an_ambiguous_name_waits_for_a_decision() -> None:
    blocks = parsed("In Springfield.").blocks
    table = Names.of(PLACES).possible(words_of(blocks))
    assert mentions(blocks, table, (), {}, ())[1][0].pages == ("places/springfield-a", "places/springfield-b")
    found, ambiguous = mentions(blocks, table, (), {"Springfield": "places/springfield-b"}, ())
    assert ([one.page for one in found], ambiguous) == (["places/springfield-b"], [])
    assert mentions(blocks, table, ["In Springfield"], {}, ()) == ([], [])


def test_only_names_that_can_occur_are_needed() -> None:
    article = parsed("Kyiv Oblast.")
    names = Names.of(PLACES)
    needed = names.possible(words_of(article.blocks))
    assert mentions(article.blocks, names.all, (), {}, ()) == mentions(article.blocks, needed, (), {}, ())
    assert needed == (Name("Kyiv", ("places/kyiv",)), Name("Kyiv Oblast", ("places/kyiv-oblast",)))


SITE = SiteCard("T", "", "en", "https://x.org/", "/", (), (), (), "", {}, {}, "ltr", Language("en", b"", cldr_of("en")))


@pytest.mark.parametrize(("title", "source", "expected"), pairs("markdown.md"), ids=lambda value: value if len(value) < 70 else "")
def test_markdown(title: str, source: str, expected: str) -> None:
    body = markdown.parse(source, "a.md", 1, references=True)
    assert body.problems == (), title
    shelf = Shelf(SITE, {"places/kyiv": place("kyiv", "Kyiv")})
    assert "\n".join(str(block.html) for block in shelf.body(body.elements)) == expected


def test_there_are_pairs() -> None:
    assert len(pairs("mentions.md")) == 10
    assert len(pairs("markdown.md")) == 11
