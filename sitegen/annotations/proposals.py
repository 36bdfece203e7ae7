"""What becomes of a foreign annotation: an entry of an article's apparatus that awaits an editor.

Whatever came from elsewhere bears three marks: `review: {state: imported}`, so that readers do not see it; `todo`, so that an editor does;
and `extra: {annotation: …}`, so that the same one does not come twice. What an entry of ours said under these keys is kept in
`extra: {was: …}`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from sitegen.annotations.foreign import Foreign, Own
from sitegen.annotations.placing import Placing
from sitegen.annotations.plain import unsteered
from sitegen.annotations.vocabulary import LISTS
from sitegen.content.anchoring import Missing
from sitegen.content.fields import marks_of
from sitegen.content.threeway import Said
from sitegen.content.writer import paragraph
from sitegen.model import records
from sitegen.model.base import Choice

MARKS: Final = ("review", "todo", "extra")
MENTION: Final = ("todo", "extra")
"""The marks of a proposed mention, which does nothing by itself."""
_KINDS = next(mark.members for mark in marks_of(records.AnnotationKind) if isinstance(mark, Choice))


class Proposal(NamedTuple):
    """An entry to be written, and under which keys; of which annotation it is."""

    keys: tuple[str, ...]
    entry: dict[str, Said]
    of: Foreign


class Refused(NamedTuple):
    """An annotation that is not taken, why, and what could be done."""

    of: Foreign
    why: str
    hint: str = ""


def proposal(one: Foreign, placing: Placing, file: str) -> Proposal | Refused:
    """What a foreign annotation proposes for the article in whose words it is placed. `file`: the name of the file that it came in."""
    if one.why:
        return Refused(one, one.why)
    if one.own is not None:
        return _ours(one, one.own, file)
    assert one.selected is not None
    text, read, by = map(unsteered, (one.text, one.read, one.by))
    tags = [tag for tag in map(unsteered, one.tags) if tag]
    meant = "question" if one.motivation == "questioning" else "sic" if read else "context"
    kind = next((tag for tag in map(_kind, tags) if tag), meant)
    others = [tag for tag in tags if _kind(tag) != kind]
    words = text or ", ".join(others)
    if not words and not read:
        return Refused(one, "it says nothing: words are marked, and there is neither a comment nor a tag", "write a note by hand")
    placed = placing.place(one.selected)
    if isinstance(placed, Missing):
        return Refused(one, placed.message, placed.hint)
    id = f"n-{hashlib.sha256(one.id.encode()).hexdigest()[:8]}"  # several may note the same words, from which an id would follow
    entry: dict[str, Said] = {**placing.selector(placed.found), "id": id, "kind": kind}
    said = {"note": paragraph(words), "read": read, "by": by, "date": one.day}
    entry |= {key: value for key, value in said.items() if value}
    told = [f"came from {one.program}, {file}"]
    told += ["was not public there"] if one.is_private else []
    told += [f"its words stand {placed.times} times here, and a position chose these"] if placed.by_position else []
    extra: dict[str, Said] = {"annotation": one.id}
    extra |= {"source": one.source} if one.source else {}
    extra |= {"tags": [*others]} if others else {}
    return Proposal(LISTS["annotation"], entry | _marks("; ".join(told), extra), one)


def _kind(tag: str) -> str:
    """The kind of note that a tag means."""
    word = tag.lower().replace(" ", "-")
    return word if word in _KINDS else ""


def _marks(told: str, extra: dict[str, Said]) -> dict[str, Said]:
    todo = f"{told}: judge it, then take out `review` and `todo`"
    return {"review": {"state": "imported"}, "todo": todo, "extra": extra}


def _ours(one: Foreign, own: Own, file: str) -> Proposal:
    """An entry of ours as it was, with the marks."""
    assert isinstance(own.entry, dict)
    keys = MENTION if own.kind == "mention" else MARKS
    was = {key: value for key, value in own.entry.items() if key in keys}
    extra: dict[str, Said] = {"annotation": one.id, **({"was": {**was}} if was else {})}
    marks = {key: value for key, value in _marks(f"came from {one.program}, {file}", extra).items() if key in keys}
    if own.kind == "mention":
        marks["todo"] = f"came from {one.program}, {file}: move it to `ignore` or `as`, or take it out"
    return Proposal(LISTS[own.kind], {key: value for key, value in own.entry.items() if key not in keys} | marks, one)


def without_marks(entry: Said) -> Said:
    """What an entry says itself: what is the same in the annotation and in the archive, whatever an editor made of the marks."""
    return {key: value for key, value in entry.items() if key not in MARKS} if isinstance(entry, dict) else entry


def substance(entry: Said) -> Said:
    """What makes a note the same note, whoever wrote it down and under whatever id."""
    bare = without_marks(entry)
    return {key: value for key, value in bare.items() if key not in ("id", "kind", "by", "date")} if isinstance(bare, dict) else bare


class Known:
    """The entries that an article has, by the annotations that they came from, and by what they say."""

    def __init__(self, written: Said) -> None:
        self.annotations: set[str] = set()
        self.said: set[tuple[tuple[str, ...], str]] = set()
        for keys in dict.fromkeys(LISTS.values()):
            for entry in _under(written, keys):
                self.add(keys, entry)
        for entry in corrections(written if isinstance(written, dict) else {}):
            self.add(LISTS["mention"], entry)

    def has(self, one: Proposal) -> bool:
        """Whether an article has it already."""
        bare = substance if one.of.own is None else without_marks
        return _came_from(one.entry) in self.annotations or (one.keys, _form(bare(one.entry))) in self.said

    def add(self, keys: tuple[str, ...], entry: Said) -> None:
        self.annotations |= {_came_from(entry)} - {""}
        self.said |= {(keys, _form(without_marks(entry))), (keys, _form(substance(entry)))}


def _form(said: Said) -> str:
    return json.dumps(said, sort_keys=True)


def _came_from(entry: Said) -> str:
    """The annotation that an entry came from; empty where an editor wrote it."""
    extra = entry.get("extra") if isinstance(entry, dict) else None
    found = extra.get("annotation") if isinstance(extra, dict) else None
    return found if isinstance(found, str) else ""


def _under(written: Said, keys: tuple[str, ...]) -> list[Said]:
    for key in keys:
        written = written.get(key) if isinstance(written, dict) else None
    return written if isinstance(written, list) else []


def _corrected(mentions: Said) -> Iterator[tuple[str, str]]:
    """The wordings that an article's `places` correct, each with what it means; empty where it is no mention."""
    given = mentions if isinstance(mentions, dict) else {}
    ignored, meant = given.get("ignore"), given.get("as")
    yield from ((one, "") for one in (ignored if isinstance(ignored, list) else ()) if isinstance(one, str))
    yield from ((one, to) for one, to in (meant.items() if isinstance(meant, dict) else ()) if isinstance(to, str))


def corrections(written: Mapping[str, Said]) -> list[dict[str, Said]]:
    """The corrections of mentions that an article has, each as an entry of its own."""
    return [mention(wording, meant) for wording, meant in _corrected(written.get("places"))]


def mention(wording: str, meant: str) -> dict[str, Said]:
    return {"wording": wording, **({"as": meant} if meant else {})}
