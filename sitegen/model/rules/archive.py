"""What is told of the archive as a whole: of pages by what leads to them and by what their editors left."""

from sitegen.model.rules.rule import Rule
from sitegen.model.speech import message

GROUP = "The archive as a whole"
ARCHIVE = (
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
        message("An editor has left something to do, or what an import proposed is undecided."),
        "Do it, and take `todo` out. A proposal is kept by taking its `todo` out, and dropped by taking it out as a whole.",
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
