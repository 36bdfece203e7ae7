"""The reading page of the default theme: what is lit, copied, opened and switched."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from sitegen.content import article
from sitegen.model.article import Article
from tests.browser.conftest import Served
from tests.conftest import REPOSITORY

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("served", ["default"], indirect=True)]

STEM = "2022-05-15-russia-loses-second-huge-battle"
NARROW, WIDE = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


def read() -> Article:
    folder = REPOSITORY / "content/articles"
    notes = folder / f"{STEM}.notes.yaml"
    parsed = article.parse(f"content/articles/{STEM}.md", (folder / f"{STEM}.md").read_bytes(), "notes", notes.read_bytes())
    assert isinstance(parsed.value, Article)
    return parsed.value


@pytest.fixture
def narrow(chromium: Browser, served: Served) -> Iterator[Page]:
    yield from opened(chromium, served, NARROW)


@pytest.fixture
def wide(chromium: Browser, served: Served) -> Iterator[Page]:
    yield from opened(chromium, served, WIDE)


def opened(chromium: Browser, served: Served, size: dict[str, int]) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": size["width"], "height": size["height"]})
    page.goto(f"{served.url}articles/{STEM}/")
    yield page
    page.close()


def test_a_link_lights_exactly_its_words(wide: Page) -> None:
    value = read()
    blocks = value.blocks
    assert len(value.anchors) >= 100
    lit = wide.evaluate(
        """ids => ids.map(id => {
            location.hash = id;
            return [...document.querySelectorAll('mark')]
                .filter(one => getComputedStyle(one).outlineStyle !== 'none').map(one => one.textContent) })""",
        [anchor.id for anchor in value.anchors],
    )
    for anchor, words in zip(value.anchors, lit, strict=True):
        assert words == [blocks[anchor.block].text[anchor.start : anchor.end]], anchor.id


def test_what_is_copied_is_the_text_word_for_word(narrow: Page) -> None:
    paragraphs = [element.blocks[0].text for element in read().elements if element.kind == "paragraph"]
    copied = narrow.evaluate(
        """() => [...document.querySelectorAll('.block > p')].map(one => {
            getSelection().selectAllChildren(one); return getSelection().toString() })"""
    )
    assert copied == paragraphs


def test_a_note_opens_as_a_sheet_by_click_and_key_and_the_text_stays(narrow: Page) -> None:
    note = narrow.locator("#note_4")
    before = narrow.locator(".block").nth(2).bounding_box()
    assert not note.is_visible()
    narrow.locator("a.k[href='#note_4']").click()
    assert note.is_visible()
    assert "By whom?" in note.inner_text()
    assert narrow.locator(".block").nth(2).bounding_box() == before
    narrow.keyboard.press("Escape")
    assert not note.is_visible()
    narrow.locator("a.k[href='#note_4']").focus()
    narrow.keyboard.press("Enter")
    assert note.is_visible()


def test_without_scripts_a_note_is_a_sheet_at_its_address(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.url}articles/{STEM}/")
    note = page.locator("#note_4")
    assert not note.is_visible()
    page.locator("a.k[href='#note_4']").click()
    assert note.is_visible()
    note.locator("a.to").click()
    assert not note.is_visible()
    context.close()


def test_no_line_ends_between_a_numeral_and_its_word(narrow: Page) -> None:
    """A browser may break behind any button; at each of these widths some were parted."""
    for width in range(320, 900, 60):
        narrow.set_viewport_size({"width": width, "height": 900})
        parted = narrow.evaluate(
            """() => {
                const first = (node) => node.nodeType === 3 ? node : first([...node.childNodes].find(one => one.textContent));
                return [...document.querySelectorAll('.flow .k')].filter(numeral => {
                    const word = new Range();
                    const text = first(numeral.nextElementSibling);
                    word.setStart(text, 0);
                    word.setEnd(text, 1);
                    const [a, b] = [numeral.getBoundingClientRect(), word.getBoundingClientRect()];
                    return a.bottom <= b.top || a.top >= b.bottom;
                }).map(numeral => numeral.dataset.n) }"""
        )
        assert parted == [], width
    assert narrow.locator(".flow .k").count() == 43


def test_underlined_words_tell_who_says_them_when_they_are_touched(narrow: Page) -> None:
    card = narrow.locator("aside.popup")

    def touch(id: str) -> None:
        words = narrow.locator(f"mark#{id}")
        words.scroll_into_view_if_needed()
        box = words.evaluate("one => [...one.getClientRects()].at(-1).toJSON()")
        narrow.mouse.click(box["x"] + 20, box["y"] + box["height"] / 2)

    touch("c-27400")
    assert card.is_visible()
    told = card.inner_text()
    for words in ("Ministry of Defence of Ukraine\n", "more than 27,400 troops killed", "the speaker asserts it", "as of 15 May 2022"):
        assert words in told, told
    assert card.locator("a[href$='/claims/russian-troops-killed/']").count() == 1
    narrow.keyboard.press("Escape")
    assert not card.is_visible()
    touch("c-lost-kharkiv")  # in the article's own voice, and not marked
    assert not card.is_visible()
    touch("s-ua-update")  # in which the text names a source
    assert card.inner_text().startswith("Ministry of Defence of Ukraine\n")
    assert "15 May 2022" in card.inner_text()
    narrow.keyboard.press("Escape")
    touch("c-tanks")
    card.get_by_role("link", name="Who says what").click()
    assert narrow.locator("#_voice-2 li").first.is_visible(), "the list unfolds where it is led to"
    assert not card.is_visible()


def test_a_note_stands_in_the_margin_of_a_wide_screen_and_unfolds_over_it(wide: Page) -> None:
    note = wide.locator("#note_5")
    assert note.is_visible()
    text = wide.locator("mark.note").nth(4).bounding_box()
    below = "() => document.querySelector('#note_6').offsetTop - document.querySelector('.block').offsetTop"
    side, place = note.bounding_box(), wide.evaluate(below)
    assert text is not None
    assert side is not None
    assert side["x"] > text["x"]
    evidence = note.locator(".evidence a").first
    folded = wide.evaluate("() => document.querySelector('#note_5 .in').getBoundingClientRect().height")
    note.hover()
    assert wide.evaluate("() => document.querySelector('#note_5 .in').getBoundingClientRect().height") > folded
    assert evidence.is_visible()
    assert abs(wide.evaluate(below) - place) <= 1, "nothing moves"


def test_layers_are_switched_without_script(wide: Page) -> None:
    def line(selector: str) -> str:
        found: str = wide.evaluate("s => getComputedStyle(document.querySelector(s)).textDecorationLine", selector)
        return found

    assert (line("mark.said"), line("mark.own")) == ("underline", "none")
    wide.locator("label.l-own").click()
    wide.locator("label.l-said").click()
    assert (line("mark.said"), line("mark.own")) == ("none", "underline")
    assert wide.locator("a.k").first.is_visible()
    wide.locator("label.l-notes").click()
    assert not wide.locator("a.k").first.is_visible()


def test_the_text_begins_in_the_upper_half_of_a_phone(narrow: Page) -> None:
    top = narrow.locator(".block").first.bounding_box()
    assert top is not None
    assert top["y"] < NARROW["height"] / 2


def test_the_apparatus_is_not_longer_than_half_as_much_again_as_the_text(narrow: Page, wide: Page) -> None:
    height = "s => document.querySelector(s).getBoundingClientRect().height"
    for page in (narrow, wide):
        assert page.evaluate(height, ".apparatus") <= 1.5 * page.evaluate(height, ".flow")


def test_nothing_is_lit_where_nobody_was_sent(wide: Page) -> None:
    lit = """() => {
      const target = document.createElement("i");
      target.style.background = "var(--target)";
      document.body.append(target);
      const yellow = getComputedStyle(target).backgroundColor;
      target.remove();
      return [...document.querySelectorAll("mark")].filter((one) => getComputedStyle(one).backgroundColor === yellow).length;
    }"""
    assert wide.evaluate("location.hash") == ""
    assert wide.evaluate(lit) == 0


def test_the_page_has_few_elements(wide: Page) -> None:
    assert wide.evaluate("document.querySelectorAll('*').length") <= 1200


SELECT = """([id, start, end]) => {
  const block = document.getElementById(id);
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let at = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const stop = at + node.length;
    if (start >= at && start < stop) range.setStart(node, start - at);
    if (end > at && end <= stop) { range.setEnd(node, end - at); break; }
    at = stop;
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return getSelection().toString();
}"""


def test_selected_words_are_copied_with_an_address_that_leads_to_them(wide: Page) -> None:
    wide.context.grant_permissions(["clipboard-read", "clipboard-write"])
    id = wide.evaluate("[...document.querySelectorAll('.block[id] > p')].find(one => one.textContent.length > 200).parentElement.id")
    before = wide.evaluate("document.querySelector('.flow').textContent")
    words = wide.evaluate(SELECT, [id, 5, 120]).strip()
    wide.get_by_role("button", name="Copy with their address").click()
    wide.get_by_text("Copied", exact=True).wait_for()
    copied = wide.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"“{words}” Russia Loses Second Huge Battle")
    address = copied.rpartition(" ")[2]
    assert f"#{id}:~:text=" in address or "#c-" in address
    wide.get_by_role("button", name="BibTeX").click()
    wide.wait_for_function("navigator.clipboard.readText().then(text => text.startsWith('@misc'))")
    entry = wide.evaluate("navigator.clipboard.readText()")
    assert f"  url = {{{address}}}," in entry
    assert words[:40] in entry
    wide.get_by_role("button", name="CSL-JSON").click()
    wide.wait_for_function("navigator.clipboard.readText().then(text => text.startsWith('['))")
    (item,) = json.loads(wide.evaluate("navigator.clipboard.readText()"))
    assert (item["URL"], item["note"]) == (address, f"“{words}”")
    wide.keyboard.press("Escape")
    assert wide.evaluate("document.querySelector('.flow').textContent") == before


def test_what_is_marked_stays_so_in_the_next_article(wide: Page) -> None:
    wide.get_by_label("own voice").check()
    wide.get_by_label("credited").uncheck()
    wide.reload()
    assert wide.get_by_label("own voice").is_checked()
    assert not wide.get_by_label("credited").is_checked()
    assert wide.get_by_label("notes").is_checked()
