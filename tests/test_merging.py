"""How the metadata of one file is merged that two editors have changed, and what is left to them."""

from __future__ import annotations

import json
from collections import Counter
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.cutting import comments_of, root_of, said
from sitegen.content.merging import Style, marked, merged, resolved
from sitegen.content.threeway import Said
from sitegen.content.written import taken_apart, written
from tests.test_fix import block

PAIRS: dict[str, tuple[str, str, str, str]] = {
    "entries that both added at one place: both stay, ours first": (
        "claims:\n- {quote: a}\n\nannotations: []\n",
        "claims:\n- {quote: a}\n- {quote: b}  # ours\n\nannotations: []\n",
        "claims:\n- {quote: a}\n# theirs\n- quote: c\n  kind: sic\n\nannotations: []\n",
        "claims:\n- {quote: a}\n- {quote: b}  # ours\n# theirs\n- quote: c\n  kind: sic\n\nannotations: []\n",
    ),
    "an entry that both added alike stands once": (
        "claims:\n- {quote: a}\n",
        "claims:\n- {quote: a}\n- {quote: b}\n",
        "claims:\n- {quote: c}\n- {quote: a}\n- {quote: 'b'}\n",
        "claims:\n- {quote: c}\n- {quote: a}\n- {quote: b}\n",
    ),
    "two keys of one entry, changed by each": (
        "claims:\n- id: c-1\n  quote: a  # so\n  claim: x\n- {quote: b, claim: x, hedge: about}\n",
        "claims:\n- id: c-1\n  quote: a  # so\n  claim: y\n- {quote: b, claim: y, hedge: about}\n",
        "claims:\n- id: c-1\n  quote: 'a b'  # so it is\n  claim: x\n- {quote: b, claim: x, hedge: nearly, nth: 2}\n",
        "claims:\n- id: c-1\n  quote: 'a b'  # so it is\n  claim: y\n- {quote: b, claim: y, hedge: nearly, nth: 2}\n",
    ),
    "one key, changed by both: a conflict of that key alone": (
        "claims:\n- id: c-1\n  quote: a\n  claim: x\n  nth: 1\n- {quote: b}\n",
        "claims:\n- id: c-1\n  quote: a\n  claim: y\n  nth: 1\n- {quote: b}\n",
        "claims:\n- id: c-1\n  quote: a\n  claim: z\n  nth: 2\n- {quote: b}\n- {quote: c}\n",
        "claims:\n- id: c-1\n  quote: a\n<<<<<<< ours\n  claim: y\n=======\n  claim: z\n>>>>>>> theirs\n  nth: 2\n- {quote: b}\n- {quote: c}\n",
    ),
    "in an entry on one line, a conflict of that line; what else was changed stands on either side": (
        "claims:\n- {quote: a, claim: x, nth: 1}\n- {quote: b}\n",
        "claims:\n- {quote: a, claim: y, nth: 1}\n- {quote: b}\n",
        "claims:\n- {quote: a, claim: z, nth: 2}\n- {quote: b}\n",
        "claims:\n<<<<<<< ours\n- {quote: a, claim: y, nth: 2}\n=======\n- {quote: a, claim: z, nth: 2}\n>>>>>>> theirs\n- {quote: b}\n",
    ),
    "taken out by one, with its comment, and not touched by the other": (
        "claims:\n- {quote: a}\n# of b\n- {quote: b}\n- {quote: c}\n",
        "claims:\n- {quote: a}\n- {quote: c}\n",
        "claims:\n- {quote: a}\n# of b\n- {quote: b}\n- {quote: c, nth: 2}\n",
        "claims:\n- {quote: a}\n- {quote: c, nth: 2}\n",
    ),
    "taken out by one and changed by the other": (
        "claims:\n- {quote: a}\n- {quote: b}\n- {quote: c}\n",
        "claims:\n- {quote: a}\n- {quote: c}\n",
        "claims:\n- {quote: a}\n- {quote: b, nth: 2}\n- {quote: c}\n",
        "claims:\n- {quote: a}\n<<<<<<< ours\n=======\n- {quote: b, nth: 2}\n>>>>>>> theirs\n- {quote: c}\n",
    ),
    "taken out by one, and a comment written to it by the other": (
        "claims:\n- quote: a\n- quote: b\n",
        "claims:\n- quote: a\n",
        "claims:\n- quote: a\n# is it?\n- quote: b\n",
        "claims:\n- quote: a\n<<<<<<< ours\n=======\n# is it?\n- quote: b\n>>>>>>> theirs\n",
    ),
    "one id that each gave to another entry": (
        "claims:\n- {quote: a}\n",
        "claims:\n- {quote: a}\n- {id: c-1, quote: b}\n",
        "claims:\n- {quote: a}\n- {id: c-1, quote: c}\n",
        "claims:\n- {quote: a}\n<<<<<<< ours\n- {id: c-1, quote: b}\n=======\n- {id: c-1, quote: c}\n>>>>>>> theirs\n",
    ),
    "the same, in two lists": (
        "claims:\n- {quote: a}\nannotations:\n- {quote: b}\n",
        "claims:\n- {quote: a}\n- {id: one, quote: c}\nannotations:\n- {quote: b}\n",
        "claims:\n- {quote: a}\nannotations:\n- {quote: b}\n- {id: one, quote: d}\n",
        "claims:\n- {quote: a}\n- {id: one, quote: c}\nannotations:\n- {quote: b}\n<<<<<<< ours\n=======\n- {id: one, quote: d}\n>>>>>>> theirs\n",
    ),
    "an entry that got an id from one, and a note from the other": (
        "annotations:\n- {quote: a, kind: sic}\n",
        "annotations:\n- {id: n-1, quote: a, kind: sic}\n",
        "annotations:\n- {quote: a, kind: sic, note: So.}\n",
        "annotations:\n- {id: n-1, quote: a, kind: sic, note: So.}\n",
    ),
    "a quote made longer by one, and judged by the other": (
        "claims:\n- quote: a\n  claim: x\n  source: y\n- quote: b\n",
        "claims:\n- quote: a longer\n  claim: x\n  source: y\n- quote: b\n",
        "claims:\n- quote: a\n  claim: x\n  source: y\n  stance: denies\n- quote: b\n",
        "claims:\n- quote: a longer\n  claim: x\n  source: y\n  stance: denies\n- quote: b\n",
    ),
    "figures, which have no name, are known by their place": (
        "claims:\n- quote: a\n  figures: [{value: 1, unit: t}]\n",
        "claims:\n- quote: a\n  figures: [{value: 2, unit: t}]\n",
        "claims:\n- quote: a\n  figures: [{value: 1, unit: tons, hedge: about}]\n",
        "claims:\n- quote: a\n  figures: [{value: 2, unit: tons, hedge: about}]\n",
    ),
    "items of a group, which is known by its total": (
        "claims:\n- total: {quote: t}\n  items:\n    - {quote: a}\n",
        "claims:\n- total: {quote: t, claim: x}\n  items:\n    - {quote: a}\n    - {quote: b}\n",
        "claims:\n- total: {quote: t}\n  list: partial\n  items:\n    # first\n    - {quote: c}\n    - {quote: a}\n",
        "claims:\n- total: {quote: t, claim: x}\n  list: partial\n  items:\n    # first\n    - {quote: c}\n    - {quote: a}\n    - {quote: b}\n",
    ),
    "names between brackets": (
        "aliases: [A, B]\n", "aliases: [A, B, C]\n", "aliases: [Z, A]  # B is another\n", "aliases: [Z, A, C]  # B is another\n",
    ),
    "a list over several lines, in brackets": (
        "aliases: [\n  A,\n  B,\n]\n", "aliases: [\n  A,\n  B,\n  C,\n]\n", "aliases: [\n  A,\n  D,\n  B,\n]\n", "aliases: [\n  A,\n  D,\n  B,\n  C,\n]\n",
    ),
    "a key that both added: lists are put together": (
        "name: A\n", "name: A\nwithin: [x]\naliases: [B]\n", "name: A\naliases: [C]\nwithin: [x]\n", "name: A\nwithin: [x]\naliases: [B, C]\n",
    ),
    "a key that both added: of mappings that do not agree, each as a whole": (
        "name: A\n",
        "name: A\nlocation: {lat: 1, lon: 2}\n",
        "name: A\nlocation: {lat: 1, lon: 3}\nkind: city\n",
        "name: A\n<<<<<<< ours\nlocation: {lat: 1, lon: 2}\n=======\nlocation: {lat: 1, lon: 3}\n>>>>>>> theirs\nkind: city\n",
    ),
    "corrections only grow": (
        "corrections:\n- {date: 2024-07-01, reason: one}\n- {date: 2024-07-02, reason: two}\n",
        "corrections:\n- {date: 2024-07-02, reason: two}\n- {date: 2024-07-03, reason: three}\n",
        "corrections:\n- {date: 2024-07-01, reason: one}\n- {date: 2024-07-02, reason: two}\n- {date: 2024-07-04, reason: four}\n",
        "corrections:\n- {date: 2024-07-01, reason: one}\n- {date: 2024-07-02, reason: two}\n- {date: 2024-07-03, reason: three}\n- {date: 2024-07-04, reason: four}\n",
    ),
    "comments of both at one place": (
        "name: A\nkind: city\n", "name: A\n# ours\nkind: city\n", "name: A\n# theirs\nkind: city\n", "name: A\n# ours\n# theirs\nkind: city\n",
    ),
    "a head that stands above what both put first": (
        "# yaml: schema\nname: A\n", "# yaml: schema\nkind: city\nname: A\n", "# yaml: schema\nwithin: x\nname: A\n", "# yaml: schema\nkind: city\nwithin: x\nname: A\n",
    ),
    "an order that one changed, and an entry of the other's": (
        "aliases:\n- A\n- B\n- C\n", "aliases:\n- C\n- A\n- B\n", "aliases:\n- A\n- B\n- D\n- C\n", "aliases:\n- C\n- A\n- B\n- D\n",
    ),
    "of a list of which each took out another entry nothing is left": (
        "name: A\naliases:\n- B\n- C\n", "name: A\naliases:\n- B\n", "name: A\naliases:\n- C\n", "name: A\n",
    ),
    "a list of which one took out all, and to which the other added": (
        "name: A\naliases:\n# of B\n- B\n", "name: A\n", "name: A\n# more\naliases:\n# of B\n- B\n- C\n", "name: A\n# more\naliases:\n- C\n",
    ),
    "how a value is quoted by one, and what it says by the other": (
        "name: A\nkind: city\n", "name: 'A'\nkind: 'city'\n", "name: A\nkind: town # small\n", "name: 'A'\nkind: town # small\n",
    ),
    "another layout of all by one, and an entry of the other's: lists that stand otherwise are not mixed": (
        "aliases:\n- A\nkind: city\n",
        "aliases:\n  - A\n  - B\nkind: city\n",
        "aliases:\n- A\n- C\nkind: town\n",
        "aliases:\n<<<<<<< ours\n  - A\n  - B\n=======\n- A\n- C\n>>>>>>> theirs\nkind: town\n",
    ),
    "text over several lines": (
        "todo: |\n  one\n\n  two\nname: A\n", "todo: |\n  one\n\n  three\nname: A\n", "todo: |\n  one\n\n  two\nname: B\n", "todo: |\n  one\n\n  three\nname: B\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("base", "ours", "theirs", "after"), PAIRS.values(), ids=PAIRS)
def test_pairs(base: str, ours: str, theirs: str, after: str) -> None:
    found = merged(base, ours, theirs)
    assert found is not None
    assert marked(found.pieces, Style()) == after
    assert found.is_clean == ("<<<" not in after)
    same = merged(base, ours, ours)
    assert same is not None
    assert marked(same.pieces, Style()) == ours


def says(text: str) -> Any:
    root = root_of("a.notes.yaml", text)
    assert root is not None, text
    return said(root)


def comments(text: str) -> Counter[str]:
    return Counter(comments_of("a.notes.yaml", text))


# A file as a list of entries, each of which can be edited by itself, and written in several styles.

LISTS = ("claims", "annotations")
Entry = dict[str, Any]


@st.composite
def entries(draw: st.DrawFn) -> dict[str, list[Entry]]:
    """Entries of two lists. Each is known by its `id`, or by what it quotes."""
    out: dict[str, list[Entry]] = {}
    for name in LISTS:
        out[name] = []
        for number in range(draw(st.integers(0, 4))):
            keys = draw(st.lists(st.sampled_from(["kind", "note", "claim"]), unique=True))
            first = draw(st.sampled_from([("id",), ("quote",), ("id", "quote")]))
            pairs = {key: f"{name[0]}{number}" if key in first else f"{key} {number}" for key in (*first, *keys)}
            above = [f"# above {name} {number}"] * draw(st.integers(0, 1))
            beside = draw(st.sampled_from(["", f"  # beside {name} {number}"]))
            out[name].append({"flow": draw(st.booleans()), "above": above, "beside": beside, "pairs": pairs})
    return out


def laid(file: dict[str, list[Entry]], indent: str, gap: str) -> str:
    """The text of a file."""
    out = ["# head\n", "title: A\n"]
    for name, items in file.items():
        out += [f"{gap}{name}:\n"] if items else []
        for number, one in enumerate(items):
            out += [gap if number else "", *(f"{indent}{line}\n" for line in one["above"])]
            pairs = [f'{key}: "{value}"' for key, value in one["pairs"].items()]
            if one["flow"]:
                out.append(f"{indent}- {{{', '.join(pairs)}}}{one['beside']}\n")
            else:
                lines = (f"{indent}{'  ' if at else '- '}{pair}{'' if at else one['beside']}\n" for at, pair in enumerate(pairs))
                out += lines
    return "".join([*out, gap, "# the end\n"])


Edit = tuple[str, str, int, str]
"""What is done, in which list, to which entry, with which key."""


def edits() -> st.SearchStrategy[list[Edit]]:
    what = st.sampled_from(["change", "change", "drop", "remove", "add", "above", "beside"])
    return st.lists(st.tuples(what, st.sampled_from(LISTS), st.integers(0, 3), st.sampled_from(["kind", "note", "claim"])), max_size=4)


def edited(file: dict[str, list[Entry]], script: list[Edit], who: str) -> dict[str, list[Entry]]:
    """A file with some edits. What is added is `who`'s own."""
    out = deepcopy(file)
    at = {(name, number): one for name, items in out.items() for number, one in enumerate(items)}
    for step, (what, name, number, key) in enumerate(script):
        one = at.get((name, number))
        if what == "add":
            new = {"flow": bool(step % 2), "above": [f"# {who} {step}"], "beside": "", "pairs": {"quote": f"{who} {step}", "kind": "new"}}
            place = next((n for n, other in enumerate(out[name]) if other is one), len(out[name]) - 1)
            out[name].insert(place + 1, new)
        elif one is None or not any(one is other for other in out[name]):
            continue
        elif what == "change":
            one["pairs"][key] = f"by {who}"
        elif what == "drop":
            one["pairs"].pop(key, None)
        elif what == "remove":
            out[name] = [other for other in out[name] if other is not one]
        elif what == "above":
            one["above"] = [*one["above"], f"# {who} above {name} {number}"]
        elif what == "beside":
            one["beside"] = f"  # {who} beside {name} {number}"
    return out


def unordered(value: Said) -> object:
    """A value whose lists are in one order."""
    if isinstance(value, dict):
        return {key: unordered(one) for key, one in sorted(value.items())}
    return sorted((unordered(one) for one in value), key=json.dumps) if isinstance(value, list) else value


STYLES = st.tuples(st.sampled_from(["", "  "]), st.sampled_from(["", "\n"]))


@given(entries(), edits(), edits(), st.sets(st.tuples(st.sampled_from(LISTS), st.integers(0, 3))), STYLES)
def test_edits_of_different_entries_all_hold(
    file: dict[str, list[Entry]], one: list[Edit], other: list[Edit], mine: set[tuple[str, int]], style: tuple[str, str]
) -> None:
    """Without a conflict, whoever merges, with every comment of both, and with nothing that neither wrote."""
    script = [edit for edit in one if (edit[1], edit[2]) in mine or edit[0] == "add"]
    others = [edit for edit in other if (edit[1], edit[2]) not in mine or edit[0] == "add"]
    base, ours, theirs = (laid(each, *style) for each in (file, edited(file, script, "ours"), edited(file, others, "theirs")))
    wanted = laid(with_both(file, script, others), *style)
    found, swapped = merged(base, ours, theirs), merged(base, theirs, ours)
    assert found is not None
    assert swapped is not None
    assert found.is_clean, marked(found.pieces, Style())
    after = resolved(found.pieces, "ours")
    assert unordered(says(after)) == unordered(says(wanted)) == unordered(says(resolved(swapped.pieces, "ours")))
    assert comments(after) == comments(wanted)
    assert set(after.splitlines()) <= {*ours.splitlines(), *theirs.splitlines()}, "every line is as one of them wrote it"


def with_both(file: dict[str, list[Entry]], script: list[Edit], others: list[Edit]) -> dict[str, list[Entry]]:
    """A file with the edits of both, in whatever order."""
    ours, theirs = edited(file, script, "ours"), edited(file, others, "theirs")
    out: dict[str, list[Entry]] = {}
    for name, items in file.items():
        names = [[ident(one) for one in side[name]] for side in (ours, theirs)]
        known = {ident(one): one for one in items}
        mine, their = ({ident(one): one for one in side[name]} for side in (ours, theirs))
        kept = [each for each in dict.fromkeys([*names[0], *names[1]]) if each not in known or (each in mine and each in their)]
        out[name] = [mine[each] if mine.get(each) != known.get(each) else their[each] for each in kept]
    return out


def ident(one: Entry) -> str:
    return str(one["pairs"].get("id", one["pairs"].get("quote")))


def flat(value: Said, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], str | None]:
    """Every scalar of a file by its path, in which an entry goes by its id or quote."""
    if isinstance(value, dict):
        return {key: one for name, each in value.items() for key, one in flat(each, (*path, name)).items()}
    if isinstance(value, list):
        return {
            key: one
            for each in value
            if isinstance(each, dict)
            for key, one in flat(each, (*path, str(each.get("id", each.get("quote"))))).items()
        }
    return {path: value}


@pytest.mark.soak
@given(entries(), edits(), edits(), STYLES)
def test_no_update_is_lost(file: dict[str, list[Entry]], one: list[Edit], other: list[Edit], style: tuple[str, str]) -> None:
    """Whatever the two edit: where a merge is clean, each scalar is what the side says that changed it; both changed it alike, or not at all."""
    texts = [laid(each, *style) for each in (file, edited(file, one, "ours"), edited(file, other, "theirs"))]
    found = merged(*texts)
    if found is None:
        return
    base, ours, theirs = (flat(says(text)) for text in texts)
    for side in ("ours", "theirs"):
        after = flat(says(resolved(found.pieces, side)))
        for path in {*base, *ours, *theirs, *after}:
            old, mine, others, new = (each.get(path) for each in (base, ours, theirs, after))
            if mine != old and others not in (old, mine):
                assert not found.is_clean, path
            elif found.is_clean:
                assert new == (others if mine == old else mine), path


@given(block(), block(), block())
def test_whatever_is_written_is_put_together_again_and_can_be_read(base: str, ours: str, theirs: str) -> None:
    for text in (base, ours, theirs):
        root = root_of("a.notes.yaml", text)
        assert root is not None
        assert written(taken_apart(text, root)) == text
    for left, right, same in ((base, theirs, theirs), (ours, base, ours), (ours, ours, ours)):
        found = merged(base, left, right)
        assert found is None or marked(found.pieces, Style()) == same
    found = merged(base, ours, theirs)
    if found is not None:
        says(resolved(found.pieces, "ours"))
        says(resolved(found.pieces, "theirs"))
