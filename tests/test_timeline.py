"""The timeline: by what was reported and by what is said to have happened, from three articles in a week to thousands over two centuries."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from benchmarks.corpus import spread
from sitegen.archive import timeline
from sitegen.archive.timeline import CROWD, FEW, Entry, Happened, Timeline
from sitegen.archive.timepages import Named
from sitegen.archive.timepages import pages_of_time as pages
from sitegen.build import verify
from sitegen.model.dates import edtf
from sitegen.model.pages import PAGE_SIZE, Contributed, TimelinePage
from tests.conftest import CONFIG, Archive, asked
from tests.test_lists import text

Make = Callable[[str], Archive]
BASE = f"""-- sitegen.yaml --
{CONFIG.replace("theme: plain", "theme: default")}
-- content/places/mira.md --
---
name: Mira
kind: town
---
-- content/topics/regatta.md --
---
name: Regatta
kind: event
---
-- content/sources/board.md --
---
name: Harbour Board
kind: government
---
-- content/claims/barges.md --
---
title: Barges lost
kind: quantity
---
"""


def article(stem: str, date: str, when: str = "", front: str = "") -> str:
    """An article that credits something to somebody; `when`: when that happened."""
    claim = f'claims: [{{quote: "nine barges", source: board, claim: barges, when: {{date: "{when}"}}}}]\n' if when else ""
    return (
        f"-- content/articles/{stem}.md --\n---\ntitle: {stem.capitalize()}\ndate: {date}\n{front}{claim}---\nAt Mira nine barges sank.\n"
    )


def seen(site: Archive, page: str) -> dict[str, Any]:
    """What a page's template has seen, as the data beside it has it."""
    read: dict[str, Any] = json.loads((site.output / page / "index.json").read_text())
    return dict(read["page"])


def groups(site: Archive, page: str) -> list[tuple[str, list[str]]]:
    return [(group["title"], [one["article"]["title"] for one in group["entries"]]) for group in seen(site, page)["groups"]]


def cells(site: Archive, page: str) -> list[tuple[str, str]]:
    return [(cell["name"], cell["href"]) for row in seen(site, page)["rows"] for cell in row["cells"] if cell["href"]]


def made(site: Archive) -> list[str]:
    """The pages of the timeline."""
    return sorted(path.parent.relative_to(site.output / "timeline").as_posix() for path in (site.output / "timeline").rglob("index.html"))


def test_three_articles_in_a_week_need_one_page(archive: Make) -> None:
    war = "calendar: war\n"
    site = archive(
        BASE + article("one", "2022-05-15", front=war) + article("two", "2022-05-16", front=war) + article("three", "2022-05-21", front=war)
    )
    assert not site.build().failed
    assert made(site) == ["."]
    assert groups(site, "timeline") == [
        ("Sunday, 15 May 2022", ["One"]), ("Monday, 16 May 2022", ["Two"]), ("Saturday, 21 May 2022", ["Three"])
    ]  # fmt: skip
    assert cells(site, "timeline")[0] == ("15 May 2022: 1 article", "/timeline/#_2022-05-15")
    assert seen(site, "timeline")["rows"][0]["text"] == "May 2022"
    assert len(seen(site, "timeline")["rows"][0]["cells"]) == 31
    assert seen(site, "timeline")["ways"] == [], "nothing is said to have happened"
    page = text(site.html("timeline/"))
    assert "Day 80 Sunday, 15 May 2022 One" in page
    assert '<a href="/timeline/#_2022-05-15">May 2022</a>' in site.html("days/war/80/")
    # and with the plain theme
    site.write("sitegen.yaml", CONFIG)
    site.build()
    assert "May 2022 (3): 15 , 16 , 21" in text(site.html("timeline/"))


def test_an_archive_without_articles_has_a_timeline(archive: Make) -> None:
    site = archive(BASE)
    assert not site.build().failed
    assert made(site) == ["."]
    assert "Nothing here yet." in site.html("timeline/")


