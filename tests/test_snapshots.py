"""Snapshots of what is cited: what files may say of them, what is wrong with them, and how pages show them. All of it is fiction."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, get_args

import pytest

from sitegen.content.fields import fields, without_none
from sitegen.content.forms import FORMS
from sitegen.content.snapshots import cited_in, taken
from sitegen.model.base import Record
from sitegen.model.kinds import KINDS
from sitegen.model.records import Archived
from sitegen.moving import merge
from tests.conftest import Archive, asked

Make = Callable[[str], Archive]
UUID = "urn:uuid:4885803b-eebd-4b27-a090-144450c11594"
SITE = f"""-- content/articles/one.md --
---
title: One
date: 1911-07-03
origin:
  url: https://paper.example/one
  archived: [{{url: "https://web.archive.org/web/20110703101112/https://paper.example/one"}}]
sources:
- source: board
  document:
    title: Report
    url: https://board.example/report?a=1&b=2
    archived:
    - {{url: "https://perma.example/ABCD", date: 2024-11-20}}
    - {{url: "https://web.archive.org/web/20241121100333/https://board.example/report", date: "20241121100333", sha256: {"0" * 64}}}
- {{source: board, document: {{title: Plan, url: "https://board.example/plan", archived: [{{warc: warc/2024/a.warc.gz, record: "{UUID}", date: 2024-11-22}}]}}}}
- {{source: board, document: {{title: Sheet, url: "https://board.example/sheet"}}}}
annotations:
- {{quote: "900 carts", kind: context, note: Yes., evidence: [{{url: "https://board.example/carts", archived: [{{url: "https://perma.example/EFGH"}}]}}]}}
review: {{state: checked}}
---
The Board counted 900 carts.
-- content/sources/board.md --
---
name: The River Board
kind: government
url: https://board.example/
archived: [{{url: "https://perma.example/IJKL", date: 2024-11-23}}]
---
-- content/topics/flood.md --
---
name: The flood
kind: event
links: {{url: "https://flood.example/", archived: [{{url: "https://perma.example/MNOP", date: 2024-11-24}}]}}
---
"""


def links(html: str) -> list[str]:
    """The links of a page that lead out of it, with what is said behind them."""
    return [
        re.sub(r"\s+", " ", one) for one in re.findall(r'<a href="https://(?!x\.org)[^>]*>.*?</a>|<span>copy .*?</span>', html, flags=re.S)
    ]


@pytest.mark.parametrize("theme", ["plain", "default"])
def test_links_are_robust_and_their_snapshots_stand_behind_them(theme: str, archive: Make) -> None:
    site = archive(SITE)
    site.write("sitegen.yaml", f"title: T\nbase_url: https://x.org/\ntheme: {theme}\n")
    report = site.build()
    assert [str(one) for one in report.problems] == []
    page = site.html("articles/one")
    for wanted in (
        '<a href="https://paper.example/one" data-originalurl="https://paper.example/one" data-versionurl="https://web.archive.org/web/20110703101112/https://paper.example/one" data-versiondate="2011-07-03T10:11:12Z">',
        '<a href="https://board.example/report?a=1&amp;b=2" data-originalurl="https://board.example/report?a=1&amp;b=2" data-versionurl="https://perma.example/ABCD" data-versiondate="2024-11-20">Report</a>',
        '<a href="https://perma.example/ABCD">archived <time datetime="2024-11-20">20 November 2024</time></a>',
        '<a href="https://web.archive.org/web/20241121100333/https://board.example/report">archived <time datetime="2024-11-21T10:03:33Z">21 November 2024</time></a>',
        # a record of our own WARC file is no address: it is told in words, and the link says when the copy was made
        '<a href="https://board.example/plan" data-originalurl="https://board.example/plan" data-versiondate="2024-11-22">Plan</a>',
        'copy of <time datetime="2024-11-22">22 November 2024</time> kept by the archive',
        '<a href="https://board.example/sheet">Sheet</a>',
        '<a href="https://board.example/carts" data-originalurl="https://board.example/carts" data-versionurl="https://perma.example/EFGH">board.example/carts</a>',
        '<a href="https://perma.example/EFGH">snapshot</a>',
    ):
        assert wanted in page, f"{wanted}\n{links(page)}"
    for address, wanted in (("sources/board", "IJKL"), ("topics/flood", "MNOP")):
        assert f'data-versionurl="https://perma.example/{wanted}"' in site.html(address)
        assert f'<a href="https://perma.example/{wanted}">archived ' in site.html(address)
    assert "warc.gz" not in "".join(one.read_text() for one in site.output.rglob("*.html"))


def test_data_beside_a_page_tells_of_its_snapshots(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    assert (
        f'{{"text":"21 November 2024","href":"https://web.archive.org/web/20241121100333/https://board.example/report",'
        f'"iso":"2024-11-21T10:03:33Z","sha256":"{"0" * 64}"}}'
    ) in site.html("articles/one/index.json")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-11-20", "2024-11-20"),
        ("2024-11-20T16:43:33Z", "2024-11-20T16:43:33Z"),
        ("2024-11-20T16:43Z", "2024-11-20T16:43:00Z"),
        ("2024-11-20T16:43:33.75+02:00", "2024-11-20T14:43:33Z"),
        ("20241121100333", "2024-11-21T10:03:33Z"),
        *(
            (one, None)
            for one in ("2024-11", "20241121", "20241321100333", "2024-11-20T16:43", "2024-11-20T25:00:00Z", "0001-01-01T00:00+10:00")
        ),
    ],
)
def test_a_moment_is_a_day_or_an_instant(written: str, read: str | None) -> None:
    if read is None:
        with pytest.raises(ValueError, match="expected a day such as"):
            FORMS["moment"](written)
    else:
        assert FORMS["moment"](written) == read


@pytest.mark.parametrize("address", ["/web/99999999999999/https://a.org", "/web/2024/https://a.org", "/20241121100333"])
def test_an_address_that_tells_no_instant_gives_none(address: str) -> None:
    assert taken(Archived(url=f"https://web.archive.org{address}")) == ""


def problems(site: Archive, snapshots: str) -> list[str]:
    site.write("content/sources/board.md", f"---\nname: B\nkind: government\nurl: https://b.example/\narchived: {snapshots}\n---\n")
    return [re.sub(r"^.*?(error|warning)", r"\1", one.lines()[0]) for one in site.build().problems]


def test_what_is_wrong_with_a_snapshot_is_told(archive: Make) -> None:
    site = archive("")
    assert problems(site, "[{date: 2024-01-01}]") == ["error[missing-url]: a snapshot needs a `url`, or `warc` and `record`"]
    assert problems(site, "[{warc: warc/a.warc.gz}]") == [
        "error[missing-record]: `warc` and `record` stand together: the file, and the record in it"
    ]
    assert problems(site, f'[{{url: "https://a.example/", record: "{UUID}"}}]') == [
        "error[missing-warc]: `warc` and `record` stand together: the file, and the record in it"
    ]
    assert problems(site, '[{url: "ftp://a.example/"}]')[0] == (
        "error[wrong-type]: 'url' is 'ftp://a.example/': expected an address that begins with `https://` or `http://`"
    )
    assert problems(site, '[{url: "javascript:alert(1)"}]')[0].startswith("error[wrong-type]")
    assert problems(site, f'[{{warc: ../a.warc.gz, record: "{UUID}"}}]')[0].startswith("error[wrong-type]: 'warc' is '../a.warc.gz'")
    assert problems(site, "[{warc: a.warc.gz, record: 7}]")[0].startswith("error[wrong-type]: 'record' is '7'")
    assert problems(site, '[{url: "https://a.example/"}, {url: "https://a.example/", date: 2024-01-01}]') == [
        "warning[snapshot-twice]: the snapshot 'https://a.example/' stands twice beside one address"
    ]
    assert problems(site, '[{url: "https://b.example/"}]') == ["warning[snapshot-twice]: the snapshot is the address itself"]
    assert problems(site, '[{url: "https://a.example/"}, {url: "https://c.example/"}]') == []


def held(record: Record) -> Iterator[Record]:
    """Every record within one that has snapshots, by the table of fields alone."""
    if any(one.key == "archived" for one in fields(type(record))):
        yield record
    for one in fields(type(record)):
        value = getattr(record, one.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Record) and not isinstance(part, Archived):
                yield from held(part)


def of(hint: Any) -> Any:
    """A value of a type, with one entry in every list and every record there."""
    hint = without_none(hint)
    if isinstance(hint, type) and issubclass(hint, Record):
        return hint(**{one.name: of(one.type) for one in fields(hint)})
    args = get_args(hint)
    if getattr(hint, "__origin__", None) is tuple or str(hint).startswith("tuple"):
        options = get_args(args[0]) if "|" in str(args[0]) else (args[0],)
        found = next((one for one in options if isinstance(one, type) and issubclass(one, Record)), None)
        return (of(found),) if found else ()
    return of(args[0]) if args else None


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_all_that_has_snapshots_is_looked_at(kind: Any) -> None:
    record = of(kind.record)
    assert list(map(id, cited_in(record))) == list(map(id, held(record)))


def test_the_plain_form_of_before_is_read_as_ever(archive: Make) -> None:
    site = archive("-- content/articles/a.md --\n---\ntitle: A\norigin: {url: null, archived: []}\n---\nWords.\n")
    assert [str(one) for one in site.build().problems] == []


def test_a_page_that_takes_over_another_leaves_snapshots_of_another_address_behind(archive: Make) -> None:
    entry = "---\nname: {0}\nkind: ngo\nurl: https://{0}.example/\n---\n"
    site = archive(f"-- content/sources/a.md --\n{entry.format('a')}-- content/sources/b.md --\n{entry.format('b')}")
    site.write("content/sources/b.md", entry.format("b").replace("/\n---\n", '/\narchived: [{url: "https://perma.example/B"}]\n---\n'))
    merge(site.root, "sources/b", "sources/a", asked())
    assert "archived" not in (site.root / "content/sources/a.md").read_text()
