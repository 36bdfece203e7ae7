"""The words of a text that tell a time, and where rules lead from them; the table of them on the page of an article."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from sitegen.build import verify
from sitegen.content.expressions import expressions, weekday_of
from sitegen.model.records import Calendar
from tests.conftest import Archive, asked
from tests.test_in_short import seen
from tests.test_lists import text

Make = Callable[[str], Archive]
SUNDAY = datetime.date(2022, 5, 15)
ELAPSED, BEGUN = Calendar(epoch="2022-02-24", first_day=0), Calendar(epoch="2022-02-24", first_day=1)


def read(
    words: str, lang: str = "en", base: datetime.date | None = SUNDAY, calendar: Calendar | None = ELAPSED
) -> list[tuple[str, str, str]]:
    return [(words[one.start : one.end], one.rule, one.date.text if one.date else "") for one in expressions(words, lang, base, calendar)]


@pytest.mark.parametrize(
    ("words", "lang", "expected"),
    [
        ("on Saturday", "en", [("Saturday", "weekday", "2022-05-14")]),
        ("on Sunday", "en", [("Sunday", "weekday", "2022-05-15")]),
        ("last Sunday, next Sunday", "en", [("last Sunday", "weekday", "2022-05-08"), ("next Sunday", "weekday", "2022-05-22")]),
        ("yesterday and the day before yesterday", "en", [("yesterday", "relative", "2022-05-14"), ("the day before yesterday", "relative", "2022-05-13")]),
        ("three days ago, 12 days ago", "en", [("three days ago", "relative", "2022-05-12"), ("12 days ago", "relative", "2022-05-03")]),
        ("last week, last month, next year", "en", [("last week", "relative", "2022-05-02/2022-05-08"), ("last month", "relative", "2022-04"), ("next year", "relative", "2023")]),
        ("on 14 May, May 13th and 2022-05-12", "en", [("14 May", "explicit", "2022-05-14"), ("May 13th", "explicit", "2022-05-13"), ("2022-05-12", "explicit", "2022-05-12")]),
        ("since 3 December 2021, in March 2021", "en", [("3 December 2021", "explicit", "2021-12-03"), ("March 2021", "explicit", "2021-03")]),
        ("on 30 December", "en", [("30 December", "explicit", "2021-12-30")]),
        ("after 80 days of fighting", "en", [("after 80 days", "day-count", "2022-05-15")]),
        ("the 81st day; day 80", "en", [("81st day", "ordinal-day", "2022-05-15"), ("day 80", "day-count", "2022-05-15")]),
        ("the 3rd day of the trial, after 5 days of rain", "en", [("3rd day", "ordinal-day", ""), ("after 5 days", "day-count", "")]),
        ("on 31 February", "en", [("31 February", "explicit", "")]),
        ("section 1 may fail; troops march 12 abreast; the Sunday Times on Good Friday", "en", []),
        ("am Mittwoch, letzten Montag, gestern, vor drei Tagen", "de", [("Mittwoch", "weekday", "2022-05-11"), ("letzten Montag", "weekday", "2022-05-09"), ("gestern", "relative", "2022-05-14"), ("vor drei Tagen", "relative", "2022-05-12")]),
        ("am 14. Mai 2022, am 81. Tag", "de", [("14. Mai 2022", "explicit", "2022-05-14"), ("81. Tag", "ordinal-day", "2022-05-15")]),
        ("у суботу, учора, 14 травня", "uk", [("суботу", "weekday", "2022-05-14"), ("учора", "relative", "2022-05-14"), ("14 травня", "explicit", "2022-05-14")]),
        ("le 14 mai, hier", "fr", []),
    ],
)  # fmt: skip
def test_words_lead_to_a_day_by_rule(words: str, lang: str, expected: list[tuple[str, str, str]]) -> None:
    assert read(words, lang) == expected


def test_day_80_counts_as_the_calendar_does() -> None:
    assert read("day 80", calendar=BEGUN) == [("day 80", "day-count", "2022-05-14")]
    assert read("after 80 days", calendar=BEGUN) == [("after 80 days", "day-count", "2022-05-15")]


def test_without_a_date_of_the_article_only_whole_dates_lead_anywhere() -> None:
    assert read("on Saturday, 14 May, 14 May 2022, last week, day 80", base=None) == [
        ("Saturday", "weekday", ""),
        ("14 May", "explicit", ""),
        ("14 May 2022", "explicit", "2022-05-14"),
        ("last week", "relative", ""),
        ("day 80", "day-count", ""),
    ]


def test_a_weekday_before_a_date_is_held_against_it() -> None:
    assert [(words, day) for words, day, _ in weekday_of("on Sunday, 15 May 2022 and Monday, May 15, 2022", "en")] == [
        ("Sunday, 15 May 2022", 6),
        ("Monday, May 15, 2022", 0),
    ]
    assert [date.text for _, _, date in weekday_of("am Sonntag, dem 15. Mai 2022", "de")] == ["2022-05-15"]
    assert list(weekday_of("on Sunday, 15 May", "en")) == [], "of what year it is, is not known"


ARTICLE = """-- sitegen.yaml --
title: Test archive
base_url: https://x.org/
theme: default
calendars:
  war: {epoch: 2022-02-24, label: "Day {n}"}
-- content/articles/a.md --
---
title: On Sunday
date: 2022-05-15
day: 80
calendar: war
claims: [{quote: "They came", source: article, when: {date: 2022-05-07, quote: "on Saturday", rule: editor}}]
---
They came on Saturday. After 80 days, they left on Sunday; the 5th day of the fair was over.

Then on Saturday again.
"""


def test_the_page_of_an_article_audits_its_dates(archive: Make) -> None:
    site = archive(ARTICLE)
    site.build()
    rows = seen(site, "articles/a")["page"]["dates"]
    told = [
        (
            one["words"],
            one["date"] and one["date"]["iso"],
            one["read"] and one["read"]["iso"],
            one["day"],
            one["otherwise"],
        )
        for one in rows
    ]
    assert told == [
        ("Sunday", "2022-05-15", None, "Day 80", "81"),
        ("Saturday", "2022-05-14", "2022-05-07", "Day 72", "73"),
        ("After 80 days", "2022-05-15", None, "Day 80", "81"),
        ("5th day", None, None, "", ""),
    ]  # fmt: skip
    assert "Saturday Saturday, 14 May 2022 the editors read Saturday, 7 May 2022 day of the week Day 72 (counted the other way 73)" in text(
        site.html("articles/a/")
    )
    assert "no day follows by rule" in site.html("articles/a/")
    assert verify(site.root, site.output, asked()) == []


def test_an_article_of_which_no_words_are_shown_has_no_audit(archive: Make) -> None:
    site = archive(ARTICLE.replace("day: 80\n", "day: 80\ndisplay: metadata\n"))
    site.build()
    assert "Dates in the text" not in site.html("articles/a/")
