"""The open data: whole archives in a string, what readers may see of them as tables, and by the rules of each format."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sitegen import archivedb, datafiles, exporting
from sitegen.build import verify
from sitegen.cache import open_cache
from sitegen.content.figures import bounds
from sitegen.exporting import export, names
from sitegen.exports.annotations import BESIDE
from sitegen.model.opendata import Laid
from sitegen.model.problem import Fault
from sitegen.opendata.files import NAMES
from sitegen.opendata.schemas import column_of
from sitegen.opendata.tables import TABLES
from sitegen.opendata.types import About, File
from sitegen.output import Output
from sitegen.survey.state import read_state
from sitegen.tree import Stamp
from sitegen.trim import trim
from sitegen.urls import base_path
from sitegen.workers import silent
from tests.conftest import REPOSITORY, WITH_DATA, Archive, asked, command

Make = Callable[[str], Archive]
SITE = f"""{WITH_DATA}-- content/places/lerre.md --
---
name: Lerre
aliases: [Lerra]
kind: town
location: {{lat: 51.5, lon: 12.25}}
precision: settlement
within: ostmark
links: {{wikidata: Q1, geonames: "2"}}
---
-- content/places/ostmark.md --
---
name: Ostmark
kind: region
---
-- content/places/secret.md --
---
name: Hidden Ford
kind: town
draft: true
---
-- content/topics/flood.md --
---
name: the Great Flood
kind: event
---
-- content/sources/board.md --
---
name: The River Board
kind: government
---
-- content/sources/mayor.md --
---
name: The Mayor
kind: person
draft: true
---
-- content/claims/carts.md --
---
title: Carts lost
kind: quantity
measure: {{unit: carts, cumulative: true}}
assessment: {{verdict: open, by: The editors, date: 1911-09-01, why: Nobody has counted.}}
---
-- content/claims/unready.md --
---
title: A claim that is not ready
kind: event
draft: true
---
-- content/articles/one.md --
---
title: Eleven carts are lost
date: 1911-07-03
origin: {{publisher: Lerre Gazette, byline: A. Scribe}}
sources:
- {{source: board, document: {{title: Report 1, url: "https://board.example/1", date: 1911-07}}, quote: The River Board}}
claims:
- {{id: eleven, quote: about 11 carts, source: board, claim: carts, as_of: {{date: 1911-07-02}}, places: lerre, figures: [{{value: 11, unit: carts, hedge: about}}]}}
- {{id: rose, quote: The water rose, source: mayor, claim: unready}}
annotations:
- {{quote: carts, kind: definition, note: "Ox carts, *as* we know.", by: The editors, date: 1911-08-01}}
---
The River Board says that about 11 carts are lost at Lerre, near Hidden Ford.

