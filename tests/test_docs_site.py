"""The documentation as a site that the program itself makes (`make docs-site`): nothing is wrong with it, and all of it can be found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitegen.model.problem import Fault
from tests.conftest import REPOSITORY
from tools import docs_site


def test_all_of_it_is_a_site_without_a_flaw(tmp_path: Path) -> None:
    report = docs_site.made(tmp_path, tmp_path / "public", "https://x.org/docs/")
    assert report.problems == ()
    for path in (REPOSITORY / "docs").rglob("*.md"):
        stem = docs_site.stem_of(path.relative_to(REPOSITORY).as_posix())
        page = (tmp_path / f"public/{stem}/index.html").read_text(encoding="utf-8")
        words = json.loads((tmp_path / f"public/{stem}/words.json").read_text(encoding="utf-8"))
        assert words["title"] in page
        assert len(words["passages"]) > 3, path
    home = (tmp_path / "public/index.html").read_text(encoding="utf-8")
    assert 'href="/docs/tutorial/"' in home
    assert ">Articles</a>" not in home, "there are none"
    assert 'href="/docs/schema/article.data.schema.json"' in (tmp_path / "public/data-beside-pages/index.html").read_text(encoding="utf-8")
    problems = (tmp_path / "public/problems/index.html").read_text(encoding="utf-8")
    assert 'id="quote-not-found"' in problems


def test_what_stands_in_code_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# A `title`\n\n[`one`](two.md#a) `[x](y.md)`\n\n<!-- done -->\n```\n[x](y.md)\n```\n"
    monkeypatch.setattr(docs_site, "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()
    for name in ("docs/one.md", "docs/two.md"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    title, body = docs_site.Site(tmp_path / "site").page("docs/one.md")
    assert title == "A title"
    assert body == "\n[`one`](/two/#a) `[x](y.md)`\n\n```\n[x](y.md)\n```\n"
    (tmp_path / "docs/one.md").write_text("# A\n[gone](gone.md)\n", encoding="utf-8")
    with pytest.raises(Fault, match="leads to no file"):
        docs_site.Site(tmp_path / "site").page("docs/one.md")
