"""`sitegen snapshot` against a web archive on this machine (`tests/webarchive.py`): what is asked, how often, and what is written."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner, Result

from sitegen.cli import main
from sitegen.content.forms import FORMS
from sitegen.snapshot import wayback
from sitegen.snapshot.journal import NAME
from tests.conftest import IS_SOAK, Archive
from tests.webarchive import Asked, Reply, WebArchive, serving, told
from tests.zygote import silent

Make = Callable[[str], Archive]
NOW = datetime.now(UTC)
RECENT = (NOW - timedelta(days=3)).strftime("%Y%m%d%H%M%S")
OLD = (NOW - timedelta(days=300)).strftime("%Y%m%d%H%M%S")
REPORT, PLAN, CARTS, HOME = (f"https://board.example/{name}" for name in ("report?a=1&b=2", "plan#page-2", "carts", ""))
SITE = f"""-- content/articles/one.md --
---
title: One
date: 1911-07-03
sources:
# what the Board printed
- source: board
  document:
    title: Report
    url: {REPORT}   # as printed
    archived: []
- {{source: board, document: {{title: "Plan", url: "{PLAN}"}}}} # a sheet
---
The Board counted 900 carts.
-- content/articles/one.notes.yaml --
annotations:
- quote: "900 carts"
  kind: context
  note: "Yes."
  evidence: [{{url: "{CARTS}", locator: "p. 4"}}]  # the book
- quote: "counted"
  kind: context
  note: "From elsewhere."
  review: {{state: imported}}
  evidence: [{{url: "https://elsewhere.example/"}}]
