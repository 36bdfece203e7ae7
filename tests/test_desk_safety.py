"""What the desk (`sitegen serve --desk`) must not do; each test is named after the advisory of `ssg-peers` that it answers, or after the
kind of attack."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from sitegen.desk import Desk
from sitegen.desk.journal import NAME, Journal
from sitegen.desk.seeding import take
from sitegen.importer import import_seeds
from sitegen.model.problem import Fault
from tests.conftest import Archive
from tests.test_desk import ARTICLE, FILES, NOTES, NOTES_PATH, act, desk_of, edit, notes

Make = Callable[[str], Archive]
SECRET = b"---\nname: A secret of this machine\nkind: town\n---\n"
TEXT = b"The Bridge\n\nA bridge fell on Saturday. The Ministry of Water said that 3 houses are lost. It cost 27,400 crowns.\n"


@pytest.fixture
def site(archive: Make) -> Archive:
    return archive(FILES)


@pytest.fixture
def desk(site: Archive) -> Desk:
    return desk_of(site.root)


def state_of(folder: Path) -> dict[str, bytes]:
    """All files below a folder, whatever they are called, but those of the store."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {name: path.read_bytes() for name, path in found.items() if path.is_file() and ".sitegen/" not in name}


# links


CREATE = {"type": "create", "page": "places/new", "value": {"name": "New", "kind": "town"}}


@pytest.mark.parametrize("target", ["outside", "archive/themes", "archive/.git/hooks", "archive/seeds"])
def test_a_folder_that_is_a_link_is_not_written_into_jekyll_cve_2018_17567(target: str, site: Archive, desk: Desk) -> None:
    """Also not where the link stays within the archive: what is called content there is a theme, or Git's."""
    folder = site.root.parent / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "old.md").write_bytes(SECRET)
    (site.root / "content/topics").symlink_to(folder, target_is_directory=True)
    before = state_of(site.root.parent)
    for step in (
        {**CREATE, "page": "topics/new", "value": {"name": "New", "kind": "event"}},
        {"type": "set", "page": "topics/old", "seen": {}, "value": {"name": "B"}},
        {"type": "remove", "page": "topics/old", "seen": ""},
    ):
        with pytest.raises(Fault, match="where a link leads"):
            desk.act(act(step))
    with pytest.raises(Fault, match="where a link leads"):
        desk.sheet("topics/old")
    assert state_of(site.root.parent) == before


@pytest.mark.parametrize("target", ["secret.md", "archive/sitegen.yaml", "archive/.git/config"])
def test_a_file_that_is_a_link_is_neither_read_nor_written_jekyll_7711_liquidjs_cve_2026_35525(
    target: str, site: Archive, desk: Desk
) -> None:
    place = site.root.parent / target
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(SECRET)
    for link in ("content/places/out.md", "content/articles/2022-05-15-the-bridge.notes.yaml"):
        (site.root / link).unlink(missing_ok=True)
        (site.root / link).symlink_to(place)
    before = state_of(site.root.parent)
    for key in ("places/out", ARTICLE):
        with pytest.raises(Fault, match="where a link leads"):
            desk.sheet(key)
    for step in (
        {"type": "set", "page": "places/out", "seen": {}, "value": {"name": "B"}},
        {"type": "remove", "page": "places/out", "seen": ""},
        {**CREATE, "page": "places/out"},
        {"type": "enter", "page": ARTICLE, "list": "claims", "value": {"quote": "A bridge"}},
    ):
        with pytest.raises(Fault, match="where a link leads"):
            desk.act(act(step))
    assert state_of(site.root.parent) == before


def test_a_link_to_nothing_is_not_made_something(site: Archive, desk: Desk) -> None:
    (site.root / "content/places/new.md").symlink_to(site.root.parent / "made-by-a-link.md")
    with pytest.raises(Fault, match="where a link leads"):
        desk.act(act(CREATE))
    (site.root / "content/topics").symlink_to(site.root.parent / "made-by-a-link")
    with pytest.raises(Fault, match="where a link leads"):
        desk.act(act({**CREATE, "page": "topics/new", "value": {"name": "New", "kind": "event"}}))
    assert [path.name for path in site.root.parent.iterdir()] == ["archive"]


