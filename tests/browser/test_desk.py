"""The desk as an editor uses it, in Chromium: by keyboard alone and by touch; what the files then say is what a person would have written."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Locator, Page, expect

from sitegen.cli import main
from sitegen.editor import Change, diff
from sitegen.urls import slug
from tests.browser.test_accessibility import AXE, UNFOLD, Scheme
from tests.browser.test_accessibility import found as violations_of
from tests.conftest import IS_SOAK, REPOSITORY, Archive, files_of
from tests.serving import Server, serving
from tests.test_desk import ARTICLE, FILES, NOTES, NOTES_PATH

RENEW = bool(os.environ.get("SITEGEN_RENEW"))
GOLDEN = REPOSITORY / "tests/golden"
CONFIG = """title: Test archive
base_url: https://x.org/
theme: default
calendars:
  ukraine-2022: {epoch: 2022-02-24, first_day: 0, label: "Day {n}"}
"""
WAITING = 'todo: "likely: it is cited"\nreview: {state: imported}\n'
SEED = """The Dam at Hallen

HALLEN, 4 June 1924 - The river stood at 310 centimetres in Hallen on Tuesday, the River Board said. The board said that 27 houses were flooded.

A bridge fell near Ostheim. Nobody was hurt.
"""


WRITTEN = {"sitegen.yaml": CONFIG, **files_of(FILES.replace(WAITING, ""))}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, Server]]:
    """One server for all tests of this file, each of which begins with the same archive."""
    site = Archive(tmp_path_factory.mktemp("desk") / "archive")
    for path, text in WRITTEN.items():
        site.write(path, text)
    with serving(site.root, "--desk") as running:
        yield site, running


@pytest.fixture
def site(served: tuple[Archive, Server]) -> Archive:
    site, server = served
    changed = {path: text for path, text in WRITTEN.items() if (site.root / path).read_text(encoding="utf-8") != text}
    for path, text in changed.items():
        site.write(path, text)
    if changed:
        server.wait(lambda: is_calm(server), "it goes on reading")
    return site


def is_calm(server: Server) -> bool:
    """Whether the archive was read, and nothing more is."""
    number = server.state()["number"]
    time.sleep(0.4)
    return bool(server.state()["number"] == number)


@pytest.fixture
def server(served: tuple[Archive, Server], site: Archive) -> Server:
    assert site
    return served[1]


def entrance(server: Server) -> str:
    """The address that the server printed for the desk."""
    return next(found[1] for line in server.said if (found := re.match(r"The desk: (\S+)", line)))


def entered(browser: Browser, server: Server) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(entrance(server))
    expect(page.get_by_role("heading", name="The desk")).to_be_visible()
    assert "token" not in page.url
    return page


@pytest.fixture
def page(chromium: Browser, server: Server) -> Iterator[Page]:
    page = entered(chromium, server)
    yield page
    page.context.close()


def desk(page: Page) -> Locator:
    return page.locator("sitegen-desk")


def opened(page: Page, server: Server, address: str) -> Locator:
    page.goto(server.url + address)
    found = desk(page)
    expect(found.locator(".progress, .kind").first).to_be_visible()
    return found


def notes(site: Archive) -> str:
    return (site.root / NOTES_PATH).read_text(encoding="utf-8")


def test_proposals_are_judged_by_single_keys(page: Page, server: Server, site: Archive) -> None:
    found = opened(page, server, f"{ARTICLE}/")
    expect(found.locator(".progress")).to_contain_text("2 to judge")
    expect(found.locator(".card")).to_contain_text("A bridge fell on Saturday")
    expect(found.locator(".card")).to_contain_text("sure")
    page.keyboard.press("j")
    expect(found.locator(".card")).to_contain_text("It cost 27,400 crowns")
    page.keyboard.press("k")
    page.keyboard.type("yn")  # typed faster than files are written
    expect(found.locator(".progress")).to_contain_text("Nothing is left to judge")
    assert notes(site) == NOTES.replace(', todo: "sure: credited by “said”"', "").replace(
        '  - {id: c-cost, quote: "It cost 27,400 crowns", source: article, todo: "likely: a figure"} # of the town', "  # of the town"
    )
    page.keyboard.type("uu")
    expect(found.locator(".progress")).to_contain_text("2 to judge")
    assert notes(site) == NOTES


def test_what_is_undecided_of_the_article_itself_is_told(page: Page, server: Server, site: Archive) -> None:
    path = next(name for name in WRITTEN if name.startswith("content/articles/") and name.endswith(".md"))
    site.write(path, WRITTEN[path].replace("---\n", '---\ntodo: "likely: the title was chosen; “The bridge” may be it"\n', 1))
    server.wait(lambda: is_calm(server), "it goes on reading")
    found = opened(page, server, f"{ARTICLE}/")
    expect(found.locator(".progress + .why")).to_have_text("likely the title was chosen; “The bridge” may be it")


def test_all_like_this_are_kept_at_once(page: Page, server: Server, site: Archive) -> None:
    site.write(NOTES_PATH, NOTES.replace("likely: a figure", "sure: a figure"))
    found = opened(page, server, f"{ARTICLE}/")
    expect(found.locator(".actions")).to_contain_text("All 2 like this")
    page.keyboard.type("ay")
    expect(found.locator(".progress")).to_contain_text("Nothing is left to judge")
    assert "todo" not in notes(site)


def test_the_borders_of_the_words_are_changed_by_arrows(page: Page, server: Server, site: Archive) -> None:
    found = opened(page, server, f"{ARTICLE}/")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(found.locator(".draft q")).to_have_text("A bridge fell")
    page.keyboard.press("Enter")
    expect(found.locator(".draft")).to_have_count(0)
    assert '{id: c-fell, quote: "A bridge fell", source: board' in notes(site)


@pytest.mark.soak
def test_the_borders_of_the_words_are_dragged(page: Page, server: Server, site: Archive) -> None:
    found = opened(page, server, f"{ARTICLE}/")
    handle = found.locator(".handle.end")
    box = handle.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 9, box["y"] + 9)
    page.mouse.down()
    page.mouse.move(box["x"] - 60, box["y"] + 4, steps=5)
    page.mouse.up()
    expect(found.locator(".draft")).to_be_visible()
    found.get_by_role("button", name="Take these").click()
    expect(found.locator(".draft")).to_have_count(0)
    quote = re.search(r'id: c-fell, quote: "([^"]*)"', notes(site))
    assert quote is not None
    assert "A bridge fell on Saturday".startswith(quote[1])
    assert len(quote[1]) < 25


def test_what_would_be_wrong_is_told_in_the_form_and_nothing_is_written(page: Page, server: Server, site: Archive) -> None:
    found = opened(page, server, f"{ARTICLE}/")
    page.keyboard.press("f")
    found.locator('[data-key="figures"]').get_by_role("button", name="Add").click()
    found.locator('[data-key="value"] input').fill("28")
    page.keyboard.press("Control+Enter")
    expect(found.get_by_role("alert").first).to_contain_text("28 cannot be read in")
    assert notes(site) == NOTES
    page.keyboard.press("Escape")
    expect(found.locator(".status")).to_contain_text("Escape once more")
    page.keyboard.press("Escape")
    expect(found.locator(".form")).to_have_count(0)


@pytest.mark.soak
def test_that_a_number_is_no_figure_is_said_by_a_tick(page: Page, server: Server, site: Archive) -> None:
    found = opened(page, server, f"{ARTICLE}/")
    page.keyboard.press("f")
    none = found.locator('[data-key="figures"]').get_by_role("checkbox")
    none.check()
    page.keyboard.press("Control+Enter")
    expect(found.locator(".form")).to_have_count(0)
    assert "figures: []" in notes(site)
    page.keyboard.press("f")
    expect(none).to_be_checked()
    none.uncheck()
    page.keyboard.press("Control+Enter")
    expect(found.locator(".form")).to_have_count(0)
    assert "figures" not in notes(site)


def test_a_file_that_changed_meanwhile_is_not_overwritten(page: Page, server: Server, site: Archive) -> None:
    found = opened(page, server, f"{ARTICLE}/")
    page.keyboard.press("s")
    expect(found.locator('[data-key="source"] input').first).to_be_focused()
    mine = NOTES.replace("source: board, todo", "source: unnamed, todo")
    site.write(NOTES_PATH, mine)
    found.locator('[data-key="source"] input').first.fill("article")
    expect(found.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")  # the list of what it may be
    page.keyboard.press("Control+Enter")
    expect(found.get_by_role("alert").first).to_contain_text("was changed meanwhile")
    expect(found.get_by_role("alert").first).to_contain_text("source: unnamed")
    assert notes(site) == mine
    found.get_by_role("button", name="Take what the file says").click()
    expect(found.locator(".card")).to_contain_text("unnamed")


def test_a_page_of_the_site_is_without_desk_for_others(server: Server, chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(server.url + f"{ARTICLE}/")
    expect(page.locator("sitegen-live .bar")).to_contain_text("read in", timeout=10_000)
    assert page.locator("sitegen-desk").count() == 0
    answer = page.goto(server.url + "_desk/")
    assert answer is not None
    assert answer.status == 403
    context.close()


@pytest.mark.parametrize(
    ("width", "scheme"),
    [(360, "dark"), *(pytest.param(width, scheme, marks=pytest.mark.soak) for width in (768, 1280) for scheme in ("light", "dark"))],
)
def test_axe_finds_nothing_at_the_desk(width: int, scheme: Scheme, chromium: Browser, server: Server) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.add_init_script(AXE)
    page.goto(entrance(server))
    expect(page.get_by_role("heading", name="The desk")).to_be_visible()
    page.evaluate(UNFOLD)
    assert violations_of(page) == []
    found = opened(page, server, f"{ARTICLE}/")
    if IS_SOAK:
        assert violations_of(page, "sitegen-desk") == []
    page.keyboard.press("?")
    page.keyboard.press("m")
    page.keyboard.press("Enter")
    if IS_SOAK:
        assert violations_of(page, "sitegen-desk") == []
    page.keyboard.press("1")
    expect(found.locator(".form")).to_be_visible()
    assert violations_of(page, "sitegen-desk") == []
    if IS_SOAK:
        found = opened(page, server, "places/hallen/")
        page.keyboard.press("e")
        expect(found.locator(".map svg")).to_be_visible()
        assert violations_of(page, "sitegen-desk") == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def begun(root: Path) -> Archive:
    """An archive from nothing."""
    assert CliRunner().invoke(main, ["init", str(root)]).exit_code == 0
    site = Archive(root)
    site.write("sitegen.yaml", CONFIG)
    return site


def content(site: Archive) -> dict[str, str]:
    """Every file of the content."""
    files = (path for path in sorted(site.root.rglob("content/**/*")) if path.is_file())
    return {path.relative_to(site.root).as_posix(): path.read_text(encoding="utf-8") for path in files}


def changed(before: dict[str, str], after: dict[str, str]) -> str:
    """What a person reads of it in Git, without the places of lines."""
    paths = sorted({*before, *after})
    lines = diff(Change(path, before.get(path), after.get(path)) for path in paths if before.get(path) != after.get(path))
    return "\n".join(line for line in lines if not line.startswith(("@@", "--- ", " ")))


class Session(NamedTuple):
    """What an editor does with a seed: the words that become a claim (from a word on, so many more), and its page; those of a note; and the
    place that gets a point."""

    seed: str
    title: str
    claim: str
    more: int
    quote: str
    page: str
    note: str
    place: str
    golden: str


DAM = Session(SEED, "The Dam at Hallen", "310", 1, "310 centimetres", "Height of the river", "Nobody", "hallen", "desk-session.diff")
KHARKIV = Session(
    (REPOSITORY / "seeds/000_ccd5037595051223.txt").read_text(encoding="utf-8"),
    "Russia Loses Second Huge Battle in Ukraine After Battle of Kiev",
    "one-third",
    2,
    "one-third of Kharkiv’s",
    "Ethnic Russians of Kharkiv",
    "miserable,",
    "motyzhin",
    "desk-session-kharkiv.diff",
)
"""The seed of this repository's own article."""
SESSIONS = [pytest.param(one, id=name, marks=pytest.mark.soak) for one, name in ((DAM, "fiction"), (KHARKIV, "kharkiv"))]
"""Fifteen seconds each; what each of their keys does, the tests below show."""


