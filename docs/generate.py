"""Writes the JSON Schemas and the reference pages from the program's own tables: `make docs`.

With `--check` it writes nothing and exits 1 where a file is not what it would write.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import click

from sitegen import cli
from sitegen.content.schema import json_schema, reference, tables
from sitegen.exports.data import schema, views
from sitegen.model.rules import RULES
from sitegen.model.rules.rule import Rule
from sitegen.opendata.tables import TABLES, VERSION

HERE = Path(__file__).parent


def generated() -> dict[Path, str]:
    """Every file that is made, with its text."""
    out = {}
    for name in tables():
        out[HERE / "schema" / f"{name}.schema.json"] = json.dumps(json_schema(name), ensure_ascii=False, indent=1) + "\n"
        out[HERE / "reference" / f"{name}.md"] = reference(name)
    for name, view in views().items():
        out[HERE / "schema" / f"{name}.data.schema.json"] = json.dumps(schema(view), ensure_ascii=False, indent=1) + "\n"
    out[HERE / "reference" / "commands.md"] = commands()
    out[HERE / "reference" / "open-data.md"] = open_data()
    out[HERE / "theme-contract.md"] = contract()
    out[HERE / "problems.md"] = problems()
    return out


def open_data() -> str:
    """The tables and columns of the open data."""
    out = ["# Tables of the open data", "", "<!-- made by `make docs` from sitegen/opendata/tables.py; do not edit -->", ""]
    out += [f"Version {VERSION}. What the files are, and what for: [Open data](../open-data.md).", ""]
    for table in TABLES:
        out += [f"## {table.name}", "", table.about, "", "| column | type | what stands in it |", "|---|---|---|"]
        for column in table.columns:
            leads = f" → [{column.refers}](#{column.refers})" if column.refers else ""
            out.append(f"| `{column.name}` | {column.type} | {column.about}{leads} |")
        out += [
            "",
            f"Its rows are told apart by {', '.join(f'`{name}`' for name in table.key)}." if table.key else "Rows may be alike.",
            "",
        ]
    return "\n".join(out)


def commands() -> str:
    """The help of every command."""
    out = ["# Commands", "", "<!-- made by `make docs` from sitegen/cli; do not edit -->", ""]
    program = click.Context(cli.main, info_name="sitegen", **cli.main.context_settings)
    for name, command in sorted(cli.main.commands.items()):
        out += help_of(command, click.Context(command, parent=program, info_name=name, terminal_width=100), "##")
    out += [
        "Exit codes: 0 fine, 1 problems in the content, 2 usage, 3 a fault of the program, 4 the machine or its state",
        "(disk full, permission, locked, an output folder that is not ours).",
        "",
    ]
    return "\n".join(out)


def help_of(command: click.Command, context: click.Context, level: str) -> list[str]:
    """The help of a command, and of those below it."""
    text = re.sub(r"[ \t]+$", "", command.get_help(context), flags=re.M)
    out = [f"{level} {context.command_path}", "", "```", text, "```", ""]
    for name, one in sorted(command.commands.items()) if isinstance(command, click.Group) else ():
        out += help_of(one, click.Context(one, parent=context, info_name=name, terminal_width=100), f"{level}#")
    return out


def _nature(rule: Rule) -> str:
    """What kind of problem it is, where it is more than an error."""
    words = {(False, True): "A warning", (True, False): "A check", (True, True): "A check that warns"}.get(
        (bool(rule.check), rule.severity == "warning")
    )
    return f"{words}{f' ({rule.check})' if rule.check else ''}{', off by default' if rule.is_quiet else ''}. " if words else ""


def contract() -> str:
    """The theme contract: the views, in the words and order of sitegen/views/types.py."""
    source = (HERE.parent / "sitegen" / "views" / "types.py").read_text(encoding="utf-8")
    introduction = source.split('"""')[1].strip()
    out = ["# The theme contract", "", "<!-- made by `make docs` from sitegen/views/types.py; do not edit -->", "", introduction, ""]
    for found in re.finditer(r"^class (\w+)\(View, frozen=True\):\n((?:    .*\n|\n)+)", source, flags=re.M):
        name, body = found.groups()
        doc = re.match(r'\s*"""(.*?)"""', body, flags=re.S)
        rows = re.findall(r"^    (\w+): (.+?)(?: = .*)?$", body, flags=re.M)
        if not rows:
            continue
        out += [f"## {name}", ""]
        if doc:
            out += [" ".join(doc.group(1).split()), ""]
        out += ["| field | type |", "|---|---|", *(f"| `{field}` | `{kind.replace('|', chr(92) + '|')}` |" for field, kind in rows), ""]
    return "\n".join(out)


PROBLEMS = """# Problems, by their code

<!-- made by `make docs` from sitegen/model/rules; do not edit -->

Each problem names file, line, code and what to do: `content/a.md:12: error[quote-not-found]: … hint: …`. An error stops the
build and leaves the earlier site as it is; a warning does not.

The examples are small archives that have the problem. A line such as `-- content/pages/about.md --` names the file that follows; where
there is no `sitegen.yaml`, this one is meant:

```
title: The flood
base_url: https://example.org/
theme: plain
```
"""


def problems() -> str:
    """What every code means, group by group."""
    groups: dict[str, list[Rule]] = {}
    for rule in RULES.values():
        groups.setdefault(rule.group, []).append(rule)
    out = [PROBLEMS]
    out += [f"- {name}: {', '.join(f'[{one.code}](#{anchor(one.code)})' for one in rules)}" for name, rules in groups.items()]
    out += [""]
    for name, rules in groups.items():
        out += [f"## {name}", ""]
        for rule in rules:
            out += [f"### {rule.code}", "", f"{_nature(rule)}{rule.means}", ""]
            out += [f"**What to do:** {rule.mend}", ""]
            if rule.example:
                out += ["```", *shortened(rule.example), "```", ""]
    return "\n".join(out)


def anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading of one word."""
    return re.sub(r"[^\w-]", "", heading)


def shortened(example: str) -> list[str]:
    """The lines of an example; of the long ones, which pass a limit, how they begin and end."""
    lines = [line if len(line) <= 100 else f"{line[:60]} … {line[-12:]}" for line in example.splitlines()]
    return lines if len(lines) <= 22 else [*lines[:12], "…", *lines[-6:]]


def main() -> int:
    stale = [path for path, text in generated().items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.relative_to(HERE.parent)} is not current: run `make docs`")
        return 1 if stale else 0
    for path, text in generated().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
