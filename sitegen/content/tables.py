"""Tables whose rows lack cells, which Markdown fills up to the width of the head: a narrow column of text may ask for any number."""

from __future__ import annotations

import re

LACKING = 10_000
"""Cells that the tables of one body may lack."""
_RULE = re.compile(r"[ \t>]*[-:|][-:| \t]*\Z")
"""What stands below the head of a table."""


def ragged(text: str) -> int | None:
    r"""The line, counted from 0, on which the tables of a text lack too many cells; None where they do not.

    >>> ragged("|a|b|\n|-|-|\n|c|\n"), ragged("|a" * 200 + "\n" + "|-" * 200 + "\n" + "|a\n" * 100)
    (None, 52)
    """
    width = lacking = 0
    if "|" in text:
        for number, line in enumerate(text.split("\n")):
            if "|" in line and _RULE.match(line):
                width = _cells(line)
            elif not line.strip(" \t>"):
                width = 0
            elif width:
                lacking += max(0, width - _cells(line))
                if lacking > LACKING:
                    return number
    return None


def _cells(line: str) -> int:
    return line.strip(" \t>").removeprefix("|").removesuffix("|").count("|") + 1
