"""Searching as readers do: by keyboard, on a telephone, under a path, without the network, without script."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from sitegen.build import build
from sitegen.finding.index import Shape
from sitegen.finding.terms import stem, words
from tests.browser.conftest import Served, serving
from tests.browser.test_accessibility import AXE, UNFOLD, Scheme
from tests.browser.test_accessibility import found as violations_of
from tests.conftest import CONFIG, IS_SOAK, REPOSITORY, Archive, asked, files_of

pytestmark = pytest.mark.browser
only_default = pytest.mark.parametrize("served", ["default"], indirect=True)
ARTICLE = "articles/2022-05-15-russia-loses-second-huge-battle/"
GERMAN = "Die Häuser an den Deichen standen unter Wasser; größere Schiffe gingen in den Städten vor Anker, sagte die Behörde. "
UKRAINIAN = "Міська рада підрахувала баржі біля міста; містами й селами пливли човни, мешканців вивезли. "
ODD = "Łódź’s L'Aquila п’ять 27,400 27 400 1,2345 12345,678 Straße ½ № 5 İstanbul ΣΊΣΥΦΟΣ O'Brien's “quoted” don't x_y 'tis"


@contextmanager
def searching(chromium: Browser, site: Served) -> Iterator[Page]:
    """The page of a site on which one searches."""
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(10_000)
    page.goto(f"{site.url}search/")
    yield page
    page.close()


@pytest.fixture
def page(chromium: Browser, served: Served) -> Iterator[Page]:
    with searching(chromium, served) as page:
        yield page


def ask(page: Page, question: str) -> list[str]:
    """What a question finds: the titles of the hits, in order."""
    page.get_by_role("searchbox").fill(question)
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^(Found|Nothing)"))
    return page.locator("[data-hits] h2").all_inner_texts()


def test_a_name_finds_whatever_it_is_called_by(page: Page) -> None:
    for name in ("Kyiv", "Kiev", "київ", "KYIV", "kyif", "qyiv"):
        assert ask(page, name)[0] == "Kyiv", name
    assert len(ask(page, "kiev")) == 5
    assert ask(page, "xyzzy") == []
    expect(page.get_by_role("status")).to_have_text("Nothing was found.")


@only_default
def test_a_number_is_found_however_it_is_written_and_leads_to_its_words(page: Page) -> None:
    for number in ("27,400", "27400", "27 400", "27.400"):
        (title,) = ask(page, number)
        assert title.startswith("Russia Loses")
    hit = page.locator(".hit li").first
    expect(hit).to_contain_text("credited to Ministry of Defence of Ukraine")
    assert hit.locator("mark").all_inner_texts() == ["27,400"]
    hit.locator("a").click()
    page.wait_for_url(re.compile(r"#c-"))
    assert "27,400" in page.locator(":target").first.inner_text()


@pytest.mark.soak
@only_default
def test_a_phrase_stands_word_for_word(page: Page) -> None:
    assert ask(page, '"second biggest battle"')[0].startswith("Russia Loses")
    assert ask(page, '"biggest second battle"') == []
    assert ask(page, "biggest second battle")[0].startswith("Russia Loses")
    hit = page.locator(".hit", has=page.locator("details"))
    expect(hit.locator("ul > li:visible")).to_have_count(3)
    hit.locator("summary").click()
    assert hit.locator("ul > li:visible").count() > 3


@only_default
def test_by_keyboard_alone(page: Page, served: Served) -> None:
    page.goto(f"{served.url}{ARTICLE}")
    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("kiev")
    expect(page.locator("[data-hits] h2").first).to_have_text("Kyiv")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-hits] a").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/places/kyiv/")


@only_default
def test_an_answer_is_narrowed_and_can_be_shared(page: Page, served: Served) -> None:
    ask(page, "kiev")
    page.locator("[data-facets] a", has_text="Places").click()
    expect(page.locator("[data-hits] h2")).to_have_text(["Kyiv", "Kyiv Oblast"])
    shared = page.url
    assert shared.endswith("/search/?q=kiev&kind=places")
    page.goto(f"{served.url}")
    page.goto(shared)
    expect(page.locator("[data-hits] h2")).to_have_text(["Kyiv", "Kyiv Oblast"])
    page.locator("[data-facets] a[aria-current]").click()
    expect(page.locator("[data-hits] h2")).to_have_count(5)
    page.go_back()
    expect(page.locator("[data-hits] h2")).to_have_count(2)
    page.goto(f"{served.url}search/?q=russian+troops")
    expect(page.locator("[data-facet=voice] li")).to_have_text([re.compile("Credited to somebody 1"), re.compile("The article itself 1")])
    page.goto(f"{served.url}search/?q=russian+troops&voice=credited")
    expect(page.locator(".hit li .quiet").first).to_contain_text("credited to")


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), pytest.param(1280, "light", marks=pytest.mark.soak)])
def test_axe_finds_nothing_in_an_answer(width: int, scheme: Scheme, chromium: Browser, served: Served) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.add_init_script(AXE)
    for question in ("russian+troops", "kyif", "") if IS_SOAK else ("russian+troops",):
        page.goto(f"{served.url}search/?q={question}")
        if question:
            expect(page.get_by_role("status")).to_have_text(re.compile("^Found"))
        page.evaluate(UNFOLD)
        assert violations_of(page) == []
    page.close()


@pytest.mark.soak
@only_default
def test_on_a_telephone(chromium: Browser, served: Served) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.goto(f"{served.url}search/?q=battle")
    expect(page.locator("[data-hits] h2").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("[data-hits] h2 a").first.tap()
    page.wait_for_url(re.compile(r"/(topics|claims|articles)/"))
    page.close()


def test_without_the_network_or_without_script_it_says_how_else_to_find(chromium: Browser, served: Served) -> None:
    page = chromium.new_page()
    page.route("**/search/*.json*", lambda route: route.abort())
    page.goto(f"{served.url}search/?q=kiev")
    expect(page.get_by_role("status")).to_contain_text("The index could not be fetched.")
    page.close()
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.url}search/?q=kiev")
    expect(page.get_by_text("Searching needs a script")).to_be_visible()
    expect(page.get_by_role("navigation", name="Lists").get_by_role("link", name="Places")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_count(0)
    context.close()


@only_default
def test_nothing_is_asked_of_anybody_else_and_little_of_the_host(chromium: Browser, served: Served) -> None:
    page = chromium.new_page()
    fetched: list[tuple[str, int]] = []

    def came(response: Response) -> None:
        fetched.append((response.url, len(response.body())))

    page.on("response", came)
    page.goto(f"{served.url}search/?q=27400")
    expect(page.locator("[data-hits] h2")).to_have_count(1)
    page.close()
    assert all(url.startswith(served.url) for url, _ in fetched)
    assert sum(size for _, size in fetched) < 300_000


@only_default
@pytest.mark.parametrize("lang", [*(pytest.param(one, marks=pytest.mark.soak) for one in ("en", "de")), "uk"])
def test_terms_are_told_apart_in_the_browser_as_in_the_build(lang: str, page: Page, served: Served) -> None:
    (article,) = (REPOSITORY / "content/articles").glob("*.md")
    text = {"en": article.read_text(encoding="utf-8"), "de": GERMAN, "uk": UKRAINIAN}[lang] + ODD
    (stemmer,) = served.folder.glob(f"assets/stem-{lang}.*.js")
    found = page.evaluate(
        """async ([text, stemmer]) => {
            const { tokens } = await import(document.querySelector("[data-finder]").dataset.finder);
            const { stem } = await import(stemmer);
            const words = tokens(text).map((one) => one.word);
            return [words, words.map((word) => (/^\\p{L}{4,}$/u.test(word) ? stem(word) : word))];
        }""",
        [text, f"{served.url}assets/{stemmer.name}"],
    )
    assert found[0] == list(words(text))
    assert found[1] == [stem(word, lang) for word in words(text)]


ARCHIVE = """-- content/places/harbourton.md --
---
name: Harbourton
kind: city
aliases: [Old Quay]
---
-- content/sources/board.md --
---
name: "A$$AP & $& Sons"
kind: government
---
-- content/claims/bridges.md --
---
title: Bridges blown up
kind: event
---
-- content/articles/one.md --
---
title: The first of these
date: 2022-05-15
sources: [{source: board}]
claims: [{quote: "bridges were blown up by night", source: board, claim: bridges}, {quote: "walruses ate the barley", claim: bridges}]
---
🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥 The weather was lovely in general. The bridges were blown up by night.

