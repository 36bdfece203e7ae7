"""What pages sum up: the front page its newest figures and what does not add up, a place its names and months, a source what it is
credited with, a day its figures, a claim its parts."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sitegen.build import verify
from tests.conftest import Archive, asked
from tests.test_lists import FLOOD, HISTORY, rows, text, told

Make = Callable[[str], Archive]
DEFAULT = ("theme: plain", "theme: default")
NAMED = FLOOD.replace("name: Mira\n", "name: Mira\naliases: [Old Mira]\n")


def article(stem: str, words: str, date: str, publisher: str = "") -> str:
    origin = f"origin: {{publisher: {publisher}}}\n" if publisher else ""
    return f"-- content/articles/{stem}.md --\n---\ntitle: {stem.capitalize()}\ndate: {date}\n{origin}---\n{words}\n"


def edit(site: Archive, path: str, before: str, after: str) -> None:
    words = (site.root / path).read_text(encoding="utf-8")
    assert before in words
    site.write(path, words.replace(before, after))


def seen(site: Archive, page: str) -> dict[str, Any]:
    """What a page's template has seen, as the data beside it has it."""
    read: dict[str, Any] = json.loads((site.output / page / "index.json").read_text())
    return read


def test_a_place_tells_by_which_names_it_is_mentioned_who_prints_these_and_when(archive: Make) -> None:
    site = archive(
        NAMED.replace(*DEFAULT)
        + article("a", "Rain fell on Mira. The bells of Mira rang.", "1912-03-01", "The Gull")
        + article("b", "Rain fell on Old Mira, and on Mira.", "1912-03-09", "The Heron")
        + article("c", "Rain fell on Mira.", "1912-05", "The Gull")
        + article("d", "Rain fell on Mira.", "1913")
    )
    assert not site.build().failed
    place = seen(site, "places/mira")["page"]
    assert place["forms"] == [
        {"text": "Mira", "articles": 4, "publishers": ["The Gull", "The Heron"]},
        {"text": "Old Mira", "articles": 1, "publishers": ["The Heron"]},
    ]
    # of an article of 1913 no month is known
    assert [(bar["label"], bar["articles"], bar["start"], bar["height"]) for bar in place["strip"]["bars"]] == [
        ("March 1912", 2, 0, 100),
        ("May 1912", 1, 667, 50),
    ]
    assert "Mira 4 articles: The Gull, The Heron" in text(site.html("places/mira/"))
    assert "the most in March 1912: 2 articles" in text(site.html("places/mira/"))


def test_where_all_articles_are_of_one_month_no_strip_is_drawn(archive: Make) -> None:
    site = archive(FLOOD.replace(*DEFAULT) + article("a", "Mira.", "1912-03-01") + article("b", "Mira.", "1912-03-02"))
    site.build()
    assert 'class="strip"' not in site.html("places/mira/") + site.html("")


def test_a_source_tells_what_it_is_credited_with_claim_by_claim_the_latest_first(archive: Make) -> None:
    site = archive(HISTORY.replace(*DEFAULT))
    site.build()
    assert rows(site.html("sources/board/")) == [
        "Barges lost 20 June 1912 1,200 barges Third",
        "1 March 1912 7 barges First",
    ]


def test_a_day_has_its_figures_in_a_table_its_weekday_and_the_other_count(archive: Make) -> None:
    dated = HISTORY.replace("date: 1912-03-01\n", "date: 1912-03-01\ncalendar: flood\n")
    site = archive(dated.replace(*DEFAULT).replace("war: {epoch: 2022-02-24", "flood: {epoch: 1912-03-01"))
    assert not site.build().failed
    page = site.html("days/flood/0/")
    assert "Friday, 1 March 1912" in page
    assert "Where the first day is called day 1, this is day 1." in page
    assert rows(page) == ["Barges lost 1 March 1912 7 barges Harbour Board First"]


def test_the_front_page_has_the_newest_figures_with_who_and_when_and_follows_them(archive: Make) -> None:
    site = archive(HISTORY.replace(*DEFAULT))
    site.build()
    assert rows(site.html("")) == ["Barges lost 1,200 barges Harbour Board 20 June 1912"]
    assert "the most in March 1912: 1 article" in text(site.html(""))
    edit(site, "content/articles/third.md", "date: 1912-06-20}", "date: 1912-04-01}")
    site.build()
    assert rows(site.html("")) == ["Barges lost 9 barges Rowers’ Union 10 April 1912"]
    assert verify(site.root, site.output, asked()) == []


ADDED = """-- content/articles/sum.md --
---
title: Counted
date: 1912-03-01
sources: [{source: board}]
claims:
- total: {quote: "10 boats", source: board, as_of: {date: 1912-03-01}}
  items: [{quote: "4 barges"}, {quote: "5 skiffs"}]
  list: complete
---
The board counts 10 boats: 4 barges and 5 skiffs.
"""


def test_the_front_page_has_what_does_not_add_up_with_who_says_it(archive: Make) -> None:
    site = archive(FLOOD.replace(*DEFAULT) + ADDED)
    assert [one for one in site.build().problems if one.severity == "error"] == []
    front = text(site.html(""))
    assert "Counted the items come to 9, the text says “10 boats” ( Harbour Board , as of 1 March 1912 )" in front
    edit(site, "content/articles/sum.md", "5 skiffs.", "6 skiffs.")
    edit(site, "content/articles/sum.md", '"5 skiffs"', '"6 skiffs"')
    assert not site.build().failed
    assert "does not add up" not in site.html("")
    assert verify(site.root, site.output, asked()) == []


def test_a_claim_stands_in_a_tree_of_its_total_and_its_parts(archive: Make) -> None:
    more = """-- content/claims/boats.md --
---
title: Boats lost
kind: quantity
relations: [{type: total-of, claim: barges}]
---
-- content/claims/big-barges.md --
---
title: Big barges lost
kind: quantity
relations: [{type: part-of, claim: barges}, {type: supports, claim: boats}]
---
"""
    site = archive(HISTORY.replace(*DEFAULT) + more)
    assert not site.build().failed
    page = seen(site, "claims/barges")["page"]
    assert ([one["title"] for one in page["wholes"]], [one["claim"]["title"] for one in page["parts"]]) == (
        ["Boats lost"],
        ["Big barges lost"],
    )
    assert page["relations"] == []
    assert "Totals and parts Part of Boats lost Big barges lost" in text(site.html("claims/barges/"))
    assert [one["label"] for one in seen(site, "claims/boats")["page"]["relations"]] == ["supported by"]


def test_a_new_publisher_or_figure_makes_the_pages_anew_that_tell_it(archive: Make) -> None:
    site = archive(NAMED + article("a", "Rain fell on Mira.", "1912-03-01", "The Gull") + told("first", "1912-04-01", "seven", 7, "board"))
    site.build()
    edit(site, "content/articles/a.md", "The Gull", "The Tern")
    site.build()
    assert "The Tern" in site.html("places/mira/")
    assert verify(site.root, site.output, asked()) == []
