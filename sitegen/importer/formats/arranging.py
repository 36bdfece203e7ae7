"""From the blocks of a format to a document: what its marks tell stays, and of the rest the rules of plain text decide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sitegen.content.text import normal
from sitegen.importer.days import Dated
from sitegen.importer.formats.document import SILENT, UNDATED, UNKNOWN, Document, Origin, Properties, recorded
from sitegen.importer.language import guessed, language
from sitegen.importer.line import Kind
from sitegen.importer.structure import Piece, arranged


class Block(NamedTuple):
    """A block as a format marks it; a `title` is set off as such."""

    kind: Kind
    text: str
    is_title: bool = False


class Maker(NamedTuple):
    """What reads a format: the library, or this program, with its version."""

    tool: str
    version: str


CELL = 120
"""Signs of a cell: where one is longer, the table sets running text beside something else, and is no table of words and figures."""
BETWEEN = " | "
"""What stands between the cells of a row, so that no two figures become one."""


def row(cells: Sequence[Sequence[Block]]) -> Iterator[Block]:
    """A row of a table: one block, or its cells one after the other where they hold running text."""
    filled = [cell for cell in cells if cell]
    if len(filled) == 1 or any(len(cell) > 1 or len(cell[0].text) > CELL or cell[0].kind != "paragraph" for cell in filled):
        for cell in filled:
            yield from cell
    elif filled:
        yield Block("paragraph", BETWEEN.join(cell[0].text for cell in filled))


_NO_TITLE = re.compile(r"\A(?:microsoft \w+ - |untitled|unbenannt|document\s?\d*\Z|dokument\s?\d*\Z)|\.\w{2,5}\Z", re.I)
"""What programs write as the title of a file that has none: the file's name, "Document1"."""


def document(
    blocks: Sequence[Block],
    lang: str,
    maker: Maker,
    *,
    title: str = "",
    dated: Dated = UNDATED,
    origin: Origin = UNKNOWN,
    part: str = "",
    says: Properties = SILENT,
) -> Document:
    """The document of these blocks. `lang`: the archive's language; `title`: what the file says of itself, which counts where no block is
    the title. Raises ValueError where there are no words."""
    if not blocks:
        raise ValueError("the file holds no text")
    rules = language(guessed("\n".join(block.text for block in blocks)[:GUESSED], lang))
    at = next((number for number, block in enumerate(blocks) if block.is_title), None)
    said = "" if _NO_TITLE.search(title) else normal(title)
    structure = arranged([Piece(block.kind, block.text) for block in blocks], rules, at, said)
    return Document(recorded(structure), structure, maker.tool, maker.version, dated, origin, part, says)


GUESSED = 100_000
"""Signs of a text by which its language is guessed."""
