"""What a page's view is made with: the site card, the cards that the page may show, and links, pictures and bodies made with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol, TypeVar

from markupsafe import Markup

from sitegen import urls
from sitegen.archive.index import address_of, key_of_address, meant
from sitegen.cartography.earth import Earth
from sitegen.content.markdown import code_html
from sitegen.model import records
from sitegen.model.article import (
    ARTICLE_VOICE,
    UNNAMED,
    ArticleCard,
    Card,
    EntryCard,
    Key,
    Leaf,
    PageCard,
    PictureCard,
)
from sitegen.model.digest import Digest
from sitegen.model.kinds import CLAIMS, SOURCES, has_data, plural_of
from sitegen.model.site import SiteCard
from sitegen.model.text import Block, Element, Format
from sitegen.speech import Speech, speech_of
from sitegen.views import words
from sitegen.views.licences import licence_view
from sitegen.views.types import (
    BlockView,
    CardView,
    DateView,
    DayView,
    Frame,
    ImageView,
    LeafView,
    LinkView,
)
from sitegen.views.weave import Mark, Name, Target, safe, weave

T = TypeVar("T")


class Store(Protocol):
    """Where the values lie that a page's digests stand for."""

    def card(self, digest: Digest, /) -> Card: ...

    def value(self, digest: Digest, type_: type[T], /) -> T: ...


class Shelf:
    """The cards of one page, and everything that can be said with them."""

    def __init__(self, site: SiteCard, cards: Mapping[Key, Card], own: Key = "", earth: Earth | None = None) -> None:
        self.site = site
        self.earth = earth
        self.speech = speech_of(site.language)
        self.unlisted = _unlisted(self.speech)
        self.cards = cards
        self.own = own
        """What the page is about: a link that leads there is text alone."""

    def href(self, address: str) -> str:
        """How pages write an address: under the site's base path, right at `/` and at `/repo/`."""
        return self.site.base + urls.encoded(address)

    def frame(self, template: str, title: str, address: str, section: str = "", description: str = "", fed: str = "") -> Frame:
        """What every page has. `fed`: the address of what the feed beside it is about, empty where it has none."""
        canonical = self.site.base_url + urls.encoded(address)
        data = self.href(urls.data_of(address)) if self.site.data and has_data(template) else ""
        feed = self.href(urls.feed_of(fed)) if fed and self.site.feed else ""
        return Frame(
            template=template,
            title=title,
            canonical=canonical,
            address=address,
            section=section,
            description=description,
            data=data,
            feed=feed,
        )

    # cards

    def card(self, card: Card) -> CardView:
        """A card of any kind."""
        calendar = self.site.calendars[card.calendar] if isinstance(card, ArticleCard) and card.calendar is not None else None
        return _card(card, self.site.base, self.speech, calendar)

    def known(self, keys: Iterable[Key]) -> tuple[CardView, ...]:
        """Those of the pages that may be shown."""
        return tuple(self.card(self.cards[key]) for key in keys if key in self.cards)

    def entries(self, keys: Iterable[Key]) -> list[EntryCard]:
        """The cards of the entries among pages that may be shown."""
        return [card for key in keys if isinstance(card := self.cards.get(key), EntryCard)]

    def link(self, key: Key) -> LinkView:
        """A link to a page; the id as plain words where it may not be shown."""
        return _link(key, self.title(key), self.site.base if key != self.own else "")

    def claim(self, id: str | None) -> LinkView | None:
        """The claim that a statement belongs to, where it may be shown and the page is not its own."""
        link = self.link(CLAIMS.key(id)) if id else None
        return link if link is not None and link.href else None

    def title(self, key: Key) -> str:
        """The title of a page that may be shown; empty where it may not."""
        card = self.cards.get(key)
        return card.title if isinstance(card, PageCard) else ""

    def day(self, calendar: str | None, number: int | None) -> DayView | None:
        if calendar is None or number is None:
            return None
        return _day(self.site.calendars[calendar], calendar, number, self.site.base)

    def date(self, iso: str | None) -> DateView | None:
        return words.day_view_of(iso, self.speech) if iso else None

    # bodies

    def resolve(self, format: Format) -> Target:
        """Where a link or a reference of a body leads; what is not public becomes text."""
        if format.tag == "ref":
            kind, _, stem = format.target.rpartition(":")
            key = next((key for key in meant(plural_of(kind), stem) if key in self.cards), None)
            if key is None:
                return Target("", "" if format.named else stem.replace("-", " "))
            return Target(self.href(address_of(key)), "" if format.named else self.title(key))
        if format.target.startswith("/"):
            page = key_of_address(format.target)
            if page is not None and page not in self.cards:
                return Target("")
            return Target(self.site.base + format.target.lstrip("/"))
        return Target(format.target)

    def html(self, element: Element, marks: Sequence[Sequence[Mark]] = (), names: Sequence[Sequence[Name]] = ()) -> Markup:
        """The HTML of an element, with the highlights and names of each of its blocks."""
        out = [element.markup[0] if element.markup else ""]
        for index, block in enumerate(element.blocks):
            if block.kind == "code":
                out.append(code_html(block))
            else:
                out.append(weave(block, marks[index] if marks else (), names[index] if names else (), self.resolve))
            out.append(element.markup[index + 1])
        return safe("".join(out))

    def inline(self, block: Block | None) -> Markup:
        return safe(weave(block, resolve=self.resolve)) if block else Markup()

    def picture(self, file: str) -> PictureCard | None:
        """The picture of that name, where it may be shown."""
        card = self.cards.get(f"images/{file}")
        return card if isinstance(card, PictureCard) else None

    def image(self, image: records.Image, caption: Markup) -> ImageView:
        """An image of an article, or one that the archive added to it, with its caption woven."""
        return self._image(f"image-{image.id}", image.file, image.alt or "", caption, image.credit or "", image.licence)

    def _image(
        self, id: str, files: Iterable[str], alt: str, caption: Markup | None = None, credit: str = "", licence: str | None = None
    ) -> ImageView:
        leaves = [leaf for file in files if (picture := self.picture(file)) is not None for leaf in picture.leaves]
        src, width, height = (self.href(leaves[0].address), leaves[0].width, leaves[0].height) if leaves else ("", 0, 0)
        return ImageView(
            id=id,
            src=src,
            width=width,
            height=height,
            alt=alt,
            caption=caption or Markup(),
            credit=credit,
            licence=licence_view(licence) if licence else None,
            leaves=tuple(self._leaf(leaf, number, len(leaves)) for number, leaf in enumerate(leaves, 1)) if len(leaves) > 1 else (),
        )

    def _leaf(self, leaf: Leaf, number: int, count: int) -> LeafView:
        label = self.speech.gettext("Page %(number)s of %(count)s") % {"number": number, "count": count}
        return LeafView(self.href(leaf.address), leaf.width, leaf.height, label)

    def body(self, elements: Iterable[Element]) -> tuple[BlockView, ...]:
        """A free body."""
        out = []
        for element in elements:
            if element.kind == "image":
                view = self._image("", [element.id.removeprefix("images/")], element.blocks[0].text)
                if view.src:
                    out.append(BlockView("image", Markup(), image=view))
            else:
                text = element.blocks[0].text if element.kind == "heading" else ""
                out.append(BlockView(kind=element.kind, html=self.html(element), id=element.id, level=element.level, text=text))
        return tuple(out)

    # what articles say

    def speakers(self, sources: tuple[str, ...]) -> tuple[LinkView, ...]:
        return tuple([self.unlisted.get(source) or self.link(SOURCES.key(source)) for source in sources]) if sources else ()


