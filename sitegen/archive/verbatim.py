"""The verbatim gate: the page's text is the seed's text, word for word, or the build says where they part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate

from sitegen.content.text import normal
from sitegen.model.article import Article
from sitegen.model.problem import Problem
from sitegen.model.text import Element


def decode(data: bytes) -> str | None:
    """The text of a plain-text seed: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252; None where it is not text."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        pass
    try:
        return None if b"\0" in data else data.decode("cp1252")
    except UnicodeDecodeError:
        return None


def page_text(article: Article) -> list[tuple[str, int]]:
    """The text of a page, piece by piece, with the line on which each stands.

    The blocks of the body in order, with the title where it stands among them; an image stands for its `printed`; list markers are text.
    A title in square brackets is no part of the text where the seed does not have it.
    """
    printed = {image.id: image.printed or image.caption for image in article.front.images}

    def texts(elements: Iterable[Element]) -> Iterator[tuple[str, int]]:
        for element in elements:
            for block in element.blocks:
                text = printed.get(element.id, block.text) if block.kind == "caption" else block.text
                yield f"{block.marker} {text}", block.line

    above, below = article.elements[: article.above], article.elements[article.above :]
    pieces = [*texts(above), (article.title.text, article.title.line), *texts(below)]
    return [(words, line) for text, line in pieces if (words := normal(text))]


def is_supplied(title: str) -> bool:
    """Whether a title is an editor's: in square brackets, as cataloguers write what a work does not say itself (ISBD)."""
    return title.startswith("[") and title.endswith("]")


_FURTHER_DOWN = "in the seed the title stands below other lines: write it below them in the body too, as a heading `# …` of the same words"


def departure(article: Article, seed: str) -> Problem | None:
    """Where the page first departs from the seed's text; None where the proof holds."""
    pieces = page_text(article)
    wanted = normal(seed)
    if " ".join(text for text, _ in pieces) == wanted:
        return None
    if is_supplied(article.title.text) and not article.above:  # what stands among the words of the body is one of them
        pieces = pieces[1:]
    page = " ".join(text for text, _ in pieces)
    if page == wanted:
        return None
    ours, theirs = page.split(" "), wanted.split(" ")
    at = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    ends = accumulate(text.count(" ") + 1 for text, _ in pieces)
    line = next((line for (_, line), end in zip(pieces, ends, strict=True) if end > at), pieces[-1][1] if pieces else 0)
    title = normal(article.title.text)
    is_further_down = not article.above and at < len(title.split(" ")) and f" {title} " in f" {wanted} "
    start = max(0, at - 3)
    return Problem(
        article.path, line, "departs-from-seed",
        f"the page has {_shown(ours[start : at + 5])}, the seed {_shown(theirs[start : at + 5])}",
        _FURTHER_DOWN if is_further_down else "restore the seed's words; a slip of the original gets an annotation of kind `sic`",
    )  # fmt: skip


def _shown(words: list[str]) -> str:
    return f"“…{' '.join(words)}…”" if words else "nothing more"
