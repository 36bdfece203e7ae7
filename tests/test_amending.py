"""Metadata are made to say something else, and nothing beside it changes: pairs of files, and properties over the files of two archives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.amending import Add, Put, Step, Take, amended
from sitegen.content.cutting import comments_of, root_of, said
from sitegen.model import records
from sitegen.model.base import Record
from sitegen.model.kinds import KINDS
from sitegen.model.problem import Fault
from tests.conftest import REPOSITORY

NOTES = """# the apparatus
claims:
  # the opening
  - {id: c-1, quote: "a bridge, fell", source: article, todo: "sure: a verb"} # first
  - id: c-2
    quote: "27 houses"   # as printed
    figures: [{value: 27, unit: "houses"}]

annotations: []
"""
PLACE = """---
name: Ostheim
kind: town
location: {lat: 50.1, lon: 9.2}
todo: "likely: a name"
---
A town.
"""
CASES: dict[str, tuple[str, type[Record], list[Step], str]] = {
    "a proposal is kept": (NOTES, records.Notes, [Take(("claims", 0, "todo"))], NOTES.replace(', todo: "sure: a verb"', "")),
    "another source, quoted as it is": (
        NOTES,
        records.Notes,
        [Put(("claims", 0, "source"), "river-board"), Put(("claims", 0, "quote"), "a bridge")],
        NOTES.replace("source: article", "source: river-board").replace('"a bridge, fell"', '"a bridge"'),
    ),
    "a key in a line": (
        NOTES,
        records.Notes,
        [Put(("claims", 0, "claim"), "bridges"), Put(("claims", 0, "places"), ["ostheim", "hallen"])],
        NOTES.replace("source: article,", "source: article, claim: bridges, places: [ostheim, hallen],"),
    ),
    "a key of its own line, in its order, below a comment": (
        NOTES,
        records.Notes,
        [Put(("claims", 1, "source"), "article"), Put(("claims", 1, "prefix"), "some")],
        NOTES.replace("# as printed\n", '# as printed\n    prefix: "some"\n    source: article\n'),
    ),
    "a key before all others": (
        NOTES.replace("  - id: c-2\n    quote", "  - quote"),
        records.Notes,
        [Put(("claims", 1, "id"), "c-2")],
        NOTES,
    ),
    "a figure is mended where it stands": (
        NOTES,
        records.Notes,
        [Put(("claims", 1, "figures"), [{"value": "26", "unit": "houses", "hedge": "about"}])],
        NOTES.replace('{value: 27, unit: "houses"}', '{value: 26, unit: "houses", hedge: about}'),
    ),
    "a second figure": (
        NOTES,
        records.Notes,
        [Put(("claims", 1, "figures"), [{"value": "27", "unit": "houses"}, {"value": "3"}])],
        NOTES.replace('"houses"}]', '"houses"}, {value: 3}]'),
    ),
    "a key that says something else altogether": (
        NOTES,
        records.Notes,
        [Put(("claims", 1, "figures"), [])],
        NOTES.replace('[{value: 27, unit: "houses"}]', "[]"),
    ),
    "an entry more, as its neighbours are": (
        'claims:\n- {quote: "a"}\n- {quote: "b"}\n',
        records.Notes,
        [Add(("claims",), {"quote": "c", "source": "article"}, 1)],
        'claims:\n- {quote: "a"}\n- {quote: "c", source: article}\n- {quote: "b"}\n',
    ),
    "an entry between others, key by key": (
        'claims:\n  - quote: "a"\n    source: article\n\n  # the end\n  - quote: "b"\n    source: article\n',
        records.Notes,
        [Add(("claims",), {"quote": "c", "id": "c-3", "as_of": {"date": "2022-05", "quote": "in May"}}, 1)],
        (
            'claims:\n  - quote: "a"\n    source: article\n  - id: c-3\n    quote: "c"\n    as_of: {date: 2022-05, quote: "in May"}\n\n'
            '  # the end\n  - quote: "b"\n    source: article\n'
        ),
    ),
    "a list that is empty": (
        NOTES,
        records.Notes,
        [Add(("annotations",), {"quote": "fell", "kind": "sic", "read": "fall"})],
        NOTES.replace("annotations: []", 'annotations:\n  - {quote: "fell", kind: sic, read: "fall"}'),
    ),
    "a list that is not there": (
        NOTES.replace("\nannotations: []\n", ""),
        records.Notes,
        [Add(("annotations",), {"quote": "fell", "kind": "context", "note": "It was of wood, says the board in its book of the year 1924.", "by": "A. B."})],
        NOTES.replace(
            "\nannotations: []\n",
            'annotations:\n  - quote: "fell"\n    kind: context\n    note: "It was of wood, says the board in its book of the year 1924."\n    by: "A. B."\n',
        ),
    ),
    "the first notes of an article": (
        "",
        records.Notes,
        [Add(("claims",), {"quote": "a", "source": "article"})],
        'claims:\n  - {quote: "a", source: article}\n',
    ),
    "what is within what is not there": (
        NOTES,
        records.Notes,
        [Put(("places", "ignore"), ["Kyiv Post"])],
        NOTES + "places: {ignore: [Kyiv Post]}\n",
    ),
    "a place gets a point, and is checked": (
        PLACE.replace("location: {lat: 50.1, lon: 9.2}\n", ""),
        records.Place,
        [Put(("location",), {"lat": "50.1", "lon": "9.2"}), Take(("todo",)), Put(("review",), {"state": "checked", "by": "A. B.", "date": "2024-01-01"})],
        PLACE.replace('todo: "likely: a name"\n', 'review: {state: checked, by: "A. B.", date: 2024-01-01}\n'),
    ),
    "with the line ends of Windows": (
        'a: 1\r\nclaims:\r\n  - quote: "a"\r\n'.removeprefix("a: 1\r\n"),
        records.Notes,
        [Put(("claims", 0, "source"), "article"), Add(("annotations",), {"quote": "a", "kind": "sic", "read": "b"})],
        'claims:\r\n  - quote: "a"\r\n    source: article\r\nannotations:\r\n  - {quote: "a", kind: sic, read: "b"}\r\n',
    ),
    "one is taken, one is put before it": (
        'claims:\n  - {quote: "a"}\n  - {quote: "b"}\n',
        records.Notes,
        [Take(("claims", 1)), Add(("claims",), {"quote": "c"}, 0)],
        'claims:\n  - {quote: "c"}\n  - {quote: "a"}\n',
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_written_is_what_a_person_would_write(case: tuple[str, type[Record], list[Step], str]) -> None:
    text, record, steps, expected = case
    path = "content/places/a.md" if text.startswith("---") else "content/articles/a.notes.yaml"
    assert amended(path, text, record, steps) == expected


@pytest.mark.parametrize(
    "steps",
    [[Take(("claims", 7))], [Put(("claims", 0, "quote", "x"), "a")], [Add(("claims", 0, "quote"), "x")], [Put((0,), "x")]],
    ids=str,
)
def test_what_cannot_be_done_is_refused(steps: list[Step]) -> None:
    with pytest.raises(Fault):
        amended("a.notes.yaml", NOTES, records.Notes, steps)


FILES = [
    (path, records.Notes if path.name.endswith(".notes.yaml") else KINDS[path.relative_to(base).parts[0]].record)
    for base in (REPOSITORY / "content", REPOSITORY / "examples/flood/content")
    for path in sorted([*base.rglob("*.md"), *base.rglob("*.notes.yaml")])
]
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn"), exclude_characters="\u2028\u2029\ufeff"),
    min_size=1,
    max_size=30,
)


@given(st.data())
def test_any_text_may_be_put_anywhere(data: st.DataObject) -> None:
    """Into the files of this repository: what is read again is what was meant, and no comment is lost."""
    file, record = data.draw(st.sampled_from(FILES))
    text = file.read_text(encoding="utf-8")
    path = file.as_posix()
    before = root_of(path, text)
    assert before is not None
    at = data.draw(st.sampled_from(addresses(said(before))))
    value = data.draw(TEXTS)
    steps: list[Put | Add] = [
        Put((*at, "note"), value),
        Put((*at, "figures"), [{"unit": value}]),
        Add((*at, "places"), value),
        Put((*at, "as_of"), {"quote": value}),
    ]
    step = data.draw(st.sampled_from(steps))
    if isinstance(dig(said(before), step.at), str) and isinstance(step, Add):
        return
    after = amended(path, text, record, [step])
    again = root_of(path, after)
    assert again is not None
    found = dig(said(again), step.at)
    assert found == step.value or (isinstance(found, list) and found[-1] == step.value)
    assert comments_of(path, after) == comments_of(path, text)


def addresses(value: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The addresses of all mappings of a value."""
    out = [at] if isinstance(value, dict) else []
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [*out, *(one for key, part in pairs for one in addresses(part, (*at, key)))]


def dig(value: object, at: tuple[str | int, ...]) -> object:
    for part in at:
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int):
            value = value[part]
        else:
            return None
    return value


@pytest.mark.parametrize(("path", "record"), FILES, ids=lambda one: one.name if isinstance(one, Path) else "")
def test_every_entry_can_be_taken_out_and_put_in_again(path: Path, record: type[Record]) -> None:
    text = path.read_text(encoding="utf-8")
    root = root_of(path.as_posix(), text)
    assert root is not None
    value = said(root)
    assert isinstance(value, dict)
    for key, part in value.items():
        for number, entry in enumerate(part[:2]) if isinstance(part, list) and len(part) > 1 else ():
            once = amended(path.as_posix(), text, record, [Take((key, number))])
            again = amended(path.as_posix(), once, record, [Add((key,), entry, number)])
            found = root_of(path.as_posix(), again)
            assert found is not None
            assert said(found) == value