@pytest.mark.parametrize("session", SESSIONS)
def test_from_a_seed_to_a_published_page_by_keyboard_alone(session: Session, chromium: Browser, tmp_path: Path) -> None:
    """Import, review, a claim with a figure, a note with evidence, a point on the map, checked; and back to the first byte."""
    site = begun(tmp_path / "archive")
    with serving(site.root, "--desk") as server:
        page = entered(chromium, server)
        keys = page.keyboard
        page.get_by_label("Your name").focus()
        keys.type("A. Editor")
        page.get_by_text("Paste a text").focus()
        keys.press("Enter")
        keys.press("Tab")
        keys.type("a-seed.txt")
        keys.press("Tab")
        keys.insert_text(session.seed)
        keys.press("Tab")
        keys.press("Enter")
        link = page.get_by_role("link", name=session.title, exact=True)
        expect(link).to_be_visible(timeout=15_000)
        first = content(site)
        link.focus()
        keys.press("Enter")
        found = desk(page)
        expect(found.locator(".progress")).to_contain_text("to judge")
        for _ in range(100):
            left = found.locator(".progress b").inner_text()
            if "Nothing" in left:
                break
            keys.press("y")
            expect(found.locator(".progress b")).not_to_have_text(left)
        judged = content(site)
        assert "todo:" not in "".join(judged.values())
        # a claim with a figure, on words that are selected by keyboard, with its page made on the way
        words_to(page, session.claim)
        for _ in range(session.more):
            keys.press("Shift+ArrowRight")
        keys.press("Enter")
        expect(found.get_by_role("menu")).to_be_visible()
        keys.press("1")
        expect(found.locator(".form q")).to_have_text(session.quote)
        found.locator('.form [data-key="claim"] input').focus()
        keys.type(session.page)
        expect(found.get_by_role("option", name=f"New: {session.page}")).to_be_visible()
        keys.press("ArrowUp")
        keys.press("Enter")
        expect(found.locator(".new select").first).to_be_focused()
        keys.type("quantity")
        keys.press("Control+Enter")
        expect(found.locator(".status")).to_contain_text("added a claim")
        # a note with evidence
        words_to(page, session.note)
        keys.press("Shift+ArrowDown")
        keys.press("Enter")
        keys.press("2")
        expect(found.locator('.form [data-key="note"] textarea')).to_be_focused()
        keys.type("A made-up book says otherwise.")
        found.locator('.form [data-key="evidence"] .add').first.focus()
        keys.press("Enter")
        expect(found.locator('.form [data-key="title"] input')).to_be_focused()
        keys.type("A made-up book (fiction)")
        keys.press("Control+Enter")
        expect(found.locator(".status")).to_contain_text("added a note")
        # a point on the map
        article = page.url
        opened(page, server, f"places/{session.place}/")
        keys.press("e")
        expect(found.locator(".map svg")).to_be_visible()
        found.locator(".map .sheet").focus()
        keys.press("+")
        keys.press("ArrowRight")
        keys.press("Enter")
        expect(found.locator('.form [data-key="lat"] input')).not_to_have_value("")
        keys.press("Control+Enter")
        expect(found.locator(".status")).to_contain_text(f"changed places/{session.place}")
        page.goto(article)
        expect(found.locator(".progress")).to_contain_text("Nothing is left to judge")
        keys.press("c")
        expect(found.locator(".progress")).to_contain_text("checked")
        is_golden(session, judged, site)
        assert not site.build().failed
        assert session.page in site.html(f"claims/{slug(session.page)}")
        assert "A made-up book (fiction)" in site.html(page.url.removeprefix(server.url).strip("/"))
        undone(page, lambda: keys.press("u"))
        assert content(site) == first
        page.context.close()


