"""The desk writes what an editor does into the files, as a person would, and nothing is lost: pairs of files, conflicts, undo, and crowds."""

from __future__ import annotations

import datetime
import io
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import ExifTags, Image

from sitegen.archive.names import Name, Names
from sitegen.content.cutting import root_of
from sitegen.desk import Act, Conflict, Desk, Refused
from sitegen.desk import Archive as Known
from sitegen.desk.alike import alike
from sitegen.desk.picturing import keep, location
from sitegen.desk.proposing import Proposed, proposed
from sitegen.desk.seeding import take
from sitegen.desk.sheet import words
from sitegen.editor import Change, Overtaken, written
from sitegen.model.article import EntryCard, Gate, Key
from sitegen.model.problem import Fault
from sitegen.model.records import Calendar
from sitegen.survey.reading import Settings
from tests.conftest import REPOSITORY, Archive

Make = Callable[[str], Archive]

ARTICLE = "articles/2022-05-15-the-bridge"
BODY = """A bridge fell on Saturday, the board said. It cost 27,400 crowns.

The board said that 3 houses stand under water, and 3 houses are lost.
"""
NOTES = """# Proposed; each is to be checked.
claims:
  - {id: c-fell, quote: "A bridge fell on Saturday", source: board, todo: "sure: credited by “said”"}
  - {id: c-cost, quote: "It cost 27,400 crowns", source: article, todo: "likely: a figure"} # of the town
  - id: c-water
    quote: "3 houses stand under water"
    source: board
"""
FILES = f"""
-- content/{ARTICLE}.md --
---
title: "The Bridge"
date: 2022-05-15
review: {{state: imported}}
---
{BODY}
-- content/{ARTICLE}.notes.yaml --
{NOTES}
-- content/sources/board.md --
---
name: Board
kind: government
todo: "likely: it is cited"
review: {{state: imported}}
---
-- content/places/hallen.md --
---
name: Hallen
kind: town
---
""".replace("\n\n-- ", "\n-- ")
NOTES_PATH = f"content/{ARTICLE}.notes.yaml"
SETTINGS = Settings({"war": Calendar(epoch="2022-02-24")}, "en")


def desk_of(root: Path) -> Desk:
    """A desk that knows the pages that are there."""

    def look() -> Known:
        found = {path.relative_to(root / "content").as_posix(): path.relative_to(root).as_posix() for path in root.glob("content/*/*.md")}
        return Known(
            {key.removesuffix(".md"): path for key, path in found.items()},
            SETTINGS,
            lambda key: [ARTICLE] if key == "sources/board" else [],
        )

    return Desk(root, look)


def act(*steps: dict[str, Any], what: str = "", by: str = "A") -> Act:
    """As a browser sends it."""
    return msgspec.convert({"steps": list(steps), "what": what, "by": by}, Act)


@pytest.fixture
def site(archive: Make) -> Archive:
    return archive(FILES)


@pytest.fixture
def desk(site: Archive) -> Desk:
    return desk_of(site.root)


def notes(site: Archive) -> str:
    return (site.root / NOTES_PATH).read_text(encoding="utf-8")


def edit(desk: Desk, number: int, page: Key = ARTICLE, **change: Any) -> dict[str, Any]:
    """A step that changes some keys of an entry of claims; None takes a key out."""
    entry = next(one for one in desk.sheet(page).entries if one.at == ("claims", number))
    assert isinstance(entry.value, dict)
    value = {key: one for key, one in {**entry.value, **change}.items() if one is not None}
    return {"type": "edit", "page": page, "at": ["claims", number], "seen": entry.seen, "value": value}


def test_a_sheet_tells_entries_where_they_stand_and_what_is_wrong(site: Archive, desk: Desk) -> None:
    site.write(NOTES_PATH, NOTES + '  - {quote: "a tower fell", source: article}\n')
    sheet = desk.sheet(ARTICLE)
    assert [(one.id, one.line, one.is_undecided) for one in sheet.entries][:3] == [
        ("c-fell", 3, True),
        ("c-cost", 4, True),
        ("c-water", 5, False),
    ]
    assert sheet.article is not None
    assert [sheet.article.blocks[one.found.block].text[one.found.start : one.found.end] for one in sheet.entries if one.found] == [
        "A bridge fell on Saturday",
        "It cost 27,400 crowns",
        "3 houses stand under water",
    ]
    lost = sheet.entries[3]
    assert lost.found is None
    assert "does not stand in the text" in lost.trouble[0]


