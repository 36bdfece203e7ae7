"""Annotations that go out and come in. The files below `golden/annotations` are fiction, in the form in which each program writes them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitegen.content.cutting import root_of, said
from tests.conftest import Archive, command

Make = Callable[[str], Archive]
GOLDEN = Path(__file__).parent / "golden" / "annotations"
NOTES = "content/articles/flood.notes.yaml"

SITE = """-- content/articles/flood.md --
---
title: The Werra rises
date: 1924-06-09
redirect_from: [articles/old-flood]
origin: {url: "https://gazette.example/1924/flood"}
review: {state: checked}
images: [{id: cow, caption: "A cow was seen"}]
---
The Werra rose, the board said: nearly 520 houses stand in water 🌊. It took the old bridge on Saturday.

Nobody saw the old bridge go. A cow was seen on a roof, over the Wera’s banks.

![](image:cow)
-- content/places/werra.md --
---
name: Werra
kind: river
---
"""


@pytest.fixture
def site(archive: Make) -> Archive:
    return archive(SITE)


def taken(site: Archive, *arguments: str) -> tuple[int, list[str], list[dict[str, Any]]]:
    """What an import says: its exit code, its lines, and the notes that the article then has."""
    result = command(site, "annotations", "import", *arguments)
    path = site.root / NOTES
    return result.exit_code, result.output.splitlines(), entries(path.read_text(encoding="utf-8")) if path.exists() else []


def entries(text: str) -> list[dict[str, Any]]:
    root = root_of(NOTES, text)
    assert root is not None
    whole: Any = said(root)
    found: list[dict[str, Any]] = whole["annotations"]
    return found


def golden(name: str) -> str:
    return str(GOLDEN / name)


def file(site: Archive, content: object) -> str:
    """A file beside the archive."""
    path = site.root.parent / "in.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


def w3c(exact: str, prefix: str = "", suffix: str = "", at: tuple[int, int] | None = None, **more: Any) -> dict[str, Any]:
    selector: list[dict[str, Any]] = [{"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}]
    selector += [{"type": "TextPositionSelector", "start": at[0], "end": at[1]}] if at else []
    body = {"type": "TextualBody", "value": "A remark."}
    return {"type": "Annotation", "body": body, "target": {"source": "https://x.org/articles/flood/", "selector": selector}, **more}


def without(entry: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in ("id", "extra", "todo", *keys)}


# the forms of other programs


def test_hypothesis(site: Archive) -> None:
    code, lines, notes = taken(site, golden("hypothesis.json"))
    assert code == 1
    assert [line.partition(" is not taken: ")[2] for line in lines[:2]] == [
        "it answers another annotation, and quotes nothing itself",
        "it says nothing: words are marked, and there is neither a comment nor a tag; write a note by hand",
    ]
    assert lines[2:] == [f"{NOTES}: 2 proposals", "1 file changed; `git diff` shows how."]
    first, second = notes
    assert without(first) == {
        "quote": "the old bridge",
        "prefix": "took",
        "kind": "question",
        "note": r"Which bridge? See \*\*the map\*\* \& \<b\>ask\</b\> \[the board\](https://board.example/).",
        "by": "Reader One",
        "date": "2024-03-05",
        "review": {"state": "imported"},
    }
    assert first["extra"] == {"annotation": "fic-AAAAAAAAAAAAAAAA01", "source": "https://x.org/articles/flood/", "tags": ["bridges"]}
    assert first["todo"] == "came from Hypothesis, hypothesis.json: judge it, then take out `review` and `todo`"
    assert without(second) == {
        "quote": "nearly 520 houses",
        "kind": "context",
        "note": "Nearly is the paper's word.",
        "by": "reader_two",
        "date": "2024-03-06",
        "review": {"state": "imported"},
    }
    assert "; was not public there:" in second["todo"]


def test_the_export_of_hypothesis_client_and_the_address_of_first_publication(site: Archive) -> None:
    code, _, (note,) = taken(site, golden("hypothesis-client.json"))
    assert (code, without(note, "review", "by", "date")) == (0, {"quote": "Wera’s", "kind": "sic", "note": "A slip?"})


def test_recogito_js(site: Archive) -> None:
    code, lines, (first, second) = taken(site, golden("recogito-js.json"), "--article", "flood")
    assert code == 1  # of the relation
    assert "annotation 2 (#fic-r2) is not taken: it quotes no words" in lines[0]
    assert without(first, "review") == {"quote": "the old bridge", "prefix": "saw", "kind": "definition", "note": "Built in 1788."}
    assert "its words stand 2 times here, and a position chose these" in first["todo"]
    assert without(second, "review") == {"quote": "A cow", "kind": "context", "note": "Whose?"}


def test_recogito_text_annotator(site: Archive) -> None:
    code, _, notes = taken(site, golden("recogito.json"), "--article", "content/articles/flood.md")
    assert code == 0
    assert [without(note, "review") for note in notes] == [
        {"quote": "A cow was seen on a roof", "kind": "unattributed", "note": "Seen by whom?", "date": "2024-01-05"},
        {"quote": "in water 🌊", "kind": "context", "note": "Two stretches."},
        {"quote": "on Saturday", "kind": "context", "note": "Two stretches."},
    ]
    assert [note["extra"]["annotation"] for note in notes[1:]] == ["fic-0002-4d21", "fic-0002-4d21 (2)"]


def test_tei_publisher(site: Archive) -> None:
    code, lines, notes = taken(site, golden("tei-publisher.json"), "--article", "flood")
    assert code == 1
    assert [without(note, "review") for note in notes] == [
        {"quote": "the board", "kind": "context", "note": "organization: ref: fic-org-12"},
        {"quote": "520 houses", "kind": "context", "note": "abbreviation: expan: five hundred and twenty houses"},
    ]
    assert "it is a change of the TEI document (delete), and quotes no words" in lines[0]
    assert "it quotes no words" in lines[1]


def test_w3c(site: Archive) -> None:
    code, lines, notes = taken(site, golden("w3c.json"))
    assert code == 1
    assert [without(note, "review") for note in notes] == [
        {
            "quote": "the board said",
            "kind": "context",
            "note": "The board’s own figure. Kept in its book.",
            "by": "Fictional Scholar",
            "date": "2023-05-01",
        },
        {"quote": "Wera’s", "kind": "sic", "read": "Werra’s"},
        {"quote": "The Werra rises", "in": "title", "kind": "context", "note": "A headline."},
    ]
    assert "the nearest passage is “nearly 520 houses”" in lines[0]
    assert "https://other.example/a is the address of no article here; name the article: --article ID" in lines[1]
    assert "the file only names it: https://notes.example/6" in lines[2]


def test_what_comes_twice_is_there_once(site: Archive) -> None:
    names = [golden(path.name) for path in sorted(GOLDEN.iterdir())]
    first = taken(site, *names, "--article", "flood")
    text = (site.root / NOTES).read_text(encoding="utf-8")
    code, lines, notes = taken(site, *reversed(names), "--article", "flood")
    assert (code, lines[-2:]) == (1, [f"{len(first[2])} are there already.", "Nothing is to be changed."])
    assert (site.root / NOTES).read_text(encoding="utf-8") == text
    assert len(notes) == len(first[2]) > 10
    assert site.build().problems == ()


# what readers see


def test_what_came_in_is_public_only_when_an_editor_has_judged_it(site: Archive) -> None:
    site.build()
    before = site.bytes_of_output()
    taken(site, golden("w3c.json"))
    report = site.build()
    assert (report.problems, report.awaiting) == ((), ("content/articles/flood.md",))
    assert site.bytes_of_output() == before
    text = (site.root / NOTES).read_text(encoding="utf-8")
    site.write(NOTES, text.replace("    review: {state: imported}\n", "", 1))
    site.build()
    assert "Kept in its book." in site.html("articles/flood")
    assert "A headline." not in site.html("articles/flood")


HOSTILE = [
    "<img src=x onerror=alert(1)> [a](javascript:alert(1)) [[place:werra]] ![](image:cow) `code`",
    "a\u0000b\u0007 \ud83d c\u202e",
    '- x\n\n---\n\nreview: {state: checked}\n# y: "z" \'',
    "&lt;script&gt; {{ page }} {% raw %} <!-- --> | a | b |",
    "*" * 500 + "[" * 500 + "<" * 500,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_strangers_write_is_words_and_nothing_else(text: str, site: Archive) -> None:
    html = {"type": "TextualBody", "format": "text/html", "value": f"<p>{text}</p>"}
    given = [w3c("A cow", "go. ", id="1", body={"type": "TextualBody", "value": text}), w3c("roof", id="2", body=html, creator=text)]
    code, lines, notes = taken(site, file(site, given))
    assert (code, len(notes)) == (0, 2), lines
    assert all(note["review"] == {"state": "imported"} for note in notes)
    site.write(NOTES, (site.root / NOTES).read_text(encoding="utf-8").replace("{state: imported}", "{state: checked}"))
    assert site.build().problems == ()
    page = site.html("articles/flood")
    assert "<img src=x" not in page
    assert "javascript:" not in page.replace("(javascript:alert(1))", "")
    assert "<script>alert" not in page


# places


@pytest.mark.parametrize(
    ("annotation", "selector"),
    [
        (w3c("the old bridge", "It took "), {"quote": "the old bridge", "prefix": "took"}),
        (w3c("the old bridge", "Saturday.\n\n  Nobody saw "), {"quote": "the old bridge", "prefix": "saw"}),
        (w3c("the old bridge", "", " go."), {"quote": "the old bridge", "prefix": "saw"}),
        (w3c("the old bridge", "", " on Saturday. ¹ Nobody"), {"quote": "the old bridge", "prefix": "took"}),
        (w3c("the old bridge", at=(93, 107)), {"quote": "the old bridge", "prefix": "took"}),  # in code points
        (w3c("the old bridge", at=(94, 108)), {"quote": "the old bridge", "prefix": "took"}),  # in UTF-16
        (w3c("A cow was seen", "", " on"), {"quote": "A cow was seen"}),
        (w3c("A cow was seen", "banks.", ""), {"quote": "A cow was seen", "in": "cow"}),
        (w3c("The\n\u00a0 Werra", "", " rises"), {"quote": "The Werra", "in": "title"}),
    ],
)
def test_where_words_stand_is_told_as_shortly_as_can_be(annotation: dict[str, Any], selector: dict[str, str], site: Archive) -> None:
    code, lines, notes = taken(site, file(site, annotation))
    assert (code, [without(note, "kind", "note", "review") for note in notes]) == (0, [selector]), lines


def test_words_that_several_words_beside_them_do_not_tell_apart_are_counted(archive: Make) -> None:
    row = "so it went and so it goes and on and on it went again "
    site = archive(f"-- content/articles/flood.md --\n---\ntitle: A\ndate: null\n---\n{row * 4}\n")
    at = len("A\n") + 2 * len(row) + row.index("goes")
    code, lines, notes = taken(site, file(site, w3c("goes", at=(at, at + 4))))
    assert (code, [without(note, "kind", "note", "review") for note in notes]) == (0, [{"quote": "goes", "nth": "3"}]), lines


def test_a_position_is_read_beside_one_that_is_certain(site: Archive) -> None:
    """Browsers count from the beginning of the page: what is certain tells by how much it is off."""
    given = [
        w3c("the old bridge", at=(1135, 1149), id="1"),
        w3c("nearly 520 houses", at=(1036, 1053), id="2"),
        w3c("roof", at=(1180, 1184), id="3"),
    ]
    code, _, notes = taken(site, file(site, given))
    assert (code, notes[0]["prefix"]) == (0, "saw")


@pytest.mark.parametrize(
    ("annotation", "why"),
    [
        (w3c("the old bridge"), "its words stand 2 times, and neither what stands beside them nor a position tells which are meant"),
        (w3c("ridge"), "“ridge” cuts a word or a number of the text; the text has “bridge”"),
        (w3c("the Bridge"), "does not stand in the text"),
        (w3c("on Saturday. Nobody saw"), "does not stand in the text; the nearest passage is"),
        (w3c("x" * 100_001), "it is longer than 100,000 characters"),
        (w3c("cow", body=[{"type": "TextualBody", "value": "y" * 100_001}]), "it is longer than 100,000 characters"),
        ({"type": "Annotation", "target": "https://x.org/articles/flood/", "bodyValue": "Fine."}, "it quotes no words"),
    ],
)
def test_what_is_not_taken_is_told_with_the_reason(annotation: dict[str, Any], why: str, site: Archive) -> None:
    code, lines, notes = taken(site, file(site, [annotation, w3c("roof")]))
    assert (code, len(notes)) == (1, 1)
    assert why in lines[0]


# files


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "in.json: it is no JSON: Expecting property name"),
        ("", "in.json: it is no JSON"),
        ('["a"]', "in.json: it holds no annotation"),
        ('{"a": 1}', "in.json: it holds no annotation"),
        ("3", "in.json: it holds no annotation"),
        ("[" * 2_000 + "]" * 2_000, "nested"),
        ("[" * 200_000, "in.json: it is"),
        ('{"type": "AnnotationCollection", "first": "https://notes.example/1"}', "in.json: it holds no annotation"),
        ("9" * 5_000, "in.json: it is no JSON"),
    ],
)
def test_a_file_without_annotations_is_refused(content: str, why: str, site: Archive) -> None:
    result = command(site, "annotations", "import", file(site, content))
    assert result.exit_code == 4
    assert why in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "odd",
    [
        [{"target": 3}, {"bodies": 3, "target": []}, {"target": [None, {"selector": [[1]]}], "body": [[], None, 3]}, None, "x", 4, [[{}]]],
        [{"target": {"source": ["a"], "selector": {"type": [3], "exact": {}}}, "motivation": [{}], "creator": [[]], "created": 3}],
        [{"context": "1", "type": "x", "properties": [1], "text": "roof"}, {"uri": 3, "target": {"selector": 2}, "tags": "a", "user": 3}],
        [{"target": {}, "sitegen:kind": "claim", "sitegen:entry": {"quote": ["roof"], "claim": {}}}],
        [{"target": {"source": "http://[x"}, "sitegen:kind": ["claim"], "sitegen:entry": 3}],
    ],
)
def test_whatever_stands_in_a_file_is_borne(odd: list[Any], site: Archive) -> None:
    result = command(site, "annotations", "import", file(site, [*odd, w3c("roof")]), "--article", "flood")
    assert result.exit_code in (0, 1), result.output
    assert f"{NOTES}: " in result.output


@pytest.mark.parametrize(
    "content", ["[]", '{"rows": [], "total": 0}', '{"type": "AnnotationCollection", "total": 0, "first": {"items": []}}']
)
def test_a_file_may_be_empty(content: str, site: Archive) -> None:
    assert taken(site, file(site, content)) == (0, ["Nothing is to be changed."], [])


def test_an_unknown_article_is_told(site: Archive) -> None:
    for arguments in (("import", golden("recogito.json"), "--article", "floods"), ("export", "floods")):
        result = command(site, "annotations", *arguments)
        assert result.exit_code == 4
        assert "there is no article 'floods'" in result.output


def test_an_address_says_more_than_what_was_named(archive: Make) -> None:
    other = SITE.split("-- content/places", maxsplit=1)[0].replace("articles/flood.md", "articles/b.md")
    site = archive(SITE + other.replace("redirect_from: [articles/old-flood]\n", ""))
    local = w3c("roof", id="1")
    local["target"]["source"] = "http://127.0.0.1:8000/articles/b/"
    result = command(site, "annotations", "import", file(site, [local, w3c("roof", id="2")]), "--article", "b")
    assert "content/articles/b.notes.yaml: 1 proposal\ncontent/articles/flood.notes.yaml: 1 proposal\n" in result.output


# what is there stays


WRITTEN = """# the editors' notes
claims: []   # none yet
annotations:

