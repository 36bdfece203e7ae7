"""What is told of the archive as a whole: of claims with all that is stated of them, and of pages by what leads to them."""

from sitegen.model.rules.rule import Rule
from sitegen.model.speech import message

GROUP = "The archive as a whole"
_COUNTED = """\
-- content/articles/one.md --
---
title: One
date: 1911-07-03
claims: [{quote: "900 carts", source: board, claim: carts, as_of: {date: 1911-07-03}, figures: [{value: 900, unit: carts}]}]
---
It counted 900 carts.
-- content/articles/two.md --
---
title: Two
date: 1911-07-04
claims: [{quote: "%(printed)s carts", source: board, claim: carts, as_of: {date: 1911-07-04}, figures: [{value: %(value)s, unit: carts}]}]
---
It counted %(printed)s carts.
-- content/sources/board.md --
---
name: The River Board
kind: government
---
-- content/claims/carts.md --
---
title: Carts lost
kind: quantity
measure: {unit: carts, cumulative: true}
---
"""
"""Two articles that credit one source with a running total: 900 carts, and another number a day later."""

ARCHIVE = (
    Rule(
        "says-both",
        GROUP,
        "warning",
        message("By the archive's articles one source asserts a claim and denies it, as of the same time."),
        "Correct the `stance` or the time of one of the two; if it is so, waive it with the reason.",
        """\
-- content/articles/one.md --
---
title: One
date: 1911-07-03
claims: [{quote: "It fell", source: board, claim: fall, stance: asserts}]
---
It fell.
-- content/articles/two.md --
---
title: Two
date: 1911-07-04
claims: [{quote: "It did not fall", source: board, claim: fall, stance: denies}]
---
It did not fall.
-- content/sources/board.md --
---
name: The River Board
kind: government
---
-- content/claims/fall.md --
---
title: Whether the mill fell
kind: event
---
""",
        is_check=True,
    ),
    Rule(
        "series-falls",
        GROUP,
        "warning",
        message("A running total is less than the same source gave before, in whatever articles."),
        "Correct a figure or its date. If the source changed what it counts, write that under `breaks` of the claim: "
        "`{date: …, source: …, why: …}`; if it corrected itself, waive it with the reason.",
        _COUNTED % {"printed": "870", "value": "870"},
        is_check=True,
    ),
    Rule(
        "series-leaps",
        GROUP,
        "warning",
        message(
            "A running total is ten times what the same source gave before, or a tenth of it, "
            "or beyond: a digit may be missing or too many."
        ),
        "Hold both against their articles. If they are right, waive it with the reason, or write under `breaks` what is counted otherwise.",
        _COUNTED % {"printed": "9,100", "value": "9100"},
        is_check=True,
    ),
    Rule(
        "unused-page",
        GROUP,
        "warning",
        message(
            "Nothing in the archive leads to a place, topic, source or claim. "
            "It is told where `checks` asks for it: `{unused-page: warning}`."
        ),
        "Take the page out, or name it where it belongs.",
        """\
-- sitegen.yaml --
title: The flood
base_url: https://example.org/
checks: {unused-page: warning}
-- content/places/marn.md --
---
name: Marn
kind: city
---
""",
        is_check=True,
        is_quiet=True,
    ),
    Rule(
        "unpublished-source",
        GROUP,
        "warning",
        message("A published article credits a source whose page readers may not see: its id stands there, and no link."),
        "Look the page over and write `review: {state: checked}`, or take out what keeps it back (`draft`, `publish_from`, `expires`).",
        """\
-- content/articles/flood.md --
---
title: The flood
claims: [{quote: "It fell", source: board}]
---
It fell.
-- content/sources/board.md --
---
name: The River Board
kind: government
review: {state: imported}
---
""",
        is_check=True,
    ),
)
