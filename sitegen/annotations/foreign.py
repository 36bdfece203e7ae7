"""Reads the annotations of other programs, each in the form in which that program writes them; none is believed to be well-formed.

| form | how it is known | taken |
|---|---|---|
| W3C Web Annotation (recogito-js too) | `target`, `body` or `bodyValue`; in a list, page, collection or graph | quote, text, tags |
| Hypothesis, its API and its client's export | `target`, `uri`, `text`; in `rows` or `annotations` | quote, text, tags |
| Recogito Text Annotator's own | `bodies` | quote, text, tags |
| TEI Publisher's annotation editor | `context`, `start`, `end`, `text`, `type`, `properties` | text as the quote, properties |
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sitegen.annotations.plain import clean, text_of
from sitegen.annotations.vocabulary import ENTRY, GROUP, ITEM, KIND, LISTS
from sitegen.content.forms import TEXT_LIMIT
from sitegen.content.threeway import Said

DEPTH = 60
"""How deep a file may be nested; collections and pages need five, an entry of ours some ten more."""


class Selected(NamedTuple):
    """The words that an annotation is about, as its program has them; `start` and `end` are -1 where it does not say where they stand."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int = -1
    end: int = -1


class Own(NamedTuple):
    """What an annotation says that this program wrote: of which kind its entry is, the entry; of an item the annotation of its group."""

    kind: str
    entry: Said
    group: str = ""


class Foreign(NamedTuple):
    """An annotation of one stretch of words. `number`: which of its file, from 1. `source`: the address that it is about. `read`: what the
    words should be, of one that corrects them. `day`: when it was made, ISO. `why`: why it cannot be taken, if so."""

    number: int
    program: str
    id: str = ""
    source: str = ""
    selected: Selected | None = None
    text: str = ""
    read: str = ""
    tags: tuple[str, ...] = ()
    motivation: str = ""
    by: str = ""
    day: str = ""
    is_private: bool = False
    own: Own | None = None
    why: str = ""


def annotations_in(text: str) -> list[Foreign]:
    """The annotations of a file. Raises ValueError where it is no JSON, or holds no annotation."""
    try:
        whole = json.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    except ValueError as error:
        raise ValueError(f"it is no JSON: {error}") from None
    if _depth(whole) > DEPTH:
        raise ValueError(f"it is nested more than {DEPTH} levels deep")
    found = list(_unpacked(whole))
    if found and not any(isinstance(one, dict) and _is_annotation(one) for one in found):
        raise ValueError("it holds no annotation, neither a W3C Web Annotation nor what Hypothesis, Recogito or TEI Publisher write")
    return [part for number, one in enumerate(found, 1) for part in _read(number, one)]


def _depth(value: object) -> int:
    deepest, level, pending = 0, 1, [value]
    while pending and level <= DEPTH + 1:
        deepest = level
        pending = [part for one in pending if isinstance(one, dict | list) for part in (one.values() if isinstance(one, dict) else one)]
        level += 1
    return deepest


_HOLDING = ("rows", "annotations", "items", "first", "@graph", "next")


def _unpacked(value: object) -> Iterator[object]:
    """The annotations of a list, a page, a collection or an export, one by one."""
    if isinstance(value, list):
        for one in value:
            yield from _unpacked(one)
    elif isinstance(value, dict) and not _is_annotation(value) and any(key in value for key in _HOLDING):
        for key in _HOLDING:
            held = value.get(key)
            if isinstance(held, list | dict) or (key == "first" and held):
                yield from _unpacked(held)
    else:
        yield value


def _is_annotation(one: Mapping[str, Any]) -> bool:
    return "target" in one or "bodies" in one or _is_tei(one)


def _is_tei(one: Mapping[str, Any]) -> bool:
    return isinstance(one.get("context"), str) and isinstance(one.get("type"), str) and ("properties" in one or "node" in one)


def _read(number: int, one: object) -> Iterator[Foreign]:
    if isinstance(one, str):
        yield Foreign(number, "W3C", why=f"the file only names it: {clean(one)[:200]}")
    elif not isinstance(one, dict) or not _is_annotation(one):
        yield Foreign(number, "", why="it is no annotation")
    else:
        made = _tei if _is_tei(one) else _recogito if "bodies" in one else _hypothesis if "uri" in one and "body" not in one else _w3c
        yield from _told_apart(made(number, one), one)


def _told_apart(parts: Iterator[Foreign], one: Mapping[str, Any]) -> Iterator[Foreign]:
    """The parts of one annotation, each with an id: that of the annotation, else one that follows from what it says."""
    for place, part in enumerate(parts, 1):
        said = json.dumps([part.program, one], sort_keys=True, ensure_ascii=True)
        id = part.id or f"content:{hashlib.sha256(said.encode()).hexdigest()[:16]}"
        named = part._replace(id=f"{id} ({place})" if place > 1 else id)
        if max(len(part.text), len(part.read), len(part.selected.exact) if part.selected else 0) > TEXT_LIMIT:
            named = named._replace(text="", read="", selected=None, own=None, why=f"it is longer than {TEXT_LIMIT:,} characters")
        yield named