def test_a_proposal_is_kept_and_the_diff_is_one_line(site: Archive, desk: Desk) -> None:
    saved = desk.act(act(edit(desk, 0, todo=None), what="keep c-fell"))
    assert notes(site) == NOTES.replace(', todo: "sure: credited by “said”"', "")
    assert saved.files == ((NOTES_PATH, 3),)
    assert desk.sheet(ARTICLE) == desk_of(site.root).sheet(ARTICLE), "what was remembered is what is read"
    desk.undo("A")
    assert notes(site) == NOTES


def test_a_proposal_is_dropped_and_its_comment_stays(site: Archive, desk: Desk) -> None:
    sheet = desk.sheet(ARTICLE)
    desk.act(act({"type": "edit", "page": ARTICLE, "at": ["claims", 1], "seen": sheet.entries[1].seen, "value": None}))
    assert "c-cost" not in notes(site)
    assert "# of the town" in notes(site)


def test_all_like_this_are_one_act(site: Archive, desk: Desk) -> None:
    desk.act(act(edit(desk, 0, todo=None), edit(desk, 1, todo=None), what="keep 2"))
    assert "todo" not in notes(site)
    desk.undo("A")
    assert notes(site) == NOTES


def test_a_claim_is_added_with_a_page_that_is_made_on_the_way(site: Archive, desk: Desk) -> None:
    desk.act(
        act(
            {
                "type": "create",
                "page": "claims/houses-lost",
                "value": {"title": "Houses lost", "kind": "quantity", "measure": {"unit": "houses"}},
            },
            {
                "type": "enter",
                "page": ARTICLE,
                "list": "claims",
                "value": {"quote": "3 houses are lost", "source": "board", "claim": "houses-lost"},
            },
        )
    )
    assert (
        site.root / "content/claims/houses-lost.md"
    ).read_text() == '---\ntitle: "Houses lost"\nkind: quantity\nmeasure: {unit: "houses"}\n---\n'
    assert notes(site) == NOTES + '  - {quote: "3 houses are lost", source: board, claim: houses-lost}\n'
    assert not site.build().failed
    desk.undo("A")
    assert not (site.root / "content/claims/houses-lost.md").exists()
    assert notes(site) == NOTES


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"quote": "A bridge stood"}, "does not stand in the text"),
        ({"quote": "27,4"}, "cuts a word or a number"),
        ({"figures": [{"value": "28"}]}, "28 cannot be read"),
        ({"source": "nobody-known"}, "there is no source 'nobody-known'"),
        ({"as_of": {"date": "soon"}}, "expected a date"),
        ({"colour": "red"}, "unknown key 'colour'"),
        ({"quote": "3 houses"}, "stands twice"),
    ],
    ids=str,
)
def test_what_would_be_wrong_is_not_written(change: dict[str, Any], told: str, site: Archive, desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        desk.act(act(edit(desk, 0, **change)))
    assert told in str(refused.value)
    assert notes(site) == NOTES


def test_what_was_wrong_before_keeps_nobody_from_mending_the_rest(site: Archive, desk: Desk) -> None:
    site.write(NOTES_PATH, NOTES + '  - {quote: "a tower fell", source: article}\n')
    desk.act(act(edit(desk, 0, todo=None)))
    assert "credited by" not in notes(site)


def test_an_entry_that_moved_is_found_and_one_that_changed_is_left(site: Archive, desk: Desk) -> None:
    step = edit(desk, 1, todo=None)
    above = '  - {id: c-new, quote: "The board said", source: article}\n'
    site.write(NOTES_PATH, NOTES.replace("claims:\n", "claims:\n" + above))
    desk.act(act(step))
    assert above in notes(site)
    assert "a figure" not in notes(site)
    step = edit(desk, 1, source="article")
    site.write(NOTES_PATH, notes(site).replace("source: board, todo", "source: unnamed, todo"))
    with pytest.raises(Conflict) as conflict:
        desk.act(act(step))
    assert "source: unnamed" in conflict.value.now
    assert isinstance(conflict.value.wanted, dict)
    assert conflict.value.wanted["source"] == "article"
    assert "source: unnamed, todo" in notes(site)


def test_keys_of_a_page_are_set_where_nobody_else_has_set_them(site: Archive, desk: Desk) -> None:
    keys = desk.sheet(ARTICLE).keys
    review = {"state": "checked", "by": "A. Editor", "date": "2024-01-02"}
    step = {"type": "set", "page": ARTICLE, "seen": {"review": keys["review"][0]}, "value": {"review": review, "todo": None}}
    desk.act(act(step))
    page = (site.root / f"content/{ARTICLE}.md").read_text(encoding="utf-8")
    assert 'review: {state: checked, by: "A. Editor", date: 2024-01-02}\n' in page
    with pytest.raises(Conflict):
        desk.act(act({**step, "value": {"review": {"state": "in-work"}}}))
    with pytest.raises(Fault, match="the article's own"):
        desk.act(act({"type": "set", "page": ARTICLE, "seen": {}, "value": {"title": "Another"}}))


def test_a_place_gets_a_point_and_a_source_that_is_named_does_not_go(site: Archive, desk: Desk) -> None:
    desk.act(
        act(
            {
                "type": "set",
                "page": "places/hallen",
                "seen": {},
                "value": {"location": {"lat": "50.5", "lon": "9.25"}, "precision": "settlement"},
            }
        )
    )
    assert (site.root / "content/places/hallen.md").read_text() == (
        "---\nname: Hallen\nkind: town\nlocation: {lat: 50.5, lon: 9.25}\nprecision: settlement\n---\n"
    )
    with pytest.raises(Refused, match="names it"):
        desk.act(act({"type": "remove", "page": "sources/board", "seen": next(iter(desk.sheet("sources/board").version.values()))}))
    desk.act(act({"type": "remove", "page": "places/hallen", "seen": next(iter(desk.sheet("places/hallen").version.values()))}))
    assert not (site.root / "content/places/hallen.md").exists()
    desk.undo("A")
    assert "lat: 50.5" in (site.root / "content/places/hallen.md").read_text()


def test_undo_goes_back_to_the_first_byte_also_after_a_restart(site: Archive, desk: Desk) -> None:
    before = {path: path.read_bytes() for path in site.root.rglob("content/*/*")}
    desk.act(act(edit(desk, 0, todo=None)))
    desk.act(act(edit(desk, 1, source="board", todo=None)))
    desk.act(act({"type": "create", "page": "topics/flood", "value": {"name": "Flood", "kind": "event"}}))
    again = desk_of(site.root)
    for _ in range(3):
        again.undo("A")
    assert {path: path.read_bytes() for path in site.root.rglob("content/*/*")} == before
    with pytest.raises(Fault, match="nothing to be undone"):
        again.undo("A")


def test_undo_leaves_what_somebody_has_written_since(site: Archive, desk: Desk) -> None:
    desk.act(act(edit(desk, 0, todo=None), what="keep c-fell"))
    site.write(NOTES_PATH, notes(site) + "# mine\n")
    with pytest.raises(Fault, match="has changed since"):
        desk.undo("A")
    assert notes(site).endswith("# mine\n")


@pytest.mark.parametrize("page", ["articles/../../secret", "places/../../x", "/etc/passwd", "articles/x\0", "nothing/x", "images/x"])
def test_a_page_is_named_by_its_key_and_by_nothing_else(page: str, site: Archive, desk: Desk) -> None:
    (site.root.parent / "secret.md").write_text("---\nname: A\n---\n")
    for step in (
        {"type": "create", "page": page, "value": {"name": "A"}},
        {"type": "set", "page": page, "seen": {}, "value": {"name": "A"}},
        {"type": "remove", "page": page, "seen": ""},
        {"type": "enter", "page": page, "list": "claims", "value": {"quote": "a"}},
    ):
        with pytest.raises(Fault):
            desk.act(act(step))
    assert sorted(path.name for path in site.root.parent.iterdir()) == ["archive", "secret.md"]


def test_a_link_that_leads_out_of_the_archive_is_not_followed(site: Archive, desk: Desk) -> None:
    outside = site.root.parent / "outside.md"
    outside.write_text("---\nname: A\nkind: town\n---\n")
    (site.root / "content/places/out.md").symlink_to(outside)
    with pytest.raises(Fault, match="outside"):
        desk.act(act({"type": "set", "page": "places/out", "seen": {}, "value": {"name": "B"}}))
    assert outside.read_text() == "---\nname: A\nkind: town\n---\n"


# pictures, seeds, names


def photograph(**place: tuple[int, int, int]) -> bytes:
    """A small picture that tells where it was taken."""
    exif = Image.Exif()
    if place:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: place["lat"], 3: "W", 4: place["lon"]})
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_picture_is_kept_without_where_it_was_taken(site: Archive) -> None:
    kept = keep(site.root, "C:\\Photos\\The Bridge!.JPG", photograph(lat=(50, 30, 0), lon=(9, 15, 0)))
    assert kept.file == "the-bridge.jpg"
    assert "50.5000, -9.2500" in kept.told
    assert location((site.root / "content/images/the-bridge.jpg").read_bytes()) == ""
    assert keep(site.root, "The Bridge.jpg", photograph()).file == "the-bridge.jpg", "the same picture is the same file"
    (site.root / "content/images/the-bridge.jpg").write_bytes(b"another")
    assert keep(site.root, "The Bridge.jpg", photograph()).file == "the-bridge-2.jpg"
    with pytest.raises(Fault, match="no picture"):
        keep(site.root, "x.jpg", b"<svg onload=alert(1)>")
    with pytest.raises(Fault, match="must end in"):
        keep(site.root, "../../x.exe", photograph())