The water rose. In Lerra the Great Flood is told of.
-- content/articles/two.md --
---
title: Words of somebody else
date: 1911-07-04
display: excerpts
claims:
- {{quote: 12 carts, source: board, claim: carts, figures: [{{value: 12, unit: carts}}]}}
---
In Lerre it is said that 12 carts went.
-- content/articles/three.md --
---
title: Metadata alone
date: 1911-07-05
display: metadata
claims:
- {{quote: 13 carts, source: board, claim: carts, figures: [{{value: 13, unit: carts}}]}}
---
In Lerre it is said that 13 carts went.
-- content/articles/four.md --
---
title: A draft
date: 1911-07-06
draft: true
claims: [{{quote: 14 carts, source: board, claim: carts, figures: [{{value: 14, unit: carts}}]}}]
---
There were 14 carts.
-- content/articles/five.md --
---
title: Not looked at yet
date: 1911-07-07
review: {{state: imported}}
claims: [{{quote: 15 carts, source: board, claim: carts, figures: [{{value: 15, unit: carts}}]}}]
---
At Lerre there were 15 carts.
"""


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "data/archive.db")) as connection:
        return connection.execute(query).fetchall()


def table(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / "data" / name).read_text(encoding="utf-8"), newline="")))


@pytest.fixture
def made(archive: Make) -> Path:
    site = archive(SITE)
    assert not site.build().failed
    return site.output


def test_what_readers_see_is_in_it_and_nothing_else(made: Path) -> None:
    assert rows(made, "SELECT id, display, words IS NULL, text IS NULL FROM articles ORDER BY id") == [
        ("five", "full", 0, 0),
        ("one", "full", 0, 0),
        ("three", "metadata", 1, 1),
        ("two", "excerpts", 1, 1),
    ]
    assert rows(made, "SELECT DISTINCT language FROM articles") == [("en",)], "the archive's, where an article says none"
    assert rows(made, "SELECT words FROM statements ORDER BY words") == [("12 carts",), ("The water rose",), ("about 11 carts",)]
    everything = b"".join(path.read_bytes() for path in (made / "data").iterdir())
    for hidden in (b"14 carts", b"15 carts are", b"A draft", b"not ready", b"unready", b"13 carts", b"secret"):
        assert hidden not in everything, hidden
    assert b"it is said" not in everything, "of what shows only excerpts, the quoted words alone"


def test_words_stand_where_it_says(made: Path) -> None:
    found = rows(
        made,
        """SELECT statements.words, substr(text, start + 1, "end" - start) FROM statements JOIN articles ON articles.id = article
        WHERE start NOT NULL UNION ALL SELECT wording, substr(text, start + 1, "end" - start) FROM place_mentions
        JOIN articles ON articles.id = article WHERE start NOT NULL""",
    )
    assert len(found) == 5
    assert all(words == there for words, there in found)
    assert ("Lerra", "Lerra") in found, "under another of its names"
    assert rows(made, "SELECT article, wording FROM place_mentions WHERE start IS NULL ORDER BY article") == [
        ("three", None),
        ("two", None),
    ]


def test_who_says_something_is_never_left_out(made: Path) -> None:
    """A source without a page is named by its id, as on the page of the article; a claim that is not public is not named at all."""
    assert rows(made, "SELECT id, name, url FROM sources ORDER BY id") == [
        ("board", "The River Board", "https://x.org/sources/board/"),
        ("mayor", None, None),
    ]
    assert rows(made, "SELECT statement, source, role FROM statement_sources WHERE source = 'mayor'") == [("one#rose", "mayor", "said")]
    assert rows(made, "SELECT claim, voice FROM statements WHERE words = 'The water rose'") == [(None, "sources")]


def test_each_reference_leads_somewhere(made: Path) -> None:
    assert rows(made, "PRAGMA foreign_key_check") == []
    assert rows(made, "PRAGMA integrity_check") == [("ok",)]
    assert {name for (name,) in rows(made, "SELECT name FROM sqlite_master WHERE type = 'table'")} >= {one.name for one in TABLES}


def test_words_of_articles_can_be_searched(made: Path) -> None:
    asked = "SELECT id FROM articles_search JOIN articles ON articles.rowid = articles_search.rowid WHERE articles_search MATCH ?"
    with closing(sqlite3.connect(made / "data/archive.db")) as connection:
        assert connection.execute(asked, ['"eleven carts"']).fetchall() == [("one",)]
        assert connection.execute(asked, ["went"]).fetchall() == [], "of excerpts not all words may be shown"


def test_tables_for_spreadsheets(made: Path) -> None:
    first = table(made, "figures.csv")[0]
    told = {"claim": "carts", "value": "11", "hedge": "about", "unit": "carts", "as_of": "1911-07-02", "source_names": "The River Board"}
    assert first.items() >= told.items()
    assert (first["least"], first["most"]) == tuple(f"{one:f}" for one in bounds(Decimal(11), "about") if one is not None)
    assert [row["day"] for row in table(made, "figures.csv")] == ["1911-07-02", "1911-07-04"]
    assert [(row["claim"], row["words"]) for row in table(made, "claims.csv")] == [
        ("carts", "about 11 carts"),
        ("carts", "12 carts"),
        ("", "The water rose"),
    ]


def test_no_cell_is_taken_for_a_formula(archive: Make) -> None:
    site = archive(SITE.replace("title: Carts lost", 'title: "=cmd|1"').replace("publisher: Lerre Gazette", 'publisher: "@Gazette"'))
    site.build()
    row = table(site.output, "claims.csv")[0]
    assert (row["claim_title"], row["publisher"]) == ("'=cmd|1", "'@Gazette")


def test_an_article_is_a_line_with_all_that_belongs_to_it(made: Path) -> None:
    found = [json.loads(line) for line in (made / "data/articles.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [one["id"] for one in found] == ["one", "two", "three", "five"], "by date"
    one = found[0]
    assert one["text"].startswith("Eleven carts are lost\nThe River Board says")
    assert one["places"] == ["lerre"]
    assert one["topics"] == ["flood"]
    assert one["citations"] == [
        {"source": "board", "words": "The River Board", "title": "Report 1", "date": "1911-07", "document": "https://board.example/1"}
    ]
    assert one["statements"][0]["figures"][0]["value"] == 11
    assert one["statements"][0]["sources"] == [{"source": "board", "role": "said"}]
    assert "text" not in found[2]
    assert found[2]["statements"] == []


def test_places_are_linked(made: Path) -> None:
    lerre, ostmark = json.loads((made / "data/places.geojson").read_text(encoding="utf-8"))["features"]
    assert lerre["geometry"] == {"type": "Point", "coordinates": [12.25, 51.5]}
    assert [name["toponym"] for name in lerre["names"]] == ["Lerre", "Lerra"]
    assert lerre["links"][0] == {"type": "closeMatch", "identifier": "http://www.wikidata.org/entity/Q1"}
    assert lerre["relations"] == [
        {"relationType": "gvp:broaderPartitive", "relationTo": "https://x.org/places/ostmark/", "label": "Ostmark"}
    ]
    assert ostmark["geometry"] is None
    assert "relations" not in ostmark


def test_annotations_are_tied_to_their_words(made: Path) -> None:
    whole = json.loads((made / "data/annotations.jsonld").read_text(encoding="utf-8"))
    items = whole["first"]["items"]
    assert whole["total"] == len(items)
    one = next(item for item in items if item["id"].endswith("one/#eleven"))
    quote, position = one["target"]["selector"]
    assert quote["exact"] == "about 11 carts"
    assert quote["prefix"] == "The River Board says that "[-BESIDE:]
    assert quote["suffix"] == " are lost at Lerre, near Hidden Ford."[:BESIDE]
    assert position["end"] - position["start"] == len("about 11 carts")
    note = next(item for item in items if item["motivation"] == "describing")
    assert note["body"][0]["value"] == "Ox carts, as we know."
    assert note["creator"] == {"name": "The editors"}
    excerpt = next(item for item in items if "two" in item["id"] and item["motivation"] == "classifying")
    assert excerpt["target"]["selector"] == [{"type": "TextQuoteSelector", "exact": "12 carts"}], "and nothing of what stands beside it"


@pytest.fixture(scope="module", params=[pytest.param(".", marks=pytest.mark.soak), "examples/flood"])
def real(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The open data of an archive of this repository."""
    root = tmp_path_factory.mktemp("real") / "archive"
    source = REPOSITORY / request.param
    root.mkdir()
    for name in ("content", "seeds", "themes", "static", "sitegen.yaml"):
        if (source / name).is_dir():
            shutil.copytree(source / name, root / name)
        elif (source / name).exists():
            shutil.copy(source / name, root / name)
    site = Archive(root)
    assert not site.build().failed
    return site.output


