"""Sites in the languages that the program speaks: plurals, numbers, dates, whole pages; and that a page follows the language alone."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from sitegen import packaged
from sitegen.build import keys_of
from sitegen.cache import memory_cache
from sitegen.model.speech import Language
from sitegen.packaged import catalogue
from sitegen.speech import Speech
from sitegen.speech.cldr import ENGLISH, cldr_of
from sitegen.speech.dates import text_of
from sitegen.survey import survey_of
from sitegen.theme.saying import functions
from sitegen.tree import read_tree
from tests.conftest import CONFIG, Archive, asked

Make = Callable[[str], Archive]
LANGUAGES = ("en", "de", "uk")


def speaking(tag: str) -> Speech:
    spoken, messages = catalogue(tag)
    return Speech(Language(spoken, messages, cldr_of(spoken)))


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", {0: "0 mentions", 1: "1 mention", 2: "2 mentions", 5: "5 mentions", 21: "21 mentions", 27400: "27,400 mentions"}),
        ("de", {0: "0 Erwähnungen", 1: "1 Erwähnung", 2: "2 Erwähnungen", 21: "21 Erwähnungen", 27400: "27.400 Erwähnungen"}),
        (
            "uk",
            {1: "1 згадка", 2: "2 згадки", 5: "5 згадок", 11: "11 згадок", 21: "21 згадка", 22: "22 згадки", 27400: "27\u00a0400 згадок"},
        ),
    ],
)
def test_plurals(tag: str, said: dict[int, str]) -> None:
    counted = functions(speaking(tag))["ngettext"]
    assert {number: counted("%(num)s mention", "%(num)s mentions", number) for number in said} == said


EDTF = {
    "2022-05-15": ("15 May 2022", "15. Mai 2022", "15 травня 2022\u202fр."),
    "1912-05": ("May 1912", "Mai 1912", "травень 1912\u202fр."),
    "1912-05~": ("about May 1912", "um Mai 1912", "близько травня 1912\u202fр."),
    "1912-02-29?": ("29 February 1912 (uncertain)", "29. Februar 1912 (unsicher)", "29 лютого 1912\u202fр. (непевно)"),
    "1912%": ("about 1912 (uncertain)", "um 1912 (unsicher)", "близько 1912 (непевно)"),
    "191X": ("1910s", "1910er-Jahre", "1910-ті"),
    "191X~": ("about 1910s", "um 1910er-Jahre", "близько 1910-х"),
    "18XX": ("1800 to 1899", "1800 bis 1899", "1800 – 1899"),
    "2001-21": ("spring 2001", "Frühjahr 2001", "весна 2001\u202fр."),
    "2001-24/..": ("from winter 2001", "ab Winter 2001", "від зими 2001\u202fр."),
    "../2022-04": ("until April 2022", "bis April 2022", "до квітня 2022\u202fр."),
    "2022-02/2022-05-15": ("February 2022 to 15 May 2022", "Februar 2022 bis 15. Mai 2022", "лютий 2022\u202fр. – 15 травня 2022\u202fр."),
}


@pytest.mark.parametrize("text", EDTF)
def test_dates(text: str) -> None:
    assert tuple(text_of(speaking(tag), text) for tag in LANGUAGES) == EDTF[text]


def test_days_may_be_told_with_their_weekday() -> None:
    assert [text_of(speaking(tag), "2022-05-15", weekday=True) for tag in LANGUAGES] == [
        "Sunday, 15 May 2022",
        "Sonntag, 15. Mai 2022",
        "неділя, 15 травня 2022\u202fр.",
    ]
    assert text_of(speaking("en"), "2022-05", weekday=True) == "May 2022"


@pytest.mark.parametrize(
    "tag", [*LANGUAGES, "de-AT", "de-CH", "en-US", "en-GB", "en-IN", "pl", "cs", "es", "pt", "fr", "hi", "ja", "hu", "sr-Latn"]
)
def test_what_is_written_is_what_babel_writes(tag: str) -> None:
    """Of every language that might get a catalogue, for what is remembered of it is all that is known of it later."""
    locale = Locale.parse(ENGLISH if tag == "en" else tag, sep="-")
    speech = Speech(Language(tag, b"", cldr_of(tag)))
    for day in (datetime.date(2022, month, 28 - month) for month in range(1, 13)):
        assert text_of(speech, day.isoformat()) == format_date(day, "long", locale)
        assert text_of(speech, day.isoformat(), weekday=True) == format_date(day, "full", locale)
        assert text_of(speech, day.isoformat()[:7]) == format_date(day, locale.datetime_skeletons["yMMMM"].pattern, locale)
    for number in (0, 7, 999, 1000, 27400, 1234567, 123456789012):
        assert speech.number(str(number)) == format_decimal(number, locale=locale)
    assert speech.number("1234.5") == format_decimal(1234.5, locale=locale)
    for count in range(1, 6):
        items = list("abcde"[:count])
        joined = "".join(item + speech.joint(index, count) for index, item in enumerate(items, 1))
        assert joined == format_list(items, locale=locale)
    assert speech.language("uk") == locale.languages["uk"]


def test_a_country_has_its_own_months_and_the_words_of_its_language() -> None:
    assert text_of(speaking("de-AT"), "2022-01-05") == "5. Jänner 2022"
    assert speaking("de-AT").gettext("Moved") == speaking("de").gettext("Moved") == "Verschoben"
    assert text_of(speaking("en-US"), "2022-01-05") == "January 5, 2022"


def test_what_no_catalogue_has_is_said_as_it_stands() -> None:
    assert speaking("de").gettext("Of somebody's own theme") == "Of somebody's own theme"


SITE = """-- content/articles/a.md --
---
title: Die Flut
date: 2022-05-15
claims:
- {quote: "27400 Mann", source: lee, claim: loss, as_of: {date: 2022-05}, figures: [{value: 27400, hedge: at-least, unit: Mann}]}
annotations: [{quote: Flut, kind: loaded-language, note: So.}]
---
In Mira: mindestens 27400 Mann. Die Flut kam nach Mira.
-- content/articles/b.md --
---
title: Davor
date: 1912~
---
Mira.
-- content/places/mira.md --
---
name: Mira
kind: city
aliases: [{form: Мира, lang: uk, status: variant, from: 1912-05}]
location: {lat: 49.9935, lon: -36.25}
---
-- content/sources/lee.md --
---
name: Lee
kind: government
---
-- content/claims/loss.md --
---
title: Verluste
kind: quantity
measure: {unit: Mann, about: Heer}
---
"""
PAGES = {
    "de": {
        "articles/a/": ["15. Mai 2022", "Wertende Sprache", "Laut Lee; Stand: Mai 2022; mindestens 27.400 Mann", "2 Erwähnungen", "mindestens 27400 Mann"],
        "articles/": ["Artikel", "2022", "um 1912"],
        "places/mira/": ["Stadt", "49,9935° N, 36,25° W", "Мира (Ukrainisch, Variante, ab Mai 1912)", "In 2 Artikeln"],
        "sources/lee/": ["Behörde", "In 1 Artikel"],
        "claims/loss/": ["Menge, gemessen in Mann, über Heer"],
        "timeline/": ["Zeitleiste", "Mai 2022"],
        "": ["Artikel Orte Quellen Behauptungen Zeitleiste", "2 Artikel", "1 Ort", "1 Quelle", "Neueste Artikel"],
        "404.html": ["Seite nicht gefunden"],
    },
    "uk": {
        "articles/a/": ["15 травня 2022\u202fр.", "За словами: Lee; станом на травень 2022\u202fр.; щонайменше 27\u00a0400 Mann", "2 згадки"],
        "articles/": ["Статті", "близько 1912"],
        "places/mira/": ["Місто", "49,9935° пн. ш., 36,25° зх. д.", "Мира (українська, варіант, від травня 1912\u202fр.)", "У 2 статтях"],
        "sources/lee/": ["Державний орган", "У 1 статті"],
        "claims/loss/": ["Кількість, одиниця виміру: Mann, про що: Heer"],
        "timeline/": ["Хронологія", "неділя, 15 травня 2022\u202fр."],
        "": ["Статті Місця Джерела Твердження Хронологія", "2 статті", "1 місце", "1 джерело"],
        "404.html": ["Сторінку не знайдено"],
    },
    "en": {
        "articles/a/": ["15 May 2022", "Loaded language", "Said by Lee; as of May 2022; at least 27,400 Mann", "2 mentions"],
        "places/mira/": ["City", "49.9935° N, 36.25° W", "Мира (Ukrainian, variant, from May 1912)", "In 2 articles"],
        "": ["Articles Places Sources Claims Timeline", "2 articles", "1 place"],
    },
}  # fmt: skip


def in_language(tag: str) -> str:
    return f"{CONFIG}lang: {tag}\nchecks: {{hedge-disagrees: off}}\n"


def words(html: str) -> str:
    """The text of a page."""
    return " ".join(re.sub(r"<[^>]*>", "", re.sub(r"</(?:a|h\d|li|p)>(?=<)", " ", html.partition("<body>")[2])).split(" ")).replace(
        "\n", " "
    )


@pytest.mark.parametrize("tag", PAGES)
def test_pages(tag: str, archive: Make) -> None:
    site = archive(f"-- sitegen.yaml --\n{in_language(tag)}{SITE}")
    assert site.build().problems == ()
    assert f'<html lang="{tag}">' in site.html("")
    for address, snippets in PAGES[tag].items():
        text = " ".join(words(site.html(address)).split(" "))
        assert [one for one in snippets if one not in text] == [], text


@pytest.mark.parametrize(("tag", "html"), [("fr", '<html lang="fr">'), ("ar", '<html lang="ar" dir="rtl">'), ("tlh", '<html lang="tlh">')])
def test_a_language_without_a_catalogue_is_shown_in_english_whole(tag: str, html: str, archive: Make) -> None:
    site = archive(f"-- sitegen.yaml --\n{in_language(tag)}{SITE}")
    site.build()
    assert html in site.html("")
    assert "15 May 2022" in site.html("articles/a/")
    assert "27,400" in site.html("articles/a/")
    assert "(Ukrainian, variant" in site.html("places/mira/")


def test_another_language_makes_the_pages_that_a_clean_build_makes(archive: Make, tmp_path: Path) -> None:
    site = archive(f"-- sitegen.yaml --\n{in_language('en')}{SITE}")
    site.build()
    english = site.bytes_of_output()
    for tag in ("de", "uk", "en"):
        site.write("sitegen.yaml", in_language(tag))
        assert site.build().rendered
        clean = Archive(tmp_path / tag)
        shutil.copytree(site.root, clean.root, ignore=shutil.ignore_patterns("public", ".sitegen"))
        clean.build()
        assert site.bytes_of_output() == clean.bytes_of_output()
        assert (site.bytes_of_output() == english) is (tag == "en")


def keys(site: Archive) -> list[bytes]:
    cache = memory_cache(site.root)
    survey = survey_of(read_tree(site.root, cache.sources.remembered, cache.sources.remember), cache, asked())
    return [bytes(key) for key in keys_of(survey, cache)]


def test_a_word_that_is_translated_anew_is_printed_at_the_next_build(
    archive: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The catalogue is part of the key of every page, and of that of the whole build."""
    site = archive(f"-- sitegen.yaml --\n{in_language('de')}{SITE}")
    site.build()
    before = keys(site)
    catalogues = tmp_path / "locale"
    shutil.copytree(packaged.CATALOGUES, catalogues)
    monkeypatch.setattr(packaged, "CATALOGUES", catalogues)
    assert (keys(site), site.build().rendered) == (before, 0)
    compiled = catalogues / "de/LC_MESSAGES/sitegen.mo"
    compiled.write_bytes(compiled.read_bytes().replace(b"Zeitleiste", b"Zeitachse "))
    after = keys(site)
    assert len(after) == len(before)
    assert set(after) & set(before) == set()
    report = site.build()
    assert report.rendered == report.pages
    assert "Zeitachse" in site.html("timeline/")


def test_babel_is_part_of_every_key() -> None:
    from sitegen.cache.engine import LIBRARIES

    assert "babel" in LIBRARIES
