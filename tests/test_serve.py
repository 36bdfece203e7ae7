"""`sitegen serve`: what it answers, what it follows, and that what it shows is what a build would make."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import CONFIG, IS_SOAK, Archive, files_of
from tests.serving import DRAFT_AND_PLACE, FRONT, Server, serving
from tests.zygote import ran

Make = Callable[[str], Archive]
MANY = 400 if IS_SOAK else 150
LAST = MANY - 1
ARTICLE = f"""-- content/articles/a.md --
{FRONT}The river rose at Delft.
{DRAFT_AND_PLACE}"""


def same_as_build(site: Archive, server: Server) -> None:
    """Every page and file of a build with drafts is served, byte for byte but for the server's own script."""
    assert not site.build(drafts=True).failed
    for path in sorted(site.output.rglob("*")):
        if not path.is_file() or path.name == ".sitegen-output":
            continue
        address = path.relative_to(site.output).as_posix().removesuffix("index.html")
        found = server.get(server.base + address)
        body = found.body
        start = body.find(b'<script src="/_sitegen/live.js')
        if start >= 0:
            body = body[:start] + body[body.index(b"</script>", start) + len(b"</script>") :]
        assert found.status == 200, address
        assert body == path.read_bytes(), address
    shutil.rmtree(site.output)


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for all tests that change nothing."""
    site = Archive(tmp_path_factory.mktemp("unchanged"))
    for path, text in {"sitegen.yaml": CONFIG, **files_of(ARTICLE)}.items():
        site.write(path, text)
    with serving(site.root, "--host", "localhost") as server:
        yield server


def test_what_is_served_is_what_a_build_makes(archive: Make) -> None:
    site = archive(ARTICLE)
    with serving(site.root) as server:
        if IS_SOAK:
            same_as_build(site, server)
        site.write("content/articles/a.md", FRONT + "The river fell at Delft.\n")
        server.settled(1)
        same_as_build(site, server)


def test_every_way_a_file_can_change(archive: Make, tmp_path: Path) -> None:
    """Folders that move, and files that are written slowly, in the soak alone."""
    site = archive(ARTICLE)
    folder = site.root / "content/articles"
    a = folder / "a.md"
    with serving(site.root) as server:

        def shows(address: str, words: str) -> None:
            server.wait(lambda: words in server.get(f"/{address}").text, f"{address} does not show {words!r}")

        a.write_text(FRONT + "Written in place.\n")
        shows("articles/a/", "Written in place")
        (folder / ".a.md.swp").write_text(FRONT + "Renamed over it.\n")  # Vim, and most others
        os.replace(folder / ".a.md.swp", a)
        shows("articles/a/", "Renamed over it")
        a.rename(folder / "a.md~")  # Emacs and Vim with a backup
        (folder / "a.md").write_text(FRONT + "Beside a backup.\n")
        shows("articles/a/", "Beside a backup")
        a.unlink()
        server.wait(lambda: server.get("/articles/a/").status == 404, "the page is still there")
        a.write_text(FRONT + "Made anew.\n")
        shows("articles/a/", "Made anew")
        a.rename(folder / "c.md")
        shows("articles/c/", "Made anew")
        assert server.get("/articles/a/").status == 404
        if not IS_SOAK:
            return
        (tmp_path / "more").mkdir()
        (tmp_path / "more/d.md").write_text(FRONT + "From a folder.\n")
        (tmp_path / "more").rename(folder / "more")
        shows("articles/d/", "From a folder")
        (folder / "more").rename(tmp_path / "more")
        server.wait(lambda: server.get("/articles/d/").status == 404, "the page is still there")
        with (folder / "slow.md").open("w") as file:
            for part in (FRONT, "Bit ", "by ", "bit.\n"):
                file.write(part)
                file.flush()
                time.sleep(0.1)
        shows("articles/slow/", "Bit by bit")
        same_as_build(site, server)


@pytest.mark.soak
def test_many_files_at_once_are_read_once(archive: Make) -> None:
    site = archive(ARTICLE)
    with serving(site.root) as server:
        for number in range(MANY):
            site.write(f"content/articles/n-{number}.md", FRONT + f"Number {number}.\n")
        server.wait(lambda: f"Number {LAST}" in server.get(f"/articles/n-{LAST}/").text, "the last is not there")
        server.wait(lambda: not server.state()["behind"], "it is not done")
        time.sleep(0.5)
        assert server.state()["number"] <= 3
        same_as_build(site, server)


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("git") is None, reason="needs Git")
def test_a_checkout_of_many_files_is_one_reading(archive: Make) -> None:
    site = archive(ARTICLE)

    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments], cwd=site.root, check=True, capture_output=True
        )

    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    git("checkout", "-q", "-b", "other")
    for number in range(MANY):
        site.write(f"content/articles/n-{number}.md", FRONT + f"Number {number}.\n")
    git("add", ".")
    git("commit", "-q", "-m", "two")
    with serving(site.root) as server:
        git("checkout", "-q", "main")
        server.wait(lambda: server.get(f"/articles/n-{LAST}/").status == 404, "it is still there")
        git("checkout", "-q", "other")
        server.wait(lambda: server.get(f"/articles/n-{LAST}/").status == 200, "it is not there")
        time.sleep(0.5)
        assert server.state()["number"] <= 4
        same_as_build(site, server)


@pytest.mark.soak
def test_names_that_differ_in_capitals_and_files_that_cannot_be_read(archive: Make) -> None:
    site = archive(ARTICLE)
    folder = site.root / "content/articles"
    with serving(site.root) as server:
        (folder / "a.md").rename(folder / "A.md")
        server.settled(1)
        assert [one["code"] for one in server.state()["problems"]] == ["bad-file-name"]
        assert "rose at Delft" in server.get("/articles/a/").text
        (folder / "A.md").rename(folder / "a.md")
        server.wait(lambda: server.state()["problems"] == [], "it is not mended")
        (folder / "gone.md").symlink_to(folder / "nowhere.md")
        server.wait(lambda: bool(server.state()["problems"]), "it is not told")
        assert server.state()["problems"][0]["path"] == "content/articles/gone.md"
        (folder / "gone.md").unlink()
        server.wait(lambda: server.state()["problems"] == [], "it is not mended")
        same_as_build(site, server)


@pytest.mark.soak
def test_without_a_change_nothing_is_read(archive: Make) -> None:
    site = archive(ARTICLE)
    with serving(site.root) as server:
        for path in site.root.rglob("*.md"):
            path.read_bytes()
            os.utime(path)
        server.get("/articles/a/")
        assert ran(["check", "--source", site.root]).returncode == 0
        time.sleep(1)
        assert server.state()["number"] == 0


def test_with_errors_the_last_good_site_stays(archive: Make) -> None:
    site = archive(ARTICLE)
    with serving(site.root) as server:
        site.write("content/articles/a.md", FRONT.replace("title", "titel") + "Changed.\n")
        server.settled(1)
        problem = next(one for one in server.state("articles/a/index.html")["problems"] if one["code"] == "unknown-key")
        assert (problem["path"], problem["line"], problem["excerpt"]) == ("content/articles/a.md", 2, "titel: The Flood")
        assert "rose at Delft" in server.get("/articles/a/").text
        server.wait(lambda: any("unknown-key" in line for line in server.said), "the problem is not printed")
        site.write("content/articles/a.md", FRONT + "Mended.\n")
        server.settled(2)
        assert server.state()["problems"] == []
        assert "Mended" in server.get("/articles/a/").text


def test_a_template_that_fails_is_told_and_mended(archive: Make) -> None:
    site = archive(ARTICLE)
    with serving(site.root) as server:
        site.write("themes/plain/templates/place.html", "{{ page.nothing_such }}")
        server.settled(1)
        found = server.get("/places/delft/")
        assert found.status == 500
        assert "template-failed" in found.text
        assert [one["code"] for one in server.state("places/delft/index.html")["problems"]] == ["template-failed"]
        assert server.get("/articles/a/").status == 200
        (site.root / "themes/plain/templates/place.html").unlink()
        server.settled(2)
        assert server.get("/places/delft/").status == 200


def test_drafts_are_shown_and_marked(unchanged: Server) -> None:
    assert "Not yet" in unchanged.get("/articles/b/").text
    assert unchanged.state("articles/b/index.html")["mark"] == "a draft"
    assert unchanged.state("articles/a/index.html")["mark"] == ""
    assert unchanged.state("articles/index.html")["unpublished"] == ["/articles/b/"]


def test_a_new_seed_is_announced_and_nothing_is_written(archive: Make) -> None:
    site = archive(ARTICLE)

    def files() -> set[str]:
        return {path.relative_to(site.root).as_posix() for path in site.root.rglob("*") if path.is_file() and ".sitegen" not in path.parts}

    before = files()
    with serving(site.root) as server:
        site.write("seeds/new.txt", "A Title\n\nThe bridge fell.\n")
        server.settled(1)
        assert server.state()["seeds"] == ["seeds/new.txt"]
        server.wait(lambda: any("sitegen import seeds/new.txt" in line for line in server.said), "it was not announced")
        assert files() - before == {"seeds/new.txt"}
        assert ran(["import", site.root / "seeds/new.txt", "--source", site.root]).returncode == 0
        server.wait(lambda: server.state()["seeds"] == [], "it is announced still")


@pytest.mark.soak
def test_why_a_page_was_made_anew(archive: Make) -> None:
    site = archive(ARTICLE)
    with serving(site.root) as server:
        site.write("content/articles/a.md", FRONT + "The river fell at Delft.\n")
        server.settled(1)
        assert "the text or the notes of its own file" in server.state("articles/a/index.html")["why"]
        assert server.state("articles/b/index.html")["why"] == []


def test_settings_and_folders_that_appear_are_followed(archive: Make) -> None:
    site = archive("")
    with serving(site.root) as server:
        site.write("content/pages/about.md", "---\ntitle: About\n---\nOf us.\n")
        server.wait(lambda: "Of us" in server.get("/about/").text, "the first content is not seen")
        config = (site.root / "sitegen.yaml").read_text()
        site.write("sitegen.yaml", config.replace("Test archive", "Another title"))
        server.wait(lambda: "Another title" in server.get("/").text, "the settings are not seen")


def test_it_follows_without_events_too(archive: Make) -> None:
    site = archive(ARTICLE)
    with serving(site.root, "--poll") as server:
        site.write("content/articles/a.md", FRONT + "Seen by looking.\n")
        server.wait(lambda: "Seen by looking" in server.get("/articles/a/").text, "it is not seen")


def test_addresses_are_those_of_the_published_site(archive: Make) -> None:
    site = archive(ARTICLE)
    site.write("sitegen.yaml", (site.root / "sitegen.yaml").read_text().replace("https://x.org/", "https://x.org/deep/archive/"))
    with serving(site.root) as server:
        assert server.base == "/deep/archive/"
        assert server.get("/deep/archive/articles/a/").status == 200
        assert (server.get("/").status, server.get("/").headers["location"]) == (302, "/deep/archive/")
        assert server.get("/deep/archive").headers["location"] == "/deep/archive/"
        assert server.get("/articles/a/").status == 404
        redirect = server.get("/deep/archive/articles/a")
        assert (redirect.status, redirect.headers["location"]) == (308, "/deep/archive/articles/a/")
        if IS_SOAK:
            same_as_build(site, server)
        for address, kind in (("sitemap.xml", "application/xml"), ("feed.xml", "application/xml")):
            assert server.get(f"/deep/archive/{address}").headers["content-type"].startswith(kind)


@pytest.mark.soak
def test_a_folder_that_goes_and_comes_back_is_followed(archive: Make, tmp_path: Path) -> None:
    site = archive(ARTICLE)
    with serving(site.root) as server:
        (site.root / "content").rename(tmp_path / "away")
        server.wait(lambda: server.get("/articles/a/").status == 404, "the page is still there")
        (tmp_path / "away").rename(site.root / "content")
        server.wait(lambda: server.get("/articles/a/").status == 200, "the page is not back")
        begun = time.monotonic()
        site.write("content/articles/a.md", FRONT + "Seen at once.\n")
        server.wait(lambda: "Seen at once" in server.get("/articles/a/").text, "the change is not seen")
        assert time.monotonic() - begun < 5  # by its event, not by looking again after ten seconds


@pytest.mark.soak
def test_a_store_that_is_removed_meanwhile_is_made_anew(archive: Make) -> None:
    site = archive(ARTICLE)
    with serving(site.root) as server:
        shutil.rmtree(site.root / ".sitegen")
        assert server.get("/places/delft/").status == 200
        site.write("content/articles/a.md", FRONT + "After the store went.\n")
        server.wait(lambda: "After the store went" in server.get("/articles/a/").text, "the change is not seen")
        shutil.rmtree(site.root / ".sitegen")
        site.write("content/articles/a.md", FRONT + "And again.\n")
        server.wait(lambda: "And again" in server.get("/articles/a/").text, "the change is not seen")
        assert server.state("articles/a/index.html")["etag"]
        same_as_build(site, server)


@pytest.mark.soak
def test_where_following_fails_the_server_ends_and_says_so(archive: Make) -> None:
    """A server that goes on showing an old state would lie."""
    site = archive(ARTICLE)
    program = """
