"""A claim's figures over time: the chart of them, and where one speaker's fall, leap or are revised."""

from __future__ import annotations

import csv
import datetime
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitegen.build import build, verify
from tests import nile
from tests.conftest import REPOSITORY, Archive, asked
from tests.test_in_short import seen
from tests.test_lists import FLOOD, text

Make = Callable[[str], Archive]
TOTAL = FLOOD.replace("measure: {unit: barges}", "measure: {unit: barges, cumulative: true}").replace("theme: plain", "theme: default")


def stated(stem: str, words: str, day: str, source: str = "board", figure: str = "") -> str:
    """An article that credits some words with a number to somebody, as of a day; without one, as of no day."""
    value = figure or f"value: {re.sub(r'[^0-9]', '', words)}"
    when = f", as_of: {{date: {day}}}" if day else ""
    front = f"title: {stem}\ndate: {day or '1912-03-31'}\nsources: [{{source: {source}}}]"
    claim = f'{{quote: "{words}", source: {source}, claim: barges, figures: [{{{value}, unit: barges}}]{when}}}'
    return f"-- content/articles/{stem}.md --\n---\n{front}\nclaims: [{claim}]\n---\nThey lost {words} in all.\n"


def chart(site: Archive, claim: str = "barges") -> Any:
    return seen(site, f"claims/{claim}")["page"]["chart"]


def told(site: Archive) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in site.build().problems]


def test_each_speaker_has_a_step_line_that_holds_until_the_next_figure(archive: Make) -> None:
    site = archive(
        TOTAL
        + stated("a", "100 barges", "1912-03-01")
        + stated("b", "300 barges", "1912-03-11")
        + stated("c", "400 barges", "1912-03-21")
        + stated("d", "200 barges", "1912-03-06", "union")
    )
    site.build()
    drawn = chart(site)
    union, board = sorted(drawn["lines"], key=lambda line: len(line["points"]))
    assert [(point["x"], point["y"]) for point in board["points"]] == [(1.5, 189.0), (50.0, 79.0), (98.5, 24.0)]
    assert [tuple(stroke.values()) for stroke in board["strokes"]] == [
        (1.5, 189.0, 50.0, 189.0),
        (50.0, 189.0, 50.0, 79.0),
        (50.0, 79.0, 98.5, 79.0),
        (98.5, 79.0, 98.5, 24.0),
    ]
    assert union["strokes"] == []
    assert [(tick["text"], tick["y"]) for tick in drawn["levels"]] == [
        ("0", 244.0),
        ("100", 189.0),
        ("200", 134.0),
        ("300", 79.0),
        ("400", 24.0),
    ]
    assert [tick["text"] for tick in drawn["times"]] == ["1 March 1912", "21 March 1912"]
    assert board["points"][0]["title"] == "100 barges, Harbour Board, 1 March 1912"
    assert board["points"][0]["href"].startswith("/articles/a/#c-")