def test_another_name_of_a_file_keeps_its_bytes(site: Archive, desk: Desk) -> None:
    """A hard link cannot be told from a file; a new file takes its place, and what had the other name is as it was."""
    other = site.root.parent / "other.yaml"
    os.link(site.root / NOTES_PATH, other)
    desk.act(act(edit(desk, 0, todo=None)))
    assert "credited by" not in notes(site)
    assert other.read_text() == NOTES
    desk.undo("A")
    assert other.read_text() == notes(site) == NOTES


def test_a_pipe_in_the_place_of_a_file_holds_nobody_up(site: Archive, desk: Desk) -> None:
    os.mkfifo(site.root / "content/places/new.md")
    (site.root / NOTES_PATH).unlink()
    os.mkfifo(site.root / NOTES_PATH)
    for step in (CREATE, {"type": "enter", "page": ARTICLE, "list": "claims", "value": {"quote": "A bridge"}}):
        with pytest.raises(Fault, match="a pipe"):
            desk.act(act(step))
    with pytest.raises(Fault, match="a pipe"):
        desk.sheet(ARTICLE)
    (site.root / "seeds").mkdir()
    os.mkfifo(site.root / "seeds/a.txt")
    assert take(site.root, [("a.txt", TEXT)], ())
    assert (site.root / "seeds/a-2.txt").read_bytes() == TEXT


# the names of seeds


NAMES = {
    "../../x.txt": "x.txt", "..": "seed.txt", "": "seed.txt", ".git": "seed.git", ".htaccess": "seed.htaccess", "/etc/passwd": "passwd.txt", "a\0b.txt": "a-b.txt",
    "C:\\windows\\win.ini": "win.ini", "a:b.txt": "a-b.txt", "a.txt:$DATA": "a.txtdata", "CON": "seed-CON.txt", "nul.txt": "seed-nul.txt", "aux.tar.gz": "aux-tar.gz", "COM\u00b9.txt": "seed-COM\u00b9.txt",
    "a.txt.": "a-txt.txt", "a.txt ": "a.txt", "a..": "a.txt", "．．／a.txt": "a.txt", "a\u2215b.txt": "a-b.txt", "a\u202etxt.exe": "a-txt.exe", "-rf.txt": "rf.txt", "#a.txt": "a.txt", "a.swp": "a.txt", "a.bak": "a.txt",
    "e\u0301.txt": "\u00e9.txt", "a\nb.txt": "a-b.txt", "<script>.html": "script.html", "%2e%2e%2fa.txt": "2e-2e-2fa.txt",
}  # fmt: skip


def test_names_of_seeds_werkzeug_cve_2024_49766_vite_cve_2025_62522(site: Archive) -> None:
    taken: dict[str, str] = {}
    for number, (name, kept) in enumerate(NAMES.items()):
        before = set(state_of(site.root.parent))
        take(site.root, [(name, b"%d " % number + TEXT)], ())
        new = [path for path in set(state_of(site.root.parent)) - before if path.startswith("archive/seeds/")]
        assert len(new) == 1, name
        stem, _, ending = kept.rpartition(".")
        taken[name] = new[0].removeprefix("archive/seeds/")
        again = [one for one in NAMES.values() if one.casefold() == kept.casefold()]
        numbers = [kept, *(f"{stem}-{count}.{ending}" for count in range(2, len(again) + 1))]
        assert taken[name] in numbers, name
        assert not {
            path for path in set(state_of(site.root.parent)) - before if not path.startswith(("archive/seeds/", "archive/content/"))
        }