import sys
from sitegen.serve import editing
calls = []
real = editing.make
def make(*arguments, **options):
    calls.append(1)
    if len(calls) > 1:
        raise RuntimeError("made up")
    return real(*arguments, **options)
editing.make = make
from sitegen.cli import main
main(["serve", "--source", sys.argv[1], "--port", "0"])
"""
    found = subprocess.run([sys.executable, "-c", program, str(site.root)], capture_output=True, text=True, check=False, timeout=20)
    assert found.returncode == 3
    assert "made up" in found.stderr
    assert "a fault of ours" in found.stderr


def test_only_a_foreign_address_is_warned_of(unchanged: Server) -> None:
    assert unchanged.get("/").status == 200
    assert not any("Everybody" in line for line in unchanged.said)


def test_what_is_not_there(unchanged: Server) -> None:
    found = unchanged.get("/nothing/such/")
    assert found.status == 404
    assert "live.js" in found.text  # it follows the archive too: the page may come
    assert unchanged.get("/Articles/A/").status == 404  # as on the hosts, where case counts


@pytest.mark.soak
def test_unchanged_pages_are_not_sent_again_and_parts_are(archive: Make) -> None:
    site = archive(ARTICLE)
    site.write("seeds/s.txt", "The Seed\n\n" + "word " * 400 + "\n")
    assert ran(["import", site.root / "seeds/s.txt", "--source", site.root]).returncode == 0
    with serving(site.root) as server:
        first = server.get("/articles/a/")
        assert server.get("/articles/a/", {"If-None-Match": first.headers["etag"]}).status == 304
        whole = server.get("/seeds/s.txt")
        assert (whole.status, whole.headers["content-type"], whole.headers["accept-ranges"]) == (200, "text/plain; charset=utf-8", "bytes")
        for asked, start, stop in (("bytes=0-3", 0, 4), ("bytes=10-", 10, None), ("bytes=-5", -5, None), ("bytes=5-99999", 5, None)):
            part = server.get("/seeds/s.txt", {"Range": asked})
            assert (part.status, part.body) == (206, whole.body[start:stop])
        assert server.get("/seeds/s.txt", {"Range": "bytes=99999-"}).status == 416
        assert server.get("/seeds/s.txt", {"Range": "bytes=0-1,3-4"}).status == 200
        assert server.get("/articles/a/", method="HEAD").body == b""


def test_ctrl_c_ends_at_once_with_listeners(archive: Make) -> None:
    site = archive(ARTICLE)
    with serving(site.root) as server:
        streams = []
        for _ in range(5):
            connection = socket.create_connection(("127.0.0.1", server.port))
            streams.append(connection)
            connection.sendall(f"GET /_sitegen/events?page=index.html HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
            said = b""
            while not said.endswith(b"\n\n\r\n"):  # the first event, for which the page is rendered
                said += connection.recv(1000)
            assert said.startswith(b"HTTP/1.1 200")
        assert server.end() == 0
        for connection in streams:
            # each was ended as an answer is, and not broken off after it was waited for
            with connection, connection.makefile("rb") as rest:
                assert rest.read() == b"0\r\n\r\n"
    assert not (site.root / "public").exists()


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="the system does not tell who holds a port")
def test_a_port_in_use_names_who_holds_it(archive: Make, unchanged: Server) -> None:
    found = ran(["serve", "--source", archive(ARTICLE).root, "--host", "localhost", "--port", str(unchanged.port)], timeout=20)
    assert found.returncode == 4
    assert f"port {unchanged.port} is in use by" in found.stderr
    assert f"(process {unchanged.process.pid})" in found.stderr
    assert "--port 0" in found.stderr


def test_an_archive_with_errors_is_shown_once_they_are_mended(archive: Make) -> None:
    site = archive("-- content/articles/a.md --\n---\ntitel: A\n---\nText.\n")
    with serving(site.root) as server:
        found = server.get("/articles/a/")
        assert found.status == 503
        assert "unknown-key" in found.text
        assert "unknown-key" in [one["code"] for one in server.state()["problems"]]
        site.write("content/articles/a.md", FRONT + "Mended.\n")
        server.wait(lambda: "Mended" in server.get("/articles/a/").text, "it is not shown")


def test_where_there_is_no_archive_nothing_is_served(tmp_path: Path) -> None:
    found = ran(["serve", "--source", tmp_path, "--port", "0"], timeout=20)
    assert found.returncode == 2
    assert "sitegen init" in found.stderr


@pytest.mark.soak
def test_a_store_that_is_emptied_meanwhile_is_filled_again(archive: Make) -> None:
    import sqlite3

    site = archive(ARTICLE)
    with serving(site.root) as server:
        with sqlite3.connect(site.root / ".sitegen/cache.db") as connection:
            for table in ("fact", "page"):
                connection.execute(f"delete from {table}")
        assert server.get("/articles/a/").status == 200
        assert server.get("/places/delft/").status == 200
