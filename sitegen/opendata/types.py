"""What the writers of open data are given, and what they are told of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, Protocol

from sitegen.model.base import Value
from sitegen.model.records import CitationSettings

TEXTS = "articles.text"
"""What an edit of its words changes of an article (`OF_TEXT`), told apart from the rest of its row: most files do without."""
OF_TEXT = ("words", "text")
"""The columns of articles for which `TEXTS` stands."""


class About(Value, frozen=True):
    """`base_url` is the site's, with a slash at its end; `lang` its language (BCP 47); `citation` who made it, and its licence."""

    title: str
    description: str
    base_url: str
    lang: str
    citation: CitationSettings


class Asked(Protocol):
    """The database, as far as writers ask it."""

    def rows(self, query: str, *arguments: object) -> Iterator[tuple[Any, ...]]: ...

    def columns(self, query: str) -> Iterable[str]: ...

    def named(self, query: str, *arguments: object) -> Iterator[dict[str, Any]]: ...


class File(NamedTuple):
    """A file of open data. `about` says in plain words what it holds and what for; `media` is its media type; `rows` asks how many rows it
    has, empty where it has none; `write` makes it; `schema` is the file that describes its form, and `form` the address of the standard
    that it follows. `reads`: the tables that it is made from, and nothing else can be (`archivedb.Reading.only`); `TEXTS` stands for the
    words of articles, without which their table is what else is told of them."""

    name: str
    about: str
    media: str
    write: Callable[[Asked, About], Iterable[bytes]] | None
    rows: str = ""
    schema: str = ""
    form: str = ""
    reads: frozenset[str] = frozenset()
