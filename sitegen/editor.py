"""Writes content files. Never over what is there: a file is made once, whole, or not at all."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from sitegen.content.schema import json_schema, tables
from sitegen.model.kinds import KINDS
from sitegen.model.problem import Fault

_CONFIG = """title: An archive
base_url: https://example.org/        # where it will be published
lang: en
theme: default
# calendars:                          # day counts, for articles that say "day 80"
#   my-calendar: {epoch: 2022-02-24, first_day: 0, label: "Day {n}"}
"""
_IGNORE = "public/\n.sitegen/\n"
_ATTRIBUTES = "seeds/** -text\n"


def create(path: Path, data: bytes) -> bool:
    """Makes a file with these bytes; False where one is there already. A crash leaves no half of it."""
    if path.exists() or path.is_symlink():
        return False
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        try:
            os.link(beside, path)  # fails where another has made it meanwhile
        except FileExistsError:
            return False
        except OSError:  # a file system without hard links
            os.replace(beside, path)
    except OSError as error:
        raise Fault(f"{path} could not be written: {error.strerror}") from error
    finally:
        beside.unlink(missing_ok=True)
    return True


def begin(folder: Path) -> list[Path]:
    """Makes an empty archive in a folder; gives what was made. What is there stays."""
    made = []
    for name in ("seeds", *(kind.folder for kind in KINDS.values()), "content/images"):
        place = folder / name
        if not place.is_dir():
            try:
                place.mkdir(parents=True)
            except OSError as error:
                raise Fault(f"{place} could not be made: {error.strerror}") from error
            made.append(place)
    schemas = {f"schema/{name}.schema.json": json.dumps(json_schema(name), ensure_ascii=False, indent=1) + "\n" for name in tables()}
    for name, text in {"sitegen.yaml": _CONFIG, ".gitignore": _IGNORE, ".gitattributes": _ATTRIBUTES, **schemas}.items():
        if create(folder / name, text.encode()):
            made.append(folder / name)
    return made
