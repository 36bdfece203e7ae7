"""What hosts need beside the pages: files as they are, what is sent with pages, where old addresses lead; and an output that keeps its hands
off what is not its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitegen.cli import shell
from sitegen.output import EARLIER, MARKER
from tests.conftest import CONFIG, WITH_DATA, Archive, command

Make = Callable[[str], Archive]
PLACES = """\
-- content/places/kyiv.md --
---
name: Kyiv
kind: city
redirect_from: [places/kiev, old.html]
---
"""


# files as they are


def test_static_files_are_published_as_they_are(archive: Make) -> None:
    site = archive(PLACES + "-- static/CNAME --\narchive.example\n-- static/.well-known/security.txt --\nContact: mailto:a@x.org\n")
    site.write("static/files/scan.pdf", b"%PDF-1.7\r\n\xff\x00")
    site.write("static/.DS_Store", "left by a system")
    site.write("static/files/notes.txt~", "left by an editor")
    assert not site.build().failed
    assert (site.output / "files/scan.pdf").read_bytes() == b"%PDF-1.7\r\n\xff\x00"
    assert (site.output / ".well-known/security.txt").is_file()
    assert (site.output / "CNAME").is_file()
    assert not (site.output / ".DS_Store").exists()
    assert not (site.output / "files/notes.txt~").exists()
    (site.root / "static/CNAME").unlink()
    site.build()
    assert not (site.output / "CNAME").exists()


def test_pages_can_link_to_them(archive: Make) -> None:
    site = archive(
        "-- static/plan.pdf --\nx\n-- content/pages/about.md --\n---\ntitle: About\n---\n[The plan](/plan.pdf), [the map](/the%20map.pdf), [the same](</the map.pdf>), [none](/plane.pdf)\n"
    )
    site.write("static/the map.pdf", "x")
    (problem,) = [one for one in site.build().problems if one.code == "broken-link"]
    assert "/plane.pdf" in problem.message


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("static/places/kyiv/index.html", "address-taken"),
        ("static/Places/Kyiv/index.html", "address-taken"),
        ("static/places", "address-taken"),
        ("static/index.html", "address-taken"),
        ("static/places/odesa/plan.pdf", "static-unpublished"),
        ("static/articles/one/index.html", "static-unpublished"),
        ("static/con.txt", "bad-file-name"),
    ],
)
def test_they_are_in_nobodys_way(file: str, code: str, archive: Make) -> None:
    hidden = "-- content/places/odesa.md --\n---\nname: Odesa\nkind: city\ndraft: true\n---\n"
    hidden += "-- content/articles/one.md --\n---\ntitle: One\ndate: null\ndraft: true\n---\nWords.\n"
    site = archive(PLACES + hidden)
    site.write(file, "x")
    report = site.build()
    assert report.failed
    assert [(one.path, one.code) for one in report.problems] == [(file, code)]


def test_own_files_stand_in_the_place_of_ours(archive: Make) -> None:
    site = archive(PLACES)
    for name in ("robots.txt", "_headers", "_redirects"):
        site.write(f"static/{name}", f"{name} of our own\n")
    assert not site.build().failed
    assert (site.output / "_redirects").read_text() == "_redirects of our own\n"


def test_what_leads_out_of_the_archive_is_refused(archive: Make) -> None:
    site = archive(PLACES)
    site.write("static/a.txt", "x")
    (site.root / "static/passwd").symlink_to("/etc/passwd")
    assert [one.code for one in site.build().problems] == ["outside-archive"]


# what is sent with pages


def test_what_is_sent_with_pages(archive: Make) -> None:
    site = archive(WITH_DATA + PLACES)
    site.build()
    sent = (site.output / "_headers").read_text()
    page = site.html("places/kyiv")
    policy = next(line.partition(": ")[2] for line in sent.splitlines() if "Content-Security-Policy" in line)
    assert policy.removesuffix("; frame-ancestors 'none'") in page
    for name in ("Strict-Transport-Security: max-age=31536000", "X-Content-Type-Options: nosniff", "Referrer-Policy", "Permissions-Policy"):
        assert name in sent
    assert "immutable" in sent
    assert "noindex" not in sent
    assert (site.output / "_redirects").read_text() == "/old.html /places/kyiv/ 301!\n/places/kiev/* /places/kyiv/:splat 301!\n"
    assert sent.endswith("/data/*\n  Access-Control-Allow-Origin: *\n"), "open data is there for other programs"
    site.write("sitegen.yaml", CONFIG)
    site.build()
    assert "Allow-Origin" not in (site.output / "_headers").read_text()


def test_tiles_are_let_in_by_what_is_sent(archive: Make) -> None:
    tiles = 'map: {tiles: {url: "https://tiles.example/{z}/{x}/{y}.png", credit: "Tiles"}}\n'
    site = archive(f"-- sitegen.yaml --\ntitle: T\nbase_url: https://x.org/\ntheme: default\n{tiles}{PLACES}")
    site.write("content/places/kyiv.md", "---\nname: Kyiv\nkind: city\nlocation: {lat: 50.4, lon: 30.5}\n---\n")
    assert not site.build().failed
    assert "img-src 'self' https://tiles.example" in (site.output / "_headers").read_text()


def test_below_the_root_of_a_host_there_is_none_of_it(archive: Make) -> None:
    site = archive(PLACES)
    site.build(base_url="https://x.org/papers/")
    assert not [name for name in ("_headers", "_redirects", "robots.txt") if (site.output / name).exists()]
    assert "url=/papers/places/kyiv/" in site.html("places/kiev"), "an old address has a page of its own"


def test_without_tls_there_is_no_promise_of_it(archive: Make) -> None:
    site = archive(PLACES)
    site.build(base_url="http://x.org/")
    assert "Strict-Transport-Security" not in (site.output / "_headers").read_text()


@pytest.mark.parametrize("theme", ["plain", "default"])
def test_a_preview_is_not_to_be_found(theme: str, archive: Make) -> None:
    site = archive(f"-- sitegen.yaml --\ntitle: T\nbase_url: https://x.org/\ntheme: {theme}\n{PLACES}")
    site.build(preview=True)
    pages = list(site.output.rglob("*.html"))
    assert pages
    assert not [path for path in pages if 'name="robots" content="noindex"' not in path.read_text()]
    assert "X-Robots-Tag: noindex" in (site.output / "_headers").read_text()
    site.build()
    assert "noindex" not in site.html("places/kyiv")


# an output that keeps its hands off


def test_a_file_of_somebodys_is_neither_removed_nor_replaced(archive: Make) -> None:
    site = archive(PLACES)
    site.build()
    (site.output / "thesis.txt").write_text("years of work")
    done = command(site, "build")
    assert done.exit_code == shell.MACHINE
    assert "thesis.txt" in done.stderr
    assert "static/" in done.stderr
    assert (site.output / "thesis.txt").read_text() == "years of work"
    site.write("static/thesis.txt", "another text")
    assert command(site, "build").exit_code == shell.MACHINE, "nor is it replaced"
    assert (site.output / "thesis.txt").read_text() == "years of work"
    (site.output / "thesis.txt").write_text("another text")
    assert command(site, "build").exit_code == 0, "the same bytes lose nothing"


def test_it_is_spared_where_the_settings_say_so(archive: Make) -> None:
    site = archive(PLACES)
    site.build()
    (site.output / "mine").mkdir()
    (site.output / "mine/a.txt").write_text("x")
    config = (site.root / "sitegen.yaml").read_text()
    site.write("sitegen.yaml", f"{config}keep: [mine]\n")
    assert command(site, "build").exit_code == 0
    assert (site.output / "mine/a.txt").is_file()


def test_nothing_changes_where_it_stops(archive: Make) -> None:
    site = archive(PLACES)
    site.build()
    (site.output / "thesis.txt").write_text("x")
    before = site.bytes_of_output()
    site.write("content/places/kyiv.md", "---\nname: Kyiv\nkind: city\n---\nNew words.\n")
    assert command(site, "build").exit_code == shell.MACHINE
    assert site.bytes_of_output() == before
    assert not list(site.output.glob(".sitegen-stage*"))


def test_what_was_made_and_not_yet_told_is_known_after_a_kill(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is ours is written down before it lies there: a build that dies in between leaves nothing that nobody knows."""
    from sitegen.output import _Moving

    site = archive(PLACES)
    site.build()

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    merge = _Moving.merge

    def merged(moving: _Moving, below: str) -> None:
        merge(moving, below)
        if not below:
            dies()

    site.write("content/places/odesa.md", "---\nname: Odesa\nkind: city\n---\n")
    with monkeypatch.context() as patched:
        patched.setattr(_Moving, "merge", merged)
        with pytest.raises(KeyboardInterrupt):
            site.build()
    assert (site.output / "places/odesa/index.html").is_file()
    (site.root / "content/places/odesa.md").unlink()
    assert command(site, "build").exit_code == 0
    assert not (site.output / "places/odesa").exists()


