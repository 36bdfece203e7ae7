"""The images of an article: each is placed once, and its caption is words of the article."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from sitegen.content import reading
from sitegen.content.text import caption_of, normal, shown
from sitegen.model import records
from sitegen.model.problem import Problem
from sitegen.model.text import Block, Element


def with_captions(elements: tuple[Element, ...], given: Sequence[records.Image], path: str, reader: reading.Reading) -> tuple[Element, ...]:
    """The elements of the article at `path`, with the caption of each of the images `given` as its text."""
    images = {image.id: image for image in given}
    if len(images) < len(given):
        reader.problem(given[-1], "duplicate-id", "two images have one id", "give each image an id of its own")
    for image in images.values():
        if image.printed is not None and normal(image.caption) not in (normal(image.printed), caption_of(image.printed)):
            hint = f"`caption` is `printed` without the parentheses or the label around it: “{caption_of(image.printed)}”"
            reader.problem(image, "caption-not-printed", "`caption` is not what is printed", hint)
    placed: set[str] = set()
    out = []
    for element in elements:
        if element.kind != "image":
            out.append(element)
            continue
        id = element.id.removeprefix("image:")
        line = element.blocks[0].line
        if id == element.id or id not in images or id in placed:
            what = "stands twice" if id in placed else "is not under `images`"
            known = f"write `![](image:ID)` with one of: {', '.join(islice(images, 20))}"
            hint = (
                known if images else f"describe it in the front matter: `images: [{{id: {element.id.removeprefix('image:')}, caption: …}}]`"
            )
            reader.problems.append(Problem(path, line, "unknown-image", f"the image {element.id!r} {what}", hint))
            continue
        placed.add(id)
        caption = Block("caption", shown(images[id].caption).strip(), line=line)
        out.append(Element("image", ("", ""), (caption,), id))
    return tuple(out)
