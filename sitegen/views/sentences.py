"""What an article gives to another page, put under its sentences: each stands once, with all that is told of it."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from html import escape
from operator import itemgetter

from sitegen.model.site import Contribution, Excerpt
from sitegen.views.shelf import Shelf
from sitegen.views.telling import appearance_view, document_view
from sitegen.views.types import AppearanceView, DocumentView, SentenceView
from sitegen.views.weave import Mark, covering, is_plain, safe
from sitegen.views.words import WHERE, said

_Told = tuple[Excerpt, DocumentView | None, AppearanceView | None]
"""What is told of a sentence once: what marks it, and the document that it cites there or the statement that it makes."""


def sentences(given: Contribution, shelf: Shelf, at: str) -> tuple[SentenceView, ...]:
    """The sentences that mention, cite or state something, each once; `at` is what stands before an id in the address of its words."""
    told: list[_Told] = [(excerpt, None, None) for excerpt in given.excerpts]
    told += [
        (excerpt, document_view(shelf.speech, citation.document), None) for citation, excerpt in given.citations if excerpt is not None
    ]
    for one in given.appearances:
        quote = "".join([piece.text for piece in one.excerpt.pieces if piece.id])
        told.append((one.excerpt, None, appearance_view(shelf, one, quote, one.excerpt.where, at)))
    found: dict[tuple[str, str], list[_Told]] = {}
    for each in told:
        excerpt = each[0]
        key = (excerpt.where, "".join([piece.text for piece in excerpt.pieces]))
        if key in found:
            found[key].append(each)
        else:
            found[key] = [each]
    return tuple([_view(of, text, said(shelf.speech, WHERE, where) if where else "", at) for (where, text), of in found.items()])


def _view(told: Sequence[_Told], text: str, where: str, at: str) -> SentenceView:
    if len(told) == 1:
        ((excerpt, document, appearance),) = told
        said = frozenset([appearance.id]) if appearance and appearance.voice == "said" else frozenset()
        pieces = [_piece(piece.text, piece.id, at, said) for piece in excerpt.pieces]
        return SentenceView(safe("".join(pieces)), where, (document,) if document else (), (appearance,) if appearance else ())
    stated = sorted(((_marks(excerpt)[0], appearance) for excerpt, _, appearance in told if appearance), key=itemgetter(0))
    numbers = {mark.id: number if len(stated) > 1 else 0 for number, (mark, _) in enumerate(stated, 1)}
    marks = [
        mark._replace(kind="claim", number=numbers[mark.id]) if mark.id in numbers else mark
        for excerpt, _, _ in told
        for mark in _marks(excerpt)
    ]
    documents = tuple([document for _, document, _ in told if document])
    said = frozenset([appearance.id for _, appearance in stated if appearance.voice == "said"])
    return SentenceView(safe(_crossing(text, sorted(marks), at, said)), where, documents, tuple([appearance for _, appearance in stated]))


def _marks(excerpt: Excerpt) -> list[Mark]:
    """The stretches that an excerpt marks of its sentence."""
    out = []
    start = 0
    for piece in excerpt.pieces:
        end = start + len(piece.text)
        if piece.id:
            out.append(Mark(start, end, piece.id, ""))
        start = end
    return out


def _crossing(text: str, marks: Sequence[Mark], at: str, said: Collection[str]) -> str:
    """A sentence with several marks. Where one lies in another, the words are the inner one's; of equals, a statement's. The number of
    a statement follows its words, and leads to them where no words of its own do."""
    cuts = sorted({0, len(text), *itertools.chain.from_iterable(mark[:2] for mark in marks)})
    inner = [min(over, key=_breadth).id if over else "" for over in covering(marks, cuts)]
    innermost = frozenset(inner)
    numbers: dict[int, list[str]] = {}
    for mark in sorted(marks, key=lambda mark: mark.number):
        if mark.number:
            number = _piece(str(mark.number), "" if mark.id in innermost else mark.id, at, ())
            numbers.setdefault(mark.end, []).append(number)
    out: list[str] = []
    words, id = "", ""
    for (start, end), next_id in zip(itertools.pairwise(cuts), inner, strict=True):
        if next_id != id:
            out.append(_piece(words, id, at, said))
            words, id = "", next_id
        words += text[start:end]
        if end in numbers:
            out += [_piece(words, id, at, said), f"<sup>{', '.join(numbers[end])}</sup>"]
            words = ""
    return "".join([*out, _piece(words, id, at, said)])


def _breadth(mark: Mark) -> tuple[int, bool]:
    return mark.end - mark.start, not mark.kind


def _piece(words: str, id: str, at: str, said: Collection[str]) -> str:
    """Some words, as a link to those of an id, if any. `said`: the ids of what is credited to somebody."""
    text = words if is_plain(words) else escape(words, quote=False)
    if not id or not words:
        return text
    return f'<a class="said" href="{escape(at + id)}">{text}</a>' if id in said else f'<a href="{escape(at + id)}">{text}</a>'