def months(year: int, count: int, **more: str) -> str:
    return "".join(article(f"a-{year}-{n:02}", f"{year}-{n % 12 + 1:02}-{n % 28 + 1:02}", **more) for n in range(count))


def test_years_hold_months_and_months_days_each_with_its_neighbours(archive: Make) -> None:
    site = archive(BASE + months(1911, FEW + 5) + article("first", "1908-03-01") + article("last", "1912-02-03"))
    assert not site.build().failed
    assert made(site) == [".", "1908", "1911", *(f"1911/{month:02}" for month in range(1, 13)), "1912"]
    assert [name for name, _ in cells(site, "timeline")[:2]] == ["March 1908: 1 article", "January 1911: 3 articles"]
    # a month without a page of its own is told by its year; what has none leads nowhere
    assert dict(cells(site, "timeline"))["March 1908: 1 article"] == "/timeline/1908/#_1908-03-01"
    assert dict(cells(site, "timeline"))["May 1911: 3 articles"] == "/timeline/1911/05/"
    assert [row["text"] for row in seen(site, "timeline")["rows"]] == ["1908", "1909", "1910", "1911", "1912"]
    year = seen(site, "timeline/1911")
    assert (year["title"], year["counted"], year["older"]["text"], year["newer"]["text"]) == ("1911", "30 articles", "1908", "1912")
    assert [(row["text"], row["href"]) for row in year["rows"][:2]] == [
        ("January", "/timeline/1911/01/"),
        ("February", "/timeline/1911/02/"),
    ]
    assert cells(site, "timeline/1911")[0] == ("1 January 1911: 1 article", "/timeline/1911/01/#_1911-01-01")
    month = seen(site, "timeline/1911/02")
    assert (month["title"], month["older"]["href"], month["newer"]["text"]) == ("February 1911", "/timeline/1911/01/", "March 1911")
    assert [(one["text"], one["href"]) for one in month["above"]] == [("Timeline", "/timeline/"), ("1911", "/timeline/1911/")]
    assert groups(site, "timeline/1911/02") == [
        ("Thursday, 2 February 1911", ["A-1911-01"]), ("Tuesday, 14 February 1911", ["A-1911-13"]), ("Sunday, 26 February 1911", ["A-1911-25"])
    ]  # fmt: skip
    assert "/timeline/1911/02/" in site.html("sitemap.xml")
    # strips of other pages lead there
    bars = {bar["name"]: bar["href"] for bar in seen(site, "places/mira")["strip"]["bars"]}
    assert bars["February 1911: 3 articles"] == "/timeline/1911/02/"
    assert bars["March 1908: 1 article"] == "/timeline/1908/"
    assert 'href="/timeline/1911/02/" tabindex="-1"' in site.html("")


def test_lanes_lead_to_what_names_a_place_in_a_month(archive: Make) -> None:
    site = archive(BASE + months(1911, 70))
    site.build()
    (lane,) = seen(site, "timeline")["lanes"]
    assert (lane["subject"], lane["count"]) == ({"text": "Mira", "href": "/places/mira/"}, 70)
    assert [(one["name"], one["href"]) for one in lane["cells"][:1] + lane["cells"][-1:]] == [
        ("Mira, January 1911: 6 articles", "/places/mira/page/1/#_1911-01"), ("Mira, December 1911: 5 articles", "/places/mira/#_1911-12")
    ]  # fmt: skip
    for cell in lane["cells"]:
        address, _, anchor = cell["href"].partition("#")
        assert f'id="{anchor}"' in site.html(address.strip("/"))


