"""What goes out comes in again: as proposals that say all that was said."""

from __future__ import annotations

import copy
import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sitegen.annotations.vocabulary import ENTRY, GROUP, KIND
from sitegen.content.amending import Add, amended
from sitegen.content.cutting import root_of, said
from sitegen.content.threeway import Said
from sitegen.exchange import exported, receive
from sitegen.model import records
from tests.conftest import Archive, asked, command, examples, files_of

Make = Callable[[str], Archive]
ARTICLE = "content/articles/flood.md"
NOTES = "content/articles/flood.notes.yaml"
SITE = """-- sitegen.yaml --
title: The flood
base_url: https://x.org/archive/
theme: plain
-- content/places/werra.md --
---
name: Werra
kind: river
---
-- content/sources/board.md --
---
name: River board
kind: government
---
-- content/claims/houses.md --
---
title: Houses flooded
kind: quantity
---
-- content/articles/flood.md --
---
title: "🌊 The Werra rises"
date: 1924-06-09
images: [{id: cow, caption: "A cow was seen"}]
---
The Werra rose 🌊, the board said: nearly 520 houses and 40 barns stand in water, 560 buildings. It took the old bridge on 7 June 1924.

Nobody saw the old bridge go. A cow was seen on a roof, the Gazette wrote.

![](image:cow)
"""

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=20).filter(str.strip)
anything = st.recursive(st.none() | words, lambda part: st.lists(part, max_size=3) | st.dictionaries(words, part, max_size=3), max_leaves=5)
marks = {"todo": words, "extra": anything, "review": st.sampled_from([{"state": "checked", "by": "Me"}, {"state": "in-work"}])}