def test_a_picture_stands_before_a_block_and_the_words_stay(site: Archive, desk: Desk) -> None:
    sheet = desk.sheet(ARTICLE)
    assert sheet.article is not None
    line = sheet.article.blocks[2].line
    path = site.root / f"content/{ARTICLE}.md"
    before = path.read_text(encoding="utf-8")
    seen = sheet.version[f"content/{ARTICLE}.md"]
    image = {"id": "plan", "caption": "The river said 27,400 crowns.", "file": None}
    desk.act(
        act(
            {"type": "enter", "page": ARTICLE, "list": "images", "value": image},
            {"type": "place", "page": ARTICLE, "image": "plan", "line": line, "seen": seen},
        )
    )
    after = path.read_text(encoding="utf-8")
    assert "crowns.\n\n![](image:plan)\n\nThe board said" in after
    assert after.replace("![](image:plan)\n\n", "").split("---\n")[2] == before.split("---\n")[2]
    with pytest.raises(Conflict):
        desk.act(act({"type": "place", "page": ARTICLE, "image": "plan", "line": line, "seen": seen}))
    desk.undo("A")
    assert path.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("line", [0, 1, 3, 500])
def test_a_picture_is_placed_nowhere_else(line: int, desk: Desk) -> None:
    seen = desk.sheet(ARTICLE).version[f"content/{ARTICLE}.md"]
    with pytest.raises(Fault):
        desk.act(act({"type": "place", "page": ARTICLE, "image": "plan", "line": line, "seen": seen}))


