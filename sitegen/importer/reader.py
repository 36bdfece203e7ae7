"""The plug-in point: another reader of texts, a model or a service, in place of the rules: a function of Python, or any program.

A reader is given a text and its language, and answers with what `import --dry-run --json` prints. What it says is a proposal like any
other; `answer` reads it. Without an answer, nothing is made of the seed, so that a later import can be.
"""

from __future__ import annotations

import importlib
import json
import shlex
from collections.abc import Callable
from pathlib import PurePath
from typing import NamedTuple

from sitegen.model.problem import Fault
from sitegen.program import NoAnswer, answer_of, is_there


class Reader(NamedTuple):
    """A reader: what it is called where proposals tell who made them, and what answers of a text and its language (or raises NoAnswer)."""

    name: str
    ask: Callable[[str, str], object]


def reader_of(name: str) -> Reader:
    """The function that `module:function` names. Raises Fault where there is none."""
    module, _, function = name.partition(":")
    try:
        found = getattr(importlib.import_module(module), function)
    except Exception as error:  # a module is code, and may fail in any way
        raise Fault(f"--reader {name}: {type(error).__name__}: {error}; write MODULE:FUNCTION, of a module that Python finds") from error
    if not callable(found):
        raise Fault(f"--reader {name} names no function")

    def ask(text: str, lang: str) -> object:
        try:
            return found(text, lang)
        except (Exception, SystemExit) as error:
            told = " ".join(f"{type(error).__name__}: {error}".split())
            raise NoAnswer(f"the function failed: {told[:300]}") from error

    return Reader(name, ask)


def reader_by(command: str) -> Reader:
    """The program that a command line starts, with its arguments; no shell reads it. Raises Fault where there is none."""
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise Fault(f"--reader-command {command}: {error}") from error
    if not words or not is_there(words[0]):
        raise Fault(f"--reader-command: there is no program {words[0] if words else command!r}; write its path, then its arguments")

    def ask(text: str, lang: str) -> object:
        told = answer_of(words, json.dumps({"text": text, "lang": lang}, ensure_ascii=True).encode())
        try:
            return json.loads(told)
        except (ValueError, RecursionError) as error:
            raise NoAnswer(f"what it printed is no JSON: {error}" if told.strip() else "it printed nothing") from error

    return Reader(PurePath(words[0]).name, ask)
