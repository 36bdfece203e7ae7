"""Words that no line of a small screen holds are broken: in every place where an archive has words of its own, nothing is wider than the screen."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import of_each_kind, serving
from tests.conftest import Archive

pytestmark = pytest.mark.browser

LONG = "Donaudampfschifffahrtsgesellschaftskapitaen" * 2 + "Rindfleischetikettierungsueberwachung"
"""A word of over 120 letters."""
SITE = """-- sitegen.yaml --
title: "SiteLONG"
base_url: https://example.org/
lang: en
description: "AboutLONG"
theme: THEME
calendars:
  flood: {epoch: 1911-07-01, label: "DayLONG {n}"}
-- content/articles/flood.md --
---
title: "TitleLONG"
date: 1911-07-03
day: 2
calendar: flood
origin: {byline: "BylineLONG", publisher: "PaperLONG"}
sources: [{id: r, source: board, document: {title: "DocumentLONG"}}]
images: [{id: bridge, caption: "CaptionLONG", credit: "CreditLONG"}]
claims:
- {quote: "QuoteLONG", source: r, claim: carts, hedge: "HedgeLONG"}
- total: {quote: "11 carts", claim: carts}
  from: {source: r, scope: "ScopeLONG"}
  list: partial
  items:
  - {quote: "7 CartsLONG", claim: carts, figures: [{value: 7, unit: "CartsLONG"}]}
annotations:
- {quote: "QuoteLONG", kind: context, note: "NoteLONG", evidence: [{title: "EvidenceLONG", publisher: "PublisherLONG"}], by: "EditorLONG"}
- {quote: "11 carts", kind: sic, read: "ReadLONG"}
corrections: [{date: 1911-08-01, reason: "ReasonLONG", before: "BeforeLONG", after: "AfterLONG"}]
---
HedgeLONG, the board says: QuoteLONG is at PlaceLONG of the EventLONG, with 11 carts, among them 7 CartsLONG and `CodeLONG`.

## HeadingLONG

![](image:bridge)

| CellLONG | Carts |
|---|---|
| `CellLONG` | 7 |

- ItemLONG

> SaidLONG

    BlockLONG
-- content/articles/after.md --
---
title: "NextLONG"
date: 1911-07-04
day: 3
calendar: flood
claims:
- {quote: "12 carts", source: board, claim: carts, figures: [{value: 12, unit: carts}]}
---
There were 12 carts.
-- content/places/place.md --
---
name: "PlaceLONG"
aliases: ["AliasLONG"]
kind: town
---
-- content/topics/event.md --
---
name: "EventLONG"
kind: event
---
-- content/sources/board.md --
---
name: "BoardLONG"
kind: government
side: "SideLONG"
reliability: {grade: B, why: "WhyLONG", date: 1911-08-01}
---
ProseLONG of [[carts]].
-- content/claims/carts.md --
---
title: "ClaimLONG"
kind: quantity
measure: {unit: "UnitLONG", about: "MatterLONG"}
assessment: {verdict: "VerdictLONG", by: "JudgeLONG", date: 1911-09-01, why: "BecauseLONG"}
---
-- content/pages/about.md --
---
title: "PageLONG"
nav: 1
---
AboutLONG
"""
WIDER = """() => [document.documentElement.scrollWidth - innerWidth, ...[...document.querySelectorAll('body *')]
    .filter(one => one.checkVisibility() && !one.closest('table, svg, .hidden, .skip') && one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => one.outerHTML.slice(0, 90))]"""
"""By how much the page can be scrolled aside, and what stands out of it; a table scrolls within itself."""


@pytest.mark.soak
@pytest.mark.parametrize("width", [320, pytest.param(768, marks=pytest.mark.soak)])
@pytest.mark.parametrize("theme", ["default", *(pytest.param(name, marks=pytest.mark.soak) for name in ("plain", "telegram"))])
def test_nothing_is_wider_than_the_screen(width: int, theme: str, chromium: Browser, archive: Callable[[str], Archive]) -> None:
    assert len(LONG) >= 120
    with serving(archive(SITE.replace("LONG", LONG).replace("THEME", theme)).root) as served:
        page = chromium.new_page(viewport={"width": width, "height": 800})
        wide = {}
        for address in of_each_kind(served.addresses()):
            page.goto(served.url + address)
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            for note in [None, *page.locator("a.k:visible").all()]:
                if note:
                    note.press("Enter")
                over, *out = page.evaluate(WIDER)
                if over > 0 or out:
                    wide[address] = [over, *out[:8]]
                page.keyboard.press("Escape")
        page.close()
    assert wide == {}, json.dumps(wide, indent=1)