def test_each_file_keeps_its_schema(real: Path) -> None:
    folder = real / "data"
    lines = [json.loads(line) for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    schema = json.loads((folder / "articles.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for line in lines:
        jsonschema.Draft202012Validator(schema).validate(line)
    for name in ("places.geojson", "annotations.jsonld"):
        schema = json.loads((folder / f"{name.partition('.')[0]}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(json.loads((folder / name).read_text(encoding="utf-8")))
    for name in ("claims.csv", "figures.csv"):
        told = json.loads((folder / f"{name}-metadata.json").read_text(encoding="utf-8"))["tableSchema"]["columns"]
        assert [one["name"] for one in told] == list(table(real, name)[0])
        numbers = [one["name"] for one in told if one["datatype"] in ("number", "integer")]
        assert all(re.fullmatch(r"(-?\d+(\.\d+)?)?", row[column]) for row in table(real, name) for column in numbers)


def test_a_schema_can_refuse(real: Path) -> None:
    schema = json.loads((real / "data/articles.schema.json").read_text(encoding="utf-8"))
    line = json.loads((real / "data/articles.jsonl").read_text(encoding="utf-8").splitlines()[0])
    for wrong in ({**line, "more": 1}, {key: value for key, value in line.items() if key != "title"}, {**line, "first": 1}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(schema).validate(wrong)


def test_the_catalogue_tells_every_file_as_it_is(real: Path) -> None:
    catalogue = json.loads((real / "data/catalog.jsonld").read_text(encoding="utf-8"))
    (dataset,) = catalogue["dcat:dataset"]
    told = {one["dcterms:title"]: one["dcat:byteSize"] for one in dataset["dcat:distribution"]}
    assert told == {name: (real / "data" / name).stat().st_size for name in NAMES if name != "catalog.jsonld"}
    counts = {one["schema:name"]: one["schema:value"] for one in dataset["schema:variableMeasured"]}
    assert counts == {one.name: rows(real, f"SELECT count(*) FROM {one.name}")[0][0] for one in TABLES}


def test_the_questions_for_datasette_can_be_asked(real: Path) -> None:
    told = json.loads((real / "data/archive.metadata.json").read_text(encoding="utf-8"))["databases"]["archive"]
    with closing(sqlite3.connect(real / "data/archive.db")) as connection:
        for name, query in told["queries"].items():
            given = {"words": "carts OR troops", "claim": rows(real, "SELECT id FROM claims ORDER BY id")[0][0]}
            connection.execute(query["sql"], {key: value for key, value in given.items() if f":{key}" in query["sql"]}).fetchall()
            assert query["title"], name
        for table_name, one in told["tables"].items():
            columns = {column[1] for column in connection.execute(f"PRAGMA table_info({table_name})")}
            assert {*one["facets"], *one.get("columns", {})} <= columns, table_name


def test_the_page_explains_every_file_table_and_column(made: Path) -> None:
    html = (made / "data/index.html").read_text(encoding="utf-8")
    for name in NAMES:
        assert f'href="{base_path("https://x.org/")}data/{name}"' in html
    for one in TABLES:
        assert f'id="t-{one.name}"' in html
        for column in one.columns:
            assert f"<code>{column.name}</code>" in html
    assert "ask its owner" in html, "no licence is made up"


def test_it_can_be_turned_off(archive: Make) -> None:
    site = archive(SITE.replace("data: true", "data: false"))
    assert not site.build().failed
    assert not (site.output / "data").exists()


def test_what_nobody_touched_is_not_written_again(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    places = site.output / "data/places.geojson"
    before = places.stat().st_mtime_ns
    assert site.build().written == 0
    site.write("content/articles/one.md", (site.root / "content/articles/one.md").read_text(encoding="utf-8") + "\nMore.\n")
    assert site.build().written
    assert places.stat().st_mtime_ns == before, "its bytes are the same"
    assert b"More." in (site.output / "data/articles.jsonl").read_bytes()
    for name in ("places.geojson", "archive.db"):
        wanted = (site.output / "data" / name).read_bytes()
        (site.output / "data" / name).unlink()
        assert site.build().written == 1
        assert (site.output / "data" / name).read_bytes() == wanted


EDITS = {
    "a body": ("content/articles/one.md", "", "\nMore.\n", {"annotations.jsonld", "articles.jsonl"}),
    "a place's point": ("content/places/lerre.md", "51.5", "51.6", {"places.geojson"}),
    "a title": (
        "content/articles/one.md",
        "title: ",
        "title: Once more ",
        {"annotations.jsonld", "articles.jsonl", "claims.csv", "figures.csv", "references.bib", "references.json"},
    ),
}
"""What is edited, which words are put in the place of which or at the end, and which files are made anew for it besides the database and the catalogue."""


@pytest.mark.parametrize("is_trimmed", [False, True])
@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_makes_the_files_anew_that_have_what_it_changes(
    archive: Make, edit: str, is_trimmed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, old, new, wanted = EDITS[edit]
    site = archive(SITE)
    site.build()
    if is_trimmed:
        trim(site.root, asked())
    made: list[str] = []
    lay = datafiles._laid

    def laid(output: Output, about: About, reading: archivedb.Reading, file: File) -> tuple[Laid, Stamp | None]:
        made.append(file.name)
        return lay(output, about, reading, file)

    monkeypatch.setattr(datafiles, "_laid", laid)
    before = (site.root / path).read_text(encoding="utf-8")
    site.write(path, before.replace(old, new) if old else before + new)
    assert not site.build().failed
    assert {name for name in made if not name.endswith("metadata.json")} == wanted
    assert verify(site.root, site.output, asked()) == []


def test_after_a_build_a_file_is_given_without_a_survey(archive: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    site = archive(SITE)
    site.build()
    monkeypatch.setattr(exporting, "survey_of", None)
    for name in ("claims.csv", "archive.db"):
        export(site.root, name, tmp_path / name, asked())
        assert (tmp_path / name).read_bytes() == (site.output / "data" / name).read_bytes()
    monkeypatch.undo()
    site.write("content/places/lerre.md", (site.root / "content/places/lerre.md").read_text(encoding="utf-8").replace("51.5", "51.6"))
    export(site.root, "places.geojson", tmp_path / "places.geojson", asked())
    assert b"51.6" in (tmp_path / "places.geojson").read_bytes()


def test_a_damaged_store_is_dropped_while_a_file_is_given(archive: Make, tmp_path: Path) -> None:
    site = archive(SITE)
    site.build()
    wanted = (site.output / "data/claims.csv").read_bytes()
    with open_cache(site.root) as cache:
        of = exporting._gathered(read_state(site.root, cache), cache, asked(), silent)
    with closing(sqlite3.connect(site.root / ".sitegen/cache.db")) as store:
        for part in of.parts:
            store.execute("DELETE FROM fact WHERE key = ?", (part,))
        assert store.total_changes == len(set(of.parts))
        store.commit()
    export(site.root, "claims.csv", tmp_path / "claims.csv", asked())
    assert (tmp_path / "claims.csv").read_bytes() == wanted


def test_a_file_can_be_made_from_the_tables_that_it_names_alone(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    with archivedb.reading(site.output / "data/archive.db") as reading:
        reading.only({"articles", "place_names"})
        assert reading.count("SELECT count(*) FROM articles") > 0
        for query in ("SELECT * FROM places", "SELECT text FROM articles", "SELECT words FROM statements_in_words"):
            with pytest.raises(archivedb.Error):
                list(reading.rows(query))


def test_a_link_may_lead_to_a_file_and_no_page_may_take_its_place(archive: Make) -> None:
    about = "-- content/pages/about.md --\n---\ntitle: About\n---\n[The figures](/data/figures.csv), [nothing](/data/none.csv)\n"
    site = archive(SITE + about)
    assert [(one.code, "none.csv" in one.message) for one in site.build().problems if one.severity == "error"] == [("broken-link", True)]
    site = archive(f"{WITH_DATA}-- content/pages/about.md --\n---\ntitle: About\n---\n-- static/data/claims.csv --\nmine\n")
    assert [one.code for one in site.build().problems if one.severity == "error"] == ["address-taken"]


# sitegen export


def test_a_file_is_given_without_a_build(archive: Make, tmp_path: Path) -> None:
    site = archive(SITE)
    site.build()
    for name in ("claims.csv", "archive.db", "catalog.jsonld"):
        size = export(site.root, name, tmp_path / name, asked())
        assert (tmp_path / name).read_bytes() == (site.output / "data" / name).read_bytes()
        assert size == (tmp_path / name).stat().st_size


def test_what_there_is_is_listed_and_what_there_is_not_is_told(archive: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = archive(SITE)
    told = command(site, "export")
    assert [line.split()[0] for line in told.stdout.splitlines()] == list(names())
    wrong = command(site, "export", "claims.xls")
    assert wrong.exit_code == 2
    assert "lists what there is" in wrong.output
    monkeypatch.setattr("sitegen.exporting.find_spec", lambda _: None)
    with pytest.raises(Fault, match="pip install 'pyarrow"):
        export(site.root, "figures.parquet", tmp_path / "figures.parquet", asked())
    assert list(tmp_path.glob("*.parquet")) == []


def test_where_it_cannot_be_exported_one_line_says_so(archive: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = archive(SITE)
    told = command(site, "export", "claims.csv", "--out", str(tmp_path / "nowhere/claims.csv"))
    assert told.exit_code == 2
    assert re.search(r"there is no folder \S+nowhere: make it first, or name another file with `--out`", told.output)
    assert not (tmp_path / "nowhere").exists()

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("sitegen.archivedb.write", full)
    told = command(site, "export", "claims.csv", "--out", str(tmp_path / "claims.csv"))
    assert (told.exit_code, list(tmp_path.glob("*claims*"))) == (4, [])


def test_an_archive_with_errors_gives_nothing(archive: Make, tmp_path: Path) -> None:
    site = archive(SITE.replace("quote: The water rose", "quote: The water fell"))
    with pytest.raises(Fault, match="has errors"):
        export(site.root, "claims.csv", tmp_path / "claims.csv", asked())
    assert not (tmp_path / "claims.csv").exists()


def test_where_it_cannot_be_written_the_old_site_stays(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    site = archive(SITE)
    site.build()
    before = site.bytes_of_output()
    site.write("content/articles/one.md", (site.root / "content/articles/one.md").read_text(encoding="utf-8") + "\nMore.\n")

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("sitegen.archivedb.write", full)
    with pytest.raises(Fault, match=r"database or disk is full.*the earlier output is untouched"):
        site.build()
    assert site.bytes_of_output() == before


def test_every_column_is_explained(real: Path) -> None:
    for name in ("claims.csv", "figures.csv"):
        for column in table(real, name)[0]:
            assert len(column_of(column)[1]) > 5


def many(archive: Make) -> Archive:
    """Articles for several boxes, with rows for many pages of a database."""
    site = archive(f"{WITH_DATA}-- content/places/lerre.md --\n---\nname: Lerre\nkind: town\n---\n")
    for number in range(60):
        quotes = [f"the mill of Lerre lost {number * 40 + item} sacks" for item in range(20)]
        claims = "".join(f"  - {{quote: {json.dumps(quote)}, source: article}}\n" for quote in quotes)
        words = "".join(f"On that day {quote} to the rain.\n\n" for quote in quotes)
        site.write(f"content/articles/day-{number:02d}.md", f"---\ntitle: Day {number}\ndate: 1911-05-01\n---\n{words}")
        site.write(f"content/articles/day-{number:02d}.notes.yaml", f"claims:\n{claims}")
    return site


def test_the_bytes_of_the_database_are_the_same_after_an_edit_as_from_nothing(archive: Make) -> None:
    """Rows of articles that were not edited are read, those of the edited one are made: their tables stood in another order in each."""
    site = many(archive)
    assert not site.build().failed
    site.write("content/articles/day-59.md", (site.root / "content/articles/day-59.md").read_text(encoding="utf-8") + "\nIt rained on.\n")
    site.build()
    edited = site.bytes_of_output()
    shutil.rmtree(site.root / ".sitegen")
    shutil.rmtree(site.output)
    site.build()
    assert site.bytes_of_output() == edited
