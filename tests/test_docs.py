"""Documentation that fails the build: what is made is current, and what is written leads somewhere."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from sitegen.content.schema import json_schema, tables
from sitegen.importer.language import known, language
from tests.conftest import REPOSITORY

FILES = {
    "article": "content/articles/*.md", "notes": "content/articles/*.notes.yaml", "place": "content/places/*.md", "topic": "content/topics/*.md",
    "source": "content/sources/*.md", "claim": "content/claims/*.md", "page": "content/pages/*.md",
    "config": "sitegen.yaml", "theme": "themes/*/theme.yaml",
}  # fmt: skip


class Text(yaml.CSafeLoader):
    """Reads dates as text, as editors' tools do, which follow YAML 1.2."""


Text.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def test_made_pages_are_current() -> None:
    made: dict[Path, str] = runpy.run_path(str(REPOSITORY / "docs/generate.py"))["generated"]()
    for path, text in made.items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is not current: run `make docs`"


@pytest.mark.parametrize("name", tables())
def test_the_schema_takes_what_the_archive_has(name: str) -> None:
    schema = json_schema(name)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    paths = sorted(REPOSITORY.glob(FILES[name]))
    assert paths
    for path in paths:
        text = path.read_text(encoding="utf-8")
        front: Any = yaml.load(text.split("---\n")[1] if path.suffix == ".md" else text, Loader=Text)
        assert [error.message for error in validator.iter_errors(front)] == [], path


def test_the_schema_refuses_what_the_program_refuses() -> None:
    validator = Draft202012Validator(json_schema("notes"))
    assert validator.is_valid({"claims": [{"quote": "a", "source": ["x", "y"]}]})
    assert not validator.is_valid({"claims": [{"qoute": "a"}]})
    assert not validator.is_valid({"annotations": [{"quote": "a", "kind": "rant"}]})
    assert not validator.is_valid({"titel": "a"})


def test_links_between_documents_lead_somewhere() -> None:
    for path in [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")]:
        # what stands in code is an example, and its links are those of another archive
        text = re.sub(r"^```.*?^```$|`[^`\n]+`", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
        for target in re.findall(r"\]\((?!https?:|#|mailto:|image:)([^)#\s]+)", text):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_readme_names_every_command() -> None:
    from sitegen.cli import main

    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert [name for name in main.commands if f"sitegen {name}" not in readme] == []


def test_every_list_of_a_language_is_documented() -> None:
    text = (REPOSITORY / "docs/importing.md").read_text(encoding="utf-8")
    listed = {name for tag in known() for name in language(tag).lists}
    assert {name for name in listed if f"`{name}`" not in text} == set()


def test_every_word_of_a_list_is_text() -> None:
    """`no`, `on`, `off` and `null` are values of YAML's own, unless they stand in quotation marks."""
    listed = ((tag, name, language(tag).lists[name]) for tag in known() for name in language(tag).lists)
    words = ((tag, name, word) for tag, name, held in listed if isinstance(held, list | dict) for word in held)
    assert [where for where in words if not isinstance(where[2], str)] == []


def test_every_list_of_a_language_is_read() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "sitegen/importer").rglob("*.py"))
    listed = {name for tag in known() for name in language(tag).lists}
    places = {f"features_{where}" for where in ("before", "after", "small")}  # asked for by these three words
    read = set(re.findall(r"[\"'](\w+)[\"']", code))
    assert listed - places - read == set()
