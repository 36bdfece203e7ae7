"""What an import takes a block for: a pair for each rule, all of them fiction."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitegen.importer import read_text
from sitegen.importer.formats import format_of
from sitegen.importer.gazetteer import Gazetteer
from sitegen.importer.language import language
from sitegen.importer.structure import RULES, structure
from tests.conftest import Archive, command

Make = Callable[[str], Archive]

LONG = "The ferry went back into service on Tuesday after a late thaw, and the first lorry over it carried hay for eleven farms."

PAIRS = {
    "a byline": ("By Ada Brook", "paragraph"),
    "a caption with its label": ("Photo: The landing stage at dusk", "caption"),
    "a caption in brackets": ("(The landing stage, in footage of a drone)", "caption"),
    "a caption that ends with who took it": ("The landing stage at dusk. File photo: Ada Brook", "caption"),
    "a caption with a courtesy": ("The landing stage at dusk. Courtesy of the Brook family", "caption"),
    "a caption with a bracket behind it": ("The landing stage at dusk (Photo: A. Brook)", "caption"),
    "an item": ("- hay for eleven farms", "item"),
    "a time stamp": ("10.15am", "paragraph"),
    "a line that leads elsewhere": ("Read also: Why the lake froze late", "paragraph"),
    "where figures are from": ("Source: Harbour Board", "paragraph"),
    "a date": ("Tuesday, 14 June 2022, 18:05", "paragraph"),
    "a caption with its number": ("Photo 1. The landing stage at dusk", "caption"),
    "a heading": ("What the farms say", "heading"),
    "a heading in quotation marks": ("'Nobody asked us'", "heading"),
    "a heading with a number": ("2. What the farms say", "heading"),
    "the head of news in a live ticker": ("+++ 18:05: The ferry is full +++", "heading"),
    "a sentence that ends with a picture": ("The board gave a clearer picture of the flood.", "paragraph"),
    "a row of figures": ("Kaslo -9 -7 21", "paragraph"),
    "a sentence": ("Nobody had asked the farms.", "paragraph"),
}


@pytest.mark.parametrize("name", PAIRS)
def test_a_block_is_taken_for_what_it_is(name: str) -> None:
    block, kind = PAIRS[name]
    read = structure(f"The ferry is back\n\n{LONG}\n\n{LONG}\n\n{LONG}\n\n{block}\n\n{LONG}\n", language("en"))
    if name == "a byline":
        read = structure(f"The ferry is back\n\n{block}\n\n{LONG}\n", language("en"))
    assert read.title == "The ferry is back"
    assert [piece.kind for piece in read.pieces if piece.text == block] == [kind]


def test_every_rule_decides_something() -> None:
    assert len({kind for _, kind in RULES}) == 4
    assert RULES[-1][1] == "paragraph"


ABOVE = {
    "a release": "FOR IMMEDIATE RELEASE\n9 May 2022\n\n",
    "the kind of text with its issuer": "PRESS RELEASE – Harbour Board\n\n",
    "its number": "PRESS RELEASE No. 118/2022\n\n",
    "the part of the paper": "SAILING | Cup of the Lakes, day 3\n\n",
    "when it may be told": "PRESS RELEASE\n\nEmbargo: none\n\n",
    "the part of the paper, alone": "Local history\n\n",
    "by what an agency files it": "BC-Ferry Back\n\n",
    "nothing": "",
}


@pytest.mark.parametrize("name", ABOVE)
def test_lines_above_a_title_are_none(name: str) -> None:
    read = structure(f"{ABOVE[name]}The ferry is back\n\n{LONG}\n\n{LONG}\n", language("en"))
    assert read.title == "The ferry is back"
    assert " ".join(read.above).split() == ABOVE[name].split()


def test_a_date_alone_does_not_make_a_title_of_what_follows() -> None:
    assert structure(f"9 May 2022\n\n{LONG}\n\n{LONG}\n", language("en")).title == "9 May 2022"


def test_of_three_lines_the_first_and_shortest_tells_the_subject() -> None:
    read = structure(
        f"Rowing, third league\n\nThe Otters take a point home from Kaslo\n\nThey came back with eight strokes to go\n\n{LONG}\n",
        language("en"),
    )
    assert (read.above, read.title) == (("Rowing, third league",), "The Otters take a point home from Kaslo")
    assert read.pieces[0] == ("paragraph", "They came back with eight strokes to go")


BEFORE = {
    "what goes on with the title": ("Eleven farms waited for hay until the thaw came", "paragraph"),
    "who issues it": ("KASLO HARBOUR BOARD", "paragraph"),
    "for whom the author writes": ("By Ada Brook\n\nLake Press Pool", "paragraph"),
    "a heading": ("Background", "heading"),
}


@pytest.mark.parametrize("name", BEFORE)
def test_lines_between_a_title_and_the_first_running_text(name: str) -> None:
    lines, kind = BEFORE[name]
    read = structure(f"The ferry is back\n\n{lines}\n\n{LONG}\n\n{LONG}\n", language("en"))
    assert read.title == "The ferry is back"
    assert [piece.kind for piece in read.pieces if piece.text == lines.rpartition("\n")[2]] == [kind]


def test_a_line_below_a_caption_says_who_took_the_picture() -> None:
    read = structure(f"The ferry is back\n\nPhoto: The stage at dusk\nCredit: Ada Brook\n\n{LONG}\n", language("en"))
    assert [piece for piece in read.pieces if piece.kind == "caption"] == [("caption", "Photo: The stage at dusk Credit: Ada Brook")]


def test_captions_of_other_languages() -> None:
    for tag, text in (("de", "Die Fähre liegt fest. Archivfoto: U. Behn"), ("uk", "Пором біля берега. Фото Тамари Ілик")):
        read = structure(f"Title\n\n{LONG}\n\n{text}\n\n{LONG}\n", language(tag))
        assert [piece.text for piece in read.pieces if piece.kind == "caption"] == [text], tag


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("fr", "La banque accorde un crédit aux agriculteurs."),
        ("fr", "Les registres sont aux archives départementales."),
        ("es", "El banco dio un crédito a los pescadores."),
        ("ru", "Документы сдали в архив музея."),
    ],
)
def test_a_word_of_running_text_ends_no_caption(tag: str, text: str) -> None:
    read = structure(f"Title\n\n{LONG}\n\n{text}\n\n{LONG}\n", language(tag))
    assert {piece.kind for piece in read.pieces} == {"paragraph"}


DATES = {
    "a release line above the title": ("PRESS RELEASE\n9 May 2022\n\nThe ferry is back\n\n{}", "2022-05-09", "explicit"),
    "a count of which the text says when it began": (
        "The ferry is back\n\n{} It was the 100th day of a strike that began on 1 February 2021.",
        "2021-05-11",
        "relative",
    ),
    "a caption with its day of the week": (
        "The ferry is back\n\n{}\n\nThe stage on Tuesday, 14 June 2022. Photo: A. Brook",
        "2022-06-14",
        "explicit",
    ),
    "a caption of another time": ("The ferry is back\n\n{}\n\nThe stage on 14 June 1922. Photo: A. Brook", None, ""),
    "a release line with hyphens": ("PRESS RELEASE 9-MAY-2022\n\nThe ferry is back\n\n{}", "2022-05-09", "explicit"),
    "an instant": ("The ferry is back\n\n2022-05-09T08:00:00Z\n\n{}", "2022-05-09", "explicit"),
    "a line that ends with it": ("The ferry is back\n\nLake Watch, by Ada Brook. Monday, 9 May 2022\n\n{}", "2022-05-09", "explicit"),
    "a place and a date": ("The ferry is back\n\nKaslo, 14 June 2022\n\n{}", "2022-06-14", "explicit"),
    "an event in the text": (
        "The ferry is back\n\n{} It had stopped on 3 April 2022 when the ice came, and nobody knew for how long.",
        None,
        "",
    ),
}


@pytest.mark.parametrize("name", DATES)
def test_the_date_of_an_article_and_what_tells_it(name: str) -> None:
    text, date, rule = DATES[name]
    found = read_text(text.format(LONG), "ferry.txt")
    assert (str(found.dated.date) if found.dated.date else None) == date
    assert [one.rule for one in found.dated.basis] == ([rule] if rule else [])


# what a file holds decides


MARKDOWN = f"""---
title: "The ferry is back"
date: 2022-06-14
---

