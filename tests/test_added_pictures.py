"""Pictures that the archive adds to an article: seen as its own, and no word of them is taken for one of the article's."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sitegen.archive.verbatim import departure, page_text
from sitegen.content import article as article_room
from sitegen.model.article import Article
from sitegen.views.licences import licence_view
from tests.conftest import Archive, command, examples, files_of
from tests.pictures import SECRET, saved
from tests.test_linked import linked

Make = Callable[[str], Archive]
SEED = "The flood\n\nThe river rose at Marn.\n\n(The bridge)\n\nTen carts were lost.\n"
SHA = hashlib.sha256(SEED.encode()).hexdigest()
BRIDGE = '{id: bridge, caption: The bridge, printed: "(The bridge)", file: bridge.png, alt: A bridge, credit: A reader}'
PLAN = (
    '{id: plan, added: true, caption: "The *roads* to [[marn]], drawn after the flood", file: plan.png, alt: A plan,'
    " credit: A. Ude, licence: CC BY 4.0}"
)
CLIPPING = "{id: clipping, added: true, caption: The clipping, file: [one.png, two.png], alt: Two columns, licence: By kind permission}"
BODY = "The river rose at Marn.\n\n![](image:plan)\n\n![](image:bridge)\n\nTen carts were lost.\n"
FILES = ("bridge.png", "plan.png", "one.png", "two.png")
REST = """-- content/places/marn.md --
---
name: Marn
kind: village
location: {lat: 10.5, lon: -2.25}
---
"""


def written(images: str = f"[{BRIDGE}, {PLAN}, {CLIPPING}]", body: str = BODY, more: str = "", theme: str = "plain") -> str:
    """An archive with the article, its seed and its pictures."""
    return f"""-- sitegen.yaml --
title: Notices
base_url: https://x.org/repo/
theme: {theme}
-- seeds/flood.txt --
{SEED}-- content/articles/flood.md --
---
title: The flood
date: 1911-07-03
seed: {{path: seeds/flood.txt, sha256: {SHA}}}
images: {images}
{more}---
{body}{REST}"""


def made(archive: Make, text: str) -> Archive:
    site = archive(text)
    add_files(site)
    return site


def add_files(site: Archive) -> None:
    for number, name in enumerate(FILES, 1):
        site.write(f"content/images/{name}", saved(Image.new("RGB", (300 + number, 400)), "PNG", exif=_located()))


def _located() -> Image.Exif:
    out = Image.Exif()
    out[0x010F] = SECRET.decode()
    return out


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The archive, built once."""
    site = Archive(tmp_path_factory.mktemp("added"))
    for path, text in files_of(written()).items():
        site.write(path, text)
    add_files(site)
    assert told(site) == []
    return site


def told(site: Archive) -> list[tuple[str, int]]:
    return [(one.code, one.line) for one in site.build().problems]


def article_of(images: str, body: str) -> Article:
    parsed = article_room.parse("content/articles/flood.md", f"---\ntitle: The flood\nimages: {images}\n---\n{body}".encode())
    assert isinstance(parsed.value, Article)
    return parsed.value


# the page


@pytest.mark.parametrize("theme", ["default", "plain", pytest.param("telegram", marks=pytest.mark.soak)])
def test_a_page_says_whose_the_pictures_are(archive: Make, theme: str) -> None:
    site = made(archive, written(theme=theme))
    assert told(site) == []
    page = site.html("articles/flood/")
    placed, after = (re.search(rf'<figure class="added" id="image-{id}">.*?</figure>', page, re.S) for id in ("plan", "clipping"))
    assert placed
    assert after
    assert (
        page.index("rose at") < placed.start() < page.index('id="image-bridge"') < page.index("Ten carts", placed.start()) < after.start()
    )
    assert "Added by the archive" in placed[0]
    assert re.search(r'The <em>roads</em> to <a href="/repo/places/marn/">Marn</a>, drawn after the flood', placed[0])
    assert re.search(r'Credit: A\. Ude\. Rights: <a href="https://creativecommons\.org/licenses/by/4\.0/">CC BY 4\.0</a>\.', placed[0])
    assert '<img src="/repo/images/plan.png" width="302" height="400" alt="A plan"' in placed[0]
    assert 'href="/repo/images/plan.png"' in placed[0]
    heading = page.rindex("Pictures added by the archive", 0, after.start())
    assert "<h2" in page[heading - 40 : heading]
    assert "Credit: unknown. Rights: By kind permission." in after[0]
    assert re.findall(r'href="([^"]+)"', after[0]) == ["/repo/images/one.png", "/repo/images/two.png"]
    assert re.findall(r"Page \d of \d", after[0]) == ["Page 1 of 2", "Page 2 of 2"]
    assert "Word for word as in" in page
    own = re.search(r'<figure id="image-bridge">.*?</figure>', page, re.S)
    assert own
    assert "Added" not in own[0]