It was said that walruses ate the barley. A constructor of quays warned of a war near the warehouse in Harbourton.

@Ukraine_Weapons_Tracker counted 27,400 crates of softly\u00adspoken birds. The military came.
-- content/articles/two.md --
---
title: Another of a language of its own
date: 2022-05-16
lang: en-a
---
A wombat was seen in Harbourton, and a wombat it was. The bridges stood.
-- content/pages/notes/method.md --
---
title: How we work
---
Every figure is looked at twice.

## Zebras

Stripes are counted, and a zebra has many. Nobody counts those of Harbourton.
""" + "".join(
    f"-- content/articles/geese-{n:02}.md --\n---\ntitle: Geese {n}\ndate: 2022-06-{n:02}\n---\nGeese flew over the bay, number {n}.\n" for n in range(1, 26)
)  # fmt: skip


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An archive of this fiction."""
    site = Archive(tmp_path_factory.mktemp("own"))
    for path, text in {"sitegen.yaml": CONFIG, **files_of(ARCHIVE)}.items():
        site.write(path, text)
    with serving(site.root) as running:
        yield running


@pytest.fixture
def mine(chromium: Browser, own: Served) -> Iterator[Page]:
    with searching(chromium, own) as page:
        yield page


def sentences(page: Page) -> list[str]:
    return page.locator(".hit li").all_inner_texts()


