"""Metadata: the front matter, the notes and the settings."""

from sitegen.model.rules.rule import Rule

GROUP = "Metadata"
METADATA = (
    Rule(
        "no-front-matter",
        GROUP,
        "error",
        "A page has no metadata, or its metadata does not end.",
        "Begin the file with a line that is exactly `---`, write the metadata, and end it with another such line.",
        """\
-- content/pages/about.md --
title: About
""",
    ),
    Rule(
        "yaml-syntax",
        GROUP,
        "error",
        "The metadata is not YAML. Often text with a colon and a space in it lacks quotes, or a line is indented wrongly.",
        "Put the text in double quotes, or correct the indentation of this line and the one before.",
        """\
-- content/pages/about.md --
---
title: Marn: a town
---
""",
    ),
    Rule(
        "yaml-anchor",
        GROUP,
        "error",
        "A value begins with `&` or `*`, which YAML reads as an anchor or an alias. The formats do not use them.",
        "Put the value in double quotes if it is text; else write it out.",
        """\
-- content/pages/about.md --
---
title: *About
---
""",
    ),
    Rule(
        "yaml-tag",
        GROUP,
        "error",
        "A value begins with `!`, which YAML reads as a tag. The formats do not use tags.",
        "Put the value in double quotes.",
        """\
-- content/pages/about.md --
---
title: !About
---
""",
    ),
    Rule(
        "yaml-second-document",
        GROUP,
        "error",
        "A line in the metadata begins with `---` and goes on, which YAML reads as the beginning of a second document.",
        "Make the line exactly `---`, or remove it.",
        """\
-- content/pages/about.md --
---
title: About
--- end
---
""",
    ),
    Rule(
        "yaml-too-deep",
        GROUP,
        "error",
        "More than 12 lists or mappings lie in one another. The formats need no more than six.",
        "If it is text, put it in double quotes; else take brackets out.",
        """\
-- content/pages/about.md --
---
title: About
extra: [[[[[[[[[[[[[]]]]]]]]]]]]]
---
""",
    ),
    Rule(
        "duplicate-key",
        GROUP,
        "error",
        "A key stands twice in one mapping.",
        "Remove one of the two.",
        """\
-- content/pages/about.md --
---
title: About
title: About us
---
""",
    ),
    Rule(
        "unknown-key",
        GROUP,
        "error",
        "The format does not have this key here. The hint names the nearest one that it has.",
        "Correct the key. Data of your own goes under `extra`.",
        """\
-- content/pages/about.md --
---
title: About
draught: true
---
""",
    ),
    Rule(
        "comma-ended-quote",
        GROUP,
        "error",
        "Within braces a comma ended the value, and what follows was read as a key: `{quote: 1,220 bags}` has the keys `quote` and "
        "`220 bags`.",
        "Put the value in double quotes.",
        """\
-- content/articles/flood.md --
---
title: The flood
claims:
- {quote: The river rose, slowly}
---
The river rose, slowly.
""",
    ),
    Rule(
        "comment-ended-text",
        GROUP,
        "error",
        "A space and `#` began a comment, so only the words before it were read.",
        "Put the value in double quotes. A comment that is meant stands on a line of its own.",
        """\
-- content/pages/about.md --
---
title: Bridge #3
---
""",
    ),
    Rule(
        "key-in-both",
        GROUP,
        "error",
        "A key stands in the front matter of an article and in its `.notes.yaml`.",
        "Keep one of the two.",
        """\
-- content/articles/flood.md --
---
title: The flood
claims: []
---
The river rose.
-- content/articles/flood.notes.yaml --
claims: []
""",
    ),
    Rule(
        "missing-…",
        GROUP,
        "error",
        "A key that is needed is missing. The code ends in its name: `missing-title`, `missing-name`, `missing-kind`.",
        "Add the key. The hint says what it means, or which values it may have.",
        """\
-- content/pages/about.md --
---
draft: true
---
""",
    ),
    Rule(
        "wrong-type",
        GROUP,
        "error",
        "The value does not fit its key. The message says what the key takes.",
        "Write the value in the form that the message names: a date as `1911-07-03`, yes and no as `true` and `false`.",
        """\
-- content/articles/flood.md --
---
title: The flood
date: 3 July 1911
---
The river rose.
""",
    ),
    Rule(
        "wrong-choice",
        GROUP,
        "error",
        "The value is not in the list of values that its key may have.",
        "Take one of those that the hint names.",
        """\
-- content/places/marn.md --
---
name: Marn
kind: lake
---
""",
    ),
    Rule(
        "label-without-number",
        GROUP,
        "error",
        "The label of a calendar has no `{n}`, so every day would be called alike.",
        'Write `{n}` where the number of the day belongs: `label: "Day {n}"`.',
        """\
-- sitegen.yaml --
title: The flood
base_url: https://example.org/
calendars:
  flood: {epoch: 1911-07-01, label: Day}
""",
    ),
    Rule(
        "unused-waiver",
        GROUP,
        "warning",
        "A check is waived where there is nothing to waive.",
        "Take the waiver out: the next problem of that kind would be waived unseen.",
        """\
-- content/places/marn.md --
---
name: Marn
kind: city
waive: [{code: broken-link, why: "The page is to be written."}]
---
The town on the river.
""",
    ),
)