# W3C


def _w3c(number: int, one: Mapping[str, Any]) -> Iterator[Foreign]:
    motivations = [_text(part).rpartition(":")[2] for part in _many(one.get("motivation"))]
    bodies = list(_bodies(one))
    common = Foreign(
        number,
        "W3C Web Annotation",
        id=_text(one.get("id") or one.get("@id")),
        text=_joined(body.text for body in bodies if body.purpose not in ("tagging", "editing")),
        read=_joined(body.text for body in bodies if body.purpose == "editing"),
        tags=tuple(body.text for body in bodies if body.purpose == "tagging" and body.text),
        motivation=next((part for part in motivations if part), ""),
        by=_agent(one.get("creator")),
        day=_day(one.get("created")),
        own=_own(one),
    )
    if common.own:
        common = common._replace(program="another archive")
    for target in _many(one.get("target")):
        if isinstance(target, str):
            yield common._replace(source=_text(target).partition("#")[0], why="" if common.own else _NO_QUOTE)
            continue
        if not isinstance(target, dict):
            yield common._replace(why=_NO_QUOTE)
            continue
        source = target.get("source") or target.get("id") or target.get("@id")
        source = source.get("id") if isinstance(source, dict) else next(iter(_many(source)), "")
        selected = _selected(target.get("selector"))
        why = "" if selected or common.own else _NO_QUOTE
        yield common._replace(source=_text(source), selected=selected, why=why)
        if common.own:
            break


_NO_QUOTE = "it quotes no words (it is about the page as a whole, answers another, or has a selector of another kind)"


class _Body(NamedTuple):
    text: str
    purpose: str


def _bodies(one: Mapping[str, Any]) -> Iterator[_Body]:
    whole = next((_text(part).rpartition(":")[2] for part in _many(one.get("motivation"))), "")
    if isinstance(one.get("bodyValue"), str):
        yield _Body(_text(one["bodyValue"]), "")
    for given in _many(one.get("body")):
        is_choice = isinstance(given, dict) and "Choice" in _types(given)
        body = next(iter(_many(given.get("items"))), None) if is_choice else given
        if isinstance(body, str):
            yield _Body(_text(body), "")
        elif isinstance(body, dict):
            purpose = next((_text(part).rpartition(":")[2] for part in _many(body.get("purpose"))), "")
            yield _Body(_worded(body), purpose or (whole if whole in ("tagging", "editing") else ""))


def _worded(body: Mapping[str, Any]) -> str:
    """What a body says: its text, or the address that it is."""
    value = body.get("value")
    if isinstance(value, str):
        is_html = "html" in _text(body.get("format")).lower()
        return text_of(value).strip() if is_html and len(value) <= TEXT_LIMIT else _text(value)
    if isinstance(value, dict):  # a thing with a name, as Recogito has places
        return _text(value.get("label") or value.get("name") or value.get("id"))
    source = body.get("source") or body.get("id") or body.get("@id")
    return _text(source.get("id") if isinstance(source, dict) else source)


def _selected(selector: object) -> Selected | None:
    """The quote among some selectors, and where it stands."""
    quote, position = None, (-1, -1)
    pending = list(_many(selector))
    while pending:
        one = pending.pop(0)
        if not isinstance(one, dict):
            continue
        types = _types(one)
        if "TextQuoteSelector" in types and quote is None and isinstance(one.get("exact"), str):
            quote = Selected(_text(one["exact"]), _text(one.get("prefix")), _text(one.get("suffix")))
        elif "TextPositionSelector" in types:
            position = _offset(one.get("start")), _offset(one.get("end"))
        pending += _many(one.get("refinedBy"))
        if "Choice" in types:
            pending += _many(one.get("items"))
    return quote._replace(start=position[0], end=position[1]) if quote is not None and quote.exact.strip() else None


def _own(one: Mapping[str, Any]) -> Own | None:
    """Our own entry, where it is one."""
    kind, entry = one.get(KIND), one.get(ENTRY)
    entry = entry.get("@value") if isinstance(entry, dict) and entry.get("@type") == "@json" else entry
    if kind == ITEM:
        return Own(ITEM, None, _text(one.get(GROUP)))
    said = _said(entry)
    return Own(kind, said) if isinstance(kind, str) and kind in LISTS and isinstance(said, dict) else None


