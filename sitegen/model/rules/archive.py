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
        check="sources",
    ),
    Rule(
        "series-falls",
        GROUP,
        "warning",
        message("A running total is less than the same source gave before, in whatever articles."),
        "Correct a figure or its date. If the source changed what it counts, write that under `breaks` of the claim: "
        "`{date: …, source: …, why: …}`; if it corrected itself, waive it with the reason.",
        _COUNTED % {"printed": "870", "value": "870"},
        check="figures",
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
        check="figures",
    ),
    Rule(
        "unused-page",
        GROUP,
        "warning",
        message("Nothing in the archive leads to a place, topic, source or claim."),
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
        check="orphans",
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
        check="sources",
    ),
    Rule(
        "unit-differs",
        GROUP,
        "warning",
        message("A figure of a claim counts something else than the claim does (`measure`)."),
        "Correct the `unit`, or file the statement under another claim.",
        """\
-- content/articles/one.md --
---
title: One
date: 1911-07-03
claims: [{quote: "900 horses", source: board, claim: carts, as_of: {date: 1911-07-03}, figures: [{value: 900, unit: horses}]}]
---
They lost 900 horses.
-- content/sources/board.md --
---
name: The River Board
kind: government
---
-- content/claims/carts.md --
---
title: Carts lost
kind: quantity
measure: {unit: carts}
---
""",
        check="figures",
    ),
    Rule(
        "sources-differ",
        GROUP,
        "warning",
        message("Of the same day, unit and scope several voices give figures that do not meet, in whatever articles."),
        "Hold both against their articles. If both stand there, waive it with what you know of the difference: "
        "the claim's page shows both.",
        """\
-- content/articles/one.md --
---
title: One
date: 1911-07-03
claims: [{quote: "900 carts", source: board, claim: carts, as_of: {date: 1911-07-03}, figures: [{value: 900, unit: carts}]}]
---
They lost 900 carts.
-- content/articles/two.md --
---
title: Two
date: 1911-07-03
claims: [{quote: "870 carts", source: union, claim: carts, as_of: {date: 1911-07-03}, figures: [{value: 870, unit: carts}]}]
---
They lost 870 carts.
-- content/sources/board.md --
---
name: The River Board
kind: government
---
-- content/sources/union.md --
---
name: The Carters
kind: other
---
-- content/claims/carts.md --
---
title: Carts lost
kind: quantity
measure: {unit: carts}
---
""",
        check="figures",
    ),
    Rule(
        "hedge-lost",
        GROUP,
        "warning",
        message("The title of a claim gives a number bare that the articles only give with a hedge (about, more than …)."),
        "Take the number out of the title, or write the hedge before it.",
        """\
-- content/articles/one.md --
---
title: One
date: 1911-07-03
claims: [{quote: "about 900 carts", source: board, claim: carts, as_of: {date: 1911-07-03}, figures: [{value: 900, unit: carts}]}]
---
They lost about 900 carts.
-- content/sources/board.md --
---
name: The River Board
kind: government
---
-- content/claims/carts.md --
---
title: 900 carts lost
kind: quantity
measure: {unit: carts}
---
""",
        check="editorial",
    ),
    Rule(
        "one-voice",
        GROUP,
        "warning",
        message("Several sources are credited on a claim, and all of them belong to one another: they are one voice."),
        "Look for somebody who does not depend on them.",
        """\
-- sitegen.yaml --
title: The flood
base_url: https://example.org/
checks: {one-voice: warning}
-- content/articles/one.md --
---
title: One
date: 1911-07-03
claims: [{quote: "900 carts", source: [board, clerk], claim: carts, as_of: {date: 1911-07-03}, figures: [{value: 900, unit: carts}]}]
---
They lost 900 carts.
-- content/sources/board.md --
---
name: The River Board
kind: government
---
-- content/sources/clerk.md --
---
name: The Clerk
kind: person
parent: board
---
-- content/claims/carts.md --
---
title: Carts lost
kind: quantity
measure: {unit: carts}
---
""",
        check="sources",
        is_quiet=True,
    ),
    Rule(
        "circular-via",
        GROUP,
        "warning",
        message("A source is told to say a thing by way of another, and this one by way of the first, of one claim."),
        "Find out who had it first, and correct `source` and `via`.",
        """\
-- content/articles/one.md --
---
title: One
date: 1911-07-03
claims: [{quote: "900 carts", source: board, claim: carts, as_of: {date: 1911-07-03}, via: union}]
---
They lost 900 carts.
-- content/articles/two.md --
---
title: Two
date: 1911-07-03
claims: [{quote: "870 carts", source: union, claim: carts, as_of: {date: 1911-07-04}, via: board, figures: [{value: 870, unit: carts}]}]
---
They lost 870 carts.
-- content/sources/board.md --
---
name: The River Board
kind: government
---
-- content/sources/union.md --
---
name: The Carters
kind: other
---
-- content/claims/carts.md --
---
title: Carts lost
kind: quantity
measure: {unit: carts}
---
""",
        check="sources",
    ),
    Rule(
        "verdict-without-evidence",
        GROUP,
        "warning",
        message("An editor's verdict on a claim (`assessment`) rests on nothing that readers could look up."),
        "Write its `evidence`: title or address, publisher, date.",
        """\
-- content/claims/fall.md --
---
title: Whether the mill fell
kind: event
assessment: {verdict: It stood, by: A. Editor, date: 1911-08-01, why: It is on a later picture.}
---
""",
        check="editorial",
    ),
    Rule(
        "loaded-word",
        GROUP,
        "warning",
        message("A word takes sides in our own voice: in a note, in the title of a claim, in what stands in square brackets."),
        "Say what happened in words that both sides could read. Where the word is quoted, put it in quotation marks.",
        """\
-- sitegen.yaml --
title: The flood
base_url: https://example.org/
checks: {loaded-word: warning}
-- content/articles/one.md --
---
title: One
date: 1911-07-03
annotations: [{quote: "The Board", kind: context, note: The regime had other carts.}]
---
The Board counted 900 carts.
""",
        check="editorial",
        is_quiet=True,
    ),
    Rule(
        "todo",
        GROUP,
        "warning",
        message("An editor has left something to do."),
        "Do it, and take `todo` out.",
        """\
-- sitegen.yaml --
title: The flood
base_url: https://example.org/
checks: {todo: warning}
-- content/articles/one.md --
---
title: One
date: 1911-07-03
todo: ask the parish
---
The Board counted 900 carts.
""",
        check="leftovers",
        is_quiet=True,
    ),
    Rule(
        "old-draft",
        GROUP,
        "warning",
        message("A draft, or a page that nobody has checked, was last looked at more than 90 days ago, by the date of its review."),
        "Check it and publish it, or take it out.",
        """\
-- sitegen.yaml --
title: The flood
base_url: https://example.org/
checks: {old-draft: warning}
-- content/articles/one.md --
---
title: One
date: 1911-07-03
draft: true
review: {state: in-work, date: 1911-07-05}
---
The Board counted 900 carts.
""",
        check="leftovers",
        is_quiet=True,
    ),
    Rule(
        "parts-differ",
        GROUP,
        "warning",
        message("The parts of a total, as of the same day and by the same speaker, do not come to it, in whatever articles."),
        "Hold them against their articles. If all stand there, waive it with what you know of the difference: "
        "the page of the total shows both.",
        """\
-- content/articles/one.md --
---
title: One
date: 1911-07-03
claims:
- {quote: "900 carts", source: board, claim: carts, as_of: {date: 1911-07-03}, figures: [{value: 900, unit: carts}]}
- {quote: "500 hay carts", source: board, claim: hay-carts, as_of: {date: 1911-07-03}, figures: [{value: 500, unit: hay carts}]}
---
It counted 900 carts, of these 500 hay carts.
-- content/articles/two.md --
---
title: Two
date: 1911-07-04
claims: [{quote: "300 milk carts", source: board, claim: milk-carts, as_of: {date: 1911-07-03}, figures: [{value: 300, unit: milk carts}]}]
---
And 300 milk carts.
-- content/sources/board.md --
---
name: The River Board
kind: government
---
-- content/claims/carts.md --
---
title: Carts lost
kind: quantity
relations: [{type: total-of, claim: hay-carts}, {type: total-of, claim: milk-carts}]
---
-- content/claims/hay-carts.md --
---
title: Hay carts lost
kind: quantity
---
-- content/claims/milk-carts.md --
---
title: Milk carts lost
kind: quantity
---
""",
        check="figures",
    ),
    Rule(
        "no-revisions",
        GROUP,
        "warning",
        "`revisions: git` asks for what Git tells of claims, and Git cannot be asked: there is no such program, no repository, or it does"
        " not hold all that was once committed. The message says why; the pages are made without it.",
        "Build where the repository is, whole (`git clone` without `--filter`), or write `revisions: off`.",
        """\
-- sitegen.yaml --
title: Test archive
base_url: https://x.org/
theme: plain
revisions: git
""",
    ),
)
