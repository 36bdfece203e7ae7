"""Lists: tables of fifty rows, their parts, and what is summed up of each page; and figures among those of other articles."""

from __future__ import annotations

import re
from collections.abc import Callable

from sitegen.build import verify
from tests.conftest import CONFIG, Archive, asked

Make = Callable[[str], Archive]


def told(stem: str, date: str, figure: str, value: int, source: str) -> str:
    """An article that credits a number of lost barges to somebody."""
    return f"""-- content/articles/{stem}.md --
---
title: {stem.capitalize()}
date: {date}
sources: [{{source: {source}}}]
claims: [{{quote: "{figure} barges", source: {source}, claim: barges, figures: [{{value: {value}, unit: barges}}], as_of: {{date: {date}}}}}]
---
The harbour lost {figure} barges near Mira.
"""


FLOOD = f"""-- sitegen.yaml --
{CONFIG}
-- content/places/mira.md --
---
name: Mira
kind: town
---
-- content/sources/board.md --
---
name: Harbour Board
kind: government
---
-- content/sources/union.md --
---
name: Rowers’ Union
kind: ngo
---
-- content/claims/barges.md --
---
title: Barges lost
kind: quantity
measure: {{unit: barges}}
---
"""
HISTORY = (
    FLOOD
    + told("first", "1912-03-01", "seven", 7, "board")
    + told("second", "1912-04-10", "nine", 9, "union")
    + told("third", "1912-06-20", "1,200", 1200, "board")
)


def text(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def rows(html: str) -> list[str]:
    return [text(row) for row in re.findall(r"<tr>(.*?)</tr>", html.partition("</thead>")[2], flags=re.S)]


def test_a_row_tells_the_newest_figure_with_who_says_it(archive: Make) -> None:
    site = archive(HISTORY.replace("theme: plain", "theme: default"))
    assert not site.build().failed
    assert rows(site.html("claims/")) == ["Barges lost quantity 1,200 barges Harbour Board , as of 20 June 1912 2 3 20 June 1912"]
    assert rows(site.html("sources/")) == ["Harbour Board government body 1 2 20 June 1912", "Rowers’ Union NGO 1 1 10 April 1912"]
    assert rows(site.html("places/")) == ["Mira town 3 20 June 1912"]
    assert 'href="/articles/third/#c-' in site.html("claims/")


def test_a_source_that_is_not_public_has_no_name(archive: Make) -> None:
    site = archive(HISTORY.replace("theme: plain", "theme: default").replace("name: Harbour Board\n", "name: Harbour Board\ndraft: true\n"))
    site.build()
    assert "Harbour Board" not in "".join(path.read_text(encoding="utf-8") for path in site.output.rglob("*.html"))
    assert rows(site.html("claims/"))[0].startswith("Barges lost quantity 1,200 barges board, as of")


def margin(site: Archive, stem: str) -> str:
    (card,) = re.findall(r'<aside class="f">(.*?)</aside>', site.html(f"articles/{stem}/"), flags=re.S)
    return text(card)


def test_a_figure_stands_between_those_of_other_articles(archive: Make) -> None:
    site = archive(HISTORY.replace("theme: plain", "theme: default"))
    site.build()
    assert margin(site, "first").endswith("After: 9 barges Rowers’ Union , as of 10 April 1912")
    assert margin(site, "second").partition("Before: ")[2] == (
        "7 barges Harbour Board , as of 1 March 1912 After: 1,200 barges Harbour Board , as of 20 June 1912"
    )
    assert "After" not in margin(site, "third")


def test_a_figure_makes_only_its_neighbours_anew(archive: Make) -> None:
    """However many articles state a claim: those of its month and of the months beside it show it."""
    site = archive(HISTORY.replace("theme: plain", "theme: default"))
    site.build()
    before = {path: path.read_bytes() for path in site.output.rglob("*.html")}
    site.write("content/articles/third.md", told("third", "1912-06-20", "1,300", 1300, "board").partition("--\n")[2])
    site.build()
    changed = {path.parent.relative_to(site.output).as_posix() for path, data in before.items() if path.read_bytes() != data}
    assert {"articles/second", "articles/third", "claims", "claims/barges"} <= changed
    assert "articles/first" not in changed
    site.write("content/sources/union.md", "---\nname: Union of Rowers\nkind: ngo\n---\n")
    site.build()
    assert "After: 9 barges Union of Rowers" in margin(site, "first")
    assert verify(site.root, site.output, asked()) == []


def places(count: int) -> str:
    kinds = ["town", "river", "city"]
    return "".join(f"-- content/places/p-{n}.md --\n---\nname: Sector {n}\nkind: {kinds[n % 3]}\n---\n" for n in range(1, count + 1))


def test_a_long_list_is_cut_by_fifty_in_the_order_of_numbers(archive: Make) -> None:
    site = archive(f"-- sitegen.yaml --\n{CONFIG}\n{places(120)}".replace("theme: plain", "theme: default"))
    site.build()
    names = [[row.rpartition(" 0")[0] for row in rows(site.html(f"places/{page}"))] for page in ("", "page/1/", "page/2/")]
    assert [len(some) for some in names] == [50, 50, 20]
    assert [name.rsplit(" ", 1)[0] for some in names for name in some] == [f"Sector {n}" for n in range(1, 121)]


def test_a_list_is_taken_apart_by_kind_once_it_is_long(archive: Make) -> None:
    site = archive(f"-- sitegen.yaml --\n{CONFIG}\n{places(20)}".replace("theme: plain", "theme: default"))
    site.build()
    assert not (site.output / "places/kind").exists()
    site.write("content/places/p-21.md", "---\nname: Sector 21\nkind: town\n---\n")
    site.build()
    (facet,) = re.findall(r'<nav class="facet".*?</nav>', site.html("places/"), flags=re.S)
    assert text(facet) == "By kind city 7 river 7 town 7"
    part = site.html("places/kind/river/")
    assert "<h1>Places: river</h1>" in part
    assert '<a href="/places/">Places</a>' in part
    assert len(rows(part)) == 7


def test_articles_are_taken_apart_by_year_and_claims_by_who_says_them(archive: Make) -> None:
    articles = "".join(
        told(f"a-{n}", f"19{10 + n % 3}-05-{n:02}", "seven", 7, "union").replace("claim: barges", f"claim: c-{n}") for n in range(1, 22)
    )
    claims = "".join(f"-- content/claims/c-{n}.md --\n---\ntitle: Number {n}\nkind: quantity\n---\n" for n in range(1, 22))
    more = told("board", "1913-01-01", "seven", 7, "board").replace("claim: barges", "claim: c-1")
    site = archive((FLOOD + articles + claims + more).replace("theme: plain", "theme: default"))
    site.build()
    assert "By year 1913 1 1912 7 1911 7 1910 7" in text(site.html("articles/"))
    assert len(rows(site.html("articles/year/1911/"))) == 7
    assert "By who says it Harbour Board 1 Rowers’ Union 21" in text(site.html("claims/"))
    assert "<h1>Claims: Harbour Board</h1>" in site.html("claims/source/board/")
    assert len(rows(site.html("claims/source/board/"))) == 1
