"""The twenty queries, and how many of them a search answers.

    python -m benchmarks.search.queries kharkiv=FOLDER flood=FOLDER [--path search/] --hit "main li a"

Opens `FOLDER/search/?q=…` of each built site in Chromium for each query, and reads the addresses of the first three links that the selector
names; where the page has a function `window.search` (of a query; gives a promise of addresses) it is asked instead.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec
from lxml import html

from benchmarks.search import browser
from benchmarks.search.records import cut

FIRST = 3
"""A right answer must be among so many hits."""


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    address: str
    words: str = ""


class Query(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    archive: str
    about: str
    text: str
    answers: tuple[Answer, ...] = ()
    nothing: bool = False


class Told(NamedTuple):
    """A query, what was found, and whether that is right."""

    query: Query
    hits: list[str]
    is_right: bool


def queries() -> list[Query]:
    text = (Path(__file__).parent / "queries.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)["query"], list[Query])


def anchors(site: Path, answer: Answer) -> frozenset[str]:
    """The anchors within the sentences of a page that have these words."""
    main: Any = html.parse(site / answer.address.strip("/") / "index.html").getroot().find(".//main")
    found = frozenset(id for one in cut(main) if answer.words in one["text"] for id in one["ids"] if not id.startswith("_"))
    if not found:
        raise SystemExit(f"{answer.address} has no sentence with {answer.words!r} and an anchor")
    return found


def is_right(site: Path, query: Query, hits: Sequence[str]) -> bool:
    """Whether one of the first hits is an answer; `hits` are addresses, from the site's root on."""
    if query.nothing:
        return not hits
    for hit in hits[:FIRST]:
        parts = urlsplit(hit)
        for answer in query.answers:
            if parts.path == answer.address and (not answer.words or unquote(parts.fragment).split(":~:")[0] in anchors(site, answer)):
                return True
    return False


def judged(sites: dict[str, Path], ask: Callable[[str, str], Sequence[str]]) -> list[Told]:
    """Every query put to a search: `ask` takes the name of an archive and the words, and gives the addresses of the hits."""
    out = []
    for query in queries():
        hits = list(ask(query.archive, query.text))[:FIRST]
        out.append(Told(query, hits, is_right(sites[query.archive], query, hits)))
    return out


def told(rows: Sequence[Told]) -> str:
    lines = [f"{sum(row.is_right for row in rows)} of {len(rows)} answered"]
    for row in rows:
        lines.append(f"{'yes' if row.is_right else 'NO ':3}  {row.query.text:28} {row.query.about}")
        if not row.is_right:
            lines += [f"       {hit}" for hit in row.hits or ["(nothing)"]]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sites", nargs="+", metavar="ARCHIVE=FOLDER")
    parser.add_argument("--path", default="search/")
    parser.add_argument("--hit", required=True, metavar="CSS")
    options = parser.parse_args()
    sites = {name: Path(folder) for name, _, folder in (one.partition("=") for one in options.sites)}
    with browser.chromium() as chromium:
        served = {name: browser.serve(folder) for name, folder in sites.items()}
        page = chromium.new_page()
        print(told(judged(sites, lambda archive, text: browser.found(page, served[archive], options.path, text, options.hit))))


if __name__ == "__main__":
    main()
