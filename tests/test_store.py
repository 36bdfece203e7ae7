"""The store: what is read is what was written, or nothing is; losing it costs time."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.cache import Lost, Memory, memory_cache, open_cache, sealing
from sitegen.cache.sealing import opened, sealed
from sitegen.clock import today
from sitegen.model.base import Value
from sitegen.model.digest import digest, encode
from sitegen.model.problem import Fault
from tests.conftest import REPOSITORY, Archive, asked
from tests.test_build import SITE
from tests.zygote import ran

Make = Callable[[str], Archive]


def sitegen(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return ran(arguments)


# rows


@given(st.binary(max_size=400), st.binary(min_size=1, max_size=64))
def test_what_was_sealed_is_opened_again(data: bytes, key: bytes) -> None:
    assert opened(key, sealed(key, data)) == data


@given(st.binary(max_size=400), st.data())
def test_no_other_bytes_are_opened(data: bytes, draw: st.DataObject) -> None:
    key = digest("a key")
    row = bytearray(sealed(key, data))
    row[draw.draw(st.integers(0, len(row) - 1))] ^= 1 << draw.draw(st.integers(0, 7))
    with pytest.raises(Lost):
        opened(key, bytes(row))
    with pytest.raises(Lost):
        opened(key, bytes(row)[: draw.draw(st.integers(0, len(row) - 1))])


def test_a_row_is_of_its_key() -> None:
    with pytest.raises(Lost):
        opened(digest("another"), sealed(digest("a key"), b"true, but of something else"))


# memory


class Sum(Value, frozen=True):
    value: int


def test_a_result_is_remembered_under_its_very_arguments() -> None:
    memory = memory_cache(Path())
    made: list[tuple[object, ...]] = []

    def total(_: object, numbers: tuple[int, ...], scale: dict[str, int]) -> Sum:
        made.append((numbers, scale))
        return Sum(sum(numbers) * scale["by"])

    assert memory.memo(total, (1, 2), {"by": 3}) == memory.memo(total, (1, 2), {"by": 3}) == Sum(9)
    assert memory.memo(total, (1, 2, 3), {"by": 3}) == Sum(18)
    assert memory.memo(total, (1, 2), {"by": 4}) == Sum(12)
    assert made == [((1, 2), {"by": 3}), ((1, 2, 3), {"by": 3}), ((1, 2), {"by": 4})]
    assert memory.recall(total, (5,), {"by": 1}) is None


class Names:
    """Something large, of which the digest is known."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.digest = digest(*names)


