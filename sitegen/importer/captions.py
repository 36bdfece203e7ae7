"""What says of a picture what it shows: a label before it, brackets around it, who took it behind it."""

from __future__ import annotations

import re
from functools import lru_cache

from sitegen.content.text import caption_of
from sitegen.importer.language import Language
from sitegen.importer.people import CAPITAL

CAPTION_LIMIT = 400


def is_caption(text: str, language: Language) -> bool:
    """Whether a block says of a picture what it shows: it is labelled so, it stands in brackets, or it ends with who took it."""
    if len(text) > CAPTION_LIMIT:
        return False
    is_bracketed = text.startswith("(") and text.endswith(")") and text.count("(") == text.count(")") and caption_of(text) != text
    if is_bracketed:
        return not _no_caption(language).match(text)
    return _labelled(language).match(text) is not None or _credited(language).search(text) is not None


@lru_cache(maxsize=8)
def _labelled(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?:{language.any_of('photo')})\s*(?:\([^)]*\)\s*|\d{{1,3}}\s*)?(?:[:–—]|(?<=\d)\.)\s+\S", re.I)


@lru_cache(maxsize=8)
def _no_caption(language: Language) -> re.Pattern[str]:
    return re.compile(rf"\(\s*(?:{language.any_of('not_captions')})(?!\w)|.*\d{{4}}\)\s[–—-]", re.I)


@lru_cache(maxsize=8)
def _credited(language: Language) -> re.Pattern[str]:
    """Who took a picture, at the end of what it shows: "Photo: Ada Brook", "Archivfoto: dpa", "Courtesy of the family", "(Photo: AP)"."""
    taken = rf"\w*(?:{language.any_of('photo')})(?:\s*:\s|\s+(?:{language.any_of('by')})\s+|\s+(?-i:(?={CAPITAL})))"
    return re.compile(rf"(?<=[.!?…»”)\w])\s+[(\[]?(?:{taken}|(?:{language.any_of('credits')})\s)(?:[^.!?]|\b\w\.){{2,60}}[)\].]?\Z", re.I)


def is_credit(text: str, language: Language) -> bool:
    """Whether a line says no more than who took a picture: "Credit: Ada Brook"."""
    return _credit_line(language).match(text) is not None


@lru_cache(maxsize=8)
def _credit_line(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?:{language.any_of('credits')})\s*:\s.{{2,80}}\Z", re.I)
