"""The offline edition: a zip that is read from its folder. Every link of every page leads to a file that is there, or to the web."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
from html5lib._tokenizer import HTMLTokenizer
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.build import build
from sitegen.exports.markup import tags
from sitegen.exports.offline import Site, led, page, policy, stylesheet
from sitegen.offline import edition
from tests import fiction
from tests.conftest import CONFIG, REPOSITORY, Archive, asked, command, examples

Make = Callable[[str], Archive]
SITE = Site(
    "https://x.org/repo/", frozenset(["index.html", "a/index.html", "a/b c.png", "s.css", "old.html"]), frozenset(["search/manifest.json"])
)
BODY = "<!doctype html>\n<p>{}</p>\n"


class Page(NamedTuple):
    """What a page of the edition names: addresses by the attribute in which they stand; and the ids that it has."""

    addresses: tuple[tuple[str, str], ...]
    ids: frozenset[str]


@cache
def read(path: Path) -> Page:
    document = html5lib.parse(path.read_bytes(), treebuilder="etree", namespaceHTMLElements=False)
    found: list[tuple[str, str]] = []
    ids = set()
    for element in document.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            plain = name.rpartition("}")[2]
            if plain == "id":
                ids.add(value)
            elif plain in ("href", "src", "poster", "action", "cite"):
                found.append((plain, value))
            elif plain in ("srcset", "imagesrcset"):
                found += [(plain, one.split()[0]) for one in value.split(",")]
            elif plain.startswith("data-") and value.startswith(("/", "../", "http")) and " " not in value:
                found.append((plain, value))
            elif plain == "content" and element.attrib.get("http-equiv", "").lower() == "refresh":
                found.append(("refresh", value.split("url=")[1]))
    return Page(tuple(found), frozenset(ids))


def lost(folder: Path) -> Iterator[str]:
    """The addresses in pages and stylesheets of an edition that lead nowhere: neither to a file of it nor to the web."""
    for path in sorted(folder.rglob("*.html")):
        for name, address in read(path).addresses:
            if wrong := _lost(path, address):
                yield f"{path.relative_to(folder)}: {name}={address}: {wrong}"
    for path in sorted(folder.rglob("*.css")):
        for address in re.findall(r"url\(['\"]?([^'\")]+)", path.read_text(encoding="utf-8")):
            if not address.startswith("data:") and (wrong := _lost(path, address)):
                yield f"{path.relative_to(folder)}: {address}: {wrong}"


def _lost(path: Path, address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme in ("http", "https", "mailto"):
        return ""
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return "it is neither a way nor an address on the web"
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if not target.is_file():
        return "there is no such file"
    if parts.fragment and target.suffix == ".html" and unquote(parts.fragment) not in read(target).ids:
        return "there is no such place in it"
    return ""


def unpacked(file: Path, into: Path) -> Path:
    with zipfile.ZipFile(file) as packed:
        assert packed.testzip() is None
        packed.extractall(into)
    (folder,) = into.iterdir()
    return folder


def made(root: Path, into: Path, base_url: str) -> Path:
    """The edition of an archive, unpacked."""
    options = asked(base_url=base_url)
    assert not build(root, into / "public", options).failed
    edition(root, into / "public", into / "edition.zip", options)
    return unpacked(into / "edition.zip", into / "unpacked")


# whole sites


@pytest.mark.parametrize(
    ("archive_of", "theme", "base_url"),
    [
        pytest.param(".", "default", "https://x.org/", marks=pytest.mark.soak),
        pytest.param("examples/flood", "default", "https://x.org/repo/", marks=pytest.mark.soak),
        pytest.param(".", "plain", "https://x.org/repo/", marks=pytest.mark.soak),
        pytest.param("examples/flood", "plain", "https://x.org/", marks=pytest.mark.soak),
    ],
)
def test_every_link_of_every_page_leads_somewhere(archive_of: str, theme: str, base_url: str, tmp_path: Path) -> None:
    root = tmp_path / "archive"
    shutil.copytree(REPOSITORY / archive_of / "content", root / "content")
    if (REPOSITORY / archive_of / "seeds").exists():
        shutil.copytree(REPOSITORY / archive_of / "seeds", root / "seeds")
    config = (REPOSITORY / archive_of / "sitegen.yaml").read_text(encoding="utf-8")
    (root / "sitegen.yaml").write_text(re.sub(r"^theme: .*\n", "", config, flags=re.M) + f"theme: {theme}\n", encoding="utf-8")
    folder = made(root, tmp_path, base_url) / "site"
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) > 40
    assert [*lost(folder)] == []
    links = [address for path in pages for name, address in read(path).addresses if name == "href"]
    assert sum(not address.startswith("http") for address in links) > 500
    assert sum("#" in address for address in links) > 100, "places in pages are led to as well"
    # what is on the web alone is led to there
    assert all(address.startswith(base_url) for path in pages for name, address in read(path).addresses if name == "data-index")


def test_every_link_of_a_small_archive_leads_somewhere(archive: Make, tmp_path: Path) -> None:
    folder = made(archive(fiction.SITE).root, tmp_path, "https://x.org/repo/") / "site"
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) > 20
    assert [*lost(folder)] == []
    links = [address for path in pages for name, address in read(path).addresses if name == "href"]
    assert sum(not address.startswith("http") for address in links) > 200
    assert sum("#" in address for address in links) > 20


@pytest.mark.soak
def test_as_many_links_lead_into_the_site_as_on_the_web(tmp_path: Path) -> None:
    """A page of the edition names what the page on the web names: none is lost on the way, and none more leads away."""
    root = tmp_path / "archive"
    shutil.copytree(REPOSITORY / "examples/flood", root, ignore=shutil.ignore_patterns("public", ".sitegen"))
    folder = made(root, tmp_path, "https://x.org/repo/") / "site"
    for path in folder.rglob("*.html"):
        here = [address for name, address in read(path).addresses if name == "href"]
        there = [address for name, address in read(tmp_path / "public" / path.relative_to(folder)).addresses if name == "href"]
        early = {
            address
            for address in there
            if re.search(r"(latin\.\w+\.woff2|finder\.\w+\.js|stem-..\.\w+\.js|manifest\.json|leaflet\.\w+\.css)$", address)
        }
        there = [address for address in there if address not in early]
        here = [address for address in here if not address.startswith("https://x.org/repo/search/") or "search/" not in str(path)]
        there = [address for address in there if not address.startswith("https://x.org/repo/search/") or "search/" not in str(path)]
        assert len(here) == len(there), path
        for one, other in zip(here, there, strict=True):
            assert one.startswith("http") == other.startswith("http"), (path, one, other)
            assert urlsplit(one).fragment == urlsplit(other).fragment


def test_what_is_in_the_zip(archive: Make, tmp_path: Path) -> None:
    site = archive("""-- content/articles/a.md --