def test_what_is_kept_is_read_as_it_was_in_the_same_order(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mappings are written in the order of their keys. One that was kept in another order would come in that until it is read: what is
    made of it would be other bytes after an edit than from nothing."""
    keep, kept = Memory.keep, []

    def keeping(self: Memory, value: object) -> object:
        if isinstance(value, dict) and len(value) > 1:
            kept.append(value)
        assert msgspec.msgpack.encode(value) == encode(value), value
        return keep(self, value)

    monkeypatch.setattr(Memory, "keep", keeping)
    site = archive("")
    shutil.copytree(REPOSITORY / "examples/flood", site.root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("public", ".sitegen"))
    assert not site.build(jobs=1).failed
    assert kept, "there are such mappings"


def test_an_argument_stands_for_what_its_digest_tells() -> None:
    def count(_: object, names: Names) -> int:
        return len(names.names)

    memory = memory_cache(Path())
    assert memory.memo(count, Names("a", "b")) == 2
    assert memory.recall(count, Names("a", "b")) == 2
    assert memory.recall(count, Names("a", "c")) is None


# the file


def harmed(store: Path, harm: str) -> None:
    with sqlite3.connect(store) as connection:
        connection.execute(harm)
    connection.close()


@pytest.mark.parametrize("suffix", ["-journal", "-wal", "-shm"])
def test_what_belongs_to_a_damaged_store_goes_with_it(suffix: str, archive: Make) -> None:
    site = archive(SITE)
    site.build()
    beside = site.root / f".sitegen/cache.db{suffix}"
    beside.mkdir()  # nothing that SQLite could use, or remove itself
    (beside / "a").write_text("b")
    (site.root / ".sitegen/cache.db").write_bytes(b"no database" * 100)
    report = site.build()
    assert (report.failed, report.forgetful) == (False, "")
    assert not beside.is_dir()
    assert site.build().rendered == 0, "the new store holds what was built"


@pytest.mark.parametrize(
    "harm",
    [
        "update fact set value = substr(value, 1, length(value) - 1) || x'00'",
        "update fact set value = (select value from fact order by key desc limit 1)",
        pytest.param("update page set value = (select value from page order by key desc limit 1)", marks=pytest.mark.soak),
        pytest.param("delete from fact where length(value) < 400", marks=pytest.mark.soak),
        pytest.param("delete from fact where length(value) > 400", marks=pytest.mark.soak),
        pytest.param("drop table page", marks=pytest.mark.soak),
        pytest.param("pragma user_version = 1", marks=pytest.mark.soak),
        pytest.param("update fact set value = 7", marks=pytest.mark.soak),
    ],
)
def test_a_damaged_store_is_begun_anew_and_the_site_is_right(harm: str, archive: Make, tmp_path: Path) -> None:
    site = archive(SITE)
    site.build()
    shutil.copytree(site.root, tmp_path / "clean", ignore=shutil.ignore_patterns("public", ".sitegen"))
    for text in ("Odessa", "Odesa", "Odessa"):  # there and back: old rows are asked for again
        harmed(site.root / ".sitegen/cache.db", harm)
        for root in (site.root, tmp_path / "clean"):
            (root / "content/places/odesa.md").write_text(f"---\nname: {text}\nkind: city\n---\n")
        assert not site.build().failed
        clean = Archive(tmp_path / "clean")
        shutil.rmtree(clean.output, ignore_errors=True)
        shutil.rmtree(clean.root / ".sitegen", ignore_errors=True)
        clean.build()
        assert site.bytes_of_output() == clean.bytes_of_output()


def test_a_store_of_another_archive_is_dropped(archive: Make, tmp_path: Path) -> None:
    site = archive(SITE)
    site.build()
    other = Archive(tmp_path / "other")
    shutil.copytree(site.root, other.root, ignore=shutil.ignore_patterns("public", ".sitegen"))
    other.build()
    shutil.copy(other.root / ".sitegen/cache.db", site.root / ".sitegen/cache.db")
    assert site.build().rendered == 28, "nothing of it is used, true though it may be"


def test_a_store_moves_with_its_archive(archive: Make, tmp_path: Path) -> None:
    """As hosting services restore it: other folders, other times, other inodes."""
    site = archive(SITE)
    site.build()
    moved = Archive(tmp_path / "moved")
    shutil.copytree(site.root, moved.root, copy_function=shutil.copyfile)
    report = moved.build()
    assert (report.rendered, report.written) == (0, 0)
    (moved.root / "content/places/odesa.md").write_text("---\nname: Odesa\nkind: city\n---\nA port.\n")
    assert moved.build().rendered == 1


def test_folders_in_the_place_of_files_are_no_hindrance(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    for name in ("cache.db", "lock.db", "archive"):
        (site.root / ".sitegen" / name).unlink()
        (site.root / ".sitegen" / name / "within").mkdir(parents=True)
        assert not site.build().failed


def test_a_store_that_has_grown_to_several_times_its_size_is_begun_anew(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.cache.SMALL", 0)
    site = archive(SITE)
    site.build()
    with open_cache(site.root) as cache:
        cache.keep_bytes(os.urandom(2_000_000))
        cache.write()
    site.write("content/places/odesa.md", "---\nname: Odessa\nkind: city\n---\n")
    site.build()
    assert (site.root / ".sitegen/cache.db").stat().st_size < 1_000_000


# the command


@pytest.mark.soak
def test_the_store_is_proved(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    done = sitegen("cache", "--source", site.root, "--prove")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "Every row is what was written.")
    harmed(
        site.root / ".sitegen/cache.db",
        "update fact set value = x'00' where key = (select key from fact order by length(value) desc limit 1)",
    )
    done = sitegen("cache", "--source", site.root, "--prove")
    assert done.returncode == 4
    assert "not what was written" in done.stderr or "no row" in done.stderr
    assert sitegen("cache", "--source", site.root, "--prove").returncode == 0
    assert site.build().rendered == 29


def test_what_is_trimmed_is_not_missed(archive: Make) -> None:
    site = archive(SITE)
    odesa = site.root / "content/places/odesa.md"
    before = odesa.read_text()
    for name in ("Ode", *(f"Odes{number}" for number in range(8))):  # enough for several pages of the file
        odesa.write_text(before.replace("Odesa", name))
        site.build()
    odesa.write_text(before)
    site.build()
    done = sitegen("cache", "--source", site.root, "--trim", "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert told["bytes"] < told["before"]
    report = site.build()
    assert (report.rendered, report.written) == (0, 0)
    (site.output / "places/kyiv/index.html").unlink()
    assert site.build().rendered == 1, "what a page is made from is still there"
    site.write("content/articles/2022-05-15-second.md", (site.root / "content/articles/2022-05-15-second.md").read_text() + "\nMore.\n")
    with open_cache(site.root) as cache:
        count = len(list(cache.tables.damaged()))
    assert (count, site.build().rendered) == (0, 3), "the article, the feed, and the front page, which shows its first words"
    odesa.write_text(before.replace("Odesa", "Ode"))
    assert site.build().rendered > 1, "what nobody needed is gone"


def test_what_is_hidden_today_is_not_trimmed(archive: Make) -> None:
    site = archive(SITE)
    later = (date.fromisoformat(today()) + timedelta(days=1)).isoformat()
    for path in ("content/articles/later.md", "content/places/later.md"):
        kind = "kind: city\nname: Later" if "places" in path else "title: Later\ndate: 2022-01-01"
        site.write(path, f"---\n{kind}\npublish_from: {later}\n---\nWords.\n")
    site.build()
    assert sitegen("cache", "--source", site.root, "--trim").returncode == 0
    store = (site.root / ".sitegen/cache.db").stat().st_ino
    assert not site.build(today=later).failed
    assert "Words." in site.html("articles/later/")
    assert (site.root / ".sitegen/cache.db").stat().st_ino == store, "it is not dropped for what it lacks"


def test_a_store_that_is_only_busy_is_not_dropped(archive: Make) -> None:
    site = archive(SITE)
    site.build()
    store = site.root / ".sitegen/cache.db"
    inode = store.stat().st_ino
    with contextlib.closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("begin immediate")
        with open_cache(site.root) as cache:
            assert not cache.unwritable
        other.execute("rollback")
    assert store.stat().st_ino == inode
    assert site.build().rendered == 0


def test_there_must_be_a_store(archive: Make) -> None:
    done = sitegen("cache", "--source", archive(SITE).root)
    assert (done.returncode, "no build has run here" in done.stderr) == (4, True)


# when a build is stopped


def many(site: Archive, count: int = 120, sentences: int = 60) -> None:
    for number in range(count):
        site.write(f"content/articles/many-{number}.md", f"---\ntitle: Many {number}\n---\n" + "Kyiv held on near Odesa. " * sentences)


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), pytest.param(signal.SIGTERM, -signal.SIGTERM, marks=pytest.mark.soak)])
def test_a_build_that_is_stopped_says_one_line_and_leaves_the_old_site(sent: signal.Signals, code: int, archive: Make) -> None:
    site = archive(SITE)
    site.build()
    before = site.bytes_of_output()
    many(site, count=120)  # so that pages are still being made when it is stopped
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "sitegen", "build", "--source", str(site.root), "--jobs", "2"]
    # what was begun in the background ignores SIGINT, and with it all that it begins
    ignored = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    signal.signal(signal.SIGINT, ignored)
    while not list(site.output.glob(".sitegen-stage*")):
        assert process.poll() is None, "it ended before it could be stopped"
        time.sleep(0.005)
    os.killpg(process.pid, sent)
    said = process.communicate(timeout=20)[1]
    assert process.returncode == code, said
    assert said == ("sitegen: interrupted\n" if sent == signal.SIGINT else "")
    now = {path: found for path, found in site.bytes_of_output().items() if not path.startswith(".sitegen-stage")}
    assert now == before
    if sent == signal.SIGINT:
        assert not list(site.output.glob(".sitegen-stage*"))
    assert not site.build().failed
    assert not list(site.output.glob(".sitegen-stage*"))


def test_a_worker_that_is_killed_is_the_machines_affair(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    from sitegen.build import build
    from sitegen.survey import filling

    monkeypatch.setattr("sitegen.archive.boxes.BOX", 1)
    site = archive(SITE)
    site.build()
    before = site.bytes_of_output()
    many(site, 8)
    main = os.getpid()
    monkeypatch.setattr(filling, "box_of", lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL) if os.getpid() != main else None)
    with pytest.raises(Fault, match="ended from outside"):
        build(site.root, site.output, asked(jobs=2))
    assert site.bytes_of_output() == before


def test_a_stage_that_cannot_be_removed_is_told(archive: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """It lies in the output: who publishes that would publish it too."""

    def stuck(*_: object, ignore_errors: bool = False) -> None:
        if not ignore_errors:
            raise OSError(errno.EIO, "Input/output error")

    site = archive(SITE)
    with monkeypatch.context() as harmed:
        harmed.setattr("sitegen.output.shutil.rmtree", stuck)
        with pytest.raises(Fault, match="the site is complete, but a folder that it no longer needs may be left in it"):
            site.build()
    assert list(site.output.glob(".sitegen-stage*"))
    assert not site.build().failed
    assert not list(site.output.glob(".sitegen-stage*"))


IS_HELD_TO_MEMORY = subprocess.run(
    ["sh", "-c", f'ulimit -v 400000; exec "{sys.executable}" -c "bytearray(10**9)"'], capture_output=True, check=False
).returncode
LIMITS = ["ulimit -n 12", *(pytest.param(one, marks=pytest.mark.soak) for one in ("ulimit -n 20", "ulimit -f 20"))]
MEMORY = pytest.param(
    "ulimit -v 45000",
    marks=[pytest.mark.soak, pytest.mark.skipif(not IS_HELD_TO_MEMORY, reason="this system holds no process to its memory")],
)


@pytest.mark.soak
@pytest.mark.parametrize("limit", [*LIMITS, MEMORY])
def test_a_machine_that_has_too_little_is_told_in_one_line(limit: str, archive: Make) -> None:
    site = archive(SITE)
    site.build()
    before = site.bytes_of_output()
    many(site, sentences=200 if limit.startswith("ulimit -v") else 60)
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    script = f'{limit}; exec "{sys.executable}" -m sitegen build --source "{site.root}" --jobs 2'
    done = subprocess.run(["sh", "-c", script], env=env, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == 4, done.stderr
    assert site.bytes_of_output() == before
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert not site.build().failed
    assert not list(site.output.glob(".sitegen-stage*"))


@given(st.lists(st.integers(0, 400).map(lambda times: b"flood " * times), min_size=2))
def test_a_row_is_packed_alike_whatever_was_packed_before(rows: list[bytes]) -> None:
    """One packer serves all rows: each is a frame of its own, whatever came before it."""
    made = {data: sealed(b"key", data) for data in rows}
    assert all(opened(b"key", row) == data for data, row in made.items())
    assert {data: sealed(b"key", data) for data in reversed(rows)} == made


def test_memory_that_ran_out_while_packing_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the library says it where the system gives no more: it has an error of its own for all that goes wrong."""
    zstd = vars(sealing)["zstd"]

    def fails(*_: object) -> bytes:
        raise zstd.ZstdError("Unable to compress Zstandard data: Allocation error : not enough memory")

    row = sealing.sealed(b"key", b"flood " * 100)
    monkeypatch.setattr(vars(sealing)["_packing"], "compressor", SimpleNamespace(compress=fails))
    monkeypatch.setattr(zstd, "decompress", fails)
    with pytest.raises(MemoryError):
        sealing.sealed(b"key", b"flood " * 100)
    with pytest.raises(MemoryError):
        sealing.opened(b"key", row)
