"""What an editor does at the desk, and the files that it comes to.

An act is one or several steps, all of them or none. A step names a page by its key and an entry by its place in a list, never a path; with
it comes a digest of what the editor saw there. Where the entry has moved it is found by that; where it says something else by now, the
act conflicts, and nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Annotated, Any

import msgspec

from sitegen import urls
from sitegen.content import amending
from sitegen.content.amending import Address
from sitegen.content.cutting import borders, root_of, said
from sitegen.content.front import line_end
from sitegen.content.node import DEPTH_LIMIT, Node
from sitegen.content.node import Mapping as Keys
from sitegen.content.node import Sequence as Listed
from sitegen.content.stems import is_free
from sitegen.content.threeway import Said
from sitegen.desk.sheet import IN_NOTES, LISTS, is_article, paths_of, record_of, seen, version
from sitegen.editor import Change
from sitegen.model.article import Key
from sitegen.model.kinds import KINDS
from sitegen.model.problem import Fault

KEPT = frozenset(["title", "seed"])
"""Keys of articles that no act changes: the article's own words, and what proves them."""
SIZE = 200_000
"""Signs of all values of an act."""
STEPS = 2_000
"""Steps of an act: as many entries as a long article has."""


class Edit(msgspec.Struct, tag="edit", frozen=True, forbid_unknown_fields=True):
    """That an entry says something else; `value` null: that it is taken out."""

    page: Key
    at: tuple[str | int, ...]
    seen: str
    value: Any


class Enter(msgspec.Struct, tag="enter", frozen=True, forbid_unknown_fields=True):
    """That a list of a page has one entry more."""

    page: Key
    list: str
    value: Any
    before: Annotated[int, msgspec.Meta(ge=0, le=SIZE)] | None = None


class Set(msgspec.Struct, tag="set", frozen=True, forbid_unknown_fields=True):
    """That keys of a page say something else; null: that they go. `seen`: the digest of each that is there."""

    page: Key
    seen: dict[str, str]
    value: dict[str, Any]


class Create(msgspec.Struct, tag="create", frozen=True, forbid_unknown_fields=True):
    """That there is a new page, no article."""

    page: Key
    value: dict[str, Any]
    words: str = ""


class Remove(msgspec.Struct, tag="remove", frozen=True, forbid_unknown_fields=True):
    """That a page goes; `seen`: the version of its file."""

    page: Key
    seen: str


class Place(msgspec.Struct, tag="place", frozen=True, forbid_unknown_fields=True):
    """That a picture of an article stands before the block that begins on a line of its file; `seen`: the version of that."""

    page: Key
    image: str
    line: int
    seen: str


Step = Edit | Enter | Set | Create | Remove | Place


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is done at once. `what`: how it is called where it can be undone; `by`: who does it."""

    steps: Annotated[tuple[Step, ...], msgspec.Meta(max_length=STEPS)]
    what: str = ""
    by: str = ""


class Conflict(Exception):
    """What an act was about says something else by now. `now`: what the file says, empty where it is gone; `wanted`: what was to be
    written."""

    def __init__(self, path: str, line: int, now: str, wanted: Said) -> None:
        super().__init__(f"{path}:{line} was changed meanwhile")
        self.path, self.line, self.now, self.wanted = path, line, now, wanted


class Texts:
    """The files that an act touches, as they are and as they will be. `read` gives the text of a file, None where there is none; `path`
    that of a page's own file, empty where there is no such page."""

    def __init__(self, read: Callable[[str], str | None], path: Callable[[Key], str]) -> None:
        self.read = read
        self.path = path
        self.before: dict[str, str | None] = {}
        self.after: dict[str, str | None] = {}
        self.pages: dict[Key, str] = {}

    def text(self, path: str) -> str | None:
        if path not in self.after:
            self.before[path] = self.after[path] = self.read(path)
        return self.after[path]

    def page(self, key: Key) -> str:
        """The path of a page's own file. Raises Fault where there is none."""
        path = self.pages.get(key) or self.path(key)
        if not path or self.text(path) is None:
            raise Fault(f"there is no page {key}")
        self.pages[key] = path
        return path

    @property
    def changes(self) -> list[Change]:
        """New pages first, so that nothing names what is not there yet, and pages that go last."""
        out = [Change(path, before, self.after[path]) for path, before in self.before.items() if before != self.after[path]]
        return sorted(out, key=lambda one: (one.before is not None, one.after is None))