def entry(fixed: dict[str, Any], **more: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(fixed, optional={**marks, **more})


just = st.just
CLAIMS = [
    entry(
        {"quote": just("nearly 520 houses"), "claim": just("houses"), "source": just("daily")},
        id=just("c-520"), places=just("werra"), hedge=just("nearly"), figures=just([{"value": "520", "unit": "houses", "hedge": "nearly"}]),
        credibility=just({"grade": "doubtful", "why": "No: #1", "date": "1930-01-01"}), stance=just("reports"),
    ),
    entry(
        {"quote": just("the old bridge"), "prefix": just("took")},
        when=just({"date": "1924-06-07", "quote": "7 June 1924", "rule": "explicit"}), gloss=just("the old bridge"), source=just(["board", "unnamed"]),
    ),
    st.fixed_dictionaries(
        {
            "total": just({"quote": "560 buildings", "claim": "houses"}),
            "items": just([{"quote": "520 houses", "todo": "which?"}, {"quote": "40 barns", "id": "barns"}]),
        },
        optional={"from": just({"source": "board", "scope": "flooded"}), "list": just("complete"), **marks},
    ),
]  # fmt: skip
NOTED = [
    entry({"quote": just("A cow was seen"), "in": just("cow"), "kind": just("sic"), "read": words}),
    entry({"quote": just("The Werra"), "in": just("title"), "kind": just("context"), "note": words.map(lambda text: f"See [[place:werra]]: {text.encode().hex()}")}),
    entry(
        {"quote": just("the old bridge"), "nth": just("2"), "kind": just("question"), "note": just("Which, *really*?")},
        by=words, date=just("1930-01-01"), evidence=just([{"title": "A book", "url": "https://book.example/"}]),
    ),
]  # fmt: skip
SOURCES = [
    entry(
        {"id": just("daily"), "source": just("board"), "quote": just("the board said")},
        document=just({"title": "Daily", "url": "https://d.example/"}),
    ),
    entry({"source": just("board")}, document=just({"title": None, "date": "1924"})),
]
PLACES = st.fixed_dictionaries(
    {},
    optional={
        "ignore": just(["A cow", "null"]),
        "as": just({"the old bridge": "werra"}),
        "proposed": just([{"wording": "Gazette", "as": "werra", "todo": "is it?"}]),
    },
)


def some(pool: list[st.SearchStrategy[Any]]) -> st.SearchStrategy[list[Any]]:
    return st.tuples(*(st.none() | one for one in pool)).map(lambda found: [one for one in found if one is not None])


def judged(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry as an editor leaves it who takes out the marks."""
    marked = {key: value for key, value in entry.items() if key not in ("review", "todo", "extra")}
    return {**marked, **entry["extra"].get("was", {})}


def apparatus(root: Path) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for path in (ARTICLE, NOTES):
        if (root / path).exists():
            found = root_of(path, (root / path).read_bytes().decode())
            assert found is not None
            whole: Any = said(found)
            out |= {key: whole[key] for key in ("sources", "claims", "annotations", "places") if key in whole}
    return out


def mentions(places: dict[str, Any]) -> list[dict[str, Any]]:
    ignored = [{"wording": one} for one in places.get("ignore", ())]
    meant = [{"wording": one, "as": to} for one, to in places.get("as", {}).items()]
    return [*ignored, *meant, *places.get("proposed", ())]


@examples(4)
@given(some(SOURCES), some(CLAIMS), some(NOTED), PLACES)
def test_nothing_is_lost_on_the_way_there_and_back(sources: list[Any], claims: list[Any], noted: list[Any], places: dict[str, Any]) -> None:
    for one in claims:
        if one.get("source") == "daily" and not (sources and sources[0].get("id")):
            one["source"] = "board"
    folder = Path(tempfile.mkdtemp())
    try:
        site = Archive(folder / "a")
        for path, text in files_of(SITE).items():
            site.write(path, text)
        bare = copy.deepcopy(files_of(SITE))
        if sources:
            site.write(ARTICLE, amended(ARTICLE, bare[ARTICLE], records.Article, [Add(("sources",), one) for one in sources]))
        notes = ""
        for keys, found in (("claims", claims), ("annotations", noted)):
            notes = amended(NOTES, notes, records.Notes, [Add((keys,), one) for one in found]) if found else notes
        if places:
            notes += f"places: {json.dumps(places, ensure_ascii=False)}\n"
        site.write(NOTES, notes)
        before = apparatus(site.root)
        out = exported(site.root, asked())
        file = folder / "out.json"
        file.write_text(json.dumps(out), encoding="utf-8")

        assert receive(site.root, [file], asked()).changes == ()  # where it is, it does not come again
        (site.root / NOTES).unlink()
        site.write(ARTICLE, bare[ARTICLE])
        received = receive(site.root, [file], asked())
        assert (received.untaken, received.problems, received.known) == ((), (), 0)
        after = apparatus(site.root)
        for key in ("sources", "claims", "annotations"):
            assert [judged(one) for one in after.get(key, ())] == before.get(key, [])
        proposed = after.get("places", {}).get("proposed", [])
        assert [judged(one) for one in proposed] == mentions(before.get("places", {}))
        assert received.put == () or all(
            "judge it" in one["todo"] for key in ("sources", "claims", "annotations") for one in after.get(key, ())
        )
        assert receive(site.root, [file], asked()).changes == ()
    finally:
        shutil.rmtree(folder)


FULL = """claims:
  - {quote: "nearly 520 houses", claim: houses, source: board, id: c-520}
  - total: {quote: "560 buildings"}
    items: [{quote: "40 barns"}]
    list: partial
annotations:
  - {quote: "the old bridge", nth: 2, kind: question, note: "Which, *really*?", by: Somebody, date: 1930-01-01}
  - {quote: "A cow was seen", in: cow, kind: sic, read: goat}
places:
  ignore: ["the old bridge"]
"""


def test_each_kind_is_told_as_w3c_has_it(archive: Make) -> None:
    site = archive(SITE + f"-- {NOTES} --\n{FULL}")
    out: Any = exported(site.root, asked(), ["flood"])
    page = out["first"]
    assert (out["type"], out["total"], page["type"], page["partOf"]) == ("AnnotationCollection", 6, "AnnotationPage", out["id"])
    assert out["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    claim, total, item, question, slip, ignored = page["items"]
    address = "https://x.org/archive/articles/flood/"
    assert claim["id"] == f"{address}#c-520"
    assert [body.get("source") for body in claim["body"]][:2] == [
        "https://x.org/archive/claims/houses/",
        "https://x.org/archive/sources/board/",
    ]
    assert (total[KIND], item[KIND], item[GROUP]) == ("group", "item", total["id"])
    assert total[ENTRY]["items"] == [{"quote": "40 barns"}]
    assert (question["motivation"], question["creator"], question["created"]) == (
        "questioning",
        {"name": "Somebody"},
        "1930-01-01T00:00:00Z",
    )
    assert question["body"][0] == {"type": "TextualBody", "value": "Which, *really*?", "format": "text/markdown", "purpose": "commenting"}
    assert slip["body"] == [
        {"type": "TextualBody", "value": "goat", "format": "text/plain", "purpose": "editing"},
        {"type": "TextualBody", "value": "sic", "format": "text/plain", "purpose": "tagging"},
    ]
    assert [len(one["target"]) for one in (ignored, question)] == [2, 2]  # two places of a wording; source and selector


def test_positions_are_offsets_of_code_points_in_the_text_of_title_and_blocks(archive: Make) -> None:
    site = archive(SITE + f"-- {NOTES} --\n{FULL}")
    out: Any = exported(site.root, asked())
    paragraphs = files_of(SITE)[ARTICLE].split("---\n")[2].strip().split("\n\n")[:2]
    text = "\n".join(["🌊 The Werra rises", *paragraphs, "A cow was seen"])
    targets = [
        target for one in out["first"]["items"] for target in (one["target"] if isinstance(one["target"], list) else [one["target"]])
    ]
    assert len(targets) == 7
    for target in targets:
        quote, position = target["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text[: position["start"]].endswith(quote.get("prefix", ""))
        assert text[position["end"] :].startswith(quote.get("suffix", ""))


def test_an_item_without_its_group_is_told(archive: Make, tmp_path: Path) -> None:
    site = archive(SITE + f"-- {NOTES} --\n{FULL}")
    out: Any = exported(site.root, asked())
    (site.root / NOTES).unlink()
    file = tmp_path / "out.json"
    file.write_text(json.dumps([one for one in out["first"]["items"] if one[KIND] == "item"]), encoding="utf-8")
    result = command(site, "annotations", "import", str(file))
    assert result.exit_code == 1
    assert "it is an item of a group whose total is not in the file" in result.output


def test_what_names_a_page_that_is_not_there_is_told_and_the_rest_taken(archive: Make, tmp_path: Path) -> None:
    site = archive(SITE + f"-- {NOTES} --\n{FULL}")
    file = tmp_path / "out.json"
    assert command(site, "annotations", "export", "--out", str(file)).output == f"6 annotations: {file}\n"
    (site.root / "content/claims/houses.md").unlink()
    (site.root / NOTES).unlink()
    result = command(site, "annotations", "import", str(file))
    assert result.exit_code == 1
    assert "it names claims/houses, which this archive does not have" in result.output
    assert f"{NOTES}: 4 proposals" in result.output
    assert site.build().problems == ()


LISTS = [
    "annotations:\n- {quote: A} # one\n",
    "annotations:\n  # two\n  - quote: |\n      A\n\n",
    "annotations: [ {quote: A}, ] # three\n",
    "",
    "annotations: [] # four\n",
    "annotations: # five\n",
]
OTHERS = ["claims: [] # six\n", "# seven\n", "places: {ignore: [A]} # eight\n", "places:\n  as: {a: b}\n  # nine\n", "\n\n", "corrections:\n- date: 1924-01-01\n  reason: >-\n    It\n    was\n"]  # fmt: skip


@given(st.sampled_from(LISTS), st.permutations(OTHERS).flatmap(lambda all_: st.integers(0, 6).map(lambda n: all_[:n])), st.data())
def test_an_entry_is_added_and_no_other_sign_changes(listed: str, others: list[str], data: st.DataObject) -> None:
    if sum(other.startswith("places") for other in others) > 1:
        others = [other for other in others if not other.startswith("places:\n")]
    at = data.draw(st.integers(0, len(others)))
    text = "".join([*others[:at], listed, *others[at:]])
    text = text.rstrip("\n") if data.draw(st.booleans()) and not listed.endswith("\n\n") else text
    text = text.replace("\n", "\r\n") if data.draw(st.booleans()) else text
    text = f"\ufeff{text}" if data.draw(st.booleans()) else text
    keys = data.draw(st.sampled_from([("annotations",), ("places", "proposed")]))
    added: list[Said] = [{"quote": "B: #", "extra": {"a": ["b", None, {}]}}, {"quote": "C"}]
    after = amended(
        "a.notes.yaml", text, records.Notes, [Add(keys, one) for one in added]
    )  # says itself that what is read then is what was meant
    start = next((n for n, (a, b) in enumerate(zip(text, after, strict=False)) if a != b), len(text))
    assert after.endswith(text[start:].split("[]", 1)[-1])  # an empty list begins below its key
    assert len(after) > len(text)
    assert amended("a.notes.yaml", after, records.Notes, [Add(keys, one) for one in added[:1]]).count("B: #") == 2
