"""A line of an article with what stands around it, and what it may be."""

from __future__ import annotations

from typing import Literal, NamedTuple

from sitegen.importer.language import Language

Kind = Literal["heading", "caption", "paragraph", "item"]


class Line(NamedTuple):
    """A block below the title, with its number there, the block `before` it, and that which follows it, rules aside; `has_begun`: it is, or
    stands below, the first running text; `is_apart`: no line stands directly above it; `is_row`: it has columns, `is_above_rows`: what
    follows has; `is_over`: a line stands directly below; `is_asked`: the text is an interview;
    `is_last`: no running text comes below; `run`: short lines that stand in a row directly above it; `is_amid`: words
    of the page stand directly above and below it; `is_boxed`: it is in a row of lines below words that lead to other articles."""

    text: str
    number: int
    before: str
    following: str | None
    language: Language
    has_begun: bool = True
    is_apart: bool = True
    is_row: bool = False
    is_above_rows: bool = False
    is_over: bool = False
    is_asked: bool = False
    is_last: bool = False
    run: int = 0
    is_amid: bool = False
    is_boxed: bool = False
