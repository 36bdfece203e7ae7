"""The words in which annotations are exchanged: the W3C's Web Annotation Data Model, and what we add to it."""

from __future__ import annotations

from typing import Any, Final

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
NAMESPACE: Final = "urn:x-sitegen:"
KIND: Final = "sitegen:kind"
"""What an entry of ours is: one of `LISTS`, or `ITEM`."""
ENTRY: Final = "sitegen:entry"
"""The entry as the archive has it, every scalar as text."""
GROUP: Final = "sitegen:group"
"""Of an item of a group: the annotation of its total, which has the whole group as its entry."""
ITEM: Final = "item"

OURS: Final[dict[str, Any]] = {"@version": 1.1, "sitegen": NAMESPACE, ENTRY: {"@type": "@json"}, GROUP: {"@type": "@id"}}
"""The context of what we add. An entry is a JSON literal, so that a JSON-LD processor takes nothing out of it."""

LISTS: Final[dict[str, tuple[str, ...]]] = {
    "citation": ("sources",),
    "claim": ("claims",),
    "group": ("claims",),
    "annotation": ("annotations",),
    "mention": ("places", "proposed"),
}
"""Under which keys of an article each kind of entry is written."""

MOTIVATIONS: Final = {
    "context": "describing",
    "loaded-language": "assessing",
    "sic": "editing",
    "unattributed": "assessing",
    "name": "identifying",
    "definition": "describing",
    "question": "questioning",
}
"""Why a note of each kind is made, in the W3C's words."""
