"""What search engines read in the head of a page: schema.org's vocabulary as JSON-LD, from the view that the template sees.

Nothing is said there that the page does not show. What the archive added to an article is no image of it, and stands beside it. A claim is
a `Claim` with its appearances; a `ClaimReview` stands only where the editors give a verdict of their own (`assessment`). An article's date
is `datePublished` only where it is known when it was first published.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from sitegen.model.kinds import PLACES, TOPICS
from sitegen.views.types import ArticleView, AssessmentView, CardView, ClaimView, ImageView, LinkView, PageView, PlaceView

Node = dict[str, Any]


def linked_data(page: PageView) -> Markup:
    """The JSON-LD of a page, safe within `<script type="application/ld+json">`; empty of pages of which schema.org has no kind."""
    node: Node | None = None
    match page:
        case ArticleView():
            node = _article(page)
        case ClaimView():
            node = _claim(page)
        case PlaceView():
            node = _place(page)
    if node is None:
        return Markup()
    added = [one for view in _added(page) for one in _images(page, view)]
    apart = [{**one, "isPartOf": {"@type": "WebPage", "url": page.frame.canonical}} for one in added]
    whole = {"@graph": [_said(node), *apart]} if apart else _said(node)
    text = json.dumps({"@context": "https://schema.org", **whole}, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def _said(node: Node) -> Node:
    """The node without what is not known."""
    return {key: value for key, value in node.items() if value not in ("", None, [], {})}


def _absolute(page: PageView, href: str) -> str:
    return urljoin(page.frame.canonical, href) if href else ""


def _things(page: PageView, type_: str, cards: Iterable[CardView | LinkView]) -> list[Node]:
    names = [(one.title if isinstance(one, CardView) else one.text, one.href) for one in cards]
    return [_said({"@type": type_, "name": name, "url": _absolute(page, href)}) for name, href in names]


def _article(page: ArticleView) -> Node:
    origin = page.origin
    published = origin.published if origin else None
    mentioned = {group.kind: [one.card for one in group.pages] for group in page.mentioned}
    return {
        "@type": "NewsArticle",
        "headline": page.frame.title,
        "url": page.frame.canonical,
        "description": page.frame.description,
        "inLanguage": page.lang,
        "datePublished": published.iso if published else "",
        "dateCreated": page.date.iso if page.date and not published else "",
        "author": _said({"@type": "Person", "name": origin.byline}) if origin and origin.byline else None,
        "publisher": _said({"@type": "Organization", "name": origin.publisher}) if origin and origin.publisher else None,
        "isBasedOn": origin.url if origin else "",
        "image": [one for block in page.blocks if block.image is not None for one in _images(page, block.image)],
        "contentLocation": _things(page, "Place", mentioned.get(PLACES.plural, ())),
        "mentions": _things(page, "Thing", mentioned.get(TOPICS.plural, ())),
        "citation": [
            _said({"@type": "CreativeWork", "name": one.document.title, "url": one.document.url})
            for one in page.sources
            if one.document and (one.document.title or one.document.url)
        ],
    }


def _added(page: PageView) -> Iterator[ImageView]:
    """The pictures that the archive added to an article: things on its page, and no part of the article."""
    if isinstance(page, ArticleView):
        yield from (block.added for block in page.blocks if block.added is not None)
        yield from page.added


def _images(page: PageView, one: ImageView) -> list[Node]:
    """An image, page by page; nothing where the archive does not hold it."""
    terms = one.licence
    said = {
        "caption": one.caption.striptags(),
        "creditText": one.credit,
        "license": terms and (terms.href or {"@type": "CreativeWork", "name": terms.text}),
    }
    if not one.leaves:
        return [_said({"@type": "ImageObject", "contentUrl": _absolute(page, one.src), **said})] if one.src else []
    leaves = enumerate(one.leaves, 1)
    return [_said({"@type": "ImageObject", "contentUrl": _absolute(page, leaf.src), "position": at, **said}) for at, leaf in leaves]


def _claim(page: ClaimView) -> Node:
    articles = list(dict.fromkeys(one.article for one in page.found))
    claim = _said(
        {
            "@type": "Claim",
            "name": page.title,
            "url": page.frame.canonical,
            "appearance": [_said({"@type": "NewsArticle", "headline": one.title, "url": _absolute(page, one.href)}) for one in articles],
        }
    )
    return _review(page, page.assessments[0], claim) if page.assessments else claim


def _review(page: ClaimView, verdict: AssessmentView, claim: Node) -> Node:
    return {
        "@type": "ClaimReview",
        "url": page.frame.canonical,
        "claimReviewed": page.title,
        "datePublished": verdict.date.iso,
        "author": {"@type": "Organization", "name": verdict.by},
        "reviewRating": {"@type": "Rating", "alternateName": verdict.verdict},
        "reviewBody": verdict.why,
        "itemReviewed": claim,
    }


def _place(page: PlaceView) -> Node:
    return {
        "@type": "Place",
        "name": page.title,
        "url": page.frame.canonical,
        "alternateName": [one.form for one in page.names],
        "geo": {"@type": "GeoCoordinates", "latitude": page.location[0], "longitude": page.location[1]} if page.location else None,
        "containedInPlace": _things(page, "Place", page.containers[:1]),
        "sameAs": [one.href for one in page.links],
    }
