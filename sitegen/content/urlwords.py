"""Where a text has addresses of pages or of people: what stands within one names nothing."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(r"\S+")
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_HOST = re.compile(r"[^\W_][\w.-]*\.[a-z]{2,}\Z")
_OPENING = "(<[\"'“‘«„"


class Address(NamedTuple):
    """An address at `start:end` of a text."""

    start: int
    end: int


def addresses(text: str) -> list[Address]:
    """The stretches of a text that are addresses, in order.

    >>> text = "By ada@valley.example, of valley.example/Suva"
    >>> [text[a:b] for a, b in addresses(text)]
    ['ada@valley.example,', 'valley.example/Suva']
    """
    if not any(sign in text for sign in ("www.", "@", "%", "/")):
        return []
    return [Address(*found.span()) for found in _TOKEN.finditer(text) if is_address(found.group())]


def is_address(token: str) -> bool:
    """Whether signs without a space are an address, or letters of one as browsers write them.

    >>> [is_address(one) for one in ("https://x.example/Suva", "x.example/Suva", "ada@x.example", "%D0%9A-Suva")]
    [True, True, True, True]
    >>> [is_address(one) for one in ("Suva/Fiji", "U.S./Fiji", "50%", "a/b.html")]
    [False, False, False, False]
    """
    if any(sign in token for sign in ("://", "www.", "@")) or _ENCODED.search(token):
        return True
    host, slash, _ = token.lstrip(_OPENING).partition("/")
    return bool(slash) and _HOST.match(host) is not None
