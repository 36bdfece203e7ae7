"""What is told of a claim with all that articles state of it."""

import re

from sitegen.model.rules.rule import Rule
from sitegen.model.speech import message

GROUP = "Claims, with all that is stated of them"
_SITE = """\
-- sitegen.yaml --
title: The flood
base_url: https://example.org/
checks: {%s: warning}
"""
_BOARD = """\
-- content/sources/board.md --
---
name: The River Board
kind: government
---
"""
_CLERK = """\
-- content/sources/clerk.md --
---
name: The Clerk
kind: person
parent: board
---
"""
_UNION = """\
-- content/sources/union.md --
---
name: The Carters
kind: other
---
"""
_CARTS = """\
-- content/claims/carts.md --
---
title: Carts lost
kind: quantity
measure: {unit: carts}
---
"""
_RUNNING = _CARTS.replace("unit: carts", "unit: carts, cumulative: true")


def _stated(stem: str, words: str, source: str = "board", day: str = "1911-07-03", more: str = "") -> str:
    """An article that credits a figure to a source, as of its day."""
    number, unit = re.sub(r"[^0-9]", "", words), words.rpartition(" ")[2]
    figure = f"as_of: {{date: {day}}}, figures: [{{value: {number}, unit: {unit}}}]"
    return f"""\
-- content/articles/{stem}.md --
---
title: {stem.capitalize()}
date: {day}
claims: [{{quote: "{words}", source: {source}, claim: carts, {figure}{more}}}]
---
It counted {words}.
"""


CLAIMS = (
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
        _stated("one", "900 carts") + _stated("two", "870 carts", day="1911-07-04") + _BOARD + _RUNNING,
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
        _stated("one", "900 carts") + _stated("two", "9,100 carts", day="1911-07-04") + _BOARD + _RUNNING,
        check="figures",
    ),
    Rule(
        "sources-differ",
        GROUP,
        "warning",
        message("Of the same day, unit and scope several voices give figures that do not meet, in whatever articles."),
        "Hold both against their articles. If both stand there, waive it with what you know of the difference: "
        "the claim's page shows both.",
        _stated("one", "900 carts") + _stated("two", "870 carts", "union") + _BOARD + _UNION + _CARTS,
        check="figures",
    ),
    Rule(
        "unit-differs",
        GROUP,
        "warning",
        message("A figure of a claim counts something else than the claim does (`measure`)."),
        "Correct the `unit`, or file the statement under another claim.",
        _stated("one", "900 horses") + _BOARD + _CARTS,
        check="figures",
    ),
    Rule(
        "hedge-lost",
        GROUP,
        "warning",
        message("The title of a claim gives a number bare that the articles only give with a hedge (about, more than …)."),
        "Take the number out of the title, or write the hedge before it.",
        _stated("one", "about 900 carts") + _BOARD + _CARTS.replace("Carts", "900 carts"),
        check="editorial",
    ),
    Rule(
        "one-voice",
        GROUP,
        "warning",
        message("Several sources are credited on a claim, and all of them belong to one another: they are one voice."),
        "Look for somebody who does not depend on them.",
        _SITE % "one-voice" + _stated("one", "900 carts", "[board, clerk]") + _BOARD + _CLERK + _CARTS,
        check="sources",
        is_quiet=True,
    ),
    Rule(
        "circular-via",
        GROUP,
        "warning",
        message("A source is told to say a thing by way of another, and this one by way of the first, of one claim."),
        "Find out who had it first, and correct `source` and `via`.",
        _stated("one", "900 carts", more=", via: union")
        + _stated("two", "870 carts", "union", "1911-07-04", more=", via: board")
        + _BOARD
        + _UNION
        + _CARTS,
        check="sources",
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
)
