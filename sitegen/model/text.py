"""Text as the site shows it: blocks of words, with everything else standing off by offset.

Offsets count code points of `Block.text`; ends are exclusive.
"""

from sitegen.model.base import Value


class Format(Value, frozen=True):
    """A stretch of a block that the Markdown formats: `em`, `strong`, `code`, `br`, `link` or `ref`.

    `target` is the address of a link, or what stands between `[[` and `|` of a reference; `named` tells that a reference has
    words of its own.
    """

    start: int
    end: int
    tag: str
    target: str = ""
    title: str = ""
    named: bool = True


class Block(Value, frozen=True):
    """One unbroken stretch of text: a title, paragraph, heading, list item, table cell, caption or code.

    `text` is NFC with white space collapsed. `marker` is the list marker before it (`-`, `3.`), `raw` the code of a code
    block with its line breaks, `line` its line in the file.
    """

    kind: str
    text: str
    formats: tuple[Format, ...] = ()
    marker: str = ""
    raw: str = ""
    line: int = 0


class Element(Value, frozen=True):
    """A top-level element of a body: `markup[0] blocks[0] markup[1] … blocks[-1] markup[-1]`.

    `kind`: paragraph, heading, list, quote, table, code, rule, image; added, of a picture that the archive adds: it has no blocks, for no
    word of it is the article's. `id`: of a heading its address, of an image its name. `level`: of a heading, 2 to 6.
    """

    kind: str
    markup: tuple[str, ...]
    blocks: tuple[Block, ...]
    id: str = ""
    level: int = 0


class Anchor(Value, frozen=True):
    """A stretch of an article that has an address: `block` counts from the title (0) through the body in order.

    `kind`: claim, note, citation, place.
    """

    id: str
    kind: str
    block: int
    start: int
    end: int