def test_what_systems_leave_is_no_work_of_anybodys(archive: Make) -> None:
    site = archive(PLACES)
    site.build()
    (site.output / "places/.DS_Store").write_bytes(b"\0")
    assert not site.build().failed
    assert not (site.output / "places/.DS_Store").exists()


def test_without_a_store_it_still_knows_its_own(archive: Make) -> None:
    site = archive(PLACES)
    site.build()
    for path in (site.root / ".sitegen").iterdir():
        path.unlink()
    (site.root / "content/places/kyiv.md").unlink()
    assert not site.build().failed
    assert not (site.output / "places/kyiv").exists()


def test_an_output_of_an_earlier_version_is_taken_over(archive: Make) -> None:
    site = archive(PLACES)
    site.build()
    (site.output / MARKER).write_bytes(EARLIER)
    (site.root / "content/places/kyiv.md").unlink()
    assert not site.build().failed
    assert not (site.output / "places/kyiv").exists()


def test_an_output_whose_list_was_harmed_loses_nothing_of_anybodys(archive: Make) -> None:
    site = archive(PLACES)
    site.build()
    (site.output / "thesis.txt").write_text("x")
    (site.output / MARKER).write_bytes(b"harmed")
    (site.root / "content/places/kyiv.md").unlink()
    assert command(site, "build").exit_code == shell.MACHINE
    (site.output / "thesis.txt").unlink()
    assert command(site, "build").exit_code == 0
    assert not (site.output / "places/kyiv").exists()
