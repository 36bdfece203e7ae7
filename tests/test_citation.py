"""How an article is cited, in the forms that other programs read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape

import pytest

from tests.conftest import Archive

Make = Callable[[str], Archive]
ORIGIN = 'origin: {publisher: "The Ferry & Co", byline: "A. Ude_Nor", published: 1911-07-04}\n'


def shown(site: Archive, kind: str) -> str:
    found = re.search(r'<pre class="bibtex">(.*?)</pre><pre class="csl">(.*?)</pre>', site.html("articles/a/"), re.S)
    assert found
    return unescape(found[1 if kind == "BibTeX" else 2])


def made(archive: Make, front: str) -> Archive:
    site = archive(f'-- content/articles/a.md --\n---\ntitle: "50 % of {{it}}: “A”"\n{front}---\nWords.\n')
    site.write("sitegen.yaml", "title: Notices\nbase_url: https://example.org/\ntheme: default\n")
    assert not site.build().failed
    return site


def test_bibtex_with_what_tex_would_take_for_more_than_text(archive: Make) -> None:
    assert shown(made(archive, ORIGIN), "BibTeX") == (
        "@misc{a,\n  title = {{50 \\% of \\{it\\}: “A”}},\n  author = {{A. Ude\\_Nor}},\n  publisher = {The Ferry \\& Co},\n"
        "  year = {1911},\n  month = jul,\n  howpublished = {Notices},\n  url = {https://example.org/articles/a/},\n}"
    )


def test_csl_json(archive: Make) -> None:
    assert json.loads(shown(made(archive, ORIGIN), "CSL-JSON")) == [
        {
            "id": "a",
            "type": "article-newspaper",
            "title": "50 % of {it}: “A”",
            "author": [{"literal": "A. Ude_Nor"}],
            "container-title": "The Ferry & Co",
            "issued": {"date-parts": [[1911, 7, 4]]},
            "archive": "Notices",
            "URL": "https://example.org/articles/a/",
            "language": "en",
        }
    ]


@pytest.mark.parametrize(
    ("date", "parts"), [("1911", [1911]), ("1911-07~", [1911, 7]), ("1911-07-03", [1911, 7, 3]), ("1911/1912", None), ("null", None)]
)
def test_a_date_is_cited_as_far_as_it_is_known(date: str, parts: list[int] | None, archive: Make) -> None:
    (item,) = json.loads(shown(made(archive, f"date: {date}\n"), "CSL-JSON"))
    assert item.get("issued", {"date-parts": [None]})["date-parts"] == [parts]