def test_seeds_are_kept_as_they_are_and_imported(site: Archive) -> None:
    text = b"The Ferry\n\nThe ferry sank on 4 June 1924, the River Board said. 3 people drowned.\n"
    told = take(site.root, [("..\\..\\the ferry?.txt", text), ("the ferry?.txt", text)], ())
    assert [path.name for path in sorted((site.root / "seeds").iterdir())] == ["the-ferry.txt"]
    assert (site.root / "seeds/the-ferry.txt").read_bytes() == text
    assert any("made content/articles/" in line for line in told)


def test_names_that_look_alike_are_told_and_others_are_not() -> None:
    names = {
        "kyiv": "Kyiv",
        "kyjiv": "Kyiv City",
        "ostheim": "Ostheim",
        "ostheym": "Ostheym",
        "mali": "Mali",
        "bali": "Bali",
        "zuerich": "Zürich",
        "zurich": "ZURICH",
    }
    cards = [EntryCard("places", stem, name, Gate(), names=(name,)) for stem, name in names.items()]
    assert list(alike(cards)) == [("places/ostheim", "places/ostheym"), ("places/zuerich", "places/zurich")]


def test_what_words_propose(archive: Make) -> None:
    site = archive(FILES)
    sheet = desk_of(site.root).sheet(ARTICLE)
    assert sheet.article is not None
    path = f"content/{ARTICLE}.md"
    found = words(path, (site.root / path).read_text(encoding="utf-8"), sheet.article, "en")

    def told(block: int, quote: str, nth: int = 0) -> Proposed:
        starts = [one.start() for one in re.finditer(re.escape(quote), found.blocks[block].text)]
        start = starts[nth]
        return proposed(
            found, block, start, start + len(quote), lang="en", base=datetime.date(2022, 5, 15), calendar=None,
            names=Names([Name("board", ("topics/board",))]).all, sources={"the board": "board"}, taken=["c-3-houses"],
        )  # fmt: skip

    saturday = told(1, "fell on Saturday")
    assert saturday.dates == ({"date": "2022-05-14", "quote": "Saturday", "rule": "weekday"},)
    assert saturday.speakers == ("board",)
    assert told(1, "27,4").anchor == {"quote": "27,400"}, "a number is selected whole"
    assert told(1, "27,400 crowns").figures == ({"value": "27400", "unit": "crowns"},)
    houses = told(2, "3 houses")
    assert houses.id == "c-3-houses-2"
    assert houses.anchor == {"quote": "3 houses", "prefix": "that"}
    assert told(2, "3 houses", 1).anchor == {"quote": "3 houses", "prefix": "and"}
    assert told(0, "Bridge").anchor == {"in": "title", "quote": "Bridge"}


