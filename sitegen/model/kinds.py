"""The kinds of page that editors write: the one table, in the order in which readers are shown them.

Folders, addresses, references, schemas, templates, lists and navigation follow from it, as do the gate and what is sought in articles. A
further kind takes a line here, a record in `model.records`, a view in `views.entries` and a template.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sitegen.model import records


class Kind(NamedTuple):
    """A kind of page.

    `plural` is its folder below `content/` and the first part of its addresses; `singular` stands in references (`[[place:kyiv]]`) and
    names its template and its schema; `record` is what its files hold.
    """

    plural: str
    singular: str
    record: type[records.Page]
    letter: str = ""
    """With what the ids of its mentions begin; empty: its names are not sought in articles."""
    is_subject: bool = True
    """Articles lead to its pages, of which there is a list."""
    is_held: bool = False
    """What a machine proposed of it waits for an editor, even where the words of its article do not."""
    is_nested: bool = False
    """Its files may lie in folders of their own, which are part of their stems."""
    has_card: bool = False
    """Its pages may have a social card beside them (`urls.card_of`)."""
    has_figures: bool = False
    """Its pages may have a table of figures beside them (`urls.figures_of`)."""

    def key(self, stem: str) -> str:
        """What a page of this kind is called in the archive.

        >>> PLACES.key("kyiv")
        'places/kyiv'
        """
        return f"{self.plural}/{stem}"

    @property
    def title(self) -> str:
        return self.plural.capitalize()

    @property
    def template(self) -> str:
        return f"{self.singular}.html"

    @property
    def folder(self) -> str:
        return f"content/{self.plural}"

    @property
    def files(self) -> str:
        """Where its files lie, as a pattern."""
        return f"{self.folder}/{'**/' if self.is_nested else ''}*.md"

    def file(self, stem: str) -> str:
        """Where a page's file lies, where it is in no folder of its own."""
        return f"{self.folder}/{stem}.md"


ARTICLES = Kind("articles", "article", records.Article, is_subject=False, has_card=True)
PLACES = Kind("places", "place", records.Place, letter="p")
TOPICS = Kind("topics", "topic", records.Topic, letter="t")
SOURCES = Kind("sources", "source", records.Source, is_held=True)
CLAIMS = Kind("claims", "claim", records.Claim, is_held=True, has_card=True, has_figures=True)
PAGES = Kind("pages", "page", records.FreePage, is_subject=False, is_nested=True)

TIMELINE = "timeline"
"""The part of the site that is of no kind: its pages are of stretches of time. Its template and its data are called so too."""

KINDS: dict[str, Kind] = {kind.plural: kind for kind in (ARTICLES, PLACES, TOPICS, SOURCES, CLAIMS, PAGES)}


def subject(reference: str) -> str:
    """The key of what a wording means: a place, or what another kind is named for.

    >>> subject("kyiv"), subject("topic:siege")
    ('places/kyiv', 'topics/siege')
    """
    kind, _, stem = reference.rpartition(":")
    return f"{plural_of(kind) or PLACES.plural}/{stem}"


def written(key: str) -> str:
    """The reference that `subject` reads.

    >>> written("places/kyiv"), written("topics/siege")
    ('kyiv', 'topic:siege')
    """
    kind, _, stem = key.partition("/")
    return stem if kind == PLACES.plural else f"{KINDS[kind].singular}:{stem}"


def kind_of(key: str) -> Kind | None:
    """The kind of a page by its key; None for days and pictures."""
    return KINDS.get(key.partition("/")[0])


def subjects() -> Iterator[Kind]:
    """The kinds of which each page has a subject, to which articles lead."""
    return (kind for kind in KINDS.values() if kind.is_subject)


def mentionable() -> Iterator[Kind]:
    """The kinds whose names are sought in articles."""
    return (kind for kind in KINDS.values() if kind.letter)


def has_data(template: str) -> bool:
    """Whether the pages of a template may have data beside them (`urls.data_of`): articles, subjects and the timeline do."""
    return template == f"{TIMELINE}.html" or any(kind.template == template for kind in KINDS.values() if not kind.is_nested)


def has_words(template: str) -> bool:
    """Whether the pages of a template may have their words beside them for those who search: all that editors write do."""
    return any(kind.template == template for kind in KINDS.values())


def has_card(template: str) -> bool:
    """Whether the pages of a template may have a social card beside them."""
    return any(kind.template == template for kind in KINDS.values() if kind.has_card)


def has_figures(template: str) -> bool:
    """Whether the pages of a template may have a table of figures beside them."""
    return any(kind.template == template for kind in KINDS.values() if kind.has_figures)


def has_popup(template: str) -> bool:
    """Whether the pages of a template may be shown in short over others that lead to them: subjects are."""
    return any(kind.template == template for kind in subjects())


def plural_of(singular: str) -> str:
    """The kind that a reference names; what is no kind is given as it is, and leads nowhere.

    >>> plural_of("place"), plural_of(""), plural_of("plaice")
    ('places', '', 'plaice')
    """
    return next((kind.plural for kind in KINDS.values() if kind.singular == singular), singular)
