"""What an import takes a block for: a pair for each rule, all of them fiction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sitegen.importer import lines, read_text
from sitegen.importer.formats import format_of
from sitegen.importer.gazetteer import Gazetteer
from sitegen.importer.language import language
from sitegen.importer.line import Line
from sitegen.importer.lines import kind_of
from sitegen.importer.structure import structure
from tests.conftest import Archive, command

Make = Callable[[str], Archive]

LONG = "The ferry went back into service on Tuesday after a late thaw, and the first lorry over it carried hay for eleven farms."

PAIRS = {
    "a byline": ("By Ada Brook", "paragraph"),
    "a caption with what kind of picture it is": ("The ferry in front of the old landing stage, postcard, about 1908", "caption"),
    "a caption with what kind of picture it is behind a stop": (
        "The ferry at the old landing stage. Engraving by an unknown hand",
        "caption",
    ),
    "a caption with who keeps its picture": ("Ada Brook and two grandchildren on the ferry, about 1898 (Society collection)", "caption"),
    "a heading that tells of pictures": ("Letters, postcards and maps", "heading"),
    "a caption with its label": ("Photo: The landing stage at dusk", "caption"),
    "a caption in brackets": ("(The landing stage, in footage of a drone)", "caption"),
    "a caption that ends with who took it": ("The landing stage at dusk. File photo: Ada Brook", "caption"),
    "a caption with a courtesy": ("The landing stage at dusk. Courtesy of the Brook family", "caption"),
    "a caption with a bracket behind it": ("The landing stage at dusk (Photo: A. Brook)", "caption"),
    "a caption in square brackets": ("[The landing stage at dusk, about 1971]", "caption"),
    "a caption from the files": ("(FILE) The landing stage in 2017", "caption"),
    "a caption with its agency": ("The landing stage at dusk. LKN/Ada Brook", "caption"),
    "a caption with its agency in brackets": ("The landing stage at dusk (Ada Brook/Lake News)", "caption"),
    "a caption with a sign before its credit": ("Brook with one of the lorries | Photo Credit: A. Reed", "caption"),
    "a caption with a name that a sign sets off": ("The landing stage at dusk on Tuesday / Ada Brook", "caption"),
    "a caption with a name in capitals": ("The landing stage at dusk. ADA BROOK", "caption"),
    "a caption with a name in brackets": ("The landing stage at dusk. (A. Brook)", "caption"),
    "a caption with an agency's name alone": ("The landing stage was bent by driftwood. (Lakepix)", "caption"),
    "a caption with the place of its picture": ("Photograph overleaf: the stage at dusk", "caption"),
    "a caption with those whom it shows": ("L-R: Ada Brook, Eve Lind and the dog", "caption"),
    "a caption that begins with its credit": ("Credit: Lake Museum. The stage as it was before the flood of that year", "caption"),
    "a caption with a mark for its picture": ("[Photo] The stage at dusk", "caption"),
    "a credit that others are to print": ('The stage at dusk. Please credit "Lakepix"', "caption"),
    "where a picture was from": ("The stage at dusk (postcard, about 1905; author's collection)", "caption"),
    "a caption whose credit is glued to it": ("The stage at the end of the thawPhoto: Ada Brook/lkn/Lake Press", "caption"),
    "a caption whose credit is glued to its stop": ("The thaw took the ramp with it.Credit: Lake Board", "caption"),
    "a caption with a comma before its credit": ("Lorries wait at the landing stage, photo: Lakepix", "caption"),
    "a caption with an address for its credit": ("Lorries wait at the landing stage. Picture: lake.example", "caption"),
    "a caption with agencies in capitals": ("Lorries wait at the landing stage LKN/ A.B. Brook", "caption"),
    "a caption with its agency glued to its stop": ("The thaw took the whole ramp along.Lake Press", "caption"),
    "a caption with a figure before its name": ("The landing stage after the thaw of 2023. Ada Brook", "caption"),
    "a caption with its source in brackets": ("The stage as a machine has drawn it. (Source: Lake Social)", "caption"),
    "a date before who wrote": ("9 September 2025, 15:46 / Ada Brook-Lind", "paragraph"),
    "how long ago a part was written": ("5 hours ago07:06 Ada Brook", "paragraph"),
    "what a page asks of its readers": ("Get the latest lake news to your phone", "paragraph"),
    "two parties of a council": ("What they want of CDU/CSU", "heading"),
    "a caption with for whom it was taken": ("The landing stage at dusk. Ada Brook for Lake News", "caption"),
    "a caption that says where somebody stands": ("Ada Brook (left) took the rope from Eve Lind (right)", "caption"),
    "a caption that begins with where they stand": (
        "Pictured from left, are the ferryman, his dog and the first lorry of the year",
        "caption",
    ),
    "a caption that says of what team somebody is": ("Ada Brook (Lake Rowers) lands at the stage after the third race", "caption"),
    "a picture that somebody left": ("Photos that left nobody cold hang in the harbour office.", "paragraph"),
    "a sentence that speaks of credit": ("The bank refused any credit to the ferry.", "paragraph"),
    "who wrote, in brackets": ("(abk)", "paragraph"),
    "what an editor says in brackets": ("(This story was updated with what the board says)", "paragraph"),
    "when somebody lived": ("(Kaslo, 1931 – Nelson, 2 February 2020)", "paragraph"),
    "an address in brackets": ("(desk@lake.example; +1 250 555 0141)", "paragraph"),
    "whose a site is": ("Held together with string. © Lake Leaf 2014–2022", "paragraph"),
    "a way to share": ("Share this with Email Facebook Messenger", "paragraph"),
    "a row of a page's own words": ("SHARE TWEET EMAIL COMMENTS (37)", "paragraph"),
    "where in a site it stands": ("World › Live", "paragraph"),
    "how long it takes to read": ("3 min read", "paragraph"),
    "the end of a release": ("- ENDS -", "paragraph"),
    "words by which it is sorted": ("Heritage #Housing #Kaslo", "paragraph"),
    "a time with its zone": ("19.44 GMT", "paragraph"),
    "who wrote a part of it": ("Ada Brook", "paragraph"),
    "a byline in the middle": ("By Ada Brook and Eve Lind", "paragraph"),
    "a saying set off from the text": ("'I was cold.' – The ferryman to the board", "paragraph"),
    "what goes on in a list": ("Under the terms, which we have seen, the board will", "paragraph"),
    "what leads to another article": ("Related Why the lake froze late", "paragraph"),
    "who said what stands above": ("Ada Brook, master of the harbour", "paragraph"),
    "who writes for the paper": ("Brona Lind Harbour correspondent", "paragraph"),
    "the word before a name": ("By", "paragraph"),
    "what leads on by a sign": ("All charts of the thaw >>", "paragraph"),
    "what leads to a post": ("No ferry today, they say… pic.lake.example/Xh3kd8sj", "paragraph"),
    "what goes on in a further item": ("Clearing the ramp of driftwood; and", "paragraph"),
    "two lines in one": ("Lake Cup The cold race for the upper shore", "paragraph"),
    "a date with a stop behind its day": ("21. May 2026", "paragraph"),
    "a day with a time": ("Today, 12:37 pm", "paragraph"),
    "a heading with its time": ("8h41 - The harbour board lets « two ferries » go at once, as in 2017 and 2018", "heading"),
    "a long heading between sentences": (
        "Ice inspection report: Neighbouring municipalities announced construction of replacement landing stages",
        "heading",
    ),
    "the name of a table": ("Tab. 2: Lorries a day, by ramp", "paragraph"),
    "the result of a game": ("Lake Rowers (Kaslo) – Upper Shore 6:5 (2:4)", "paragraph"),
    "what the text is, within it": ("FOR IMMEDIATE RELEASE", "paragraph"),
    "a caption that says of whose albums it is": ("The landing stage at dusk, 1978. Photo from the family albums", "caption"),
    "an item": ("- hay for eleven farms", "item"),
    "a time stamp": ("10.15am", "paragraph"),
    "a line that leads elsewhere": ("Read also: Why the lake froze late", "paragraph"),
    "where figures are from": ("Source: Harbour Board", "paragraph"),
    "a date": ("Tuesday, 14 June 2022, 18:05", "paragraph"),
    "a caption with its number": ("Photo 1. The landing stage at dusk", "caption"),
    "a heading between signs": ("- - - What the farms say - - -", "heading"),
    "a heading": ("What the farms say", "heading"),
    "a heading with two numbers": ("The goals of the board 7, 11", "heading"),
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


def test_the_name_of_a_body_below_all_text_is_no_heading() -> None:
    read = structure(
        f"The ferry is back\n\n{LONG}\n\n{LONG}\n\nHarbour Board of Kaslo\n\nAsk Ada Brook at the landing stage, in the mornings\n",
        language("en"),
    )
    assert [piece.kind for piece in read.pieces if piece.text == "Harbour Board of Kaslo"] == ["paragraph"]


def _line(text: str, before: str = LONG, following: str | None = LONG, **told: Any) -> Line:
    return Line(text, 3, before, following, language("en"), **told)


BESIDE = {
    "a sign for a picture": (_line("[Photo]"), "paragraph"),
    "who took a picture": (_line("Photo: Ada Brook / Lake News"), "paragraph"),
    "what a picture shows, below a sign for it": (
        _line("The landing stage at dusk", "[Photo]", is_apart=False),
        "caption",
    ),
    "by what an agency files a story": (_line("KR1204 3 INT 0412 KASLO-FERRY"), "paragraph"),
    "who issues the text, below it": (_line("Harbour Board of Kaslo", is_last=True), "paragraph"),
    "a few words between those of the page": (_line("The lake today", is_amid=True), "paragraph"),
    "the title of another article": (_line("What the farms say", is_boxed=True), "paragraph"),
    "the head of a table": (_line("Ramp Lorries Cars", is_row=True), "paragraph"),
    "a question in an interview": (_line("What do the farms say?", is_asked=True), "paragraph"),
    "a line below another short one": (_line("What the farms say", "What the board says", is_apart=False), "paragraph"),
    "an agency behind the last sentence": (_line("The ferry is back on the lake. Lakepress", is_last=True), "paragraph"),
    "who issues the text, above it": (_line("Harbour Board", has_begun=False), "paragraph"),
    "who is asked, above the day": (_line("Interview: Ada Brook", "Share", "Tuesday, 14 June 2022, early", has_begun=False), "paragraph"),
    "a field of a form": (_line("RAMP: KASLO", is_apart=False), "paragraph"),
}


@pytest.mark.parametrize("name", BESIDE)
def test_a_line_is_told_by_those_beside_it(name: str) -> None:
    line, kind = BESIDE[name]
    assert kind_of(line) == kind


def test_every_rule_decides_one_of_these(monkeypatch: pytest.MonkeyPatch) -> None:
    decided: set[int] = set()

    def noted(number: int, rule: Callable[[Line], object]) -> Callable[[Line], object]:
        def asked(line: Line) -> bool:
            holds = bool(rule(line))
            decided.update({number} if holds else ())
            return holds

        return asked

    monkeypatch.setattr(lines, "RULES", [(noted(number, rule), kind) for number, (rule, kind) in enumerate(lines.RULES)])
    for name in PAIRS:
        test_a_block_is_taken_for_what_it_is(name)
    for name in BESIDE:
        test_a_line_is_told_by_those_beside_it(name)
    assert decided == set(range(len(lines.RULES)))


ABOVE = {
    "a release": "FOR IMMEDIATE RELEASE\n9 May 2022\n\n",
    "the kind of text with its issuer": "PRESS RELEASE – Harbour Board\n\n",
    "its number": "PRESS RELEASE No. 118/2022\n\n",
    "the part of the paper": "SAILING | Cup of the Lakes, day 3\n\n",
    "when it may be told": "PRESS RELEASE\n\nEmbargo: none\n\n",
    "the part of the paper, alone": "Local history\n\n",
    "by what an agency files it": "BC-Ferry Back\n\n",
    "a part of the paper by how it begins": "From the council chamber\n\n",
    "the part of the paper with a stroke": "SAILING / League of the Lakes\n\n",
    "where in a site it stands": "Home > News > Regional\n\nSkip to main content\n\n",
    "what an agency has changed": "LN2207 4 INT 0512 KASLO-FERRY\n\nCorrects width of ramp in para 3\n\n",
    "where a copy is from": "Copied from the KASLO LEADER, Saturday, June 6th, 1937. Page 5, col. 3.\n(Spelling as in the original)\n\n",
    "the number of a newsletter": "Lake Leaflet, no. 14\n\n",
    "a part of the paper in italics": "*Old cuttings*\n\n",
    "who wrote it, and when": "Science\nAda BROOK\n12 March 2022\n\n",
    "who issues it": "Harbour Board of Kaslo\nFor release 22 November 2016\n\n",
    "what may be done with it": "PRESS RELEASE\nFor everybody's use\n\n",
    "a leaflet, its number and day": "FROM THE LAKE HOUSE\nLeaflet of the Archive of the Upper Lake, no. 46, 18 February 2019\n\n",
    "an office, and what it issues": "Lake Council\nPress office\n\nPress release no. 87/2023\nKaslo, 14 September 2023\n\n",
    "nothing": "",
}


@pytest.mark.parametrize("name", ABOVE)
def test_lines_above_a_title_are_none(name: str) -> None:
    read = structure(f"{ABOVE[name]}The ferry is back on the lake\n\n{LONG}\n\n{LONG}\n", language("en"))
    assert read.title == "The ferry is back on the lake"
    assert " ".join(read.above).split() == ABOVE[name].split()


BELOW = {
    "two parts of the paper": ("Sailing. First league\n\n{}\n\n14 June 2022, 21:15\n\n", "The ferry is back on the lake again"),
    "a column and whose it is": (
        "LOOKING BACK\nwith Ada Brook\nSaturday, 6 October 2018\n\n{}\n\n",
        "The ferry that went to the upper shore",
    ),
    "whose document it is": ("LAKE COUNCIL OF KASLO\n\n{}\nMeeting of Tuesday, 28 June 2022\n\n", "MINUTES OF THE COUNCIL"),
}


@pytest.mark.parametrize("name", BELOW)
def test_a_title_stands_below_what_says_whose_it_is(name: str) -> None:
    head, title = BELOW[name]
    read = structure(f"{head.format(title)}{LONG}\n\n{LONG}\n", language("en"))
    assert read.title == title


RELEASED = "HARBOUR BOARD OF KASLO\nNELSON\n\nTHE FERRY IS BACK AND THE RAMP OPEN\nTUESDAY 14 JUNE 2022 - 1130 LOCAL TIME\n\n"


def test_a_letterhead_stands_apart_from_the_title_and_its_date() -> None:
    read = structure(f"{RELEASED}{LONG}\n\n{LONG}\n", language("en"))
    assert read.title == "THE FERRY IS BACK AND THE RAMP OPEN"
    assert read.above == ("HARBOUR BOARD OF KASLO", "NELSON")


@pytest.mark.parametrize(
    "below",
    [
        "Ada Brook and Ian Ford\nTue 14 June 2022 18.58 GMT (first told at 09.51)\n\n18.58\nThat is all for tonight\n\n",
        "ISSUED BY THE FLOOD DESK, KASLO, AT 1500 ON TUESDAY 14 JUNE 2022\nNEXT BULLETIN: 0600 WEDNESDAY, EARLIER IF NEEDED\n\n1. RIVERS\n\n",
    ],
)
def test_what_tells_who_wrote_and_when_below_a_title_is_none(below: str) -> None:
    for title in ("Lake rail: first train since the ice – as it happened", "FLOOD BULLETIN NO. 9: LAKE STILL RISING BELOW KASLO"):
        read = structure(f"{title}\n\n{below}{LONG}\n\n{LONG}\n", language("en"))
        assert read.title == title


RECORD = f"""BASE RECORD 1 OF 1
PAPER:     The Lake Star
DATE:      Sunday, June 14, 2022
HEADLINE:  The ferry is back
LENGTH:    Medium

