"""What stands in quotation marks, of whatever kind."""

from __future__ import annotations

import re
from bisect import bisect_left

_BEGINNING = re.compile(r"[“\"„«]|''|(?<!\w)[‘'](?=[^’'])")
_ENDING = {mark: re.compile(end) for mark, end in (("“", "”"), ('"', '"'), ("''", "''"), ("„", "[“”]"), ("«", "»"))}
_SINGLE = re.compile(r"(?<!\w)[’']|[’'](?!\w)")
"""A single mark that is no apostrophe within a word."""
_OF_WORD = re.compile(r"\w")
_POSSESSIVE = re.compile(r"s[’'] (?=\w)")
"""The end of a word that may say whose something is."""


def quotations(text: str) -> list[tuple[int, int]]:
    """The stretches in quotation marks, with these; the last may be open. One in single marks ends with the first that does not stand
    within a word, and is none where that begins a word.

    >>> [t[a:b] for t in ["“Go,” he said, ‘it’s done’. 'Tis “so"] for a, b in quotations(t)]
    ['“Go,”', '‘it’s done’', '“so']
    >>> [t[a:b] for t in ["‘The soldiers’ homes burnt,’ he said of the ‘Tigers’ and yesterday’s fire."] for a, b in quotations(t)]
    ['‘The soldiers’ homes burnt,’', '‘Tigers’']
    >>> [t[a:b] for t in ["The ‘Tigers’ beat the ‘Lions,’ and 'Bears' the 'Wolves,' he said."] for a, b in quotations(t)]
    ['‘Tigers’', '‘Lions,’', "'Bears'", "'Wolves,'"]
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
            at = _past_possessives(text, singles, number) + 1
            out.append((found.start(), at))
    return out


def _past_possessives(text: str, singles: list[int], number: int) -> int:
    """Where a quotation in single marks ends that may end with one of them: not with "soldiers’", where the next mark that is no other such
    follows the end of a phrase."""
    last = number
    while last + 1 < len(singles) and _POSSESSIVE.match(text, singles[last] - 1):
        following = singles[last + 1]
        if "‘" in text[singles[last] : following] or text[following - 1].isspace():
            break  # another begins
        last += 1
    is_end = last > number and text[singles[last] - 1] in ",.!?…" and not _OF_WORD.match(text, singles[last] + 1)
    return singles[last if is_end else number]
