r"""How an article is cited: as BibTeX, and as CSL-JSON, which Zotero and most word processors read.

What is cited is the article as it first appeared, read in this archive: its own author, publisher and date, where they are known, and the
archive's address.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from sitegen.views.types import ArticleView, DateView, SiteView

_TEX = str.maketrans(
    {char: f"\\{char}" for char in "&%$#_{}"} | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""BibTeX's own names of the months."""
MONTH_NUMBERS = frozenset(f"{number:02}" for number in range(1, 13))
"""Of months; a season of EDTF has another."""


def tex(text: str) -> str:
    """Text as BibTeX takes it."""
    return text.translate(_TEX)


class Work(NamedTuple):
    """An article, as it is cited. `date`: of first publication, else of the article, as far as it is known (ISO)."""

    key: str
    title: str
    byline: str
    publisher: str
    date: str
    archive: str
    url: str
    lang: str

    @property
    def parts(self) -> tuple[str, str, str]:
        """Year, month and day, as far as they are known."""
        found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", self.date, re.ASCII)
        year, month, day = found.groups("") if found else ("", "", "")
        return (year, month, day) if month in MONTH_NUMBERS else (year, "", "")


def work_of(page: ArticleView, site: SiteView) -> Work:
    """The article of a page."""
    origin = page.origin
    date: DateView | None = (origin.published if origin else None) or page.date
    stem = page.frame.address.strip("/").rsplit("/", 1)[-1]
    byline, publisher = (origin.byline, origin.publisher) if origin else ("", "")
    return Work(stem, page.frame.title, byline, publisher, date.iso if date else "", site.title, page.frame.canonical, page.lang)


def bibtex(page: ArticleView, site: SiteView) -> str:
    """The entry of the article of a page."""
    return bibtex_of(work_of(page, site))


def bibtex_of(work: Work) -> str:
    """The entry of an article.

    An author is a name as it is printed, in braces of its own, so that no program takes it apart.
    """
    year, month, _ = work.parts
    fields = {
        "title": f"{{{tex(work.title)}}}",
        "author": f"{{{tex(work.byline)}}}" if work.byline else "",
        "publisher": tex(work.publisher),
        "year": year,
        "month": MONTHS[int(month) - 1] if month else "",
        "howpublished": tex(work.archive),
        "url": work.url,
    }
    lines = [f"  {key} = {value if key == 'month' else f'{{{value}}}'}," for key, value in fields.items() if value]
    return "\n".join([f"@misc{{{work.key},", *lines, "}"])


def csl(page: ArticleView, site: SiteView) -> str:
    """The item of the article of a page, in a list as programs take it in."""
    return json.dumps([csl_of(work_of(page, site))], ensure_ascii=False, indent=1)


def csl_of(work: Work) -> dict[str, Any]:
    """The item of an article (Citation Style Language 1.0.2)."""
    date = [int(part) for part in work.parts if part]
    item: dict[str, Any] = {
        "id": work.key,
        "type": "article-newspaper",
        "title": work.title,
        "author": [{"literal": work.byline}] if work.byline else [],
        "container-title": work.publisher,
        "issued": {"date-parts": [date]} if date else {},
        "archive": work.archive,
        "URL": work.url,
        "language": work.lang,
    }
    return {key: value for key, value in item.items() if value}
