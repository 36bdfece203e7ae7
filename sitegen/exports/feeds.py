"""Feeds, in the form of Atom (RFC 4287) and of JSON Feed 1.1, with absolute addresses: of all articles, of what is said of a place, topic,
source or claim, and of corrections.

An entry is known by the address that its page had first, so that readers who have read it do not see it again under another name. It is
updated when something happens to it here, as far as editors write that down; `published` is the day of the article itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from sitegen.archive.index import address_of
from sitegen.exports.xml import printable
from sitegen.model.article import Article, ArticleCard, Card, Key, PageCard
from sitegen.model.digest import digest_of
from sitegen.model.pages import Fed, Feed
from sitegen.model.prepared import prepared
from sitegen.model.site import Contribution, Corrected, SiteCard
from sitegen.speech import Speech, speech_of
from sitegen.urls import encoded, in_json
from sitegen.views.sentences import sentences
from sitegen.views.shelf import Shelf, Store
from sitegen.views.types import AppearanceView, LinkView

UNKNOWN = "1970-01-01"
"""In the place of a day that nobody knows: both forms want one."""
_ATOM = "http://www.w3.org/2005/Atom"
_contribution = msgspec.msgpack.Decoder(prepared(Contribution)).decode


class _Entry(NamedTuple):
    """An entry, before it takes a form. `updated` and `published` are days (ISO), empty where they are not known."""

    id: str
    address: str
    title: str
    updated: str
    published: str = ""
    author: str = ""
    lang: str = ""
    html: str = ""
    summary: str = ""


class _Feed(NamedTuple):
    title: str
    about: str
    """The address of what it is about."""
    address: str
    entries: tuple[_Entry, ...]

    @property
    def updated(self) -> str:
        return max((entry.updated or UNKNOWN for entry in self.entries), default=UNKNOWN)


def feeds(page: Feed, site: SiteCard, cards: Mapping[Key, Card], store: Store) -> tuple[bytes, bytes]:
    """A feed in both forms: Atom and JSON."""
    speech = speech_of(site.language)
    subject = cards.get(page.subject)
    is_of_corrections = not page.subject and not page.entries and bool(page.corrected)
    title = subject.title if isinstance(subject, PageCard) else speech.gettext("Corrections") if is_of_corrections else ""
    shelf = Shelf(replace(site, base=site.base_url), cards)
    entries = [*(_of_article(one, shelf, cards, store) for one in page.entries if one.article in cards)]
    entries += [_of_correction(one, site, cards.get(one.page), speech) for one in page.corrected]
    made = _Feed(
        title=f"{title} – {site.title}" if title else site.title,
        about=site.base_url + encoded(page.address.removesuffix("feed.xml")),
        address=site.base_url + encoded(page.address),
        entries=tuple(sorted(entries, key=lambda one: (one.updated, one.id), reverse=True)),
    )
    return _atom(made, site), _json(made, site, site.base_url + encoded(in_json(page.address)))


def _of_article(one: Fed, shelf: Shelf, cards: Mapping[Key, Card], store: Store) -> _Entry:
    card = cards[one.article]
    assert isinstance(card, ArticleCard)
    base, address = shelf.site.base_url, address_of(card.key)
    article: Article | None = store.value(one.value, Article) if one.value else None
    origin = article.front.origin if article else None
    return _Entry(
        id=base + encoded(one.was or address),
        address=base + encoded(address),
        title=card.title,
        updated=one.updated,
        published=card.date.first if card.date is not None and card.date.day is not None else "",
        author=(origin.byline or origin.publisher or "") if origin else "",
        lang=card.lang or "",
        html=_words(article, shelf) if article else _said(one.given, shelf, f"{base}{encoded(address)}#") if one.given else "",
    )


def _words(article: Article, shelf: Shelf) -> str:
    """The article's own words, all of them."""
    return "\n".join(str(shelf.html(element)) for element in article.elements if element.kind not in ("image", "added"))


def _said(given: bytes, shelf: Shelf, at: str) -> str:
    """The sentences of an article that are about a subject, each with who says what it states."""
    out = []
    for sentence in sentences(_contribution(given), shelf, at):
        out.append(f"<blockquote><p>{sentence.html}</p></blockquote>")
        out += [f"<p>{line}</p>" for one in sentence.appearances if (line := _told(one))]
    return "\n".join(out)


