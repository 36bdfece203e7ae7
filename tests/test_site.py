"""The archive of this repository as readers get it: no broken link, valid HTML, and the counts of its show-piece."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest

from sitegen.build import Report, build
from tests.conftest import IS_SOAK, REPOSITORY, asked

ARTICLE = "articles/2022-05-15-russia-loses-second-huge-battle/"
SHA256 = "63f6ebb92811bba408006ca9a00d185c49568c352e9d08176f3213c923b8ed62"


class Site(NamedTuple):
    folder: Path
    base_url: str
    report: Report

    def read(self, address: str) -> str:
        return (self.folder / address / "index.html").read_text(encoding="utf-8")

    def pages(self) -> list[Path]:
        return sorted(self.folder.rglob("*.html"))


@pytest.fixture(
    scope="module",
    params=[
        ("default", "https://x.org/"),
        pytest.param(("plain", "https://x.org/repo/"), marks=pytest.mark.soak),
        pytest.param(("telegram", "https://x.org/"), marks=pytest.mark.soak),
        pytest.param(("default", "https://x.org/repo/"), marks=pytest.mark.soak),
        pytest.param(("plain", "https://x.org/"), marks=pytest.mark.soak),
    ],
    ids=str,
)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    theme, base = request.param
    root = tmp_path_factory.mktemp("kharkiv")
    for folder in ("content", "seeds", "themes"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    config = (REPOSITORY / "sitegen.yaml").read_text(encoding="utf-8")
    (root / "sitegen.yaml").write_text(re.sub(r"^theme: .*$", f"theme: {theme}", config, flags=re.M))
    return Site(root / "public", base, build(root, root / "public", asked(base_url=base)))


class Reader(HTMLParser):
    """The ids and the addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.styles: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            elif name in ("href", "src") and value is not None:
                self.links.append(value)
            elif name == "style" or name.startswith("on"):
                self.styles.append(f"{tag} {name}")
        # what is no script but data is not run, and the policy lets it be, as it does files of the site
        names = dict(attrs)
        if tag == "style" or (tag == "script" and names.get("type") != "application/ld+json" and "src" not in names):
            self.styles.append(tag)


def test_no_broken_link_or_anchor(site: Site) -> None:
    base = urlsplit(site.base_url).path
    read = {path: Reader(path.read_text(encoding="utf-8")) for path in site.pages()}
    links = 0
    for path, page in read.items():
        here = site.base_url + path.relative_to(site.folder).as_posix()
        for link in page.links:
            target = urlsplit(urljoin(here, link))
            if target.netloc != "x.org" or target.scheme != "https":
                continue
            assert target.path.startswith(base), f"{path}: {link} leaves the base path"
            place = site.folder / unquote(target.path.removeprefix(base))
            place = place / "index.html" if target.path.endswith("/") else place
            assert place.is_file(), f"{path}: {link} leads to nothing"
            if target.fragment and place in read:
                assert unquote(target.fragment) in read[place].ids, f"{path}: {link} has no anchor"
            links += 1
    assert links > 1800


def test_ids_are_unique_and_nothing_needs_inline_code(site: Site) -> None:
    for path in site.pages():
        page = Reader(path.read_text(encoding="utf-8"))
        assert len(page.ids) == len(set(page.ids)), path
        assert page.styles == [], path


def test_every_page_passes_the_strict_parser(site: Site) -> None:
    """All of them in the soak; else the first of each kind, by the folder in which it lies."""
    kinds = {path.relative_to(site.folder).parts[0]: path for path in reversed(site.pages())}
    assert len(kinds) > 10
    for path in site.pages() if IS_SOAK else kinds.values():
        html5lib.HTMLParser(strict=True).parse(path.read_text(encoding="utf-8"))


def test_headings_leave_no_level_out(site: Site) -> None:
    for path in site.pages():
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", path.read_text(encoding="utf-8"))]
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(b <= a + 1 for a, b in pairwise(levels)), (path, levels)


def test_a_sentence_stands_once_on_the_page_of_a_place_source_claim_or_day(site: Site) -> None:
    seen = 0
    for path in site.pages():
        if path.relative_to(site.folder).parts[0] in ("places", "sources", "claims", "days"):
            sentences = re.findall(r"<q>(.*?)</q>", path.read_text(encoding="utf-8"))
            words = [re.sub(r"<sup>.*?</sup>|<[^>]*>", "", sentence) for sentence in sentences]
            assert sorted(words) == sorted(set(words)), path
            seen += len(words)
    assert seen > 80


def test_the_show_piece(site: Site) -> None:
    assert [problem.code for problem in site.report.problems] == ["group-sum"]
    page = site.read(ARTICLE)
    assert "Day 80" in page
    assert '<time datetime="2022-05-15">15 May 2022</time>' in page
    assert len(re.findall(r'<mark class="claim (?:said|own)" id="c-', page)) == 52
    assert len(re.findall(r'<mark class="note" id="n-', page)) == len(re.findall(r'<a class="k"', page)) == 43
    assert ' rest"' not in page, "no highlight is cut in two"
    assert len(set(re.findall(r'href="[^"]*/places/([a-z-]+)/"', page))) >= 16
    assert len(set(re.findall(r'href="[^"]*/sources/([a-z-]+)/"', page))) >= 4
    assert "7,897" in page
    assert "some 7,000" in page
    assert "6,500 to 7,499" in page
    assert SHA256 in page
    assert re.search(r'href="[^"]*/seeds/000_ccd5037595051223.txt"', page)


def test_the_seed_is_published_byte_for_byte(site: Site) -> None:
    name = "seeds/000_ccd5037595051223.txt"
    assert (site.folder / name).read_bytes() == (REPOSITORY / name).read_bytes()


def test_the_words_of_the_article_are_the_seeds(site: Site) -> None:
    """Read from the page itself, as a browser would: the text of title and body, without the apparatus."""
    page = html5lib.parse(site.read(ARTICLE), namespaceHTMLElements=False)
    main = page.find(".//main")
    assert main is not None
    text = " ".join("".join(main.itertext()).split())
    for paragraph in (REPOSITORY / "seeds/000_ccd5037595051223.txt").read_text(encoding="utf-8").split("\n\n"):
        assert " ".join(paragraph.strip().strip("()").split()) in text


def test_the_feed_is_absolute(site: Site) -> None:
    feed = (site.folder / "feed.xml").read_text(encoding="utf-8")
    assert f"<id>{site.base_url}{ARTICLE}</id>" in feed
    assert 'href="/' not in feed.replace("&quot;", '"')


def test_the_404_page_works_from_anywhere(site: Site) -> None:
    text = (site.folder / "404.html").read_text(encoding="utf-8")
    for link in Reader(text).links:
        assert link.startswith((urlsplit(site.base_url).path, "https://", "#")), link
