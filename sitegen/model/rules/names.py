"""Ids, names and links."""

from sitegen.model.rules.rule import Rule
from sitegen.model.speech import message

GROUP = "Ids, names and links"
NAMES = (
    Rule(
        "unknown-id",
        GROUP,
        "error",
        "There is no page of that kind with this id. The id of a page is the name of its file without `.md`.",
        "Correct the id, or add the page.",
        """\
-- content/pages/about.md --
---
title: About
---
See [[place:marn]].
""",
    ),
    Rule(
        "ambiguous-id",
        GROUP,
        "error",
        "Pages of several kinds have this id, and `[[id]]` does not say which is meant.",
        "Write the kind before it: `[[place:marn]]`.",
        """\
-- content/places/marn.md --
---
name: Marn
kind: town
---
-- content/sources/marn.md --
---
name: Town of Marn
kind: government
---
-- content/pages/about.md --
---
title: About
---
See [[marn]].
""",
    ),
    Rule(
        "ambiguous-name",
        GROUP,
        "error",
        "A name in the text may mean several places or topics.",
        "Say which is meant here under `places: {as: …}`, or list the name under `places: {ignore: …}`.",
        """\
-- content/places/marn.md --
---
name: Marn
kind: town
---
-- content/places/upper-marn.md --
---
name: Upper Marn
aliases: [Marn]
kind: village
---
-- content/articles/flood.md --
---
title: The flood
---
The river rose in Marn.
""",
    ),
    Rule(
        "broken-link",
        GROUP,
        "error",
        message("A link within the site leads to no page, or to a place that its page does not have."),
        "Link a page that exists. What follows `#` is the id of a claim, note or image, or a heading in small letters with hyphens.",
        """\
-- content/pages/about.md --
---
title: About
---
See [Marn](/places/marn/).
""",
        is_check=True,
    ),
    Rule(
        "relative-link",
        GROUP,
        "error",
        "The address of a link begins neither with `/` nor with `#` nor with a scheme such as `https:`.",
        "Link a page as `[[id]]`, or by its address from the root: `/places/marn/`.",
        """\
-- content/pages/about.md --
---
title: About
---
See [Marn](../places/marn/).
""",
    ),
    Rule(
        "unsafe-link",
        GROUP,
        "error",
        "A link leads neither to the site nor by `http`, `https` or `mailto`.",
        "Link a web page or an address for mail, or take the link out.",
        """\
-- content/pages/about.md --
---
title: About
---
See [the plans](file:///plans.pdf).
""",
    ),
    Rule(
        "raw-html",
        GROUP,
        "error",
        "There is HTML in the text, which content may not have.",
        "Write Markdown. To show the sign itself write `\\<`.",
        """\
-- content/pages/about.md --
---
title: About
---
A <b>small</b> archive.
""",
    ),
)