{LONG}

![The stage](stage.jpg "The stage at dusk")

![The stage](stage.jpg "A title that nobody sees")
*The stage by night. My own picture.*

## What the farms say

*Nobody asked them.* They say so themselves.
"""


@pytest.mark.parametrize("name", ["ferry.txt", "ferry.md"])
def test_markdown_is_read_as_such_whatever_its_name(name: str, archive: Make) -> None:
    site = archive("")
    site.write(f"seeds/{name}", MARKDOWN)
    assert command(site, "import", str(site.root / "seeds" / name)).exit_code == 0
    page = (site.root / "content/articles/2022-06-14-the-ferry-is-back.md").read_text(encoding="utf-8")
    assert "\n## What the farms say\n" in page
    assert 'caption: "The stage at dusk"' in page
    assert 'caption: "The stage by night. My own picture."' in page
    assert "nobody sees" not in page
    assert (site.root / f"seeds/{name}.txt").read_text(encoding="utf-8").startswith("The ferry is back\n\n")
    assert site.build().problems == ()
    again = command(site, "import", str(site.root / f"seeds/{name}.txt"))
    assert "it is no seed of its own" in again.output


@pytest.mark.parametrize("text", ["A price of #1 and *one* star\n\nMore (see below).\n", "# not closed", "He wrote [sic] there.\n"])
def test_plain_text_stays_plain(text: str) -> None:
    assert format_of(text.encode(), "plain.txt") is None


def test_names_of_files_are_romanised(archive: Make) -> None:
    site = archive("")
    site.write(
        "seeds/ferry.txt", "Пором на Дніпрі знову ходить\n\n14 червня 2022 року\n\nПором повернувся, повідомила міська рада Києва.\n"
    )
    result = command(site, "import", str(site.root / "seeds/ferry.txt"))
    assert "content/articles/2022-06-14-porom-na-dnipri-znovu-khodyt.md" in result.output


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Паром вернулся\n\nПаром снова ходит в Армении, сообщила полиция, и это было для всех новостью.\n", ("Armenia", "AM")),
        (
            "El transbordador vuelve\n\nEl transbordador, que venía de Alemania, ha vuelto y todos lo han visto en el puerto.\n",
            ("Germany", "DE"),
        ),
        ("Die Fähre ist zurück\n\nDie Fähre kam am Montag aus Österreich, und es war für alle eine Nachricht.\n", ("Austria", "AT")),
    ],
)
def test_countries_have_the_names_of_the_language(text: str, named: tuple[str, str]) -> None:
    found = read_text(text, "ferry.txt", gazetteer=Gazetteer()).proposal.places
    assert named in [(one.name, one.country) for one in found]


BOLD = f"""Press release 118/2022
Kaslo, 14 June 2022

