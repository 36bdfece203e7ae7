"""What stands between a subject and its verb, and is no part of it: "the mayor, in a statement on Monday, also" said."""

from __future__ import annotations

from sitegen.importer.language import Language

LEAST, MOST = 3, 30
"""Signs of what follows "in a"."""
FAR = 100
"""Signs before the nearest adverb within which the next one begins; only "told" may have more behind it."""


def without_adverbs(text: str, language: Language) -> str:
    """A text without the adverbs at its end: words that the language lists, "on Monday", "in a statement", "told reporters".

    The same words may be several such phrases ("in a rare interview also"). So they are read from the end, and it is noted from which of
    them on the rest is nothing else.

    >>> from sitegen.importer.language import language
    >>> without_adverbs("Ann Lee in a rare interview on Monday also", language("en")), without_adverbs("Ann told Bob", language("en"))
    ('Ann Lee', 'Ann')
    """
    listed, endings = language.words("adverbs"), tuple(language.words("adverb_endings"))
    told, on_days, days, within, owners = (language.words(name) for name in ("told", "on_days", "weekdays", "in_statements", "articles"))
    stop = cut = at = len(text.rstrip())
    fine = [stop]  # where words end behind which is nothing but adverbs, from the last back
    words: list[tuple[str, int]] = []
    last_told = max((text.rfind(f" {word} ") for word in told), default=-1)
    while (space := text.rfind(" ", 0, at)) >= 0 and (0 <= last_told <= space or fine[-1] - space <= FAR):
        word = text[space + 1 : at]
        if not word.replace("_", "a").isalnum():
            break
        after, behind = words[-1] if words else ("", -1)
        if (
            (fine[-1] == at and (word in listed or (endings and word.endswith(endings) and word not in endings and word.islower())))
            or (behind in fine[-2:] and (f"{word} {after}" in listed or (word in on_days and after.lower() in days)))
            or (word in told and words)
            or (word in within and after in owners and _reaches(behind + 1, fine, len(text)))
        ):
            fine.append(space)
            cut = space
        words.append((word, at))
        at = space
    return text[:cut] if cut < stop else text


def _reaches(start: int, fine: list[int], size: int) -> bool:
    """Whether the signs of a phrase that begins at a place may end where nothing but adverbs follows."""
    for number in range(len(fine) - 1, -1, -1):
        if fine[number] > start + MOST:
            return False
        if (fine[number] if number else size) >= start + LEAST:
            return True
    return False
