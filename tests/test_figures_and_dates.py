"""Numbers that are read whole or not at all, hedges and their bounds, EDTF, and words that lead to a date."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.article import parse
from sitegen.content.dating import disagreement
from sitegen.content.figures import bounds, gloss_fits
from sitegen.content.numbers import hedge_before, is_readable, numbers
from sitegen.model.article import Article
from sitegen.model.dates import Edtf, edtf
from sitegen.model.records import Calendar
from sitegen.speech import english
from sitegen.views.words import date_view


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,220 tanks", ["1220"]),
        ("10,000 to 15,000", ["10000", "15000"]),
        ("1\u00a0000\u00a0000 men, 1\u202f220 tanks", ["1000000", "1220"]),
        ("On May 15 300 troops; 27 400", []),
        ("27k tanks, 5m, 1½ million, 1'220, 15.05.2022, 1.220.000, 1,2205", []),
        ("-5 and −7 degrees, pages 4-6", ["-5", "-7", "4", "6"]),
        ("twenty twenty-two; one two three", []),
        ("two and a half million, three thousand two hundred", ["2500000", "3200"]),
        ("9" * 5000, []),
        ("2.5 million and 3 thousand", ["2500000", "3000"]),
        ("forty-two ships", ["42"]),
        ("two hundred and five", ["205"]),
        ("a dozen; two dozen", ["12", "24"]),
        ("half a million", ["500000"]),
        ("one-third of it, three quarters of them", ["1/3", "3/4"]),
        ("12.5% or 40 percent", ["1/8", "2/5"]),
        ("2/3 of all", ["2/3"]),
        ("the T-72 and the M16A2", []),
        ("Day80 x20y", []),
        ("the second battle", []),
    ],
)
def test_numbers(text: str, expected: list[str]) -> None:
    assert [str(number.value) for number in numbers(text)] == expected


@given(st.integers(0, 10**9))
def test_any_whole_number_is_read_back(number: int) -> None:
    assert is_readable(Decimal(number), f"some {number:,} men")
    assert is_readable(Decimal(number), f"some {number} men")
    assert not is_readable(Decimal(number + 1), f"some {number:,} men")


@pytest.mark.parametrize(
    ("before", "hedge"),
    [
        ("killed more than ", "more-than"), ("destroyed some ", "about"), ("at least ", "at-least"), ("no more than ", "at-most"), ("up to ", "up-to"),
        ("nearly ", "nearly"), ("fewer than ", "less-than"), ("killed ", "exact"), ("handsome ", "exact"), ("roughly the ", "about"),
    ],
)  # fmt: skip
def test_hedges(before: str, hedge: str) -> None:
    assert hedge_before(before + "7,000", len(before)) == hedge


@pytest.mark.parametrize(
    ("value", "hedge", "low", "high"),
    [
        ("7000", "about", "6500", "7499"), ("27400", "about", "27350", "27449"), ("7", "about", "7", "7"), ("2.5", "about", "2.45", "2.55"),
        ("7000", "exact", "7000", "7000"), ("7000", "more-than", "7001", None), ("7000", "at-least", "7000", None), ("7000", "up-to", None, "7000"),
        ("7000", "less-than", None, "6999"), ("7000", "nearly", "6000", "7000"),
    ],
)  # fmt: skip
def test_what_a_hedge_allows(value: str, hedge: str, low: str | None, high: str | None) -> None:
    assert bounds(Decimal(value), hedge) == (Decimal(low) if low else None, Decimal(high) if high else None)


@pytest.mark.parametrize(
    ("gloss", "quote", "fits"),
    [
        ("they [the Russians] besieged it [Kharkiv]", "they besieged it", True),
        ("[Kharkiv,] the second city", "the second city", True),
        ("it [Kharkiv], they said", "it, they said", True),
        ("they [the Russians] took it", "they besieged it", False),
    ],
)
def test_glosses(gloss: str, quote: str, fits: bool) -> None:
    assert gloss_fits(gloss, quote) is fits


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2022-05-15", "2022-05-15", "2022-05-15", "15 May 2022"),
        ("1912-05", "1912-05-01", "1912-05-31", "May 1912"),
        ("1912~", "1912-01-01", "1912-12-31", "about 1912"),
        ("1912-02-29?", "1912-02-29", "1912-02-29", "29 February 1912 (uncertain)"),
        ("191X", "1910-01-01", "1919-12-31", "1910s"),
        ("2022-XX", "2022-01-01", "2022-12-31", "2022"),
        ("2001-21", "2001-03-01", "2001-05-31", "spring 2001"),
        ("2001-24", "2001-01-01", "2001-12-31", "winter 2001"),
        ("2022-02-24/2022-05-15", "2022-02-24", "2022-05-15", "24 February 2022 to 15 May 2022"),
        ("2022-02/..", "2022-02-01", "9999-12-31", "from February 2022"),
        ("../2022-04-15", "0001-01-01", "2022-04-15", "until 15 April 2022"),
    ],
)
def test_edtf(text: str, first: str, last: str, words: str) -> None:
    date = edtf(text)
    assert (date.first, date.last) == (first, last)
    assert date_view(date, english()).text == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2022-13",
        "2022-02-30",
        "2021-02-29",
        "soon",
        "2022-5-1",
        "22-05-15",
        "2022-05-15/2022-05-01",
        "../..",
        "/",
        "2022-XX-05",
        "0000",
        "000X",
        "٢٠٢٢-٠٥",
        "2022-0٥",
    ],
)
def test_no_dates(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the text is the message
        edtf(text)


WAR = Calendar(epoch="2022-02-24")


@pytest.mark.parametrize(
    ("rule", "quote", "date", "agrees"),
    [
        ("day-count", "after 80 days of fighting", "2022-05-15", True),
        ("day-count", "after eighty days", "2022-05-15", True),
        ("day-count", "after 81 days of fighting", "2022-05-15", False),
        ("day-count", "after many days", "2022-05-15", False),
        ("ordinal-day", "the 221st day", "2022-10-02", True),
        ("ordinal-day", "the 80th day", "2022-05-15", False),
        ("ordinal-day", "au 100e jour", "2022-06-03", True),
        ("ordinal-day", "am 100. Tag", "2022-06-03", True),
        ("weekday", "on Saturday", "2022-05-14", True),
        ("weekday", "Sunday morning", "2022-05-15", True),
        ("weekday", "last Sunday", "2022-05-08", True),
        ("weekday", "last Sunday", "2022-05-15", False),
        ("weekday", "next Monday", "2022-05-16", True),
        ("weekday", "on Saturday", "2022-05-07", False),
        ("weekday", "on Saturday", "2022-05-15", False),
        ("weekday", "in the morning", "2022-05-15", False),
        ("explicit", "on May 15, 2022", "2022-05-15", True),
        ("explicit", "15 May", "2022-05-15", True),
        ("explicit", "15.05.2022", "2022-05-15", True),
        ("explicit", "in May 2022", "2022-05", True),
        ("explicit", "in May 2022", "2022-05-15", False),
        ("explicit", "on May 14, 2022", "2022-05-15", False),
        ("explicit", "they may go", "2022-05-15", False),
        ("dateline", "KYIV, May 15", "2022-05-15", True),
        ("relative", "yesterday", "2022-05-14", True),
        ("relative", "yesterday", "2022-05-13", False),
        ("relative", "three days ago", "2022-05-12", True),
        ("relative", "more than a month ago", "../2022-04-15", True),
        ("editor", "whatever", "1999-01-01", True),
    ],
)
def test_words_lead_to_a_date(rule: str, quote: str, date: str, agrees: bool) -> None:
    why = disagreement(rule, quote, edtf(date), datetime.date(2022, 5, 15), WAR)
    assert (why is None) is agrees, why


def test_a_seeds_name_may_tell_the_date() -> None:
    date: Edtf = edtf("1912-05-03")
    assert disagreement("file-name", "", date, None, None, "gazette-1912-05-03.txt") is None
    assert disagreement("file-name", "", date, None, None, "gazette-19120503.txt") is None
    assert disagreement("file-name", "", date, None, None, "gazette-1912-05-04.txt") is not None


@pytest.mark.parametrize(("figure", "code"), [("value: many", "wrong-type"), ("unit: men", "figure-not-in-quote")])
def test_what_is_wrong_with_a_figure_is_told_once(figure: str, code: str) -> None:
    front = f'title: A\ndate: 2022-05-15\nclaims: [{{quote: "seven men", source: article, figures: [{{{figure}}}]}}]'
    found = parse("a.md", f"---\n{front}\n---\n\nThere were seven men.\n".encode()).problems
    assert [problem.code for problem in found] == [code]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", [Decimal(447)]),
        (", figures: null", [Decimal(447)]),
        (", figures: []", []),
        (", figures: [{value: 447, unit: flights}]", [Decimal(447)]),
    ],
)
def test_an_editor_says_that_a_number_is_no_figure(written: str, read: list[Decimal]) -> None:
    text = f"---\ntitle: T\ndate: null\nclaims:\n- {{quote: Flight 447 fell{written}}}\n---\nFlight 447 fell.\n"
    parsed = parse("content/articles/a.md", text.encode())
    assert parsed.problems == ()
    assert isinstance(parsed.value, Article)
    assert [figure.value for one in parsed.value.statements for figure in one.figures] == read