def test_a_sentence_is_credited_to_who_says_it_whatever_signs_stand_before(mine: Page) -> None:
    ask(mine, "lovely")
    assert "credited" not in sentences(mine)[0]
    ask(mine, "night")
    assert sentences(mine) == ["The bridges were blown up by night. credited to A$$AP & $& Sons"]
    ask(mine, "walruses")
    assert sentences(mine) == ["It was said that walruses ate the barley."]  # nobody has judged yet who says so


@pytest.mark.soak
def test_any_word_can_be_asked_for(mine: Page) -> None:
    assert ask(mine, "constructor") == ["The first of these"]
    assert ask(mine, "wombat") == ["Another of a language of its own"]
    assert ask(mine, "hasOwnProperty __proto__") == []
    assert ask(mine, "@Ukraine_Weapons_Tracker") == ["The first of these"]
    assert ask(mine, '"weapons tracker" "27400 crates"') == ["The first of these"]
    assert ask(mine, "softlyspoken") == ["The first of these"]
    started = mine.evaluate("performance.now()")
    ask(mine, "bridges quays and what else was to be said of it " * 250)
    assert mine.evaluate("performance.now()") - started < 10_000  # it took minutes, and more memory than a tab has


def test_the_very_word_is_marked_and_what_it_begins_where_there_is_none(mine: Page) -> None:
    ask(mine, "war")
    assert mine.locator(".hit mark").all_inner_texts() == ["war"]
    ask(mine, "wareh")
    assert mine.locator(".hit mark").all_inner_texts() == ["warehouse"]
    ask(mine, "milatary")
    expect(mine.get_by_role("status")).to_contain_text("shown instead: military")


def test_a_free_page_is_found_and_leads_to_its_part(mine: Page, own: Served) -> None:
    assert ask(mine, "stripes") == ["How we work"]
    quote = mine.locator(".hit li a").first
    assert quote.inner_text().startswith("Stripes are counted")
    assert quote.get_attribute("href") == f"{urlsplit(own.url).path}notes/method/#zebras"
    quote.click()
    expect(mine.locator("h1")).to_have_text("How we work")
    mine.go_back()
    ask(mine, "harbourton")
    mine.locator('[data-facet="kind"] a', has_text="Pages").click()
    expect(mine.locator("[data-hits] h2")).to_have_text(["How we work"])


