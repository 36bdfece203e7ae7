"""What pages, agencies and archives put around an article and is no part of it: ways to share it, where it stands in the site, by what it
is filed, what whoever copied it says of that."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from sitegen.importer.dates import page
from sitegen.importer.days import written
from sitegen.importer.language import Language
from sitegen.importer.tokens import CAPITAL, CAPITALS, SMALL

LIMIT = 150
"""Signs of a line that is furniture; notes of those who copied a text may be longer."""
NOTE = 400


@lru_cache(maxsize=512)  # the same few lines are asked about by several rules
def is_furniture(text: str, language: Language) -> bool:
    """Whether a line is put around an article by a page or an agency: what the first rule says that knows."""
    return len(text) <= LIMIT and any(rule(text, language) for rule in RULES)


_SOCIAL = (
    "facebook", "twitter", "x", "x - twitter", "whatsapp", "telegram", "linkedin", "instagram", "messenger", "reddit", "flipboard", "xing",
    "vk", "pinterest", "youtube", "tiktok", "bluesky", "threads", "mastodon", "viber", "truth", "gettr", "gab", "parler", "tumblr", "line",
    "signal", "sms", "imessage", "google news", "email", "e-mail", "mail", "rss", "pdf",
    "afp", "ap", "dpa", "apa", "sda", "efe", "reuters", "ansa", "epd", "kna", "pa", "upi", "tass", "тасс",
)  # fmt: skip
"""Where pages let readers share them, and the agencies that they name; the same in all languages."""


@lru_cache(maxsize=8)
def _page_words(language: Language) -> re.Pattern[str]:
    """A line of nothing but words of a page: "Share | Tweet | Comments (14)", "3 min read", "- ENDS -"."""
    social = "|".join(sorted(map(re.escape, _SOCIAL), key=len, reverse=True))
    word = rf"(?:{language.any_of('page_words')}|{language.any_of('teasers')}|{social})"
    between = rf"(?:\W+|(?={CAPITAL})(?<={SMALL}))"
    number = r"(?:\(?\d{1,4}(?:[.,]\d)?[KkMk]?\)?)"
    joined = rf"(?:{number}{between})?{word}(?:{between}(?:{word}|{number}))*+"
    return re.compile(rf"\W*(?:{joined})\W*", re.I)


def _is_page_word(text: str, language: Language) -> bool:
    return _page_words(language).fullmatch(text) is not None and not text.rstrip().endswith("?")


def leads_on(text: str, language: Language) -> bool:
    """Whether a line is no more than the words above the titles of other articles: "Read more", "Related stories:"."""
    return len(text) <= LIMIT and _leads_on(language).fullmatch(text) is not None


@lru_cache(maxsize=8)
def _leads_on(language: Language) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{language.any_of('teasers')})\W*", re.I)


def _is_sharing(text: str, language: Language) -> bool:
    """Whether a line begins as those do by which pages are shared: "Share this with Email Facebook Messenger", "FacebookTwitterVK"."""
    names = len(_NAMES.findall(text)) + sum(1 for _ in language.finditer("mail", text))
    return names > 1 and len(text.split()) <= 4 * names and (names > 2 or begins(text, language))


_NAMES = re.compile(r"(?:Facebook|Twitter|WhatsApp|Telegram|LinkedIn|Messenger|Reddit|Flipboard|Instagram|Pinterest)(?![a-z])")
"""Services by which pages are shared, which bear one name in all languages."""


def begins(text: str, language: Language) -> bool:
    """Whether a line begins with a word of a page."""
    return _begins(language).match(text) is not None


@lru_cache(maxsize=8)
def _begins(language: Language) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{language.any_of('page_words')})(?!\w)", re.I)


def _is_path(text: str, language: Language) -> bool:
    """Whether a line says where in a site an article stands: "Home > News > Regional"."""
    parts = re.split(r"\s*[>›»→]\s*|\s+[/|]\s+", text.strip())
    is_short = all(0 < len(part.split()) <= 4 for part in parts)
    if len(parts) < 2 or not is_short or text.startswith(("»", ">")):
        return False
    is_marked = re.search(r"\w\s*[>›→]\s*\w", text) is not None
    return is_marked or parts[0].lower() in language.words("home")


def _is_tagged(text: str, language: Language) -> bool:
    """Whether a line holds the words by which a site sorts an article: "Heritage #Housing #Quimperlé"."""
    del language
    return len(re.findall(r"(?<!\w)#\w{3,}", text)) > 1 or re.fullmatch(r"#\w{3,}", text) is not None


def _is_menu(text: str, language: Language) -> bool:
    """Whether a line is a row of a page's own words with others between them: "Send feedback | Save as PDF | Listen"."""
    parts = [part for part in re.split(r"\s+[|·•]\s+", text) if part]
    return len(parts) > 2 and sum(begins(part, language) for part in parts) >= 2


