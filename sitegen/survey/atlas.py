"""What maps need of the whole archive: the outlines of places, and which lie near one another."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.archive.index import Index
from sitegen.archive.nearby import Placed, located, nearby, neighbours
from sitegen.archive.targets import Atlas
from sitegen.cache import Memory
from sitegen.content import frontmatter
from sitegen.content.shapes import NoShape, shape_of
from sitegen.model.article import Key
from sitegen.model.base import Value
from sitegen.model.digest import Digest
from sitegen.model.problem import Problem
from sitegen.tree import Tree

FOLDER = "content/shapes"
Near = Mapping[Key, tuple[Key, ...]]


class Shaped(Value, frozen=True):
    """The shape that a file holds, by its digest; or why it holds none, and on which of its lines."""

    shape: Digest
    problem: str = ""
    line: int = 0


def shaped(memory: Memory, path: str, digest: Digest) -> Shaped:
    """The shape of a file."""
    try:
        return Shaped(memory.keep(shape_of(memory.file(path, digest))))
    except NoShape as error:
        return Shaped(Digest(b""), str(error), error.line)


def shapes(archive: Index, tree: Tree, memory: Memory) -> tuple[dict[Key, Digest], list[Problem]]:
    """The shapes of public places, and what is wrong with those of any."""
    found: dict[Key, Digest] = {}
    problems = []
    for key, head in archive.heads.items():
        if not head.shape:
            continue
        path = f"{FOLDER}/{head.shape}"
        if path not in tree.digests:
            line = frontmatter.line_of(tree.read(head.path), head.path, head.shape)
            problems.append(Problem(head.path, line, "bad-shape", f"there is no file {path!r}", "put it there, or take `shape` out"))
            continue
        made = memory.memo(shaped, path, tree.digests[path])
        if made.problem:
            hint = "write GeoJSON (RFC 7946) with a Polygon, MultiPolygon, LineString or MultiLineString"
            problems.append(Problem(path, made.line, "bad-shape", made.problem, hint))
        elif archive.status[key] == "public":
            found[key] = made.shape
    return found, problems


def near_one_another(_: Memory, places: tuple[Placed, ...], asked: tuple[Placed, ...]) -> list[tuple[Key, tuple[Key, ...]]]:
    """As `nearby`, remembered."""
    return nearby(places, asked)


def atlas_of(archive: Index, tree: Tree, memory: Memory, *, are_made: bool) -> tuple[Atlas | None, list[Problem]]:
    """What maps show of places, where they are made, and what is wrong with outlines in any case."""
    outlines, problems = shapes(archive, tree, memory)
    return Atlas(near_of(archive, memory), outlines) if are_made else None, problems


def near_of(archive: Index, memory: Memory) -> Near:
    """Of each place that has neighbours these, nearest first."""
    cards = located(archive)
    asked = tuple((card.key, card.spot.lat, card.spot.lon) for card in cards if card.spot and card.spot.precision != "country")
    return dict(memory.memo(near_one_another, neighbours(cards), asked))