@pytest.mark.soak
def test_a_name_is_found_by_whatever_mistake_at_its_beginning(chromium: Browser, own: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are many files, a mistake there leads to another."""
    monkeypatch.setattr(Shape, "of", lambda *_: Shape(32, 3, 512, 2))
    folder = own.folder.parent / "many"
    with serving(own.folder.parent, folder) as running:
        page = chromium.new_page()
        page.goto(f"{running.url}search/")
        for wrong in (
            "ahrbourton",
            "hrabourton",
            "habrourton",
            "hxarbourton",
            "xharbourton",
            "arbourton",
            "hrbourton",
            "haxbourton",
            "qarbourton",
        ):
            assert ask(page, wrong)[0] == "Harbourton", wrong
            expect(page.get_by_role("status")).to_contain_text("shown instead: Harbourton")
        page.close()


@pytest.mark.soak
def test_the_newest_come_first_and_an_answer_goes_on_after_a_failure(mine: Page) -> None:
    mine.route("**/geese-25/words.json", lambda route: route.abort(), times=1)
    assert ask(mine, "geese")[:3] == ["geese 25", "Geese 24", "Geese 23"]
    mine.get_by_role("button", name="Search", exact=True).click()
    expect(mine.locator("[data-hits] h2").first).to_have_text("Geese 25")
    mine.route("**/search/documents-*", lambda route: route.abort())
    more = mine.get_by_role("button", name="Show more")
    for shown in (20, 25):
        more.click()
        expect(mine.locator("[data-hits] h2")).to_have_count(shown)
    expect(more).to_be_hidden()


@pytest.mark.soak
def test_what_was_not_fetched_is_fetched_when_it_is_asked_for_again(chromium: Browser, own: Served) -> None:
    page = chromium.new_page()
    page.route("**/search/manifest.json", lambda route: route.abort())
    page.goto(f"{own.url}search/?q=wombat")
    expect(page.get_by_role("status")).to_contain_text("could not be fetched")
    page.unroute("**/search/manifest.json")
    assert ask(page, "wombat") == ["Another of a language of its own"]
    page.close()


@pytest.mark.soak
def test_a_page_that_was_open_while_the_site_was_published_anew_asks_the_new_one(
    chromium: Browser, own: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As soon as it needs a file that it has not fetched."""
    monkeypatch.setattr(Shape, "of", lambda *_: Shape(32, 2, 64, 2))
    shutil.copytree(own.folder.parent / "content", tmp_path / "content")
    (tmp_path / "sitegen.yaml").write_text(CONFIG, encoding="utf-8")
    with serving(tmp_path) as running:
        page = chromium.new_page()
        page.goto(f"{running.url}search/")
        assert ask(page, "wombat") == ["Another of a language of its own"]
        changed = tmp_path / "content/articles/two.md"
        changed.write_text(changed.read_text(encoding="utf-8").replace("A wombat", "An okapi"), encoding="utf-8")
        for number in range(1, 20):
            (tmp_path / f"content/articles/geese-{number:02}.md").unlink()
        assert not build(tmp_path, running.folder, asked(base_url=running.url)).failed
        assert ask(page, "okapi") == ["Another of a language of its own"]
        assert len(ask(page, "geese")) == 6
        page.close()


@pytest.mark.soak
def test_the_way_back_leads_from_question_to_question(mine: Page) -> None:
    field = mine.get_by_role("searchbox")
    ask(mine, "wombat")
    field.press_sequentially("s and geese")
    expect(mine).to_have_url(re.compile("geese"))  # who waits is shown what was typed, which is no step of the way
    field.fill("geese")
    field.press("Enter")
    expect(mine.locator("[data-hits] h2")).to_have_count(10)
    field.focus()
    mine.go_back()
    expect(field).to_have_value("wombat")
    expect(mine.locator("[data-hits] h2")).to_have_count(1)


@pytest.mark.soak
def test_the_focus_stays_at_what_was_chosen_and_what_leads_nowhere_can_be_taken_back(mine: Page, own: Served) -> None:
    ask(mine, "harbourton")
    facet = mine.locator('[data-facet="kind"]')
    facet.locator("a", has_text="Articles").focus()
    mine.keyboard.press("Enter")
    expect(mine.locator("[data-hits] h2")).to_have_count(2)
    assert mine.evaluate("document.activeElement.textContent") == "Articles"
    for wrong in ("kind=foo", "year=abc", "place=__proto__", "voice=none"):
        mine.goto(f"{own.url}search/?q=wombat&{wrong}")
        expect(mine.get_by_role("status")).to_have_text("Nothing was found.")
        mine.locator('[data-facets] [aria-current="true"]').click()
        expect(mine.locator("[data-hits] h2")).to_have_count(1)


def test_two_questions_learn_at_once_that_the_site_was_published_anew(mine: Page, own: Served) -> None:
    """The second fails after the first has found it out, and is to begin anew all the same."""
    told = mine.evaluate(
        """async ([address, index]) => {
            const { Finder } = await import(address);
            let files = { one: "a" };
            const finder = new Finder(index, "/", (word) => [word], async (url) => {
                const isThere = url === index || url.includes(`one.${files.one}`);
                const held = structuredClone({ files });
                return { ok: isThere, status: isThere ? 200 : 404, json: async () => held };
            });
            const [first, second] = [await finder.manifest, await finder.manifest];
            files = { one: "b" };
            await finder.file("one").catch(() => null);
            const answers = [await finder.renewed(first), await finder.renewed(second), await finder.renewed(await finder.manifest)];
            return [...answers, (await finder.file("one")).files.one];
        }""",
        [mine.locator("[data-finder]").get_attribute("data-finder"), f"{own.url}search/manifest.json"],
    )
    assert told == [True, True, False, "b"]