def test_what_is_not_known_to_the_day_is_told_where_it_is_held(archive: Make) -> None:
    uncertain = {
        "month": "1911-05", "summer": "1911-07/1911-09", "year": "1911?", "about": "1911~", "decade": "191X", "two": "1911/1912", "none": "null", "since": "1911-05-03/..",
        "day": "1911-05-02?",
    }  # fmt: skip
    site = archive(BASE + months(1911, FEW) + "".join(article(stem, date) for stem, date in uncertain.items()))
    assert not site.build().failed
    assert seen(site, "timeline")["counted"] == "34 articles"
    # no cell counts what it does not hold wholly
    assert sum(row["count"] for row in seen(site, "timeline")["rows"]) == FEW + 5
    assert dict(cells(site, "timeline"))["May 1911: 4 articles"] == "/timeline/1911/05/"
    assert groups(site, "timeline") == [("1910s", ["Decade", "Two"]), ("Not known to the year", ["Since"]), ("Undated", ["None"])]
    assert groups(site, "timeline/1911") == [("Some time in 1911", ["About", "Year", "Summer"])]
    assert groups(site, "timeline/1911/05")[-1] == ("Some time in May 1911", ["Month"])
    assert groups(site, "timeline/1911/05")[0] == ("Tuesday, 2 May 1911", ["Day"])
    assert "2 May 1911 (uncertain)" in text(site.html("timeline/1911/05/"))
    summer = seen(site, "timeline/1911")["groups"][0]["entries"][2]
    assert (summer["date"]["text"], summer["span"]) == ("July 1911 to September 1911", {"start": 496, "width": 252})
    # the list of a place has no month of what is open
    assert "May 1911: 4 articles" in json.dumps(seen(site, "places/mira")["strip"])


@pytest.mark.parametrize("date", ["0003/0007", "../0007", "0001", "0009-12-31"])
def test_the_calendar_begins_with_the_year_1(archive: Make, date: str) -> None:
    site = archive(BASE + article("old", date, date) + article("plain", "0012") + article("late", "2022-05-14"))
    assert not site.build().failed
    named = [(row["text"], row["cells"][0]["period"]) for row in seen(site, "timeline")["rows"]]
    assert named[-1] == ("2020s", "2020")
    assert ("0010s", "0010") in named
    assert not any(cell["period"] == "0000" for row in seen(site, "timeline")["rows"] for cell in row["cells"])


def test_what_has_no_date_is_not_said_to_be_of_the_time_of_all_others(archive: Make) -> None:
    many = "".join(article(f"none-{number}", "null") for number in range(FEW + 1))
    site = archive(BASE + article("one", "2022-05-15") + article("two", "2022-05-15") + many)
    assert not site.build().failed
    front = seen(site, "timeline")
    assert (front["title"], front["counted"], front["aside"]) == ("Timeline", "28 articles", None)
    assert front["undated"] == {"text": "Undated: 26 articles", "href": "/timeline/undated/"}
    assert "Some time in" not in site.html("timeline/")
    assert '<a href="/timeline/undated/">Undated: 26 articles</a>' in site.html("timeline/")
    aside = seen(site, "timeline/undated")
    assert (aside["title"], aside["counted"], [group["title"] for group in aside["groups"]]) == ("Undated", "26 articles", ["Undated"])
    site.write("sitegen.yaml", CONFIG)
    site.build()
    assert '<a href="/timeline/undated/">Undated: 26 articles</a>' in site.html("timeline/")
    assert "/timeline/undated/" in site.html("sitemap.xml")
    # beside what is dated, but not closely
    site.write("sitegen.yaml", CONFIG.replace("theme: plain", "theme: default"))
    for number in range(FEW + 1):
        site.write(f"content/articles/wide-{number}.md", f"---\ntitle: Wide {number}\ndate: 2022-05\n---\nWords.\n")
    assert not site.build().failed
    assert (seen(site, "timeline")["aside"], seen(site, "timeline")["undated"]["text"]) == (None, "Undated: 26 articles")


def test_winter_may_be_of_january_or_december(archive: Make) -> None:
    site = archive(BASE + article("one", "2022-05-15", "2022-24") + article("two", "2022-05-16", "2022-12-05"))
    site.build()
    assert groups(site, "timeline/happened") == [("Monday, 5 December 2022", ["Two"]), ("Some time in 2022", ["One"])]
    assert "winter 2022" in text(site.html("timeline/happened/"))


