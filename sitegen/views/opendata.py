"""The page of the open data: which files there are, what for, how large they are, and what their columns mean."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from sitegen.model.opendata import DataFile
from sitegen.model.pages import DataPage
from sitegen.model.speech import message
from sitegen.opendata.files import BY_NAME, DESCRIPTIONS, FILES, THE_CATALOGUE
from sitegen.opendata.tables import TABLES
from sitegen.speech import Speech
from sitegen.views import words
from sitegen.views.licences import licence_view
from sitegen.views.shelf import Shelf
from sitegen.views.types import ColumnView, DataFilesView, DataFileView, TableView

OPEN_DATA = message("Open data")
"""What the page is called."""
_STEP = 1000
"""Of the prefixes of sizes, as file managers and hosts count (IEC 80000-13)."""
_UNITS = ("B", "kB", "MB", "GB")


def data_view(page: DataPage, shelf: Shelf) -> DataFilesView:
    """The view of the page of the open data."""
    title, counts = shelf.speech.gettext(OPEN_DATA), dict(page.counts)
    made = {one.name: one for one in page.files}
    return DataFilesView(
        frame=shelf.frame(page.template, title, page.address),
        title=title,
        files=tuple(_file(made[file.name], page.address, shelf) for file in FILES if file.name in made),
        descriptions=tuple(_file(made[file.name], page.address, shelf) for file in (*DESCRIPTIONS, THE_CATALOGUE) if file.name in made),
        tables=tuple(
            TableView(
                table.name,
                table.about,
                words.number(shelf.speech, counts.get(table.name, 0)),
                tuple(ColumnView(column.name, column.about, column.refers) for column in table.columns),
            )
            for table in TABLES
        ),
        licence=licence_view(page.licence) if page.licence else None,
    )


def _file(one: DataFile, address: str, shelf: Shelf) -> DataFileView:
    file = BY_NAME[one.name]
    return DataFileView(
        name=file.name,
        href=shelf.href(address + file.name),
        about=shelf.speech.gettext(file.about),
        media=file.media,
        size=size(one.size, shelf.speech),
        rows=words.number(shelf.speech, one.rows) if one.rows >= 0 else "",
        form=file.form,
        schema=shelf.href(address + file.schema) if file.schema else "",
    )


def size(count: int, speech: Speech) -> str:
    """A number of bytes in words, to two digits at the least.

    >>> from sitegen.speech import english
    >>> size(1_250_000, english()), size(999_999, english()), size(12, english())
    ('1.3 MB', '1 MB', '12 B')
    """
    value, step = Decimal(count), 0
    while value >= _STEP - Decimal("0.5") and step < len(_UNITS) - 1:
        value, step = value / _STEP, step + 1
    rounded = value.quantize(Decimal("0.1") if step and value < 10 else Decimal(1), ROUND_HALF_UP).normalize()
    return f"{words.number(speech, Decimal(f'{rounded:f}'))} {_UNITS[step]}"