def is_golden(session: Session, before: dict[str, str], site: Archive) -> None:
    """What was written since is what a person would have written, but for the day and the very point."""
    told = changed(before, content(site))
    assert "lat: " in told
    told = re.sub(r"location: .*", "location: …", re.sub(r"date: 20\d\d-\d\d-\d\d$", "date: TODAY", told, flags=re.M))
    if RENEW:
        (GOLDEN / session.golden).write_text(told + "\n", encoding="utf-8")
    assert told == (GOLDEN / session.golden).read_text(encoding="utf-8").rstrip("\n")


def undone(page: Page, undo: Callable[[], None]) -> None:
    """Takes back all that can be."""
    status = desk(page).locator(".status p")
    for _ in range(200):
        before = status.inner_text()
        undo()
        expect(status).not_to_have_text(before)
        if "nothing to be undone" in status.inner_text():
            return
    raise AssertionError("there is no end of it")


CARET = "[...(CSS.highlights.get('desk-caret') ?? [])].map(String).join()"


def words_to(page: Page, word: str) -> None:
    """Goes by arrows to a word of the article, from its title on."""
    page.keyboard.press("m")
    for key in ("ArrowUp", "ArrowRight"):
        for _ in range(600):
            at = page.evaluate(CARET)
            if key == "ArrowRight" and at == word:
                return
            page.keyboard.press(key)
            if page.evaluate(CARET) == at and key == "ArrowRight":
                page.keyboard.press("ArrowDown")
            elif page.evaluate(CARET) == at:
                break
    raise AssertionError(f"there is no {word!r}")


