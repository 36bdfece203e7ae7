"""The figures of a claim as a table for spreadsheets and programs (CSV, RFC 4180), beside its page."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import Decimal
from types import SimpleNamespace

from sitegen.archive.index import address_of
from sitegen.content.figures import allowed
from sitegen.model.article import Card, Key, PageCard
from sitegen.model.kinds import ARTICLES, SOURCES
from sitegen.model.pages import EntryPage
from sitegen.model.records import Figure
from sitegen.model.site import SiteCard
from sitegen.model.tally import Reading, Series
from sitegen.urls import encoded

COLUMNS = ("as_of", "day", "value", "least", "most", "hedge", "unit", "scope", "source_ids", "sources", "article", "address")
"""`as_of`: the date that the text gives (EDTF), empty where it gives none. `day`: the day by which the rows are in order. `value` is the
number, `least` and `most` what its wording allows; empty is open. Shares have no value. Several sources are parted by `; `."""


def figures(page: EntryPage, site: SiteCard, cards: Mapping[Key, Card]) -> bytes | None:
    """The table of a claim's figures, of all articles, in their order; None where there are none, and of other pages."""
    readings = [one for key in page.summed if isinstance(month := cards.get(key), Series) for one in month.readings]
    if not readings:
        return None
    lines: list[str] = []
    write = csv.writer(SimpleNamespace(write=lines.append)).writerow
    write(COLUMNS)
    for one in readings:
        for figure in one.figures:
            write([plain_cell(cell) for cell in _row(one, figure, site, cards)])
    return "".join(lines).encode()


def _row(one: Reading, figure: Figure, site: SiteCard, cards: Mapping[Key, Card]) -> list[str]:
    named = (cards.get(SOURCES.key(source)) for source in one.sources)
    sources = [card.title if isinstance(card, PageCard) else source for card, source in zip(named, one.sources, strict=True)]
    least, most = allowed(figure)
    return [
        one.time.date.text if one.time else "",
        one.day,
        _number(figure.value),
        _number(least),
        _number(most),
        figure.hedge or "",
        figure.unit or "",
        figure.scope or "",
        "; ".join(one.sources),
        "; ".join(sources),
        one.article,
        f"{site.base_url}{encoded(address_of(ARTICLES.key(one.article)))}#{one.id}",
    ]


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def plain_cell(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: content is untrusted. Numbers stay what they are."""
    if cell[:1] not in ("=", "+", "-", "@", "\t", "\r") or cell.lstrip("-").replace(".", "", 1).isdigit():
        return cell
    return f"'{cell}"
