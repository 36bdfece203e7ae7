"""Dates and the counting of days."""

from sitegen.model.rules.rule import Rule
from sitegen.model.speech import message

GROUP = "Dates"
DATES = (
    Rule(
        "day-disagrees",
        GROUP,
        "error",
        "`day` is not the number that the calendar gives the date.",
        "Correct `day` or `date`, or leave `day` out: it follows from the date.",
        """\
-- sitegen.yaml --
title: The flood
base_url: https://example.org/
calendars:
  flood: {epoch: 1911-07-01, label: "Day {n}"}
-- content/articles/flood.md --
---
title: The flood
date: 1911-07-03
day: 3
---
The river rose.
""",
    ),
    Rule(
        "day-without-date",
        GROUP,
        "error",
        "`day` is given, but `date` is not, or not to the day.",
        "Give `date` as year, month and day, or leave `day` out.",
        """\
-- sitegen.yaml --
title: The flood
base_url: https://example.org/
calendars:
  flood: {epoch: 1911-07-01, label: "Day {n}"}
-- content/articles/flood.md --
---
title: The flood
date: 1911-07
day: 2
---
The river rose.
""",
    ),
    Rule(
        "missing-calendar",
        GROUP,
        "error",
        "`day` is given, and no calendar by which it counts: `sitegen.yaml` has none, or several to choose from.",
        "Name the `calendar`, leave `day` out, or describe a calendar in `sitegen.yaml`.",
        """\
-- sitegen.yaml --
title: The flood
base_url: https://example.org/
-- content/articles/flood.md --
---
title: The flood
date: 1911-07-03
day: 2
---
The river rose.
""",
    ),
    Rule(
        "unknown-calendar",
        GROUP,
        "error",
        "`sitegen.yaml` has no calendar of this name.",
        "Correct the name, or describe the calendar in `sitegen.yaml`.",
        """\
-- content/articles/flood.md --
---
title: The flood
date: 1911-07-03
calendar: flood
---
The river rose.
""",
    ),
    Rule(
        "date-disagrees",
        GROUP,
        "error",
        message("By this rule the words do not lead to the date that is given."),
        "Correct the date, the quote or the rule. `rule: editor` says that the date is your own reading.",
        """\
-- content/articles/flood.md --
---
title: The flood
date: 1911-07-03
date_basis:
- {quote: on Sunday, rule: weekday}
---
The river rose on Sunday.
""",
        check="dates",
    ),
    Rule(
        "basis-without-date",
        GROUP,
        "error",
        "`date_basis` says what leads to the date of the article, which has no `date`.",
        "Give `date`, or leave `date_basis` out.",
        """\
-- content/articles/flood.md --
---
title: The flood
date_basis:
- {quote: on Monday, rule: weekday}
---
The river rose on Monday.
""",
    ),
    Rule(
        "weekday-disagrees",
        GROUP,
        "warning",
        message("The text names a day of the week before a date, and the date was another day of the week."),
        "Hold it against the seed. If the text prints it so, add a note of the kind `sic`, and waive this with the reason.",
        """\
-- content/articles/one.md --
---
title: One
date: 1924-06-12
---
The bell rang on Monday, 11 June 1924.
""",
        check="dates",
    ),
)
