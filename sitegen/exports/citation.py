r"""How an article is cited: as BibTeX, and as CSL-JSON, which Zotero and most word processors read.

What is cited is the article as it first appeared, read in this archive: its own author, publisher and date, where they are known, and the
archive's address.
"""

from __future__ import annotations

import json
from typing import Any

from sitegen.views.types import ArticleView, DateView, SiteView

_TEX = str.maketrans(
    {char: f"\\{char}" for char in "&%$#_{}"} | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""BibTeX's own names of the months."""


def tex(text: str) -> str:
    """Text as BibTeX takes it."""
    return text.translate(_TEX)


def bibtex(page: ArticleView, site: SiteView) -> str:
    """The entry of an article.

    An author is a name as it is printed, in braces of its own, so that no program takes it apart.
    """
    origin = page.origin
    year, month, _ = _parts(page)
    fields = {
        "title": f"{{{tex(page.frame.title)}}}",
        "author": f"{{{tex(origin.byline)}}}" if origin and origin.byline else "",
        "publisher": tex(origin.publisher) if origin else "",
        "year": year,
        "month": f"{MONTHS[int(month) - 1]}" if month else "",
        "howpublished": tex(site.title),
        "url": page.frame.canonical,
    }
    lines = [f"  {key} = {value if key == 'month' else f'{{{value}}}'}," for key, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(page)},", *lines, "}"])


def csl(page: ArticleView, site: SiteView) -> str:
    """The item of an article (Citation Style Language 1.0.2)."""
    origin = page.origin
    date = [int(part) for part in _parts(page) if part]
    item: dict[str, Any] = {
        "id": _key(page),
        "type": "article-newspaper",
        "title": page.frame.title,
        "author": [{"literal": origin.byline}] if origin and origin.byline else [],
        "container-title": origin.publisher if origin else "",
        "issued": {"date-parts": [date]} if date else {},
        "archive": site.title,
        "URL": page.frame.canonical,
        "language": page.lang,
    }
    return json.dumps([{key: value for key, value in item.items() if value}], ensure_ascii=False, indent=1)


def _key(page: ArticleView) -> str:
    return page.frame.address.strip("/").rsplit("/", 1)[-1]


def _parts(page: ArticleView) -> tuple[str, str, str]:
    """Year, month and day of first publication, else of the article, as far as they are known."""
    date: DateView | None = (page.origin.published if page.origin else None) or page.date
    year, month, day = ([*(date.iso.split("-") if date else []), "", "", ""])[:3]
    return year, month, day