@pytest.mark.soak
def test_from_a_seed_to_a_published_page_by_touch(chromium: Browser, tmp_path: Path) -> None:
    """The same on a telephone: every act is a tap, and words are selected as a finger does."""
    session = KHARKIV._replace(golden="desk-session-touch.diff")
    site = begun(tmp_path / "archive")
    with serving(site.root, "--desk") as server:
        context = chromium.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
        page = context.new_page()
        page.goto(entrance(server))
        page.get_by_label("Your name").fill("A. Editor")
        seed = tmp_path / "a-seed.txt"
        seed.write_text(session.seed, encoding="utf-8")
        page.get_by_label("Files", exact=True).set_input_files(seed)
        page.get_by_role("button", name="Take these").tap()
        link = page.get_by_role("link", name=session.title, exact=True)
        expect(link).to_be_visible(timeout=15_000)
        first = content(site)
        link.tap()
        found = desk(page)
        expect(found.locator(".progress")).to_contain_text("to judge")
        for _ in range(100):
            left = found.locator(".progress b").inner_text()
            if "Nothing" in left:
                break
            found.locator(".actions").get_by_role("button", name="Keep").tap()
            expect(found.locator(".progress b")).not_to_have_text(left)
        judged = content(site)
        selected(page, session.quote)
        found.get_by_role("menuitem", name="Claim").tap()
        found.locator('.form [data-key="claim"] input').fill(session.page)
        found.get_by_role("option", name=f"New: {session.page}").tap()
        found.locator(".new select").first.select_option("quantity")
        found.get_by_role("button", name="Save").tap()
        expect(found.locator(".status")).to_contain_text("added a claim")
        expect(page.locator("[id^=c-one-third]").first).to_be_attached()  # the page was made anew, with its words
        selected(page, "anti-human reality")
        found.get_by_role("menuitem", name="Note").tap()
        found.locator('.form [data-key="note"] textarea').fill("A made-up book says otherwise.")
        found.locator('.form [data-key="evidence"] .add').first.tap()
        found.locator('.form [data-key="title"] input').fill("A made-up book (fiction)")
        found.get_by_role("button", name="Save").tap()
        expect(found.locator(".status")).to_contain_text("added a note")
        article = page.url
        opened(page, server, f"places/{session.place}/")
        found.get_by_role("button", name="Change").tap()
        expect(found.locator(".map svg")).to_be_visible()
        found.locator(".map .sheet").tap()
        expect(found.locator('.form [data-key="lat"] input')).not_to_have_value("")
        found.get_by_role("button", name="Save").tap()
        expect(found.locator(".status")).to_contain_text(f"changed places/{session.place}")
        page.goto(article)
        found.get_by_role("button", name="All is checked").tap()
        expect(found.locator(".progress")).to_contain_text("checked")
        is_golden(session, judged, site)
        assert not site.build().failed
        undone(page, lambda: found.get_by_role("button", name="Undo").tap())
        assert content(site) == first
        context.close()


