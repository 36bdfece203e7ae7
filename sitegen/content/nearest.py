"""Proposals for hints ("did you mean"), never applied by themselves."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence


def nearest(word: str, options: Iterable[str], cutoff: float = 65.0) -> str | None:
    """The option most like `word`, or None where none is like it (similarity in percent)."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, sorted(options), scorer=fuzz.ratio, score_cutoff=cutoff)
    return found[0] if found else None


def did_you_mean(word: str, options: Iterable[str], otherwise: str = "") -> str:
    """A hint: the nearest option as a question, or `otherwise`."""
    found = nearest(word, options)
    return f"did you mean `{found}`?" if found else otherwise


WIDTH = 100
QUOTATION_MARKS = tuple('"“”„‟«»‹›‘’‚')


class Options:
    """Many options, asked again and again: each word is compared with those alone that stand near it in the order of the alphabet, read
    forwards or backwards, as nearly all do that are like it."""

    def __init__(self, options: Iterable[str]) -> None:
        self.forwards = sorted(set(options))
        self.backwards = sorted(option[::-1] for option in self.forwards)

    def did_you_mean(self, word: str, otherwise: str = "") -> str:
        """A hint: the nearest option as a question, or `otherwise`."""
        backwards = (option[::-1] for option in _near(self.backwards, word[::-1]))
        return did_you_mean(word, {*_near(self.forwards, word), *backwards}, otherwise)


def _near(ordered: Sequence[str], word: str) -> Sequence[str]:
    at = bisect_left(ordered, word)
    return ordered[max(0, at - WIDTH) : at + WIDTH]


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
    words = text[start:end].strip()
    # of a pair of quotation marks, one alone belongs to neither
    if words[:1] in QUOTATION_MARKS and quote.strip()[:1] not in QUOTATION_MARKS:
        words = words[1:]
    if words[-1:] in QUOTATION_MARKS and quote.strip()[-1:] not in QUOTATION_MARKS:
        words = words[:-1]
    return words.strip() or None
