"""How an archive is cited: by what its settings say, in forms that others' schemas take; and nothing that nobody has written."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft201909Validator, FormatChecker

from sitegen import config as config_room
from sitegen.content.forms import FORMS
from sitegen.exports.citing import NAMES, Form, lacking, written
from sitegen.model.records import CitationSettings, Config, Contact, Creator
from tests.conftest import CONFIG, Archive, command, examples

Make = Callable[[str], Archive]
WHOLE = """citation:
  creators:
    - {family: Tann, given: Ilse, orcid: 0000-0002-1825-0097, affiliation: Lerre Museum}
    - {name: "Friends of the River: Lerre"}
  publisher: Lerre Museum & Archive
  licence: CC-BY-SA-4.0
  doi: https://doi.org/10.5072/lerre-1
  version: "2"
  date: 2026-11-27
  keywords: [floods, "newspapers, old", floods]
  contact: {name: The reading room, email: room@lerre.example}
"""


@cache
def cff_schema() -> Any:
    return _schema(Draft7Validator, "check-jsonschema", "check_jsonschema/builtin_schemas/vendor/citation-file-format.json")


@cache
def datacite_schema() -> Any:
    return _schema(Draft201909Validator, "datacite", "datacite/schemas/datacite-v4.5.json")


def _schema(validator: Any, package: str, path: str) -> Any:
    """A schema out of another's package, which is not imported: they bring more than is needed here."""
    place = Path(str(metadata.distribution(package).locate_file(path)))
    return validator(json.loads(place.read_text(encoding="utf-8")), format_checker=FormatChecker())


def wrong(form: Form, text: str) -> list[str]:
    """What the format's own schema finds wrong with a citation."""
    if form == "cff":
        return [error.message for error in cff_schema().iter_errors(yaml.safe_load(text))]
    return [error.message for error in datacite_schema().iter_errors(json.loads(text))]


ARTICLES = """-- content/articles/a.md --
---
title: A
date: 2022-05-15
---
Rain fell.
-- content/articles/b.md --
---
title: B
draft: true
---
Rain fell.
"""


def test_the_whole_citation_in_each_form(archive: Make) -> None:
    site = archive(ARTICLES)
    site.write("sitegen.yaml", CONFIG + WHOLE + "description: What was printed\n")
    cff = command(site, "cite")
    assert cff.exit_code == 0, cff.output
    assert wrong("cff", cff.stdout) == []
    told = yaml.safe_load(cff.stdout)
    assert told["authors"] == [
        {"family-names": "Tann", "given-names": "Ilse", "orcid": "https://orcid.org/0000-0002-1825-0097", "affiliation": "Lerre Museum"},
        {"name": "Friends of the River: Lerre"},
    ]
    assert (told["type"], told["license"], told["doi"], told["date-released"]) == (
        "dataset",
        "CC-BY-SA-4.0",
        "10.5072/lerre-1",
        "2026-11-27",
    )
    assert (told["url"], told["keywords"]) == ("https://x.org/", ["floods", "newspapers, old"])
    assert told["contact"] == [{"name": "The reading room", "email": "room@lerre.example"}]

    datacite = command(site, "cite", "--format", "datacite")
    assert datacite.exit_code == 0, datacite.output
    assert wrong("datacite", datacite.stdout) == []
    record = json.loads(datacite.stdout)
    assert record["types"]["resourceTypeGeneral"] == "Collection"
    assert record["sizes"] == ["1 article"], "a draft is not public"
    assert [one["name"] for one in record["creators"]] == ["Tann, Ilse", "Friends of the River: Lerre"]
    assert "nameType" not in record["creators"][1], "nobody has said whether it is a person"
    assert record["publicationYear"] == "2026"
    assert record["relatedIdentifiers"][0]["relatedIdentifier"] == "https://x.org/"
    assert "room@lerre.example" not in datacite.stdout

    bibtex = command(site, "cite", "--format", "bibtex").stdout
    assert "author = {Tann, Ilse and {Friends of the River: Lerre}}," in bibtex
    assert r"publisher = {Lerre Museum \& Archive}," in bibtex
    assert "month = nov," in bibtex


def test_it_is_written_into_a_file(archive: Make, tmp_path: Path) -> None:
    site = archive("")
    site.write("sitegen.yaml", CONFIG + WHOLE)
    done = command(site, "cite", "--out", str(tmp_path / NAMES["cff"]))
    assert done.exit_code == 0, done.output
    assert (tmp_path / "CITATION.cff").read_text(encoding="utf-8") == command(site, "cite").stdout


