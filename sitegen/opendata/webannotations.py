"""What the archive adds to the words of articles, as W3C Web Annotations: what readers may see of it, for programs of others.

What editors give to one another, with all that their files say, is `exports.annotations`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from sitegen.annotations.vocabulary import CONTEXT, MOTIVATIONS
from sitegen.exports.annotations import BESIDE, page_body, text_body
from sitegen.model.kinds import ARTICLES, CLAIMS, PLACES, SOURCES, TOPICS
from sitegen.opendata.types import About, Asked

_MENTIONS = ((PLACES, "place"), (TOPICS, "topic"))
_COUNTED = ("statements", "notes", *(f"{column}_mentions WHERE start NOT NULL" for _, column in _MENTIONS))
COUNT = f"SELECT {' + '.join(f'(SELECT count(*) FROM {part})' for part in _COUNTED)}"
_SAID = """SELECT statement, source FROM statement_sources
    WHERE statement IN (SELECT id FROM statements WHERE article = ?) AND role = 'said' ORDER BY statement, source"""
_STATED = 'SELECT id, claim, gloss, url, words, start, "end" FROM statements WHERE article = ? ORDER BY rowid'
Node = dict[str, Any]


def collection(asked: Asked, about: About) -> Iterator[bytes]:
    """A collection with one page, article by article."""
    ((total,),) = asked.rows(COUNT)
    id = f"{about.base_url}data/annotations.jsonld"
    head = {"@context": CONTEXT, "id": id, "type": "AnnotationCollection", "label": about.title, "total": total}
    first = {"id": f"{id}#1", "type": "AnnotationPage", "partOf": id, "startIndex": 0}
    yield _opened(head) + b',"first":' + _opened(first) + b',"items":['
    before = b"\n"
    for stem, url, text in asked.rows(f"SELECT id, url, text FROM {ARTICLES.plural} ORDER BY first, id"):
        if found := [msgspec.json.encode(one) for one in _of_article(asked, about, stem, url, text or "")]:
            yield before + b",\n".join(found)
            before = b",\n"
    yield b"\n]}}\n"


def _opened(node: Node) -> bytes:
    """A mapping that goes on."""
    return msgspec.json.encode(node)[:-1]


def _of_article(asked: Asked, about: About, stem: str, url: str, text: str) -> Iterator[Node]:
    said: dict[str, list[str]] = {}
    for statement, source in asked.rows(_SAID, stem):
        said.setdefault(statement, []).append(source)
    for one in asked.named(_STATED, stem):
        bodies = [page_body(about.base_url, CLAIMS.key(one["claim"]), "classifying")] if "claim" in one else []
        bodies += [page_body(about.base_url, SOURCES.key(source), "identifying") for source in said.get(one["id"], ())]
        bodies += [text_body(one["gloss"], "describing")] if "gloss" in one else []
        yield _annotation(one["url"], "classifying", [*bodies, text_body("claim", "tagging")], _target(url, text, one))
    for one in asked.named("SELECT * FROM notes WHERE article = ? ORDER BY rowid", stem):
        bodies = [text_body(one["note"], "commenting")] if "note" in one else []
        bodies += [text_body(one["read"], "editing")] if "read" in one else []
        made = {
            **({"creator": {"name": one["by"]}} if "by" in one else {}),
            **({"created": f"{one['date']}T00:00:00Z"} if "date" in one else {}),
        }
        yield (
            _annotation(one["url"], MOTIVATIONS[one["kind"]], [*bodies, text_body(one["kind"], "tagging")], _target(url, text, one)) | made
        )
    for kind, column in _MENTIONS:
        mentioned = f"""SELECT {column} AS subject, wording AS words, start, "end" FROM {column}_mentions
            WHERE article = ? AND start NOT NULL ORDER BY start"""
        for one in asked.named(mentioned, stem):
            id = f"{about.base_url}data/annotations.jsonld#{kind.letter}-{stem}-{one['start']}-{one['subject']}"
            yield _annotation(
                id, "identifying", [page_body(about.base_url, kind.key(one["subject"]), "identifying")], _target(url, text, one)
            )


def _annotation(id: str, motivation: str, bodies: list[Node], target: Node) -> Node:
    return {"id": id, "type": "Annotation", "motivation": motivation, "body": bodies, "target": target}


def _target(url: str, text: str, one: Node) -> Node:
    """The words, and what stands beside them in their line, where all may be shown."""
    quote = {"type": "TextQuoteSelector", "exact": one["words"]}
    if "start" not in one:
        return {"source": url, "selector": [quote]}
    start, end = one["start"], one["end"]
    line = text.rfind("\n", 0, start) + 1, text.find("\n", end) % (len(text) + 1)
    beside = {"prefix": text[max(line[0], start - BESIDE) : start], "suffix": text[end : min(line[1], end + BESIDE)]}
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {
        "source": url,
        "selector": [{**quote, "exact": text[start:end], **{key: said for key, said in beside.items() if said}}, position],
    }