def selected(page: Page, words: str) -> None:
    """Selects words of the article, as a finger leaves them."""
    page.evaluate(
        """(words) => {
      const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
      const nodes = [];
      let text = "";
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.parentElement.closest("aside, nav, .side, script, template")) continue;
        nodes.push([text.length, node]);
        text += node.data;
      }
      const at = text.indexOf(words);
      const place = (offset) => {
        const [start, node] = nodes.findLast(([begin]) => begin <= offset);
        return [node, offset - start];
      };
      const [first, last] = [place(at), place(at + words.length - 1)];
      first[0].parentElement.scrollIntoView({ block: "start" });
      getSelection().setBaseAndExtent(first[0], first[1], last[0], last[1] + 1);
    }""",
        words,
    )


def test_by_touch(chromium: Browser, server: Server, site: Archive) -> None:
    """On a telephone: judged by taps, and a note on words that a finger has selected."""
    context = chromium.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(entrance(server))
    found = opened(page, server, f"{ARTICLE}/")
    found.get_by_role("button", name="Keep").tap()
    expect(found.locator(".progress")).to_contain_text("1 to judge")
    page.evaluate("""() => {
      const words = [...document.querySelectorAll("main p")].find((one) => one.textContent.includes("are lost"));
      const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
      let node;
      while ((node = walker.nextNode()) && !node.data.includes("are lost"));
      const at = node.data.indexOf("are lost");
      getSelection().setBaseAndExtent(node, at, node, at + 8);
    }""")
    found.get_by_role("menuitem", name="Note").tap()
    expect(found.locator(".form q")).to_have_text("are lost")
    found.locator('[data-key="note"] textarea').fill("Whose they were is not told.")
    found.get_by_role("button", name="Save").tap()
    expect(found.locator(".status")).to_contain_text("added a note")
    assert 'quote: "are lost"' in notes(site)
    context.close()