# crowds


class Clerk:
    """Adds corrections to an article, each with a number of its own, until it has added so many; says what it has added."""

    def __init__(self, name: str, count: int, seed: int) -> None:
        self.name, self.count, self.chance = name, count, random.Random(seed)
        self.added: list[str] = []

    def mark(self, number: int) -> str:
        return f"{self.name}-{number}"


def at_a_desk(clerk: Clerk, root: Path) -> None:
    desk = desk_of(root)
    number = 0
    while number < clerk.count:
        mark = clerk.mark(number)
        try:
            if clerk.chance.random() < 0.3 and clerk.added:
                step = edit(desk, clerk.chance.randrange(2), gloss=None, todo=f"likely: {mark}")
            else:
                value = {"date": "2024-01-01", "reason": mark}
                step = {"type": "enter", "page": ARTICLE, "list": "corrections", "value": value}
            desk.act(act(step, by=clerk.name))
        except (Conflict, Overtaken):
            continue  # as an editor does: look again, and try again
        if step["type"] == "enter":
            clerk.added.append(mark)
        number += 1


def at_an_editor(clerk: Clerk, root: Path) -> None:
    """Another program: it saves whole files, by a new file that takes the place of the old one, if that is still what it read."""
    place = root / NOTES_PATH
    for number in range(clerk.count):
        while True:
            text = place.read_text(encoding="utf-8")
            mark = clerk.mark(number)
            try:
                written(root, [Change(NOTES_PATH, text, f"{text}# {mark}\n")])
            except Overtaken:
                continue
            clerk.added.append(mark)
            break
        time.sleep(clerk.chance.random() / 200)


@pytest.mark.parametrize("count", [12, pytest.param(250, marks=pytest.mark.soak)])
def test_two_desks_and_an_editor_lose_nothing(count: int, site: Archive) -> None:
    """Acts at random on one file at once: every one of them is there in the end, with every comment, and the file is one at any moment."""
    clerks = [Clerk("one", count, 1), Clerk("two", count, 2), Clerk("editor", count // 2, 3)]
    work = [at_a_desk, at_a_desk, at_an_editor]
    threads = [threading.Thread(target=one, args=(clerk, site.root)) for one, clerk in zip(work, clerks, strict=True)]
    for one in threads:
        one.start()
    looks = 0
    while any(one.is_alive() for one in threads):
        assert root_of(NOTES_PATH, notes(site)) is not None
        looks += 1
        time.sleep(0.005)
    text = notes(site)
    for clerk in clerks:
        for mark in clerk.added:
            assert text.count(f'"{mark}"' if clerk.name != "editor" else f"# {mark}\n") == 1, mark
    assert "# of the town" in text
    assert not list((site.root / "content/articles").glob(".*"))


KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, {repository!r})
from tests.test_desk import Clerk, at_a_desk
print("ready", flush=True)
at_a_desk(Clerk("killed", 100_000, int(sys.argv[2])), Path(sys.argv[1]))
"""


@pytest.mark.soak
@pytest.mark.parametrize("times", [1, pytest.param(40, marks=pytest.mark.soak)])
def test_whoever_is_killed_leaves_every_file_whole(times: int, site: Archive) -> None:
    chance = random.Random(7)
    for number in range(times):
        site.write(NOTES_PATH, NOTES)
        script = KILLED.format(repository=str(REPOSITORY))
        process = subprocess.Popen([sys.executable, "-c", script, str(site.root), str(number)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(chance.random() * 0.3)
        process.kill()
        process.wait()
        process.stdout.close()
        assert root_of(NOTES_PATH, notes(site)) is not None
        assert notes(site).startswith(NOTES[:40])
        assert not site.build().failed
        desk = desk_of(site.root)  # a journal that was cut short is read as far as it goes
        desk.act(act(edit(desk, 2, todo="likely: a figure")))
        desk.undo("A")
