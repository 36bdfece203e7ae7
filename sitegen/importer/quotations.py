"""What stands in quotation marks, of whatever kind."""

from __future__ import annotations

import re
from bisect import bisect_left

_BEGINNING = re.compile(r"[“\"„«]|''|(?<!\w)[‘'](?=[^’'])")
_ENDING = {mark: re.compile(end) for mark, end in (("“", "”"), ('"', '"'), ("''", "''"), ("„", "[“”]"), ("«", "»"))}
_SINGLE = re.compile(r"(?<!\w)[’']|[’'](?!\w)")
"""A single mark that is no apostrophe within a word."""
_OF_WORD = re.compile(r"\w")


def quotations(text: str) -> list[tuple[int, int]]:
    """The stretches in quotation marks, with these; the last may be open. One in single marks ends with the first that does not stand
    within a word, and is none where that begins a word.

    >>> [t[a:b] for t in ["“Go,” he said, ‘it’s done’. 'Tis “so"] for a, b in quotations(t)]
    ['“Go,”', '‘it’s done’', '“so']
    """
    singles = [found.start() for found in _SINGLE.finditer(text)]
    out: list[tuple[int, int]] = []
    at = 0
    while found := _BEGINNING.search(text, at):
        at, ending = found.end(), _ENDING.get(found.group())
        if ending is not None:
            end = ending.search(text, at)
            at = end.end() if end else len(text)
            out.append((found.start(), at))
        elif (number := bisect_left(singles, at + 1)) < len(singles) and not _OF_WORD.match(text, singles[number] + 1):
            at = singles[number] + 1
            out.append((found.start(), at))
    return out
