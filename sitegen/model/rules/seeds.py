"""Seeds and pictures."""

from sitegen.model.rules.rule import Rule
from sitegen.model.speech import message

GROUP = "Seeds and pictures"
SEEDS = (
    Rule(
        "missing-seed",
        GROUP,
        "error",
        "The seed that the article names is not under `seeds/`.",
        "Restore it, for example from Git. Seeds are kept for ever.",
        f"""\
-- content/articles/flood.md --
---
title: The flood
seed: {{path: seeds/flood.txt, sha256: {"0" * 64}}}
---
The river rose.
""",
    ),
    Rule(
        "seed-changed",
        GROUP,
        "error",
        "The seed, or its recorded text, is not the file that was recorded: its SHA-256 is another. An import says so too where another "
        "file has the name of the seed.",
        "Restore the file as it arrived, for example from Git. A new text is imported under a name of its own.",
        f"""\
-- seeds/flood.txt --
The flood

The river rose.
-- content/articles/flood.md --
---
title: The flood
seed: {{path: seeds/flood.txt, sha256: {"0" * 64}}}
---
The river rose.
""",
    ),
    Rule(
        "seed-not-text",
        GROUP,
        "error",
        "The seed is not text, and no text of it is recorded, so the words of the page cannot be compared with it.",
        "Record the text of the seed under `extract`, as `sitegen import` does.",
    ),
    Rule(
        "departs-from-seed",
        GROUP,
        "error",
        "The words of the page are not those of its seed. The message shows both where they part.",
        "Restore the words of the seed. A slip of the original gets an annotation of the kind `sic`.",
        """\
-- seeds/flood.txt --
The flood

The river rose.
-- content/articles/flood.md --
---
title: The flood
seed:
  path: seeds/flood.txt
  sha256: ff8fce64c4adf247ad5da5943fa0da2a89a8588ea02959c1f04bda872644421d
---
The river sank.
""",
    ),
    Rule(
        "other-archive",
        GROUP,
        "error",
        "The file that was to be imported lies in another archive.",
        "Name that archive with `--source`.",
    ),
    Rule(
        "not-text",
        GROUP,
        "error",
        "The file that was to be imported is not text in UTF-8, UTF-16 or Windows-1252.",
        "Save the article as plain text in UTF-8, and import that file.",
    ),
    Rule(
        "no-article",
        GROUP,
        "error",
        "No article was found in the file that was to be imported, or it cannot be read; the message says why, and what to do.",
        "Do what the message says; or save the article as plain text in UTF-8, and import that file.",
    ),
    Rule(
        "empty-seed",
        GROUP,
        "error",
        "The file that was to be imported has no words.",
        "Import another file.",
    ),
    Rule(
        "reader-failed",
        GROUP,
        "error",
        "The reader that an import was to ask (`--reader`, `--reader-command`) gave no answer, or none that can be read. Nothing was made"
        " of the file.",
        "Mend the reader by what the message says, and import the file again.",
    ),
    Rule(
        "bad-proposal",
        GROUP,
        "warning",
        "A value in what another reader answered to an import cannot be used. The message says where it stands, and what is wrong; all else"
        " was taken.",
        "Mend the reader (docs/importing.md), or write by hand what is left out.",
    ),
    Rule(
        "unknown-image",
        GROUP,
        "error",
        "`![](image:ID)` names no image of the article or one that stands in the body already, or the picture of another page does not lie "
        "in `content/images/`; or `in` names what is no caption of the article, such as that of a picture that the archive added.",
        "In an article, write the id of an entry under `images`. On other pages write `![what it shows](images/NAME)`.",
        """\
-- content/articles/flood.md --
---
title: The flood
---
The river rose.

![](image:bridge)
""",
    ),
    Rule(
        "link-title",
        GROUP,
        "error",
        "A link in an article has a title, which would show words that are not those of the seed.",
        "Take the title out.",
        """\
-- content/articles/flood.md --
---
title: The flood
---
The [river](https://example.org/ "The Aule") rose.
""",
    ),
    Rule(
        "ragged-table",
        GROUP,
        "error",
        "The rows of the tables on a page lack more than 10,000 cells that their heads have.",
        "Give every row as many cells as the head.",
        "-- content/pages/levels.md --\n---\ntitle: Levels\n---\n" + "| a " * 102 + "|\n" + "| - " * 102 + "|\n" + "| 1 |\n" * 102,
    ),
    Rule(
        "nested-too-deep",
        GROUP,
        "error",
        "More than 20 formats (emphasis, links) lie in one another.",
        "Take some of the signs out, or write a backslash before those that are text.",
        f"""\
-- content/pages/about.md --
---
title: About
---
A {"*" * 42}small{"*" * 42} archive.
""",
    ),
    Rule(
        "image-in-text",
        GROUP,
        "error",
        "An image stands within a line of text.",
        "Give it a paragraph of its own.",
        """\
-- content/pages/about.md --
---
title: About
---
See ![the bridge](images/bridge.jpg) here.
""",
    ),
    Rule(
        "image-not-placed",
        GROUP,
        "warning",
        message("An image is described under `images` and does not stand in the body, so it is not shown."),
        "Write `![](image:ID)` where it stands. A picture that the archive adds (`added: true`) need not stand there.",
        """\
-- content/articles/flood.md --
---
title: The flood
images:
- {id: bridge, caption: The bridge}
---
The river rose.
""",
        check="images",
    ),
    Rule(
        "caption-not-printed",
        GROUP,
        "error",
        "`caption` is not what `printed` gives as the caption.",
        "Write as `caption` what is `printed`, without the parentheses or the label around it.",
        """\
-- content/articles/flood.md --
---
title: The flood
images:
- {id: bridge, caption: A bridge, printed: (The bridge at Marn)}
---
The river rose.

![](image:bridge)
""",
    ),
    Rule(
        "whose-image",
        GROUP,
        "error",
        "An image is said to be the archive's own (`added`) and to be printed in the article; or one of the article's has several files, "
        "or is a PDF file.",
        "Take `added` or `printed` out. A picture of several pages is one that the archive adds; an image of the article is one file.",
    ),
    Rule(
        "missing-image",
        GROUP,
        "error",
        "The file of a picture is not under `content/images/`.",
        "Add the file, or correct its name. `file: null` says that the archive does not hold the picture.",
        """\
-- content/articles/flood.md --
---
title: The flood
images:
- {id: bridge, caption: The bridge, file: bridge.jpg}
---
The river rose.

![](image:bridge)
""",
    ),
    Rule(
        "bad-image",
        GROUP,
        "error",
        "A picture is damaged, has more than 100,000,000 pixels or another ending than its kind, or is of a kind that is not published. "
        "A PDF file is damaged, opens by a password only, has more than 100 pages, or cannot be read for want of a library.",
        "Export it anew as JPEG, PNG, WebP or GIF. Of a PDF file install the extra `pdf`, or export its pages as pictures and list them.",
        """\
-- content/images/bridge.jpg --
This is no picture.
-- content/articles/flood.md --
---
title: The flood
images:
- {id: bridge, caption: The bridge, file: bridge.jpg}
---
The river rose.

![](image:bridge)
""",
    ),
    Rule(
        "bad-shape",
        GROUP,
        "error",
        "The outline of a place is not there, is no GeoJSON with areas or lines, or is too large; or the place has no `location`.",
        "Write GeoJSON (RFC 7946) with areas or lines (Polygon, LineString, or several) of at most 20,000 points to `content/shapes/`.",
        """\
-- content/shapes/aule.geojson --
{"type": "Polygon", "coordinates": [[[10, 50], [11, 50], [10, 51]]]}
-- content/places/aule.md --
---
name: Aule
kind: region
location: {lat: 50.5, lon: 10.5}
shape: aule.geojson
---
""",
    ),
    Rule(
        "no-alt",
        GROUP,
        "warning",
        message("A picture is shown that no words describe (`alt`): those who do not see it learn nothing of it."),
        "Write `alt`: what the picture shows, not what the caption says of it.",
        check="images",
    ),
    Rule(
        "alt-is-caption",
        GROUP,
        "warning",
        message("The words that describe a picture are its caption: those who do not see it are told the same twice."),
        "Write in `alt` what the picture shows.",
        """\
-- content/articles/one.md --
---
title: One
date: 1911-07-03
images: [{id: mill, caption: "The mill.", alt: "The mill."}]
---
![](image:mill)
""",
        check="images",
    ),
    Rule(
        "no-credit",
        GROUP,
        "warning",
        message("A picture is shown, and nobody is said to have made it."),
        "Write `credit`. Where nobody knows, waive it and say so.",
        check="images",
        is_quiet=True,
    ),
    Rule(
        "image-large",
        GROUP,
        "warning",
        message("A picture is larger than any page shows it: more than 2,560 pixels wide or high, or more than a megabyte."),
        "Export it smaller; keep the original elsewhere.",
        check="images",
    ),
)