TEXT:
{LONG}
"""


def test_the_record_of_a_database_names_its_title() -> None:
    found = read_text(RECORD, "ferry.txt")
    assert found.structure.title == "The ferry is back"
    assert str(found.dated.date) == "2022-06-14"


@pytest.mark.parametrize("first", ["[image]\nThe stage at dusk. Lake Photo / handout", "(Symbolic picture: a ferry. Picture: Lakepix)"])
def test_what_tells_of_a_picture_is_no_title(first: str) -> None:
    read = structure(f"{first}\n\n{LONG}\n\n{LONG}\n", language("en"))
    assert read.title is None
    assert [piece.text for piece in read.pieces if piece.kind == "caption"] == [first.rpartition("\n")[2]]


def test_a_deck_is_not_joined_to_a_title_where_paragraphs_are_lines() -> None:
    title, deck = "The ferry is back on the lake after a thaw of four days", "The first lorry over it carried hay for eleven farms"
    read = structure(f"{title}\n{deck}\n\n{LONG * 2}\n\n{LONG * 2}\n", language("en"))
    assert (read.title, read.pieces[0]) == (title, ("paragraph", deck))


def test_a_line_in_capitals_below_a_note_is_the_title_and_what_follows_goes_on_with_it() -> None:
    note = "Copied from the KASLO LEADER, June 6, 1937. Page 5."
    read = structure(f"{note}\n\nTHE FERRY IS BACK\n\nSchool as a shelter\n\n{LONG}\n\n{LONG}\n", language("en"))
    assert (read.title, read.pieces[0]) == ("THE FERRY IS BACK", ("paragraph", "School as a shelter"))


def test_lines_that_are_set_in_and_broken_are_one() -> None:
    text = "   The top class at the landing stage in 1938. Two of them\n   did not come back from the war. (Lent by Ada Brook)"
    read = structure(f"The ferry is back\n\n{LONG * 2}\n\n{text}\n\n{LONG * 2}\n", language("en"))
    assert [piece.text for piece in read.pieces if piece.kind == "caption"] == [" ".join(text.split())]


ANSWER = "I had been a banker for eleven years, and one evening I pushed open the door of the workshop and never left it again."


def test_questions_of_an_interview_are_no_headings() -> None:
    asked = [f"What did you do in year {word}?" for word in ("one", "two", "three")]
    for answer, kind in ((ANSWER, "paragraph"), (LONG, "heading")):
        read = structure("\n\n".join(["The potter", LONG, *(f"{one}\n\n{answer}" for one in asked)]), language("en"))
        assert {piece.kind for piece in read.pieces if piece.text in asked} == {kind}


def test_a_table_has_a_heading_and_its_columns_have_none() -> None:
    table = "Harbour        2017      2018\nKaslo           182       190\nNelson          193       201"
    read = structure(f"The ferry is back\n\n{LONG}\n\nPassengers who landed, by harbour\n\n{table}\n\n{LONG}\n", language("en"))
    assert [piece.text for piece in read.pieces if piece.kind == "heading"] == ["Passengers who landed, by harbour"]


def test_a_name_alone_below_a_line_says_who_took_its_picture() -> None:
    read = structure(f"The ferry is back\n\nThe board asked all to stay ashore.\n\nPicture: Lakepix\n\n{LONG}\n", language("en"))
    assert [piece.text for piece in read.pieces if piece.kind == "caption"] == ["The board asked all to stay ashore."]


CREDITS = ["Image: Fay Van Der Brook", "Image Credits: Lakepix", "(Lake News)", "© Lake Board/Ada Brook", "Ada Brook / Pool via Lakepix"]


@pytest.mark.parametrize("credit", CREDITS)
def test_a_line_that_says_no_more_than_who_took_a_picture_makes_the_one_above_a_caption(credit: str) -> None:
    shown = "The lorry that went over the ramp first on Monday."
    read = structure(f"The ferry is back\n\n{LONG}\n\n{shown}\n\n{credit}\n\n{LONG}\n\n{LONG}\n", language("en"))
    assert [piece.text for piece in read.pieces if piece.kind == "caption"] == [shown]


def test_a_credit_below_a_heading_makes_no_caption_of_it_and_one_above_a_line_does() -> None:
    read = structure(f"The ferry is back\n\n{LONG}\n\nWhat farms say\n\n(Lake News)\n\n{LONG}\n", language("en"))
    assert {piece.kind for piece in read.pieces} == {"paragraph"} | {"heading"}
    shown = "Lorries wait at the landing stage for hay"
    read = structure(f"The ferry is back\n\n{LONG}\n\nPhoto: Lakepix\n{shown}\n\n{LONG}\n\n{LONG}\n", language("en"))
    assert [piece.text for piece in read.pieces if piece.kind == "caption"] == [shown]


def _headings(*blocks: str) -> list[str]:
    read = structure("\n\n".join(["The ferry is back", LONG, *blocks]), language("en"))
    return [piece.text for piece in read.pieces if piece.kind == "heading"]


def test_a_heading_is_told_by_the_others() -> None:
    usual = ["The thaw", LONG, "The ramp", LONG, "The farms", LONG]
    assert _headings(*usual, "How eleven farms waited for hay until the thaw came at last", LONG) == usual[::2]
    assert _headings("The ferry is back", LONG) == []
    assert _headings("What farms say", "What the board says now", LONG, "What farms say", LONG) == [
        "What the board says now",
        "What farms say",
    ]


def test_titles_below_words_that_lead_to_other_articles_are_no_headings() -> None:
    assert _headings("Related articles:", "Lake board", "Why the lake froze", "Ice and hay", LONG, "The ramp", LONG) == [
        "Ice and hay",
        "The ramp",
    ]


def test_the_last_of_a_row_of_short_lines_is_no_heading() -> None:
    assert _headings("Hay for farms", "Rope", "Coal", "Diesel", "Two hundred lamps", LONG) == []


def test_a_few_words_between_words_of_a_page_are_none() -> None:
    assert _headings(LONG, "Share", "Lakeside Post", "Print", LONG) == []


def test_a_title_in_quotation_marks_or_above_a_caption_is_no_kicker() -> None:
    date, shown = (
        "posted: 1 April 2025, 15:25 in: Lakes | Comments: 0",
        "The board (from left to right): Ada Brook, Eve Lind, the harbour master and the dog",
    )
    for title in ("“Cold work”", "Cold work"):
        read = structure(f"{title}\n\n{date}\n\n{shown}\n\n{LONG}\n\n{LONG}\n", language("en"))
        assert read.title == title


def test_a_date_that_begins_as_an_item_does_is_no_text() -> None:
    names = "Ada Brook Eve Lind Jan Reed Kay Holm"
    read = structure(
        f"Why is the ferry back?\n\n{LONG[:-1]} – and the board waits\n\n{names}\n\n3. May 2024, 17:47\n\n{LONG}\n", language("en")
    )
    assert read.title == "Why is the ferry back?"


def test_a_name_below_a_title_is_who_wrote_it() -> None:
    for name in ("Ада Брук", "Ада Брук, краевед"):
        read = structure(f"Паром возвращается на озеро\n\n{name}\n\n{LONG}\n\n{LONG}\n", language("ru"))
        assert (read.pieces[0], read.byline) == (("paragraph", name), "Ада Брук")


def test_a_date_alone_is_no_title_and_makes_none_of_what_follows() -> None:
    assert structure(f"9 May 2022\n\n{LONG}\n\n{LONG}\n", language("en")).title is None


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
    "a count with a place": (
        "The ferry is back\n\n{} It was the 40th day of a sit-in that began at Kaslo on 20 January 2023.",
        "2023-02-28",
        "relative",
    ),
    "a place with its region and an agency": (
        "The ferry is back\n\nKaslo (Kootenay), 14 June 2022 (Lake News) - {}",
        "2022-06-14",
        "dateline",
    ),
    "a dispatch that tells its day": (
        "The ferry is back\n\nKaslo (lkn). On Tuesday, 14 June 2022, the board let the ferry go. {}",
        "2022-06-14",
        "explicit",
    ),
    "a stamp behind ways to share": (
        "The ferry is back\n\nFacebook\n\nWhatsApp\n\nTelegram\n\nCopy link\n\nUpdated Monday, 9 May 2022 - 02:24\n\n{}",
        "2022-05-09",
        "explicit",
    ),
    "a stamp among other words": (
        "The ferry is back\n\nBy Lake Desk, in News, Lakes, Ferries · 31 Jan 2025, 20:02 · 0 Comments\n\n{}",
        "2025-01-31",
        "explicit",
    ),
    "two signs for a year alone": ("The ferry is back\n\n25.4.24\n\n{}", "2024-04-25", "explicit"),
    "two signs for a year": ("The ferry is back\n\nUpdated: 27.04.24, 7:39\n\n{}", "2024-04-27", "explicit"),
    "a day that can be no month": ("The ferry is back\n\nPublished on 30/04/2024 - 16:38\n\n{}", "2024-04-30", "explicit"),
    "the paper that it was copied from": (
        "Copied from the KASLO LEADER, Saturday, February 6th, 1937. Page 5.\n\nTHE FERRY IS BACK\n\n{}",
        "1937-02-06",
        "explicit",
    ),
    "the paper that a note at the end names": (
        "THE FERRY IS BACK\n\n{}\n\nKaslo Leader, Saturday 6 February 1937, p. 4.",
        "1937-02-06",
        "explicit",
    ),
    "when somebody lived": ("The ferryman\n\n(Kaslo, 1931 – Nelson, 2 February 2020)\n\n{}", None, ""),
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
    assert "\nPress release 118/2022\n\nKaslo, 14 June 2022\n\n# The ferry is back on the lake\n" in page
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


SHOWN = f"""<!doctype html><html><head><title>Lake Byways: page 12</title></head><body>
<table><tr><td><a href="11">Previous</a></td><td><a href="13">Next</a></td></tr></table>
<center><b>The ferry that ran for a bet</b></center>
<center><i>by Ada Brook</i></center>
<p>{LONG}</p>
<center><img src="pump.gif"><br><font>Fig. 3. The stage from the lake (postcard; author's collection)</font></center>
<p>{LONG}</p><p>{LONG}</p>
</body></html>"""


def test_a_page_that_marks_nothing(archive: Make) -> None:
    site = archive("")
    site.write("seeds/ferry.html", SHOWN)
    assert command(site, "import", str(site.root / "seeds/ferry.html")).exit_code == 0
    page = (site.root / "content/articles/the-ferry-that-ran-for-a-bet.md").read_text(encoding="utf-8")
    assert 'byline: "Ada Brook"' in page
    assert "Fig. 3. The stage from the lake" in page
    assert site.build().problems == ()


HEADED = f"""<!doctype html><html><head><title>The ferry is back | Lake Leaf</title></head><body>
<ul class="menu"><li><a href="/">Home</a></li></ul>
<h1>The ferry is back</h1>
<p class="meta">Ada Brook<br>5 Sep 2017 | 11:30</p>
<p>{LONG}</p>
<figure><img src="a.jpg"><p class="legend"><em>The stage as it will be. (Yard Two / Lake Board)</em></p></figure>
<h3>What the farms say</h3><ul><li>hay: 71 bales</li><li>straw: 64 bales</li></ul>
<p>{LONG}</p><p>{LONG}</p>
<h3>Related</h3><h4>Why the lake froze late</h4>
<div id="footer"><p>Held together with string. &copy; Lake Leaf 2014&ndash;2022</p></div>
</body></html>"""


def test_a_page_tells_its_day_above_the_text_and_its_foot_is_none_of_it(archive: Make) -> None:
    site = archive("")
    site.write("seeds/ferry.html", HEADED)
    assert command(site, "import", str(site.root / "seeds/ferry.html")).exit_code == 0
    page = (site.root / "content/articles/2017-09-05-the-ferry-is-back.md").read_text(encoding="utf-8")
    assert "\n## What the farms say\n" in page
    assert "The stage as it will be. (Yard Two / Lake Board)" in page
    assert "## Why" not in page
    assert "string" not in page
    assert site.build().problems == ()