def _said(value: object) -> Said:
    """An entry of ours as it can be written: texts, lists, mappings."""
    if isinstance(value, dict):
        return {_text(key): _said(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_said(one) for one in value]
    if isinstance(value, str):
        return clean(value)
    return None if value is None else json.dumps(value)


# Hypothesis


def _hypothesis(number: int, one: Mapping[str, Any]) -> Iterator[Foreign]:
    info = one.get("user_info")
    shown = _text(info.get("display_name")) if isinstance(info, dict) else ""
    account = re.fullmatch(r"acct:([^@]+)@.+", _text(one.get("user")))
    permissions = one.get("permissions")
    readers = permissions.get("read") if isinstance(permissions, dict) else None
    common = Foreign(
        number,
        "Hypothesis",
        id=_text(one.get("id")),
        source=_text(one.get("uri")),
        text=_text(one.get("text")).strip(),
        tags=tuple(_text(tag) for tag in _many(one.get("tags")) if isinstance(tag, str)),
        by=shown or (account[1] if account else ""),
        day=_day(one.get("created")),
        is_private=isinstance(readers, list) and "group:__world__" not in readers,
    )
    if one.get("references"):
        yield common._replace(why="it answers another annotation, and quotes nothing itself")
        return
    for target in _many(one.get("target")):
        selected = _selected(target.get("selector")) if isinstance(target, dict) else None
        source = _text(target.get("source")) if isinstance(target, dict) else ""
        yield common._replace(source=common.source or source, selected=selected, why="" if selected else _NO_QUOTE)


# Recogito


def _recogito(number: int, one: Mapping[str, Any]) -> Iterator[Foreign]:
    target = one["target"] if isinstance(one.get("target"), dict) else {}
    bodies = [body for body in _many(one.get("bodies")) if isinstance(body, dict)]
    worded = [(_text(body.get("purpose")), _worded(body)) for body in bodies]
    writer = target.get("creator") or next((body.get("creator") for body in bodies if body.get("creator")), None)
    common = Foreign(
        number,
        "Recogito",
        id=_text(one.get("id") or target.get("annotation")),
        source=_text(target.get("source")),
        text=_joined(text for purpose, text in worded if purpose not in ("tagging", "editing")),
        read=_joined(text for purpose, text in worded if purpose == "editing"),
        tags=tuple(text for purpose, text in worded if purpose == "tagging" and text),
        by=_agent(writer),
        day=_day(target.get("created") or next((body.get("created") for body in bodies), None)),
    )
    selectors = [one for one in _many(target.get("selector")) if isinstance(one, dict)]
    for selector in selectors:
        quote = selector.get("quote")
        words = quote if isinstance(quote, dict) else {"exact": quote, "prefix": selector.get("prefix"), "suffix": selector.get("suffix")}
        exact = _text(words.get("exact"))
        if not exact.strip():
            yield common._replace(why=_NO_QUOTE)
            continue
        at = _offset(selector.get("start")), _offset(selector.get("end"))
        yield common._replace(selected=Selected(exact, _text(words.get("prefix")), _text(words.get("suffix")), *at))
    if not selectors:
        yield common._replace(why=_NO_QUOTE)


# TEI Publisher


def _tei(number: int, one: Mapping[str, Any]) -> Iterator[Foreign]:
    """Its offsets count within an element of the TEI document, of which an article knows nothing."""
    kind, quote = _text(one.get("type")), _text(one.get("text"))
    properties = one.get("properties")
    pairs = properties.items() if isinstance(properties, dict) else ()
    said = "; ".join(f"{_text(key)}: {value}" for key, raw in pairs if (value := _scalar(raw)))
    common = Foreign(number, "TEI Publisher", text=f"{kind}: {said}" if said else kind, tags=(kind,))
    if kind in ("delete", "modify"):
        yield common._replace(why=f"it is a change of the TEI document ({kind}), and quotes no words")
    elif not quote.strip():
        yield common._replace(why=_NO_QUOTE)
    else:
        yield common._replace(selected=Selected(quote))


# what anything may be


def _many(value: object) -> list[Any]:
    """One or many as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""


def _scalar(value: object) -> str:
    return _text(value) if isinstance(value, str) else "" if value is None else clean(json.dumps(value, ensure_ascii=False))


def _types(one: Mapping[str, Any]) -> set[str]:
    return {_text(part).rpartition(":")[2] for part in _many(one.get("type") or one.get("@type"))}


def _joined(texts: Iterator[str] | Any) -> str:
    return "\n".join(text.strip() for text in texts if text.strip())


def _offset(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else -1


def _agent(value: object) -> str:
    """Who made an annotation: by name, else by what its program calls them; a guest has no name."""
    agent = next(iter(_many(value)), None)
    if isinstance(agent, dict):
        named = agent.get("name") or agent.get("nickname") or agent.get("displayName")
        agent = next(iter(_many(named)), None) or (None if agent.get("isGuest") else agent.get("id"))
    return " ".join(_text(agent).split())


_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=T|\Z)")


def _day(value: object) -> str:
    """The day of a time."""
    found = _DAY.match(_text(value))
    return found.group() if found else ""
