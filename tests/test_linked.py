"""What is said in the head of a page for search engines: nothing that the page does not show."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from tests.conftest import Archive

Make = Callable[[str], Archive]
SITE = """-- sitegen.yaml --
title: Notices
base_url: https://example.org/repo/
theme: default
-- content/articles/a.md --
---
title: "The </script><b>flood</b> of Marn"
date: 1911-07-03
origin: {publisher: The Ferry, byline: A. Ude, url: "https://ferry.example/1", published: 1911-07-04}
sources: [{id: r, source: board, quote: "the board", document: {title: A report, url: "https://board.example/r"}}]
claims: [{quote: "Ten carts", source: r, claim: carts, figures: [{value: 10, unit: carts}]}]
---
Ten carts were lost at Marn, says the board.
-- content/places/marn.md --
---
name: Marn
aliases: [Old Marn]
kind: village
location: {lat: 10.5, lon: -2.25}
links: {wikidata: Q1}
---
-- content/sources/board.md --
---
name: The River Board
kind: government
---
-- content/claims/carts.md --
---
title: Carts lost
kind: quantity
---
"""
VERDICT = "assessment: {verdict: unproven, by: The editors, date: 2024-01-02, why: Nobody counted., evidence: [{title: The book}]}\n"


def linked(site: Archive, address: str) -> dict[str, Any] | None:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', site.html(address), re.S)
    assert len(found) <= 1
    if not found:
        return None
    read: dict[str, Any] = json.loads(found[0])
    assert read.pop("@context") == "https://schema.org"
    return read


def test_an_article_with_its_origin_its_places_and_its_documents(archive: Make) -> None:
    site = archive(SITE)
    assert not site.build().failed
    assert linked(site, "articles/a/") == {
        "@type": "NewsArticle",
        "headline": "The </script><b>flood</b> of Marn",
        "url": "https://example.org/repo/articles/a/",
        "description": "Ten carts were lost at Marn, says the board.",
        "inLanguage": "en",
        "datePublished": "1911-07-04",
        "author": {"@type": "Person", "name": "A. Ude"},
        "publisher": {"@type": "Organization", "name": "The Ferry"},
        "isBasedOn": "https://ferry.example/1",
        "contentLocation": [{"@type": "Place", "name": "Marn", "url": "https://example.org/repo/places/marn/"}],
        "citation": [{"@type": "CreativeWork", "name": "A report", "url": "https://board.example/r"}],
    }


def test_a_place(archive: Make) -> None:
    site = archive(SITE)
    assert not site.build().failed
    assert linked(site, "places/marn/") == {
        "@type": "Place",
        "name": "Marn",
        "url": "https://example.org/repo/places/marn/",
        "alternateName": ["Old Marn"],
        "geo": {"@type": "GeoCoordinates", "latitude": 10.5, "longitude": -2.25},
        "sameAs": ["https://www.wikidata.org/wiki/Q1"],
    }
    assert linked(site, "sources/board/") is None


def test_a_claim_is_no_review_before_the_editors_give_a_verdict(archive: Make) -> None:
    site = archive(SITE)
    assert not site.build().failed
    claim = {
        "@type": "Claim",
        "name": "Carts lost",
        "url": "https://example.org/repo/claims/carts/",
        "appearance": [
            {"@type": "NewsArticle", "headline": "The </script><b>flood</b> of Marn", "url": "https://example.org/repo/articles/a/"}
        ],
    }
    assert linked(site, "claims/carts/") == claim
    site.write("content/claims/carts.md", f"---\ntitle: Carts lost\nkind: quantity\n{VERDICT}---\n")
    assert not site.build().failed
    assert linked(site, "claims/carts/") == {
        "@type": "ClaimReview",
        "url": "https://example.org/repo/claims/carts/",
        "claimReviewed": "Carts lost",
        "datePublished": "2024-01-02",
        "author": {"@type": "Organization", "name": "The editors"},
        "reviewRating": {"@type": "Rating", "alternateName": "unproven"},
        "reviewBody": "Nobody counted.",
        "itemReviewed": claim,
    }