---
title: A
date: 2022-05-15
redirect_from: [articles/old, old.html]
---
Rain fell on Mira.
-- content/places/mira.md --
---
name: Mira
kind: town
location: {lat: 1, lon: 2}
---
-- static/files/a report.html --
<a href="/">home</a> <a href='../articles/a/'>a</a> <a href=/robots.txt>r</a> <img src="/files/no.png">
-- static/README.txt --
Its own.
-- static/CNAME --
x.org
""")
    done = command(site, "build", "--offline-edition", str(tmp_path / "out/the flood.zip"))
    assert done.exit_code == 0, done.output
    assert "offline edition:" in done.stdout
    folder = unpacked(tmp_path / "out/the flood.zip", tmp_path / "unpacked")
    assert folder.name == "the flood"
    assert {path.name for path in folder.iterdir()} == {"README.txt", "site"}
    assert (folder / "site/README.txt").read_text() == "Its own.\n"
    there = {path.relative_to(folder / "site").as_posix() for path in (folder / "site").rglob("*") if path.is_file()}
    assert {
        "index.html",
        "articles/a/index.html",
        "articles/old/index.html",
        "old.html",
        "CNAME",
        "feed.xml",
        "map/places.geojson",
    } <= there
    assert {path for path in there if re.search(r"popup|words\.json|^_|robots|sitemap|404|search/.*json|sitegen", path)} == set()
    assert [*lost(folder / "site")] == []
    old = (folder / "site/articles/old/index.html").read_text(encoding="utf-8")
    assert 'content="0; url=../a/index.html"' in old
    assert 'href="https://x.org/articles/a/"' in old, "what a page is called on the web it says here too"
    own = (folder / "site/files/a report.html").read_text()
    assert own == (
        '<a href="../index.html">home</a> <a href="../articles/a/index.html">a</a> '
        '<a href="https://x.org/robots.txt">r</a> <img src="https://x.org/files/no.png">\n'
    )
    told = (folder / "README.txt").read_text(encoding="utf-8")
    assert "Test archive" in told
    assert "https://x.org/" in told
    assert "index.html" in told


def test_what_is_said_to_readers_is_in_the_language_of_the_site(archive: Make, tmp_path: Path) -> None:
    site = archive("-- content/articles/a.md --\n---\ntitle: A\n---\nRain.\n")
    site.write("sitegen.yaml", CONFIG + "lang: de\n")
    command(site, "build", "--offline-edition", str(tmp_path / "a.zip"))
    folder = unpacked(tmp_path / "a.zip", tmp_path / "unpacked")
    search = (folder / "site/search/index.html").read_text(encoding="utf-8")
    assert "Suchen lässt sich nur im Netz" in search
    assert "Kopie" in (folder / "README.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_the_page_of_the_search_says_where_it_works(archive: Make, tmp_path: Path, theme: str) -> None:
    site = archive("-- content/articles/a.md --\n---\ntitle: A\n---\nRain.\n")
    site.write("sitegen.yaml", CONFIG.replace("plain", theme))
    command(site, "build", "--offline-edition", str(tmp_path / "a.zip"))
    on_the_web = site.html("search/")
    offline = (unpacked(tmp_path / "a.zip", tmp_path / "unpacked") / "site/search/index.html").read_text(encoding="utf-8")
    assert "<p data-offline hidden>Searching works on the web only" in on_the_web
    assert "<p data-offline>Searching works on the web only" in offline
    assert '<a href="https://x.org/search/">' in offline
    assert "which your browser does not run here" not in offline
    assert "<script src" not in offline


def test_the_same_site_makes_the_same_bytes(archive: Make, tmp_path: Path) -> None:
    site = archive("-- content/articles/a.md --\n---\ntitle: A\n---\nRain.\n")
    for folder in ("one", "two"):
        done = command(site, "build", "--output", str(tmp_path / folder / "public"), "--offline-edition", str(tmp_path / folder / "a.zip"))
        assert done.exit_code == 0
    assert (tmp_path / "one/a.zip").read_bytes() == (tmp_path / "two/a.zip").read_bytes()


def test_a_build_that_fails_makes_none(archive: Make, tmp_path: Path) -> None:
    site = archive("-- content/articles/a.md --\n---\ntitel: A\n---\nRain.\n")
    (tmp_path / "a.zip").write_bytes(b"earlier")
    assert command(site, "build", "--offline-edition", str(tmp_path / "a.zip")).exit_code == 1
    assert (tmp_path / "a.zip").read_bytes() == b"earlier"


@pytest.mark.parametrize(("place", "code"), [("a.tar", 2), ("archive/static/a.zip", 4), ("archive/public/a.zip", 4)])
def test_where_it_cannot_stand(archive: Make, tmp_path: Path, place: str, code: int) -> None:
    site = archive("")
    done = command(site, "build", "--offline-edition", str(tmp_path / place))
    assert done.exit_code == code
    assert not (tmp_path / place).exists()


def test_what_others_put_into_the_output_is_not_in_it(archive: Make, tmp_path: Path) -> None:
    site = archive("")
    site.write("sitegen.yaml", CONFIG + "keep: [mine]\n")
    site.write(
        "public/.sitegen-output",
        "This folder is written by sitegen. The files below are its own: a build replaces and removes these, and no others.\n",
    )
    site.write("public/mine/secret.html", "secret")
    done = command(site, "build", "--offline-edition", str(tmp_path / "a.zip"))
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert not [name for name in packed.namelist() if "secret" in name]


def test_json_tells_of_it(archive: Make, tmp_path: Path) -> None:
    done = command(archive(""), "build", "--json", "--offline-edition", str(tmp_path / "a.zip"))
    told = json.loads(done.stdout)["offline_edition"]
    assert told["bytes"] == (tmp_path / "a.zip").stat().st_size
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert told["files"] == len(packed.namelist()) - 1
        assert told["pages"] == sum(name.endswith(".html") for name in packed.namelist())


# one page


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<a href="/repo/">', '<a href="index.html">'),
        ('<a href="/repo">', '<a href="index.html">'),
        ("<a href=/repo/a/#c-1>", '<a href="a/index.html#c-1">'),
        ("<a href='/repo/a'>", '<a href="a/index.html">'),
        ('<A HREF="/repo/a/?x=1&amp;y=2#z">', '<A href="a/index.html?x=1&amp;y=2#z">'),
        ('<a href="#c-1">', '<a href="#c-1">'),
        ('<a href="/repo/#c-1">', '<a href="#c-1">'),
        ('<a href="?q=1">', '<a href="?q=1">'),
        ('<a href="a/">', '<a href="a/index.html">'),
        ('<a href="/repo/none/">', '<a href="https://x.org/repo/none/">'),
        ('<a href="/elsewhere">', '<a href="https://x.org/elsewhere">'),
        ('<a href="//y.org/a">', '<a href="https://y.org/a">'),
        ('<a href="https://x.org/repo/a/">', '<a href="https://x.org/repo/a/">'),
        ('<a href="mailto:a@b.org" title="/repo/a/">', '<a href="mailto:a@b.org" title="/repo/a/">'),
        ('<a href="">', '<a href="">'),
        ('<img src="/repo/a/b%20c.png" alt="">', '<img src="a/b%20c.png" alt="">'),
        ('<img srcset="/repo/a/b%20c.png 1x, /repo/no.png 2x">', '<img srcset="a/b%20c.png 1x, https://x.org/repo/no.png 2x">'),
        ('<meta http-equiv=refresh content="0; url=/repo/a/">', '<meta http-equiv=refresh content="0; url=a/index.html">'),
        ('<meta name="description" content="0; url=/repo/a/">', '<meta name="description" content="0; url=/repo/a/">'),
        ('<p data-home="/repo/" data-w="/repo/ and on" data-x="/repo/no" data-y="/repo/search/manifest.json">',
         '<p data-home="index.html" data-w="/repo/ and on" data-x="/repo/no" data-y="https://x.org/repo/search/manifest.json">'),
        ('<script src="/repo/s.css" crossorigin integrity="sha256-x"></script>', '<script src="s.css"></script>'),
        ('<script src="https://y.org/a.js" crossorigin></script>', '<script src="https://y.org/a.js" crossorigin></script>'),
        ('<script>"<a href=/repo/>"</script><!-- <a href="/repo/"> -->', '<script>"<a href=/repo/>"</script><!-- <a href="/repo/"> -->'),
        ("<style>p { background: url(/repo/s.css) }</style>", '<style>p { background: url("s.css") }</style>'),
        ('<i style="background: url(\'/repo/s.css\')">', '<i style="background: url(&#34;s.css&#34;)">'),
        ('<link rel=preload href="/repo/s.css">x', "x"),
        ('<script type="module" src="/repo/s.css">1 < 2</script>x', "x"),
        ("<div data-web><div>a</div><br></div>x", "x"),
        ('<p data-offline hidden class="a">', '<p data-offline class="a">'),
        ('<p title="a > b" hidden>', '<p title="a > b" hidden>'),
        ("<a b='\"' href = '/repo/'>", "<a b='\"' href=\"index.html\">"),
        ('<svg><a xlink:href="/repo/a/"/></svg>', '<svg><a xlink:href="a/index.html"/></svg>'),
        ('<a href="/repo/a/" href="/repo/">', '<a href="a/index.html" href="/repo/">'),
        ('<a href="/repo/a/', '<a href="/repo/a/'),
        ("a < b </> <3 <a", "a < b </> <3 <a"),
    ],
)  # fmt: skip
def test_what_changes_in_a_page(before: str, after: str) -> None:
    assert page(BODY.format(before).encode(), "index.html", SITE).decode() == BODY.format(after)


def test_a_line_that_is_left_out_leaves_no_empty_one() -> None:
    before = '<head>\n<link rel="preload" href="/repo/s.css">\n<script data-web src="x"></script>\n<title>/repo/</title>\n'
    assert page(before.encode(), "a/index.html", SITE) == b"<head>\n<title>/repo/</title>\n"


def test_what_is_no_utf_8_stays_as_it_is() -> None:
    assert page(b'\xff<a href="/repo/">\xfe', "index.html", SITE) == b'\xff<a href="index.html">\xfe'


def test_a_policy_that_lets_files_be_loaded() -> None:
    before = '<meta http-equiv="Content-Security-Policy" content="default-src &#39;self&#39;; object-src &#39;none&#39;">'
    assert page(before.encode(), "index.html", SITE).decode() == (
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self' file:; object-src 'none'\">"
    )
    assert policy(policy("img-src 'SELF'")) == "img-src 'self' file:"


def test_stylesheets_find_what_lies_beside_them() -> None:
    site = Site("https://x.org/", frozenset(["assets/a.css", "assets/f.woff2", "images/x.png"]))
    text = (
        "@font-face { src: url(f.woff2) format('woff2') } a { b: url('/images/x.png'); c: url(data:x); d: url(#e) } @import \"none.css\";"
    )
    assert stylesheet(text, "assets/a.css", site) == (
        "@font-face { src: url(f.woff2) format('woff2') } a { b: url(\"../images/x.png\"); c: url(data:x); d: url(#e) } "
        '@import "https://x.org/assets/none.css";'
    )


PIECES = st.sampled_from(
    ["<a", "<br/", ">", " ", "\n", "/", "=", '"', "'", " href", "=x", "='y z'", '="<b>"', " A=", "<!--", "-->", "--!>", "<!x>", "</a", "</", "<", "?", "text", "<?", "<p>", "<!-->", "!"],
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
@examples(160)
def test_tags_are_those_that_browsers_see(text: str) -> None:
    """By the tokenizer of html5lib, which follows the standard; where the text has no element whose own text is no HTML."""
    theirs: list[Any] = [token for token in HTMLTokenizer(io.StringIO(text)) if token["type"] in (3, 4)]
    ours = [*tags(text)]
    assert [(tag.name, tag.is_end) for tag in ours] == [(token["name"], token["type"] == 4) for token in theirs]
    for tag, token in zip(ours, theirs, strict=True):
        if not tag.is_end:
            first = {one.name: one.value or "" for one in reversed(tag.attributes)}
            assert first == dict(token["data"])


@given(st.lists(PIECES, max_size=14).map("".join), st.sampled_from(["index.html", "a/index.html"]))
@examples(80)
def test_a_page_without_addresses_of_the_site_keeps_its_bytes(text: str, path: str) -> None:
    if not re.search(r"href\s*=", text):
        assert page(text.encode(), path, SITE) == text.encode()


NAMES = st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="/\\"), min_size=1, max_size=6).filter(
    lambda name: name not in (".", "..")
)
FILES = st.lists(NAMES, min_size=1, max_size=4).map("/".join)


@given(FILES, FILES)
@example("0", ";")
@examples(80)
def test_from_any_file_one_comes_to_any_other(path: str, file: str) -> None:
    from sitegen.urls import encoded

    way = led(f"/repo/{encoded(file)}#x", path, Site("https://x.org/repo/", frozenset([file, path])))
    if way == "#x":
        assert path == file
        return
    parts = urlsplit(way)
    assert not parts.scheme
    assert parts.fragment == "x"
    at = path.split("/")[:-1]
    for step in unquote(parts.path).split("/"):
        if step == "..":
            at.pop()
        elif step != ".":
            at.append(step)
    assert "/".join(at) == file