def test_nothing_is_added_where_no_words_are_shown(archive: Make) -> None:
    site = made(archive, written(more="display: excerpts\n"))
    assert told(site) == []
    assert "image-plan" not in site.html("articles/flood/")
    assert not (site.output / "images").exists()


def test_the_files_are_made_ready_as_all_pictures_are(built: Archive) -> None:
    published = {path.name: path.read_bytes() for path in (built.output / "images").iterdir()}
    assert published.keys() == set(FILES)
    assert not [name for name, data in published.items() if SECRET in data]


# what else is made of it


def test_machines_are_told_that_the_pictures_are_no_part_of_the_article(built: Archive, archive: Make) -> None:
    data = json.loads(built.html("articles/flood/index.json"))["page"]
    assert [block["kind"] for block in data["blocks"]] == ["paragraph", "added", "image", "paragraph"]
    assert [block["image"] is not None for block in data["blocks"]] == [False, False, True, False]
    assert data["blocks"][1]["added"]["licence"]["text"] == "CC BY 4.0"
    assert [one["id"] for one in data["added"]] == ["image-clipping"]
    assert len(data["added"][0]["leaves"]) == 2
    site = made(archive, written(theme="default"))
    site.build()
    read = linked(site, "articles/flood/")
    assert read
    article, plan, *clipping = read["@graph"]
    assert article["@type"] == "NewsArticle"
    assert [one["contentUrl"] for one in article["image"]] == ["https://x.org/repo/images/bridge.png"]
    page = {"@type": "WebPage", "url": "https://x.org/repo/articles/flood/"}
    assert plan == {
        "@type": "ImageObject",
        "contentUrl": "https://x.org/repo/images/plan.png",
        "caption": "The roads to Marn, drawn after the flood",
        "creditText": "A. Ude",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isPartOf": page,
    }
    assert [(one["contentUrl"][-7:], one["position"]) for one in clipping] == [("one.png", 1), ("two.png", 2)]
    assert clipping[0]["license"] == {"@type": "CreativeWork", "name": "By kind permission"}


def test_neither_feed_nor_search_nor_shared_address_takes_them_for_the_article(archive: Make) -> None:
    site = made(
        archive, written(images=f"[{PLAN}, {CLIPPING}, {{id: bridge, caption: The bridge, printed: (The bridge)}}]", theme="default")
    )
    assert told(site) == []
    feed = site.html("feed.xml")
    assert "river rose" in feed
    assert "drawn after" not in feed
    assert "og:image" not in site.html("articles/flood/"), "the article has no picture of its own"
    found = [path.read_text(encoding="utf-8") for path in (site.output / "search").rglob("*.json")]
    assert [text for text in found if '"cart"' in text]
    assert not [text for text in found if re.search(r'drawn|"clip', text)]
    assert "drawn after" not in site.html("places/marn/")


# the proof


def test_a_caption_of_the_seed_that_is_called_added_is_missed(archive: Make) -> None:
    hidden = "{id: bridge, added: true, caption: The bridge, file: bridge.png, alt: A bridge}"
    site = made(archive, written(images=f"[{hidden}, {PLAN}, {CLIPPING}]"))
    assert told(site) == [("departs-from-seed", 13)]


def test_a_caption_of_the_archive_that_is_not_called_added_is_one_too_many(archive: Make) -> None:
    plan = PLAN.replace("added: true, ", "")
    site = made(archive, written(images=f"[{BRIDGE}, {plan}, {CLIPPING}]"))
    assert [code for code, _ in told(site)] == ["departs-from-seed"]


IDS = ("a", "b", "c", "d")


@examples(16)
@given(
    st.lists(st.sampled_from([None, *IDS]), max_size=6, unique_by=lambda one: one or object()),
    st.frozensets(st.sampled_from(IDS)),
    st.lists(st.text("xyz .,“”", min_size=1).filter(lambda text: any(char.isalnum() for char in text)), min_size=4, max_size=4),
)
def test_the_text_of_a_page_is_the_same_without_what_is_added(order: list[str | None], own: frozenset[str], captions: list[str]) -> None:
    """Whatever is added, wherever: the proof sees the article that is left when it is taken out."""

    def page(ids: list[str | None], kept: frozenset[str]) -> Article:
        images = [
            {"id": id, "caption": caption, **({} if id in own else {"added": "true", "file": f"{id}.png"})}
            for id, caption in zip(IDS, captions, strict=True)
            if id in kept
        ]
        parts = [f"![](image:{id})" if id else f"Words {number}." for number, id in enumerate(ids) if id is None or id in kept]
        return article_of(json.dumps(images, ensure_ascii=False), "\n\n".join(parts) + "\n")

    whole = page(order, frozenset(IDS))
    numbered = [(f"Words {number}.") for number, id in enumerate(order) if id is None]
    texts = [text for text, _ in page_text(whole)]
    expected = ["The flood"]
    for id in order:
        if id is None:
            expected.append(numbered.pop(0))
        elif id in own:
            expected.append(" ".join(captions[IDS.index(id)].split()))
    assert texts == expected
    assert [block.kind for block in whole.blocks].count("caption") == len([id for id in order if id in own])
    assert departure(whole, "\n".join(expected)) is None
    assert {one.id for one in whole.added} == set(IDS) - own


