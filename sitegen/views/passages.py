"""The addresses of an article's passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import blake2s

from sitegen.model.text import Element


def ids_of(elements: Sequence[Element]) -> list[str]:
    """The address of each element: a heading's and a picture's own; else one made from its words, and where the same words come again, also
    from how often they did."""
    seen = Counter(element.id for element in elements)
    out = []
    for element in elements:
        id = element.id
        if element.kind in ("image", "added"):
            id = f"image-{id}"
        elif not id:
            words = "\n".join(block.text for block in element.blocks)
            id = f"w-{blake2s(words.encode(), digest_size=4).hexdigest()}"
            seen[id] += 1
            id = id if seen[id] == 1 else f"{id}-{seen[id]}"
        out.append(id)
    return out