def done(act: Act, read: Callable[[str], str | None], path: Callable[[Key], str]) -> Texts:
    """The files after an act. Raises Fault where it cannot be done, Conflict where somebody else was there before."""
    texts = Texts(read, path)
    if sum(_size(getattr(step, "value", None)) + len(getattr(step, "words", "")) for step in act.steps) > SIZE:
        raise Fault("this is too much at once")
    amends: dict[tuple[str, Key], list[amending.Step]] = {}
    for step in act.steps:
        if isinstance(step, Create):
            _create(texts, step)
        elif isinstance(step, Remove):
            _remove(texts, step)
        elif isinstance(step, Place):
            _place(texts, step)
        else:
            for file, one in _amending(texts, step):
                amends.setdefault((file, step.page), []).append(one)
    for (file, key), steps in amends.items():
        texts.after[file] = amending.amended(file, texts.text(file) or "", record_of(key, file), steps)
    return texts


def plain(value: Any, depth: int = 0) -> Said:
    """What a browser sent as what YAML says: text, lists, keys and values. Raises Fault where it is something else."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if depth < DEPTH_LIMIT and isinstance(value, list):
        return [plain(one, depth + 1) for one in value]
    if depth < DEPTH_LIMIT and isinstance(value, dict):
        return {str(key): plain(one, depth + 1) for key, one in value.items()}
    raise Fault("a value is text, a list, or keys with values")


def _size(value: Any, depth: int = 0) -> int:
    if depth > DEPTH_LIMIT:
        return 0  # it is refused for its depth
    if isinstance(value, dict):
        return sum(len(str(key)) + _size(one, depth + 1) for key, one in value.items())
    return sum(_size(one, depth + 1) for one in value) if isinstance(value, list) else len(value) if isinstance(value, str) else 1


def _amending(texts: Texts, step: Edit | Enter | Set) -> Iterable[tuple[str, amending.Step]]:
    """What a step comes to in which file."""
    own = texts.page(step.page)
    if isinstance(step, Enter):
        if step.list not in LISTS:
            raise Fault(f"there is no list {step.list!r}")
        file = _file_of(texts, step.page, own, step.list)
        yield file, amending.Add((step.list,), plain(step.value), step.before)
    elif isinstance(step, Edit):
        if not step.at or step.at[0] not in LISTS or len(step.at) < 2:
            raise Fault("an entry is named by its list and its place")
        file = _file_of(texts, step.page, own, str(step.at[0]))
        at = _located(texts, file, step)
        yield file, amending.Take(at) if step.value is None else amending.Put(at, plain(step.value))
    else:
        for key, value in step.value.items():
            if key in KEPT and is_article(step.page):
                raise Fault(f"`{key}` is the article's own, and no act changes it")
            file = _file_of(texts, step.page, own, key)
            _unchanged(texts, file, key, step.seen.get(key, ""), plain(value))
            if value is not None:
                yield file, amending.Put((key,), plain(value))
            elif step.seen.get(key):
                yield file, amending.Take((key,))


def _root(texts: Texts, file: str) -> Keys | None:
    text = texts.text(file)
    if text is None:
        return None
    root = root_of(file, text)
    if root is None:
        raise Fault(f"{file} cannot be read; correct it in an editor")
    return root


def _value(root: Keys | None, key: str) -> Node | None:
    return next((value for name, value in root.items if name.text == key), None) if root is not None else None


def _file_of(texts: Texts, key: Key, own: str, name: str) -> str:
    """The file of a page in which a key stands, or is to stand."""
    for path in paths_of(key, own):
        if _value(_root(texts, path), name) is not None:
            return path
    return paths_of(key, own)[-1] if name in IN_NOTES else own


def _located(texts: Texts, file: str, step: Edit) -> Address:
    """Where the entry that an editor saw stands now."""
    text = texts.text(file) or ""
    listed: Node | None = _root(texts, file)
    for part in step.at[:-1]:
        listed = _child(listed, part)
    here = _child(listed, step.at[-1])
    if here is not None and seen(text, here) == step.seen:
        return step.at
    # it may have moved, its group too; what says just the same is the same
    found = [at for at, node in _places(_value(_root(texts, file), str(step.at[0])), (str(step.at[0]),)) if seen(text, node) == step.seen]
    if len(found) == 1:
        return found[0]
    now = "" if here is None else text[here.span[0] : here.span[1]].rstrip()
    raise Conflict(file, here.line if here is not None else 0, now, plain(step.value))


def _places(node: Node | None, at: Address) -> Iterable[tuple[Address, Node]]:
    """The entries of a list, and those within its groups."""
    for number, one in enumerate(node.items) if isinstance(node, Listed) else ():
        yield (*at, number), one
        for key, value in one.items if isinstance(one, Keys) else ():
            if key.text == "total":
                yield (*at, number, "total"), value
            elif key.text == "items":
                yield from _places(value, (*at, number, "items"))


def _child(node: Node | None, part: str | int) -> Node | None:
    if isinstance(node, Keys):
        return next((value for key, value in node.items if key.text == part), None)
    return node.items[part] if isinstance(node, Listed) and isinstance(part, int) and 0 <= part < len(node.items) else None


def _unchanged(texts: Texts, file: str, key: str, was: str, wanted: Said) -> None:
    """Raises Conflict where a key says something else than an editor saw."""
    text = texts.text(file) or ""
    node = _value(_root(texts, file), key)
    is_there = node is not None and said(node) not in (None, [], {})
    if node is not None and (seen(text, node) == was or (not was and not is_there)):
        return
    if node is None and not was:
        return
    raise Conflict(
        file, node.line if node is not None else 0, text[node.span[0] : node.span[1]].rstrip() if node is not None else "", wanted
    )


def _create(texts: Texts, step: Create) -> None:
    kind, _, stem = step.page.partition("/")
    if kind not in KINDS or is_article(step.page):
        raise Fault(f"there is no kind of page {kind!r} that could be made so")
    if not all(is_free(KINDS[kind], part) for part in (stem.split("/") if KINDS[kind].is_nested else [stem])):
        proposal = urls.slug(stem) or "kyiv-oblast"
        proposal = proposal if is_free(KINDS[kind], proposal) else f"{KINDS[kind].singular}-{proposal}"
        raise Fault(f"{stem!r} cannot be an id: small letters, digits and hyphens, and no reserved word, such as `{proposal}`")
    path = f"{KINDS[kind].folder}/{stem}.md"
    if texts.path(step.page) or texts.text(path) is not None:
        raise Fault(f"there is a page {step.page} already")
    value = plain(step.value)
    assert isinstance(value, dict)
    words = step.words.strip()
    steps = [amending.Put((key,), one) for key, one in value.items() if one is not None]
    texts.after[path] = amending.amended(path, f"---\n---\n{words}{chr(10) if words else ''}", KINDS[kind].record, steps)
    texts.pages[step.page] = path


def _place(texts: Texts, step: Place) -> None:
    path = texts.page(step.page)
    text = texts.text(path) or ""
    if version(texts.before[path] or "") != step.seen:
        raise Conflict(path, step.line, text.split("\n")[step.line - 1] if 0 < step.line <= text.count("\n") else "", step.image)
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)  # Python knows more ends of lines than a file has
    first = text.count("\n", 0, borders(path, text)[1]) + 1  # the line that ends the metadata
    if not is_article(step.page) or not urls.is_stem(step.image) or not first < step.line <= len(lines):
        raise Fault("a picture is placed before a block of an article")
    above = lines[step.line - 2].strip()
    if above and step.line - 1 != first:
        raise Fault("a picture stands between blocks, not within one")
    end = line_end(text)
    lines.insert(step.line - 1, f"![](image:{step.image}){end}{end}")
    texts.after[path] = "".join(lines)


def _remove(texts: Texts, step: Remove) -> None:
    path = texts.page(step.page)
    if is_article(step.page):
        raise Fault("an article is not removed at the desk; withdraw it, or take its files away yourself")
    text = texts.text(path) or ""
    if version(text) != step.seen:
        raise Conflict(path, 1, text, None)
    texts.after[path] = None
