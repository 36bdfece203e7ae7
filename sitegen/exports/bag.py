"""What a bag says of itself, in the words of BagIt 1.0 (RFC 8493): its declaration, its information, the lines of its manifests."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.content.nfc import nfc
from sitegen.model.records import Config

DECLARATION, INFORMATION = "bagit.txt", "bag-info.txt"
PAYLOAD, METADATA = "data/", "metadata/"
"""Where lies what is kept, and where what is said of it: tag files, which may be renewed (a DOI comes later) while the payload stays."""
ALGORITHMS = ("sha256", "sha512")
"""Of the payload: every program that reads bags of version 1.0 knows both (section 2.4). Tag files have the first."""
DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def manifest(algorithm: str) -> str:
    """The name of a manifest of the payload."""
    return f"manifest-{algorithm}.txt"


def tag_manifest(algorithm: str) -> str:
    """The name of a manifest of what is said of the payload."""
    return f"tag{manifest(algorithm)}"


def line(digest: str, path: str) -> str:
    """A line of a manifest.

    >>> print(line("00ff", "data/50% off"), end="")
    00ff  data/50%25 off
    """
    return f"{digest}  {percent(path)}\n"


def percent(path: str) -> str:
    r"""A path as manifests have it: of all signs those three are encoded that the RFC names (section 2.1.3), and no others.

    >>> percent("data/a\r\nb%0A")
    'data/a%0D%0Ab%250A'
    """
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def information(config: Config, day: str, program: str, size: int, count: int) -> str:
    """`bag-info.txt`: on which day (ISO) the bag was made and by what, of how many bytes and files the payload is; the rest by the
    archive's settings, and nothing that these do not say."""
    told = config.citation
    contact = told.contact
    fields = (
        ("Source-Organization", told.publisher),
        ("Contact-Name", contact.name if contact else None),
        ("Contact-Email", contact.email if contact else None),
        ("External-Description", f"{config.title}: {config.description}" if config.description else config.title),
        ("External-Identifier", config.base_url),
        ("External-Identifier", f"https://doi.org/{told.doi}" if told.doi else None),
        ("Bagging-Date", day),
        ("Payload-Oxum", f"{size}.{count}"),
        ("Bag-Software-Agent", program),
    )
    # a value goes to the end of its line, and no further
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in fields if value)


def alike(paths: Sequence[str]) -> list[list[str]]:
    """The paths that some systems hold to be one, for they differ only in capitals or in how marked letters are put together.

    >>> alike(["data/static/A.txt", "data/static/b.txt", "data/static/a.txt"])
    [['data/static/A.txt', 'data/static/a.txt']]
    """
    once, twice = set[int](), set[int]()
    for path in paths:  # of each path a number alone is kept, for there may be a million
        number = hash(_plain(path))
        (twice if number in once else once).add(number)
    found: dict[str, list[str]] = {}
    for path in paths if twice else ():
        plain = _plain(path)
        if hash(plain) in twice:
            found.setdefault(plain, []).append(path)
    return [group for group in found.values() if len(group) > 1]


def _plain(path: str) -> str:
    return nfc(path).casefold()
