"""The law of rebuilds, as far as single steps show it; and what a build does to its output folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from sitegen import build as room
from sitegen.build import build
from sitegen.cache import Memory, memory_cache, open_cache
from sitegen.model.digest import digest
from sitegen.model.pages import Planned
from sitegen.model.problem import Fault
from sitegen.tree import Stamp
from tests.conftest import IS_SOAK, WITH_DATA, Archive, asked

Make = Callable[[str], Archive]

SITE = """-- content/articles/2022-05-14-first.md --
---
title: First
date: 2022-05-14
calendar: war
sources:
- {id: update, source: mod, quote: the Ministry said}
claims:
- {id: c-tanks, quote: "1,218 tanks", source: update, claim: tanks, as_of: {date: 2022-05-14}}
---
Near Kyiv, the Ministry said, 1,218 tanks were lost. Kyiv held.

## Later

Kyiv's army and Odesa.
-- content/articles/2022-05-15-second.md --
---
title: Second
date: 2022-05-15
calendar: war
claims:
- {id: c-tanks, quote: "1,220 tanks", source: article, claim: tanks}
---
Some 1,220 tanks were lost.
-- content/places/kyiv.md --
---
name: Kyiv
kind: city
within: ukraine
---
The capital of [[ukraine]].
-- content/places/odesa.md --
---
name: Odesa
kind: city
---
-- content/places/ukraine.md --
---
name: Ukraine
kind: country
---
-- content/sources/mod.md --
---
name: The Ministry
kind: government
---
-- content/claims/tanks.md --
---
title: Tanks lost
kind: quantity
---
-- content/pages/about.md --
---
title: About
nav: 1
---
See [[tanks|the tanks]].
"""


def test_a_second_build_writes_nothing_and_renders_nothing(archive: Make) -> None:
    site = archive(SITE)
    first = site.build()
    assert first.problems == ()
    assert first.rendered == first.pages > 15
    stamps = {path: path.stat().st_mtime_ns for path in site.output.rglob("*") if path.is_file()}
    second = site.build()
    assert (second.rendered, second.written, second.removed) == (0, 0, 0)
    assert {path: path.stat().st_mtime_ns for path in site.output.rglob("*") if path.is_file()} == stamps


@pytest.mark.parametrize("lost", [".sitegen", "public"])
def test_losing_the_store_or_the_output_changes_no_byte(lost: str, archive: Make) -> None:
    site = archive(SITE)
    site.build()
    before = site.bytes_of_output()
    shutil.rmtree(site.root / lost)
    site.build()
    assert site.bytes_of_output() == before


STEPS: dict[str, tuple[str, set[str] | None]] = {
    # what is written, and the pages that it renders again
    "a body edit": (
        SITE.split("-- content/places/kyiv.md", maxsplit=1)[0].replace("Kyiv held.", "It held."),
        {"articles/2022-05-14-first/", "places/kyiv/", "places/kyiv/feed.xml", "feed.xml", "data/"},
    ),
    "the body of a place": ("-- content/places/odesa.md --\n---\nname: Odesa\nkind: city\n---\nA port.\n", {"places/odesa/"}),
    "a review state that no card shows but its own": (
        "-- content/sources/mod.md --\n---\nname: The Ministry\nkind: government\nurl: https://x.example/\n---\n",
        {"sources/mod/"},
    ),
    "a stylesheet": ("-- themes/plain/assets/style.css --\nbody { margin: 0 }\n", None),
    "a template of one kind": ("-- themes/plain/templates/claim.html --\n{% extends 'base.html' %}\n", {"claims/tanks/"}),
}


@pytest.mark.parametrize("name", STEPS)
def test_an_edit_renders_what_shows_it_and_no_more(name: str, archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    text, expected = STEPS[name]
    site = archive(WITH_DATA + SITE)
    total = site.build().rendered
    archive(WITH_DATA + SITE + text)
    rendered: set[str] = set()

    render = room.render

    @wraps(render)  # its name is in the keys
    def counted(memory: Memory, page: Planned, *rest: Any) -> tuple[bytes | None, ...]:
        rendered.add(page.address)
        return render(memory, page, *rest)

    monkeypatch.setattr(room, "render", counted)
    report = site.build()
    assert not report.failed, report.problems
    if expected is None:
        assert report.rendered >= total - 2, "only feed and sitemap show no stylesheet"
    else:
        assert rendered == expected


@pytest.mark.soak
def test_every_step_of_a_history_equals_a_clean_build(archive: Make, tmp_path: Path) -> None:
    site = archive(SITE)

    def remove(path: str) -> Callable[[], None]:
        return (site.root / path).unlink

    steps: list[Callable[[], object]] = [
        lambda: archive(SITE + "-- content/places/lviv.md --\n---\nname: Lviv\nkind: city\naliases: [Odesa port]\n---\n"),
        lambda: site.write("content/places/kyiv.md", "---\nname: Kiev\nkind: city\n---\n"),
        lambda: site.write("content/articles/2022-05-15-second.md", "---\ntitle: Renamed\n---\nUkraine and Lviv.\n"),
        remove("content/places/lviv.md"),
        lambda: site.write("content/pages/about.md", "---\ntitle: About us\nnav: 2\n---\nNew.\n"),
        lambda: site.write("themes/plain/templates/_parts.html", "{% macro cards(list) %}{{ list|length }}{% endmacro %}"),
        lambda: site.write("themes/plain/templates/list.html", "{% extends 'base.html' %}{% block main %}x{% endblock %}"),
        remove("themes/plain/templates/_parts.html"),
        lambda: site.write("sitegen.yaml", "title: Other\nbase_url: https://x.org/repo/\ntheme: plain\n"),
        lambda: archive(SITE),
        lambda: site.write("content/articles/2022-05-14-first.md", "---\ntitle: First\ndraft: true\n---\nKyiv.\n"),
        lambda: (site.output / "index.html").write_text("damaged"),
        lambda: shutil.rmtree(site.output / "places"),
        lambda: (site.root / ".sitegen/cache.db").write_bytes(b"damaged" * 1000),
        lambda: site.write("content/articles/2022-05-14-first.md", SITE.split(" --\n")[1].split("-- content", maxsplit=1)[0]),
    ]
    for number, step in enumerate(steps):
        site.build()
        step()
        report = site.build()
        clean = Archive(site.root)
        clean.output = tmp_path / f"clean-{number}"
        copy = tmp_path / f"copy-{number}"
        shutil.copytree(site.root, copy, ignore=shutil.ignore_patterns("public", ".sitegen"))
        expected = build(copy, clean.output, asked())
        assert report.problems == expected.problems
        if not report.failed:
            assert site.bytes_of_output() == clean.bytes_of_output(), f"after step {number}"


def test_the_same_bytes_whatever_the_surroundings(archive: Make, tmp_path: Path) -> None:
    site = archive(SITE)
    seen = set()
    for number, (seed, zone, locale) in enumerate(
        [("0", "UTC", "C"), ("1", "Pacific/Kiritimati", "de_DE.UTF-8"), *([("2", "America/Los_Angeles", "C.UTF-8")] if IS_SOAK else [])]
    ):
        out = tmp_path / f"out {number}"
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": str(Path(__file__).parent.parent)}
        shutil.rmtree(site.root / ".sitegen", ignore_errors=True)
        subprocess.run(
            [sys.executable, "-m", "sitegen", "build", "--source", site.root, "--output", out],
            check=True,
            env=env,
            cwd=tmp_path,
            capture_output=True,
        )
        other = Archive(site.root)
        other.output = out
        seen.add(tuple(other.bytes_of_output().items()))
    assert len(seen) == 1


def test_parts_of_a_key_are_kept_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("a", "") != digest("a")


def test_a_file_of_any_time_has_a_stamp() -> None:
    """File systems keep times before 1970, and after 2262, when nanoseconds are more than 64 bits hold."""
    stamps = memory_cache(Path()).sources
    for time in (-(2**62), -1, 2**63 + 5, 2**70):
        stamp = Stamp(5, time, min(time, 9), 2**64 - 1)
        stamps.remember("a", stamp, digest("a"))
        stamps.last = (2**80, dict(stamps._seen))
        assert stamps.remembered("a", stamp) == digest("a")
        assert stamps.remembered("a", stamp._replace(mtime=time + 1)) is None


def test_a_stamp_is_trusted_only_if_it_is_older_than_the_last_settling() -> None:
    """The rule of Git's index: what was touched in the same tick of the clock may have changed since."""
    stamps = memory_cache(Path()).sources
    for mtime, ctime, is_trusted in ((999, 999, True), (1000, 999, False), (999, 1000, False), (1001, 1001, False)):
        stamp = Stamp(5, mtime, ctime, 7)
        stamps.remember("a", stamp, digest("a"))
        stamps.last = (1000, stamps._seen)
        assert (stamps.remembered("a", stamp) is not None) is is_trusted
        assert stamps.remembered("a", stamp._replace(size=6)) is None
        assert stamps.remembered("b", stamp) is None


