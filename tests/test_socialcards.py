"""Social cards: which pages have one, that it is a picture of the right size whatever a text is made of, and what the head says of it."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import combinations, pairwise

import pytest
from PIL import Image

from sitegen.exports.cardchart import SIZE, Place, Plot, plotted
from sitegen.exports.faces import Face
from sitegen.exports.typesetting import COLOURS, Box
from sitegen.views.types import ChartLineView, ChartPointView, ChartTickView, ChartView, LinkView, StrokeView
from tests.conftest import REPOSITORY, Archive
from tests.test_series import TOTAL, stated

Make = Callable[[str], Archive]
SITE = """-- sitegen.yaml --
title: Notices
base_url: https://example.org/repo/
outputs: {cards: true}
-- content/articles/a.md --
---
title: The flood of Marn
lang: en
date: 1911-07-03
origin: {publisher: The Ferry, byline: A. Ude}
claims:
  - {quote: "ten carts", source: board, claim: carts, figures: [{value: 10, unit: carts, scope: lost}], as_of: {date: 1911-07-02}}
  - {quote: "The road is under water", source: article}
---
The board counts ten carts. The road is under water.
-- content/sources/board.md --
---
name: The River Board
kind: government
---
-- content/claims/carts.md --
---
title: Carts lost
kind: quantity
measure: {unit: carts}
---
"""
CARDS = "themes/default/cards"
OFF = SITE.replace("cards: true", "cards: false")


def pictures(site: Archive) -> dict[str, bytes]:
    """The cards of a site, by their folders."""
    return {path.parent.relative_to(site.output).as_posix(): path.read_bytes() for path in site.output.rglob("card.png")}


def head(site: Archive, address: str) -> dict[str, str]:
    """What the head of a page says of its picture."""
    return dict(re.findall(r'<meta (?:property="og:|name="twitter:)(image[^"]*|card)" content="([^"]*)">', site.html(address)))


CHARTED = TOTAL.replace("data: false", "cards: true")
BARGES = (
    stated("a", "about 1,000 barges", "1912-03-01")
    + stated("b", "more than 1,500 barges", "1912-03-11")
    + stated("c", "2,000 barges", "1912-03-21")
    + stated("d", "1,200 barges", "1912-03-08", "union")
    + stated("e", "1,900 barges", "", "union").replace("1912-03-31", "1912-03-20")
)


def titled(title: str, more: str = "") -> str:
    return f"-- content/articles/t.md --\n---\ntitle: {json.dumps(title, ensure_ascii=False)}\n{more}---\nWords.\n"


def test_articles_and_claims_have_a_card(archive: Make) -> None:
    site = archive(SITE)
    assert site.build().problems == ()
    made = pictures(site)
    assert sorted(made) == ["articles/a", "claims/carts"]
    for data in made.values():
        assert len(data) < 40_000
        with Image.open(io.BytesIO(data)) as image:
            image.load()
            assert (image.format, image.size, image.mode) == ("PNG", (1200, 630), "P")
            assert len(image.convert("RGB").getcolors() or ()) > 16  # paper, inks and their shades
    assert "card.png" not in site.html("sitemap.xml")


def test_the_head_says_where_it_is_and_what_stands_on_it(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    assert head(site, "articles/a/") == {
        "image": "https://example.org/repo/articles/a/card.png",
        "image:width": "1200",
        "image:height": "630",
        "image:alt": "The flood of Marn. Monday, 3 July 1911 · A. Ude, The Ferry. 1 in the article’s own voice, 1 The River Board. Notices.",
        "card": "summary_large_image",
    }
    # a figure is never without who says it and as of when
    assert head(site, "claims/carts/")["image:alt"] == (
        "Carts lost. Latest in this archive. 10 carts lost. The River Board, as of 2 July 1911. Notices."
    )
    assert head(site, "sources/board/") == {}
    assert json.loads(site.html("articles/a/index.json"))["page"]["frame"]["preview"]["src"].endswith("/articles/a/card.png")


@pytest.mark.soak
def test_cards_speak_the_language_of_the_site(archive: Make) -> None:
    site = archive(SITE.replace("title: Notices", "title: Архів\nlang: uk"))
    site.build()
    assert (
        "Останнє в цьому архіві. 10 carts lost. The River Board, станом на 2 липня 1911\u00a0р. Архів."
        in head(site, "claims/carts/")["image:alt"]
    )


def test_there_are_none_where_they_are_not_asked_for(archive: Make) -> None:
    site = archive(OFF)
    site.build()
    without = site.bytes_of_output()
    assert pictures(site) == {}
    assert head(site, "articles/a/") == {}
    archive(SITE).build()
    assert pictures(site) != {}
    archive(OFF).build()
    assert site.bytes_of_output() == without
    archive(SITE.replace(", cards: true", "").replace("outputs: {cards: true}\n", "")).build()
    assert pictures(site) == {}


def test_a_theme_without_fonts_for_them_is_told(archive: Make) -> None:
    site = archive(SITE.replace("outputs:", "theme: plain\noutputs:"))
    (problem,) = site.build().problems
    assert (problem.path, problem.line, problem.code) == ("sitegen.yaml", 4, "card-fonts")


@pytest.mark.parametrize("data", [b"", b"no font", b"\0\1\0\0\0\3" + bytes(100)])
def test_a_font_that_is_none_is_told(archive: Make, data: bytes) -> None:
    site = archive(SITE.replace("outputs:", "theme: mine\noutputs:") + "-- themes/mine/theme.yaml --\nextends: default\n")
    site.write("themes/mine/cards/serif.ttf", data)
    (problem,) = site.build().problems
    assert problem.code == "card-fonts"
    assert "serif.ttf" in problem.message


def test_a_theme_may_bring_its_own_fonts(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    before = pictures(site)
    archive(SITE.replace("outputs:", "theme: mine\noutputs:") + "-- themes/mine/theme.yaml --\nextends: default\n")
    site.write("themes/mine/cards/serif.ttf", (REPOSITORY / CARDS / "sans.ttf").read_bytes())
    assert site.build().problems == ()
    after = pictures(site)
    assert before["articles/a"] != after["articles/a"]
    assert before["claims/carts"] == after["claims/carts"]  # nothing on it is an author's


@pytest.mark.parametrize(
    "title",
    [
        "Потоп 洪水",
        "الفيضان",
        *(pytest.param(one, marks=pytest.mark.soak) for one in ("מבול", "Flood 🌊", "x\u0301y", "☃")),
        "\u200b\u00ad",
    ],
)
def test_a_text_that_the_fonts_cannot_set_has_no_card(archive: Make, title: str) -> None:
    site = archive(SITE + titled(title))
    assert not site.build().failed
    assert sorted(pictures(site)) == ["articles/a", "claims/carts"]
    assert head(site, "articles/t/") == {}


def test_a_card_goes_and_comes_with_its_letters(archive: Make) -> None:
    site = archive(SITE + titled("Flood"))
    site.build()
    before = site.bytes_of_output()
    site.write("content/articles/t.md", "---\ntitle: 洪水\n---\nWords.\n")
    site.build()
    assert "articles/t" not in pictures(site)
    report = site.build()
    assert report.rendered == 0
    site.write("content/articles/t.md", '---\ntitle: "Flood"\n---\nWords.\n')
    site.build()
    assert site.bytes_of_output() == before


@pytest.mark.parametrize(
    "title",
    [
        "Flood",
        "Flood " * 200,
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        pytest.param("x" * 3000, marks=pytest.mark.soak),
        "Soft\u00adhy\u200bphen and\u00a0no\u202fbreak",
        "Їжак, ґанок, єдність, щука; ёлка",
        pytest.param("Łódź – żółć … “naïve” № 5", marks=pytest.mark.soak),
        "…",
        pytest.param("-", marks=pytest.mark.soak),
        pytest.param("a " * 500, marks=pytest.mark.soak),
    ],
)
def test_any_other_text_has_one(archive: Make, title: str) -> None:
    site = archive(SITE + titled(title))
    assert not site.build().failed
    with Image.open(io.BytesIO(pictures(site)["articles/t"])) as image:
        assert image.size == (1200, 630)
        edges = (*(image.getpixel((x, y)) for x in (0, 71, 1198) for y in range(630)), *(image.getpixel((x, 629)) for x in range(1200)))
        assert set(edges) == {0}  # nothing runs over


def test_a_figure_is_whole_or_not_at_all(archive: Make) -> None:
    long = "carts of the county of Marn and of those who live along the river " * 6
    site = archive(SITE.replace("unit: carts, scope", f"unit: {long.strip()}, scope"))
    site.build()
    assert sorted(pictures(site)) == ["articles/a"]
    assert head(site, "claims/carts/") == {}


def test_the_numbered_pages_behind_a_claim_have_none(archive: Make) -> None:
    more = "".join(
        f"-- content/articles/m-{n}.md --\n---\ntitle: M\nclaims: [{{quote: ten carts, source: board, claim: carts}}]\n---\nThen ten carts.\n"
        for n in range(60)
    )
    site = archive(SITE + more)
    assert not site.build().failed
    assert (site.output / "claims/carts/page/1/index.html").exists()
    assert [one for one in pictures(site) if one.startswith("claims")] == ["claims/carts"]


def test_an_articles_own_picture_comes_first(archive: Make) -> None:
    def with_picture(width: int) -> Archive:
        out = io.BytesIO()
        Image.new("RGB", (width, 240), "green").save(out, "PNG")
        site = archive(
            SITE
            + "-- content/articles/t.md --\n---\ntitle: T\nimages: [{id: p, caption: The bridge, alt: A bridge, file: p.png}]\n---\n![](image:p)\n\nWords.\n"
        )
        site.write("content/images/p.png", out.getvalue())
        assert not site.build().failed
        return site

    site = with_picture(320)
    expected = {"image": "https://example.org/repo/images/p.png", "image:width": "320", "image:height": "240", "image:alt": "A bridge"}
    assert head(site, "articles/t/") == {**expected, "card": "summary_large_image"}
    assert "articles/t" not in pictures(site)
    archive(OFF)
    site.build()
    assert head(site, "articles/t/")["image"] == "https://example.org/repo/images/p.png"
    site = with_picture(100)  # a stamp
    assert head(site, "articles/t/")["image"].endswith("articles/t/card.png")


@pytest.mark.soak
def test_cards_are_the_same_in_every_process(archive: Make) -> None:
    site = archive(SITE + "".join(titled(f"Title {n} Тиса").replace("/t.md", f"/t-{n}.md") for n in range(30)))
    site.build(jobs=2)
    before = pictures(site)
    assert len(before) == 32
    for seed in ("0", "77"):
        command = [sys.executable, "-m", "sitegen", "build", "--source", str(site.root), "--verify"]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY)})
    assert pictures(site) == before


def ink(picture: Image.Image, left: int, top: int, right: int, bottom: int) -> int:
    """Pixels of a part of a card that are no paper."""
    return sum(sum(shades) for shades in [picture.crop((left, top, right, bottom)).histogram()[1:]])


def test_a_claim_with_a_chart_shows_it_on_its_card(archive: Make) -> None:
    site = archive(CHARTED + BARGES)
    assert site.build().problems == ()
    assert head(site, "claims/barges/")["image:alt"] == (
        "Barges lost. Latest in this archive. 2,000 barges. Harbour Board, as of 21 March 1912. "
        "Figures: Harbour Board, Rowers’ Union, 1 March 1912 to 21 March 1912. Test archive."
    )
    data = pictures(site)["claims/barges"]
    assert len(data) < 60_000
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == (1200, 630)
        assert ink(picture, 0, 0, 71, 630) == ink(picture, 1129, 0, 1200, 630) == ink(picture, 0, 610, 1200, 630) == 0
    # a newer figure of another article makes the card anew
    site.write("content/articles/f.md", stated("f", "2,100 barges", "1912-03-25").partition("--\n")[2])
    site.build()
    assert pictures(site)["claims/barges"] != data


SANS, BOLD = (Face((REPOSITORY / CARDS / f"{name}.ttf").read_bytes()) for name in ("sans", "sans-bold"))


def point(x: float, y: float, *, spread: float = 0, is_open: bool = False, is_dated: bool = True) -> ChartPointView:
    return ChartPointView(x, y, y + spread, y - spread, is_open, is_dated, "", "")


def line(name: str, *points: ChartPointView) -> ChartLineView:
    pairs = list(pairwise(points))
    level = [StrokeView(before.x, before.y, after.x, before.y) for before, after in pairs]
    upright = [StrokeView(after.x, before.y, after.x, after.y) for before, after in pairs]
    return ChartLineView((LinkView(name, ""),), points, (*level, *upright))


def chart(*lines: ChartLineView, levels: tuple[str, ...] = ("0", "10", "20", "30", "40")) -> ChartView:
    ticks = tuple(ChartTickView(text, 0, 244 - 220 * at / (len(levels) - 1), "start") for at, text in enumerate(levels))
    drawn = sum(len(one.points) for one in lines)
    parted = (ChartTickView("Rafts no more.", 50, 24, "middle"),)
    return ChartView(lines, (), ticks, (), parted, 272, 244, drawn, 0, "1 March 1912", "9 March 1912")


PLACE = Place(100, 1100, 300, 500)


def plot(of: ChartView) -> Plot:
    found = plotted(of, PLACE, SANS, BOLD)
    assert found is not None
    return found


def test_things_stand_on_a_card_where_the_page_has_them() -> None:
    two = plot(chart(line("Board", point(1.5, 244), point(50, 134), point(98.5, 24)), line("Union", point(25, 189, is_dated=False))))
    left = 100 + SANS.wide("40", SIZE) + 14
    right = (two.dots[2].x - two.dots[0].x) / 97 * 100
    assert [(dot.y, dot.is_hollow) for dot in two.dots] == [(500, False), (400, False), (300, False), (450, True)]
    assert [dot.x for dot in two.dots] == [pytest.approx(left + right * part, abs=1) for part in (0.015, 0.5, 0.985, 0.25)]
    texts = {line.text: line for line in two.lines}
    assert list(texts) == ["0", "20", "40", "1 March 1912", "9 March 1912", "Board", "Union"]
    assert [texts[text].baseline for text in ("0", "20", "40")] == [509, 409, 309]
    assert (texts["Board"].x, texts["Board"].baseline) == (two.dots[2].x + 16, 309)
    assert max(one.x + one.face.wide(one.text, one.size) for one in two.lines) <= 1100
    assert all(one.size >= 26 for one in two.lines)  # eleven pixels of a card that is 500 wide
    broken = [box for box in two.boxes if box.width == 3]
    assert len(broken) > 5
    assert {box.x + 1 for box in broken} == {two.dots[1].x}


def test_wordings_are_bars_and_dashed_where_they_are_open() -> None:
    def bars(*, is_open: bool) -> list[Box]:
        of = chart(line("Board", point(1.5, 134, spread=22, is_open=is_open), point(50, 134), point(98.5, 134)))
        return [box for box in plot(of).boxes if 0 < box.strength < 100]

    assert [(box.y, box.height) for box in bars(is_open=False)] == [(380, 40)]
    pieces = bars(is_open=True)
    assert len(pieces) > 4
    assert all(above.y + above.height < below.y for above, below in pairwise(pieces))
    assert (pieces[0].y, pieces[0].x + pieces[0].width // 2) == (
        370,
        plot(chart(line("Board", point(1.5, 134), point(98.5, 24)))).dots[0].x,
    )


def test_four_speakers_are_named_at_the_most_and_no_name_lies_on_another() -> None:
    many = [
        line(f"Speaker {name}", point(1.5, 100 + n), *[point(9 + k, 101 + n) for k in range(n)], point(98.5, 102 + n))
        for n, name in enumerate("abcdef")
    ]
    found = plot(chart(*many))
    named = [one for one in found.lines if one.text.startswith("Speaker")]
    assert sorted(one.text for one in named) == [f"Speaker {name}" for name in "cdef"]
    for one, other in combinations(named, 2):
        (start, end), (first, last) = ((each.x, each.x + BOLD.wide(each.text, SIZE)) for each in (one, other))
        assert abs(one.baseline - other.baseline) >= SIZE or end < first or last < start
    assert plot(chart(many[0], levels=("0", "10", "20", "30"))).lines[1].text == "30"


def test_a_chart_whose_words_cannot_be_set_is_left_out() -> None:
    assert plotted(chart(line("洪水", point(1.5, 244), point(98.5, 24))), PLACE, SANS, BOLD) is None


def test_where_there_is_no_room_or_no_chart_the_card_is_as_it_was(archive: Make) -> None:
    long = "The Royal Board of the Harbours and the Inland Waterways of the Kingdom and all its Dependencies"
    title = "Barges that the harbour lost to the flood of March 1912, with those of the lower basin and of the dock, as told by the board"
    site = archive(CHARTED.replace("name: Harbour Board", f"name: {long}").replace("title: Barges lost", f"title: {title}") + BARGES)
    site.build()
    alt = head(site, "claims/barges/")["image:alt"]
    assert f"2,000 barges. {long}, as of 21 March 1912." in alt  # whole
    assert "Figures" not in alt
    two = archive(CHARTED + stated("a", "100 barges", "1912-03-01") + stated("b", "200 barges", "1912-03-11"))
    for stem in "cde":
        (two.root / f"content/articles/{stem}.md").unlink()
    two.build()
    assert "Figures" not in head(two, "claims/barges/")["image:alt"]


@pytest.mark.soak
def test_cards_with_charts_are_the_same_in_every_process(archive: Make) -> None:
    site = archive(CHARTED + BARGES)
    site.build()
    before = pictures(site)
    for seed in ("0", "77"):
        command = [sys.executable, "-m", "sitegen", "build", "--source", str(site.root), "--verify"]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY)})
    assert pictures(site) == before


def test_a_card_that_went_astray_is_laid_again(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    before = site.bytes_of_output()
    (site.output / "articles/a/card.png").write_bytes(b"")
    (site.output / "claims/carts/card.png").unlink()
    site.build()
    assert site.bytes_of_output() == before


def test_colours_are_the_themes() -> None:
    sheet = (REPOSITORY / "themes/default/assets/style.css").read_text(encoding="utf-8")
    bright = sheet.partition("@media")[0]
    assert {name: re.findall(rf"--{name}: #(\w+);", bright) for name in COLOURS} == {name: [colour] for name, colour in COLOURS.items()}


def test_the_fonts_have_the_signs_of_our_languages_and_kern() -> None:
    texts = "Fluß „Übel“ – Łódź, żółć; café № 5’s ‘naïve’ coût €20 £5 1914−18 … Їжак і ґанок, ёлка, щука, єдність; ₴ ₽ °† ·"
    for name in ("serif", "sans", "sans-bold"):
        face = Face((REPOSITORY / CARDS / f"{name}.ttf").read_bytes())
        assert face.has(texts)
        assert face.width("AV") < face.width("A") + face.width("V")
        assert face.width("ÄV") == face.width("AV")
        assert face.width("Та") < face.width("Т") + face.width("а")
        assert not face.has("洪")
        assert not face.has("א")
