"""What an article gives to another page, put under its sentences: each stands once, with all that is told of it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from html import escape

from markupsafe import Markup

from sitegen.model.site import Contribution, Excerpt
from sitegen.views.shelf import Shelf
from sitegen.views.types import AppearanceView, DocumentView, SentenceView
from sitegen.views.weave import Mark, covering


class _Sentence:
    """A sentence, with what has been found of it so far: marked stretches, documents, statements."""

    def __init__(self, first: Excerpt) -> None:
        self.first = first
        self.marks: list[Mark] = []
        self.documents: list[DocumentView] = []
        self.appearances: list[tuple[Mark, AppearanceView]] = []

    def marked(self, excerpt: Excerpt) -> list[Mark]:
        """The stretches that an excerpt of the sentence marks."""
        out = []
        at = 0
        for piece in excerpt.pieces:
            end = at + len(piece.text)
            if piece.id:
                out.append(Mark(at, end, piece.id, ""))
            at = end
        self.marks += out
        return out


def sentences(given: Contribution, shelf: Shelf, article: str) -> tuple[SentenceView, ...]:
    """The sentences that mention, cite or state something, each once; `article` is the address of theirs."""
    found: dict[tuple[str, str], _Sentence] = {}

    def of(excerpt: Excerpt) -> _Sentence:
        key = (excerpt.where, "".join([piece.text for piece in excerpt.pieces]))
        return found.setdefault(key, _Sentence(excerpt))

    for excerpt in given.excerpts:
        of(excerpt).marked(excerpt)
    for citation, cited in given.citations:
        if cited is not None:
            sentence, document = of(cited), shelf.document(citation.document)
            sentence.marked(cited)
            if document is not None:
                sentence.documents.append(document)
    for one in given.appearances:
        sentence = of(one.excerpt)
        marks = sentence.marked(one.excerpt)
        quote = "".join([piece.text for piece in one.excerpt.pieces if piece.id])
        sentence.appearances.append((marks[0], shelf.appearance(one, quote, one.excerpt.where, article)))
    address = shelf.href(article)
    return tuple([_view(sentence, text, where, address) for (where, text), sentence in found.items()])


def _view(sentence: _Sentence, text: str, where: str, address: str) -> SentenceView:
    stated = sentence.appearances
    if len(stated) > 1:
        stated = sorted(stated, key=lambda pair: pair[0][:3])
    if len(sentence.marks) > 1:
        numbers = {mark.id: number for number, (mark, _) in enumerate(stated, 1)}
        several = len(stated) > 1
        marks = [mark._replace(kind="claim", number=numbers[mark.id] * several) if mark.id in numbers else mark for mark in sentence.marks]
        html = _crossing(text, sorted(marks), address)
    else:
        html = "".join([_piece(piece.text, piece.id, address) for piece in sentence.first.pieces])
    return SentenceView(Markup(html), where, tuple(sentence.documents), tuple([appearance for _, appearance in stated]))


def _crossing(text: str, marks: Sequence[Mark], address: str) -> str:
    """A sentence with several marks. Where one lies in another, the words are the inner one's; of equals, a statement's. The number of
    a statement follows its words, and leads to them where no words of its own do."""
    cuts = sorted({0, len(text), *itertools.chain.from_iterable(mark[:2] for mark in marks)})
    inner = [min(over, key=_breadth).id if over else "" for over in covering(marks, cuts)]
    numbers: dict[int, str] = {}
    for mark in sorted(marks, key=lambda mark: mark.number):
        if mark.number:
            number = _piece(str(mark.number), "" if mark.id in inner else mark.id, address)
            numbers[mark.end] = f"{numbers.get(mark.end, '')}<sup>{number}</sup>"
    out: list[str] = []
    words, id = "", ""
    for (start, end), next_id in zip(itertools.pairwise(cuts), inner, strict=True):
        if next_id != id:
            out.append(_piece(words, id, address))
            words, id = "", next_id
        words += text[start:end]
        if end in numbers:
            out += [_piece(words, id, address), numbers[end]]
            words = ""
    return "".join([*out, _piece(words, id, address)])


def _breadth(mark: Mark) -> tuple[int, bool]:
    return mark.end - mark.start, not mark.kind


def _piece(words: str, id: str, address: str) -> str:
    text = escape(words, quote=False)
    return f'<a href="{escape(f"{address}#{id}")}">{text}</a>' if id and words else text
