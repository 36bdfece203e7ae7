"""The coverage of articles, as it is printed: for editors, and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sitegen.coverage import Count, Covered, Sentence, Share, total

WIDTH = 110
"""Signs of a sentence that are shown of it."""


def told(articles: Sequence[Covered]) -> Iterator[str]:
    """As an editor reads it: a row for each article, the sentences without a claim, and the totals last."""
    if not articles:
        yield "There is no article."
        return
    rows = [(one.path, one.counts) for one in articles]
    rows.append((f"{len(articles)} article{'s' * (len(articles) != 1)}", total([one.counts for one in articles])))
    cells = [
        ("With a claim, of:", "all sentences", "with a number", "telling who says it"),
        *((name, *_cells(count)) for name, count in rows),
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        f"{row[0]:{widths[0]}}" + "".join(f"  {cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)) for row in cells
    ]
    yield lines[0]
    for line, article in zip(lines[1:], articles, strict=False):
        yield line
        for one in article.without or ():
            yield f"{article.path}:{one.line}: {_holds(one)}{_short(one.text)}"
    yield lines[-1]
    undecided = sum(one.undecided for one in articles)
    if undecided:
        yield f"undecided: {undecided} proposal{'s' * (undecided != 1)} of imports; the claims among them count until they are dropped."
    unknown = sorted({one.lang for one in articles if one.counts.said is None})
    if unknown:
        yield f"unknown: no word list of {', '.join(unknown)} tells who says something; the total leaves such articles out."


def _cells(count: Count) -> tuple[str, ...]:
    return tuple("unknown" if one is None else _cell(one) for one in count)


def _cell(share: Share) -> str:
    return f"{share.claimed} of {share.of}" + (f"  {share.percent:3}%" if share.of else "     –")


def _holds(sentence: Sentence) -> str:
    """What makes a sentence worth a claim."""
    found = [word for word, is_so in (("number", sentence.number), ("who says it", sentence.said)) if is_so]
    return f"[{', '.join(found)}] " if found else ""


def _short(text: str) -> str:
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1].rstrip()}…"


def record(articles: Sequence[Covered]) -> dict[str, Any]:
    """The same for programs. What is not known is null; `without` is there where it was asked for."""
    return {
        "articles": [
            {"path": one.path, "lang": one.lang, **_shares(one.counts), "undecided": one.undecided}
            | ({} if one.without is None else {"without": [_gap(sentence) for sentence in one.without]})
            for one in articles
        ],
        "total": {"articles": len(articles), **_shares(total([one.counts for one in articles]))},
    }


def _shares(count: Count) -> dict[str, Any]:
    shares = {"sentences": count.every, "numbers": count.numbers, "attributions": count.said}
    return {name: one and {"count": one.of, "claimed": one.claimed, "percent": one.percent} for name, one in shares.items()}


def _gap(sentence: Sentence) -> dict[str, Any]:
    return {"line": sentence.line, "text": sentence.text, "number": sentence.number, "attribution": sentence.said}
