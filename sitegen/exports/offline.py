"""A page of the site as it is opened from a folder, without a server: pure, from the page's bytes and where it lies to other bytes.

What changes, and nothing else: addresses of the site become ways from where the page lies, with `index.html` spelled out; addresses of
what is not in the folder become those on the web; the policy of the page lets it load files; and what works on the web alone goes. A page
says itself what that is: an element with `data-web` is left out, and one with `data-offline` is no longer `hidden`. Of other elements
those go that browsers refuse to load from files: hints of what to fetch early, and scripts that are modules.

A tag in which nothing changes keeps its bytes.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from sitegen.archive.plan import SEARCH
from sitegen.exports.markup import Tag, tags, written
from sitegen.model.kinds import KINDS
from sitegen.model.site import SiteCard
from sitegen.model.speech import message
from sitegen.speech import speech_of
from sitegen.urls import base_path, encoded, output_path, popup_of, words_of

ON_THE_WEB, IN_A_FOLDER = "data-web", "data-offline"
"""What marks an element that is for one of the two."""
_ADDRESSES = frozenset(["href", "src", "poster", "action", "formaction", "cite", "data", "background", "longdesc", "xlink:href"])
_LISTS = frozenset(["srcset", "imagesrcset"])
_EARLY = frozenset(["preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch"])
"""Of a `<link>`: what is to be fetched early. From a folder that gains nothing, and browsers refuse it as they do another site's."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
_HOSTING = frozenset(["_headers", "_redirects", "robots.txt", "404.html"])
"""What hosts and crawlers read."""


class Site(NamedTuple):
    """A site in a folder: where it is on the web, the paths of the files that are in the folder, and of those that are on the web alone."""

    base_url: str
    files: AbstractSet[str]
    left: AbstractSet[str] = frozenset()


def is_kept(path: str, site: AbstractSet[str]) -> bool:
    """Whether a file of the site, which has these files, is of use in a folder: not what hosts, crawlers and scripts that fetch read.

    >>> [is_kept(path, {"about/index.html"}) for path in ("about/index.html", "about/words.json", "words.json", "_headers")]
    [True, False, True, False]
    >>> [is_kept(path, set()) for path in ("places/kyiv/index.html", "places/kyiv/popup.html", "search/terms-0.json")]
    [True, False, False]
    """
    first, _, rest = path.partition("/")
    stem = rest.partition("/")[0]
    if first in KINDS and path == popup_of(f"{first}/{stem}/"):
        return False
    page = path.removesuffix(words_of(""))
    if path == words_of(page) and output_path(page) in site:
        return False
    is_sitemap = first.startswith("sitemap") and path.endswith(".xml")
    return not (path in _HOSTING or is_sitemap or (path.startswith(SEARCH) and path != output_path(SEARCH)))


_PARAGRAPHS = (
    message("This is a copy of %(address)s, made on %(day)s. It can be read without a network and without a server."),
    message("Begin with the file index.html in the folder “site”: open it in a browser."),
    message(
        "Keep the folder together: pages find their pictures, their type and one another by where they lie. Links to other sites, and to "
        "what is not in the folder, lead to the web."
    ),
    message(
        "Three things work on the web only: searching, the map that can be moved (here it is a drawing), and what is shown of a page over "
        "the links that lead there."
    ),
)


def readme(site: SiteCard, day: str, program: str) -> bytes:
    """What the folder says of itself in plain text, in the language of the site. `day` (ISO): when it was made."""
    speech = speech_of(site.language)
    told = {"address": site.base_url, "day": day}
    paragraphs = [site.title, *(speech.gettext(one) % told for one in _PARAGRAPHS), program]
    return ("\n\n".join(textwrap.fill(one, 78, break_long_words=False, break_on_hyphens=False) for one in paragraphs) + "\n").encode()


# addresses


