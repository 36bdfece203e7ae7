"""Files that are zips of XML (Word, OpenDocument, EPUB): their parts, read within bounds, by parsers that follow nothing out of them."""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from typing import Any
from urllib.parse import unquote

from lxml import etree

from sitegen.importer.formats.document import NoArticle

MAGIC = b"PK\x03\x04"
SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes that are unpacked of one file; what is read of an article is far less."""
PARTS_LIMIT = 20_000
"""Parts that a zip may list."""
_WRONG = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, RuntimeError, OverflowError, KeyError, IndexError,
)  # fmt: skip
"""What Python's zipfile raises of what is no whole zip; RuntimeError of what is locked or packed in an unknown way."""


class Packed:
    """The parts of a zip, by name. Raises ValueError where it cannot be read, or unpacks to too much."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            listed = self._zip.infolist()
        except (*_WRONG, ValueError) as error:
            raise ValueError("the file is damaged: it cannot be unpacked") from error
        if len(listed) > PARTS_LIMIT:
            raise ValueError(f"the file has more than {PARTS_LIMIT:,} parts")
        self.names = frozenset(one.filename for one in listed)
        self._left = SIZE_LIMIT

    def read(self, name: str) -> bytes:
        """The bytes of a part; empty where there is none."""
        if name not in self.names:
            return b""
        try:
            with self._zip.open(name) as part:
                data = part.read(self._left + 1)
        except (*_WRONG, ValueError) as error:
            raise ValueError(f"the file is damaged: its part {name} cannot be unpacked") from error
        self._left -= len(data)
        if self._left < 0:
            raise ValueError(f"the file unpacks to more than {SIZE_LIMIT // 1024**2} MiB")
        return data

    def xml(self, name: str) -> Any:
        """The root element of a part; None where there is none."""
        data = self.read(name)
        return parsed(data, name) if data else None


def packed(data: bytes) -> Packed | None:
    """The parts of a file, where it is a zip that can be read."""
    if not data.startswith(MAGIC):
        return None
    try:
        return Packed(data)
    except ValueError:
        return None


def parsed(data: bytes, name: str) -> Any:
    """The root element of some XML. Nothing outside is fetched, and what declares entities of its own, which could grow without end, is
    refused with ValueError, as is what is no XML."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise ValueError(f"the file is damaged: its part {name} is not XML") from error
    if _is_deep(root):
        raise ValueError(f"its part {name} is nested deeper than {DEPTH} levels")
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise NoArticle(f"its part {name} declares entities of its own, and is not read", "save it anew with another program")
    return root


DEPTH = 120
"""Levels of XML that are read; a table in a box in a table has some forty."""
_is_deep = etree.XPath(f"boolean({'/*' * (DEPTH + 1)})")


def local(element: Any) -> str:
    """The name of an element without its namespace: of one format several are in use."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Any, name: str) -> str:
    """An attribute by its name without a namespace; empty where there is none."""
    return next((str(value) for key, value in element.attrib.items() if key == name or key.endswith(f"}}{name}")), "")


def beside(name: str, address: str) -> str:
    """The part to which an address leads that stands in another one."""
    path = unquote(address.partition("#")[0])
    joined = path if path.startswith("/") else posixpath.join(posixpath.dirname(name), path)
    return posixpath.normpath(joined).lstrip("/")