def middle(year: int) -> datetime.date:
    """Where a figure of a year stands."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return first + (last - first) // 2


def test_a_published_series_stands_where_arithmetic_puts_it(archive: Make) -> None:
    site = archive(nile.ARCHIVE)
    assert site.build().problems == ()
    drawn = chart(site, nile.CLAIM)
    days = [middle(year) for year in nile.FLOWS]
    span = (days[-1] - days[0]).days
    (line,) = drawn["lines"]
    for day, flow, point in zip(days, nile.FLOWS.values(), line["points"], strict=True):
        assert point["x"] == pytest.approx(1.5 + 97 * (day - days[0]).days / span, abs=0.0051), day
        assert point["y"] == pytest.approx(244 - 220 * (flow - 600) / (1400 - 600), abs=0.051), day
    assert [(tick["text"], tick["y"]) for tick in drawn["levels"][:: len(drawn["levels"]) - 1]] == [
        ("60 billion", 244.0),
        ("140 billion", 24.0),
    ]
    given = [(str(year), str(nile.value(year))) for year in nile.FLOWS]
    rows = csv.DictReader(io.StringIO(site.html(f"claims/{nile.CLAIM}/figures.csv")))
    assert [(row["as_of"], row["value"]) for row in rows] == given
    table = re.findall(r'<time datetime="(\d{4})">\1</time></td><td><a [^>]*>([\d,]+) cubic metres</a>', site.html(f"claims/{nile.CLAIM}/"))
    assert [(year, number.replace(",", "")) for year, number in reversed(table)] == given


def test_a_wording_is_drawn_as_what_it_allows(archive: Make) -> None:
    site = archive(
        TOTAL
        + stated("a", "about 1,000 barges", "1912-03-01")
        + stated("b", "more than 1,500 barges", "1912-03-11")
        + stated("c", "2,000 barges", "1912-03-21")
    )
    site.build()
    (line,) = chart(site)["lines"]
    about, more, exact = line["points"]
    assert about["low"] > about["y"] > about["high"]
    assert (about["is_open"], more["is_open"], exact["is_open"]) == (False, True, False)
    assert more["high"] < more["y"] <= more["low"] + 1
    assert exact["low"] == exact["y"] == exact["high"]


def test_a_figure_of_no_day_stands_on_that_of_its_article_and_is_hollow(archive: Make) -> None:
    site = archive(
        TOTAL + stated("a", "100 barges", "1912-03-01") + stated("b", "200 barges", "1912-03-11") + stated("c", "300 barges", "")
    )
    site.build()
    assert [point["is_dated"] for line in chart(site)["lines"] for point in line["points"]] == [True, True, False]
    assert site.html("claims/barges/").count('class="loose"') == 1


def test_two_figures_are_no_chart_and_other_units_are_not_drawn(archive: Make) -> None:
    site = archive(
        TOTAL
        + stated("a", "100 barges", "1912-03-01")
        + stated("b", "200 barges", "1912-03-11")
        + stated("c", "3 barges", "1912-03-12").replace("unit: barges}]", "unit: ferries}]")
    )
    site.build()
    assert chart(site) is None
    assert 'class="chart"' not in site.html("claims/barges/")


def strip(site: Archive) -> Any:
    return seen(site, "claims/barges")["page"]["strip"]


def test_two_figures_are_a_strip_of_dots_where_arithmetic_puts_them(archive: Make) -> None:
    site = archive(TOTAL + stated("a", "about 1,000 barges", "1912-03-01") + stated("b", "more than 1,500 barges", "", "union"))
    site.build()
    about, more = sorted(strip(site)["dots"], key=lambda dot: dot["x"])
    # from 0 at 7 % to 2,000 at 93 %
    assert [(tick["text"], tick["x"], tick["anchor"]) for tick in strip(site)["levels"]] == [
        ("0", 7.0, "start"),
        ("1,000", 50.0, "middle"),
        ("2,000", 93.0, "end"),
    ]
    assert (about["low"], about["x"], about["high"]) == (28.5, 50.0, pytest.approx(7 + 86 * 1499 / 2000, abs=0.0051))
    assert (more["low"], more["x"], more["high"]) == (pytest.approx(7 + 86 * 1501 / 2000, abs=0.0051), 71.5, 77.5)
    assert (about["is_open"], about["is_dated"], more["is_open"], more["is_dated"]) == (False, True, True, False)
    assert (about["who"], about["when"]) == ("Harbour Board", "1 March 1912")
    assert about["title"] == "about 1,000 barges, Harbour Board, 1 March 1912"
    assert about["href"].startswith("/articles/a/#c-")
    assert sorted(dot["y"] for dot in strip(site)["dots"]) == [27, 73]
    page = site.html("claims/barges/")
    drawn = page.partition('class="chart dots"')[2].partition("</figure>")[0]
    assert (drawn.count("<circle"), drawn.count('class="bar"'), drawn.count('class="bar open"')) == (2, 1, 1)
    assert "style=" not in drawn
    assert verify(site.root, site.output, asked()) == []


@pytest.mark.parametrize(
    ("figures", "dots"),
    [
        (["900 barges"], 0),
        (["900 barges", "900 barges"], 0),
        (["900 barges", "about 900 barges"], 2),
        (["900 barges", "870 barges", "880 barges"], 3),
        ([f"{number} barges" for number in range(900, 920)], 12),
    ],
)
def test_figures_of_one_day_are_a_strip_where_two_differ(figures: list[str], dots: int, archive: Make) -> None:
    site = archive(TOTAL + "".join(stated(f"a{number}", words, "1912-03-01") for number, words in enumerate(figures)))
    site.build()
    assert chart(site) is None
    drawn = strip(site)
    assert (len(drawn["dots"]), drawn["left_out"]) == (dots, len(figures) - dots) if dots else drawn is None
    assert site.html("claims/barges/").count('class="chart dots"') == (dots > 0)


def test_a_strip_begins_at_zero_for_running_totals_alone_and_gives_way_to_a_chart(archive: Make) -> None:
    two = stated("a", "900 barges", "1912-03-01") + stated("b", "870 barges", "1912-03-02", "union")
    site = archive(TOTAL.replace(", cumulative: true", "") + two)
    site.build()
    assert [tick["text"] for tick in strip(site)["levels"]] == ["860", "880", "900"]
    site = archive(TOTAL + two)
    site.build()
    assert strip(site)["levels"][0]["text"] == "0"
    site = archive(stated("c", "950 barges", "1912-03-09"))
    site.build()
    assert strip(site) is None
    assert chart(site)["drawn"] == 3
    assert (chart(site)["first"], chart(site)["last"]) == ("1 March 1912", "9 March 1912")


def test_the_chart_follows_every_article(archive: Make) -> None:
    site = archive(TOTAL + "".join(stated(f"a{n}", f"{n}00 barges", f"1912-03-{n:02}") for n in range(1, 10)))
    site.build()
    site.write("content/articles/a3.md", stated("a3", "350 barges", "1912-03-03").partition("--\n")[2])
    site.build()
    assert "350 barges, Harbour Board, 3 March 1912" in site.html("claims/barges/")
    assert verify(site.root, site.output, asked()) == []


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        ("900 barges", "870 barges", ["series-falls"]),
        ("about 900 barges", "870 barges", []),  # 850 to 949
        ("900 barges", "9,000 barges", ["series-leaps"]),
        ("900 barges", "90 barges", ["series-leaps"]),
        ("900 barges", "8,900 barges", []),
        ("900 barges", "900 barges", []),
    ],
)
def test_what_one_speaker_gives_is_held_against_what_it_gave(before: str, after: str, codes: list[str], archive: Make) -> None:
    site = archive(TOTAL + stated("a", before, "1912-03-01") + stated("b", after, "1912-03-02"))
    assert [code for code, _ in told(site)] == codes


def test_a_fall_is_told_with_both_figures_and_shown_to_readers(archive: Make) -> None:
    site = archive(TOTAL + stated("a", "900 barges", "1912-03-01") + stated("b", "870 barges", "1912-03-02"))
    ((_, message),) = told(site)
    assert re.fullmatch(
        r"'board' gives 870 as of 1912-03-02 \(/articles/b/#c-\w+\) after 900 as of 1912-03-01 \(/articles/a/#c-\w+\): "
        r"less, and the claim is a running total",
        message,
    )
    assert "less than before, though it is a running total" in text(site.html("claims/barges/"))


def test_two_speakers_and_the_articles_own_voice_are_not_held_against_each_other(archive: Make) -> None:
    more = stated("b", "870 barges", "1912-03-02", "union") + stated("c", "10 barges", "1912-03-03", "article").replace(
        "sources: [{source: article}]\n", ""
    )
    assert told(archive(TOTAL + stated("a", "900 barges", "1912-03-01") + more)) == []


def test_where_a_source_counts_otherwise_the_figures_before_and_after_are_not_compared(archive: Make) -> None:
    parted = TOTAL.replace("cumulative: true}\n", 'cumulative: true}\nbreaks: [{date: 1912-03-02, source: board, why: "Rafts no more."}]\n')
    days = stated("a", "900 barges", "1912-03-01") + stated("b", "870 barges", "1912-03-02")
    site = archive(parted + days + stated("c", "860 barges", "1912-03-03"))
    assert [code for code, _ in told(site)] == ["series-falls"]  # from the second to the third
    assert "2 March 1912 : Harbour Board : Rafts no more." in text(site.html("claims/barges/"))
    assert [(tick["text"], tick["x"]) for tick in chart(site)["breaks"]] == [("Rafts no more.", 50.0)]
    site.write("content/articles/c.md", stated("c", "890 barges", "1912-03-03").partition("--\n")[2])
    assert told(site) == []


def test_another_figure_of_the_same_day_is_a_revision(archive: Make) -> None:
    site = archive(TOTAL + stated("a", "900 barges", "1912-03-01") + stated("b", "870 barges", "1912-03-01"))
    assert told(site) == []
    assert "another figure as of the same day" in text(site.html("claims/barges/"))


@pytest.fixture(scope="module")
def flood(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example of a flood, built."""
    root = tmp_path_factory.mktemp("flood")
    shutil.copytree(REPOSITORY / "examples/flood", root, dirs_exist_ok=True)
    report = build(root, root / "public", asked())
    assert [problem for problem in report.problems if problem.severity == "error"] == []
    return root