# the output folder


def test_a_folder_that_is_not_ours_is_refused(archive: Make) -> None:
    site = archive(SITE)
    site.output.mkdir()
    (site.output / "thesis.doc").write_text("years of work")
    with pytest.raises(Fault, match=r"not written by sitegen \(thesis.doc"):
        site.build()
    assert [path.name for path in site.output.iterdir()] == ["thesis.doc"]


@pytest.mark.parametrize("folder", [".", "content", "content/x", "seeds", "themes", "..", ".sitegen/x"])
def test_a_folder_that_would_swallow_the_archive_is_refused(folder: str, archive: Make) -> None:
    site = archive(SITE)
    with pytest.raises(Fault, match="output folder"):
        build(site.root, site.root / folder, asked())
    assert (site.root / "content/places/kyiv.md").is_file()


def test_what_is_not_planned_is_pruned_and_what_is_kept_stays(archive: Make) -> None:
    site = archive(SITE.replace("", "", 1))
    site.write("sitegen.yaml", (site.root / "sitegen.yaml").read_text() + "keep: [CNAME, .well-known]\n")
    site.build()
    for path in ("CNAME", ".well-known/a/b.txt", ".git/HEAD"):
        place = site.output / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("x")
    (site.output / "empty/folder").mkdir(parents=True)
    report = site.build()
    assert report.removed == 0
    (site.root / "content/places/kyiv.md").unlink()
    assert site.build().removed >= 1
    assert not (site.output / "places/kyiv").exists()
    assert not (site.output / "empty").exists()
    assert (site.output / "CNAME").is_file()
    assert (site.output / ".well-known/a/b.txt").is_file()
    assert (site.output / ".git/HEAD").is_file()