def test_who_looks_from_what_happened_finds_the_way_back(archive: Make) -> None:
    site = archive(BASE + article("one", "null", "2022-05-14"))
    site.build()
    assert [(way["href"], way["is_current"]) for way in seen(site, "timeline/happened")["ways"]] == [
        ("/timeline/", False), ("/timeline/happened/", True)
    ]  # fmt: skip
    assert [way["href"] for way in seen(site, "timeline")["ways"]] == ["/timeline/", "/timeline/happened/"]


def test_what_is_said_to_have_happened_is_told_with_who_says_it(archive: Make) -> None:
    site = archive(
        BASE
        + article("one", "2022-05-15", "2022-05-14", "calendar: war\n")
        + article("two", "2022-05-16", "2022-03")
        + article("three", "2022-05-17", "../2022-04-15")
        + article("plain", "2022-05-18")
    )
    assert not site.build().failed
    assert made(site) == [".", "happened"]
    assert [(way["text"], way["href"], way["is_current"]) for way in seen(site, "timeline/happened")["ways"]] == [
        ("When it was reported", "/timeline/", False), ("When it is said to have happened", "/timeline/happened/", True)
    ]  # fmt: skip
    assert 'href="/timeline/happened/" aria-current="page"' in site.html("timeline/happened/")
    assert groups(site, "timeline/happened") == [
        ("Some time in March 2022", ["Two"]), ("Saturday, 14 May 2022", ["One"]), ("Not known to the year", ["Three"])
    ]  # fmt: skip
    assert seen(site, "timeline/happened")["counted"] == "3 statements"
    page = site.html("timeline/happened/")
    assert 'At Mira <a class="said" href="/articles/one/#c-' in page
    assert "“" not in page.partition("<main")[2].partition("<q>")[0], "the words stand in the author’s type"
    assert "Day 79 Saturday, 14 May 2022 At Mira nine barges sank. 9 Harbour Board , happened 14 May 2022 Barges lost One" in text(page)
    assert "until 15 April 2022" in text(page)
    assert verify(site.root, site.output, asked()) == []


def test_what_is_held_or_hidden_stays_out(archive: Make) -> None:
    site = archive(
        BASE
        + article("held", "2022-05-15", "2022-05-14", "review: {state: imported}\n")
        + article("draft", "2022-05-16", "2022-05-14", "draft: true\n")
        + article("bare", "2022-05-17", "2022-05-14", "display: metadata\n")
    )
    assert not site.build().failed
    assert made(site) == ["."]
    assert groups(site, "timeline") == [("Sunday, 15 May 2022", ["Held"]), ("Tuesday, 17 May 2022", ["Bare"])]
    site.write("content/articles/held.md", site.root.joinpath("content/articles/held.md").read_text().replace("imported", "checked"))
    site.build()
    assert groups(site, "timeline/happened") == [("Saturday, 14 May 2022", ["Held"])]


def changed(site: Archive, before: dict[str, str]) -> list[str]:
    now = site.bytes_of_output()
    pages = {
        path
        for path in {*now, *before}
        if path.startswith("timeline/") and path.endswith("index.html") and now.get(path) != before.get(path)
    }
    return sorted(path.removesuffix("index.html") for path in pages)


@pytest.mark.soak
def test_an_edit_touches_the_stretches_in_which_it_lies(archive: Make) -> None:
    site = archive(BASE + months(1911, FEW + 5) + months(1912, FEW + 5, when="1912-03-04") + months(1913, FEW + 5, when="1911"))
    site.build()
    before = site.bytes_of_output()
    path = site.root / "content/articles/a-1911-03.md"
    words = path.read_text()
    path.write_text(words.replace("sank.", "sank in the harbour."))
    site.build()
    assert changed(site, before) == []
    path.write_text(words.replace("A-1911-03", "Another title"))
    site.build()
    assert changed(site, before) == ["timeline/1911/04/"]
    path.write_text(words.replace("date: 1911-04-04", "date: 1913-06-07"))
    site.build()
    assert changed(site, before) == ["timeline/", "timeline/1911/", "timeline/1911/04/", "timeline/1913/", "timeline/1913/06/"]
    path.write_text(words)
    path = site.root / "content/articles/a-1912-03.md"
    path.write_text(path.read_text().replace("1912-03-04", "1912"))
    site.build()
    assert changed(site, before) == ["timeline/happened/1912/", "timeline/happened/1912/03/"]
    assert verify(site.root, site.output, asked()) == []


