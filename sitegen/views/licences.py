"""The terms under which pictures are shown: what is known of them by a name or an address, and what else editors write."""

from __future__ import annotations

import re

from sitegen.views.types import LinkView

_COMMONS = re.compile(r"(?:CC[ -]|https?://creativecommons\.org/licenses/)(BY(?:-NC)?(?:-SA|-ND)?)[ /-](\d\.\d)/?", re.I)
_KNOWN = {
    "CC0 1.0": "creativecommons.org/publicdomain/zero/1.0",
    "Public Domain Mark 1.0": "creativecommons.org/publicdomain/mark/1.0",
    "In Copyright": "rightsstatements.org/vocab/InC/1.0",
    "In Copyright - EU Orphan Work": "rightsstatements.org/vocab/InC-OW-EU/1.0",
    "In Copyright - Educational Use Permitted": "rightsstatements.org/vocab/InC-EDU/1.0",
    "In Copyright - Non-Commercial Use Permitted": "rightsstatements.org/vocab/InC-NC/1.0",
    "In Copyright - Rights-Holder(s) Unlocatable or Unidentifiable": "rightsstatements.org/vocab/InC-RUU/1.0",
    "No Copyright - Contractual Restrictions": "rightsstatements.org/vocab/NoC-CR/1.0",
    "No Copyright - Non-Commercial Use Only": "rightsstatements.org/vocab/NoC-NC/1.0",
    "No Copyright - Other Known Legal Restrictions": "rightsstatements.org/vocab/NoC-OKLR/1.0",
    "No Copyright - United States": "rightsstatements.org/vocab/NoC-US/1.0",
    "Copyright Not Evaluated": "rightsstatements.org/vocab/CNE/1.0",
    "Copyright Undetermined": "rightsstatements.org/vocab/UND/1.0",
    "No Known Copyright": "rightsstatements.org/vocab/NKC/1.0",
}
"""What has one text, by the names that Creative Commons and RightsStatements.org give it, with its address; this has `/` at its end."""


def _plain(text: str) -> str:
    """What differs between ways to write a name or an address, and means nothing, is taken away."""
    bare = re.sub(r"^https?://|/$", "", text).casefold().replace("-", " ")
    return bare.replace("rightsstatements.org/page/", "rightsstatements.org/vocab/")


_BY_PLAIN = {_plain(form): name for name, address in _KNOWN.items() for form in (name, address, name.removesuffix(" 1.0"))}


def licence_view(text: str) -> LinkView:
    """The terms by their name, with their address, as far as these are known; else as they are written.

    >>> licence_view("CC-BY-SA-4.0")
    LinkView(text='CC BY-SA 4.0', href='https://creativecommons.org/licenses/by-sa/4.0/')
    >>> licence_view("https://creativecommons.org/publicdomain/mark/1.0/").text
    'Public Domain Mark 1.0'
    >>> licence_view("https://museum.example/terms/")
    LinkView(text='museum.example/terms', href='https://museum.example/terms/')
    >>> licence_view("By kind permission of the museum")
    LinkView(text='By kind permission of the museum', href='')
    """
    found = _COMMONS.fullmatch(text)
    if found is not None:
        kind, version = found.groups()
        return LinkView(f"CC {kind.upper()} {version}", f"https://creativecommons.org/licenses/{kind.lower()}/{version}/")
    name = _BY_PLAIN.get(_plain(text))
    if name is not None:
        return LinkView(name, f"{'https' if name.startswith(('CC', 'Public')) else 'http'}://{_KNOWN[name]}/")
    is_address = re.fullmatch(r"https?://[^\s<>\"]+", text) is not None
    return LinkView(re.sub(r"^https?://|/$", "", text), text) if is_address else LinkView(text)
