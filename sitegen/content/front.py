r"""Edits the metadata of a file and leaves every other sign of it as it is: comments, order, quotes, line ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitegen.content.node import Mapping, Node, Scalar
from sitegen.content.node import Sequence as Listed
from sitegen.content.uses import fences, front
from sitegen.content.writer import quoted
from sitegen.model.problem import Fault

OWN = frozenset(["review", "draft", "publish_from", "expires", "withdrawn", "redirect_from", "name", "title", "aliases", "todo", "extra"])
"""What a page that goes does not leave to the one that stays, or what is taken over by itself."""


def with_entry(text: str, path: str, key: str, entry: str) -> str:
    r"""A file whose list under a key has one entry more, at its end; the key is added where it is not there. `entry` is YAML.

    >>> with_entry("---\nname: A  # one\n---\n", "a.md", "aliases", "B")
    '---\nname: A  # one\naliases: [B]\n---\n'
    >>> with_entry("---\nname: A\naliases: [B] # two\n---\n", "a.md", "aliases", '"C: D"')
    '---\nname: A\naliases: [B, "C: D"] # two\n---\n'
    """
    for name, value in front(path, text).items:
        if name.text == key:
            return _longer(text, path, value, entry)
    return _at_end(text, f"{key}: [{entry}]{line_end(text)}")


def without_entry(text: str, path: str, key: str, entry: str) -> str:
    r"""A file whose list of addresses under a key does not have one, with or without slashes around it; without the key where that was all.

    >>> without_entry("---\nname: A\naliases: [B, C] # two\n---\n", "a.md", "aliases", "B")
    '---\nname: A\naliases: [C] # two\n---\n'
    >>> without_entry("---\nname: A\naliases:\n- B\n---\n", "a.md", "aliases", "B")
    '---\nname: A\n---\n'
    """
    for name, value in front(path, text).items:
        items = value.items if isinstance(value, Listed) else []
        number = next((n for n, one in enumerate(items) if isinstance(one, Scalar) and one.text.strip("/") == entry), -1)
        if name.text != key or number < 0:
            continue
        one = items[number]
        if len(items) == 1:
            return _without_lines(text, name.span[0], value.span[1] if text[value.span[0]] == "[" else one.span[1])
        if text[value.span[0]] != "[":
            return _without_lines(text, one.span[0], one.span[1])
        if number:
            return text[: end_of(items[number - 1])] + text[one.span[1] :]
        return text[: one.span[0]] + text[items[1].span[0] :]
    return text


def _without_lines(text: str, start: int, end: int) -> str:
    """The text without the lines that hold a stretch."""
    return text[: text.rfind("\n", 0, start) + 1] + text[text.index("\n", end) + 1 :]


def joined(text: str, path: str, gone: str, gone_path: str) -> tuple[str, list[str]]:
    """A file that takes over what another says and it does not: names, keys, and the words below the metadata. With it what an editor
    should know: where the two say different things, the first is kept."""
    ours, theirs = front(path, text), front(gone_path, gone)
    said = {name.text: value for name, value in ours.items}
    told, kept = [], text
    known = {name for name, _ in _names(ours)}
    for name, entry in _names(theirs):
        if name not in known:
            known.add(name)
            text = with_entry(text, path, "aliases", entry)
    for number, (key, value) in enumerate(theirs.items):
        if key.text in OWN or (key.text == "archived" and not _same(ours, theirs, "url")):  # snapshots are of the address that stays
            continue
        raw = _raw(value, gone)
        if key.text not in said:
            start = gone.rfind("\n", 0, key.span[0]) + 1
            stop = (
                gone.rfind("\n", 0, theirs.items[number + 1][0].span[0]) + 1
                if number + 1 < len(theirs.items)
                else fences(gone, gone_path)[1]
            )
            text = _at_end(text, _with_line_ends(gone[start:stop], line_end(text)))
        elif _value(said[key.text]) != _value(value):
            told.append(f"`{key.text}` is not the same in both: kept is {_shown(_raw(said[key.text], kept))}, gone is {_shown(raw)}")
    words = gone[fences(gone, gone_path)[2] :].strip()
    if words and words not in text:
        text = f"{text.rstrip()}{line_end(text) * 2}{_with_line_ends(words, line_end(text))}{line_end(text)}"
        told.append(f"the words of {gone_path} stand now below those of {path}; make one text of them")
    return text, told


def _same(ours: Mapping, theirs: Mapping, key: str) -> bool:
    """Whether two mappings say the same under a key, or one of them nothing."""
    found = [next((_value(value) for name, value in one.items if name.text == key), None) for one in (ours, theirs)]
    return None in found or found[0] == found[1]


def line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _with_line_ends(text: str, end: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", end)


def _longer(text: str, path: str, value: Node, entry: str) -> str:
    """The text with one entry more in a list."""
    start, end = value.span
    if isinstance(value, Scalar) and value.is_null:
        return f"{text[:start]}{'' if text[start - 1 : start] == ' ' else ' '}[{entry}]{text[end:]}"
    if not isinstance(value, Listed):
        raise Fault(f"{path}:{value.line}: a list is needed here, in brackets or as lines that begin with a hyphen")
    if not value.items:
        return f"{text[:start]}[{entry}]{text[end:]}"
    last = value.items[-1]
    if text[start] == "[":
        return f"{text[: last.span[1]]}, {entry}{text[last.span[1] :]}"
    indent = text[text.rfind("\n", 0, start) + 1 : start]
    after = text.find("\n", end_of(last) - 1) + 1
    return f"{text[:after]}{indent}- {entry}{line_end(text)}{text[after:]}"


def end_of(node: Node) -> int:
    """Where the last word of a node ends: a list of lines and such end, for the reader of YAML, where the next thing begins."""
    if isinstance(node, Scalar) or not node.items or node.flow:
        return node.span[1]
    last = node.items[-1]
    return end_of(last[1] if isinstance(last, tuple) else last)


def _at_end(text: str, lines: str) -> str:
    """The text with lines at the end of its metadata."""
    at = fences(text, "")[1]
    return f"{text[:at]}{lines}{text[at:]}"


def _names(mapping: Mapping) -> Iterator[tuple[str, str]]:
    """Every name of a page with the YAML that writes it as an alias."""
    pairs = {name.text: value for name, value in mapping.items}
    own = pairs.get("name")
    if isinstance(own, Scalar):
        yield own.text, quoted(own.text)
    aliases = pairs.get("aliases")
    listed: Sequence[Node] = aliases.items if isinstance(aliases, Listed) else ()
    for one in listed:
        if isinstance(one, Scalar):
            yield one.text, quoted(one.text)
        elif isinstance(one, Mapping):
            values = {name.text: value.text for name, value in one.items if isinstance(value, Scalar) and not value.is_null}
            if "form" in values:
                yield values["form"], "{" + ", ".join(f"{key}: {quoted(value)}" for key, value in values.items()) + "}"


def _value(node: Node) -> object:
    """What a node says, however it is written."""
    if isinstance(node, Scalar):
        return None if node.is_null else node.text
    if isinstance(node, Mapping):
        return {name.text: _value(value) for name, value in node.items}
    return [_value(one) for one in node.items]


def _raw(node: Node, text: str) -> str:
    return text[node.span[0] : end_of(node)]


def _shown(raw: str) -> str:
    short = " ".join(raw.split())
    return short if len(short) <= 60 else f"{short[:57]}…"