def test_links_in_the_output_are_replaced_not_followed(archive: Make, tmp_path: Path) -> None:
    site = archive(SITE)
    site.build()
    outside = tmp_path / "outside.html"
    outside.write_text("mine")
    (site.output / "index.html").unlink()
    (site.output / "index.html").symlink_to(outside)
    site.build()
    assert outside.read_text() == "mine"
    assert not (site.output / "index.html").is_symlink()


def test_a_pipe_in_the_output_is_not_waited_for(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    (site.output / "index.html").unlink()
    os.mkfifo(site.output / "index.html")
    site.build()
    assert (site.output / "index.html").is_file()


def test_a_locked_archive_is_said_to_be_locked(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    from sitegen.cache import database

    monkeypatch.setattr(database, "LOCK_SECONDS", 0.1)
    site = archive(SITE)
    with open_cache(site.root), pytest.raises(Fault, match="another build"):
        site.build()


# the publish gate


def gated(front: str) -> str:
    return SITE.replace("title: First\n", f"title: First\n{front}", 1)


@pytest.mark.parametrize(
    "front",
    [
        "draft: true\n",
        "publish_from: 2999-01-01\n",
        "expires: 2020-01-01\n",
        "withdrawn: {date: 2022-06-01, reason: At the author's wish.}\n",
    ],
)
def test_nothing_of_a_hidden_article_is_published(front: str, archive: Make) -> None:
    site = archive(gated(front))
    report = site.build()
    assert not report.failed
    everything = "".join(path.read_text() for path in site.output.rglob("*") if path.suffix in (".html", ".xml"))
    assert "1,218" not in everything
    assert "Near Kyiv" not in everything
    if "withdrawn" in front:
        assert "At the author&#39;s wish." in site.html("articles/2022-05-14-first/")
        assert "2022-05-14-first" not in site.html("sitemap.xml")
    else:
        assert report.hidden == ("content/articles/2022-05-14-first.md",)
        assert "2022-05-14-first" not in everything


def test_publishing_follows_the_clock(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    site = archive(gated("publish_from: 2022-06-01\nexpires: 2022-07-01\n"))
    for epoch, there in (("1654041599", False), ("1654041600", True), ("1656633599", True), ("1656633600", False)):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        site.build()
        assert (site.output / "articles/2022-05-14-first/index.html").exists() is there


def test_links_to_what_is_not_public_become_text(archive: Make) -> None:
    site = archive(SITE.replace("name: Ukraine\n", "name: Ukraine\ndraft: true\n"))
    site.build()
    assert "/places/ukraine/" not in site.html("places/kyiv/")
    assert "The capital of ukraine." in site.html("places/kyiv/")


def test_an_imported_article_keeps_its_claims_to_itself(archive: Make) -> None:
    site = archive(gated("review: {state: imported}\n"))
    report = site.build()
    page = site.html("articles/2022-05-14-first/")
    assert report.held == ("content/articles/2022-05-14-first.md",)
    assert "Near <a" in page
    assert 'href="/places/kyiv/"' in page
    assert "c-tanks" not in page
    assert "/sources/mod/" not in page
    assert "1,218" not in site.html("claims/tanks/")
    site.build(drafts=True)
    assert "1,218" in site.html("claims/tanks/")


@pytest.mark.parametrize(("display", "words", "excerpt"), [("excerpts", False, True), ("metadata", False, False), ("full", True, True)])
def test_display_limits_the_words(display: str, words: bool, excerpt: bool, archive: Make) -> None:
    site = archive(gated(f"display: {display}\n"))
    site.build()
    assert ("Later" in site.html("articles/2022-05-14-first/")) is words
    assert ("1,218 tanks" in site.html("claims/tanks/")) is excerpt
    assert ("1,218 tanks" in site.html("feed.xml")) is words
    assert "First" in site.html("articles/")


# pages


def test_every_mention_is_anchored_and_the_first_of_a_section_linked(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    page = site.html("articles/2022-05-14-first/")
    assert page.count('<a class="name"') == 3  # Kyiv, Kyiv after the heading, Odesa
    assert [f'id="p-kyiv-{n}"' in page for n in (1, 2, 3, 4)] == [True, True, True, False]
    place = site.html("places/kyiv/")
    assert place.count("#p-kyiv-") == 3
    kyiv = '<a href="/articles/2022-05-14-first/#p-kyiv-1">Kyiv</a>'
    assert f"<q>Near {kyiv}, the Ministry said, 1,218 tanks were lost.</q>" in place


def test_sources_claims_and_days_lead_back_to_the_sentence(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    for address in ("sources/mod/", "claims/tanks/", "days/war/79/"):
        page = site.html(address)
        assert '<a class="said" href="/articles/2022-05-14-first/#c-tanks">1,218 tanks</a>' in page
        assert "Near Kyiv, the Ministry said, 1,218 tanks were lost." in re.sub("<[^>]*>", "", page)
        assert "14 May 2022" in page
    assert "the article itself" in site.html("claims/tanks/")


def test_long_lists_touch_the_front_and_the_last_page_only(archive: Make) -> None:
    def articles(count: int) -> str:
        return "".join(f"-- content/articles/a-{n:03d}.md --\n---\ntitle: A {n}\ndate: 2022-01-01\n---\nKyiv.\n" for n in range(count))

    site = archive(SITE + articles(120))
    site.build()
    before = site.bytes_of_output()
    assert {path for path in before if path.startswith("places/kyiv/") and path.endswith(".html")} == {
        "places/kyiv/index.html", "places/kyiv/page/1/index.html", "places/kyiv/page/2/index.html",
    }  # fmt: skip
    pages = [site.html(address) for address in ("places/kyiv/", "places/kyiv/page/1/", "places/kyiv/page/2/")]
    assert all(sum(f"A {n}<" in page for page in pages) == 1 for n in range(120)), "each stands on one of them"
    site.write("content/articles/new.md", "---\ntitle: New\ndate: 2023-01-01\n---\nKyiv.\n")
    site.build()
    after = site.bytes_of_output()
    changed = {path.rpartition("/")[0] for path in after if path.startswith("places/kyiv/") and after[path] != before.get(path)}
    assert changed == {"places/kyiv", "places/kyiv/page/2"}


def test_old_addresses_lead_to_the_new_one(archive: Make) -> None:
    site = archive(SITE.replace("name: Kyiv\n", "name: Kyiv\nredirect_from: [places/kiev]\n"))
    site.build()
    assert 'content="0; url=/places/kyiv/"' in site.html("places/kiev/")
    assert "places/kiev" not in site.html("sitemap.xml")


def test_a_theme_may_add_a_stylesheet_of_its_own(archive: Make) -> None:
    site = archive(SITE + "-- themes/mine/theme.yaml --\nextends: default\n-- themes/mine/assets/custom.css --\n:root { --link: #060 }\n")
    site.write("sitegen.yaml", (site.root / "sitegen.yaml").read_text().replace("theme: plain", "theme: mine"))
    assert site.build().problems == ()
    page = site.html("articles/2022-05-14-first/")
    assert page.index("/assets/style.") < page.index("/assets/custom.")


def test_a_theme_that_extends_nothing_known_is_named(archive: Make) -> None:
    site = archive(SITE + "-- themes/mine/theme.yaml --\nextends: defalt\n")
    site.write("sitegen.yaml", (site.root / "sitegen.yaml").read_text().replace("theme: plain", "theme: mine"))
    problems = site.build().problems
    assert ("themes/mine/theme.yaml", "unknown-theme") in {(problem.path, problem.code) for problem in problems}
    assert len(problems) <= 2


def test_verify_compares_with_a_build_from_nothing(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    assert room.verify(site.root, site.output, asked()) == []
    (site.output / "index.html").write_text("damaged")
    (site.output / "left-over.html").write_text("x")
    assert room.verify(site.root, site.output, asked()) == ["index.html", "left-over.html"]
