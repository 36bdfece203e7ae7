"""What the desk (`sitegen serve --desk`) must not do; each test is named after the advisory of `ssg-peers` that it answers, or after the
kind of attack."""

from __future__ import annotations

import base64
import http.client
import json
import os
import random
import re
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from sitegen.content.cutting import root_of, said
from sitegen.desk import Act, Conflict, Desk, Refused
from sitegen.desk.journal import NAME, Journal
from sitegen.desk.picturing import keep
from sitegen.desk.seeding import take
from sitegen.importer import import_seeds
from sitegen.model.problem import Fault
from tests.conftest import Archive, files_of
from tests.serving import Answer, Server, serving
from tests.test_desk import ARTICLE, FILES, NOTES, NOTES_PATH, act, desk_of, edit, notes
from tests.zygote import ran

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


# pictures


PICTURE = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")


def test_names_of_pictures_werkzeug_cve_2024_49766(site: Archive) -> None:
    names = ["../../x.png", "C:\\x.png", "con.png", ".htaccess.png", "a\0b.png", "a" * 10_000 + ".png", "橋.png", "page.png", "x.png"]
    kept = [keep(site.root, name, PICTURE).file for name in names]
    assert kept == [
        "x.png",
        "x.png",
        "picture-con.png",
        "htaccess.png",
        "a-b.png",
        "a" * 60 + ".png",
        "qiao.png",
        "picture-page.png",
        "x.png",
    ]
    for name, data in {
        "a.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "a.html": PICTURE,
        "a.png": b"<script>",
        "a": PICTURE,
        "a.pdf": PICTURE,
        ".png": b"",
    }.items():
        with pytest.raises(Fault):
            keep(site.root, name, data)
    assert {path for path in state_of(site.root.parent) if "images" in path} == {f"archive/content/images/{name}" for name in kept}


def test_a_picture_is_not_written_through_a_link(site: Archive) -> None:
    images = site.root / "content/images"
    images.mkdir()
    os.mkfifo(images / "a.png")
    (images / "a-2.png").symlink_to(images / "a.png")
    assert keep(site.root, "a.png", PICTURE).file == "a-3.png"
    (images / "b.png").symlink_to(site.root.parent / "b.png")
    with pytest.raises(Fault, match="where a link leads"):
        keep(site.root, "b.png", PICTURE)
    for name in ("outside", "archive/themes"):
        images.rename(site.root / f"away-{len(name)}")
        (site.root.parent / name).mkdir()
        images.symlink_to(site.root.parent / name)
        with pytest.raises(Fault, match="where a link leads"):
            keep(site.root, "a.png", PICTURE)
        assert not list((site.root.parent / name).iterdir())


# what an act may change


def test_no_act_touches_the_words_of_an_article(site: Archive, desk: Desk) -> None:
    path = site.root / f"content/{ARTICLE}.md"
    before = path.read_bytes()
    for step, told in {
        '{"type": "set", "seen": {}, "value": {"title": "Another"}}': "the article's own",
        '{"type": "set", "seen": {}, "value": {"title": null}}': "the article's own",
        '{"type": "set", "seen": {}, "value": {"seed": {"file": "seeds/b.txt"}}}': "the article's own",
        '{"type": "set", "seen": {}, "value": {"lang\\n---\\nMine.": "a"}}': "cannot be written",
        '{"type": "set", "seen": {}, "value": {"lang": "en\\n---\\nMine."}}': "language",
        '{"type": "edit", "at": ["title", 0], "seen": "", "value": "Another"}': "named by its list",
        '{"type": "edit", "at": ["claims"], "seen": "", "value": null}': "named by its list",
        '{"type": "enter", "list": "title", "value": "Another"}': "no list",
        '{"type": "create", "value": {"title": "Another"}}': "no kind of page",
        '{"type": "remove", "seen": ""}': "not removed at the desk",
    }.items():
        with pytest.raises((Fault, Refused), match=told):
            desk.act(act({**json.loads(step), "page": ARTICLE}))
    assert path.read_bytes() == before