@lru_cache(maxsize=8)
def _unlisted(speech: Speech) -> dict[str, LinkView]:
    """Speakers that have no page."""
    return {ARTICLE_VOICE: LinkView(speech.gettext("the article itself")), UNNAMED: LinkView(speech.gettext("an unnamed source"))}


@lru_cache(maxsize=8192)  # the same speakers, claims and places are named by many articles
def _link(key: Key, title: str, base: str) -> LinkView:
    if not title:
        return LinkView(key.partition("/")[2].replace("-", " "))
    return LinkView(title, base + urls.encoded(address_of(key)) if base else "")


@lru_cache(maxsize=8192)  # the card of an article stands on the pages of all that it names
def _card(card: Card, base: str, speech: Speech, calendar: records.Calendar | None) -> CardView:
    href = base + urls.encoded(address_of(card.key))
    match card:
        case ArticleCard():
            date = words.date_view(card.date, speech) if card.date else None
            day = _day(calendar, card.calendar, card.day, base) if calendar and card.calendar and card.day is not None else None
            return CardView(card.title, href, date, day)
        case EntryCard():
            return CardView(card.title, href, kind=words.category(speech, card.kind, card.category))
        case _:
            raise TypeError(f"a {type(card).__name__} is of no page")


def _day(calendar: records.Calendar, name: str, number: int, base: str) -> DayView:
    return DayView(words.day_label(calendar, number), base + urls.encoded(urls.day_address(name, number)))
