"""The pictures of an article: those that it shows itself, whose captions are words of it, and those that the archive adds.

An added picture is an element without a block. What asks for the article's words (the proof, quotes, mentions, the search) asks its blocks,
so that nothing of what the archive says of a picture can be taken for them, and no caption that is declared `added` can stand for one of
the seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from sitegen.content import markdown, reading
from sitegen.content.text import caption_of, normal, shown
from sitegen.model import records
from sitegen.model.article import Added, Reference
from sitegen.model.problem import Problem, missing
from sitegen.model.text import Block, Element

ADDED = "added"
"""The kind of an element that is a picture of the archive's."""


def with_captions(elements: tuple[Element, ...], given: Sequence[records.Image], path: str, reader: reading.Reading) -> tuple[Element, ...]:
    """The elements of the article at `path`, with the caption of each of the images `given` as its text, but of those that are added."""
    images = {image.id: image for image in given}
    if len(images) < len(given):
        reader.problem(given[-1], "duplicate-id", "two images have one id", "give each image an id of its own")
    for image in images.values():
        _describe(image, reader)
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
        if images[id].added:
            out.append(Element(ADDED, (), (), id))
            continue
        caption = Block("caption", shown(images[id].caption).strip(), line=line)
        out.append(Element("image", ("", ""), (caption,), id))
    return tuple(out)


def _describe(image: records.Image, reader: reading.Reading) -> None:
    """What is wrong with the description of an image."""
    if image.added:
        if not image.file:
            hint = "write `file`, its path under `content/images/`; a caption that the article prints is not `added`"
            reader.problem(image, missing("file"), "the archive adds a picture that it does not hold", hint)
        if image.printed is not None:
            hint = "take `printed` out; or take `added` out, if the article prints this caption"
            reader.problem(image, "whose-image", "what the archive adds is not printed in the article", hint, key="printed")
        return
    if len(image.file) > 1 or any(file.lower().endswith(".pdf") for file in image.file):
        hint = "name one picture; `added: true` is what the archive shows itself, such as a scan, page by page"
        reader.problem(image, "whose-image", "an image of the article is one picture", hint, key="file")
    if image.printed is not None and normal(image.caption) not in (normal(image.printed), caption_of(image.printed)):
        hint = f"`caption` is `printed` without the parentheses or the label around it: “{caption_of(image.printed)}”"
        reader.problem(image, "caption-not-printed", "`caption` is not what is printed", hint)


def added(given: Sequence[records.Image], reader: reading.Reading) -> tuple[list[Added], list[Reference]]:
    """The pictures among the images `given` that the archive adds, in their order, and what their captions name."""
    out, references = [], []
    for image in given:
        if image.added:
            caption, named = markdown.own_words(image.caption, *reader.line_of(image), reader.problems)
            out.append(Added(image, caption))
            references += named
    return out, references
