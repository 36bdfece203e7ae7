"""What an import proposes: speakers, places, dates, claims. All texts are made up."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from click.testing import CliRunner

from sitegen.cli import main
from sitegen.importer import read_text
from sitegen.importer.articles import Found
from sitegen.importer.attribution import Attribution
from sitegen.importer.dates import dated
from sitegen.importer.entities import Entities
from sitegen.importer.gazetteer import Gazetteer
from sitegen.importer.language import guessed, known, language
from sitegen.importer.quantities import quantities
from sitegen.importer.speakers import Speakers
from sitegen.model.records import Calendar
from sitegen.model.todo import proposed
from tests.conftest import Archive

Make = Callable[[str], Archive]
GAZETTEER = Gazetteer()


def read(text: str, *, lang: str = "en", calendar: Calendar | None = None, own: Mapping[str, str] = {}) -> Found:
    return read_text(text, "a.txt", lang, calendar, GAZETTEER, own)


def imported(archive: Make, text: str) -> Archive:
    """An archive of one seed, imported."""
    site = archive("")
    site.write("seeds/a.txt", text)
    result = CliRunner().invoke(main, ["import", str(site.root / "seeds/a.txt"), "--source", str(site.root)])
    assert result.exit_code == 0, result.output
    return site


def credited(text: str) -> list[tuple[str, str]]:
    """Who is credited with what."""
    found = read(f"A Title\n\n{text}\n")
    return [(claim.speaker.name if claim.speaker else "", claim.text) for claim in found.proposal.claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Ministry of Canals said the dam had lost 12 gates.", ("Ministry of Canals", "the dam had lost 12 gates")),
        ("“The dam has lost 12 of its gates,” said Mayor Ada Brook.", ("Ada Brook", "The dam has lost 12 of its gates")),
        (
            "“The dam has lost 12 of its gates,” Mayor Ada Brook told reporters on Monday.",
            ("Ada Brook", "The dam has lost 12 of its gates"),
        ),
        ("According to the River Authority, the dam lost 12 gates in May.", ("River Authority", "the dam lost 12 gates in May")),
        (
            "The dam lost 12 gates in one night, according to the River Authority.",
            ("River Authority", "The dam lost 12 gates in one night"),
        ),
        ("River Authority: the dam lost 12 gates in one night.", ("River Authority", "the dam lost 12 gates in one night")),
        (
            "The River Authority announced in a statement on Friday that the dam lost 12 gates.",
            ("River Authority", "the dam lost 12 gates"),
        ),
        (
            "And on Friday, the Institute for Locks - a think tank - reported that the dam lost 12 gates.",
            ("Institute for Locks", "the dam lost 12 gates"),
        ),
        (
            "A statement of the Aule River Board on Friday said the dam had lost 12 gates.",
            ("Aule River Board", "the dam had lost 12 gates"),
        ),
        ("Officials said the dam had lost 12 of its gates.", ("Officials", "the dam had lost 12 of its gates")),
        ("The traders in Delft said the dam had lost 12 of its gates.", ("Traders in Delft", "the dam had lost 12 of its gates")),
        ("Some officials said the dam had lost 12 of its gates.", ("", "the dam had lost 12 of its gates")),
    ],
)
def test_who_is_credited_with_what(text: str, expected: tuple[str, str]) -> None:
    assert expected in credited(text)


@pytest.mark.parametrize(
    ("lang", "text", "who", "said"),
    [
        ("uk", "У поліції повідомили, що вода зірвала 12 містків.", "поліції", "вода зірвала 12 містків"),
        ("uk", "Рятувальники уточнюють, що вода зірвала 12 містків.", "Рятувальники", "вода зірвала 12 містків"),
        ("uk", "«Вода зірвала 12 містків цього року», — розповідає паромниця Ада Мірко.", "Ада Мірко", "Вода зірвала 12 містків цього року"),
        ("uk", "Як пояснила гідрологиня Ада Мірко, вода зірвала 12 містків.", "Ада Мірко", "вода зірвала 12 містків"),
        ("ru", "В администрации порта не исключают, что вода снесла 12 мостков.", "администрации порта", "вода снесла 12 мостков"),
        ("fr", "La préfecture fait part de 12 passerelles emportées par la crue.", "préfecture", "12 passerelles emportées par la crue"),
        ("es", "La capitanía de puerto insistía en que la crecida arrastró 12 pasarelas.", "capitanía de puerto", "la crecida arrastró 12 pasarelas"),
    ],
)  # fmt: skip
def test_words_of_other_languages_credit_too(lang: str, text: str, who: str, said: str) -> None:
    found = read(f"A Title\n\n{text}\n", lang=lang).proposal.claims
    assert [(one.speaker.name if one.speaker else "", one.text) for one in found] == [(who, said)]


def test_pronouns_and_surnames_point_back() -> None:
    said = credited(
        "Governor Ada Brook said the dam had lost 12 gates. She added that 40 boats sank in Delft.\n\nMs Brook said 3 more were missing there."
    )
    assert [who for who, _ in said] == ["Ada Brook"] * 3


def test_variants_of_a_name_are_one_source() -> None:
    text = "The Ministry of Canals said that 12 gates were lost.\n\nThe Canals Ministry later said that 13 gates were lost."
    assert set(credited(text)) == {("Ministry of Canals", "12 gates were lost"), ("Ministry of Canals", "13 gates were lost")}


def places(text: str) -> dict[str, tuple[str, float | None]]:
    found = read(f"A Title\n\n{text}\n")
    return {one.mentions[0]: (one.country, one.lat and round(one.lat)) for one in found.proposal.places}


def test_places_are_found_and_located() -> None:
    found = places("The barge left Kyiv for Odesa, and reached Ukraine’s coast near Zatoka on the Black Sea.")
    assert found["Kyiv"] == ("UA", 50)
    assert found["Odesa"] == ("UA", 46)
    assert found["Ukraine"] == ("UA", 49)
    assert found["Black Sea"] == ("", 43)


def test_persons_and_governments_are_no_places() -> None:
    assert places("Mayor Paris Holm spoke of Moscow’s troops. Jordan Smith said little.") == {}


def test_of_several_places_the_one_among_the_others_is_meant() -> None:
    assert places("It began in London, Ontario, and in Canada they heard of it in Toronto.")["Toronto"] == ("CA", 44)
    assert places("The flood went from Birmingham in Alabama, in the United States, to Mobile.")["Birmingham"] == ("US", 34)
    assert places("The flood went from Birmingham in England to London.")["Birmingham"] == ("GB", 52)


def test_a_name_that_no_list_knows_has_no_coordinates() -> None:
    assert places("The bridge stands near Grubelwitz, a hamlet.") == {"Grubelwitz": ("", None)}


def test_the_archives_own_places_come_first() -> None:
    found = read("T\n\nThe bridge at Grubelwitz fell.\n", own={"Grubelwitz": "grubel"})
    assert [(one.known, one.mentions) for one in found.proposal.places] == [("grubel", ("Grubelwitz",))]


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        (["T", "As of March 24, 2022 the following was reported."], "2022-03-24"),
        (["T", "By A. Writer", "3 May 1911", "The river rose."], "1911-05-03"),
        (["T", "DELFT, 4 May 1911 (Wire) — The river rose."], "1911-05-04"),
        (["T", "0900 UTC TUE SEP 24 2024", "Text."], "2024-09-24"),
        (["T", "On 15 July 2024, students met in the square and spoke for hours."], None),
        (["T", "The 221st day of the war began."], "2022-10-02"),
        (["T", "After 80 days of fighting it ended."], "2022-05-15"),
        (["T", "The new bell weighs 840 kilograms, said the sexton, on 5 June 1928."], None),
        (["T", "It is the third day of the trial, and the 12th day of the strike; the road is closed for 14 days from 3 May 2022."], None),
    ],
)
def test_the_date_is_the_articles_own(blocks: list[str], expected: str | None) -> None:
    calendar = Calendar(epoch="2022-02-24", label="Day {n}")
    found = dated(blocks, language("en"), calendar, "a.txt")
    assert (found.date.isoformat() if found.date else None) == expected
    assert (found.basis != ()) is (expected is not None)


def test_a_calendar_counts_what_its_label_says() -> None:
    blocks = ["T", "On the 12th day of the strike the boats stayed in harbour."]
    strike = Calendar(epoch="1911-05-01", label="Day {n} of the strike")
    assert dated(blocks, language("en"), strike, "a.txt").date == datetime.date(1911, 5, 12)
    assert dated(blocks, language("en"), Calendar(epoch="2022-02-24"), "a.txt").date is None


@pytest.mark.parametrize(
    ("tag", "words", "expected"),
    [
        ("de", "Nach 80 Tagen Krieg ist die Brücke zu.", "2022-05-15"),
        ("fr", "Au 100e jour de la guerre, le pont est fermé.", "2022-06-03"),
        ("es", "Tras 80 días de guerra, el puente está cerrado.", "2022-05-15"),
        ("uk", "За 80 днів війни міст закрито.", "2022-05-15"),
        ("ru", "После 80 дней войны мост закрыт.", "2022-05-15"),
        ("de", "Am 12. Tag der Messe ist die Brücke zu.", None),
    ],
)
def test_days_are_counted_in_each_language(tag: str, words: str, expected: str | None) -> None:
    found = dated(["T", words], language(tag), Calendar(epoch="2022-02-24"), "a.txt")
    assert (found.date.isoformat() if found.date else None) == expected


def test_a_files_name_may_tell_the_date() -> None:
    found = dated(["T", "Text."], language("en"), None, "1911-05-03-flood.txt")
    assert (found.date, found.basis[0].rule) == (datetime.date(1911, 5, 3), "file-name")


def test_german_is_told_from_english() -> None:
    assert known() == ["de", "en", "es", "fr", "ru", "uk"]
    assert guessed("Die Stadt hat den Damm am Montag mit den Booten und der Feuerwehr nicht erreicht.", "en") == "de"
    assert guessed("The town had not reached the dam with the boats on Monday, and it was lost.", "de") == "en"
    assert guessed("Місто не дісталося до греблі у понеділок, і це було для нього втратою.", "en") == "uk"
    assert guessed("La ville n’a pas atteint la digue lundi avec les bateaux, et elle était perdue.", "en") == "fr"
    assert guessed("La ciudad no llegó al dique el lunes con los botes, y se perdió.", "en") == "es"
    assert guessed("Город не добрался до плотины в понедельник, и это было для него потерей.", "uk") == "ru"
    assert guessed("Хвиля зірвала міст", "en") == "uk", "by its letters, where it has too few words"
    assert guessed("Xyz", "en") == "en"


def test_a_list_with_its_total_becomes_a_group(archive: Make) -> None:
    site = imported(
        archive,
        "Losses of the Flood\n\nThe River Authority said the flood had destroyed some 40 units of rolling stock.\n\n"
        "That includes 12 carts, 9 barges, and 19 wagons.\n",
    )
    notes = (site.root / "content/articles/losses-of-the-flood.notes.yaml").read_text()
    assert 'quote: "some 40 units of rolling stock"}' in notes
    assert '{id: c-12-carts, quote: "12 carts", claim: carts}' in notes
    assert "source: river-authority" in notes
    assert 'measure: {unit: "barges"}' in (site.root / "content/claims/barges.md").read_text()
    report = site.build(drafts=True)
    assert not report.failed, report.problems
    assert "sum to <strong>40</strong>" in site.html("articles/losses-of-the-flood/")


def test_units_are_noun_phrases() -> None:
    found = read("T\n\nThey lost 12 carts and sleds, 9 barges of the council, and 3 wagons, while 40 people fled and hid.\n")
    assert [(q.value, q.unit) for q in found.proposal.claims[0].quantities] == [
        (12, "carts and sleds"), (9, "barges of the council"), (3, "wagons"), (40, "people fled"),
    ]  # fmt: skip


def test_what_is_proposed_is_not_public(archive: Make) -> None:
    site = imported(archive, "A Flood\n\nThe River Authority said the flood had taken 12 carts in Delft.\n")
    assert not site.build().failed
    assert not (site.output / "sources/river-authority").exists()
    assert not (site.output / "places/delft").exists()
    assert "12 carts" not in site.html("sources/")
    place = site.root / "content/places/delft.md"
    place.write_text(re.sub("todo: .*\n", "", place.read_text()))
    site.build()
    assert "Delft" in site.html("places/delft/")
    site.build(drafts=True)
    assert "12 carts" in site.html("sources/river-authority/")


def test_importing_after_an_edit_tells_what_is_new(archive: Make) -> None:
    site = archive("")
    site.write("seeds/a.txt", "A Flood\n\nThe River Authority said the flood had taken 12 carts in Delft.\n")
    path = str(site.root / "seeds/a.txt")
    CliRunner().invoke(main, ["import", path, "--source", str(site.root)])
    notes = site.root / "content/articles/a-flood.notes.yaml"
    notes.write_text("claims: []\n")
    (site.root / "content/places/delft.md").unlink()
    output = CliRunner().invoke(main, ["import", path, "--source", str(site.root)]).output
    assert "was edited since its import" in output
    assert "it proposes" not in output  # the editor has dropped both
    article = site.root / "content/articles/a-flood.md"
    article.write_text(re.sub(r"  proposed: .*\n", "", article.read_text()))  # as if another program had made it
    output = CliRunner().invoke(main, ["import", path, "--source", str(site.root)]).output
    assert "1 claim, the first “the flood had taken 12 carts in Delft”" in output
    assert "content/places/delft.md" in output
    assert notes.read_text() == "claims: []\n"
    site.write("seeds/a.txt", "A Flood\n\nThe River Authority said the flood had taken 13 carts in Delft.\n")
    output = CliRunner().invoke(main, ["import", path, "--source", str(site.root)]).output
    assert "seed-changed" in output
    assert "13 carts" in output


def test_another_reader_may_propose(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys
    import types

    module = types.ModuleType("made_up_reader")

    def proposed(text: str, lang: str) -> dict[str, Any]:
        return {
            "sources": [{"name": "The Owl", "mention": "the owl", "kind": "other"}],
            "places": [{"name": "Mill", "mentions": ["the mill"], "kind": "site", "lat": 1.5, "lon": 2.5}],
            "claims": [
                {"text": "the wheel turned 7 times", "source": "The Owl", "quantities": [{"value": 7, "unit": "times", "approx": False}]},
                {"text": f"no such words in {lang} {len(text)}", "source": None, "quantities": []},
            ],
        }

    monkeypatch.setattr(module, "read", proposed, raising=False)
    monkeypatch.setitem(sys.modules, "made_up_reader", module)
    site = archive("")
    site.write("seeds/a.txt", "The Mill\n\nAt night the wheel turned 7 times.\n")
    command = ["import", str(site.root / "seeds/a.txt"), "--source", str(site.root), "--reader", "made_up_reader:read"]
    record = json.loads(CliRunner().invoke(main, [*command, "--dry-run", "--json"]).stdout)[0]
    assert [claim["text"] for claim in record["claims"]] == ["the wheel turned 7 times"]
    assert CliRunner().invoke(main, command).exit_code == 0
    assert "lat: 1.5" in (site.root / "content/places/mill.md").read_text()
    assert CliRunner().invoke(main, [*command[:-1], "nowhere:read"]).exit_code == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dam lost 12 gates in May, county officials said.", ("County officials", "The dam lost 12 gates in May")),
        ("Engineers from the public works ministry said the dam had lost 12 gates.", ("Public works ministry", "the dam had lost 12 gates")),
        ("According to the hospital in Delft, nine people were hurt.", ("Hospital in Delft", "nine people were hurt")),
        ("“We lost 12 gates,” wrote the mate, Edmund Carlow, in a letter.", ("Edmund Carlow", "We lost 12 gates")),
        ("“It lost 12 gates,” said U.S. Judge Eleanor Holm, who saw it.", ("Eleanor Holm", "It lost 12 gates")),
        ("Hydrologist Nomsa Paarl warned that the dam had lost 12 gates.", ("Nomsa Paarl", "the dam had lost 12 gates")),
        ("The Valley Gazette put the number of lost gates at 12.", ("Valley Gazette", "The Valley Gazette put the number of lost gates at 12.")),
        ("DELFT, Ohio, May 3 – The River Authority said on Monday that 12 gates were lost.", ("River Authority", "12 gates were lost")),
        ("The dam lost 12 of its gates, according to a study published in Locks Quarterly.", ("Study in Locks Quarterly", "The dam lost 12 of its gates")),
    ],
)  # fmt: skip
def test_bodies_without_a_name_and_people_by_what_they_do(text: str, expected: tuple[str, str]) -> None:
    assert expected in credited(text)


def test_a_list_under_a_colon_is_of_the_one_who_gave_it() -> None:
    said = credited(
        "The River Authority gave these figures for the flood:\n\n- 12 carts lost\n\n- 9 barges sunk at the quay\n\nNobody in Delft slept."
    )
    assert [(who, text) for who, text in said if "lost" in text or "sunk" in text] == [
        ("River Authority", "- 12 carts lost"), ("River Authority", "- 9 barges sunk at the quay"),
    ]  # fmt: skip


def test_a_full_name_may_be_followed_by_its_first_word() -> None:
    said = credited("Halgama Estates said it had lost 12 carts.\n\nHalgama says it will build 40 more carts in Delft.")
    assert {who for who, _ in said} == {"Halgama Estates"}


def test_german_reported_speech_goes_on() -> None:
    said = credited(
        "Der Damm habe zwölf Tore verloren, teilte das Landratsamt in Deggendorf mit. Die Straße sei wegen des Hochwassers auf 3 Kilometern gesperrt."
    )
    assert [who for who, _ in said] == ["Landratsamt"] * 2


def test_ukrainian_credits_the_sentence_before() -> None:
    said = credited(
        "Буревій залишив без електрики 117 сіл, і це не кінець. Про це повідомив начальник служби Остап Кременецький. "
        "За його словами, вітер зірвав дахи з 63 будинків."
    )
    assert [(who, text) for who, text in said if who] == [
        ("Остап Кременецький", "Буревій залишив без електрики 117 сіл, і це не кінець."),
        ("Остап Кременецький", "вітер зірвав дахи з 63 будинків"),
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "2.1 to 2.4 million tonnes", [2_100_000, 2_400_000]),
        ("en", "fewer than one in five boats", [0.2]),
        ("en", "a city of a quarter of a million people", [250_000]),
        ("en", "it was minus 17 degrees", [-17]),
        ("en", "at 0600, in the fourth quarter of the year, about four in the morning, before 2022", []),
        ("en", "12C and Rs 64.", [12, 64]),
        ("de", "2,5 Millionen Euro, zwei Dutzend, ein Drittel, 40.000 Schränke, vierundzwanzig, minus acht Grad", [2_500_000, 24, 0.333, 40_000, 24, -8]),
        ("de", "Der Krieg von 1914 begann, 1924 wurde gewählt, 1914 Häuser brannten", [1914]),
        ("de", "am 17. August 2023 gegen 11 Uhr auf der Bundesstraße 115, ein Mann", []),
        ("de", "die Hälfte der Boote, hundert Wagen, dreihundertfünfzig Fässer, dreieinhalb Meter, in der zweiten Hälfte", [0.5, 100, 350, 3.5]),
        ("uk", "дві третини, сорок одна бригада, 1,8 мільйона гривень, п’ять", [0.667, 41, 1_800_000, 5]),
        ("uk", "двісті лодій, сто двадцять весел, півтора гектара, кожен п’ятий, на п’яту частину", [200, 120, 1.5, 0.2, 0.2]),
        ("uk", "о десятій, п’ята година, пів на восьму, з 300 учнів у школі 12 хворих", [300, 12]),
        ("ru", "в школе 300 учеников, в вагоне 40 пассажиров", [300, 40]),
    ],
)  # fmt: skip
def test_numbers_in_their_languages(lang: str, text: str, expected: list[float]) -> None:
    assert [one.value for one in quantities(text, language(lang))] == expected


def test_features_of_the_land_are_places() -> None:
    found = places("They crossed the Mira River and Lake Grubel to Grubel County, and reached the Atlantic.")
    assert found == {"Mira River": ("", None), "Lake Grubel": ("", None), "Grubel County": ("", None), "Atlantic": ("", 0)}


def test_what_stands_behind_a_comma_holds_the_place() -> None:
    assert places("The court sat in Portland, Maine, and rose in Bangor.")["Portland"] == ("US", 44)
    assert places("Of Utah and Maryland he said nothing.")["Maryland"] == ("US", 40)
    assert places("The baths of Leominster lie 13 miles from Hereford.")["Leominster"] == ("GB", 52)


def test_a_place_may_end_a_sentence_before_another() -> None:
    assert set(places("Rain fell in Delft. Rotterdam stayed dry, and The Hague too.")) >= {"Delft", "Rotterdam"}


def test_bylines_and_lines_above_a_title_are_neither_title_nor_heading() -> None:
    found = read("FOR IMMEDIATE RELEASE\n\nA Mill Reopens\n\nBy Ada Brook\n\nThe mill turned again on Monday, and 40 people saw it.\n")
    assert found.structure.title == "A Mill Reopens"
    assert found.structure.byline == "Ada Brook"
    assert found.structure.above == ("FOR IMMEDIATE RELEASE",)
    assert [piece.kind for piece in found.structure.pieces] == ["paragraph", "paragraph"]


def test_lines_above_a_title_stand_above_it_on_the_page_too(archive: Make) -> None:
    site = imported(archive, "FOR IMMEDIATE RELEASE\n\nA Mill Reopens\n\nBy Ada Brook\n\nThe mill turned again.\n")
    page = (site.root / "content/articles/a-mill-reopens.md").read_text()
    assert 'title: "A Mill Reopens"' in page
    assert 'byline: "Ada Brook"' in page
    assert "FOR IMMEDIATE RELEASE\n\n# A Mill Reopens\n" in page
    assert site.build().problems == ()
    html = site.html("articles/a-mill-reopens/")
    assert html.index("FOR IMMEDIATE RELEASE") < html.index("<h1>A Mill Reopens</h1>")


def test_claims_bear_the_dates_that_they_name_and_what_was_inferred(archive: Make) -> None:
    site = imported(
        archive,
        "A Flood\n\nDELFT, 17 May 1911 — The River Authority said the flood took 12 carts on Monday. It added that 9 barges sank yesterday.\n\n"
        "The mill fell on 3 May 1911 in Delft.\n",
    )
    notes = (site.root / "content/articles/1911-05-17-a-flood.notes.yaml").read_text()
    assert 'when: {date: 1911-05-15, quote: "on Monday", rule: weekday}' in notes
    assert 'when: {date: 1911-05-16, quote: "yesterday", rule: relative}' in notes
    assert 'when: {date: 1911-05-03, quote: "3 May 1911", rule: explicit}' in notes
    assert 'todo: "sure: a figure, credited by “said”"' in notes
    assert 'todo: "likely: a figure, “It” was taken to mean River Authority"' in notes
    assert site.build(drafts=True).problems == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Police said Drug trials began at the University of Leeds Press.", set()),  # words and names that are towns too
        ("The Leeds Times said Valerie Taylor had left the Bank of Norwich.", set()),
        ("He flew from Quebec City to Washington, D.C., and on to St. Louis.", {"Quebec City", "Washington, D.C.", "St. Louis"}),
        ("BUTTE, Mont. (AP) — The mine at Anaconda is shut.", {"BUTTE", "Mont.", "Anaconda"}),
        ("The ferry left from Grubelwitz, a town of 900.", {"Grubelwitz"}),
        ("They passed Kyiv, Odesa, Grubelno and Lviv.", {"Kyiv", "Odesa", "Grubelno", "Lviv"}),
        ("In the US a US envoy spoke; it cost US$2.", {"US"}),
        ("Ann Lee, of Barmouth, and a professor at Oslo University saw it.", {"Barmouth"}),
        ("He died in the Democratic Republic of the Congo.", {"Democratic Republic of the Congo"}),
    ],
)
def test_what_stands_around_a_name_tells_whether_it_is_a_place(text: str, found: set[str]) -> None:
    assert set(places(text)) == found


def test_names_in_other_cases_are_found() -> None:
    read_uk = read("Заголовок\n\nУ Харкові та на Полтавщині падав дощ. У Миргородському районі було сухо, а в Гадячі ні.\n", lang="uk")
    assert [one.mentions[0] for one in read_uk.proposal.places] == ["Харкові", "Полтавщині", "Миргородському районі", "Гадячі"]


def test_a_text_that_begins_with_a_comma_is_read() -> None:
    read(", , (a\n\n, and Ann Lee said so.\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("''The dam has lost 12 of its gates,'' said Mr. Osric Vane, a former keeper of the canal.", "Osric Vane"),
        ("Ann B. Lee, 45, a lock keeper and former sailor, said the dam had lost 12 gates.", "Ann B. Lee"),
        ("Sen. Orla Finch (R-Mira) said on Monday that the dam had lost 12 gates.", "Orla Finch"),
        ("“The dam has lost 12 gates,” Ann Lee told the Mira Gazette.", "Ann Lee"),
        ("The dam has lost 12 gates, its operator, Mira-Energo, said in a statement.", "Mira-Energo"),
        ("The dam has lost 12 gates, according to the statistics firm LockLedger.", "LockLedger"),
        ("It rained all night, and Grubelbook said the dam had lost 12 gates.", "Grubelbook"),
        ("South Korea's Wolde Motor has announced that it will build 12 dams in Mira.", "Wolde Motor"),
        ("According to Canals Department figures, the dam lost 12 gates.", "Canals Department"),
        ("The British Chambers of Canals (BCC) said that the dam had lost 12 gates.", "British Chambers of Canals"),
    ],
)
def test_subjects_are_found_past_what_is_said_of_them(text: str, expected: str) -> None:
    assert {who for who, _ in credited(text)} == {expected}


@pytest.mark.parametrize(
    "text",
    [
        "The men who said so in 1911 were 12 sailors from Odesa.",
        "She met Ann Lee at the quay, and 12 gates were said to be gone.",
        "A US firm with 12 barges is said to have left Odesa.",
    ],
)
def test_who_is_only_named_is_not_credited(text: str) -> None:
    assert [who for who, _ in credited(text) if who] == []


@pytest.mark.parametrize(
    ("lang", "title", "claim", "legend"),
    [
        (
            "en",
            "The river of Ostrow",
            "On Monday the river stood at 4.1 metres.",
            "Levels of at least 3 metres are shown when they lasted for 2 days.",
        ),
        (
            "de",
            "Die Flut von Mühlau",
            "Am Montag stand der Fluss bei 4,1 Metern.",
            "Werte unter 3 Metern stehen in Klammern, die der letzten 2 Tage kursiv.",
        ),
        (
            "fr",
            "La crue de Valmy",
            "Lundi, la rivière est montée à 4,1 mètres.",
            "Les niveaux de moins de 3 mètres sont indiqués entre parenthèses.",
        ),
        (
            "es",
            "La crecida de Ribera",
            "El lunes el río alcanzó 4,1 metros.",
            "Los niveles de menos de 3 metros se muestran entre paréntesis.",
        ),
        ("uk", "Повінь у Млинові", "У понеділок рівень річки досяг 4,1 метра.", "Рівні нижчі за 3 метри подано в дужках."),
        ("ru", "Паводок в Речном", "В понедельник уровень реки достиг 4,1 метра.", "Уровни ниже 3 метров указаны в скобках."),
    ],
)
def test_how_figures_are_to_be_read_is_no_claim(lang: str, title: str, claim: str, legend: str) -> None:
    """What explains a table names bounds and units, and says nothing of them."""
    found = read(f"{title}\n\n{claim} {legend}\n", lang=lang)
    assert [one.text for one in found.proposal.claims] == [claim]
    assert [one.value for one in found.proposal.claims[0].quantities] == [4.1]


@pytest.mark.parametrize(
    ("lang", "title", "claim"),
    [
        ("en", "The road to Ostrow", "Concern was expressed in a letter that 40 millers signed on Monday."),
        ("de", "Streit in Mühlau", "Nach dem Streit werden 12 Fuhrleute angezeigt, die keine Angaben machen."),
        ("fr", "La crue de Valmy", "La digue a cédé à 14 heures locales, et 12 maisons sont tombées."),
        ("es", "La crecida de Ribera", "El dique cedió a las 14.30 hora local y cayeron 12 casas."),
    ],
)
def test_words_that_news_have_too_explain_nothing(lang: str, title: str, claim: str) -> None:
    assert [one.text for one in read(f"{title}\n\n{claim}\n", lang=lang).proposal.claims] == [claim]


def test_he_and_she_point_back_to_those_who_can_be_meant() -> None:
    said = credited("Ann Lee said the dam had lost 12 gates. John Wolde lost 9 barges there. She said 40 boats sank too.")
    assert [who for who, _ in said] == ["Ann Lee", "", "Ann Lee"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They won 2-0 and 6-1.", [2, 0, 6, 1]),
        ("It cost £1.4bn, $20m or 30m euros for 14m customers.", [1_400_000_000, 20_000_000, 30_000_000, 14_000_000]),
        ("She ran the 60m hurdles in 7.96 seconds.", [60, 7.96]),
        ("The 25-year-old left on Highway 6 in the 2005 campaign.", [25]),
        ("It took 1 1/2 years on Highway 61, by Flight 1205.", [1.5]),
        ("No one came at 10:30, and 12 left.", [12]),
        ("Winds were near 60 KTS...70 MPH...110 KM/H.", [60, 70, 110]),
    ],
)
def test_scores_sums_and_years(text: str, expected: list[float]) -> None:
    assert [one.value for one in quantities(text, language("en"))] == expected


def test_german_so_credits_behind_a_comma_alone() -> None:
    text = "Der Damm von Hallen hält, so Anna Klein am Montag. So kam Anna Klein nach Ostheim."
    said = Attribution(language("de"), Speakers(Entities(language("de"), [text]))).statements(1, text)
    assert [text[slice(*one.sentence)] for one in said] == ["Der Damm von Hallen hält, so Anna Klein am Montag."]


@pytest.mark.parametrize(
    ("text", "who", "said"),
    [
        ("Die Leiterin der Sternwarte Ostheim räumte ein, der Turm sei undicht.", "Sternwarte Ostheim", "der Turm sei undicht"),
        ("Das Wasser sei trüb, wie der Kleingartenverein Ostheim anmerkte.", "Kleingartenverein Ostheim", "Das Wasser sei trüb"),
        ("„Der Damm hält“, seufzte Deichgräfin Ada Brook.", "Ada Brook", "Der Damm hält"),
        ("Laut der Hafenverwaltung Ostheim sank das Wasser um 3 Meter.", "Hafenverwaltung Ostheim", "Laut der Hafenverwaltung Ostheim sank das Wasser um 3 Meter."),
    ],
)  # fmt: skip
def test_german_credits(text: str, who: str, said: str) -> None:
    found = Attribution(language("de"), Speakers(Entities(language("de"), [text]))).statements(1, text)
    assert [(one.speaker and one.speaker.name, text[one.start : one.end]) for one in found] == [(who, said)]


def test_each_proposal_is_undecided_and_says_why(archive: Make) -> None:
    site = imported(
        archive,
        "A Flood\n\nDELFT, 17 May 1911 — The River Authority said the flood had destroyed some 40 units of rolling stock in Delft.\n\n"
        "That includes 12 carts, 9 barges, and 19 wagons.\n\nIn Grubel the mill of Mayor Ada Brook fell into the river on Monday night.\n",
    )
    for path in (site.root / "content").rglob("*.md"):
        if path.parent.name != "articles":
            todos = [line for line in path.read_text().splitlines() if line.startswith("todo: ")]
            assert len(todos) == 1, path
            assert proposed(json.loads(todos[0].removeprefix("todo: "))), path
    page = (site.root / "content/articles/1911-05-17-a-flood.md").read_text()
    assert 'rule: dateline, todo: "sure: the dateline of the article"}' in page
    assert '{source: river-authority, todo: "sure: credited by “said”"}' in page
    _, _, *lines = (site.root / "content/articles/1911-05-17-a-flood.notes.yaml").read_text().splitlines()
    told = [
        todo.sureness for line in lines if line.count("todo: ") == 1 and (todo := proposed(json.loads(line[line.index("todo: ") + 6 : -1])))
    ]
    assert told == ["sure", "likely", "likely"]
    assert 'todo: "likely: 3 figures taken to be parts of the total before them; credited by “said”"}' in lines[1]
    assert "doubtful: no gazetteer knows where it is" in (site.root / "content/places/grubel.md").read_text()
    assert not [problem for problem in site.build(drafts=True).problems if problem.severity == "error"]


def test_what_is_undecided_is_told_in_a_line_for_each_kind(archive: Make) -> None:
    site = imported(
        archive,
        "A Flood\n\nThe River Authority said the flood had taken 12 carts in Delft, Rotterdam and Utrecht. It said 9 barges sank in Gouda.\n",
    )
    result = CliRunner().invoke(main, ["check", "--group", "leftovers", "--format", "json", "--source", str(site.root)])
    told = {problem["path"]: problem["message"] for problem in json.loads(result.stdout)}
    assert told == {
        "content/articles/a-flood.md": "1 proposal of an import undecided: 1 sure",
        "content/articles/a-flood.notes.yaml": "2 proposals of an import undecided: 1 sure, 1 likely",
        "content/places/delft.md": "what an import proposed is undecided: 4 of the places, the first is this",
        "content/sources/river-authority.md": "what an import proposed is undecided: 1 of the sources, the first is this",
    }
    assert "A Flood, imported, 3 undecided" in CliRunner().invoke(main, ["list", "articles", "--source", str(site.root)]).output
    assert "undecided: 3 proposals of imports" in CliRunner().invoke(main, ["coverage", "--source", str(site.root)]).output


def test_importing_after_a_judgement_proposes_nothing_anew(archive: Make) -> None:
    site = imported(archive, "A Flood\n\nThe River Authority said the flood had taken 12 carts in Delft. It said 9 barges sank in Gouda.\n")
    notes = site.root / "content/articles/a-flood.notes.yaml"
    head, key, kept, _ = notes.read_text().splitlines()
    notes.write_text("\n".join([head, key, re.sub(r", todo: .*}", "}", kept.replace("the flood had taken", "had taken")), ""]))
    (site.root / "content/places/gouda.md").unlink()
    before = notes.read_bytes()
    output = CliRunner().invoke(main, ["import", str(site.root / "seeds/a.txt"), "--source", str(site.root)]).output
    assert output == "seeds/a.txt: content/articles/a-flood.md was edited since its import, and is kept as it is\n"
    assert notes.read_bytes() == before
    assert not (site.root / "content/places/gouda.md").exists()


def test_a_name_that_another_page_bears_makes_no_second_page(archive: Make) -> None:
    site = archive(
        '-- content/topics/delft.md --\n---\nname: "Delft"\nkind: event\n---\n'
        "-- seeds/a.txt --\nA Flood\n\nThe Article said the flood had taken 12 carts in Delft.\n"
    )
    result = CliRunner().invoke(main, ["import", str(site.root / "seeds/a.txt"), "--source", str(site.root)])
    assert result.exit_code == 0, result.output
    assert not (site.root / "content/places/delft.md").exists()
    assert site.build(drafts=True).problems == ()


def test_the_name_of_a_file_leads_to_its_date(archive: Make) -> None:
    site = archive("-- seeds/1911-05-17-a.txt --\nA Flood\n\nThe flood took carts.\n")
    CliRunner().invoke(main, ["import", str(site.root / "seeds/1911-05-17-a.txt"), "--source", str(site.root)])
    page = (site.root / "content/articles/1911-05-17-a-flood.md").read_text()
    assert '  - {rule: file-name, todo: "likely: the name of the file begins with it"}' in page
    assert site.build().problems == ()


@pytest.mark.parametrize(
    "quotation",
    [
        "“Yesterday’s rain saved 12 homes of the soldiers’ village,”",
        "\"Yesterday's rain saved 12 homes of the soldiers' village,\"",
        "«Yesterday’s rain saved 12 homes of the soldiers’ village,»",
    ],
)
def test_a_quotation_does_not_end_within_whose_something_is(quotation: str) -> None:
    text = f"The Fire\n\n{quotation} said Mayor Ada Brook.\n"
    (claim,) = read_text(text, "a.txt", gazetteer=Gazetteer()).proposal.claims
    assert claim.speaker is not None
    assert claim.speaker.name == "Ada Brook"
    assert claim.text == quotation[1:-2]
