"""Totals and parts that are claims of their own: what the parts of a day come to, across articles, and small charts of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitegen.build import verify
from sitegen.theme import Theme
from sitegen.views.types import PageView, SiteView
from tests.conftest import Archive, asked
from tests.test_in_short import seen
from tests.test_lists import FLOOD, text
from tests.test_series import stated, told

Make = Callable[[str], Archive]
PARTS = (
    FLOOD.replace("theme: plain", "theme: default").replace("measure: {unit: barges}", "relations: [{type: total-of, claim: hay}, {type: total-of, claim: coal}]")
    + "-- content/claims/hay.md --\n---\ntitle: Hay barges lost\nkind: quantity\n---\n"
    + "-- content/claims/coal.md --\n---\ntitle: Coal barges lost\nkind: quantity\n---\n"
)  # fmt: skip


def part(stem: str, claim: str, words: str, day: str, source: str = "board") -> str:
    return stated(stem, words, day, source).replace("claim: barges", f"claim: {claim}")


def of(total: str, hay: str, coal: str, day: str = "1912-03-01", prefix: str = "") -> str:
    return stated(f"{prefix}a", total, day) + part(f"{prefix}b", "hay", hay, day) + part(f"{prefix}c", "coal", coal, day)


@pytest.mark.parametrize(
    ("total", "hay", "coal", "agrees"),
    [
        ("900 barges", "500 barges", "400 barges", True),
        ("900 barges", "500 barges", "300 barges", False),
        ("900 barges", "500 barges", "500 barges", False),
        ("about 900 barges", "500 barges", "380 barges", True),
        ("more than 900 barges", "500 barges", "401 barges", True),
    ],
)
def test_the_parts_of_a_day_are_held_against_the_total_of_that_day(total: str, hay: str, coal: str, agrees: bool, archive: Make) -> None:
    site = archive(PARTS + of(total, hay, coal))
    assert [code for code, _ in told(site)] == ([] if agrees else ["parts-differ"])
    (one,) = seen(site, "claims/barges")["page"]["part_sums"]
    assert one["agrees"] is agrees
    assert ("The two do not agree." in text(site.html("claims/barges/"))) is not agrees
    assert verify(site.root, site.output, asked()) == []


def test_what_is_missing_or_another_speakers_is_not_added_up(archive: Make) -> None:
    site = archive(PARTS + stated("a", "900 barges", "1912-03-01") + part("b", "hay", "500 barges", "1912-03-01"))
    assert told(site) == []
    assert seen(site, "claims/barges")["page"]["part_sums"] == []
    other = part("c", "coal", "100 barges", "1912-03-01", "union")
    site.write("content/articles/c.md", other.partition("--\n")[2])
    assert told(site) == []
    later = part("d", "coal", "100 barges", "1912-03-02")
    site.write("content/articles/d.md", later.partition("--\n")[2])
    assert told(site) == []


def test_some_of_the_parts_must_not_exceed_the_total(archive: Make) -> None:
    some = PARTS.replace("relations: [{type: total-of, claim: hay}, {type: total-of, claim: coal}]", "measure: {unit: barges}").replace(
        "kind: quantity\n---\n-- content/claims/coal",
        "kind: quantity\nrelations: [{type: part-of, claim: barges}]\n---\n-- content/claims/coal",
    )
    some = some.removesuffix("---\n") + "relations: [{type: part-of, claim: barges}]\n---\n"
    site = archive(some + of("900 barges", "500 barges", "300 barges"))
    assert told(site) == []
    site.write("content/articles/c.md", part("c", "coal", "500 barges", "1912-03-01").partition("--\n")[2])
    assert [code for code, _ in told(site)] == ["parts-differ"]


def test_a_total_shows_its_parts_each_with_its_newest_figure_and_a_small_chart(archive: Make) -> None:
    articles = "".join(
        part(f"{claim}{n}", claim, f"{number * n} barges", f"1912-03-{n:02}")
        for n in (1, 2, 3)
        for claim, number in (("hay", 100), ("coal", 20))
    )
    site = archive(PARTS + articles + stated("a", "400 barges", "1912-03-03"))
    told(site)
    coal, hay = seen(site, "claims/barges")["page"]["parts"]
    assert (coal["claim"]["title"], coal["latest"]["figures"][0]["text"]) == ("Coal barges lost", "60 barges")
    assert [point["title"].partition(",")[0] for point in hay["chart"]["lines"][0]["points"]] == ["100 barges", "200 barges", "300 barges"]
    assert hay["chart"]["height"] < 150
    assert site.html("claims/barges/").count('<figure class="chart">') == 2
    site.write("content/articles/hay4.md", part("hay4", "hay", "350 barges", "1912-03-04").partition("--\n")[2])
    told(site)
    assert seen(site, "claims/barges")["page"]["parts"][1]["latest"]["figures"][0]["text"] == "350 barges"
    assert verify(site.root, site.output, asked()) == []


def test_the_page_of_a_total_follows_its_parts_and_those_of_the_other_parts_do_not(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    site = archive(PARTS + of("900 barges", "500 barges", "400 barges"))
    site.build(jobs=1)
    made: set[str] = set()
    render = Theme.render

    def watched(theme: Theme, shown: SiteView, page: PageView, *more: str) -> bytes:
        made.add(page.frame.address)
        return render(theme, shown, page, *more)

    monkeypatch.setattr(Theme, "render", watched)
    site.write("content/articles/c.md", part("c", "coal", "410 barges", "1912-03-01").partition("--\n")[2])
    site.build(jobs=1)
    assert {"claims/coal/", "claims/barges/"} <= made
    assert "claims/hay/" not in made
