"""How the metadata of one file is merged that two editors have changed, and what is left to them."""

from __future__ import annotations

import pytest

from sitegen.content.merging import Style, marked, merged

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