BODIES = [
    "Words.\n\n~~~\none\n\ntwo\n~~~\n",
    "Words.\n\n    one\n\n    two\n",
    "- one\n\n- two\n\n  three\n",
    "> one\n>\n> two\n",
    "One.\u2028\u2028Two.\n",
    "One.\x0c\x0cTwo.\n",
]


@pytest.mark.parametrize("body", BODIES)
def test_a_picture_becomes_no_word_of_an_article(body: str, site: Archive, desk: Desk) -> None:
    """A line within code, put into the text, would be read as words."""
    site.write("content/images/p.png", PICTURE)
    text = f"---\ntitle: T\ndate: 2022-05-15\nimages:\n  - {{id: pic, src: p.png, caption: A picture}}\n---\n{body}"
    site.write(f"content/{ARTICLE}.md", text)
    (site.root / NOTES_PATH).unlink()
    article = desk.sheet(ARTICLE).article
    assert article is not None
    for line in range(-1, 20):
        site.write(f"content/{ARTICLE}.md", text)
        with suppress(Fault, Refused):
            desk.act(
                act(
                    {
                        "type": "place",
                        "page": ARTICLE,
                        "image": "pic",
                        "line": line,
                        "seen": desk.sheet(ARTICLE).version[f"content/{ARTICLE}.md"],
                    }
                )
            )
        now = desk.sheet(ARTICLE).article
        assert now is not None
        assert [(one.kind, one.text) for one in now.blocks if one.kind != "caption"] == [(one.kind, one.text) for one in article.blocks]


SIGNS = [
    "",
    "a",
    "__proto__",
    "null",
    "3 houses are lost",
    "a: b",
    "a #b",
    "---",
    "\n---\n",
    "- a",
    "{",
    '"',
    "'",
    "*a",
    "&a",
    "!!python/object:os.system",
    "<<",
    "\0",
    "\u2028",
    "\x85",
    "key: {",
    "true",
    "🦀",
    "checked",
]
KEYS = ["title", "seed", "todo", "claims", "places", "lang", "date", "waive", "quote", "source", "id", "total", "items", "name", "kind", "by", "state", "__proto__", "a: b\nc", "---", "a\n---\nbody", "<<", "&b", '"a', "? a", "#", "", "review"]  # fmt: skip
GATE = ("draft", "publish_from", "withdrawn", "display")


def anything(chance: random.Random, depth: int = 0) -> Any:
    kind = chance.randrange(8)
    if kind < 5 or depth > 3:
        return chance.choice(SIGNS) if kind else None
    if kind == 5:
        return [anything(chance, depth + 1) for _ in range(chance.randrange(3))]
    return {chance.choice(KEYS): anything(chance, depth + 1) for _ in range(chance.randrange(4))}


def any_step(chance: random.Random, desk: Desk) -> dict[str, Any]:
    page = chance.choice([ARTICLE, ARTICLE, "sources/board", "places/hallen", "places/new", "claims/a-b", "pages/a/b", "nothing/x"])
    kind = chance.choice(["edit", "edit", "enter", "set", "set", "create", "remove", "place"])
    found = None
    with suppress(Fault):
        found = desk.sheet(page)
    if found is not None and page == ARTICLE and chance.random() < 0.3:  # what may well be done
        one = chance.choice(found.entries)
        if chance.random() < 0.5 or not isinstance(one.value, dict):
            value = {"date": "2024-01-01", "reason": chance.choice(SIGNS)}
            return {"type": "enter", "page": page, "list": "corrections", "value": value}
        return {"type": "edit", "page": page, "at": one.at, "seen": one.seen, "value": {**one.value, "gloss": chance.choice(SIGNS)}}
    if kind == "edit":
        entry = chance.choice(found.entries) if found is not None and found.entries and chance.random() < 0.8 else None
        at, seen = (entry.at, entry.seen) if entry is not None else (("claims", chance.choice([0, -1, 10**20, "items"])), "x")
        return {"type": kind, "page": page, "at": at, "seen": seen, "value": anything(chance)}
    if kind == "enter":
        return {
            "type": kind,
            "page": page,
            "list": chance.choice(["claims", "annotations", "corrections", "images"]),
            "value": anything(chance),
            "before": chance.choice([None, 0, 1, 99]),
        }
    if kind == "set":
        value = {chance.choice(KEYS): anything(chance) for _ in range(chance.randrange(3))}
        return {
            "type": kind,
            "page": page,
            "seen": {key: found.keys[key][0] for key in value if found is not None and key in found.keys},
            "value": value,
        }
    if kind == "create":
        return {
            "type": kind,
            "page": page,
            "value": {chance.choice(["name", "kind", "title", "todo"]): anything(chance) for _ in range(3)},
            "words": chance.choice(SIGNS),
        }
    version = next(iter(found.version.values())) if found is not None else ""
    return {
        "type": kind,
        "page": page,
        "seen": version,
        **({"image": chance.choice(["a", "..", "pic"]), "line": chance.randrange(-2, 12)} if kind == "place" else {}),
    }