def led(address: str, path: str, site: Site) -> str:
    """An address that stands in the page at `path` of the folder, as it leads there: to a file of the folder by its way from the page, else
    to the web.

    >>> site = Site("https://x.org/repo/", frozenset(["index.html", "places/kyiv/index.html", "images/a b.png"]))
    >>> led("/repo/places/kyiv/#c-1", "index.html", site), led("/repo/images/a%20b.png", "places/kyiv/index.html", site)
    ('places/kyiv/index.html#c-1', '../../images/a%20b.png')
    >>> led("/repo/feed.xml", "index.html", site), led("/other/", "index.html", site), led("#c-1", "index.html", site)
    ('https://x.org/repo/feed.xml', 'https://x.org/other/', '#c-1')
    """
    bare = address.strip(" \t\n\r\f")
    if not bare or bare.startswith(("#", "?")) or _SCHEME.match(bare):
        return address
    try:
        file, whole, end = _found(bare, "" if bare.startswith("/") else path, site)
    except ValueError:  # it is no address, and leads nowhere here as there
        return address
    if file is None:
        return whole
    if file == path and end.startswith("#"):
        return end
    way = encoded(_way(path, file))
    return f"{'./' if ':' in way.partition('/')[0] else ''}{way}{end}"


@lru_cache(maxsize=65536)  # most addresses stand on many pages
def _found(address: str, path: str, site: Site) -> tuple[str | None, str, str]:
    """The file of the folder that an address leads to, None where to none; the address on the web; and its end, from `?` or `#` on. Raises
    ValueError where it is none."""
    # Python takes what follows `;` for parameters, as addresses had them long ago, and loses them where they are empty
    inner, *end_of = re.split(r"(?=[?#])", address, maxsplit=1)
    whole = urljoin(f"{site.base_url}{encoded(path)}".replace(";", "%3B"), "".join([inner.replace(";", "%3B"), *end_of]))
    parts = urlsplit(whole)
    end = f"{f'?{parts.query}' if parts.query else ''}{f'#{parts.fragment}' if parts.fragment or address.endswith('#') else ''}"
    return _file_at(whole, site, site.files), whole, end


def _way(path: str, file: str) -> str:
    """The way from one file of a folder to another.

    >>> _way("places/kyiv/index.html", "places/list.html"), _way("index.html", "a/b.png")
    ('../list.html', 'a/b.png')
    """
    here, there = path.split("/")[:-1], file.split("/")
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    return "../" * (len(here) - common) + "/".join(there[common:])


def _file_at(whole: str, site: Site, files: AbstractSet[str]) -> str | None:
    """Which of some files of the site an address on the web is of; None where it is of none."""
    here, there = urlsplit(site.base_url), urlsplit(whole)
    base = base_path(site.base_url)
    if (there.scheme, there.netloc) != (here.scheme, here.netloc) or not f"{there.path}/".startswith(base):
        return None
    inner = unquote(there.path[len(base) :])
    for one in (output_path(inner), f"{inner}/index.html"):
        if one in files:
            return one
    return None


def _listed(value: str, path: str, site: Site) -> str:
    """A `srcset`: addresses, each with how large its picture is."""
    found = re.findall(r"[\s,]*(\S*[^\s,])(?:\s+([^,]+))?", value)
    return ", ".join(f"{led(address, path, site)}{f' {size.strip()}' if size else ''}" for address, size in found)


_URL = re.compile(r"""(?P<head>url\(\s*|@import\s+)(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|(?P<bare>[^\s"'()]+)(?=\s*\)))""", re.I)


def stylesheet(text: str, path: str, site: Site) -> str:
    """A stylesheet as it works in a folder. Comments are read as what they comment on, to no harm.

    >>> stylesheet("a { b: url(/a.svg#x) } @import '/b.css';", "assets/c.css", Site("https://x.org/", frozenset(["a.svg"])))
    'a { b: url("../a.svg#x") } @import "https://x.org/b.css";'
    """

    def put(found: re.Match[str]) -> str:
        address = next(one for one in (found["double"], found["single"], found["bare"]) if one is not None)
        new = led(address, path, site)
        return found[0] if new == address else f'{found["head"]}"{new}"'

    return _URL.sub(put, text)


