"""Single entries that await an editor: readers see a site in which they do not stand, to the byte."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Archive, command

Make = Callable[[str], Archive]

SITE = """-- sitegen.yaml --
title: The flood
base_url: https://x.org/
theme: default
calendars: {flood: {epoch: 1924-06-01}}
-- content/places/werra.md --
---
name: Werra
kind: river
---
-- content/sources/board.md --
---
name: River board
kind: government
---
-- content/sources/gazette.md --
---
name: Gazette
kind: media
---
-- content/claims/houses-flooded.md --
---
title: Houses flooded
kind: quantity
measure: {unit: houses}
---
-- content/claims/barns-flooded.md --
---
title: Barns flooded
kind: quantity
---
-- content/articles/flood.md --
---
title: The Werra rises
date: 1924-06-09
calendar: flood
review: {state: checked, by: The editors, date: 1924-07-01}
sources:
  - {id: daily, source: board, quote: "the board said"}
SOURCES---
The Werra rose, the board said: 520 houses and 40 barns stand in water, which is 560 buildings. The old bridge fell on 7 June 1924.

A cow was seen on a roof, the Gazette wrote.
-- content/articles/flood.notes.yaml --
claims:
  - {quote: "520 houses", claim: houses-flooded, source: daily}
CLAIMSannotations:
  - {quote: "cow", kind: context, note: "It was a goat."}
NOTESplaces:
  as: {"old bridge": werra}
PLACES"""
SOURCES = """  - {source: gazette, quote: "the Gazette wrote", document: {title: A secret issue}, review: {state: imported}}
"""
CLAIMS = """  - quote: "The old bridge fell"
    source: gazette
    when: {date: 1924-06-07, quote: "7 June 1924", rule: explicit}
    review: {state: in-work}
  - total: {quote: "560 buildings"}
    from: {source: gazette}
    list: complete
    review: {state: imported}
    items:
      - {quote: "40 barns", claim: barns-flooded}
    waive: [{code: group-sum, why: A secret reason.}]
"""
NOTES = """  - {quote: "on a roof", kind: question, note: "A secret question, see [[place:werra]].", by: Somebody, date: 1930-01-01, review: {state: imported}}
"""
PLACES = """  proposed:
    - {wording: "cow", as: werra, todo: judge it}
    - {wording: "Werra"}
"""


def site(*, awaiting: bool) -> str:
    text = SITE
    for name, entries in (("SOURCES", SOURCES), ("CLAIMS", CLAIMS), ("NOTES", NOTES), ("PLACES", PLACES)):
        text = text.replace(name, entries if awaiting else "")
    return text


@pytest.mark.parametrize("unchecked", ["words", "all"])
def test_what_awaits_an_editor_is_nowhere_in_the_site(unchecked: str, archive: Make) -> None:
    setting = f"theme: default\npublish: {{unchecked: {unchecked}}}\n"
    without = archive(site(awaiting=False).replace("theme: default\n", setting))
    assert without.build().problems == ()
    expected = without.bytes_of_output()
    same = archive(site(awaiting=True).replace("theme: default\n", setting))
    report = same.build()
    assert (report.problems, report.awaiting) == ((), ("content/articles/flood.md",))
    assert same.bytes_of_output() == expected


def test_what_an_import_proposed_and_nobody_judged_is_not_signed_with_the_article(archive: Make) -> None:
    without = archive(site(awaiting=False))
    without.build()
    expected = without.bytes_of_output()
    marked = (
        site(awaiting=True)
        .replace("review: {state: imported}", 'todo: "likely: a figure"')
        .replace("review: {state: in-work}", 'todo: "sure: it is so"')
    )
    same = archive(marked)
    assert same.build().awaiting == ("content/articles/flood.md",)
    assert same.bytes_of_output() == expected
    same = archive(marked.replace("likely: a figure", "ask the parish"))  # an editor's own note holds nothing back
    same.build()
    assert "A secret question" in same.html("articles/flood")


def test_editors_see_it_while_they_edit(archive: Make) -> None:
    one = archive(site(awaiting=True))
    assert one.build(drafts=True).awaiting == ()
    html = one.html("articles/flood")
    assert "A secret question" in html
    assert "A secret issue" in html
    assert 'id="c-' in html


def test_what_is_judged_is_published(archive: Make) -> None:
    one = archive(site(awaiting=True).replace("state: imported", "state: checked").replace("state: in-work", "state: checked"))
    report = one.build()
    assert (report.awaiting, [problem.code for problem in report.problems]) == ((), [])
    html = one.html("articles/flood")
    assert "A secret question" in html
    assert "A secret issue" in html


def test_a_build_says_what_it_keeps_back(archive: Make) -> None:
    shown = command(archive(site(awaiting=True)), "build", "--no-search").stdout
    assert "entries that await an editor are held back (their `review` or `todo`): content/articles/flood.md" in shown


def test_a_member_that_awaits_keeps_its_group_back(archive: Make) -> None:
    text = site(awaiting=True).replace("    review: {state: imported}\n    items", "    items")
    one = archive(text.replace('"40 barns", claim', '"40 barns", review: {state: imported}, claim'))
    assert one.build().problems == ()
    assert "560 buildings</mark>" not in one.html("articles/flood")
    assert "A secret reason" not in "".join(path.read_text() for path in one.output.rglob("*.html"))


def test_what_a_trim_leaves_is_what_the_next_build_needs(archive: Make) -> None:
    one = archive(site(awaiting=True))
    made = one.build()
    assert command(one, "cache", "--trim").exit_code == 0
    one.write("content/places/werra.md", (one.root / "content/places/werra.md").read_text(encoding="utf-8") + "A river.\n")
    again = one.build()
    assert (again.problems, again.awaiting) == ((), made.awaiting)
    assert 0 < again.rendered < made.rendered