@pytest.mark.parametrize("seed", [1, *(pytest.param(number, marks=pytest.mark.soak) for number in range(2, 40))])
def test_whatever_a_browser_sends(seed: int, site: Archive, desk: Desk) -> None:
    """Hundreds of acts at random: each is done or refused in words. Whatever is done, the article's title and body are what they were, the
    draft is one, no file is anywhere else, and undo brings every byte back."""
    chance = random.Random(seed)
    path = f"content/{ARTICLE}.md"
    site.write(path, (site.root / path).read_text().replace("date:", "draft: true\npublish_from: 2999-01-01\ndate:"))
    before = state_of(site.root.parent)
    done = 0
    for _ in range(250):
        steps = [any_step(chance, desk) for _ in range(chance.choice([1, 1, 2]))]
        try:
            desk.act(msgspec.convert({"steps": steps}, Act))
        except (Fault, Refused, Conflict, msgspec.ValidationError):
            assert state_of(site.root.parent) == before
            continue
        done += 1
        now = state_of(site.root.parent)
        assert all(re.fullmatch(r"archive/content/[a-z0-9/-]+(\.md|\.notes\.yaml)|archive/sitegen.yaml", name) for name in now)
        text = now[f"archive/{path}"].decode()
        root = root_of(path, text)
        assert root is not None
        keys = said(root)
        assert isinstance(keys, dict)
        assert (keys["title"], keys["draft"], keys["publish_from"]) == ("The Bridge", "true", "2999-01-01"), steps
        assert text.partition("\n---\n")[2] == before[f"archive/{path}"].decode().partition("\n---\n")[2], steps
        desk.undo("")
        assert state_of(site.root.parent) == before
    assert done > 2


@pytest.mark.parametrize(
    "value",
    [
        {"draft": "perhaps"},
        {"draft": ["true"]},
        {"publish_from": "soon"},
        {"review": {"state": "public"}},
        {"display": "all"},
        {"withdrawn": "no"},
    ],
)
def test_what_cannot_be_read_makes_nothing_public_nikola_drafts(value: dict[str, Any], site: Archive, desk: Desk) -> None:
    path = f"content/{ARTICLE}.md"
    site.write(
        path,
        (site.root / path)
        .read_text()
        .replace("date:", "draft: true\npublish_from: 2999-01-01\nwithdrawn: {date: 2024-01-01, reason: a}\ndisplay: metadata\ndate:"),
    )
    before = notes(site), (site.root / path).read_text()
    seen = {key: desk.sheet(ARTICLE).keys[key][0] for key in value}
    with pytest.raises(Refused):
        desk.act(act({"type": "set", "page": ARTICLE, "seen": seen, "value": value}))
    assert (notes(site), (site.root / path).read_text()) == before


# who may ask