@pytest.mark.parametrize(
    "name",
    [
        "a" * 10_000,
        "橋" * 10_000,
        "e\u0301\u0327" * 100_000 + ".txt",
        "a" * 300 + "." + "b" * 300,
        "." * 10_000,
        "橋.橋橋橋橋橋橋橋橋橋橋橋",
    ],
)
def test_a_seed_of_a_very_long_name_is_kept(name: str, site: Archive) -> None:
    take(site.root, [(name, TEXT), (name, b"Another.\n" + TEXT)], ())
    found = sorted((site.root / "seeds").iterdir())
    assert sorted(path.read_bytes() for path in found) == sorted([TEXT, b"Another.\n" + TEXT])
    assert all(len(path.name.encode()) < 200 for path in found)


def test_seeds_that_some_systems_cannot_tell_apart_astro_cve_2026_126364(site: Archive) -> None:
    take(
        site.root,
        [
            ("A.txt", b"One. " + TEXT),
            ("a.TXT", b"Two. " + TEXT),
            ("A.txt", b"One. " + TEXT),
            ("straße.txt", TEXT),
            ("STRASSE.txt", b"3" + TEXT),
        ],
        (),
    )
    names = [path.name for path in (site.root / "seeds").iterdir()]
    assert sorted(names) == ["A.txt", "STRASSE-2.txt", "a-2.txt", "straße.txt"]
    assert len({name.casefold() for name in names}) == len(names)


@pytest.mark.parametrize("link", ["seeds", "content/articles", "content/sources"])
@pytest.mark.parametrize("target", ["outside", "archive/themes"])
def test_a_seed_is_not_written_through_a_link(link: str, target: str, site: Archive) -> None:
    """Neither the seed nor what is made from it, and not by `sitegen import` either."""
    folder = site.root.parent / target
    folder.mkdir()
    if (site.root / link).exists():
        (site.root / link).rename(site.root / "away")
    (site.root / link).symlink_to(folder, target_is_directory=True)
    try:
        told = " ".join(take(site.root, [("a.txt", TEXT)], ()))
    except Fault as fault:
        told = str(fault)
    assert "where a link leads" in told
    (site.root.parent / "b.txt").write_bytes(b"B. " + TEXT)
    results = import_seeds(site.root, [site.root.parent / "b.txt"], None)
    assert "where a link leads" in str(results[0].problems)
    assert not list(folder.iterdir())


def test_a_seed_that_is_a_link_is_not_followed(site: Archive) -> None:
    (site.root.parent / "secret.txt").write_bytes(TEXT)
    (site.root / "seeds").mkdir()
    (site.root / "seeds/a.txt").symlink_to(site.root.parent / "secret.txt")
    (site.root / "seeds/a-2.txt").symlink_to(site.root.parent / "new.txt")
    (site.root / "seeds/a-3.txt").mkdir()
    take(site.root, [("a.txt", TEXT)], ())
    assert (site.root / "seeds/a-4.txt").read_bytes() == TEXT
    assert not (site.root.parent / "new.txt").exists()


# the journal


def forged(site: Archive, *pieces: Mapping[str, Any], **line: Any) -> Desk:
    """A desk of an archive that was handed around with this journal."""
    whole = [{"before": "", "after": "", "start": 0, "gone": "forged", "new": "", **one} for one in pieces]
    site.write(NAME, json.dumps({"number": 1, "what": "", "by": "A", "pieces": whole, **line}) + "\n")
    return desk_of(site.root)