def _is_contents(text: str, language: Language) -> bool:
    """Whether dots lead from words to the pages of a paper."""
    del language
    return re.search(r"(?:\s\.){3}|\.{4}", text) is not None and re.search(r"\.\s?\d{1,3}(?!\S)", text) is not None


def is_of_the_site(text: str, language: Language) -> bool:
    """Whether a line says whose a site is and since when: "© Lake Leaf 2009–2021"."""
    del language
    return _SINCE.search(text) is not None


_SINCE = re.compile(r"©(?=[^\n]*\b(?:19|20)\d\d\s?[–—-]\s?(?:19|20)\d\d\b)")


SHORT_END = 40
"""Signs of a line that says no more than that a text ends."""


def _is_end(text: str, language: Language) -> bool:
    """Whether signs stand around the word for the end, as in releases: "- ENDS -", "– 30 –"."""
    return len(text) <= SHORT_END and re.fullmatch(rf"\W{{1,5}}(?:{language.any_of('ends')}|30)\W{{1,5}}", text, re.I) is not None


RULES: tuple[Callable[[str, Language], bool], ...] = (
    is_of_the_site,
    _is_end,
    _is_contents,
    _is_page_word,
    _is_sharing,
    _is_path,
    _is_tagged,
    _is_menu,
)
"""By what furniture is told; tests/test_structure.py has a text for each."""


@lru_cache(maxsize=8)
def _picture(language: Language) -> re.Pattern[str]:
    """What stands for a picture that a copy does not have: "[image]", "[Foto: zwei Männer]" before its caption, "Video"."""
    return re.compile(rf"\[\s*(?:{language.any_of('photo')})(?:\s*[:,–-][^\]]{{1,200}})?\s*\]", re.I)


def is_picture(text: str, language: Language, *, is_over: bool = False) -> bool:
    """Whether a line stands for a picture. `is_over`: a line stands directly below, which then tells what the picture shows."""
    return _picture(language).fullmatch(text) is not None and (is_over or len(text.split()) <= 2)


def is_slug(text: str) -> bool:
    """Whether a line is by what an agency files a story: "MW2207 4 INT 0512 KOSI-FLOODS", "Transports-inondations-train"."""
    if len(text) > 90 or text.endswith((".", "?", "!")):
        return False
    words = text.split()
    if _SLUG.match(text) and len(words) <= 7:
        return True
    numbers = sum(any(sign.isdigit() for sign in word) for word in words)
    is_numbered = _FILED.match(words[0]) is not None and numbers > 1 and len(words) <= 12
    return is_numbered or _KEYWORDS.fullmatch(text) is not None


_SLUG = re.compile(r"(?:(?:BC|AM|PM)-|[A-Z]{2,4}-(?:[A-Z]{2,4})?-)[A-Z]\S+(?=$|[\s,])")
_FILED = re.compile(r"[A-Za-z]{2,5}\d{3,6}\Z")
_KEYWORDS = re.compile(r"[^\W\d_]{3,}(?:[-/][^\W\d_]{3,}){2,}/?(?:\s\d{3,4}/?)?")


def is_note(text: str, language: Language) -> bool:
    """Whether a line above a title says where the text was copied from, or what its agency changed in it."""
    if len(text) > NOTE:
        return False
    if f"{text[:1]}{text[-1:]}" in ("()", "[]"):
        return True
    if _copied(language).match(text):
        return True
    return page(language).search(text) is not None and bool(written(text, language))


@lru_cache(maxsize=8)
def _copied(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?:{language.any_of('copied')})(?!\w)", re.I)


def field_of(text: str) -> tuple[str, str] | None:
    """The name and the value of a line of a database's record: "HEADLINE:  The ferry is back"."""
    found = _FIELD.fullmatch(text)
    return (found[1].lower(), found[2]) if found else None


_FIELD = re.compile(rf"({CAPITAL}[{CAPITALS} /-]{{2,18}}):\s*(\S.*|)")
