"""The addresses of sources with their snapshots: which records have them, when each was taken, and what is wrong with them.

What a record cites is its `url`, and `archived` beside it are the snapshots of that very address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from sitegen.content.forms import FORMS
from sitegen.content.reading import Reading
from sitegen.model import records
from sitegen.model.problem import missing
from sitegen.model.records import Archived

Cited = records.Document | records.Origin | records.Evidence | records.Source | records.TopicLinks
"""What has an address and snapshots of it."""
_IN_ADDRESS = re.compile(r"/(\d{14})(?:[a-z]{2}_)?/https?:/")
"""Where a web archive writes in an address when it was taken: `/web/20241121100333/https://…` (Wayback Machine, OpenWayback, pywb)."""


def cited_in(record: records.Page) -> Iterator[Cited]:
    """The parts of a page's metadata that have an address and snapshots, in the order of its keys.

    The table of fields decides what has snapshots; this names where they lie, for it is asked of every file that is read, and a walk over
    all that a file says takes as long as to read it. `tests/test_snapshots.py` holds the two together.
    """
    if isinstance(record, records.Article):
        if record.origin is not None:
            yield record.origin
        yield from (one.document for one in record.sources if one.document is not None)
        yield from (one for note in record.annotations for one in note.evidence)
    elif isinstance(record, records.Claim):
        yield from (one for verdict in record.assessment for one in verdict.evidence)
    elif isinstance(record, records.Source):
        yield record
    elif isinstance(record, records.Topic) and record.links is not None:
        yield record.links


def linked(value: object) -> Iterator[tuple[str, tuple[Archived, ...] | None]]:
    """The addresses on the web below a value, each with the snapshots beside it; None where it is no source's, and cannot have any.
    Snapshots are no addresses of their own: they are what is fallen back upon."""
    if isinstance(value, tuple):
        for one in value:
            yield from linked(one)
    elif isinstance(value, msgspec.Struct) and not isinstance(value, Archived):
        for field in value.__struct_fields__:
            found = getattr(value, field)
            if field == "url" and isinstance(found, str) and found.startswith(("https://", "http://")):
                yield found, getattr(value, "archived", None)
            elif isinstance(found, msgspec.Struct | tuple):
                yield from linked(found)


def taken(one: Archived) -> str:
    """When a snapshot was taken: a day or an instant (ISO 8601, UTC), from its `date` or, where it has none, from the address that its web
    archive gave it; empty where neither tells.

    >>> taken(Archived(url="https://web.archive.org/web/20241121100333/https://www.w3.org/"))
    '2024-11-21T10:03:33Z'
    >>> taken(Archived(url="https://perma.cc/44TF-9JXB", date="2024-11-20")), taken(Archived(url="https://perma.cc/44TF-9JXB"))
    ('2024-11-20', '')
    """
    if one.date:
        return one.date
    found = _IN_ADDRESS.search(one.url or "")
    try:
        return str(FORMS["moment"](found[1])) if found else ""
    except ValueError:
        return ""


def incomplete(record: records.Page, reader: Reading) -> None:
    """Notes snapshots that lead nowhere: neither to a web archive nor to a record of a file."""
    for one in (one for cited in cited_in(record) for one in cited.archived):
        has = {key: reader.has_key(one, key) for key in ("url", "warc", "record")}  # what is written and wrong was told already
        if not has["url"] and not has["warc"]:
            reader.problem(one, missing("url"), "a snapshot needs a `url`, or `warc` and `record`", "say where it is")
        elif has["warc"] != has["record"]:
            key = "record" if has["warc"] else "warc"
            reader.problem(one, missing(key), "`warc` and `record` stand together: the file, and the record in it", f"add `{key}`")


def repeated(record: records.Page) -> Iterator[tuple[Archived, str]]:
    """Snapshots that stand beside one address twice, and those that are the very address, each with what is told of it."""
    for cited in cited_in(record):
        known: set[tuple[str | None, str | None, str | None]] = set()
        for one in cited.archived:
            if one.url and one.url == cited.url:
                yield one, "the snapshot is the address itself"
            elif (where := (one.url, one.warc, one.record)) in known:
                yield one, f"the snapshot {one.url or one.record!r} stands twice beside one address"
            else:
                known.add(where)
