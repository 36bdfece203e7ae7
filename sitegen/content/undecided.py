"""Proposals that nobody has judged. In an article that an editor has signed they await one, as if their own `review` said so.

An import marks what it proposes by a `todo` of its own form (`model.todo`). While the article itself is unchecked, its review holds them;
once that is signed, what still bears such a `todo` must not become public with it. A page of another kind that bears one is proposed as a
whole, and the gate keeps it back.
"""

from __future__ import annotations

from sitegen.content.node import Mapping, Node, Scalar, Sequence
from sitegen.model.todo import proposed

_LISTS = ("claims", "annotations", "sources")


def withheld(front: Mapping) -> Mapping:
    """The metadata of an article, with a `review` for each undecided proposal where the article is signed."""
    values = {key.text: value for key, value in front.items}
    is_signed = _text(values.get("review"), "state") == "checked"
    if not is_signed or not any(_is_undecided(one) for name in _LISTS for one in _entries(values.get(name))):
        return front
    items = [(key, _marked(value) if key.text in _LISTS else value) for key, value in front.items]
    return Mapping(items, front.path, front.line, front.flow, front.span)


def is_undecided(page: Mapping) -> bool:
    """Whether a page, of which this is the metadata, is proposed as a whole by its own `todo`."""
    return proposed(_text(page, "todo")) is not None


def _marked(value: Node) -> Node:
    if not isinstance(value, Sequence):
        return value
    items = [_held(one) if _is_undecided(one) and isinstance(one, Mapping) else one for one in value.items]
    return Sequence(items, value.path, value.line, value.flow, value.span)


def _held(entry: Mapping) -> Mapping:
    """An entry with a review that keeps it back."""
    line = next(key.line for key, _ in entry.items if key.text == "todo")

    def word(text: str) -> Scalar:
        return Scalar(text, entry.path, line, plain=True)

    review = Mapping([(word("state"), word("imported"))], entry.path, line, flow=True)
    return Mapping([*entry.items, (word("review"), review)], entry.path, entry.line, entry.flow, entry.span)


def _entries(value: Node | None) -> list[Node]:
    return value.items if isinstance(value, Sequence) else []


def _is_undecided(entry: Node) -> bool:
    has_review = isinstance(entry, Mapping) and any(key.text == "review" for key, _ in entry.items)
    return not has_review and proposed(_text(entry, "todo")) is not None


def _text(node: Node | None, key: str) -> str:
    """What a mapping says under a key; empty where it says nothing, or no single value."""
    found = next((value for name, value in node.items if name.text == key), None) if isinstance(node, Mapping) else None
    return found.text if isinstance(found, Scalar) else ""