-- content/sources/board.md --
---
name: The River Board
kind: government
url: {HOME}
extra: {{url: "https://extra.example/"}}
---
[The Board](https://words.example/) is gone.
"""


@pytest.fixture
def service() -> Iterator[WebArchive]:
    with serving(WebArchive()) as found:
        yield found


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SITEGEN_ARCHIVE_ACCESS", "SITEGEN_ARCHIVE_SECRET"):
        monkeypatch.delenv(name, raising=False)


def run(site: Archive, service: WebArchive | None, *arguments: str) -> Result:
    to = ["--to", "wayback", "--service", service.url, "--wait", "0.002"] if service is not None else []
    return CliRunner().invoke(main, ["snapshot", *arguments, *to, "--source", str(site.root)])


def text(site: Archive, path: str) -> str:
    return (site.root / path).read_text(encoding="utf-8")


def day(stamp: str) -> str:
    return str(FORMS["moment"](stamp))


def test_unless_told_of_whom_nobody_is_asked(archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    before = {path: path.read_bytes() for path in site.root.rglob("*.*") if ".sitegen" not in path.parts}
    for result in (run(site, None), run(site, service, "--dry-run")):
        assert result.exit_code == 0
        assert result.output.splitlines()[:4] == [
            f"content/articles/one.md:9: {REPORT}",
            f"content/articles/one.md:11: {PLAN}",
            f"content/articles/one.notes.yaml:5: {CARTS}",
            f"content/sources/board.md:4: {HOME}",
        ]
        assert "4 addresses would be asked for; nobody was asked." in result.output
    assert service.asked == []
    assert {path: path.read_bytes() for path in before} == before


def test_a_snapshot_is_made_of_each_address_and_written_beside_it_with_all_comments(archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    service.taken_at = stamp = NOW.strftime("%Y%m%d%H%M%S")
    result = run(site, service)
    assert result.exit_code == 0, result.output
    assert service.counts() == {
        "GET /wayback/available": 4,
        "GET /cdx/search": 4,
        "POST /save": 4,
        "GET /save/status": 8,
        "GET /web/" + stamp + "id_": 4,
    }
    assert set(service.saves()) == {REPORT, PLAN.partition("#")[0], CARTS, HOME}
    changed = text(site, "content/articles/one.md")
    assert changed == SITE.partition("-- content/articles/one.md --\n")[2].partition("-- content/articles/one.notes")[0].replace(
        "    archived: []\n",
        f"""    archived:
      - url: "{service.url}/web/{stamp}/{REPORT}"
        date: {day(stamp)}
        sha256: {wayback_digest(REPORT)}
""",
    ).replace(
        f'url: "{PLAN}"}}',
        f'url: "{PLAN}", archived: [{{url: {service.url}/web/{stamp}/{PLAN.partition("#")[0]}, date: {day(stamp)}, '
        f"sha256: {wayback_digest(PLAN.partition('#')[0])}}}]}}",
    )
    notes = text(site, "content/articles/one.notes.yaml")
    assert f'evidence: [{{url: "{CARTS}", locator: "p. 4", archived: [{{url: {service.url}/web/{stamp}/{CARTS}, ' in notes
    assert "]}]  # the book\n" in notes
    assert notes.count("archived") == 1, "what awaits an editor is left alone"
    board = text(site, "content/sources/board.md")
    assert f"url: {HOME}\narchived:\n" in board
    assert 'extra: {url: "https://extra.example/"}\n' in board
    assert [str(one) for one in site.build().problems if one.severity == "error"] == []
    assert "data-versionurl" in site.html("sources/board")
    assert run(site, service).output == "Nothing is to be changed.\n"
    assert len(service.asked) == 24, "nothing is asked again"


def wayback_digest(page: str) -> str:
    import hashlib

    return hashlib.sha256(f"<p>{page}".encode()).hexdigest()


def test_a_recent_snapshot_is_taken_and_no_other_made(archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    for page in (REPORT, PLAN.partition("#")[0], CARTS, HOME):
        service.has(page, OLD)
        service.has(page, RECENT)
    assert run(site, service).exit_code == 0
    assert service.counts() == {"GET /wayback/available": 4, f"GET /web/{RECENT}id_": 4}
    assert text(site, "content/sources/board.md").count(f"/web/{RECENT}/{HOME}") == 1


def test_where_the_quick_way_knows_of_none_the_index_is_asked(archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    service.has(HOME, RECENT)
    service.out_of_turn["/wayback/available"] = [told(url=HOME, archived_snapshots={})]
    result = run(site, service, "content/sources")
    assert result.exit_code == 0
    assert service.counts() == {"GET /wayback/available": 1, "GET /cdx/search": 1, f"GET /web/{RECENT}id_": 1}


def test_of_a_page_that_is_gone_the_newest_snapshot_is_taken_however_old(archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    service.has(HOME, OLD)
    service.failing[HOME] = "error:not-found"
    result = run(site, service, "content/sources/board.md")
    assert result.exit_code == 0
    assert f"{HOME}: {service.url}/web/{OLD}/{HOME} (it was there; a new one cannot be had (Cannot save {HOME}.))" in result.output
    assert f"date: {day(OLD)}" in text(site, "content/sources/board.md")


def test_what_is_refused_is_told_and_not_asked_again_for_a_week(archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    service.failing[HOME] = "error:no-access"
    result = run(site, service, "content/sources")
    assert result.exit_code == 1
    assert f"{HOME}: none: Cannot save {HOME}.\n" in result.output
    again = run(site, service, "content/sources")
    assert (again.exit_code, service.saves()[HOME]) == (1, 1)
    assert "it is asked for again 7 days later" in again.output
    journal = site.root / ".sitegen" / NAME
    journal.write_text(re.sub(r'"at": "\d{4}', '"at": "2001', journal.read_text()))
    run(site, service, "content/sources")
    assert service.saves()[HOME] == 2


def test_what_fails_for_now_is_asked_for_by_the_next_run(archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    service.failing[HOME] = "error:job-failed"
    assert "none yet" in run(site, service, "content/sources").output
    del service.failing[HOME]
    assert run(site, service, "content/sources").exit_code == 0
    assert service.saves()[HOME] == 2


ASKED = ["/wayback/available", "/cdx", "/save", "/save/status"]
PLEAS = {"429-after": Reply(429, b"", (("Retry-After", "0"),)), "429": Reply(429), "503": Reply(503, b"<html>"), "502": Reply(502)}


# each of them once; the soak has every plea of each
@pytest.mark.parametrize(
    ("path", "reply"),
    [
        pytest.param(path, reply, id=f"{name}-{path}", marks=[] if at == number else pytest.mark.soak)
        for number, (name, reply) in enumerate(PLEAS.items())
        for at, path in enumerate(ASKED)
    ],
)
def test_a_plea_to_wait_is_heeded(path: str, reply: Reply, archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    service.out_of_turn[path] = [reply, reply]
    result = run(site, service, "content/sources")
    assert result.exit_code == 0, result.output
    assert result.output.count("; waiting 0 s") == 2
    assert len(service.asked) == 8
    assert service.saves()[HOME] == (3 if path == "/save" else 1)


@pytest.mark.parametrize("headers", [(("Retry-After", "7200"),), (("Retry-After", "Thu, 01 Jan 2100 00:00:00 GMT"),)])
def test_who_asks_for_a_long_pause_is_left_alone(headers: tuple[tuple[str, str], ...], archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    service.out_of_turn["/wayback"] = [Reply(429, b"", headers)]
    result = run(site, service)
    assert (result.exit_code, len(service.asked)) == (4, 1)
    assert "Stopped: 127.0.0.1" in result.output
    assert "asks for a pause of" in result.output
    assert "4 addresses are still to be asked for: run it again." in result.output


def test_a_service_that_cannot_answer_is_asked_a_few_times_and_then_left_alone(archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    service.out_of_turn["/wayback"] = [Reply(500)] * 99
    result = run(site, service)
    assert (result.exit_code, len(service.asked)) == (4, wayback.TRIES)
    with serving(WebArchive()) as gone:
        pass
    away = run(site, gone)
    assert (away.exit_code, "cannot be asked now: Connection refused" in away.output) == (4, True)


def test_whom_the_service_does_not_know_is_told_of_keys_and_nothing_is_remembered_as_asked(
    archive: Make, service: WebArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = archive(SITE)
    service.out_of_turn["/save"] = [told(401, message="You need to be logged in to use Save Page Now.")]
    result = run(site, service)
    assert result.exit_code == 4
    assert "takes nothing from those whom it does not know (401): see docs/snapshots.md for keys" in result.output
    monkeypatch.setenv("SITEGEN_ARCHIVE_ACCESS", "acc")
    assert run(site, service).exit_code == 2
    monkeypatch.setenv("SITEGEN_ARCHIVE_SECRET", "s3cret")
    assert run(site, service).exit_code == 0
    assert {one.keys for one in service.asked if one.path.startswith("/save")} == {"", "LOW acc:s3cret"}
    assert {one.keys for one in service.asked if not one.path.startswith("/save")} == {""}, (
        "keys go where they are needed, and nowhere else"
    )
    assert "s3cret" not in (site.root / ".sitegen" / NAME).read_text()
    assert (
        CliRunner()
        .invoke(main, ["snapshot", "--to", "wayback", "--service", "http://archive.example", "--source", str(site.root)])
        .exit_code
        == 2
    )


def test_keys_do_not_pass_on_to_where_a_service_sends_us(archive: Make, service: WebArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITEGEN_ARCHIVE_ACCESS", "acc")
    monkeypatch.setenv("SITEGEN_ARCHIVE_SECRET", "s3cret")
    with serving(WebArchive()) as other:
        service.out_of_turn["/save"] = [Reply(307, b"", (("Location", f"{other.url}/save"),))]
        result = run(archive(SITE), service)
        assert (result.exit_code, other.asked) == (4, [])
        assert "sends us on to another address, which is not followed" in result.output


@pytest.mark.parametrize(
    "body", [b"", b"{", b"<html>Sorry", b"[]", b"7", b'{"archived_snapshots": 7}', b"\xff\xfe", b'{"job_id": "../../x"}']
)
def test_answers_that_say_nothing_are_no_snapshots(body: bytes, archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    before = text(site, "content/sources/board.md")
    for path in ("/wayback", "/cdx", "/save"):
        service.out_of_turn[path] = [Reply(200, body)]
    result = run(site, service, "content/sources")
    assert result.exit_code == 1, result.output
    assert "none yet" in result.output
    assert text(site, "content/sources/board.md") == before


def test_an_answer_about_a_job_that_cannot_be_read_is_asked_for_again(archive: Make, service: WebArchive) -> None:
    service.out_of_turn["/save/status"] = [Reply(200, b"{"), Reply(200, b"<html>")]
    assert run(archive(SITE), service, "content/sources").exit_code == 0


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/web/{0}/https://board.example/",
        "javascript:alert(1)//web/{0}/https://a.b/",
        "/web/{0}/https://a.b/<x>",
        "/web/99999999999999/https://a.b/",
    ],
)
def test_addresses_that_a_service_makes_up_are_not_written(address: str, archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    closest = {"available": True, "status": "200", "url": address.format(RECENT), "timestamp": RECENT}
    service.out_of_turn["/wayback"] = [told(archived_snapshots={"closest": closest})]
    run(site, service, "content/sources")
    written = re.findall(r"- url: (.*)", text(site, "content/sources/board.md"))
    assert all(one.startswith(f"{service.url}/web/") and one.endswith(HOME) for one in written)


def test_what_a_service_says_cannot_steer_the_terminal(archive: Make, service: WebArchive) -> None:
    service.out_of_turn["/save"] = [told(400, status="error", status_ext="error:blocked-url", message="No\x1b[31m\nway\u202e")]
    assert "none: No\\x1b[31m\\nway\\u202e\n" in run(archive(SITE), service, "content/sources").output


def test_a_service_that_answers_too_much_is_not_read_to_its_end(archive: Make, service: WebArchive) -> None:
    service.out_of_turn["/wayback"] = [Reply(200, b" " * 2_000_000)] * 9
    result = run(archive(SITE), service, "content/sources")
    assert (result.exit_code, "larger than 1,000,000 bytes" in result.output) == (4, True)


def test_who_is_slow_is_not_waited_for_for_ever(archive: Make, service: WebArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.web.PATIENCE", 0.1)
    site = archive(SITE)
    service.out_of_turn["/wayback"] = [Reply(200, b"{}", seconds=0.5)]
    service.out_of_turn["/save"] = [Reply(200, b"{}", seconds=0.5)]
    result = run(site, service, "content/sources")
    assert "it did not answer in time; waiting 0 s" in result.output
    assert f"{HOME}: none yet: it did not answer in time; whether the archive heard it is looked up next time" in result.output
    assert service.saves()[HOME] == 1, "what may have been heard is not said twice"


def test_five_in_a_row_that_come_to_nothing_are_enough(archive: Make, service: WebArchive) -> None:
    site = archive("")
    for number in range(8):
        site.write(f"content/sources/s{number}.md", f"---\nname: S{number}\nkind: ngo\nurl: https://s{number}.example/\n---\n")
        service.failing[f"https://s{number}.example/"] = "error:no-browsers-available"
    result = run(site, service)
    assert (result.exit_code, sum(service.saves().values())) == (4, 5)
    assert "Stopped: 5 addresses in a row came to nothing." in result.output


def test_a_service_that_is_full_is_asked_once_more(archive: Make, service: WebArchive) -> None:
    service.out_of_turn["/save"] = [told(200, status="error", status_ext="error:user-session-limit", message="Too many.")]
    result = run(archive(SITE), service, "content/sources")
    assert (result.exit_code, service.saves()[HOME]) == (0, 2)


def test_what_holds_for_all_that_one_asks_ends_the_run(archive: Make, service: WebArchive) -> None:
    service.out_of_turn["/save"] = [told(200, status="error", status_ext="error:max-daily-bandwidth", message="5 GB today.")]
    result = run(archive(SITE), service)
    assert (result.exit_code, sum(service.saves().values())) == (4, 1)
    assert "5 GB today." in result.output


def test_of_what_was_saved_often_today_the_newest_is_taken(archive: Make, service: WebArchive) -> None:
    site = archive(SITE)

    def often() -> Reply:
        service.has(HOME, RECENT)
        return told(200, status="error", status_ext="error:too-many-daily-captures", message="Five times today.")

    service.out_of_turn["/save"] = [often]
    assert run(site, service, "content/sources").exit_code == 0
    assert f"/web/{RECENT}/" in text(site, "content/sources/board.md")


def test_where_there_is_no_newer_one_the_same_is_not_asked_for_each_time(archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    service.has(HOME, OLD)
    service.failing[HOME] = "error:not-found"
    assert run(site, service, "content/sources").exit_code == 0
    for _ in range(2):
        run(site, service, "content/sources", "--again-after", "100")
    assert service.saves()[HOME] == 2
    assert text(site, "content/sources/board.md").count(OLD) == 1


def test_a_service_that_waits_until_it_is_done_says_so_by_a_header(archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    service.has(HOME, "20240102030405", b"<p>Now.")
    service.out_of_turn["/wayback"] = [told(archived_snapshots={})]
    service.out_of_turn["/cdx"] = [Reply(200, b"[]")]
    service.out_of_turn["/save"] = [Reply(200, b"<html>", (("Content-Location", f"/web/20240102030405/{HOME}"),))]
    assert run(site, service, "content/sources").exit_code == 0
    assert "/save/status" not in " ".join(service.counts())
    assert "date: 2024-01-02T03:04:05Z" in text(site, "content/sources/board.md")


@pytest.mark.parametrize(
    "reply", [Reply(404), Reply(200, b"x"), Reply(200, b"x", (("Memento-Datetime", "Thu, 01 Jan 2015 00:00:00 GMT"),)), Reply(cut=True)]
)
def test_without_its_own_bytes_a_snapshot_has_no_digest(reply: Reply, archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    service.out_of_turn["/web"] = [reply]
    assert run(site, service, "content/sources").exit_code == 0
    assert "date: " in text(site, "content/sources/board.md")
    assert "sha256" not in text(site, "content/sources/board.md")


def test_a_limit_stops_a_run_and_the_next_goes_on(archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    result = run(site, service, "--limit", "3")
    assert (result.exit_code, sum(service.saves().values())) == (0, 3)
    assert "1 address is still to be asked for: run it again." in result.output
    assert run(site, service).exit_code == 0
    assert set(service.saves().values()) == {1}


def test_an_address_that_has_one_elsewhere_gets_it_without_being_asked_for(archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    site.write(
        "content/sources/two.md",
        f'---\nname: Two\nkind: ngo\nurl: {HOME}\narchived: [{{url: "https://perma.example/A", date: 2024-01-01}}]\n---\n',
    )
    result = run(site, service, "content/sources")
    assert (result.exit_code, service.asked) == (0, [])
    assert "archived:\n  - {url: https://perma.example/A, date: 2024-01-01}\n" in text(site, "content/sources/board.md")


@pytest.mark.parametrize(("days", "asked"), [("200", True), ("400", False)])
def test_again_after_so_many_days(days: str, asked: bool, archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    site.write(
        "content/sources/board.md",
        f'---\nname: B\nkind: ngo\nurl: {HOME}\narchived: [{{url: "{service.url}/web/{OLD}/{HOME}"}}] # first\n---\n',
    )
    assert run(site, service, "content/sources").output == "Nothing is to be changed.\n"
    assert run(site, service, "content/sources", "--again-after", days).exit_code == 0
    assert bool(service.asked) is asked
    if asked:
        board = text(site, "content/sources/board.md")
        assert re.search(rf"archived: \[\{{url: \"{re.escape(service.url)}/web/{OLD}/{HOME}\"\}}, \{{url: .*\}}\] # first\n", board)


def test_what_is_of_this_machine_or_its_network_is_sent_to_nobody(archive: Make, service: WebArchive) -> None:
    site = archive("")
    for number, host in enumerate(("10.0.0.7", "printer", "wiki.local", "169.254.169.254", "[fd00::1]", "0x7f.1", "u:secret@example.org")):
        site.write(f"content/sources/s{number}.md", f'---\nname: S{number}\nkind: ngo\nurl: "http://{host}/x"\n---\n')
    result = run(site, service)
    assert (result.exit_code, service.asked) == (0, [])
    assert result.output.count("left out, for nobody else can reach it: http://") == 7


def test_a_file_that_is_saved_meanwhile_keeps_what_was_saved(archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    board = site.root / "content/sources/board.md"

    def saved() -> None:
        board.write_text(board.read_text().replace("is gone.", "is back."))

    service.out_of_turn["/save/status"] = [saved]
    assert run(site, service, "content/sources").exit_code == 0
    assert "is back." in board.read_text()
    assert "archived:" in board.read_text()


def test_a_file_that_takes_no_snapshot_stays_as_it_is_and_what_was_had_is_not_lost(archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    board = site.root / "content/sources/board.md"
    whole = board.read_text()

    def harmed() -> None:
        board.write_text(whole.replace("kind: government", "kind: [government"))

    service.out_of_turn["/save/status"] = [harmed]
    result = run(site, service, "content/sources")
    assert result.exit_code == 4
    assert "content/sources/board.md cannot be read; correct it first" in result.output
    board.write_text(whole)
    count = len(service.asked)
    assert run(site, service, "content/sources").exit_code == 0
    assert (len(service.asked), "archived:" in board.read_text()) == (count, True)


def test_a_run_on_a_disk_that_takes_nothing_asks_for_nothing(archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    (site.root / ".sitegen").mkdir()
    (site.root / ".sitegen" / f".{NAME}.tmp").mkdir()
    result = run(site, service, "content/sources")
    assert (result.exit_code, service.saves()) == (4, {})
    assert "what cannot be remembered is not asked" in result.output


def test_a_damaged_journal_is_begun_anew(archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    (site.root / ".sitegen").mkdir()
    (site.root / ".sitegen" / NAME).write_bytes(b'{"a": {"b": {"at": 7}}}')
    assert run(site, service, "content/sources").exit_code == 0


def test_usage(archive: Make) -> None:
    site = archive(SITE)
    for arguments in (
        ["--service", "https://web.archive.org"],
        ["--to", "warc", "--service", "https://web.archive.org"],
        ["--to", "wayback", "--service", "ftp://web.archive.org"],
        ["--to", "wayback", "--service", "https://u:p@web.archive.org"],
        ["--to", "wayback", "--service", "https://web.archive.org/?a"],
        ["--limit", "0"],
    ):
        assert run(site, None, *arguments).exit_code == 2
    assert "content/nothing.md is no file of content" in run(site, None, "content/nothing.md").output
    assert run(site, None, "content/articles/one.notes.yaml").output.startswith("content/articles/one.md:9:")


# killed


def killed_at(number: int, site: Archive, service: WebArchive) -> bool:
    """Runs the command and kills it, by the signal that nothing can catch, as the service hears its request of that number. False where it
    ended before."""
    process = silent(["snapshot", "--to", "wayback", "--service", service.url, "--wait", "0.002", "--source", str(site.root)])
    there = threading.Event()
    gone = threading.Event()

    def stand(count: int) -> None:
        if count == number:
            there.set()
            gone.wait(30)

    service.on_request = stand
    try:
        while not there.wait(0.02):
            if process.poll() is not None:
                return False
        process.send_signal(signal.SIGKILL)
        process.wait(30)
        return True
    finally:
        gone.set()
        service.on_request = lambda _: None
        if process.poll() is None:
            process.kill()
            process.wait(30)


@pytest.mark.parametrize("number", range(1, 25) if IS_SOAK else [4])
def test_a_run_that_is_killed_is_gone_on_with_and_nothing_is_asked_for_twice(number: int, archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    assert killed_at(number, site, service)
    for _ in range(3):
        result = run(site, service)
    assert result.output == "Nothing is to be changed.\n"
    assert set(service.saves().values()) == {1}
    assert len(service.saves()) == 4
    for path, count in (("articles/one.md", 2), ("articles/one.notes.yaml", 1), ("sources/board.md", 1)):
        assert text(site, f"content/{path}").count("/web/2") == count


def test_of_what_nobody_knows_whether_it_was_heard_is_asked_again_after_an_hour(archive: Make, service: WebArchive) -> None:
    site = archive(SITE)
    service.out_of_turn["/save"] = [Reply(cut=True)]
    assert "whether the archive heard it is looked up next time" in run(site, service, "content/sources").output
    assert "run again in an hour" in run(site, service, "content/sources").output
    assert service.saves()[HOME] == 1
    journal = site.root / ".sitegen" / NAME
    journal.write_text(re.sub(r'"at": "\d{4}', '"at": "2001', journal.read_text()))
    assert run(site, service, "content/sources").exit_code == 0
    assert service.saves()[HOME] == 2


def test_two_runs_do_not_ask_side_by_side(archive: Make, service: WebArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    from sitegen.cache.database import locked

    site = archive(SITE)
    run(site, None)
    monkeypatch.setattr("sitegen.cache.database.LOCK_SECONDS", 0.1)
    with locked(site.root / ".sitegen", "snapshot.db"):
        result = run(site, service)
    assert (result.exit_code, service.asked) == (4, [])
    assert "another `sitegen snapshot` of this archive is running" in result.output


def test_the_service_is_known_by_the_name_that_asks(archive: Make, service: WebArchive) -> None:
    run(archive(SITE), service, "content/sources")
    assert service.asked[0] == Asked("GET", "/wayback/available", HOME, "")
