"""The law of rebuilds: after any history the output is, byte for byte, that of a clean build.

Random histories over whole archives: edits, renames, deletions, reverts, theme and configuration changes, damage to the
output and to the store, the clock, builds that are killed, two builds at once. `tests/mutants.py` proves that the test can fail.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from sitegen.archive import boxes, timeline
from sitegen.build import Report, build
from sitegen.model.problem import Fault
from sitegen.survey import planning
from tests.conftest import Archive, asked

PLACES = ["Kyiv", "Kyiv Oblast", "Odesa", "Donets", "Town One", "Town Two"]
STEMS = st.sampled_from(["a", "b", "c", "d"])
SENTENCES = st.lists(
    st.sampled_from(
        ["Kyiv held.", "In Kyiv Oblast they lost 12 tanks.", "Odesa’s port.", "The Ministry said 7 ships sank.", "Town One and Town Two.", "*Nothing* here.", "## Later"]
    ),
    min_size=1,
    max_size=5,
)  # fmt: skip
FRONTS = st.sampled_from(
    [
        "", "draft: true\n", "publish_from: 2022-06-01\n", "expires: 2022-06-01\n", "display: excerpts\n", "display: metadata\n", "review: {state: imported}\n",
        "withdrawn: {date: 2022-01-01, reason: r}\n", "redirect_from: [old/one]\n", "calendar: war\n",
    ]
)  # fmt: skip
CLAIMS = st.sampled_from(
    [
        "",
        'claims: [{quote: "12 tanks", source: mod, claim: tanks}]\n',
        'claims: [{quote: "12 tanks", source: mod, claim: tanks, figures: []}]\n',
        'claims: [{quote: "7 ships", source: article, claim: tanks, as_of: {date: 2022-05-14}}]\n',
        'claims: [{quote: "7 ships", source: mod, when: {date: 2022-05}}]\n',
        'claims: [{quote: "12 tanks", source: mod, when: {date: 2021-05-02}}]\n',
    ]
)
CONFIGS = [
    "title: T\nbase_url: https://x.org/\ntheme: plain\ncalendars: {war: {epoch: 2022-02-24}}\n",
    "title: Other\nbase_url: https://x.org/repo/\ntheme: plain\ncalendars: {war: {epoch: 2022-02-24, first_day: 1}}\n",
    "title: T\nbase_url: https://x.org/\ntheme: mine\npublish: {unchecked: all}\ncalendars: {war: {epoch: 2022-02-24}}\noutputs: {feeds: false, json: false, maps: false}\n",
    "title: T\nbase_url: https://x.org/\ntheme: default\noutputs: {cards: true}\ncalendars: {war: {epoch: 2022-02-24}}\n",
    "title: ☃\nbase_url: https://x.org/\ntheme: default\nmap: {borders: UA}\noutputs: {cards: true, sitemap: false}\ncalendars: {war: {epoch: 2022-02-24}}\n",
    "title: T\nbase_url: https://x.org/\nlang: uk\ntheme: plain\ncalendars: {war: {epoch: 2022-02-24}}\n",
]
TEMPLATES = {
    "themes/plain/templates/claim.html": "{% extends 'base.html' %}{% block main %}{{ page.title }}{% include 'extra.html' ignore missing %}{% endblock %}",
    "themes/plain/templates/extra.html": "{{ site.title }}",
    "themes/plain/templates/base.html": "<!doctype html><title>{{ page.frame.title }}</title>{% block robots %}{% endblock %}{% block main %}{% endblock %}",
    "themes/plain/assets/style.css": "body { margin: 0 }",
    "themes/mine/theme.yaml": "extends: plain\n",
    "themes/mine/templates/list.html": "{% extends 'base.html' %}{% block main %}{{ page.groups|length }}{% endblock %}",
}
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)
"""A grey pixel."""
SELDOM = st.sampled_from([False, False, False, True])
"""For what leaves the archive with an error: while it has one nothing is written, and little can be told."""
DAYS = ["2022-05-05", "2022-06-02"]


class Histories(RuleBasedStateMachine):
    """An archive that is changed step by step, and built after each."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="sitegen-law-"))
        self.site = Archive(self.folder / "site")
        # small boxes and little room, so that a few articles have several of the one and not enough of the other; and a timeline that
        # has pages below its first one
        self.sizes = boxes.BOX, planning.AT_ONCE, timeline.FEW, timeline.CROWD
        boxes.BOX, planning.AT_ONCE, timeline.FEW, timeline.CROWD = 2, 1500, 2, {"reported": 4, "happened": 2}
        self.saved: dict[str, bytes] = {}
        self.day = DAYS[0]
        self.options: dict[str, Any] = {}

    def teardown(self) -> None:
        boxes.BOX, planning.AT_ONCE, timeline.FEW, timeline.CROWD = self.sizes
        shutil.rmtree(self.folder, ignore_errors=True)

    @initialize()
    def begin(self) -> None:
        self.site.write("sitegen.yaml", CONFIGS[0])
        self.site.write("themes/mine/theme.yaml", TEMPLATES["themes/mine/theme.yaml"])
        self.site.write("content/sources/mod.md", "---\nname: The Ministry\nkind: government\n---\n")
        relations = "relations: [{type: total-of, claim: guns}, {type: total-of, claim: carts}]"
        self.site.write("content/claims/tanks.md", f"---\ntitle: Tanks\nkind: quantity\n{relations}\n---\n")
        for part in ("guns", "carts"):
            self.site.write(f"content/claims/{part}.md", f"---\ntitle: {part.capitalize()}\nkind: quantity\n---\n")
        # something that every later change of a name, a template or a setting has an effect on
        self.site.write(
            "content/articles/a.md",
            "---\ntitle: Kyiv and Odesa\ndate: 2022-05-11\ncalendar: war\n---\nKyiv held. In Kyiv Oblast, Town One and Town Two.\n",
        )
        self.site.write(
            "content/articles/b.md",
            "---\ntitle: B\ndate: 2022-05-12\nreview: {state: imported}\n"
            'claims: [{quote: "7 ships", source: mod, claim: tanks}]\n---\nThe Donets and Odesa’s port. The Ministry said 7 ships sank.\n',
        )
        self.site.write("content/articles/stray.txt", "What is said of this file must be said at every build.")
        self.site.write("content/places/odesa.md", "---\nname: Odesa\nkind: city\nlocation: {lat: 46.5, lon: 30.7}\n---\n")
        self.site.write("content/shapes/area.geojson", '{"type": "LineString", "coordinates": [[30, 46], [31, 47], [32, 50]]}')
        self.check()

    def sources(self) -> list[str]:
        return sorted(
            path.relative_to(self.site.root).as_posix()
            for top in ("content", "seeds", "themes")
            for path in (self.site.root / top).rglob("*")
            if path.is_file()
        )

    # what editors do

    @rule(stem=STEMS, front=FRONTS, claims=CLAIMS, body=SENTENCES)
    def write_article(self, stem: str, front: str, claims: str, body: list[str]) -> None:
        text = "\n\n".join(body)
        if claims and (claims[17:].split('"', maxsplit=1)[0] not in text or text.count(claims[17:].split('"', maxsplit=1)[0]) != 1):
            claims = ""
        self.site.write(
            f"content/articles/{stem}.md", f"---\ntitle: Article {stem}\ndate: 2022-05-1{ord(stem) % 10}\n{front}{claims}---\n{text}\n"
        )
        self.check()

    @rule(
        stem=STEMS,
        claim=st.sampled_from(["tanks", "guns", "carts"]),
        number=st.integers(2, 9),
        day=st.sampled_from(["2022-05-01", "2022-05-02"]),
        corrected=st.booleans(),
    )
    def state_a_figure(self, stem: str, claim: str, number: int, day: str, corrected: bool) -> None:
        """A figure of a total or of a part, which may be corrected on the page."""
        said = f'claims: [{{quote: "{number} {claim}", source: mod, claim: {claim}, as_of: {{date: {day}}}}}]\n'
        mended = f"corrections: [{{date: 2022-06-01, reason: Number {number}.}}]\n" if corrected else ""
        self.site.write(
            f"content/articles/{stem}.md", f"---\ntitle: Figures\ndate: {day}\n{said}{mended}---\nOn Sunday {number} {claim}.\n"
        )
        self.check()

    @rule(stem=STEMS, body=SENTENCES, changed=SELDOM)
    def write_seeded(self, stem: str, body: list[str], changed: bool) -> None:
        """An article with its proof; with `changed` the seed is no longer what was recorded, until another step mends it."""
        seed = f"Article {stem}\n" + "\n".join(body).replace("*", "").replace("## ", "")
        recorded = hashlib.sha256(seed.encode()).hexdigest()
        self.site.write(f"seeds/{stem}.txt", f"{seed} And more." if changed else seed)
        front = f"seed: {{path: seeds/{stem}.txt, sha256: {recorded}}}"
        text = "\n\n".join(body)
        self.site.write(f"content/articles/{stem}.md", f"---\ntitle: Article {stem}\n{front}\n---\n{text}\n")
        self.check()

    @rule(number=st.integers(0, 3))
    def change_a_seed(self, number: int) -> None:
        """A seed is no longer what was recorded, or is so again."""
        seeds = [path for path in self.sources() if path.startswith("seeds/")]
        if seeds:
            place = self.site.root / seeds[number % len(seeds)]
            text = place.read_bytes()
            place.write_bytes(text.removesuffix(b" And more.") if text.endswith(b" And more.") else text + b" And more.")
            self.check()

    @rule(count=st.sampled_from([0, 3, 49, 55]))
    def write_many(self, count: int) -> None:
        """So many small articles that lists have numbered pages, or none."""
        folder = self.site.root / "content/articles/many"
        shutil.rmtree(folder, ignore_errors=True)
        for number in range(count):
            self.site.write(
                f"content/articles/many/m-{number:02d}.md",
                f"---\ntitle: M {number}\ndate: {2020 + number % 3}-05-{number % 9 + 1:02d}\n---\nKyiv.\n",
            )
        self.check()

    @rule(stem=STEMS, missing=SELDOM)
    def write_pictured(self, stem: str, missing: bool) -> None:
        """An article with a picture, which may be missing."""
        if not missing:
            self.site.write("content/images/dot.png", PICTURE)
        front = f"title: Article {stem}\nimages: [{{id: dot, caption: A dot near Kyiv, file: dot.png}}]"
        self.site.write(f"content/articles/{stem}.md", f"---\n{front}\n---\n![](image:dot)\n\nOdesa’s port.\n")
        self.check()

    @rule(
        name=st.sampled_from(PLACES),
        other=st.sampled_from(["", "Odesa", "Two"]),
        draft=st.booleans(),
        body=st.sampled_from(["", "A place.", "See [[tanks]]."]),
        where=st.sampled_from(
            ["", *(f"location: {{lat: {lat}, lon: 31}}\n" for lat in (46, 47)), "location: {lat: 48, lon: 31}\nshape: area.geojson\n"]
        ),
    )
    def write_place(self, name: str, other: str, draft: bool, body: str, where: str) -> None:
        aliases = f"aliases: [{other}]\n" if other else ""
        stem = name.lower().replace(" ", "-")
        self.site.write(
            f"content/places/{stem}.md", f"---\nname: {name}\nkind: city\n{aliases}{where}{'draft: true' if draft else ''}\n---\n{body}\n"
        )
        self.check()

    @rule(number=st.integers(0, 40))
    def delete(self, number: int) -> None:
        paths = self.sources()
        if paths:
            path = paths[number % len(paths)]
            self.saved[path] = (self.site.root / path).read_bytes()
            (self.site.root / path).unlink()
            self.check()

    @precondition(lambda self: self.saved)
    @rule(number=st.integers(0, 40))
    def restore(self, number: int) -> None:
        path = sorted(self.saved)[number % len(self.saved)]
        self.site.write(path, self.saved.pop(path))
        self.check()

    @rule(old=STEMS, new=STEMS)
    def rename(self, old: str, new: str) -> None:
        source = self.site.root / f"content/articles/{old}.md"
        if source.exists():
            source.rename(source.with_name(f"{new}.md"))
            self.check()

    @rule(path=st.sampled_from(sorted(TEMPLATES)))
    def change_theme(self, path: str) -> None:
        if (self.site.root / path).exists():
            (self.site.root / path).unlink()
        else:
            self.site.write(path, TEMPLATES[path])
        self.check()

    @rule(config=st.sampled_from(CONFIGS))
    def configure(self, config: str) -> None:
        self.site.write("sitegen.yaml", config)
        self.check()

    @rule(day=st.sampled_from(DAYS), drafts=st.booleans(), jobs=st.sampled_from([1, 2]))
    def ask_otherwise(self, day: str, drafts: bool, jobs: int) -> None:
        self.day = day
        self.options = {"drafts": drafts, "jobs": jobs}
        self.check()

    # what goes wrong

    @rule(number=st.integers(0, 60), how=st.sampled_from(["damage", "delete", "folder", "add"]))
    def harm_the_output(self, number: int, how: str) -> None:
        paths = (
            sorted(path for path in self.site.output.rglob("*") if path.is_file() and path.name != ".sitegen-output")
            if self.site.output.exists()
            else []
        )
        if not paths:
            return
        path = paths[number % len(paths)]
        if how == "damage":
            path.write_bytes(path.read_bytes()[::-1])
        elif how == "delete":
            path.unlink()
        else:  # a person's file: nothing is done before it is gone
            theirs = path.with_name("left-over.html") if how == "add" else path / "inside"
            if how == "folder":
                path.unlink()
                path.mkdir()
            theirs.write_text("x")
            said = ""
            try:
                failed = self.built(self.site.root, self.site.output).failed  # an archive with errors publishes nothing
            except Fault as fault:
                failed, said = True, str(fault)
            assert failed
            assert not said or "has not written" in said
            assert theirs.read_text() == "x"
            theirs.unlink()
        self.check()

    @rule(how=st.sampled_from(["truncate", "delete", "garbage", "version", "rows", "pages", "values"]))
    def harm_the_store(self, how: str) -> None:
        store = self.site.root / ".sitegen/cache.db"
        if not store.exists():
            return
        if how == "truncate":
            store.write_bytes(store.read_bytes()[: store.stat().st_size // 2])
        elif how == "delete":
            shutil.rmtree(store.parent)
        elif how == "garbage":
            store.write_bytes(b"not a database" * 100)
        else:
            import sqlite3

            harm = {
                "version": "pragma user_version = 1",
                "rows": "delete from fact where rowid % 2",
                "pages": "update page set value = (select value from page order by key desc) where hex(key) < '8'",
                "values": "update fact set value = (select value from fact order by key) where rowid % 2",
            }
            with sqlite3.connect(store) as connection:
                connection.execute(harm[how])
            connection.close()
        self.check()

    @rule(after=st.floats(0, 0.12), body=SENTENCES)
    def kill(self, after: float, body: list[str]) -> None:
        """A build that is killed at some moment; the next one is right."""
        self.site.write("content/articles/a.md", "---\ntitle: A\ndate: 2022-05-11\n---\n" + "\n\n".join(body) + "\n")
        child = self.fork()
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        self.check()

    @rule(body=SENTENCES)
    def build_twice_at_once(self, body: list[str]) -> None:
        """Two builds of one archive, begun together: the second waits for the first."""
        self.site.write("content/articles/b.md", "---\ntitle: B\ndate: 2022-05-12\n---\n" + "\n\n".join(body) + "\n")
        child = self.fork()
        self.check()
        assert os.waitpid(child, 0)[1] == 0

    def fork(self) -> int:
        """Begins a build in a process of its own."""
        child = os.fork()
        if not child:
            try:
                self.built(self.site.root, self.site.output)
            except BaseException:  # noqa: BLE001 - nothing of the test may go on in the child
                os._exit(1)
            os._exit(0)
        return child

    # the law

    def built(self, root: Path, output: Path) -> Report:
        return build(root, output, asked(today=self.day, **self.options))

    def check(self) -> None:
        report = self.built(self.site.root, self.site.output)
        copy = self.folder / "copy"
        shutil.copytree(self.site.root, copy, ignore=shutil.ignore_patterns("public", ".sitegen"))
        clean = Archive(copy)
        expected = self.built(copy, clean.output)
        try:
            assert report.problems == expected.problems
            assert (report.held, report.hidden) == (expected.held, expected.hidden)
            if not report.failed:
                assert self.site.bytes_of_output() == clean.bytes_of_output()
        finally:
            shutil.rmtree(copy)


TestHistories = Histories.TestCase
if os.environ.get("SITEGEN_SOAK"):
    TestHistories.settings = settings(max_examples=2000, stateful_step_count=12, deadline=None)
elif os.environ.get("SITEGEN_MUTANT"):  # that it fails is enough: no shorter history is sought
    phases = (Phase.explicit, Phase.generate)
    TestHistories.settings = settings(max_examples=400, stateful_step_count=12, deadline=None, phases=phases, database=None)
else:
    TestHistories.settings = settings(max_examples=int(os.environ.get("SITEGEN_HISTORIES", "3")), stateful_step_count=10, deadline=None)
