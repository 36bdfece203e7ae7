"""Quotes and figures."""

from sitegen.model.rules.rule import Rule
from sitegen.model.speech import message

GROUP = "Quotes and figures"
QUOTES = (
    Rule(
        "quote-not-found",
        GROUP,
        "error",
        "The words do not stand in the text, or not within one paragraph. Nothing is ever matched by likeness.",
        "Copy the words from the text. The hint shows the nearest passage; where they stand in the title or a caption, add `in`.",
        """\
-- content/articles/flood.md --
---
title: The flood
claims:
- {quote: the river sank}
---
At night the river rose.
""",
    ),
    Rule(
        "quote-ambiguous",
        GROUP,
        "error",
        "The words stand in the text more than once.",
        "Add `prefix` or `suffix` (the words before or after), or `nth` (which of the passages, counted from 1).",
        """\
-- content/articles/flood.md --
---
title: The flood
claims:
- {quote: rose}
---
The river rose, and rose again.
""",
    ),
    Rule(
        "quotes-too-common",
        GROUP,
        "error",
        "The quotes of the article stand in more than a million places of its text, all told. No more of them are sought.",
        "Quote more of the words around them, or split the article.",
        "-- content/articles/flood.md --\n---\ntitle: The flood\nclaims:\n"
        + "".join(f"- {{id: c-{n}, quote: ha, suffix: {'o' * n}}}\n" for n in range(1, 22))
        + f"---\n{'ha ' * 50_000}{'o' * 22}\n",
    ),
    Rule(
        "too-many-highlights",
        GROUP,
        "error",
        "More than 50 highlights lie over one another.",
        "Quote fewer words, or take some of the claims and notes out.",
        "-- content/articles/flood.md --\n---\ntitle: The flood\nannotations:\n"
        + "".join(f"- {{id: n-{n}, quote: The river rose, kind: context, note: Seen}}\n" for n in range(1, 52))
        + "---\nThe river rose.\n",
    ),
    Rule(
        "quote-cuts",
        GROUP,
        "error",
        "The quote begins or ends within a word or a number.",
        "Quote the whole word or number.",
        """\
-- content/articles/flood.md --
---
title: The flood
claims:
- {quote: 220 sandbags}
---
They filled 1,220 sandbags.
""",
    ),
    Rule(
        "figure-not-in-quote",
        GROUP,
        "error",
        "A figure cannot be read in its quote, in digits or in words, or it has neither a value nor a share.",
        "Correct the figure, or quote the words that give it.",
        """\
-- content/articles/flood.md --
---
title: The flood
claims:
- {quote: twelve houses, figures: [{value: 20}]}
---
It took twelve houses.
""",
    ),
    Rule(
        "hedge-disagrees",
        GROUP,
        "error",
        message("The figure has another `hedge` than the text, which says for example “more than” where the figure says `about`."),
        "Correct `hedge`, or leave it out: it is read from the text.",
        """\
-- content/articles/flood.md --
---
title: The flood
claims:
- {quote: twelve houses, figures: [{value: 12, hedge: about}]}
---
It took more than twelve houses.
""",
        check="figures",
    ),
    Rule(
        "gloss-differs",
        GROUP,
        "error",
        message("The gloss without what stands in its square brackets is not the quote."),
        "Leave the words of the quote as they are, and put what you add in square brackets.",
        """\
-- content/articles/flood.md --
---
title: The flood
claims:
- {quote: It rose, gloss: "It [the river] was rising"}
---
It rose.
""",
        check="editorial",
    ),
    Rule(
        "hedge-not-found",
        GROUP,
        "error",
        message("The words under `hedge` do not stand in the same passage as the quote."),
        "Give the words of the text itself.",
        """\
-- content/articles/flood.md --
---
title: The flood
claims:
- {quote: the river rose, hedge: perhaps}
---
They say the river rose.
""",
        check="editorial",
    ),
    Rule(
        "empty-note",
        GROUP,
        "error",
        "An annotation has neither `note` nor `read`, so it says nothing.",
        "Write `note`; or, of a slip, `read` with the words that were probably meant.",
        """\
-- content/articles/flood.md --
---
title: The flood
annotations:
- {quote: The river, kind: context}
---
The river rose.
""",
    ),
    Rule(
        "missing-quote",
        GROUP,
        "error",
        "A date rule that reads words was given none, or an entry that needs a quote has none.",
        "Add `quote` with the words of the text.",
        """\
-- content/articles/flood.md --
---
title: The flood
date: 1911-07-03
date_basis:
- {rule: weekday}
---
The river rose on Monday.
""",
    ),
    Rule(
        "duplicate-id",
        GROUP,
        "error",
        "Two claims, notes, citations or images of an article have one id.",
        "Give one of them another `id`.",
        """\
-- content/articles/flood.md --
---
title: The flood
claims:
- {id: c-1, quote: The river rose}
- {id: c-1, quote: Marn was dry}
---
The river rose. Marn was dry.
""",
    ),
    Rule(
        "group-sum",
        GROUP,
        "warning",
        message(
            "The items of a list add up to more than its total, or, of a complete list, to another number. The page shows both figures."
        ),
        "Correct a quote; or leave it, if that is what the text says.",
        """\
-- content/articles/flood.md --
---
title: The flood
claims:
- total: {quote: 12 houses}
  items:
  - {quote: 8 barns}
  - {quote: 5 mills}
---
It took 12 houses: 8 barns and 5 mills.
""",
        check="figures",
    ),
    Rule(
        "unused-correction",
        GROUP,
        "warning",
        message("A wording under `places` does not stand in the text, so it corrects nothing."),
        "Correct the wording, or take the line out.",
        """\
-- content/articles/flood.md --
---
title: The flood
places: {ignore: [Marn Street]}
---
The river rose.
""",
        check="leftovers",
    ),
    Rule(
        "share-over",
        GROUP,
        "warning",
        message("A share is more than the whole."),
        "Correct the share. Where it is no part of a whole (a rise by 120 %), waive it and say so.",
        """\
-- content/articles/one.md --
---
title: One
date: 1911-07-03
claims: [{quote: "120 percent of the carts", source: article, figures: [{share: "120%", of: the carts}]}]
---
They lost 120 percent of the carts.
""",
        check="figures",
    ),
    Rule(
        "share-misfits",
        GROUP,
        "warning",
        message("One statement gives a part, a whole and a share, and the part is not that share of the whole."),
        "Hold the figures against the text. If it prints them so, waive it: readers see all three.",
        """\
-- content/articles/one.md --
---
title: One
date: 1911-07-03
claims:
  - quote: 300 of the 900 carts, 40 percent
    source: article
    figures: [{value: 300, unit: carts}, {value: 900, unit: carts}, {share: "40%", of: the carts}]
---
They lost 300 of the 900 carts, 40 percent.
""",
        check="figures",
    ),
    Rule(
        "uncredited-figure",
        GROUP,
        "warning",
        message("A figure is credited to nobody: no source is named, or an unnamed one."),
        "Name the `source`; `article` where the text says it in its own voice.",
        """\
-- sitegen.yaml --
title: The flood
base_url: https://example.org/
checks: {uncredited-figure: warning}
-- content/articles/one.md --
---
title: One
date: 1911-07-03
claims: [{quote: "900 carts", figures: [{value: 900, unit: carts}]}]
---
The Board counted 900 carts.
""",
        check="figures",
        is_quiet=True,
    ),
)