def page(data: bytes, path: str, site: Site) -> bytes:
    """A page of the site, as it works where it lies in a folder."""
    text = data.decode("utf-8", "surrogateescape")  # bytes that are no UTF-8 stay what they are
    out: list[str] = []
    at = 0
    skipped: str | None = None  # the element that is being left out, and how many of its name are open in it
    depth = 0
    style: int | None = None
    for tag in tags(text):
        if skipped is not None:
            if tag.name == skipped:
                depth += -1 if tag.is_end else 1
            if not depth:
                at, skipped = _after(text, at, tag.end), None
            continue
        if style is not None:
            out += [text[at:style], stylesheet(text[style : tag.start], path, site)]
            at, style = tag.start, None
        if tag.is_end:
            continue
        if _is_for_the_web(tag):
            out.append(text[at : tag.start])
            at = tag.start
            if tag.name in _VOID:
                at = _after(text, at, tag.end)
            else:
                skipped, depth = tag.name, 1
            continue
        if tag.name == "style":
            style = tag.end
        changed = dict(_changed(tag, path, site)) if tag.attributes else {}
        for attribute in tag.attributes:
            if attribute.name in changed:
                new = changed.pop(attribute.name)
                before = text[at : attribute.start]
                out += [before, f"{attribute.name}={written(new)}"] if new is not None else [before.rstrip()]
                at = attribute.end
    if skipped is not None:
        at = len(text)
    out.append(text[at:])
    return "".join(out).encode("utf-8", "surrogateescape")


def _after(text: str, start: int, end: int) -> int:
    """Where the text goes on after an element that is left out; without the line's end, where it had the line to itself."""
    return end + 1 if text.startswith("\n", end) and start > 0 and text[start - 1] == "\n" else end


def _is_for_the_web(tag: Tag) -> bool:
    """Whether an element is left out."""
    if tag.value(ON_THE_WEB) is not None:
        return True
    if tag.name == "link":
        return not _EARLY.isdisjoint((tag.value("rel") or "").lower().split())
    return tag.name == "script" and (tag.value("type") or "").strip().lower() == "module"


def _changed(tag: Tag, path: str, site: Site) -> Iterator[tuple[str, str | None]]:
    """The attributes of a tag that change, with their new values; None where one goes."""
    is_ours = False
    first = {attribute.name: attribute for attribute in reversed(tag.attributes)}  # of one that stands twice, browsers read the first
    for name, attribute in first.items():
        value = attribute.value
        if value is None:
            continue
        new = _new_value(tag, name, value, path, site)
        if new != value:
            yield name, new
            is_ours = is_ours or (name in ("href", "src") and not _SCHEME.match(new))
    if is_ours:  # files are asked for without a server that could allow it
        yield from ((name, None) for name in ("crossorigin", "integrity") if tag.value(name) is not None)
    if tag.value(IN_A_FOLDER) is not None and tag.value("hidden") is not None:
        yield "hidden", None


def _new_value(tag: Tag, name: str, value: str, path: str, site: Site) -> str:
    if name in _ADDRESSES:
        return led(value, path, site)
    if name in _LISTS:
        return _listed(value, path, site)
    if name == "style":
        return stylesheet(value, path, site)
    if name.startswith("data-"):
        return _told(value, path, site)
    if tag.name == "meta" and name == "content":
        return _meta((tag.value("http-equiv") or "").lower(), value, path, site)
    return value


def _told(value: str, path: str, site: Site) -> str:
    """What a script is told: where it is an address of the site, as that leads; else as it is, for it may be words."""
    base = base_path(site.base_url)
    if not value.startswith(base) or re.search(r"\s", value):
        return value
    new = led(value, path, site)
    is_known = not _SCHEME.match(new) or _file_at(new, site, site.left) is not None
    return new if is_known else value


_REFRESH = re.compile(r"(\s*[0-9.]+\s*[;,]\s*(?:url\s*=\s*)?)(['\"]?)(.*?)\2\s*\Z", re.I | re.S)


def _meta(kind: str, value: str, path: str, site: Site) -> str:
    if kind == "refresh" and (found := _REFRESH.match(value)):
        return f"{found[1]}{found[2]}{led(found[3], path, site)}{found[2]}"
    if kind == "content-security-policy":
        return policy(value)
    return value


def policy(value: str) -> str:
    """A Content Security Policy by which a page may load the files beside it.

    `'self'` is matched by origin, and a file has none that it would share with another: whether it means the files of the folder, browsers
    need not agree. So wherever the page may load what is its own, it may load files. The network stays as shut as it was.

    >>> policy("default-src 'self'; object-src 'none'")
    "default-src 'self' file:; object-src 'none'"
    """
    return re.sub(r"'self'(?! file:)", "'self' file:", value, flags=re.I)
