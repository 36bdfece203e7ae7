"""A series that others measured: how much water the Nile carried past Aswan in a year, as short articles.

The numbers are the first 36 of `nile.csv` in statsmodels 0.15.0 (`statsmodels/datasets/nile`), which says of them "This is public
domain"; the package is under the BSD licence (3 clauses). There they are the yearly discharge at Aswan in 10⁸ m³, and come from G. W.
Cobb, "The Problem of the Nile: Conditional Solution to a Changepoint Problem", Biometrika 65 (1978), 243–251. `make compare` holds them
against that file.

The articles, and their titles and dates, were written for this test. They write the numbers in several ways, as papers do."""

from __future__ import annotations

from itertools import cycle
from typing import NamedTuple

FLOWS = {
    1871: 1120, 1872: 1160, 1873: 963, 1874: 1210, 1875: 1160, 1876: 1160, 1877: 813, 1878: 1230, 1879: 1370, 1880: 1140, 1881: 995, 1882: 935,
    1883: 1110, 1884: 994, 1885: 1020, 1886: 960, 1887: 1180, 1888: 799, 1889: 958, 1890: 1140, 1891: 1100, 1892: 1210, 1893: 1150, 1894: 1250,
    1895: 1260, 1896: 1220, 1897: 1030, 1898: 1100, 1899: 774, 1900: 840, 1901: 874, 1902: 694, 1903: 940, 1904: 833, 1905: 701, 1906: 916,
}  # fmt: skip
"""Of a year: the flow in 10⁸ m³."""
CLAIM = "nile-flow"
UNIT = 10**8

COMMON = f"""-- sitegen.yaml --
title: The Nile at Aswan (articles written for a test)
base_url: https://example.org/
lang: en
-- content/sources/aswan.md --
---
name: Gauge of Aswan
kind: document
---
-- content/places/aswan.md --
---
name: Aswan
kind: city
location: {{lat: 24.09, lon: 32.9}}
precision: settlement
---
-- content/claims/{CLAIM}.md --
---
title: Water of the Nile in a year
kind: quantity
measure: {{unit: cubic metres}}
---
Each article was written for a test of charts. The figures are a published series.
"""


class Wording(NamedTuple):
    """How an article may say it. `text` holds `when` and `figure`, which are quoted."""

    title: str
    when: str
    figure: str
    text: str


WORDINGS = (
    Wording(
        "What the Nile brought in {year}",
        "in {year}",
        "{billions:g} billion cubic metres",
        "Past Aswan {figure} went down {when}, by the gauge.",
    ),
    Wording(
        "{year} at the gauge",
        "year {year}",
        "{whole:,} cubic metres",
        "For the {when} the gauge of Aswan gives {figure}. The book is closed.",
    ),
    Wording(
        "The river’s year {year}",
        "during {year}",
        "{millions:,} million cubic metres",
        "The Nile, says the gauge, carried {figure} {when}.",
    ),
    Wording(
        "A year of water, {year}",
        "In {year}",
        "{billions:g}bn cubic metres",
        "{when} the gauge of Aswan saw {figure} pass.\n\nNo more is known here.",
    ),
    Wording(
        "Aswan, end of {year}", "of {year}", "{whole} cubic metres", "The flow {when} is reckoned.\n\nIt comes to {figure}, from the gauge."
    ),
)


def value(year: int) -> int:
    """What the series gives for a year, in cubic metres."""
    return FLOWS[year] * UNIT


def article(year: int, how: Wording) -> str:
    """The article of a year, as a file of an archive in a string."""
    amount = value(year)
    figure = how.figure.format(whole=amount, millions=amount // 10**6, billions=amount / 10**9)
    title, when = how.title.format(year=year), how.when.format(year=year)
    return f"""-- content/articles/nile-{year}.md --
---
title: "{title}"
date: {year + 1}-01
date_basis: [{{rule: editor}}]
sources: [{{source: aswan, quote: "the gauge"}}]
claims:
- quote: "{figure}"
  source: aswan
  claim: {CLAIM}
  as_of: {{date: {year}, quote: "{when}", rule: explicit}}
  figures: [{{value: {amount}, unit: cubic metres}}]
---
{how.text.format(when=when, figure=figure)}
"""


ARCHIVE = COMMON + "".join(map(article, FLOWS, cycle(WORDINGS)))
