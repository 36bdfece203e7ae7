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
        check="links",
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
    Rule(
        "source-without-document",
        GROUP,
        "warning",
        message("An article cites a source, and no document is named in which it said so."),
        "Write the `document` with its title and date; `found: reported` where only the article tells of it.",
        """\
-- sitegen.yaml --
title: The flood
base_url: https://example.org/
checks: {source-without-document: warning}
-- content/articles/one.md --
---
title: One
date: 1911-07-03
sources: [{source: board}]
---
The Board counted 900 carts.
-- content/sources/board.md --
---
name: The River Board
kind: government
---
""",
        check="sources",
        is_quiet=True,
    ),
    Rule(
        "document-without-address",
        GROUP,
        "warning",
        message("A document that is cited has neither an address nor a snapshot."),
        "Write its `url`, or a snapshot under `archived`. Where it has none, waive it and say where it is kept.",
        """\
-- sitegen.yaml --
title: The flood
base_url: https://example.org/
checks: {document-without-address: warning}
-- content/articles/one.md --
---
title: One
date: 1911-07-03
sources: [{source: board, document: {title: Report, found: "yes"}}]
---
The Board counted 900 carts.
-- content/sources/board.md --
---
name: The River Board
kind: government
---
""",
        check="sources",
        is_quiet=True,
    ),
    Rule(
        "snapshot-twice",
        GROUP,
        "warning",
        message("A snapshot stands twice beside one address, or is that very address."),
        "Take it out, or correct its address.",
        """\
-- content/sources/board.md --
---
name: The River Board
kind: government
url: https://example.org/board
archived:
  - {url: "https://example.net/20240601/board", date: 2024-06-01}
  - {url: "https://example.net/20240601/board", date: 2024-06-02}
---
""",
        check="sources",
    ),
    Rule(
        "unplaced",
        GROUP,
        "warning",
        message("A place has no `location`, so that no map can show it."),
        "Write `location: {lat: …, lon: …}` and the `precision` that it has.",
        """\
-- sitegen.yaml --
title: The flood
base_url: https://example.org/
checks: {unplaced: warning}
-- content/places/marn.md --
---
name: Marn
kind: town
---
""",
        check="places",
        is_quiet=True,
    ),
    Rule(
        "outside-container",
        GROUP,
        "warning",
        message(
            "A place lies farther from the place that contains it than one of that kind is large: 20 km for a village or site, "
            "30 for a town, 80 for a city, 150 for a district, 700 for a region."
        ),
        "Correct one of the two locations (are latitude and longitude swapped?), or `within`.",
        """\
-- content/places/marn.md --
---
name: Marn
kind: town
location: {lat: 50.1, lon: 8.2}
---
-- content/places/mill-lane.md --
---
name: Mill Lane
kind: site
within: marn
location: {lat: 8.2, lon: 50.1}
---
""",
        check="places",
    ),
    Rule(
        "link-dead",
        GROUP,
        "warning",
        message("An address outside the archive does not answer, or answers that there is nothing. `sitegen check --external` asks."),
        "Correct it, or add a snapshot under `archived` (`sitegen snapshot` gets one): where one stands beside it, readers still have the"
        " document.",
        check="links",
        is_quiet=True,
    ),
    Rule(
        "link-moved",
        GROUP,
        "warning",
        message("An address outside the archive says that it has moved for good. `sitegen check --external` asks."),
        "Write the new address, where it leads to the same document.",
        check="links",
        is_quiet=True,
    ),
)