def test_a_site_under_a_path_has_its_links_there(archive: Make) -> None:
    site = archive(BASE.replace("https://x.org/", "https://x.org/repo/") + months(1911, FEW + 1, when="1911-05-04"))
    site.build()
    page = site.html("timeline/") + site.html("timeline/happened/") + site.html("timeline/1911/05/")
    assert "/repo/timeline/1911/05/#_1911-05-05" in page
    assert 'href="/timeline' not in page


# thousands, as the plan has them


def planned(dates: Sequence[str], happened: Sequence[str] = (), subjects: Sequence[Named] = ()) -> list[TimelinePage]:
    """The pages of so many articles of these dates."""

    def entries(dates: Sequence[str]) -> list[Entry]:
        read = [(number, edtf(date)) for number, date in enumerate(dates)]
        return sorted(Entry(date.first, date.last, f"articles/a-{number:05}", b"", 1, ()) for number, date in read)

    told = timeline.happened(Happened(one.first, one.last, Contributed(one.article, b"-"), 1, ()) for one in entries(happened))
    return list(pages((Timeline("reported", entries(dates)), told), (subjects, ())))


@pytest.mark.soak
def test_thirty_thousand_over_two_centuries_fit_one_screen() -> None:
    count = 30_000
    found = planned([spread(number) for number in range(count)], [spread(number, before=29) for number in range(1000)])
    front = found[0]
    assert (front.address, front.grain, front.total) == ("timeline/", "year", count)
    assert [row.period for row in front.rows] == [f"{decade}X" for decade in range(171, 192)]
    assert len(front.cells) == 200
    assert sum(row.count for row in front.rows) == count
    assert front.listed == (), "three thousand are known to the decade alone"
    assert front.aside == (count // 10, "timeline/span/")
    assert [page.address for page in found if page.paging and not page.period][:3] == [
        "timeline/span/",
        "timeline/span/page/1/",
        "timeline/span/page/2/",
    ]
    by_address = {page.address: page for page in found}
    assert len(by_address) == len(found)
    assert {cell.address for cell in front.cells} <= by_address.keys()
    # each is told once, by the smallest stretch that holds it
    told = [one.article for page in found if page.way == "reported" for one in page.listed]
    assert sorted(told) == [f"articles/a-{number:05}" for number in range(count)]
    assert max(len(page.listed) for page in found if not page.paging) <= CROWD["reported"]
    places = {f"{page.address}#{timeline.anchor_of(one.period)}" for page in found for one in page.listed}
    assert {cell.address for page in found for cell in (*page.cells, *page.rows)} <= places | by_address.keys() | {""}
    assert {page.other for page in found} <= by_address.keys()


def test_a_crowded_month_has_pages_of_its_days() -> None:
    found = {page.address: page for page in planned([f"1911-05-{number % 30 + 1:02}" for number in range(CROWD["reported"] + 20)])}
    assert len(found) == 31
    front = found["timeline/"]
    assert (front.period, front.listed, len(front.cells), front.cells[0].address) == ("1911-05", (), 30, "timeline/1911/05/01/")
    day = found["timeline/1911/05/02/"]
    assert (len(day.listed), day.older, day.newer, day.above) == (
        14, ("1911-05-01", "timeline/1911/05/01/"), ("1911-05-03", "timeline/1911/05/03/"), (("1911-05", "timeline/"),)
    )  # fmt: skip


def test_a_crowded_day_has_numbered_pages() -> None:
    count = CROWD["reported"] + 70
    for more, address in ((), "timeline/"), (("1911-06-01",), "timeline/1911/05/04/"):
        found = [page for page in planned(["1911-05-04"] * count + list(more)) if page.period == "1911-05-04"]
        assert [page.address for page in found[:3]] == [address, f"{address}page/1/", f"{address}page/2/"]
        assert max(len(page.listed) for page in found) == PAGE_SIZE
        assert [one.article for page in found for one in page.listed] == [f"articles/a-{number:05}" for number in range(count)]
        assert [page.paging and page.paging.number for page in found] == list(range(len(found)))
        assert (found[0].total, {page.total for page in found[1:]}) == (count, {None})
    (few,) = planned(["1911-05-04"] * CROWD["reported"])
    assert few.paging is None


def test_lanes_of_what_happened_are_of_what_statements_are_about(archive: Make) -> None:
    about = "".join(
        article(f"a-{n}", "2022-06-01", f"2022-{n % 2 + 3:02}-{n % 28 + 1:02}").replace("claim: barges", "claim: barges, places: [mira]")
        for n in range(FEW + 1)
    )
    site = archive(BASE + about + article("other", "2022-06-01", "2022-05"))
    assert not site.build().failed
    (lane,) = seen(site, "timeline/happened")["lanes"]
    assert (lane["subject"]["text"], lane["count"]) == ("Mira", FEW + 1)
    assert [(cell["name"], cell["href"]) for cell in lane["cells"] if cell["name"]] == [
        ("Mira, March 2022: 13 statements", "/timeline/happened/2022/03/"), ("Mira, April 2022: 13 statements", "/timeline/happened/2022/04/")
    ]  # fmt: skip
    assert seen(site, "timeline")["lanes"] == [], "they were all reported in one month"


def test_lanes_over_many_centuries_have_few_columns() -> None:
    dates = [f"0079-08-{number + 10}" for number in range(15)] + [f"2022-05-{number + 10}" for number in range(16)]
    front = planned(dates, subjects=[Named("places/mira", (("0079-08", 15, "a"), ("2022-05", 16, "b")))])[0]
    assert front.columns == tuple(f"{number:02}XX" for number in range(21))
    assert [(cell.period, cell.count) for cell in front.lanes[0].cells] == [("00XX", 15), ("20XX", 16)]


@pytest.mark.parametrize(
    ("dates", "grain", "rows"),
    [
        (["1911-05-01", "1911-05-20"], "day", ["1911-05"]),
        (["1911-12-01", "1912-02-20"], "day", ["1911-12", "1912-02"]),
        (["1911-01-01", "1912-02-20"], "month", ["1911", "1912"]),
        (["1911", "1912"], "year", ["191X"]),
        (["1911-01", "1922-01"], "month", ["1911", "1922"]),
        (["1911-01", "1923-01"], "year", ["191X", "192X"]),
        (["1911-05-01"], "", []),
        ([], "", []),
    ],
)
def test_the_grain_of_a_strip_follows_from_its_span(dates: list[str], grain: str, rows: list[str]) -> None:
    (front,) = planned(dates)
    assert (front.grain, [row.period for row in front.rows]) == (grain, rows)


def test_lanes_are_of_what_is_named_most_half_of_each_kind() -> None:
    def subject(kind: str, number: int) -> Named:
        return Named(
            f"{kind}/s-{number}", (("1911-01", number, f"{kind}/s-{number}/#_1911-01"), ("1912-02", 1, f"{kind}/s-{number}/#_1912-02"))
        )

    dates = [f"19{11 + number % 2}-0{number % 9 + 1}-01" for number in range(60)]
    some = [*(subject("places", number) for number in range(1, 20)), *(subject("topics", number) for number in range(1, 4))]
    front, first, *_ = planned(dates, subjects=some)
    assert [lane.subject for lane in front.lanes] == [
        *(f"places/s-{number}" for number in range(19, 14, -1)),
        "topics/s-3",
        "topics/s-2",
        "topics/s-1",
    ]
    assert front.columns[:2] == ("1911-01", "1911-02")
    assert [(cell.period, cell.count) for cell in front.lanes[0].cells] == [("1911-01", 19), ("1912-02", 1)]
    assert [(cell.period, cell.address) for cell in first.lanes[0].cells] == [("1911-01", "places/s-19/#_1911-01")]
