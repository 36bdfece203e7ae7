"""Where the text is recorded that was taken out of a seed which is no plain text."""

from __future__ import annotations

from sitegen import urls
from sitegen.model.digest import digest_of

PARTS = ".parts"
"""What a folder's name ends in that holds the texts of a seed's parts."""
_WORDS = 40
"""Signs of a part's name that its file is called by."""


def extract_path(seed: str, part: str = "") -> str:
    """The path of the text of a seed: beside it, and that of a part in a folder beside it, under a name that follows from the part's.

    >>> extract_path("seeds/a.html"), extract_path("seeds/feed.xml", "https://valley.example/?p=12")
    ('seeds/a.html.txt', 'seeds/feed.xml.parts/https-valley-example-p-12-e7a8e7b1.txt')
    """
    if not part:
        return f"{seed}.txt"
    return f"{seed}{PARTS}/{urls.slug(part, _WORDS) or 'part'}-{digest_of(part.encode()).hex()[:8]}.txt"


def may_be_of(path: str) -> set[str]:
    """The seeds of which a file may be the text, by its path.

    >>> sorted(may_be_of("seeds/feed.xml.parts/a-1.txt")), may_be_of("seeds/a.txt")
    (['seeds/feed.xml', 'seeds/feed.xml.parts/a-1'], {'seeds/a'})
    """
    whole = path.removesuffix(".txt")
    folder, _, name = path.rpartition(f"{PARTS}/")
    return {one for one in (whole, folder) if one and one != path and (one == whole or "/" not in name)}
