"""Renews the catalogues of the program's words: `make messages`.

What the code and the templates say is gathered into `sitegen/locale/sitegen.pot`, each language's `sitegen.po` is given what is new and
loses what is gone, and is compiled to the `sitegen.mo` that the program reads. With `--check` it writes nothing and exits 1 where a file is
not what it would write. A new language: `python tools/messages.py --new pl`, then docs/translating.md.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import tomllib
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "sitegen" / "locale"
TEMPLATE = LOCALE / "sitegen.pot"
KEYWORDS = {**DEFAULT_KEYWORDS, "message": None, "message_in": ((1, "c"), 2), "counted_message": (1, 2)}
"""The functions whose arguments are messages: gettext's own, and the marks of `sitegen.model.speech`."""
ABOUT = "# The words of sitegen, a static site generator for annotated article archives.\n# Under the licence of the program (MIT)."


def gathered() -> Catalog:
    """All that the program says, from the files that `pyproject.toml` names."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    methods = [(one["pattern"], one["method"]) for one in mappings]
    options = {one["pattern"]: {key: value for key, value in one.items() if key not in ("pattern", "method")} for one in mappings}
    catalog = _empty(None)
    found = extract_from_dir(ROOT, methods, options, KEYWORDS, comment_tags=["Translators:"], strip_comment_tags=True)
    for path, _, message, comments, context in found:
        added = catalog.add(message, None, [(path, 1)], auto_comments=comments, context=context)
        added.flags.discard("python-brace-format")  # braces of YAML
    if TEMPLATE.is_file():
        before = _read(TEMPLATE, None)
        if {(one.context, one.id) for one in before} == {(one.context, one.id) for one in catalog}:
            catalog.creation_date = before.creation_date
    return catalog


def renewed() -> dict[Path, bytes]:
    """Every file of the catalogues as it should be."""
    template = gathered()
    out = {TEMPLATE: _written(template)}
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/sitegen.po")):
        catalog = _read(path, path.parent.parent.name)
        catalog.update(template, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
        out[path] = _written(catalog)
        compiled = io.BytesIO()
        write_mo(compiled, catalog)
        out[path.with_suffix(".mo")] = compiled.getvalue()
    return out


def begun(language: str) -> None:
    """An empty catalogue of a language."""
    catalog = _empty(language)
    path = LOCALE / language.replace("-", "_") / "LC_MESSAGES" / "sitegen.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(_written(catalog))


def _empty(language: str | None) -> Catalog:
    return Catalog(language, project="sitegen", header_comment=ABOUT, charset="utf-8", fuzzy=False)


def _read(path: Path, language: str | None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, language)


def _written(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalog, width=120, include_lineno=False, ignore_obsolete=True, sort_by_file=True)
    # what nobody has filled in
    return re.sub(rb'^"[^"\n]*(?: VERSION|EMAIL@ADDRESS|LL@li\.org|YEAR-MO-DA)[^"\n]*"\n', b"", out.getvalue(), flags=re.M)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--new", metavar="LANGUAGE")
    asked = parser.parse_args()
    if asked.new:
        begun(asked.new)
    stale = {path: data for path, data in renewed().items() if not path.is_file() or path.read_bytes() != data}
    for path, data in stale.items():
        print(("not current: " if asked.check else "written: ") + path.relative_to(ROOT).as_posix())
        if not asked.check:
            path.write_bytes(data)
    sys.exit(1 if asked.check and stale else 0)


if __name__ == "__main__":
    main()
