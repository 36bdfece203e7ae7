"""What a search library is given to index: one record for each article, each sentence that bears a claim, and each entry of a built site.

    python -m benchmarks.search.records SITE OUT.jsonl

SITE is the output of a build with `outputs: {json: true}` and no path in `base_url`; its published data is all that is read. A sentence's
record leads to its first claim, and names that claim's title and all names of who is credited and of the places in it; the words of an
article that bear no claim stand in the record of the article.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypedDict

import msgspec
from lxml import html

from sitegen.content.text import sentences

ENTRIES = ("places", "sources", "topics", "claims")
LEAVES = ("p", "li", "td", "th", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6")


class Record(TypedDict):
    id: int
    kind: str
    address: str
    title: str
    """Its name; a sentence has none."""
    shown: str
    """What stands above it in a list: its name, or that of its article."""
    text: str
    about: str
    """Words by which it is to be found besides: names with their spellings, titles of claims."""
    lang: str
    year: str
    voice: str
    sources: list[str]
    places: list[str]


class Sentence(TypedDict):
    text: str
    ids: list[str]
    """Of the anchors that begin in it, in their order."""


def cut(block: html.HtmlElement) -> Iterator[Sentence]:
    """The sentences of a piece of HTML, leaf by leaf, each with its anchors."""
    leaves = [one for one in block.iter(*LEAVES) if not any(True for inner in one.iterdescendants() if inner.tag in LEAVES)]
    for leaf in leaves or [block]:
        parts: list[str] = []
        ids: list[tuple[str, int]] = []
        _walk(leaf, parts, ids, 0)
        text = "".join(parts)
        for start, end in sentences(text):
            yield {"text": " ".join(text[start:end].split()), "ids": [id for id, at in ids if start <= at < end]}


def _walk(element: html.HtmlElement, parts: list[str], ids: list[tuple[str, int]], at: int) -> int:
    if id := element.get("id"):
        ids.append((id, at))
    for text, inner in [(element.text, None), *[(one.tail, one) for one in element]]:
        if inner is not None and isinstance(inner.tag, str):
            at = _walk(inner, parts, ids, at)
        if text:
            parts.append(text)
            at += len(text)
    return at


def _words(blocks: Iterable[dict[str, Any]]) -> str:
    return " ".join(
        one["text"] for block in blocks if block["html"] for one in cut(html.fragment_fromstring(block["html"], create_parent="div"))
    )


def records(site: Path) -> Iterator[Record]:
    """All records of a site, numbered in their order."""
    number = 0
    names: dict[str, list[str]] = {}
    entries: list[Record] = []
    for kind in ENTRIES:
        for path in sorted((site / kind).glob("*/index.json")):
            page = msgspec.json.decode(path.read_bytes())["page"]
            forms = [page["title"], *[one["form"] for one in page.get("names", ())]]
            address = "/" + page["frame"]["address"]
            names[address] = forms
            entries.append(
                {
                    "id": 0, "kind": kind.removesuffix("s"), "address": address, "title": page["title"], "shown": page["title"],
                    "text": _words(page["blocks"]),
                    "about": " · ".join(forms[1:]), "lang": page.get("lang") or "en", "year": "",
                    "voice": "", "sources": [], "places": [],
                }
            )  # fmt: skip
    for path in sorted((site / "articles").glob("*/index.json")):
        for record in _article(msgspec.json.decode(path.read_bytes())["page"], names):
            yield {**record, "id": number}
            number += 1
    for record in entries:
        yield {**record, "id": number}
        number += 1


def _article(page: dict[str, Any], names: dict[str, list[str]]) -> Iterator[Record]:
    address = "/" + page["frame"]["address"]
    shown, lang, year = page["frame"]["title"], page["lang"], (page["date"] or {"iso": ""})["iso"][:4]
    rest: list[str] = []
    found: list[Record] = []
    for block in page["blocks"]:
        source = block["image"]["caption"] if block["image"] else block["html"]
        if not source:
            continue
        statements = {one["id"]: one for one in block["claims"]}
        for sentence in cut(html.fragment_fromstring(source, create_parent="div")):
            said = [statements[id] for id in sentence["ids"] if id in statements]
            if not said:
                rest.append(sentence["text"])
                continue
            places = [
                names[href] for id in sentence["ids"] if (href := f"/places/{id[2:].rpartition('-')[0]}/") in names and id[:2] == "p-"
            ]
            speakers = [names.get(one["href"], [one["text"]]) for statement in said for one in statement["speakers"] if one["href"]]
            about = [statement["claim"]["text"] for statement in said if statement["claim"]]
            about += [form for forms in speakers + places for form in forms]
            found.append(
                {
                    "id": 0, "kind": "sentence", "address": f"{address}#{said[0]['id']}", "title": "", "text": sentence["text"],
                    "shown": shown, "lang": lang, "year": year,
                    "about": " · ".join(dict.fromkeys(about)), "voice": said[0]["voice"],
                    "sources": list(dict.fromkeys(forms[0] for forms in speakers)), "places": list(dict.fromkeys(forms[0] for forms in places)),
                }
            )  # fmt: skip
    yield {
        "id": 0, "kind": "article", "address": address, "title": shown, "shown": shown, "text": " ".join(rest), "lang": lang, "year": year,
        "about": "", "voice": "", "sources": [], "places": [],
    }  # fmt: skip
    yield from found


def write(path: Path, rows: Iterable[Record]) -> int:
    """Puts them into a file, one a line; tells how many."""
    count = 0
    with path.open("wb") as file:
        for row in rows:
            count += 1
            file.write(msgspec.json.encode(row) + b"\n")
    return count


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[2]), records(Path(sys.argv[1]))):,} records")