- quote: 'A cow'   # which?
  nth: 1
  kind: question
  note: |
    Whose?

places: {ignore: [Wera]}
# the end"""


def test_what_is_written_stays_sign_for_sign(site: Archive) -> None:
    site.write(NOTES, WRITTEN.replace("\n", "\r\n"))
    code, _, notes = taken(site, file(site, w3c("roof", id="1")))
    after = (site.root / NOTES).read_bytes().decode()
    added = [line for line in after.split("\r\n") if line not in WRITTEN.split("\n")]
    assert (code, len(notes)) == (0, 2)
    assert [line for line in after.split("\r\n") if line not in added or not line] == WRITTEN.split("\n")
    assert added[0].startswith("- id: n-")


@pytest.mark.parametrize(
    "written", ["annotations:\n", "annotations: null # none\n", "annotations: [] # none\n", "{}\n", "# nothing\n", "{claims: []}", ""]
)
def test_a_list_is_made_where_there_is_none(written: str, site: Archive) -> None:
    site.write(NOTES, written)
    code, lines, notes = taken(site, file(site, w3c("roof", id="1")))
    assert (code, len(notes)) == (0, 1), lines
    assert site.build().problems == ()


def test_notes_in_the_front_matter_stay_there(site: Archive) -> None:
    path = site.root / "content/articles/flood.md"
    text = path.read_text(encoding="utf-8").replace("review:", "annotations: [{quote: cow, kind: sic, read: goat, nth: 1}]\nreview:")
    path.write_text(text, encoding="utf-8")
    assert command(site, "annotations", "import", file(site, w3c("roof", id="1"))).exit_code == 0
    assert not (site.root / NOTES).exists()
    assert "nth: 1}, {id: n-" in path.read_text(encoding="utf-8")
    assert site.build().problems == ()


def test_a_dry_run_writes_nothing(site: Archive) -> None:
    result = command(site, "annotations", "import", golden("w3c.json"), "--dry-run")
    assert result.exit_code == 1
    assert '    quote: "the board said"\n' in result.stdout
    assert "1 file would change." in result.stdout
    assert not (site.root / NOTES).exists()


def test_an_archive_with_errors_takes_nothing(site: Archive) -> None:
    site.write(NOTES, "annotations: [{quote: nowhere, kind: sic, read: x}]\n")
    result = command(site, "annotations", "import", golden("w3c.json"))
    assert result.exit_code == 1
    assert "the archive has errors" in result.output
