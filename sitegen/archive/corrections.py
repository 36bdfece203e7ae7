"""What was corrected in an archive, and what was taken back: told of pages that readers may see or were given a notice of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sitegen.archive.index import Index
from sitegen.model.box import Box
from sitegen.model.site import Corrected, Head


def corrected(head: Head) -> Iterator[Corrected]:
    """What was corrected on a page; of one that was taken back only that."""
    key, withdrawn = head.card.key, head.card.gate.withdrawn
    if withdrawn is not None:
        yield Corrected(withdrawn.date, key, withdrawn.reason, "", withdrawn=True)
        return
    for one in head.corrections:
        yield Corrected(one.date, key, one.reason, one.by or "", withdrawn=False)


def all_corrected(archive: Index, boxes: Iterable[Box]) -> Sequence[Corrected]:
    """All that was corrected or taken back, the newest first."""
    entries = (head for key, head in archive.heads.items() if archive.status[key] != "hidden")
    found = [*(one for head in entries for one in corrected(head)), *(one for box in boxes for one in box.corrected)]
    return sorted(found, reverse=True)
