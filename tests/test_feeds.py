"""Feeds: of all, of each place, topic, source and claim, of corrections; in two forms, as other programs read them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import atoma
import feedparser
import pytest

from tests.conftest import Archive

Make = Callable[[str], Archive]
ARCHIVE = """\
-- sitegen.yaml --
title: "Papers & <Letters>"
base_url: https://x.org/papers/
lang: en
theme: plain
-- content/places/marn.md --
---
name: Marn
kind: town
---
-- content/topics/flood.md --
---
name: The flood
kind: event
---
-- content/sources/board.md --
---
name: the Board
kind: government
---
-- content/claims/carts.md --
---
title: Carts counted
kind: quantity
---
-- content/articles/old.md --
---
title: "The bridge & the carts"
date: 1911-07-03
lang: de
origin: {byline: "A. Wren"}
review: {state: checked, date: 2024-02-01}
corrections: [{date: 2024-03-04, reason: "A date was wrong."}]
---
The Board counted 900 carts at Marn.
-- content/articles/old.notes.yaml --
claims:
- {id: c-carts, quote: "counted 900 carts", source: board, claim: carts, topics: flood, figures: [{value: 900, unit: carts}]}
-- content/articles/new.md --
---
title: Fair weather
date: 1912-01-01
---
No cart passed Marn.
-- content/articles/undated.md --
---
title: No day
date: null
---
Marn again.
"""
PLACES = ("", "places/marn/", "topics/flood/", "sources/board/", "claims/carts/", "corrections/")


def feed(site: Archive, address: str = "") -> dict[str, Any]:
    made: dict[str, Any] = json.loads((site.output / address / "feed.json").read_bytes())
    return made


@pytest.mark.parametrize("address", PLACES)
def test_other_programs_read_them(address: str, archive: Make) -> None:
    """Feedparser is what many readers are made with; atoma refuses a feed that lacks what its standard asks for."""
    site = archive(ARCHIVE)
    assert not site.build().failed
    data = (site.output / address / "feed.xml").read_bytes()
    lenient = feedparser.parse(data)
    assert not lenient.bozo, lenient.get("bozo_exception")
    strict = atoma.parse_atom_bytes(data)
    told = atoma.parse_json_feed_bytes((site.output / address / "feed.json").read_bytes())
    assert len(lenient.entries) == len(strict.entries) == len(told.items) > 0
    assert [one.id_ for one in strict.entries] == [one.id_ for one in told.items]
    assert len({one.id_ for one in strict.entries}) == len(strict.entries)
    assert [one.updated for one in strict.entries] == [one.date_modified for one in told.items]
    assert strict.updated == max(one.updated for one in strict.entries)
    links = {link.rel: link.href for link in strict.links}
    assert links == {"self": f"https://x.org/papers/{address}feed.xml", "alternate": f"https://x.org/papers/{address}"}
    assert told.feed_url == f"https://x.org/papers/{address}feed.json"
    for one in told.items:
        assert one.url.startswith("https://x.org/papers/")
        assert 'href="/' not in (one.content_html or "")


def test_an_entry_is_updated_by_what_happened_to_it_here(archive: Make) -> None:
    site = archive(ARCHIVE)
    site.build()
    told = {one["title"]: one for one in feed(site)["items"]}
    assert list(told) == ["Correction: The bridge & the carts", "The bridge & the carts", "Fair weather", "No day"]
    assert told["The bridge & the carts"]["date_modified"] == "2024-03-04T00:00:00Z"
    assert told["The bridge & the carts"]["date_published"] == "1911-07-03T00:00:00Z"
    assert told["The bridge & the carts"]["authors"] == [{"name": "A. Wren"}]
    assert told["The bridge & the carts"]["language"] == "de"
    assert told["Fair weather"]["date_modified"] == "1912-01-01T00:00:00Z"
    assert "date_published" not in told["No day"]


def test_what_is_said_of_a_subject_is_what_its_feed_tells(archive: Make) -> None:
    site = archive(ARCHIVE)
    site.build()
    (one,) = feed(site, "claims/carts/")["items"]
    assert "900 carts" in one["content_html"]
    assert 'href="https://x.org/papers/articles/old/#c-carts"' in one["content_html"]
    assert 'href="https://x.org/papers/sources/board/"' in one["content_html"]
    assert feed(site, "claims/carts/")["title"] == "Carts counted – Papers & <Letters>"
    assert len(feed(site, "places/marn/")["items"]) == 3


def test_an_id_outlives_a_rename(archive: Make) -> None:
    site = archive(ARCHIVE)
    site.build()
    before = {one["id"] for address in PLACES[:5] for one in feed(site, address)["items"]}
    for name in ("old.md", "old.notes.yaml"):
        (site.root / f"content/articles/{name}").rename(site.root / f"content/articles/{name.replace('old', 'bridge')}")
    text = (site.root / "content/articles/bridge.md").read_text()
    site.write("content/articles/bridge.md", text.replace("lang: de\n", "lang: de\nredirect_from: [articles/old]\n"))
    assert not site.build().failed
    after = {one["id"]: one["url"] for address in PLACES[:5] for one in feed(site, address)["items"] if "Correction" not in one["title"]}
    assert {*after} <= before
    assert after["https://x.org/papers/articles/old/"] == "https://x.org/papers/articles/bridge/"


@pytest.mark.parametrize("display", ["excerpts", "metadata"])
def test_whole_words_stand_there_only_where_they_may(display: str, archive: Make) -> None:
    site = archive(ARCHIVE)
    text = (site.root / "content/articles/old.md").read_text()
    site.write("content/articles/old.md", text.replace("lang: de\n", f"lang: de\ndisplay: {display}\n"))
    assert not site.build().failed
    one = next(one for one in feed(site)["items"] if one["title"] == "The bridge & the carts")
    assert "content_html" not in one
    assert "counted 900" not in (site.output / "feed.xml").read_text()


def test_what_readers_may_not_see_is_in_no_feed(archive: Make) -> None:
    site = archive(ARCHIVE)
    text = (site.root / "content/articles/old.md").read_text()
    site.write("content/articles/old.md", text.replace("lang: de\n", "lang: de\ndraft: true\n"))
    site.build()
    for path in site.output.rglob("feed.*"):
        assert "bridge" not in path.read_text(), path


def test_a_page_names_its_feed(archive: Make) -> None:
    for theme in ("plain", "default"):
        site = archive(ARCHIVE.replace("theme: plain", f"theme: {theme}"))
        site.build()
        page = site.html("places/marn")
        assert 'type="application/atom+xml" title="Marn" href="/papers/places/marn/feed.xml"' in page
        assert 'type="application/feed+json" title="Marn" href="/papers/places/marn/feed.json"' in page
        assert '<a href="/papers/places/marn/feed.xml">' in page
        assert 'href="/papers/corrections/feed.xml"' in site.html("corrections")
        assert "feed.xml" not in site.html("articles/old").replace("/papers/feed.xml", "")


def test_none_where_the_archive_wants_none(archive: Make) -> None:
    site = archive(ARCHIVE.replace("theme: plain", "theme: plain\noutputs: {feeds: false}"))
    site.build()
    assert not list(site.output.rglob("feed.*"))
    assert "feed" not in site.html("places/marn")


def test_a_change_of_one_article_makes_those_feeds_anew_in_which_it_stands(archive: Make) -> None:
    site = archive(ARCHIVE)
    site.build()
    before = site.bytes_of_output()
    text = (site.root / "content/articles/new.md").read_text()
    site.write(
        "content/articles/new.md", text.replace("date: 1912-01-01\n", "date: 1912-01-01\nreview: {state: checked, date: 2024-05-06}\n")
    )
    site.build()
    changed = {path for path, digest in site.bytes_of_output().items() if before.get(path) != digest and "feed" in path}
    assert changed == {f"{address}feed.{form}" for address in ("", "places/marn/") for form in ("xml", "json")}


def test_the_twenty_to_which_something_happened_last(archive: Make) -> None:
    pages = "".join(f"-- content/articles/a{n:02}.md --\n---\ntitle: A{n}\ndate: 1911-07-{n + 1:02}\n---\nMarn.\n" for n in range(30))
    site = archive(ARCHIVE + pages)
    site.build()
    for address in ("", "places/marn/"):
        titles = [one["title"] for one in feed(site, address)["items"] if "Correction" not in one["title"]]
        assert len(titles) == 20
        assert titles[:3] == ["The bridge & the carts", "Fair weather", "A29"]
