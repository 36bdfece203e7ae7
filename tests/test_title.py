"""Where the title stands: above the body, or among its words, below lines that stand above it. All texts are made up."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.archive.verbatim import departure, page_text
from sitegen.content.article import parse
from sitegen.content.text import normal, shown
from sitegen.content.writer import body, heading, paragraph, quoted
from sitegen.model.article import Article
from tests.conftest import Archive, examples

Make = Callable[[str], Archive]
ABOVE = """-- content/articles/mill.md --
---
title: "The mill reopens"
date: 1911-05-02
---
FOR IMMEDIATE RELEASE

*RIVER NEWS* | Grain

# The mill reopens

It turned on 1 May, and 40 people saw it.

## The wheel

It is of oak.
-- content/articles/mill.notes.yaml --
claims:
  - {quote: "RIVER NEWS", source: article}
annotations:
  - {kind: context, quote: Grain, note: "The part of the paper.", by: The editors}
"""


def read(title: str, text: str) -> Article:
    value = parse("a.md", f"---\ntitle: {quoted(title)}\n---\n{text}".encode()).value
    assert isinstance(value, Article)
    return value


def order(html: str) -> list[str]:
    """The words of paragraphs and headings of the article, in their order."""
    article = re.search(r"<article.*?</article>", html, re.S)
    assert article
    found = re.findall(r"<(p|h[1-6])\b[^>]*>(.*?)</\1>", article[0], re.S)
    return [" ".join(re.sub(r"<[^>]+>", "", words).split()) for _, words in found]


@pytest.mark.parametrize("theme", ["plain", "default"])
def test_lines_above_the_title_stand_above_it_and_the_title_once(archive: Make, theme: str) -> None:
    site = archive(ABOVE)
    site.write("sitegen.yaml", f"title: T\nbase_url: https://x.org/\ntheme: {theme}\n")
    assert site.build().problems == ()
    html = site.html("articles/mill/")
    words = order(html)
    known = [re.sub(r"(?<=Grain)1$", "", one) for one in words]
    wanted = ["FOR IMMEDIATE RELEASE", "RIVER NEWS | Grain", "The mill reopens", "It turned on 1 May, and 40 people saw it.", "The wheel"]
    assert [one for one in known if one in wanted] == wanted
    assert html.count(">The mill reopens<") == 1 + html.count("<title>The mill reopens<") + html.count("<cite>The mill reopens<")
    assert '<mark class="claim' in html, "words above the title may be quoted as all others"
    assert "The part of the paper." in html
    assert 'href="#the-mill-reopens"' not in html, "the title is no part of the contents"


def test_an_article_is_told_by_its_first_words_below_the_title(archive: Make) -> None:
    site = archive(ABOVE)
    site.build()
    assert '<meta name="description" content="It turned on 1 May' in site.html("articles/mill/")


@pytest.mark.parametrize(
    ("text", "above", "texts"),
    [
        ("Words.\n", 0, ["T t", "Words."]),
        ("# T t\n\nWords.\n", 0, ["T t", "Words."]),
        ("Above.\n\n# T t\n\nWords.\n", 1, ["Above.", "T t", "Words."]),
        ("Above.\n\n# T  *t*\n\n- Words.\n", 1, ["Above.", "T t", "- Words."]),
        ("Above.\n\nT t\n===\n\nWords.\n", 1, ["Above.", "T t", "Words."]),
        ("Above.\n\n## T t\n\nWords.\n", 0, ["T t", "Above.", "T t", "Words."]),  # a heading that says the same
        ("Above.\n\n# T\n\nWords.\n", 0, ["T t", "Above.", "T", "Words."]),
        ("Above.\n\n# T t\n\n# T t\n", 1, ["Above.", "T t", "T t"]),  # the first is the title
        ("> # T t\n\nWords.\n", 0, ["T t", "T t", "Words."]),  # quoted: not the article's own
    ],
)
def test_where_the_title_stands(text: str, above: int, texts: list[str]) -> None:
    article = read("T t", text)
    assert article.above == above
    assert [words for words, _ in page_text(article)] == texts
    assert article.title.text == "T t"


def test_the_proof_says_on_which_line_a_title_departs_from_the_seed() -> None:
    article = read("The mill reopens", "RELEASE\n\n# The mill reopens\n\nIt turned.\n")
    assert departure(article, "RELEASE\n\nThe mill reopens\n\nIt turned.") is None
    wrong = departure(article, "RELEASE\n\nThe mill opens\n\nIt turned.")
    assert wrong is not None
    assert wrong.line == 6
    assert departure(article, "The mill reopens\n\nRELEASE\n\nIt turned.") is not None
    for words in ("RELEASE\n\n# The mill opens\n\nIt turned.\n", "RELEASE\n\nIt turned.\n"):
        told = departure(read("The mill reopens", words), "RELEASE\n\nThe mill reopens\n\nIt turned.")
        assert told is not None
        assert "as a heading `# …` of the same words" in told.hint
    other = departure(read("The mill reopens", "It stood.\n"), "The mill reopens\n\nIt turned.")
    assert other is not None
    assert "restore the seed's words" in other.hint


def test_a_title_of_the_archive_is_no_word_of_the_seed_unless_it_stands_among_them() -> None:
    assert departure(read("[The mill]", "It turned.\n"), "It turned.") is None
    assert departure(read("[The mill]", "RELEASE\n\n# [The mill]\n\nIt turned.\n"), "RELEASE\n\nIt turned.") is not None
    assert departure(read("[The mill]", "RELEASE\n\n# [The mill]\n\nIt turned.\n"), "RELEASE\n\n[The mill]\n\nIt turned.") is None


@examples(40)
@given(st.text(min_size=1).filter(lambda text: normal(text).strip() and shown(text).strip()), st.text(min_size=1))
def test_whatever_is_written_as_a_title_is_found_as_the_title(title: str, first: str) -> None:
    """As an import writes it."""
    words = paragraph(first)
    article = read(normal(title), body([words, heading(normal(title), 1), "End."]))
    shown_first = [text for text in [normal(first)] if text]
    assert [text for text, _ in page_text(article)] == [*shown_first, normal(title), "End."]


def test_data_and_exports_count_the_blocks_above_the_title(archive: Make) -> None:
    site = archive(ABOVE)
    site.write("sitegen.yaml", "title: T\nbase_url: https://x.org/\ntheme: plain\noutputs: {data: true}\n")
    site.build()
    page = json.loads(site.html("articles/mill/index.json"))["page"]
    assert page["above"] == 2
    assert [block["kind"] for block in page["blocks"]] == ["paragraph", "paragraph", "paragraph", "heading", "paragraph"]
