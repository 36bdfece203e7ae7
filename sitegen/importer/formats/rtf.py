"""Rich Text (.rtf), as WordPad, TextEdit, Word and LibreOffice write it (Microsoft's specification 1.9.1).

It is read here, and not by a library: those that there are put addresses of links and signs between cells into the words.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from sitegen import __version__
from sitegen.content.text import normal
from sitegen.importer.formats.arranging import Block, Maker, document, row
from sitegen.importer.formats.document import Document, Properties, Told
from sitegen.importer.line import Kind

_TOKEN = re.compile(rb"\\([A-Za-z]{1,32})(-?\d{1,9})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)|\\")
DEPTH = 500
"""Groups within one another; a table in a box in a note has some thirty."""
_SIGNS = {
    "line": " ", "tab": " ", "softline": " ", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ", "qmspace": " ",
    "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
_ESCAPED = {"~": "\u00a0", "_": "\u2011", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n", "\t": " "}
_SKIPPED = frozenset([
    "fonttbl", "colortbl", "filetbl", "listtable", "listoverridetable", "pict", "nonshppict", "shprslt", "objdata", "fldinst", "listtext",
    "pntext", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "annotation", "atnid", "atnauthor",
    "xe", "tc", "bkmkstart", "bkmkend", "sp", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "upr", "rxe", "template",
    "private", "themedata", "formfield", "datafield", "keywords", "subject", "comment", "doccomm", "operator", "company", "category",
    "manager",
])  # fmt: skip
"""Groups whose words are no part of the text: how it looks, pictures, what fields are made from, heads and feet of pages, comments."""
_STARRED = frozenset(["footnote", "shpinst", "ud"])
"""Groups that old programs skip, and that hold words."""
_FLOWS = frozenset(["footnote", "shptxt", "dptxbxtext"])
"""Groups that are a text of their own: notes and boxes."""
_CHARSETS: dict[int, int | str] = {
    0: 1252, 77: "mac_roman", 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257,
    204: 1251, 222: 874, 238: 1250,
}  # fmt: skip
"""The alphabets of fonts, by their numbers."""

_OLD: dict[str, int | str] = {"mac": "mac_roman", "pc": 437, "pca": 850}
"""The alphabets of systems, by the words that name them."""


def is_rtf(data: bytes, name: str) -> bool:
    """Whether a file is Rich Text, by its first signs."""
    del name
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def documents(data: bytes, lang: str, told: Told) -> Iterator[Document]:
    """The one article of a Rich Text file."""
    del told
    reader = _Reader(data)
    reader.read()
    says = Properties.of(reader.info.get("author", ""), reader.made)
    yield document(
        [*reader.flows[0].blocks, *reader.notes], lang, Maker("sitegen", __version__), title=reader.info.get("title", ""), says=says
    )


class _Group(NamedTuple):
    """What holds in a group, and ends with it. `into`: the info that its words are; `takes`: the table that it fills."""

    skipped: bool = False
    is_hidden: bool = False
    uc: int = 1
    font: int = -1
    style: int = 0
    is_heading: bool = False
    is_item: bool = False
    in_table: bool = False
    into: str = ""
    takes: str = ""
    opens_flow: bool = False


class _Flow:
    """A text: its words since the last paragraph ended, its blocks, and those of the cell and row that are open."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.blocks: list[Block] = []
        self.cell: list[Block] = []
        self.row: list[list[Block]] = []
        self.boxes: list[Block] = []


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.info: dict[str, str] = {}
        self.made = ""
        self.notes: list[Block] = []
        self.flows = [_Flow()]
        self.styles: dict[int, str] = {}
        self.fonts: dict[int, str] = {}
        self.codec = "cp1252"
        self.font = -1
        self.now = _Group()
        self.above: list[_Group] = []
        self.bytes = bytearray()
        self.skip = 0
        self.is_starred = self.is_new = False
        self.date = [0, 0, 0]

    def read(self) -> None:
        """Reads the file to the end of its outermost group. Raises ValueError where that is missing."""
        at, size = self.data.find(b"{"), len(self.data)
        while at < size:
            found = _TOKEN.match(self.data, at)
            if found is None:
                break
            at = found.end()
            word, number, code, sign, brace, run = found.groups()
            if brace == b"{":
                self._open()
            elif brace:
                if self._close():
                    return
            elif word is not None:
                at += self._word(word.decode(), int(number) if number is not None else None)
            elif code is not None:
                self._byte(int(code, 16))
            elif sign is not None:
                self._sign(sign.decode("latin-1"))
            elif run is not None:
                self._run(run)
        raise ValueError("the file is cut short: its end is missing")

    def _open(self) -> None:
        self._settle()
        if len(self.above) > DEPTH:
            raise ValueError(f"the file is nested deeper than {DEPTH} groups")
        self.above.append(self.now)
        self.now = self.now._replace(opens_flow=False)
        self.is_new, self.is_starred, self.skip = True, False, 0

    def _close(self) -> bool:
        """Ends a group; whether it was the outermost."""
        self._settle()
        self.is_new, self.skip = False, 0
        if self.now.takes == "creatim" and not self.made:
            self.made = "{:04}-{:02}-{:02}".format(*self.date)
        if len(self.above) == 1:
            self._end_flow()
            return True
        if self.now.opens_flow and len(self.flows) > 1:
            blocks = self._end_flow()
            self.flows.pop()
            if self.now.takes == "footnote":
                self.notes += blocks
            else:
                self.flows[-1].boxes += blocks
        self.now = self.above.pop() if self.above else self.now
        return False

    def _word(self, word: str, number: int | None) -> int:
        """A control word; how many bytes behind it are no text."""
        is_new, self.is_new = self.is_new, False
        is_starred, self.is_starred = self.is_starred, False
        if word == "bin":
            return max(0, number or 0)
        if word == "u":
            self._unit(number or 0)
            return 0
        self._settle()
        now = self.now
        if is_new and word == "ud":
            self.now = now._replace(skipped=False)
        elif is_new and word in _FLOWS and not now.skipped:
            self.flows.append(_Flow())
            self.now = now._replace(opens_flow=True, takes=word, in_table=False, style=0, is_heading=False, is_item=False)
        elif is_new and word in ("fonttbl", "stylesheet"):
            self.now = now._replace(takes=word, skipped=True)
        elif is_new and word in ("title", "author") and now.takes == "info":
            self.now = now._replace(into=word)
        elif is_new and word in ("info", "creatim"):
            self.now = now._replace(takes=word, skipped=word == "info" or now.skipped)
        elif is_new and ((is_starred and word not in _STARRED) or word in _SKIPPED):
            self.now = now._replace(skipped=True)
            if word in ("listtext", "pntext") and self.above:
                self.above[-1] = self.above[-1]._replace(is_item=True)
        else:
            self._formatted(word, number)
        return 0

    def _formatted(self, word: str, number: int | None) -> None:
        now = self.now
        if word in _SIGNS:
            self._put(_SIGNS[word])
        elif word in {"par", "sect"}:
            self._end_paragraph()
        elif word in ("cell", "nestcell"):
            self._end_cell()
        elif word in ("row", "nestrow"):
            self._end_row()
        elif word == "pard":
            self.now = now._replace(style=0, is_heading=False, is_item=False, in_table=False)
        elif word == "plain":
            self.now = now._replace(font=self.font, is_hidden=False)
        elif word == "intbl":
            self.now = now._replace(in_table=True)
        elif word in ("v", "deleted"):
            self.now = now._replace(is_hidden=number != 0)
        elif word == "outlinelevel":
            self.now = now._replace(is_heading=number is not None and number < 9)
        elif word == "ls":
            self.now = now._replace(is_item=True)
        elif word == "ansicpg" or word in ("mac", "pc", "pca"):
            self.codec = _codec(_OLD.get(word, number or 1252))
        elif number is None:
            return
        elif word == "s":
            self.now = now._replace(style=number)
        elif word == "f":
            self.now = now._replace(font=number)
        elif word == "deff":
            self.font, self.now = number, now._replace(font=number)
        elif word == "fcharset" and now.takes == "fonttbl":
            self.fonts[now.font] = _codec(_CHARSETS.get(number, 1252))
        elif word == "uc":
            self.now = now._replace(uc=min(max(number, 0), 8))
        elif word in ("yr", "mo", "dy") and now.takes == "creatim":
            self.date[("yr", "mo", "dy").index(word)] = min(max(number, 0), 9999)

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.is_starred = True
            return
        self.is_new = False
        self._settle()
        if sign in "\r\n":
            self._end_paragraph()
        elif self.skip:
            self.skip -= 1
        else:
            self._put(_ESCAPED.get(sign, ""))

    def _byte(self, number: int) -> None:
        self.is_new = False
        if self.skip:
            self.skip -= 1
        else:
            self.bytes.append(number)

    def _run(self, run: bytes) -> None:
        self.is_new = False
        run, self.skip = run[self.skip :], max(0, self.skip - len(run))
        self.bytes += run

    def _unit(self, number: int) -> None:
        """A UTF-16 unit by its number, below zero from 32,768 on; signs for old programs follow it."""
        self._settle()
        self._put(chr(number & 0xFFFF))
        self.skip = self.now.uc

    def _settle(self) -> None:
        """Puts the bytes that were read as words, in the alphabet of their font."""
        if self.bytes:
            self._put(self.bytes.decode(self.fonts.get(self.now.font, self.codec), "replace"))
            self.bytes.clear()

    def _put(self, words: str) -> None:
        now = self.now
        if now.into:
            self.info[now.into] = self.info.get(now.into, "") + words
        elif now.takes == "stylesheet":
            self.styles[now.style] = self.styles.get(now.style, "") + words
        elif not (now.skipped or now.is_hidden):
            self.flows[-1].words.append(words)

    def _end_paragraph(self) -> None:
        if self.now.skipped:
            return
        flow = self.flows[-1]
        text = normal("".join(flow.words).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))
        flow.words.clear()
        into = flow.cell if self.now.in_table else flow.blocks
        if text:
            style = self.styles.get(self.now.style, "").strip(" ;").lower() if self.now.style else ""
            is_title = style == "title"
            is_heading = self.now.is_heading or style.startswith("heading ")
            kind: Kind = "heading" if is_heading and not is_title else "caption" if style == "caption" else "paragraph"
            into.append(Block("item" if self.now.is_item and kind == "paragraph" else kind, text, is_title))
        into += flow.boxes
        flow.boxes = []

    def _end_cell(self) -> None:
        if self.now.skipped:
            return
        flow = self.flows[-1]
        self.now = self.now._replace(in_table=True)
        self._end_paragraph()
        flow.row.append(flow.cell)
        flow.cell = []

    def _end_row(self) -> None:
        if not self.now.skipped:
            flow = self.flows[-1]
            flow.blocks += row([*flow.row, flow.cell])
            flow.row, flow.cell = [], []

    def _end_flow(self) -> list[Block]:
        """Ends a text with what is open in it; its blocks."""
        self._end_paragraph()
        self._end_row()
        return self.flows[-1].blocks


def _codec(name: int | str) -> str:
    """The name of a codec that there is; Windows-1252 for others."""
    try:
        return codecs.lookup(name if isinstance(name, str) else "utf-8" if name == 65001 else f"cp{name}").name
    except LookupError:
        return "cp1252"