def test_what_nobody_has_written_is_asked_for(archive: Make) -> None:
    """With the file, the line of `citation`, and the key."""
    site = archive("")
    done = command(site, "cite")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "sitegen.yaml:1: error[missing-creators]: CITATION.cff needs 'creators' under `citation`" in done.stderr
    site.write("sitegen.yaml", CONFIG + "citation: {publisher: Lerre Museum}\n")
    done = command(site, "cite", "--format", "datacite")
    assert done.exit_code == 1
    line = CONFIG.count("\n") + 1
    assert f"sitegen.yaml:{line}: error[missing-creators]" in done.stderr
    assert f"sitegen.yaml:{line}: error[missing-date]" in done.stderr
    assert "missing-publisher" not in done.stderr
    # BibTeX needs nothing, and gets no name that is none
    bare = command(site, "cite", "--format", "bibtex")
    assert bare.exit_code == 0
    assert "author" not in bare.stdout
    assert "year" not in bare.stdout


@pytest.mark.parametrize(
    ("entry", "code", "words"),
    [
        ("{orcid: 0000-0002-1825-0097}", "missing-name", "'name' is missing"),
        ("{given: Ilse}", "missing-family", "'family' is missing"),
        ("{name: Ilse Tann, family: Tann}", "wrong-type", "not both"),
        ("{name: Ilse Tann, orcid: 0000-0002-1825-0079}", "wrong-type", "mistyped"),
        ("{name: Ilse Tann, orcid: tann}", "wrong-type", "ORCID iD"),
    ],
)
def test_a_creator_that_cannot_be_is_told(archive: Make, entry: str, code: str, words: str) -> None:
    site = archive("")
    site.write("sitegen.yaml", f"{CONFIG}citation:\n  creators:\n    - {entry}\n")
    line = CONFIG.count("\n") + 3
    for done in (command(site, "build"), command(site, "cite")):
        assert done.exit_code == 1
        assert f"sitegen.yaml:{line}: error[{code}]" in done.stderr
        assert words in done.stderr


@pytest.mark.parametrize("wrong", ["licence: CC-BY", "doi: lerre", "date: 2026", "contact: {email: lerre}"])
def test_other_settings_are_read_as_strictly(archive: Make, wrong: str) -> None:
    site = archive("")
    site.write("sitegen.yaml", f"{CONFIG}citation: {{{wrong}}}\n")
    done = command(site, "cite", "--format", "bibtex")
    assert done.exit_code == 1
    assert f"sitegen.yaml:{CONFIG.count(chr(10)) + 1}: error[wrong-" in done.stderr


def test_an_archive_with_errors_is_not_counted(archive: Make) -> None:
    site = archive("-- content/articles/a.md --\n---\ntitel: A\n---\nRain.\n")
    site.write("sitegen.yaml", CONFIG + WHOLE)
    done = command(site, "cite", "--format", "datacite")
    assert done.exit_code == 1
    assert "the archive has errors" in done.stderr
    assert command(site, "cite").exit_code == 0, "of the articles it says nothing"


def test_a_doi_in_any_of_its_forms_is_the_same() -> None:
    read = FORMS["doi"]
    assert {read(f"{way}10.5072/x") for way in ("", "doi:", "https://doi.org/", "http://dx.doi.org/")} == {"10.5072/x"}


def test_the_licences_are_those_that_the_format_knows() -> None:
    known = set(cff_schema().schema["definitions"]["license-enum"]["enum"])
    assert set(_licences()) <= known


def _licences() -> tuple[str, ...]:
    from sitegen.content.fields import choices, fields

    (field,) = (field for field in fields(CitationSettings) if field.key == "licence")
    return tuple(choices(field))


LINE = (
    st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=30).map(lambda text: text.replace("\n", " ")).filter(str.strip)
)
MAYBE = st.none() | LINE
CREATORS = st.builds(Creator, name=LINE, orcid=st.none() | st.just("0000-0002-1825-0097"), affiliation=MAYBE) | st.builds(
    Creator, family=LINE, given=MAYBE, affiliation=MAYBE
)
SETTINGS = st.builds(
    CitationSettings,
    creators=st.lists(CREATORS, min_size=1, max_size=4).map(tuple),
    publisher=LINE,
    licence=st.none() | st.sampled_from(_licences()),
    doi=st.none() | st.just("10.5072/x(1)"),
    version=MAYBE,
    date=st.dates().map(lambda day: day.isoformat()),
    keywords=st.lists(LINE, max_size=4).map(tuple),
    contact=st.none() | st.builds(Contact, name=MAYBE, email=st.none() | st.just("a@b.example")),
)


@given(SETTINGS, LINE, MAYBE)
@examples(25)
def test_whatever_is_written_the_schemas_take_it(citation: CitationSettings, title: str, description: str | None) -> None:
    config = Config(title=title, base_url="https://x.org/archive/", description=description, citation=citation)
    for form in ("cff", "datacite"):
        assert lacking(form, citation) == ()
        text = written(form, config, 3)
        assert wrong(form, text) == []
        told = yaml.safe_load(text) if form == "cff" else json.loads(text)
        assert (told["title"] if form == "cff" else told["titles"][0]["title"]) == title
    assert written("bibtex", config, 3).startswith("@misc{")


def test_settings_of_a_whole_citation_have_no_problems() -> None:
    config, problems = config_room.parse((CONFIG + WHOLE).encode())
    assert problems == []
    assert config is not None
    assert config.citation.doi == "10.5072/lerre-1"