class Let(NamedTuple):
    """A browser that was let in, as plain requests."""

    server: Server
    cookie: str
    key: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": self.cookie, "Sitegen-Desk": self.key}

    def ask(self, name: str, **headers: str) -> Answer:
        return self.server.get(f"/_sitegen/desk/{name}", {**self.headers, **headers})

    def tell(self, name: str, body: object, method: str = "POST", **headers: str | None) -> Answer:
        """A request with a body; a header of None is left out."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        all_ = {
            **self.headers,
            "Origin": f"http://127.0.0.1:{self.server.port}",
            "Content-Type": "application/json",
            **{key.replace("_", "-"): one for key, one in headers.items()},
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        try:
            connection.request(method, f"/_sitegen/desk/{name}", data, {key: one for key, one in all_.items() if one is not None})
            found = connection.getresponse()
            return Answer(found.status, {key.lower(): one for key, one in found.getheaders()}, found.read())
        finally:
            connection.close()


def address_of(server: Server) -> str:
    return next(found[1] for line in server.said if (found := re.match(r"The desk: http://[^/]+(\S+)", line)))


@pytest.fixture(scope="module")
def let(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Let]:
    site = Archive(tmp_path_factory.mktemp("desk") / "archive")
    for path, text in files_of("-- sitegen.yaml --\ntitle: T\nbase_url: https://x.org/\ntheme: plain\n" + FILES.lstrip("\n")).items():
        site.write(path, text)
    (site.root.parent / "secret.txt").write_bytes(SECRET)
    with serving(site.root, "--desk") as server:
        found = server.get(address_of(server))
        assert found.status == 303
        yield Let(server, found.headers["set-cookie"].partition(";")[0], found.headers["location"].partition("#")[2])
        assert "Traceback" not in "".join(server.said)  # whatever was sent was answered in words


ASKED = [
    "page?key=" + ARTICLE,
    "tables",
    "known?kinds=places&words=h",
    f"propose?key={ARTICLE}&block=1&start=0&end=8",
    "queue",
    "map?lat=1&lon=1&level=3",
    "gazetteer?name=Delft",
    "checks",
]
TOLD = ["act", "undo", "seeds", "picture", "rename", "merge"]
KEEP = {"steps": [{"type": "enter", "page": ARTICLE, "list": "corrections", "value": {"date": "2024-01-01", "reason": "forged"}}]}
SCRIPTS = ["api.js", "desk.js", "words.js", "forms.js", "pointmap.js", "queue.js", "desk.css"]


def unwritten(let: Let) -> None:
    assert "forged" not in let.ask(f"page?key={ARTICLE}").text


def test_who_was_let_in_is_answered(let: Let) -> None:
    for name in ASKED:
        assert let.ask(name).status == 200, name
    assert let.tell("undo", {"by": "nobody"}).status == 400


@pytest.mark.parametrize("lacks", ["both", "cookie", "key", "wrong cookie", "wrong key", "another's cookie"])
def test_without_cookie_and_key_nothing_answers(lacks: str, let: Let) -> None:
    name = let.cookie.partition("=")[0]
    headers = {
        "both": {}, "cookie": {"Sitegen-Desk": let.key}, "key": {"Cookie": let.cookie}, "wrong cookie": {"Cookie": f"{name}=x", "Sitegen-Desk": let.key},
        "wrong key": {"Cookie": let.cookie, "Sitegen-Desk": let.key[:-1]}, "another's cookie": {"Cookie": let.cookie.replace("=", "0="), "Sitegen-Desk": let.key},
    }[lacks]  # fmt: skip
    for one in ASKED:
        found = let.server.get(f"/_sitegen/desk/{one}", headers)
        assert (found.status, b"fault" in found.body) == (403, True), one
        assert found.headers["cache-control"] == "no-store"
    for one in TOLD:
        assert let.tell(one, KEEP, Cookie=headers.get("Cookie"), Sitegen_Desk=headers.get("Sitegen-Desk")).status == 403, one
    unwritten(let)


def test_what_the_cookie_alone_shows_is_code(let: Let) -> None:
    """Other servers of this machine are sent it: they could be told what the program is, but no word of the archive."""
    found = let.server.get("/_desk/", {"Cookie": let.cookie})
    assert found.status == 200
    assert let.key not in found.text
    for name in SCRIPTS:
        found = let.server.get(f"/_sitegen/desk/{name}", {"Cookie": let.cookie})
        assert found.status == 200
        assert let.key not in found.text
        assert found.headers["cache-control"] == "no-store"
        assert "etag" not in found.headers
        assert let.server.get(f"/_sitegen/desk/{name}").status == 403


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://localhost:1", "http://127.0.0.1", "http://127.0.0.1:1", "http://[::1]", "http://[", "http://127.0.0.1:{port}.evil.example", "http://a@127.0.0.1:{port}", "https:127.0.0.1:{port}", "file://127.0.0.1:{port}", "chrome-extension://127.0.0.1:{port}", "http://localhost:{port}", "http://127.0.0.1:{port}/", "\u00bd://\u00bc"])  # fmt: skip
def test_cross_site_and_other_ports_webpack_cve_2025_30359(origin: str | None, let: Let) -> None:
    given = origin.format(port=let.server.port) if origin is not None else None
    assert let.tell("act", KEEP, Origin=given).status == 403
    if given is not None:
        assert let.ask("queue", Origin=given).status == 403
    unwritten(let)


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=a",
        None,
        "text/plain; application/json",
        "application/jsonp",
        "",
    ],
)
def test_a_form_of_another_page_is_no_json(kind: str | None, let: Let) -> None:
    for name in TOLD:
        assert let.tell(name, KEEP, Content_Type=kind).status == 400, name
    unwritten(let)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "0x7f000001", "2130706433"])
def test_dns_rebinding_vite_cve_2025_24010_webpack_cve_2018_14732(host: str, let: Let) -> None:
    port = let.server.port
    for name in ASKED:
        assert let.ask(name, Host=f"{host}:{port}").status in (400, 403)
    for name in TOLD:
        assert let.tell(name, KEEP, Host=f"{host}:{port}", Origin=f"http://{host}:{port}").status in (400, 403)
    assert let.server.get(address_of(let.server), {"Host": f"{host}:{port}"}).status in (400, 403)
    unwritten(let)


def test_sec_fetch_is_asked_too_webpack_5_2_4(let: Let) -> None:
    for site in ("cross-site", "same-site"):
        assert let.ask("queue", **{"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"}).status == 403
        assert (
            let.server.get("/_sitegen/desk/desk.js", {"Cookie": let.cookie, "Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"}).status
            == 403
        )
        assert let.tell("act", KEEP, Sec_Fetch_Site=site, Sec_Fetch_Mode="cors").status == 403
    unwritten(let)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "post"])
def test_nothing_is_written_but_by_post(method: str, let: Let) -> None:
    for name in (*TOLD, "enter"):
        assert let.tell(name, KEEP, method=method, X_HTTP_Method_Override="POST").status in (400, 404, 405), name
    assert (
        let.server.get(let.server.base, method="POST", headers={**let.headers, "Origin": f"http://127.0.0.1:{let.server.port}"}).status
        == 405
    )
    unwritten(let)


@pytest.mark.parametrize(
    "path",
    [
        "/_sitegen/desk/../desk/act",
        "/_sitegen/desk/%2e%2e/desk/act",
        "//_sitegen/desk/act",
        "/_sitegen/desk//act",
        "/_sitegen/desk/act/",
        "/_SITEGEN/desk/act",
        "/_sitegen%2fdesk%2fact",
        "/_sitegen/desk/act%00",
    ],
)
def test_addresses_of_the_desk_are_these_alone(path: str, let: Let) -> None:
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{let.server.port}\r\nOrigin: http://127.0.0.1:{let.server.port}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}"
    assert let.server.raw(head.encode()).split(b" ")[1] in (b"400", b"403", b"404", b"405")


@pytest.mark.parametrize(
    "header",
    [
        "Host: 127.0.0.1:{port}",
        "Origin: http://127.0.0.1:{port}",
        "Content-Type: application/json",
        "Cookie: a=b",
        "Sitegen-Desk: x",
        "Sec-Fetch-Site: same-origin",
        "Content-Length: 3",
    ],
)
def test_a_header_that_is_there_twice(header: str, let: Let) -> None:
    port = let.server.port
    body = json.dumps(KEEP)
    lines = [
        "POST /_sitegen/desk/act HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Origin: http://127.0.0.1:{port}", "Content-Type: application/json", f"Cookie: {let.cookie}", f"Sitegen-Desk: {let.key}",
        "Sec-Fetch-Site: same-origin", f"Content-Length: {len(body)}", header.format(port=port), "", body,
    ]  # fmt: skip
    assert let.server.raw("\r\n".join(lines).encode()).split(b" ")[1] == b"400"
    unwritten(let)


def test_no_websocket_and_no_stream_of_the_desk(let: Let) -> None:
    upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    for path in ("/_sitegen/desk/queue", "/_sitegen/events", "/"):
        answer = let.server.raw(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{let.server.port}\r\nOrigin: https://evil.example\r\n{upgrade}\r\n".encode()
        )
        assert answer.split(b" ")[1] == b"403"
    assert let.server.get("/_sitegen/desk/queue", {"Accept": "text/event-stream", "Origin": "https://evil.example"}).status == 403


def test_clickjacking_and_what_may_be_read_of_answers(let: Let) -> None:
    whole = {
        "/_desk/": let.headers,
        f"/{ARTICLE}/": let.headers,
        "/": {},
        "/_sitegen/desk/queue": let.headers,
        "/_sitegen/desk/act": {},
        "/_sitegen/desk/desk.js": let.headers,
        "/_desk/?token=x": {},
    }
    for path, headers in whole.items():
        found = let.server.get(path, headers)
        if found.status != 404:
            assert "frame-ancestors 'none'" in found.headers["content-security-policy"], path
            assert found.headers["x-content-type-options"] == "nosniff"
            assert found.headers["cross-origin-resource-policy"] == "same-origin"
        assert not [name for name in found.headers if name.startswith("access-control")]
    for path in ("/_desk/", f"/{ARTICLE}/"):
        found = let.server.get(path, let.headers)
        assert "require-trusted-types-for 'script'" in found.headers["content-security-policy"]
        assert found.headers["cross-origin-opener-policy"] == "same-origin"


def test_caches_do_not_hand_the_desk_to_others(let: Let) -> None:
    page = f"/{ARTICLE}/"
    mine, others = let.server.get(page, let.headers), let.server.get(page)
    assert b"data-desk" in mine.body
    assert b"data-desk" not in others.body
    assert mine.headers["etag"] != others.headers["etag"]
    assert mine.headers["vary"] == others.headers["vary"] == "Cookie"
    given = {"If-None-Match": f"{mine.headers['etag']}, {others.headers['etag']}, *"}
    assert let.server.get(page, {**given, **let.headers}).headers["etag"] == mine.headers["etag"]
    assert let.server.get(page, {"If-None-Match": mine.headers["etag"]}).status == 200
    assert let.server.get(page, {"If-None-Match": others.headers["etag"], **let.headers}).status == 200
    for path in ("/_desk/", "/_sitegen/desk/queue"):
        assert let.server.get(path, let.headers).headers["cache-control"] == "no-store"


def test_the_token_is_in_no_page_no_referrer_and_no_log(let: Let) -> None:
    token = address_of(let.server).partition("=")[2]
    found = let.server.get(address_of(let.server))
    assert found.headers["location"] == f"/_desk/#{let.key}"
    assert found.headers["referrer-policy"] == "no-referrer"
    assert re.fullmatch(r"sitegen-desk-\d+=[\w-]{43}; HttpOnly; Path=/; SameSite=strict", found.headers["set-cookie"])
    for path in ("/_desk/", f"/{ARTICLE}/", "/_sitegen/desk/queue", "/_sitegen/state?page=index.html"):
        body = let.server.get(path, let.headers).text
        assert not [one for one in (token, let.key, let.cookie.partition("=")[2]) if one in body]
    for wrong in ("", "x", token[:-1], token + "a", token.swapcase(), "\u00e9", "%00", f"{token}&token=x"):
        found = let.server.get(f"/_desk/?token={wrong.encode().decode('latin-1') if wrong.isascii() else '%C3%A9'}")
        assert found.status == 403, wrong
        assert "set-cookie" not in found.headers
    assert "".join(let.server.said).count(token) == 1  # where the address was printed


# what is sent


BAD = {
    "deep": b"[" * 100_000, "deep and whole": b"[" * 100_000 + b"]" * 100_000, "deep within": b'{"steps":[{"type":"create","page":"places/x","value":{"a":' + b"[" * 900 + b"]" * 900 + b"}}]}",
    "deep keys": b'{"steps":[{"type":"create","page":"places/x","value":' + b'{"a":' * 900 + b"{}" + b"}" * 900 + b"}]}",
    "surrogate": b'{"by":"\\ud800"}', "not UTF-8": b'{"by":"\xff"}', "empty": b"", "null": b"null", "list": b"[]", "number": b"1e999", "long number": b"9" * 100_000,
    "long number within": b'{"steps":[{"type":"create","page":"places/x","value":{"a":' + b"9" * 10_000 + b"}}]}", "many steps": b'{"steps":[' + b'{"type":"remove","page":"a","seen":""},' * 5_000 + b'{"type":"remove","page":"a","seen":""}]}',
    "unknown key": b'{"steps":[],"path":"/etc/passwd"}', "unknown tag": b'{"steps":[{"type":"write","path":"/etc/passwd"}]}', "tag twice": b'{"steps":[{"type":"remove","type":"create","page":"articles/x","value":{}}]}',
    "key twice": b'{"steps":[{"type":"create","page":"places/x","page":"articles/y","value":{"name":"A"}}]}', "no steps": b'{"steps":[]}', "NaN": b'{"steps":NaN}', "comment": b"{/**/}", "too long": b'{"by":"' + b"a" * 500_000 + b'"}',
    "before nothing": b'{"steps":[{"type":"enter","page":"' + ARTICLE.encode() + b'","list":"claims","value":{"quote":"3 houses are lost"},"before":-100}]}', "number value": b'{"steps":[{"type":"enter","page":"' + ARTICLE.encode() + b'","list":"claims","value":{"quote":1}}]}',
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_json_that_is_none_or_too_much_markdown_it_cve_2023_26302(name: str, let: Let) -> None:
    for one in TOLD:
        found = let.tell(one, BAD[name])
        if name == "too long" and one in ("seeds", "picture"):
            assert found.status == 400
        elif not (one == "undo" or (one == "seeds" and name in ("null", "empty"))):
            assert found.status in (400, 422), one
            assert "fault" in json.loads(found.body), one
        assert found.status < 500, one


def test_a_body_that_never_ends_and_one_that_breaks_off(let: Let) -> None:
    port = let.server.port
    head = f"POST /_sitegen/desk/act HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nContent-Type: application/json\r\nCookie: {let.cookie}\r\nSitegen-Desk: {let.key}\r\n"
    slow = []
    try:
        for number in range(40):
            one = socket.create_connection(("127.0.0.1", port), timeout=10)
            slow.append(one)
            length = "Transfer-Encoding: chunked\r\n\r\n5\r\n[" if number % 2 else "Content-Length: 1000\r\n\r\n["
            one.sendall((head + length).encode())
        begun = time.monotonic()
        for _ in range(5):
            assert let.ask("tables").status == 200
            assert let.tell("undo", {"by": "nobody"}).status == 400
        assert time.monotonic() - begun < 5
    finally:
        for one in slow:
            one.close()
    endless = socket.create_connection(("127.0.0.1", port), timeout=10)
    with endless, suppress(ConnectionError):
        endless.sendall((head + "Transfer-Encoding: chunked\r\n\r\n").encode())
        sent = 0
        while sent < 200_000_000:
            endless.sendall(b"10000\r\n" + b" " * 0x10000 + b"\r\n")
            sent += 0x10000
    assert sent < 20_000_000  # it hangs up long before
    assert let.ask("tables").status == 200


def test_many_at_once_are_all_answered(let: Let) -> None:
    def one(number: int) -> int:
        if number % 3 == 0:
            return let.tell(
                "act", {"steps": [{"type": "set", "page": f"places/none-{number}", "seen": {}, "value": {"name": "a" * 100_000}}]}
            ).status
        return (let.ask("queue") if number % 3 == 1 else let.ask(f"page?key={ARTICLE}")).status

    with ThreadPoolExecutor(30) as crowd:
        assert set(crowd.map(one, range(120))) == {200, 400}


@pytest.mark.parametrize(
    "key",
    [
        "articles/../../secret",
        "../secret",
        "/etc/passwd",
        "places/hallen.md",
        "content/places/hallen",
        "places/",
        "",
        "places/%2e%2e",
        "a" * 50_000,
        "__proto__",
    ],
)
def test_keys_are_no_paths_mkdocs_cve_2021_40978(key: str, let: Let) -> None:
    for name in (f"page?key={key}", f"propose?key={key}&block=0&start=0&end=1"):
        found = let.ask(name)
        assert found.status == 400, name
        assert SECRET not in found.body
    for name in ("rename", "merge"):
        assert let.tell(name, {"page": "places/hallen", "to": key}).status in (400, 422)
        assert let.tell(name, {"page": key, "to": "places/../../x"}).status in (400, 422)


@pytest.mark.parametrize("path", ["../secret.txt", "/etc/passwd", "seeds/../../secret.txt", "sitegen.yaml", "content/places/hallen.md", ""])
def test_seeds_that_lie_there_are_these_alone(path: str, let: Let) -> None:
    found = let.tell("seeds", {"known": [path, path.upper(), str(Path("/etc/passwd"))]})
    assert json.loads(found.body) == {"told": []}


@pytest.mark.parametrize(
    "query",
    [
        "lat=nan&lon=0&level=0",
        "lat=1e999&lon=0&level=0",
        "lat=1&lon=1&level=1e9",
        "lat=1&lon=1&level=" + "9" * 5_000,
        "lat=1&lon=1&level=1&x=nan&y=0",
        "lat=1&lon=1&level=1&x=1",
        "lat[]=1",
        "",
    ],
)
def test_places_of_the_map_that_are_none(query: str, let: Let) -> None:
    assert let.ask(f"map?{query}").status == 400


# the password


@pytest.mark.soak
def test_beyond_this_machine_it_asks_for_a_password_lektor_devserver(tmp_path: Path) -> None:
    site = Archive(tmp_path / "archive")
    site.write("sitegen.yaml", "title: T\nbase_url: https://x.org/\ntheme: plain\n")
    for host in ("0.0.0.0", "192.0.2.1"):
        asked = ["serve", "--source", str(site.root), "--port", "0", "--desk", "--host", host]
        found = ran(asked, timeout=20)
        assert found.returncode == 4
        assert "--password-file" in found.stderr
    (tmp_path / "short").write_text("1234567\n")
    found = ran([*asked, "--password-file", str(tmp_path / "short")], timeout=20)
    assert found.returncode == 4
    (tmp_path / "password").write_text("crooked bridge\n")
    with serving(site.root, "--desk", "--host", "0.0.0.0", "--password-file", str(tmp_path / "password")) as server:
        let = Let(server, "", "")
        assert server.get("/_desk/?token=crooked%20bridge").status == 403
        assert "set-cookie" not in server.get("/_desk/").headers
        assert [server.get(f"/_sitegen/desk/{name}").status for name in ("queue.js", "api.js", "desk.css", "desk.js", "queue")] == [
            200,
            200,
            200,
            403,
            403,
        ]
        assert let.tell("enter", {"password": "crooked bridge"}, Origin="http://evil.example").status == 403
        begun = time.monotonic()
        with ThreadPoolExecutor(30) as crowd:  # as quickly as they come: one a second is tried, and only a few wait
            found_ = list(
                crowd.map(
                    lambda number: let.tell("enter", {"password": ["", None, 1, {}, "crooked bridg", [], True][number % 7]}).status,
                    range(20),
                )
            )
        assert set(found_) == {403, 429}
        assert time.monotonic() - begun > found_.count(403) * 0.9
        answer = let.tell("enter", {"password": "crooked bridge"})
        assert answer.status == 200
        within = Let(server, answer.headers["set-cookie"].partition(";")[0], json.loads(answer.body)["key"])
        assert within.ask("tables").status == 200
        assert "crooked" not in "".join(server.said)