def _told(one: AppearanceView) -> str:
    """Who makes a statement, as of when, and with which figures; HTML."""
    speakers = "; ".join(
        [f'<a href="{escape(link.href)}">{escape(link.text)}</a>' if link.href else escape(link.text) for link in one.speakers]
    )
    times = "; ".join([f"{time.label} {time.date.text}" for time in one.times])
    figures = "; ".join([figure.text for figure in one.figures])
    return " · ".join([part for part in (speakers, escape(times), escape(figures)) if part])


def _link(link: LinkView) -> str:
    return f'<a href="{escape(link.href)}">{escape(link.text)}</a>' if link.href else escape(link.text)


def _of_correction(one: Corrected, site: SiteCard, card: Card | None, speech: Speech) -> _Entry:
    """That a page was corrected or taken back: an entry of its own, for those who have read the page."""
    address = f"{site.base_url}{encoded(address_of(one.page))}"
    title = card.title if isinstance(card, PageCard) else ""
    told = speech.gettext("Correction: %(title)s") % {"title": title} if title else speech.gettext("A page was withdrawn")
    id = f"{address}#corrected-{one.date}-{digest_of(one.reason.encode()).hex()[:8]}"
    return _Entry(id, address, told, one.date, summary=one.reason)


def _instant(day: str) -> str:
    """Midnight UTC of a day: nothing more is known."""
    return f"{day or UNKNOWN}T00:00:00Z"


def _atom(feed: _Feed, site: SiteCard) -> bytes:
    """Written as text: a library's tree of elements takes three times as long, of thousands of feeds."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="{_ATOM}" xml:lang="{_xml(site.lang)}">',
        f" <id>{_xml(feed.about)}</id>",
        f" <title>{_xml(feed.title)}</title>",
    ]
    if site.description and feed.about == site.base_url:
        lines.append(f" <subtitle>{_xml(site.description)}</subtitle>")
    lines += [
        f' <link rel="self" type="application/atom+xml" href="{_xml(feed.address)}"/>',
        f' <link rel="alternate" type="text/html" href="{_xml(feed.about)}"/>',
        f" <updated>{_instant(feed.updated)}</updated>",
        f" <author><name>{_xml(site.title)}</name></author>",
        *(line for entry in feed.entries for line in _atom_entry(entry, site.lang)),
        "</feed>",
        "",
    ]
    return "\n".join(lines).encode()


def _atom_entry(one: _Entry, lang: str) -> Iterator[str]:
    yield f' <entry xml:lang="{_xml(one.lang)}">' if one.lang and one.lang != lang else " <entry>"
    yield f"  <id>{_xml(one.id)}</id>"
    yield f"  <title>{_xml(one.title)}</title>"
    yield f'  <link rel="alternate" type="text/html" href="{_xml(one.address)}"/>'
    yield f"  <updated>{_instant(one.updated)}</updated>"
    if one.published:
        yield f"  <published>{_instant(one.published)}</published>"
    if one.author:
        yield f"  <author><name>{_xml(one.author)}</name></author>"
    if one.summary:
        yield f"  <summary>{_xml(one.summary)}</summary>"
    if one.html:
        yield f'  <content type="html">{_xml(one.html)}</content>'
    yield " </entry>"


def _xml(text: str) -> str:
    return escape(printable(text))


def _json(feed: _Feed, site: SiteCard, address: str) -> bytes:
    told: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.about,
        "feed_url": address,
        **({"description": site.description} if site.description and feed.about == site.base_url else {}),
        "language": site.lang,
        "authors": [{"name": site.title, "url": site.base_url}],
        "items": [_item(one) for one in feed.entries],
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"


def _item(one: _Entry) -> dict[str, Any]:
    """An entry of a JSON Feed: it has content, be it empty."""
    told = {
        "id": one.id,
        "url": one.address,
        "title": one.title,
        "date_modified": _instant(one.updated),
        "date_published": _instant(one.published) if one.published else "",
        "authors": [{"name": one.author}] if one.author else [],
        "language": one.lang,
        "summary": one.summary,
    }
    content = {"content_html": one.html} if one.html else {"content_text": one.summary}
    return {name: value for name, value in told.items() if value} | content
