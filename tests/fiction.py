"""A small archive in English, which is fiction: a page of every kind, a note of every sort, and what opens."""

SITE = """-- sitegen.yaml --
title: The River Archive
base_url: https://example.org/
lang: en
theme: default
calendars:
  flood: {epoch: 1911-07-01, first_day: 1, label: "Day {n} of the flood"}
outputs: {feeds: true, sitemap: true, json: true}
policies: {corrections: corrections}
-- content/articles/flood.md --
---
title: "The Marn Rises Over Its Banks"
date: 1911-07-03
day: 3
calendar: flood
origin: {publisher: "The Ferry Gazette", url: "https://example.org/gazette"}
sources: [{id: r, source: board, quote: "The river board reports", document: {title: "Report on the flood", date: 1911-07-02}}]
images: [{id: bridge, caption: "The bridge of Ostrow on Monday", credit: "A reader"}]
claims:
- {id: c-rise, quote: "the river rose by two feet", source: article, claim: rise, topics: flood-of-1911, figures: [{value: 2, unit: feet}]}
- total: {quote: "11 carts", claim: carts}
  from: {source: r, as_of: {date: 1911-07-02, quote: "on Sunday", rule: weekday}, scope: lost}
  list: partial
  items:
  - {quote: "7 hay carts", claim: carts}
  - {quote: "3 ferry carts", claim: carts}
annotations:
- quote: "shapeless brutes"
  kind: loaded-language
  note: "A *judgement*, in the author's own voice."
  evidence: [{url: "https://example.org/letters", title: "Letters to the Gazette", date: 1911-07-04}]
- {quote: "Monday evning", kind: sic, read: "Monday evening"}
- {quote: "11 carts", kind: question, note: "The items add up to fewer; see [[board]]."}
corrections: [{date: 1911-08-01, reason: "A caption was read anew.", by: "the editors"}]
---
By Monday evning the river rose by two feet at Ostrow, and the waves, shapeless brutes, came over the banks.

![](image:bridge)

## What was lost

The river board reports that the town lost 11 carts on Sunday, among them 7 hay carts and 3 ferry carts.

| Street | Carts |
|---|---|
| Bridge Street | 7 |
| Ferry Lane | 3 |
-- content/articles/after.md --
---
title: "After the Water"
display: excerpts
date: 1911-07-05
day: 5
calendar: flood
claims:
- {id: c-fall, quote: "the river fell by 1 foot", source: board, claim: rise, figures: [{value: 1, unit: foot}]}
---
At Ostrow the river fell by 1 foot, says the river board.
-- content/places/marn.md --
---
name: "Marn"
kind: river
---
-- content/places/ostrow.md --
---
name: "Ostrow"
aliases: [{form: "Ostrów", lang: pl, status: variant}]
kind: town
within: marn
location: {lat: 50.1, lon: 20.2}
precision: settlement
links: {wikidata: Q1}
---
A town on the [[marn]].
-- content/topics/flood-of-1911.md --
---
name: "Flood of 1911"
kind: event
places: [ostrow]
---
-- content/sources/board.md --
---
name: "River board"
kind: government
url: "https://example.org/board"
reliability: {grade: B, why: "It counts what it is told.", date: 1911-08-01}
---
-- content/claims/carts.md --
---
title: "Carts that were lost"
kind: quantity
measure: {unit: carts, about: "Ostrow", cumulative: true}
relations: [{type: supports, claim: rise}]
---
-- content/claims/rise.md --
---
title: "Height of the river"
kind: event
---
-- content/pages/about.md --
---
title: "About"
nav: 1
---
What stands here is fiction.
-- content/pages/corrections.md --
---
title: "Corrections"
---
Write to the editors.
"""
ARTICLE = "articles/flood/"
PAGES = (
    ARTICLE, "claims/carts/", "", "articles/", "places/ostrow/", "sources/board/", "topics/flood-of-1911/", "days/flood/3/", "timeline/",
    "about/", "404.html",
)  # fmt: skip
"""One of each kind."""