*The ferry is back on the lake*

{LONG}

**What the farms say**

{LONG}
"""


def test_lines_in_bold_are_headings(archive: Make) -> None:
    site = archive("")
    site.write("seeds/ferry.txt", BOLD)
    assert command(site, "import", str(site.root / "seeds/ferry.txt")).exit_code == 0
    page = (site.root / "content/articles/2022-06-14-the-ferry-is-back-on-the-lake.md").read_text(encoding="utf-8")
    assert "\nPress release 118/2022\n\nKaslo, 14 June 2022\n\n## The ferry is back on the lake\n" in page
    assert "\n## What the farms say\n" in page
    assert site.build().problems == ()


PAGE = f"""<!doctype html><html><head><title>Lake Leaf</title></head><body><article>
<h2>The ferry is back on the lake</h2>
<p>{LONG}</p>
<p class="under">The landing stage at dusk. (Photo: Ada Brook)</p>
<p>{LONG}</p>
<p><b>What the farms say</b></p>
<p>{LONG} <b>Nobody asked them.</b></p>
</article></body></html>"""


def test_a_page_that_marks_little(archive: Make) -> None:
    site = archive("")
    site.write("seeds/ferry.html", PAGE)
    assert command(site, "import", str(site.root / "seeds/ferry.html")).exit_code == 0
    page = (site.root / "content/articles/the-ferry-is-back-on-the-lake.md").read_text(encoding="utf-8")
    assert "\n## What the farms say\n" in page
    assert 'printed: "The landing stage at dusk. (Photo: Ada Brook)"' in page
