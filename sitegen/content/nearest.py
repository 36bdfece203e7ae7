"""Proposals for hints ("did you mean"), never applied by themselves."""

from collections.abc import Iterable


def nearest(word: str, options: Iterable[str], cutoff: float = 65.0) -> str | None:
    """The option most like `word`, or None where none is like it (similarity in percent)."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, sorted(options), scorer=fuzz.ratio, score_cutoff=cutoff)
    return found[0] if found else None


def did_you_mean(word: str, options: Iterable[str], otherwise: str = "") -> str:
    """A hint: the nearest option as a question, or `otherwise`."""
    found = nearest(word, options)
    return f"did you mean `{found}`?" if found else otherwise


def passage(quote: str, text: str) -> str | None:
    """The passage of `text` most like `quote`, or None where none is like it."""
    from rapidfuzz import fuzz

    if not quote or not text:
        return None
    found = fuzz.partial_ratio_alignment(quote, text, score_cutoff=70)
    if found is None:
        return None
    start, end = found.dest_start, found.dest_end
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return text[start:end].strip() or None