def test_the_example_shows_three_lines_a_break_and_a_correction(flood: Path) -> None:
    page = (flood / "public/claims/houses-flooded/index.html").read_text(encoding="utf-8")
    assert page.count('<g class="l ') == 3
    assert page.count('class="break"') == 1
    assert "less than before, though it is a running total" in page
    assert "From this day on the board counts barns too." in page


def test_the_example_says_of_itself_that_it_is_fiction(flood: Path) -> None:
    pages = [path for path in (flood / "public").rglob("*.html") if path.name != "popup.html"]
    assert len(pages) > 40
    assert all("(fiction)" in path.read_text(encoding="utf-8") for path in pages)


def test_all_figures_lie_beside_the_page_as_csv(archive: Make) -> None:
    site = archive(
        TOTAL.replace("name: Rowers’ Union", 'name: "=Rowers, Union"')
        + stated("b", "about 1,500 barges", "1912-03-11", "union")
        + stated("a", "more than 100 barges", "1912-03")
        + stated("c", "300 barges", "")
    )
    site.build()
    rows = list(csv.DictReader(io.StringIO(site.html("claims/barges/figures.csv"))))
    told = [(row["as_of"], row["value"], row["least"], row["most"], row["hedge"], row["sources"]) for row in rows]
    assert told == [
        ("1912-03-11", "1500", "1450", "1549", "about", "'=Rowers, Union"),
        ("1912-03", "100", "101", "", "more-than", "Harbour Board"),
        ("", "300", "300", "300", "exact", "Harbour Board"),
    ]
    assert rows[0]["address"].startswith("https://x.org/articles/b/#c-")
    site.write("sitegen.yaml", site.html("../sitegen.yaml").replace("data: false", "data: false, json: false"))
    site.build()
    assert not (site.output / "claims/barges/figures.csv").exists()
    assert "figures.csv" not in site.html("claims/barges/")
    assert verify(site.root, site.output, asked()) == []


