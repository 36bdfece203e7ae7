"""`sitegen check` on the flood, with every slip that there is a check for: `golden/flood-slips.txt` adds them, `flood-check.txt` is
what is told. Both are fiction."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from sitegen.check import check
from sitegen.check.external import ASKED, Answer, Internet
from sitegen.cli import main
from sitegen.model.rules import CHECKS, QUIET, RULES
from sitegen.model.rules.rule import GROUPS
from sitegen.survey import Options
from tests.conftest import REPOSITORY, Archive, files_of

Make = Callable[[str], Archive]
GOLDEN = Path(__file__).parent / "golden"
TODAY = "2026-01-01"


class Web(BaseHTTPRequestHandler):
    """A small web: pages that are there, gone, moved, forbidden, and one that answers GET alone."""

    asked: list[str]
    statuses: dict[str, int]

    def do_HEAD(self) -> None:
        self.answer(is_head=True)

    def do_GET(self) -> None:
        self.answer(is_head=False)

    def answer(self, *, is_head: bool) -> None:
        type(self).asked.append(f"{self.command} {self.path} {self.headers['User-Agent'].partition('/')[0]}")
        body = b"User-agent: sitegen-linkcheck\nDisallow: /private\n" if self.path == "/robots.txt" else b"Here."
        status = {"/gone": 404, "/moved": 301, "/broken": 503, **type(self).statuses}.get(self.path, 200)
        if self.path == "/get-alone" and is_head:
            status = 405
        self.send_response(status)
        if status == 301:
            self.send_header("Location", "/new")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not is_head:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    Web.asked, Web.statuses = [], {}
    monkeypatch.setattr("sitegen.check.external.PAUSE", 0.0)
    monkeypatch.setattr("sitegen.cli.site.today", lambda: TODAY)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#876").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def slips(tmp_path: Path, web: str) -> Path:
    """The flood with its slips."""
    root = tmp_path / "flood"
    shutil.copytree(REPOSITORY / "examples" / "flood", root, ignore=shutil.ignore_patterns(".sitegen", "public"))
    for path, text in files_of((GOLDEN / "flood-slips.txt").read_text(encoding="utf-8")).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text.replace("ORIGIN", web), encoding="utf-8")
    for file in (root / "content/articles").glob("*.md"):
        file.write_text(file.read_text(encoding="utf-8").replace("https://example.org/board", f"{web}/board"), encoding="utf-8")
    (root / "content/images").mkdir(exist_ok=True)
    (root / "content/images/boat.png").write_bytes(png(40, 30))
    (root / "content/images/large.png").write_bytes(png(2600, 4))
    return root


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--source", str(root), *arguments])


def test_every_check_fires_on_the_flood_and_this_is_what_is_told(slips: Path, web: str) -> None:
    text = run(slips, "--all", "--external").output.replace(web, "ORIGIN")
    assert set(re.findall(r"^\S+ (?:error|warning)\[([a-z-]+)\]", text, flags=re.M)) >= set(CHECKS)
    golden = GOLDEN / "flood-check.txt"
    if os.environ.get("SITEGEN_RENEW"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


CLEAN = """-- content/articles/one.md --
---
title: One
date: 1911-07-03
sources: [{id: book, source: board, document: {title: Book, date: 1911-07-03, archived: [{url: "https://example.org/book"}]}}]
claims:
- {quote: "900 of the 1,200 carts, 75 percent", source: book, claim: carts, figures: [{value: 900, unit: carts}, {value: 1200, unit: carts}, {share: "75%", of: carts}]}
---
It counted 900 of the 1,200 carts, 75 percent, at Marn.
-- content/sources/board.md --
---
name: The River Board
kind: government
---
-- content/claims/carts.md --
---
title: Carts lost
kind: quantity
measure: {unit: carts, cumulative: true}
---
-- content/places/marn.md --
---
name: Marn
kind: town
location: {lat: 50, lon: 8}
precision: settlement
---
"""


def test_none_fires_on_a_clean_archive(archive: Make) -> None:
    assert run(archive(CLEAN).root, "--all").output == "0 errors, 0 warnings.\n"


def test_quiet_checks_are_told_where_they_are_asked_for(slips: Path) -> None:
    def codes(*arguments: str) -> set[str]:
        return {one["code"] for one in json.loads(run(slips, "--format", "json", *arguments).output)}

    assert not codes() & set(QUIET)
    assert codes("--all") >= set(QUIET) - set(ASKED)
    images = codes("--group", "images")
    assert images >= {code for code in CHECKS if RULES[code].check == "images"}
    assert {RULES[code].check for code in images} == {"images"}


def test_every_group_has_a_check() -> None:
    assert {RULES[code].check for code in CHECKS} == set(GROUPS)


def test_a_waiver_of_a_quiet_check_is_kept_where_nobody_asks(archive: Make) -> None:
    site = archive(CLEAN.replace("kind: town\nlocation: {lat: 50, lon: 8}", "kind: town\nwaive: [{code: unplaced, why: nobody knows}]"))
    assert [one.code for one in check(site.root, Options("2026-01-01")).problems] == []
    assert [one.code for one in check(site.root, Options("2026-01-01"), every=True).problems] == []


def test_sarif_names_each_rule_once_and_each_place(slips: Path) -> None:
    (told,) = json.loads(run(slips, "--all", "--format", "sarif").output)["runs"]
    rules = told["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in told["results"])
    places = {
        (one["ruleId"], one["level"], place["artifactLocation"]["uri"], place["region"]["startLine"])
        for one in told["results"]
        for place in (one["locations"][0]["physicalLocation"],)
    }
    assert ("share-over", "warning", "content/articles/1924-06-10-slips.md", 21) in places
    assert ("stray-file", "warning", "content/stray.txt", 1) in places


def test_the_marked_words_are_those_of_the_message(archive: Make) -> None:
    site = archive("-- content/articles/a.md --\n---\ntitle: A\nplaces: {ignore: [Marn Street]}\n---\nWords.\n")
    assert run(site.root).output.splitlines()[1:4] == [
        "content/articles/a.md:3: warning[unused-correction]: “Marn Street” does not stand in the text",
        "  3 | places: {ignore: [Marn Street]}",
        "    |                   ^^^^^^^^^^^",
    ]


def test_addresses_are_asked_once_politely_and_remembered(web: str, tmp_path: Path) -> None:
    internet = Internet(tmp_path / "links.json", TODAY)
    assert internet.ask(f"{web}/there") == Answer(TODAY, 200)
    assert internet.ask(f"{web}/get-alone") == Answer(TODAY, 200)
    assert internet.ask(f"{web}/gone").status == 404
    assert internet.ask(f"{web}/moved") == Answer(TODAY, 301, f"{web}/new")
    assert internet.ask(f"{web}/private") == Answer(TODAY, -1), "its robots.txt forbids it"
    assert internet.ask("http://127.0.0.1:9/").why == "Connection refused"
    assert [one.rpartition(" ")[0] for one in Web.asked] == [
        "GET /robots.txt", "HEAD /there", "HEAD /get-alone", "GET /get-alone", "HEAD /gone", "HEAD /moved",
    ]  # fmt: skip
    assert {one.rpartition(" ")[2] for one in Web.asked} == {"sitegen-linkcheck"}
    internet.keep()
    again = Internet(tmp_path / "links.json", "2026-01-05")
    assert again.ask(f"{web}/there") == Answer(TODAY, 200)
    later = Internet(tmp_path / "links.json", "2026-02-01")
    assert later.ask(f"{web}/there") == Answer("2026-02-01", 200)


def test_every_address_of_a_host_that_is_away_is_dead(tmp_path: Path) -> None:
    internet = Internet(tmp_path / "links.json", TODAY)
    assert [internet.ask(f"http://127.0.0.1:9/{name}").status for name in ("one", "two")] == [0, 0]


@pytest.mark.parametrize(("status", "expected"), [(404, 200), (301, 200), (503, -1)])
def test_a_robots_txt_that_is_not_there_forbids_nothing_and_one_that_fails_all(
    status: int, expected: int, web: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Web, "statuses", {"/robots.txt": status})
    assert Internet(tmp_path / "links.json", TODAY).ask(f"{web}/there").status == expected


def test_a_dead_address_is_waived_as_all_else_and_nobody_tells_of_the_waiver_where_none_is_asked(web: str, archive: Make) -> None:
    site = archive(
        f"-- content/pages/a.md --\n---\ntitle: A\nwaive: [{{code: link-dead, why: kept as printed}}]\n---\n[There]({web}/gone).\n"
    )
    assert run(site.root).output == "0 errors, 0 warnings.\n"
    assert run(site.root, "--all").output == "0 errors, 0 warnings.\n"
    (site.root / ".sitegen").mkdir(exist_ok=True)
    assert run(site.root, "--external").output == "0 errors, 0 warnings.\ncontent/pages/a.md:3: waived[link-dead]: kept as printed\n"


def test_a_host_is_asked_at_most_once_in_its_pause(web: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("sitegen.check.external.PAUSE", 5.0)
    monkeypatch.setattr("sitegen.manners.time.sleep", waited.append)
    internet = Internet(tmp_path / "links.json", TODAY)
    internet.ask(f"{web}/one")
    internet.ask(f"{web}/two")
    assert len(waited) == 2, "one after robots.txt, one between the two"
    assert all(4 < one <= 5 for one in waited)


def test_only_the_web_is_asked(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("words", encoding="utf-8")
    assert Internet(tmp_path / "links.json", TODAY).ask(secret.as_uri()) == Answer(TODAY, 0, why="it is no address on the web")


def test_a_damaged_memory_of_addresses_is_made_anew(web: str, tmp_path: Path) -> None:
    (tmp_path / "links.json").write_bytes(b"{")
    assert Internet(tmp_path / "links.json", TODAY).ask(f"{web}/there").status == 200
