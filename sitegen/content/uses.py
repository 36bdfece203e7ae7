"""Where a file names pages of the archive, sign for sign, so that a name can be changed and nothing beside it.

Offsets count the characters of the file as it is written, with its line ends and byte order mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sitegen.content import article, entry, frontmatter, nodes, reading
from sitegen.content.fields import fields
from sitegen.content.node import Mapping as Keys
from sitegen.content.node import Scalar
from sitegen.model import records
from sitegen.model.article import PAGELESS, Reference
from sitegen.model.kinds import ARTICLES, KINDS, PAGES, SOURCES, plural_of
from sitegen.model.problem import Fault

_FENCES = re.compile(r"\ufeff?---\r?\n(.*?)^---\r?(?:\n|\Z)", re.M | re.S)
_LINKED = re.compile(r"\[\[([^\[\]|\n]+)(?:\|[^\[\]\n]+)?\]\]|(?:\]\(\s*<?|^ {0,3}\[[^\]\n]+\]:\s*<?)(/[^\s)>\"']*)", re.M)
"""What may be a reference or a link within the site."""
_PROBE = "a-use-of-this-file-"


class Use(NamedTuple):
    """That a file names a page: `start:end` of the file is its stem. `kind` is empty where the file does not say of which kind it is."""

    path: str
    line: int
    start: int
    end: int
    kind: str
    stem: str


def uses(path: str, text: str, notes_path: str = "", notes: str = "") -> list[Use]:
    """Every use in a file, and in the notes of an article, in their order. What cannot be read names nothing."""
    files = {path: text, **({notes_path: notes} if notes_path else {})}
    return sorted([*_in_metadata(path, files, notes_path), *_in_words(path, files, notes_path)], key=lambda use: (use.path, use.start))


def in_settings(path: str, text: str) -> Iterator[Use]:
    """Every use in the archive's settings: its policies are free pages."""
    root = nodes.nodes_in_full(text.removeprefix("\ufeff"), path, 1, text.startswith("\ufeff"))[0]
    for key, value in root.items:
        for _, named in value.items if key.text == "policies" and isinstance(value, Keys) else ():
            if isinstance(named, Scalar) and named.text.strip("/"):
                stem = named.text.strip("/")
                start = text.rfind(stem, *named.span)
                yield Use(path, named.line, start, start + len(stem), PAGES.plural, stem)


def front(path: str, text: str) -> Keys:
    """The metadata of a file, with the span of every node; empty where it cannot be read."""
    start, end, _ = fences(text, path)
    return nodes.nodes_in_full(text[start:end], path, 2, start)[0]


def fences(text: str, path: str) -> tuple[int, int, int]:
    """Where the metadata of a file begins and ends, and where its words begin. Raises Fault where it has none."""
    found = _FENCES.match(text)
    if found is None:
        raise Fault(f"{path}: the metadata has no end")
    return found.start(1), found.end(1), found.end()


def _in_metadata(path: str, files: Mapping[str, str], notes_path: str) -> Iterator[Use]:
    kind = KINDS[path.split("/")[1]]
    mapping = front(path, files[path])
    if notes_path:
        apparatus = nodes.nodes_in_full(files[notes_path].removeprefix("\ufeff"), notes_path, 1, files[notes_path].startswith("\ufeff"))[0]
        allowed = {field.key for field in fields(records.Notes)}
        mapping = frontmatter.merged(mapping, apparatus, allowed, ())[0]
    reader = reading.Reading()
    record = reading.read(kind.record, mapping, reader)
    own = {one.id for one in record.sources if one.id} if isinstance(record, records.Article) else set()
    for one in reader.named:
        if one.kind == records.SPEAKERS and (one.stem in own or one.stem in PAGELESS):
            continue
        start, end = one.node.span
        at = files[one.node.path].rfind(one.stem, start, end)
        if at >= 0:
            named = SOURCES.plural if one.kind == records.SPEAKERS else one.kind
            yield Use(one.node.path, one.node.line, at, at + len(one.stem), named, one.stem)


def _in_words(path: str, files: Mapping[str, str], notes_path: str) -> Iterator[Use]:
    """The `[[…]]` and the links of free text. Whether one is what it looks like, and no code and no words of an article, is asked of the
    reader itself: it is given the file with a name of its own in each such place, and tells which of these it took for references."""
    found: list[tuple[str, re.Match[str]]] = []
    probing: dict[str, str] = {}
    for name, text in files.items():

        def probe(match: re.Match[str], name: str = name) -> str:
            found.append((name, match))
            whole = match.group()
            number = len(found) - 1
            group = 1 if match[1] is not None else 2
            start, end = (match.start(group) - match.start(), match.end(group) - match.start())
            return f"{whole[:start]}{'/' if group == 2 else ''}{_PROBE}{number}{'/' if group == 2 else ''}{whole[end:]}"

        probing[name] = _LINKED.sub(probe, text)
    if not found:
        return
    taken = {reference.id.strip("/") for reference in _references(path, probing, notes_path)}
    for number, (name, match) in enumerate(found):
        if f"{_PROBE}{number}" in taken:
            use = _linked(name, files[name], match)
            if use is not None:
                yield use


def _references(path: str, files: Mapping[str, str], notes_path: str) -> Iterable[Reference]:
    data = files[path].encode()
    kind = path.split("/")[1]
    if kind == ARTICLES.plural:
        notes = files[notes_path].encode() if notes_path else None
        parsed = article.parse(path, data, notes_path, notes)
    else:
        parsed = entry.parse(kind, path, data)
    return parsed.value.references if parsed.value is not None else ()


def _linked(path: str, text: str, match: re.Match[str]) -> Use | None:
    """The use that a reference or a link is; None of a link to the home page. What is of no other kind is taken for a free page."""
    line = text.count("\n", 0, match.start()) + 1
    if match[1] is not None:
        singular, _, stem = match[1].strip().rpartition(":")
        start = match.start(1) + match[1].rindex(stem)
        return Use(path, line, start, start + len(stem), plural_of(singular), stem)
    parts = re.match(r"/([^/?#]+)/([^/?#]+)", match[2])
    if parts is not None and parts[1] in KINDS and not KINDS[parts[1]].is_nested:
        start = match.start(2) + parts.start(2)
        return Use(path, line, start, start + len(parts[2]), parts[1], parts[2])
    free = re.match(r"/([^?#]*[^/?#])", match[2])
    return None if free is None else Use(path, line, match.start(2) + 1, match.start(2) + free.end(), PAGES.plural, free[1])