def together(first: str, second: str, more: str = "") -> str:
    return TOTAL + stated("a", first, "1912-03-01") + stated("b", second, "1912-03-01", "union") + more


@pytest.mark.parametrize(
    ("first", "second", "meet"),
    [
        ("900 barges", "870 barges", False),
        ("about 900 barges", "870 barges", True),
        ("more than 900 barges", "870 barges", False),
        ("more than 800 barges", "870 barges", True),
        ("up to 900 barges", "at least 900 barges", True),
    ],
)
def test_whether_the_figures_of_one_day_meet_is_told_without_a_verdict(first: str, second: str, meet: bool, archive: Make) -> None:
    site = archive(together(first, second))
    assert not site.build().failed
    claim = seen(site, "claims/barges")["page"]
    assert (claim["voices"], len(claim["compared"]), claim["meet"]) == (2, 2, meet)
    differs = "Differing. Of the newest day of which several voices give a figure, what they say does not meet. 8"
    said = "The figures of several voices as of the same day meet:" if meet else differs
    assert said in text(site.html("claims/barges/"))
    assert ("Where sources differ" in site.html("")) is not meet


def test_the_last_day_of_which_several_give_a_figure_is_what_is_compared(archive: Make) -> None:
    later = (
        stated("c", "950 barges", "1912-03-09") + stated("d", "950 barges", "1912-03-09", "union") + stated("e", "990 barges", "1912-03-10")
    )
    site = archive(together("900 barges", "870 barges", later))
    site.build()
    claim = seen(site, "claims/barges")["page"]
    assert [one["figures"][0]["text"] for one in claim["compared"]] == ["950 barges", "950 barges"]
    assert claim["meet"]


