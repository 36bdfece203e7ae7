"""The Atom feed (RFC 4287) and the sitemap (sitemaps.org), with absolute addresses; and where crawlers find the sitemap (RFC 9309)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from sitegen.archive.index import address_of
from sitegen.model.article import Article, ArticleCard, Card, Key, PageCard
from sitegen.model.digest import digest_of
from sitegen.model.pages import Feed, Robots, Sitemap
from sitegen.model.site import Corrected, SiteCard
from sitegen.speech import speech_of
from sitegen.urls import encoded
from sitegen.views.shelf import Shelf, Store

_ATOM = "http://www.w3.org/2005/Atom"
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def atom(feed: Feed, site: SiteCard, cards: Mapping[Key, Card], store: Store) -> bytes:
    """The newest articles with their words. `updated` is the article's own date at midnight UTC, for the archive
    has no other; an undated article has none and is left out."""
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": site.lang})
    _text(root, "id", site.base_url)
    _text(root, "title", site.title)
    if site.description:
        _text(root, "subtitle", site.description)
    ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=site.base_url + feed.address)
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=site.base_url)
    listed = [(cards[key], text) for key, text in feed.entries]
    dated = [(card, text) for card, text in listed if isinstance(card, ArticleCard) and card.date is not None]
    newest = max([*(card.date.sort for card, _ in dated if card.date), *(one.date for one in feed.corrected)], default="1970-01-01")
    _text(root, "updated", f"{newest}T00:00:00Z")
    ET.SubElement(ET.SubElement(root, "author"), "name").text = site.title
    absolute = Shelf(_absolute(site), {})
    for card, text in dated:
        assert card.date is not None
        address = f"{site.base_url}{card.key}/"
        entry = ET.SubElement(root, "entry")
        _text(entry, "id", address)
        _text(entry, "title", card.title)
        ET.SubElement(entry, "link", rel="alternate", type="text/html", href=address)
        _text(entry, "updated", f"{card.date.sort}T00:00:00Z")
        article: Article = store.value(text, Article)
        body = "\n".join(str(absolute.html(element)) for element in article.elements if element.kind not in ("image", "added"))
        ET.SubElement(entry, "content", type="html").text = _printable(body)
    for one in feed.corrected:
        _corrected(root, one, site, cards.get(one.page))
    return _bytes(root)


def _corrected(root: ET.Element, one: Corrected, site: SiteCard, card: Card | None) -> None:
    """That a page was corrected or taken back: an entry of its own, for those who have read the page."""
    speech, address = speech_of(site.language), f"{site.base_url}{encoded(address_of(one.page))}"
    entry = ET.SubElement(root, "entry")
    _text(entry, "id", f"{address}#corrected-{one.date}-{digest_of(one.reason.encode()).hex()[:8]}")
    title = card.title if isinstance(card, PageCard) else ""
    told = speech.gettext("Correction: %(title)s") % {"title": title} if title else speech.gettext("A page was withdrawn")
    _text(entry, "title", told)
    ET.SubElement(entry, "link", rel="alternate", type="text/html", href=address)
    _text(entry, "updated", f"{one.date}T00:00:00Z")
    _text(entry, "summary", one.reason)


def sitemap(page: Sitemap, site: SiteCard) -> bytes:
    """The addresses of all pages, or of further sitemaps, with when they were last changed, as far as editors say."""
    root = ET.Element("sitemapindex" if page.of_sitemaps else "urlset", xmlns=_SITEMAP)
    for address, changed in page.addresses:
        one = ET.SubElement(root, "sitemap" if page.of_sitemaps else "url")
        _text(one, "loc", site.base_url + encoded(address))
        if changed:
            _text(one, "lastmod", changed)
    return _bytes(root)


def robots(page: Robots, site: SiteCard) -> bytes:
    """That all may be read. What is not to be listed says so itself (`noindex`), which only those see who may read it."""
    lines = ["User-agent: *", "Allow: /", *(["", f"Sitemap: {site.base_url}{page.sitemap}"] if page.sitemap else [])]
    return "\n".join([*lines, ""]).encode()


def _absolute(site: SiteCard) -> SiteCard:
    from msgspec.structs import replace

    return replace(site, base=site.base_url)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _printable(text)


def _printable(text: str) -> str:
    """The text without the control characters that XML 1.0 cannot hold."""
    return _UNPRINTABLE.sub("", text)


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True, short_empty_elements=True)
    return data + b"\n"
