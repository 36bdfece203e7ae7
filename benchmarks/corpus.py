"""Writes one made-up archive in several forms, for sitegen and for its peers: the same articles, the same pages.

Each article has a day count, four sources, ten places, twelve claims with figures and about 3.5 KB of text that means nothing. All
of it is fiction, and the same at every run. sitegen finds the places by itself, anchors the quotes, and shows sentences on the pages
of places, sources and claims. Hugo is given all that as data, and shows the same; the other peers are given links and taxonomies, and
list titles there.

    python -m benchmarks.corpus sitegen FOLDER 1000 [plain | seeds | long | small | centuries]
    python -m benchmarks.corpus (hugo | pelican | eleventy | mkdocs) FOLDER 1000
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
import json
import random
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

PLACES, SOURCES, SECTORS = 2000, 200, 100
THINGS = ("carts", "barges", "tents", "lamps", "kites", "bells", "looms", "stoves", "rafts")
WORDS = (
    "a council of weavers met by the canal and counted what the flood had left while ferries went on between the two banks in slow turns "
    "nobody wrote down how long it took before the water fell and the bakers opened again under the old arcade where people stood in line "
    "for bread and news from the upper valley"
).split()
EPOCH = datetime.date(1911, 7, 2)


class Claim(NamedTuple):
    quote: str
    source: int
    topic: str
    value: int
    unit: str


class Article(NamedTuple):
    number: int
    day: int
    places: list[int]
    sources: list[int]
    claims: list[Claim]
    blocks: list[str]
    """Paragraphs and `## headings`; a place stands as `{N}`."""

    @property
    def date(self) -> datetime.date:
        return EPOCH + datetime.timedelta(days=self.day)

    @property
    def stem(self) -> str:
        return f"{self.date}-notice-{self.number:06d}"


VARIANTS = {"plain": 18, "seeds": 18, "long": 360, "small": 6, "maps": 18, "centuries": 6}
"""Paragraphs of an article. `seeds`: each has a seed and is proved against it; `centuries`: they are spread over two hundred years, some
known to the month, the year or the decade alone, and some of what they state has a date of its own."""


def articles(count: int, paragraphs: int = 18) -> Iterator[Article]:
    """So many articles. Some places are named in most of them, most in few."""
    for number in range(count):
        chance = random.Random(number)
        places = sorted({min(int(chance.paretovariate(0.6)) - 1, PLACES - 1) for _ in range(14)})[:10]
        sources = sorted(chance.sample(range(SOURCES), 4))
        day = 1 + number % 1000
        blocks = []
        for index in range(paragraphs):
            sentence = " ".join(chance.choice(WORDS) for _ in range(22)).capitalize()
            blocks.append(sentence + (f" in {{{places[index % len(places)]}}} and beyond." if index % 2 == 0 else "."))
        claims = []
        for index in range(12 if paragraphs >= 18 else 2):
            thing = THINGS[index % len(THINGS)]
            value = 12 * chance.randrange(750) + index  # no two claims of an article share a figure
            quote = f"counted {value:,} {thing} lost"
            claims.append(Claim(quote, sources[index % 4], f"{thing}-{number % SECTORS:02d}", value, thing))
            blocks[3 * (index // 2)] += f" Bureau {sources[index % 4]:03d} {quote} by day {day}."
        blocks.insert(paragraphs // 3, f"## What notice {number} begins with")
        blocks.insert(paragraphs * 2 // 3 + 1, f"## What notice {number} ends with")
        yield Article(number, day, places, sources, claims, blocks)


def spread(number: int, before: int = 0) -> str:
    """A date (EDTF) within the two centuries from 1714, or so many days before it: to the day for seven of ten.

    >>> spread(0), spread(7), spread(8), spread(9)
    ('1714-01-01', '1865-10', '1887-06/1887-09', '190X')
    """
    day = datetime.date(1714, 1, 1) + datetime.timedelta(days=number * 7919 % 73_048 - before)
    form, iso = (number + before) % 10, day.isoformat()
    if form == 8 and day.month < 10:
        return f"{iso[:7]}/{iso[:5]}{day.month + 3:02}"
    return {7: iso[:7], 8: f"{iso[:4]}?", 9: f"{iso[:3]}X"}.get(form, iso)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def sitegen(folder: Path, count: int, variant: str = "plain") -> None:
    """The archive as sitegen reads it; it finds the places by itself and anchors the quotes."""
    write(
        folder / "sitegen.yaml",
        # the peers make neither data nor maps, nor a search
        "title: Notices\nbase_url: https://example.org/\ntheme: plain\n"
        f"outputs: {{json: false, search: false, maps: {str(variant == 'maps').lower()}, data: false}}\n"
        f'calendars: {{flood: {{epoch: {EPOCH}, label: "Day {{n}}"}}}}\n',
    )
    content = folder / "content"
    for number in range(PLACES):
        location = f"{{lat: {44 + number % 800 / 100:.2f}, lon: {22 + number % 499 / 100:.2f}}}"
        write(
            content / f"places/quay-{number:04d}.md",
            f"---\nname: Quay {number:04d}\nkind: town\nlocation: {location}\nprecision: settlement\n---\n",
        )
    for number in range(SOURCES):
        write(content / f"sources/bureau-{number:03d}.md", f"---\nname: Bureau {number:03d}\nkind: government\n---\n")
    for thing in THINGS:
        for sector in range(SECTORS):
            write(
                content / f"claims/{thing}-{sector:02d}.md",
                f"---\ntitle: {thing.capitalize()} lost in sector {sector}\nkind: quantity\n---\n",
            )
    is_spread = variant == "centuries"
    for article in articles(count, VARIANTS[variant]):
        lines = [
            "---",
            f'title: "Notice {article.number}: Day {article.day} of the Flood"',
            *([f"date: {spread(article.number)}"] if is_spread else [f"date: {article.date}", f"day: {article.day}", "calendar: flood"]),
        ]
        lines += ["images:", f'- {{id: view, caption: "The canal, notice {article.number}", alt: The canal}}', "sources:"]
        lines += [f"- {{source: bureau-{source:03d}}}" for source in article.sources] + ["claims:"]
        lines += [
            f'- {{quote: "{one.quote}", source: bureau-{one.source:03d}, claim: {one.topic}, {_when(article, index) if is_spread else ""}'
            f"figures: [{{value: {one.value}, unit: {one.unit}}}]}}"
            for index, one in enumerate(article.claims)
        ]
        if variant == "seeds":
            title = f"Notice {article.number}: Day {article.day} of the Flood"
            words = [title, f"The canal, notice {article.number}", *(block.removeprefix("## ") for block in article.blocks)]
            seed = _named("\n".join(words), _quay)
            write(folder / f"seeds/{article.stem}.txt", seed)
            lines.append(f"seed: {{path: seeds/{article.stem}.txt, sha256: {hashlib.sha256(seed.encode()).hexdigest()}}}")
        body = "\n\n".join(["![](image:view)", *article.blocks])
        write(content / f"articles/{article.stem}.md", "\n".join(lines) + "\n---\n" + _named(body, _quay) + "\n")


def _when(article: Article, index: int) -> str:
    """When what the first claim of an article tells is said to have happened."""
    return f'when: {{date: "{spread(article.number, before=29)}"}}, ' if not index else ""


def hugo(folder: Path, count: int) -> None:
    """The same for Hugo: places, sources, claims and days as taxonomies, each with a page, and templates (`benchmarks/hugo/`) that say on
    each kind of page what sitegen's theme `plain` says there. What sitegen finds by itself (where places stand, in which sentences,
    who says what) is given to Hugo as data, and the highlights and links as HTML in the text."""
    here = Path(__file__).parent
    shutil.copytree(here / "hugo", folder, dirs_exist_ok=True)
    shutil.copytree(here.parent / "themes/plain/assets", folder / "assets", dirs_exist_ok=True)
    content = folder / "content"
    for kind, title, what in (("places", "Places", "town"), ("sources", "Sources", "government body"), ("claims", "Claims", "quantity")):
        write(content / kind / "_index.md", f"---\ntitle: {title}\nkind: {what}\n---\n")
    write(content / "articles/_index.md", "---\ntitle: Articles\n---\n")
    write(content / "timeline/_index.md", "---\ntitle: Timeline\n---\n")
    for number in range(PLACES):
        where = f"lat: {44 + number % 800 / 100:.2f}\nlon: {22 + number % 499 / 100:.2f}"
        write(content / f"places/quay-{number:04d}/_index.md", f"---\ntitle: Quay {number:04d}\n{where}\n---\n")
    for number in range(SOURCES):
        write(content / f"sources/bureau-{number:03d}/_index.md", f"---\ntitle: Bureau {number:03d}\n---\n")
    for thing, sector in itertools.product(THINGS, range(SECTORS)):
        title = f"{thing.capitalize()} lost in sector {sector}"
        write(content / f"claims/{thing}-{sector:02d}/_index.md", f"---\ntitle: {title}\n---\n")
    for article in articles(count):
        write(content / f"articles/{article.stem}.md", _hugo_article(article))
    for day in sorted({article.day for article in articles(count)}):
        write(content / f"days/{day}/_index.md", f"---\ntitle: Day {day}\n---\n")


def _hugo_article(article: Article) -> str:
    named = []
    counts: dict[int, int] = {}
    body = []
    for text in article.blocks:
        block = text
        found = re.match(r"(.* in )\{(\d+)\}( and beyond\.)", text)
        if found:
            number = int(found[2])
            counts[number] = counts.get(number, 0) + 1
            id = f"p-quay-{number:04d}-{counts[number]}"
            named.append(f'- {{place: quay-{number:04d}, name: {_quay(number)}, id: {id}, before: "{found[1]}", after: "{found[3]}"}}')
            link = f'<a class="place" id="{id}" href="/places/quay-{number:04d}/">{_quay(number)}</a>'
            block = block.replace(f"{{{number}}}", link)
        for one in article.claims:
            block = block.replace(one.quote, f'<mark id="{_claim_id(one)}" class="claim">{one.quote}</mark>')
        body.append(block)
    description = f"{_named(article.blocks[0], _quay)[:200].rsplit(' ', 1)[0]} …"
    lines = ["---", f'title: "Notice {article.number}: Day {article.day} of the Flood"', f"date: {article.date}", f"day: {article.day}"]
    lines += [f'days: ["{article.day}"]', f"places: [{', '.join(f'quay-{number:04d}' for number in sorted(counts))}]"]
    lines += [f"sources: [{', '.join(f'bureau-{number:03d}' for number in article.sources)}]"]
    lines += [f"claims: [{', '.join(dict.fromkeys(one.topic for one in article.claims))}]"]
    lines += [f'caption: "The canal, notice {article.number}"', f'description: "{description}"', "mentioned:"]
    lines += [
        f"- {{place: quay-{number:04d}, name: {_quay(number)}, first: p-quay-{number:04d}-1, count: {counts[number]}}}"
        for number in sorted(counts)
    ]
    lines += ["named:", *named, "said:"]
    for one in article.claims:
        thing, _, sector = one.topic.partition("-")
        bureau = f"Bureau {one.source:03d}"
        said = {"source": f"bureau-{one.source:03d}", "name": bureau, "claim": one.topic, "value": f"{one.value:,}", "unit": one.unit}
        said |= {"id": _claim_id(one), "before": f"{bureau} ", "quote": one.quote, "after": f" by day {article.day}."}
        said |= {"title": f"{thing.capitalize()} lost in sector {int(sector)}"}
        lines.append(f"- {json.dumps(said)}")  # JSON is YAML
    return "\n".join([*lines, "---", "\n\n".join(body), ""])


def _claim_id(one: Claim) -> str:
    return f"c-{hashlib.sha256(one.quote.encode()).hexdigest()[:8]}"


PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>TITLE</title><link rel="stylesheet" href="/style.css"></head><body>'
    '<header><a href="/">Notices</a><nav><a href="/articles/">Articles</a><a href="/places/">Places</a><a href="/sources/">Sources</a>'
    "</nav></header><main>MAIN</main><footer></footer></body></html>"
)


def pelican(folder: Path, count: int) -> None:
    """The same for Pelican: places as tags, sources as authors, claims in the text."""
    write(
        folder / "pelicanconf.py",
        "SITENAME = 'Notices'\nSITEURL = ''\nPATH = 'content'\nTIMEZONE = 'UTC'\nDEFAULT_LANG = 'en'\nDEFAULT_PAGINATION = 50\nTHEME = 'theme'\n"
        "ARTICLE_URL = ARTICLE_SAVE_AS = 'articles/{slug}/index.html'\nTAG_URL = TAG_SAVE_AS = 'places/{slug}/index.html'\n"
        "AUTHOR_URL = AUTHOR_SAVE_AS = 'sources/{slug}/index.html'\nCATEGORY_SAVE_AS = ''\nFEED_ALL_ATOM = 'feed.xml'\n"
        "CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None\nDIRECT_TEMPLATES = ['index']\n",
    )
    for article in articles(count):
        head = [f"Title: Notice {article.number}", f"Date: {article.date}", f"Slug: {article.stem}"]
        head += [
            f"Tags: {', '.join(f'quay-{n:04d}' for n in article.places)}",
            f"Authors: {'; '.join(f'bureau-{n:03d}' for n in article.sources)}",
        ]
        said = "\n".join(
            f"- {one.quote}: [{one.source}](/sources/bureau-{one.source:03d}/), {one.value} {one.unit}" for one in article.claims
        )
        write(
            folder / f"content/{article.stem}.md", "\n".join(head) + "\n\n" + _named("\n\n".join(article.blocks), _linked) + f"\n\n{said}\n"
        )
    templates = folder / "theme/templates"
    main = "{% block content %}{% endblock %}"
    write(templates / "base.html", PAGE.replace("TITLE", "{{ SITENAME }}").replace("MAIN", main))
    block = '{% extends "base.html" %}{% block content %}BODY{% endblock %}'
    rows = '<li><a href="/{{ a.url }}">{{ a.title }}</a> <time>{{ a.date.strftime("%Y-%m-%d") }}</time></li>'
    listing = f"<h1>List</h1><ul>{{% for a in articles_page.object_list %}}{rows}{{% endfor %}}</ul>"
    for name in ("index", "tag", "author", "category", "archives", "tags", "authors", "categories", "period_archives"):
        write(templates / f"{name}.html", block.replace("BODY", listing))
    write(templates / "page.html", block.replace("BODY", ""))
    terms = "".join(
        f'<ul>{{% for t in article.{kind} %}}<li><a href="/{{{{ t.url }}}}">{{{{ t }}}}</a></li>{{% endfor %}}</ul>'
        for kind in ("tags", "authors")
    )
    single = f"<article><h1>{{{{ article.title }}}}</h1><time>{{{{ article.date }}}}</time>{{{{ article.content }}}}</article>{terms}"
    write(templates / "article.html", block.replace("BODY", single))


def eleventy(folder: Path, count: int) -> None:
    """The same for Eleventy: a page for every place and source by pagination over a collection."""
    write(
        folder / "eleventy.config.js",
        """module.exports = config => {
  config.addCollection("terms", api => {
    const terms = new Map();
    for (const page of api.getFilteredByGlob("articles/*.md"))
      for (const key of [...page.data.places.map(x => "places/" + x), ...page.data.sources.map(x => "sources/" + x)])
        (terms.get(key) || terms.set(key, []).get(key)).push(page);
    return [...terms].map(([key, pages]) => ({ key, pages: pages.slice(0, 50) }));
  });
  return { dir: { input: ".", output: "public", includes: "_includes" }, markdownTemplateEngine: false, htmlTemplateEngine: "njk" };
};
""",
    )
    for article in articles(count):
        lines = ["---", "layout: article.njk", f'title: "Notice {article.number}"', f"date: {article.date}"]
        lines += [f"places: [{', '.join(f'quay-{n:04d}' for n in article.places)}]"]
        lines += [f"sources: [{', '.join(f'bureau-{n:03d}' for n in article.sources)}]", "said:"]
        lines += [
            f'- {{quote: "{one.quote}", source: bureau-{one.source:03d}, value: {one.value}, unit: {one.unit}}}' for one in article.claims
        ]
        write(folder / f"articles/{article.stem}.md", "\n".join(lines) + "\n---\n" + _named("\n\n".join(article.blocks), _linked) + "\n")
    write(folder / "_includes/base.njk", PAGE.replace("TITLE", "{{ title }}").replace("MAIN", "{{ content | safe }}"))
    said = '<li><q>{{ c.quote }}</q> <a href="/sources/{{ c.source }}/">{{ c.source }}</a>; {{ c.value }} {{ c.unit }}</li>'
    terms = "".join(
        f'<ul>{{% for p in {kind} %}}<li><a href="/{kind}/{{{{ p }}}}/">{{{{ p }}}}</a></li>{{% endfor %}}</ul>'
        for kind in ("places", "sources")
    )
    write(
        folder / "_includes/article.njk",
        "---\nlayout: base.njk\n---\n<article><h1>{{ title }}</h1><time>{{ page.date }}</time>{{ content | safe }}</article>"
        f"<ol>{{% for c in said %}}{said}{{% endfor %}}</ol>{terms}",
    )
    write(
        folder / "terms.njk",
        "---\nlayout: base.njk\npagination: {data: collections.terms, size: 1, alias: term}\npermalink: /{{ term.key }}/index.html\n---\n"
        '<h1>{{ term.key }}</h1><ul>{% for p in term.pages %}<li><a href="{{ p.url }}">{{ p.data.title }}</a></li>{% endfor %}</ul>',
    )


def mkdocs(folder: Path, count: int) -> None:
    """The same for MkDocs with Material: it makes no page of a term, so that places and sources are written for it, with their lists; its
    search is on, as it comes."""
    write(
        folder / "mkdocs.yml",
        "site_name: Notices\nsite_url: https://example.org/\nsite_dir: public\ntheme: {name: material}\nplugins: [search]\nnav: []\n"
        "validation: {nav: {omitted_files: ignore}, links: {absolute_links: ignore, not_found: ignore}}\n",
    )
    terms: dict[str, list[str]] = {}
    for article in articles(count):
        said = "\n".join(
            f"- {one.quote}: [{one.source}](/sources/bureau-{one.source:03d}/), {one.value} {one.unit}" for one in article.claims
        )
        text = f"# Notice {article.number}\n\n{article.date}\n\n{_named(chr(10).join(f'{block}{chr(10)}' for block in article.blocks), _linked)}"
        write(folder / f"docs/articles/{article.stem}.md", f"{text}\n{said}\n")
        for key in (*(f"places/quay-{n:04d}" for n in article.places), *(f"sources/bureau-{n:03d}" for n in article.sources)):
            terms.setdefault(key, []).append(f"- [Notice {article.number}](../articles/{article.stem}.md)")
    write(folder / "docs/index.md", "# Notices\n")
    for key, links in terms.items():
        write(folder / f"docs/{key}.md", "\n".join([f"# {key}", "", *links[:50], ""]))


def _quay(number: int) -> str:
    return f"Quay {number:04d}"


def _linked(number: int) -> str:
    return f"[Quay {number:04d}](/places/quay-{number:04d}/)"


def _named(text: str, name: Callable[[int], str]) -> str:
    return re.sub(r"\{(\d+)\}", lambda found: name(int(found[1])), text)


if __name__ == "__main__":
    form, place, number, *variant = sys.argv[1:]
    {"sitegen": sitegen, "hugo": hugo, "pelican": pelican, "eleventy": eleventy, "mkdocs": mkdocs}[form](Path(place), int(number), *variant)
