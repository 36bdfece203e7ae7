"""The apparatus of articles as W3C Web Annotations: one collection, so that other programs can read what was annotated here.

Each annotation also has the entry as the archive has it (`vocabulary.ENTRY`), so that nothing is lost on the way there and back. It is made
for editors, of all that their files say: what is a draft, awaits an editor or is left to do stands in it too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sitegen.annotations.placing import Text
from sitegen.annotations.proposals import corrections
from sitegen.annotations.vocabulary import CONTEXT, ENTRY, GROUP, ITEM, KIND, MOTIVATIONS, OURS
from sitegen.archive.index import address_of
from sitegen.content.anchoring import Found
from sitegen.content.threeway import Said
from sitegen.content.words import Words
from sitegen.model.article import PAGELESS, Article, Note, Statement
from sitegen.model.kinds import CLAIMS, SOURCES, subject
from sitegen.model.text import Anchor
from sitegen.urls import encoded

BESIDE = 32
"""Signs before and after a quote that are told with it; no more than its block has."""
Node = dict[str, Any]


class Annotated(NamedTuple):
    """An article: read, with its words, and all of its metadata and apparatus as they are written."""

    article: Article
    words: Words
    written: Mapping[str, Said]


def collection(title: str, base_url: str, articles: Iterable[Annotated]) -> Node:
    """The annotations of some articles as one collection with one page."""
    items = [one for article in articles for one in _Of(article, base_url).all()]
    id = f"{base_url}#annotations"
    page = {"id": f"{id}-1", "type": "AnnotationPage", "partOf": id, "startIndex": 0, "items": items}
    return {
        "@context": [CONTEXT, OURS],
        "id": id,
        "type": "AnnotationCollection",
        "label": title,
        "total": len(items),
        "first": page,
    }


class _Of:
    """The annotations of one article."""

    def __init__(self, one: Annotated, base_url: str) -> None:
        self.article, self.words, self.written = one
        self.base_url = base_url
        self.page = base_url + address_of(one.article.card.key)
        self.blocks = one.article.blocks
        self.text = Text.of(block.text for block in self.blocks)

    def all(self) -> Iterator[Node]:
        yield from self.citations()
        yield from self.claims()
        for note, entry in zip(self.article.notes, self.under("annotations"), strict=True):
            yield self.note(note, entry)
        mentions = self.written.get("places")
        proposed = mentions.get("proposed") if isinstance(mentions, dict) else None
        for entry in (*corrections(self.written), *(proposed if isinstance(proposed, list) else ())):
            yield self.mention(entry)

    def under(self, key: str) -> Sequence[Said]:
        found = self.written.get(key)
        return found if isinstance(found, list) else ()

    # what each kind says

    def citations(self) -> Iterator[Node]:
        anchors = iter(anchor for anchor in self.article.anchors if anchor.kind == "citation")
        for number, (citation, entry) in enumerate(zip(self.article.front.sources, self.under("sources"), strict=True), 1):
            anchor = next(anchors) if citation.quote else None
            document = citation.document
            bodies = [page_body(self.base_url, SOURCES.key(citation.source), "linking")]
            bodies += [{"type": "SpecificResource", "source": document.url, "purpose": "linking"}] if document and document.url else []
            bodies += [text_body(document.title, "describing")] if document and document.title else []
            id = anchor.id if anchor else f"source-{number}"
            yield self.annotation(id, "citation", entry, "linking", bodies, [anchor] if anchor else [])

    def claims(self) -> Iterator[Node]:
        statements = iter(self.article.statements)
        for entry in self.under("claims"):
            assert isinstance(entry, dict)
            if "total" not in entry:
                yield self.claim(next(statements), "claim", entry)
                continue
            total = self.claim(next(statements), "group", entry)
            yield total
            items = entry.get("items")
            for item in items if isinstance(items, list) else ():
                yield {**self.claim(next(statements), ITEM, item), GROUP: total["id"]}

    def claim(self, one: Statement, kind: str, entry: Said) -> Node:
        bodies = [page_body(self.base_url, CLAIMS.key(one.claim), "classifying")] if one.claim else []
        bodies += [
            page_body(self.base_url, SOURCES.key(source), "identifying") for source in dict.fromkeys(one.sources) if source not in PAGELESS
        ]
        bodies += [text_body(one.gloss, "describing")] if one.gloss else []
        bodies.append(text_body("claim", "tagging"))
        return self.annotation(one.id, kind, entry, "classifying", bodies, [one])

    def note(self, one: Note, entry: Said) -> Node:
        note = entry.get("note") if isinstance(entry, dict) else None
        bodies = [text_body(note, "commenting", "text/markdown")] if isinstance(note, str) else []
        bodies += [text_body(one.read, "editing")] if one.read else []
        bodies += [{"type": "SpecificResource", "source": proof.url, "purpose": "linking"} for proof in one.evidence if proof.url]
        bodies.append(text_body(one.kind, "tagging"))
        out = self.annotation(one.id, "annotation", entry, MOTIVATIONS[one.kind], bodies, [one])
        made = {**({"creator": {"name": one.by}} if one.by else {}), **({"created": f"{one.date}T00:00:00Z"} if one.date else {})}
        return {**out, **made}

    def mention(self, entry: Said) -> Node:
        assert isinstance(entry, dict)
        wording, meant = str(entry["wording"]), entry.get("as")
        id = f"mention-{hashlib.sha256(repr((wording, meant)).encode()).hexdigest()[:8]}"
        found = list(self.words.haystack.all(wording, within=self.words.everywhere))
        bodies = (
            [page_body(self.base_url, subject(meant), "identifying")] if isinstance(meant, str) else [text_body("no mention", "describing")]
        )
        return self.annotation(id, "mention", entry, "identifying", bodies, found)

    # what all have

    def annotation(
        self, id: str, kind: str, entry: Said, motivation: str, bodies: list[Node], found: Sequence[Anchor | Statement | Note | Found]
    ) -> Node:
        targets: list[Any] = [self.target(one) for one in found]
        return {
            "id": f"{self.page}#{id}",
            "type": "Annotation",
            "motivation": motivation,
            "body": bodies,
            "target": targets[0] if len(targets) == 1 else targets or {"source": self.page},
            KIND: kind,
            ENTRY: entry,
        }

    def target(self, one: Anchor | Statement | Note | Found) -> Node:
        text = self.blocks[one.block].text
        beside = {"prefix": text[max(0, one.start - BESIDE) : one.start], "suffix": text[one.end : one.end + BESIDE]}
        start, end = self.text.offset(Found(one.block, one.start, one.end))
        quote = {"type": "TextQuoteSelector", "exact": text[one.start : one.end], **{key: said for key, said in beside.items() if said}}
        return {"source": self.page, "selector": [quote, {"type": "TextPositionSelector", "start": start, "end": end}]}


def page_body(base_url: str, key: str, purpose: str) -> Node:
    """That words are tied to a page of the archive."""
    return {"type": "SpecificResource", "source": base_url + _encoded(key), "purpose": purpose}


@lru_cache(maxsize=4096)
def _encoded(key: str) -> str:
    """The address of a page, to which many annotations are tied."""
    return encoded(address_of(key))


def text_body(text: str, purpose: str, format: str = "text/plain") -> Node:
    """That words are told of words."""
    return {"type": "TextualBody", "value": text, "format": format, "purpose": purpose}
