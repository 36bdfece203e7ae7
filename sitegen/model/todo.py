"""What is undecided: an entry that a machine proposed bears a `todo` that says how sure it is, and why it was proposed.

To keep the entry is to take its `todo` out; to drop it is to take the entry out. A `todo` of another form is an editor's own note.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, get_args

Sureness = Literal["sure", "likely", "doubtful"]
SURENESS: tuple[Sureness, ...] = get_args(Sureness)
"""From the surest on."""
_FORM = re.compile(rf"({'|'.join(SURENESS)}): (\S.*)")


class Todo(NamedTuple):
    """How sure a proposal is, and a short clause that tells an editor why it was made, or what to look at. `probability`: how often such a
    proposal is right, where that was measured, and `evidence`: the names of what tells it; neither is written.

    >>> str(Todo("likely", "a figure, credited by “said”"))
    'likely: a figure, credited by “said”'
    """

    sureness: Sureness
    reason: str
    probability: float | None = None
    evidence: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.sureness}: {self.reason}"


def proposed(text: str) -> Todo | None:
    """What the `todo` of a proposal says; None where it is an editor's own note.

    >>> proposed("sure: a day count under the calendar ukraine-2022").reason
    'a day count under the calendar ukraine-2022'
    >>> proposed("ask the parish"), proposed("sure:"), proposed("certain: it is so")
    (None, None, None)
    """
    found = _FORM.fullmatch(" ".join(text.split()))
    return Todo(next(one for one in SURENESS if one == found[1]), found[2]) if found else None


SURE, LIKELY = 0.85, 0.6
"""The probabilities from which on a proposal is sure, and likely."""


def judged(probability: float, reason: str) -> Todo:
    """What is said of a proposal that is right with this probability.

    >>> judged(0.93, "a figure").sureness, judged(0.6, "a figure").sureness, judged(0.2, "no figure").sureness
    ('sure', 'likely', 'doubtful')
    """
    return Todo("sure" if probability >= SURE else "likely" if probability >= LIKELY else "doubtful", reason, probability)


def least(*some: Sureness) -> Sureness:
    """The least sure of some.

    >>> least("sure", "doubtful", "likely")
    'doubtful'
    """
    return max(some, key=SURENESS.index)