PATHS = [
    "../out.md", "../../out.md", "/tmp/out.md", "content/../out.md", "content/../../out.md", "content/places/../../themes/x.md", "themes/plain/templates/page.html", "sitegen.yaml",
    ".git/hooks/post-commit", "seeds/a.txt", "public/index.html", ".sitegen/cache.db", "content\\..\\out.md", "content/x.md\0", "content/.htaccess", "content/places/x.html", "content/con.md",
    "C:/out.md", "content/a:b.md", "contents/x.md", "content", "", "content/images/x.svg",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("before", ["", "aa"])
def test_a_forged_journal_writes_nothing_but_pages_lektor_1288(path: str, before: str, site: Archive) -> None:
    state = state_of(site.root.parent)
    desk = forged(site, {"path": path, "before": before})
    with pytest.raises(Fault, match="nothing to be undone"):
        desk.undo("A")
    whole = {"path": NOTES_PATH, "before": before}
    desk = forged(site, whole, {"path": path, "before": before})
    with pytest.raises(Fault, match="nothing to be undone"):
        desk.undo("A")
    assert state_of(site.root.parent) == state


@pytest.mark.parametrize("target", ["outside", "archive/themes"])
def test_a_forged_journal_follows_no_link_jekyll_7711(target: str, site: Archive) -> None:
    folder = site.root.parent / target
    folder.mkdir()
    (site.root / "content/topics").symlink_to(folder, target_is_directory=True)
    with pytest.raises(Fault, match="where a link leads"):
        forged(site, {"path": "content/topics/new.md", "before": "aa"}).undo("A")
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    "line",
    [
        {"number": 10**30}, {"number": -1}, {"number": 2**63 - 1}, {"number": "1"}, {"pieces": "x"}, {"undoes": {}}, {"pieces": [{"path": NOTES_PATH, "start": -5, "before": "a", "after": "", "gone": "", "new": ""}]},
    ],
    ids=str,
)  # fmt: skip
def test_a_line_of_a_journal_that_is_none(line: dict[str, Any], site: Archive) -> None:
    desk = forged(site, **line)
    with pytest.raises(Fault, match="nothing to be undone"):
        desk.undo("A")
    desk.act(act(edit(desk, 0, todo=None)))
    again = desk_of(site.root)
    again.undo("A")
    assert notes(site) == NOTES


@pytest.mark.parametrize(
    "data", [b"[" * 200_000, b"\xff\xfe", b'{"number":1', b"\n" * 1000, b'{"number": ' + b"9" * 100_000 + b"}", b"null\n[]\n{}\n"]
)
def test_a_harmed_journal_is_no_journal_jekyll_regenerator(data: bytes, site: Archive) -> None:
    site.write(NAME, data + b"\n")
    assert Journal(site.root).lines == []
    desk = desk_of(site.root)
    desk.act(act(edit(desk, 0, todo=None)))
    desk_of(site.root).undo("A")
    assert notes(site) == NOTES


def test_a_journal_that_is_a_link_or_a_pipe_is_not_written(site: Archive) -> None:
    """An archive that is handed around with `.sitegen/desk.jsonl -> ~/.profile` gets no line into that file."""
    target = site.root.parent / "profile"
    target.write_bytes(b"echo\n")
    (site.root / ".sitegen").mkdir()
    (site.root / NAME).symlink_to(target)
    desk = desk_of(site.root)
    desk.act(act(edit(desk, 0, todo=None)))
    desk.undo("A")  # in one run it is known all the same
    assert target.read_bytes() == b"echo\n"
    (site.root / NAME).unlink()
    os.mkfifo(site.root / NAME)
    desk = desk_of(site.root)
    desk.act(act(edit(desk, 0, todo=None)))
    desk.undo("A")
    assert notes(site) == NOTES


def test_a_store_that_holds_links_writes_into_none_of_their_files(site: Archive) -> None:
    (site.root / ".sitegen").mkdir()
    target = site.root.parent / "target"
    target.write_bytes(SECRET)
    for name in ("lock.db", "edit.db", "cache.db", "cache.db-wal", "archive", ".gitignore", "CACHEDIR.TAG", "desk.jsonl", "links.json"):
        (site.root / ".sitegen" / name).symlink_to(target)
    assert not site.build().failed
    desk = desk_of(site.root)
    desk.act(act(edit(desk, 0, todo=None)))
    assert target.read_bytes() == SECRET
