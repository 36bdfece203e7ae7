"""The data beside a page are what its template saw."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from jsonschema import Draft202012Validator

from sitegen.theme import Theme
from sitegen.views.types import PageView, SiteView
from tests.conftest import CONFIG, REPOSITORY, Archive
from tests.test_kinds import SITE

Make = Callable[[str], Archive]
KINDS = ("article", "place", "topic", "source", "claim", "timeline")


def test_data_lie_beside_articles_and_entries_and_keep_their_schema(archive: Make) -> None:
    site = archive(SITE)
    report = site.build()
    assert report.problems == ()
    found = sorted(site.output.rglob("index.json"))
    told = [json.loads(path.read_text(encoding="utf-8")) for path in found]
    assert sorted({one["kind"] for one in told}) == sorted(KINDS)
    assert len(found) == len(list((site.root / "content").rglob("*.md"))) + 1
    validators = {}
    for kind in KINDS:
        schema = json.loads((REPOSITORY / f"docs/schema/{kind}.data.schema.json").read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        validators[kind] = Draft202012Validator(schema)
    for one in told:
        validators[one["kind"]].validate(one)
    place = json.loads(site.html("places/mira/index.json"))
    assert (place["version"], place["page"]["title"], place["page"]["total"]) == (5, "Mira", 1)
    assert '<link rel="alternate" type="application/json" href="/places/mira/index.json">' in site.html("places/mira/")
    assert "application/json" not in site.html("places/")
    assert "index.json" not in site.html("sitemap.xml")


def test_data_are_what_the_template_saw(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, PageView] = {}
    render = Theme.render

    def watched(theme: Theme, site: SiteView, page: PageView) -> bytes:
        seen[page.frame.address] = page
        return render(theme, site, page)

    monkeypatch.setattr(Theme, "render", watched)
    site = archive(SITE)
    site.build(jobs=1)

    def plain(value: object) -> object:
        if isinstance(value, tuple):
            return [plain(one) for one in value]
        fields = getattr(value, "__struct_fields__", None)
        return {name: plain(getattr(value, name)) for name in fields} if fields else value

    for path in site.output.rglob("index.json"):
        address = f"{path.parent.relative_to(site.output).as_posix()}/"
        assert json.loads(path.read_text(encoding="utf-8"))["page"] == plain(seen[address])


def test_data_can_be_turned_off_and_on_again(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    before = site.bytes_of_output()
    site.write("sitegen.yaml", CONFIG.replace("data: false", "data: false, json: false"))
    site.build()
    assert not list(site.output.rglob("index.json"))
    assert "application/json" not in site.html("places/mira/")
    site.write("sitegen.yaml", CONFIG)
    site.build()
    assert site.bytes_of_output() == before


def test_data_that_went_astray_are_laid_again(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    before = site.bytes_of_output()
    (site.output / "places/mira/index.json").write_text("{}")
    (site.output / "topics/siege/index.json").unlink()
    site.build()
    assert site.bytes_of_output() == before


def test_data_may_be_linked_and_kept_where_they_are(archive: Make) -> None:
    site = archive(SITE + "-- content/pages/about.md --\n---\ntitle: About\n---\n[Data](/places/mira/index.json)\n")
    assert site.build().problems == ()
    site.write("sitegen.yaml", CONFIG.replace("data: false", "data: false, json: false") + "keep: [places/mira/index.json]\n")
    assert [problem.code for problem in site.build().problems] == ["broken-link"]
