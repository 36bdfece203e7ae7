"""The one place for the arithmetic of addresses and paths.

An *address* is a path below the site's root, without a slash in front: `articles/stem/`, `feed.xml`, `` (home).
An *output path* is where its bytes lie in the output folder. An *href* is what stands in a page: the base path
and the address. Nothing here touches a disk.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NewType
from urllib.parse import quote, urlsplit

from sitegen.romanising import romanised

Address = NewType("Address", str)
OutputPath = NewType("OutputPath", str)

STEM_LIMIT = 100
_STEM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_RESERVED = frozenset(["page", "con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))])
SCHEMES = ("http", "https", "mailto")
"""The schemes that a link from content may have."""


def is_stem(text: str) -> bool:
    """Whether a page may be called so: `[a-z0-9-]+`, at most 100 characters, not reserved.

    `page` is taken by the numbered pages of long lists; device names cannot be files on Windows.

    >>> is_stem("2022-05-15-kharkiv"), is_stem("Kyiv"), is_stem("page")
    (True, False, False)
    """
    return len(text) <= STEM_LIMIT and bool(_STEM.match(text)) and text not in _RESERVED


_LATIN = str.maketrans({"ł": "l", "đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"})
"""Latin letters that are no plain letter with a mark, so that Unicode does not take them apart."""


_SLUG_WORD = re.compile(r"[a-z0-9]+")
_OTHER = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")
"""A letter of another script."""


def slug(text: str, limit: int = STEM_LIMIT) -> str:
    """A stem made from words, cut at a word's border; those of other scripts romanised. Empty where nothing can be written in ASCII.

    >>> slug("Émile’s “Second” Battle"), slug("Łódź"), slug("Straße in Tromsø"), slug("Облога Києва"), slug("…")
    ('emiles-second-battle', 'lodz', 'strasse-in-tromso', 'obloha-kyieva', '')
    """
    return latin_slug(romanised(text) if _OTHER.search(text) else text, limit)


def latin_slug(text: str, limit: int = STEM_LIMIT) -> str:
    """As `slug`, of Latin letters alone.

    >>> latin_slug("Облога Łódź")
    'lodz'
    """
    folded = text.casefold().translate(_LATIN)
    # a hundred signs at a time: Python puts the marks of one letter in order in the square of their number, and here they are dropped
    apart = (unicodedata.normalize("NFKD", folded[at : at + 100]) for at in range(0, len(folded), 100))
    plain = "".join(apart).encode("ascii", "ignore").decode()
    words = _SLUG_WORD.findall(plain.replace("'", ""))
    out = ""
    for word in words:
        longer = f"{out}-{word}" if out else word
        if len(longer) > limit:
            break
        out = longer
    return out or (words[0][:limit] if words else "")


def address_of(kind: str, stem: str) -> Address:
    """The address of an article, place, source or claim.

    >>> address_of("places", "kyiv")
    'places/kyiv/'
    """
    return Address(f"{kind}/{stem}/")


def day_address(calendar: str, number: int) -> Address:
    return Address(f"days/{calendar}/{number}/")


def timeline_address(way: str, period: str) -> Address:
    """The address of a stretch of the timeline; `way` is `reported` or `happened`.

    >>> timeline_address("reported", "1911-07"), timeline_address("happened", "")
    ('timeline/1911/07/', 'timeline/happened/')
    """
    parts = [part for part in ("happened" if way == "happened" else "", *period.split("-")) if part]
    return Address("/".join(["timeline", *parts, ""]))


def numbered(address: str, number: int) -> Address:
    """The address of a numbered page of a long list.

    >>> numbered("places/kyiv/", 2)
    'places/kyiv/page/2/'
    """
    return Address(f"{address}page/{number}/")


def faceted(kind: str, facet: str, value: str) -> Address:
    """The address of a part of a list.

    >>> faceted("places", "kind", "city")
    'places/kind/city/'
    """
    return Address(f"{kind}/{facet}/{value}/")


def popup_of(address: str) -> Address:
    """The address of what is shown of a page over others that lead to it.

    >>> popup_of("places/kyiv/")
    'places/kyiv/popup.html'
    """
    return Address(f"{address}popup.html")


def data_of(address: str) -> Address:
    """The address of the data beside a page.

    >>> data_of("places/kyiv/")
    'places/kyiv/index.json'
    """
    return Address(f"{address}index.json")


def figures_of(address: str) -> Address:
    """The address of the table of figures beside a page.

    >>> figures_of("claims/tanks/")
    'claims/tanks/figures.csv'
    """
    return Address(f"{address}figures.csv")


def words_of(address: str) -> Address:
    """The address of the words of a page, for those who search.

    >>> words_of("places/kyiv/")
    'places/kyiv/words.json'
    """
    return Address(f"{address}words.json")


def places_of(address: str) -> Address:
    """The address of the places beside the page of the map.

    >>> places_of("map/")
    'map/places.geojson'
    """
    return Address(f"{address}places.geojson")


def feed_of(address: str) -> Address:
    """The address of the feed beside a page; the same in JSON lies beside that.

    >>> feed_of("places/kyiv/"), feed_of("")
    ('places/kyiv/feed.xml', 'feed.xml')
    """
    return Address(f"{address}feed.xml")


def in_json(feed: str) -> Address:
    """The address of a feed in JSON.

    >>> in_json("places/kyiv/feed.xml")
    'places/kyiv/feed.json'
    """
    return Address(f"{feed.removesuffix('.xml')}.json")


def redirect_address(old: str) -> Address:
    """Where the page lies that leads on from an old address.

    >>> redirect_address("places/kiev"), redirect_address("old.html")
    ('places/kiev/', 'old.html')
    """
    return Address(old if old.endswith(".html") else f"{old}/")


def card_of(address: str) -> Address:
    """The address of the social card beside a page.

    >>> card_of("claims/tanks/")
    'claims/tanks/card.png'
    """
    return Address(f"{address}card.png")


def output_path(address: str) -> OutputPath:
    """Where the page at an address lies.

    >>> output_path("places/kyiv/"), output_path(""), output_path("feed.xml")
    ('places/kyiv/index.html', 'index.html', 'feed.xml')
    """
    return OutputPath(address + "index.html" if address.endswith("/") or not address else address)


def base_path(base_url: str) -> str:
    """The path of the site's root, with a slash at both ends.

    >>> base_path("https://x.org/repo"), base_path("https://x.org")
    ('/repo/', '/')
    """
    path = urlsplit(base_url).path.strip("/")
    return f"/{quote(path, safe='/%')}/" if path else "/"


def is_safe_link(target: str) -> bool:
    r"""Whether a link from content may stand: an allowed scheme, or none at all.

    White space and control characters are dropped before the scheme is read, as browsers do.

    >>> is_safe_link("https://x.org"), is_safe_link("#c-1"), is_safe_link("java\tscript:alert(1)")
    (True, True, False)
    """
    bare = re.sub(r"[\x00-\x20\x7f\u00ad\u200b-\u200f\u2028\u2029\ufeff]", "", target).lower()
    if bare.startswith(("//", "\\", "/\\")):
        return False
    scheme = re.match(r"([^/?#]*?)(?::|&colon;?|&#0*58;?|&#x0*3a;?)", bare)
    return scheme is None or scheme.group(1) in SCHEMES


def is_address(path: str) -> bool:
    """Whether a path may be an address of the site: plain signs, no hidden or overlong part.

    >>> is_address("articles/old-name"), is_address("old.html"), is_address(".git/config"), is_address("a//b")
    (True, True, False, False)
    """
    parts = path.split("/")
    return len(path) <= 1000 and all(re.fullmatch(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,199}", part) for part in parts) and is_inside(path)


@lru_cache(maxsize=65536)  # the same few thousand addresses stand on every page
def encoded(address: str) -> str:
    """An address as it stands in a link; what follows `#` or `?` must be added after.

    >>> encoded("images/a b#1.png")
    'images/a%20b%231.png'
    """
    return quote(address, safe="/:@!$&'()*+,;=-._~")


def is_inside(path: str) -> bool:
    """Whether a relative path stays within its folder on every system: no absolute path, no `..`, no backslash,
    no drive, no device name, no trailing dot or space, component by component.

    >>> is_inside("seeds/a.txt"), is_inside("../a"), is_inside("a/../../b"), is_inside("C:a"), is_inside("nul.txt")
    (True, False, False, False, False)
    """
    if not path or len(path) > 1000 or path.startswith("/") or re.search(r"[\\:\0\n\r\ud800-\udfff]", path):  # the last: not UTF-8
        return False
    for part in path.split("/"):
        if len(part.encode()) > 200:
            return False
        if part in ("", ".", "..") or part[-1] in " ." or part.split(".")[0].lower() in _RESERVED - {"page"}:
            return False
    return True
