"""A sentence stands once on a page, with all that is told of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import html5lib
from hypothesis import given
from hypothesis import strategies as st

from sitegen.views.sentences import _crossing
from sitegen.views.weave import Mark
from tests.conftest import Archive

Make = Callable[[str], Archive]
SITE = """-- content/articles/a.md --
---
title: Losses
date: 2022-05-15
day: 80
calendar: war
sources: [{source: mod, quote: the Ministry said, document: {title: Report, date: 2022-05-15}}, {source: mod, document: {title: Other report}}]
claims:
- {id: c-men, quote: "300 men", source: mod, claim: men, places: [kyiv], as_of: {date: 2022-05-15}, figures: [{value: 300, unit: men}]}
- {id: c-tanks, quote: "lost 12 tanks & 300 men near Kyiv", source: mod, claim: tanks, places: [kyiv], as_of: {date: 2022-05-15}}
- {id: c-again, quote: "300 men", source: article, claim: men, places: [kyiv]}
---
They lost 12 tanks & 300 men near Kyiv, the Ministry said. Kyiv held.
-- content/places/kyiv.md --
---
name: Kyiv
kind: city
---
-- content/sources/mod.md --
---
name: Ministry
kind: government
---
-- content/claims/men.md --
---
title: Men lost
kind: quantity
---
-- content/claims/tanks.md --
---
title: Tanks lost
kind: quantity
---
"""


def link(id: str, words: str, kind: str = "") -> str:
    return f'<a{kind} href="/articles/a/#{id}">{words}</a>'


SAID = ' class="said"'


def test_a_sentence_stands_once_with_all_that_is_told_of_it(archive: Make) -> None:
    site = archive(SITE)
    assert site.build().problems == ()
    kyiv = site.html("places/kyiv/")
    sentence = (
        f"<q>They {link('c-tanks', 'lost 12 tanks &amp; ', SAID)}{link('c-again', '300 men')}<sup>2, {link('c-men', '3')}</sup>"
        f"{link('c-tanks', ' near ', SAID)}{link('p-kyiv-1', 'Kyiv')}<sup>1</sup>, the Ministry said.</q>"
    )
    assert sentence in kyiv
    assert f"<q>{link('p-kyiv-2', 'Kyiv')} held.</q>" in kyiv
    told = re.findall(r"<li>(Said by .*?)</li>", kyiv)
    assert [re.findall(r"Tanks lost|Men lost|the article itself|300 men|15 May 2022", one) for one in told] == [
        ["15 May 2022", "Tanks lost"],
        ["the article itself", "Men lost"],
        ["15 May 2022", "300 men", "Men lost"],
    ]


def test_on_the_page_of_a_source_a_document_stands_under_the_sentence_that_cites_it(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    page = site.html("sources/mod/")
    assert page.count("the Ministry said") == 1
    assert re.search(r'<a href="/articles/a/#s-[^"]+">the Ministry said</a>', page)
    assert re.search(r"</q><br>Cites: Report, <time[^>]*>15 May 2022</time>", page)
    assert "<p>Cites: Other report</p>" in page


def test_a_page_does_not_link_to_itself(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    assert 'href="/sources/mod/"' not in site.html("sources/mod/")
    assert "Said by Ministry" in site.html("sources/mod/")
    assert 'href="/claims/men/"' not in site.html("claims/men/")
    assert 'href="/claims/men/"' in site.html("sources/mod/")


def test_an_article_does_not_repeat_its_sentences(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    page = site.html("articles/a/").partition("<main>")[2]
    assert page.count("They ") == 1
    assert '<q><a href="#c-men">300 men</a></q>' in page
    assert page.count("the Ministry said") == 2  # in the text, and as the words that cite the source


SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8), st.booleans()), min_size=1, max_size=6)


@given(st.text("ab<&\"' ", min_size=1, max_size=24), SPANS)
def test_every_mark_of_a_sentence_can_be_followed(text: str, spans: list[tuple[int, int, bool]]) -> None:
    inside = [(a, min(a + n, len(text)), stated) for a, n, stated in spans if a < len(text)]
    marks = [Mark(a, b, f"i{i}", "claim" if stated else "", (i + 1) * stated) for i, (a, b, stated) in enumerate(inside)]
    html = _crossing(text, sorted(marks), "/articles/a/#", ())
    assert unescape(re.sub(r"<sup>.*?</sup>|<[^>]*>", "", html)) == text
    numbers = [int(one) for some in re.findall("<sup>(.*?)</sup>", html) for one in re.sub("<[^>]*>", "", some).split(", ")]
    assert sorted(numbers) == sorted(mark.number for mark in marks if mark.number)
    assert "</sup><sup>" not in html, "two numerals are not read as one"
    followed = set(re.findall(r"#(i\d+)", html))
    assert {mark.id for mark in marks if mark.number} <= followed, "a statement always has its link"
    for mark in marks:  # what has no words to itself lies under marks that are no longer
        covered = {
            at for one in marks if one.id != mark.id and one.end - one.start <= mark.end - mark.start for at in range(one.start, one.end)
        }
        assert mark.id in followed or set(range(mark.start, mark.end)) <= covered
    html5lib.HTMLParser(strict=True).parseFragment(f"<p>{html}</p>")