# what editors are told


@pytest.mark.parametrize("where", ["plan", "clipping"])
def test_no_quote_stands_in_a_caption_of_the_archive(archive: Make, where: str) -> None:
    note = f'annotations: [{{in: {where}, quote: "The", kind: context, note: "A note"}}]\n'
    report = made(archive, written(more=note)).build()
    (problem,) = report.problems
    assert (problem.code, problem.line) == ("unknown-image", 6)
    assert f"`in` names a picture that the archive added, '{where}'" in problem.message
    quoted = made(archive, written(more='annotations: [{quote: "drawn after", kind: context, note: "A note"}]\n')).build()
    assert [(one.code, "add `in" in one.hint) for one in quoted.problems] == [("quote-not-found", False)]


@pytest.mark.parametrize(
    ("image", "code"),
    [
        ("{id: a, added: true, caption: A}", "missing-file"),
        ("{id: a, added: true, caption: A, file: null}", "missing-file"),
        ("{id: a, added: true, caption: A, file: plan.png, alt: B, printed: (A)}", "whose-image"),
        ("{id: a, caption: A, file: [one.png, two.png], alt: B}", "whose-image"),
        ("{id: a, caption: A, file: one.PDF, alt: B}", "whose-image"),
        ("{id: a, added: true, caption: 'A <b>', file: plan.png, alt: B}", "raw-html"),
        ("{id: a, added: true, caption: A, file: plan.png}", "no-alt"),
    ],
)
def test_what_does_not_fit_is_told(image: str, code: str) -> None:
    data = f"---\ntitle: T\nimages:\n- {image}\n---\n![](image:a)\n".encode()
    assert [(one.code, one.line) for one in article_room.parse("content/articles/t.md", data).problems] == [(code, 4)]


def test_what_a_caption_names_and_each_file_must_be_there(archive: Make) -> None:
    image = "{id: a, added: true, caption: 'A [[nowhere]], a [link](/nowhere/)', file: [one.png, three.png], alt: B}"
    site = made(archive, written(images=f"[{BRIDGE}, {image}]", body=BODY.replace("image:plan", "image:a")))
    assert sorted(told(site)) == [("broken-link", 5), ("missing-image", 5), ("unknown-id", 5)]


def test_a_link_may_lead_to_a_picture_that_the_archive_added(archive: Make) -> None:
    page = "-- content/pages/about.md --\n---\ntitle: About\n---\nSee [the clipping](/articles/flood/#image-clipping), or [it](/articles/flood/#image-x).\n"
    assert [one.message for one in made(archive, written() + page).build().problems] == [
        "the page has no anchor for '/articles/flood/#image-x'"
    ]


def test_a_page_that_a_caption_names_can_be_renamed(archive: Make) -> None:
    site = made(archive, written())
    assert command(site, "rename", "places/marn", "marnau").exit_code == 0
    assert "to [[marnau]], drawn" in (site.root / "content/articles/flood.md").read_text(encoding="utf-8")
    assert told(site) == []


def test_an_edited_caption_is_seen_and_touches_no_other_page(archive: Make) -> None:
    site = made(archive, written())
    site.build()
    before = site.bytes_of_output()
    for path, text in ((p, p.read_text(encoding="utf-8")) for p in (site.root / "content/articles").iterdir()):
        path.write_text(text.replace("The clipping", "A clipping"), encoding="utf-8")
    site.build()
    after = site.bytes_of_output()
    assert {path for path in after if after[path] != before[path]} == {"articles/flood/index.html", "articles/flood/index.json"}


@pytest.mark.parametrize(
    ("written", "text", "href"),
    [
        ("cc by-nc-nd 2.0", "CC BY-NC-ND 2.0", "https://creativecommons.org/licenses/by-nc-nd/2.0/"),
        ("http://creativecommons.org/licenses/by/3.0", "CC BY 3.0", "https://creativecommons.org/licenses/by/3.0/"),
        ("CC0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("http://rightsstatements.org/page/InC/1.0/", "In Copyright", "http://rightsstatements.org/vocab/InC/1.0/"),
        ("No Known Copyright", "No Known Copyright", "http://rightsstatements.org/vocab/NKC/1.0/"),
        ("javascript:alert(1)", "javascript:alert(1)", ""),
        ("CC BY 4.0 or so", "CC BY 4.0 or so", ""),
    ],
)
def test_terms_lead_to_their_text_where_they_are_known(written: str, text: str, href: str) -> None:
    found = licence_view(written)
    assert (found.text, found.href) == (text, href)