def test_a_source_and_the_one_that_it_belongs_to_are_one_voice(archive: Make) -> None:
    site = archive(together("900 barges", "870 barges"))
    site.build()
    site.write("content/sources/union.md", "---\nname: Rowers’ Union\nkind: ngo\nparent: board\n---\n")
    site.build()
    claim = seen(site, "claims/barges")["page"]
    assert (claim["voices"], claim["compared"], claim["meet"]) == (1, [], True)
    assert "Those who are credited belong to one another" in text(site.html("claims/barges/"))
    assert "Where sources differ" not in site.html("")
    assert verify(site.root, site.output, asked()) == []


def test_a_source_and_the_one_by_way_of_which_it_is_known_are_one_voice(archive: Make) -> None:
    site = archive(together("900 barges", "870 barges"))
    told(site)
    relayed = stated("c", "950 barges", "1912-03-02").replace("source: board, claim", "source: board, via: union, claim")
    site.write("content/articles/c.md", relayed.partition("--\n")[2])
    assert told(site) == []
    claim = seen(site, "claims/barges")["page"]
    assert (claim["voices"], claim["compared"], claim["status"]["status"]) == (1, [], "one-voice")


def test_of_many_voices_of_one_day_a_message_names_some(archive: Make) -> None:
    sources = "".join(f"-- content/sources/post-{number}.md --\n---\nname: Post {number}\n---\n" for number in range(9))
    site = archive(TOTAL + sources + "".join(stated(f"a{n}", f"{n + 1}00 barges", "1912-03-01", f"post-{n}") for n in range(9)))
    (message,) = [message for code, message in told(site) if code == "sources-differ"]
    assert message.count(" gives ") == 6
    assert message.endswith("; and 3 more, on the claim's page")


def test_the_front_page_tells_of_differing_figures_with_who_and_when(archive: Make) -> None:
    site = archive(together("900 barges", "870 barges"))
    site.build()
    told_of = "Barges lost 870 barges Rowers’ Union , as of 1 March 1912 900 barges Harbour Board , as of 1 March 1912"
    assert told_of in text(site.html(""))
    site.write("content/articles/b.md", stated("b", "900 barges", "1912-03-01", "union").partition("--\n")[2])
    site.build()
    assert "Where sources differ" not in site.html("")
    assert verify(site.root, site.output, asked()) == []
