"""Proves that tests can fail: each mutant of the program breaks one thing that keeps rebuilds right, and its test must catch it.

    python tests/mutants.py [WORDS]    (several minutes; `make mutants`)

A mutant that survives means a hole in its test, or a line that is not needed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent


class Mutant(NamedTuple):
    """A replacement in one file, and what it breaks."""

    what: str
    path: str
    before: str
    after: str
    test: str = "tests/test_law.py"


PLAN, FILL, PLANNING, READING, BUILD, MEMORY = (
    "sitegen/archive/plan.py", "sitegen/survey/filling.py", "sitegen/survey/planning.py", "sitegen/survey/reading.py", "sitegen/build.py",
    "sitegen/cache/memory.py",
)  # fmt: skip
STAMPS = "tests/test_build.py::test_a_stamp_is_trusted_only_if_it_is_older_than_the_last_settling"
"""The clock's grain is a few milliseconds: no history meets it by chance."""
GATES = "tests/test_build.py"
"""What a box may see is also its key, so that a clean build would be wrong in the same way: no law tells, but tests of what is on the pages."""
STORE, LUCK = "tests/test_store.py", "tests/test_bad_luck.py"
OPEN_DATA = "tests/test_opendata.py"
MUTANTS = [
    Mutant(
        "types are made ready by several threads at once",
        "sitegen/model/prepared.py",
        "        with _LOCK:\n",
        "        if True:\n",
        "tests/test_prepared.py",
    ),
    Mutant(
        "free pages that nobody may see are found",
        "sitegen/survey/indexing.py",
        "for head in archive.public(kind.plural) if head.card.key != HOME",
        "for key, head in archive.heads.items() if head.kind == kind.plural and key != HOME",
        "tests/test_search.py",
    ),
    Mutant(
        "an extract is taken for a seed",
        "sitegen/importer/__init__.py",
        "if seed.place in self.imported.extracts:",
        "if False:",
        "tests/test_structure.py",
    ),
    Mutant(
        "the open data tells what is held back",
        "sitegen/opendata/rows.py",
        "if not self.page.held:",
        "if True:",
        OPEN_DATA,
    ),
    Mutant(
        "rows that were just made come in another order than those that are read",
        "sitegen/opendata/rows.py",
        "return {table: rows[table] for table in sorted(rows)}",
        "return rows",
        OPEN_DATA,
    ),
    Mutant(
        "the open data names claims that are not public",
        "sitegen/survey/gathering.py",
        "yield {table: rows.public(table, some, known) for table, some in found.items()}",
        "yield found",
        OPEN_DATA,
    ),
    Mutant(
        "the open data gives all words of what shows excerpts",
        "sitegen/opendata/rows.py",
        "self.text.whole if self.is_full else None",
        "self.text.whole",
        OPEN_DATA,
    ),
    Mutant(
        "the open data of another state is taken for this one's",
        "sitegen/datafiles.py",
        "if known is not None and all(output.has(FOLDER + one.file.name, one.digest) for one in known.files):",
        "if known is not None:",
        OPEN_DATA,
    ),
    Mutant(
        "a file of the open data is taken for another state's",
        "sitegen/opendata/files.py",
        "tuple((table, contents[table]) for table in sorted(file.reads))",
        "()",
        OPEN_DATA,
    ),
    Mutant(
        "a file of the open data may read what it does not name",
        "sitegen/archivedb.py",
        "is_allowed = action != sqlite3.SQLITE_READ or name in tables or name in VIEWS",
        "is_allowed = True",
        OPEN_DATA,
    ),
    Mutant(
        "the figures of parts are left out of the key of their total",
        "sitegen/model/pages.py",
        "for key in (part, tally_key(part), short_key(part)))",
        "for key in (part, tally_key(part)))",
        "tests/test_parts.py",
    ),
    Mutant(
        "what was corrected is left out of the box",
        "sitegen/archive/boxes.py",
        "corrected=tuple(one for head in shown for one in corrected(head)),",
        "corrected=(),",
        "tests/test_judgement.py",
    ),
    Mutant(
        "entries that await an editor are published",
        FILL,
        "article = whole if policy.drafts else seen(whole)",
        "article = whole",
        "tests/test_awaiting.py",
    ),
    Mutant(
        "waivers of what awaits an editor are published",
        "sitegen/content/article.py",
        "waived = tuple(one for one in reader.waived if one not in unseen)",
        "waived = tuple(reader.waived)",
        "tests/test_awaiting.py",
    ),
    Mutant(
        "a list that awaits an editor is told among those that do not come to their totals",
        READING,
        "for one in seen(value).sums if not one.holds",
        "for one in value.sums if not one.holds",
        "tests/test_awaiting.py",
    ),
    Mutant(
        "what is somebody's is removed",
        "sitegen/output.py",
        "theirs = sorted(",
        "theirs = [] and sorted(",
        "tests/test_hosting.py",
    ),
    Mutant(
        "what is ours is told after it was written",
        "sitegen/output.py",
        "if self.staged.keys() - ours:",
        "if False:",
        "tests/test_hosting.py",
    ),
    Mutant(
        "a published address may vanish",
        "sitegen/survey/permanence.py",
        "for address in sorted(ledger.keys() - there.keys()):",
        "for address in ():",
        "tests/test_ledger.py",
    ),
    Mutant("nothing is pruned", "sitegen/output.py", "if path not in planned and path != MARKER", "if False and path not in planned"),
    Mutant(
        "the closure is the root template alone",
        "sitegen/theme/__init__.py",
        "pending += list(self.templates) if target is None else [target]",
        "pass",
    ),
    Mutant(
        "the site card is left out of the key", BUILD, "closed[page.template], site, page.page,", 'closed[page.template], b"", page.page,'
    ),
    Mutant(
        "the catalogues are left out of the key of a build",
        "sitegen/packaged.py",
        '((packaged_themes(), ""), (CATALOGUES, ".mo"), (CLIENT, ""), (COMMON, ""), (BASEMAP, ""))',
        '((packaged_themes(), ""),)',
        "tests/test_language.py",
    ),
    Mutant(
        "the fonts of social cards are left out of the site card",
        "sitegen/survey/assets.py",
        "tuple((name, digest_of(data)) for name, data in fonts.items())",
        'tuple((name, digest_of(b"")) for name, data in fonts.items())',
        "tests/test_socialcards.py",
    ),
    Mutant("the closure is left out of the key", BUILD, "cache.key(render, closed[page.template], site,", "cache.key(render, site,"),
    Mutant("the arguments are left out of the key", BUILD, "site, page.page, page.cards)", "site, page.address, page.cards)"),
    Mutant("the cards are left out of the key", BUILD, "site, page.page, page.cards)", "site, page.page)"),
    Mutant("the neighbours are left out of the cards", PLAN, '{outline.names}\\n{beside[0]}\\n{beside[1]}"', '{outline.names}"'),
    Mutant("the arguments are left out of every key", MEMORY, "return after(_encoded(arguments))", 'return after(b"")'),
    Mutant(
        "the function is left out of every key",
        MEMORY,
        "digest_after(self.engine, function.__module__, function.__qualname__)",
        "digest_after(self.engine)",
        STORE,
    ),
    Mutant(
        "names are not what they stand for",
        "sitegen/archive/names.py",
        'self.digest = digest("names", encode(self.all))',
        'self.digest = digest("names")',
    ),
    Mutant(
        "a stylesheet's address is not of what it names",
        "sitegen/theme/stylesheets.py",
        "out[name] = Asset(_address(name, data), data)",
        "out[name] = Asset(out[name].address, data)",
        "tests/test_stylesheets.py",
    ),
    Mutant("gifts are not what they stand for", PLANNING, "known.update(row)", "pass"),
    Mutant("the date is left out of the box", FILL, "policy.since(known.turns)", "policy._replace(today='2022-05-05')", GATES),
    Mutant(
        "what drafts show is left out of the box",
        FILL,
        "policy.since(known.turns)",
        "policy.since(known.turns)._replace(drafts=False)",
        GATES,
    ),
    Mutant(
        "seeds are left out of the box",
        FILL,
        'digests.get(seed, Digest(b""))) for seed in known.seeds',
        'Digest(b"")) for seed in known.seeds',
        "tests/test_import.py",
    ),
    Mutant(
        "calendars are not given",
        READING,
        "parse(file.path, data, file.notes, notes, settings.calendars,",
        "parse(file.path, data, file.notes, notes, {},",
        GATES,
    ),
    Mutant(
        "the date is left out of the whole build's key",
        "sitegen/survey/state.py",
        "options._replace(jobs=0)",
        "options._replace(jobs=0, today='')",
        GATES,
    ),
    Mutant("the output is taken to be as it was written", "sitegen/output.py", "return known == digest", "return True"),
    Mutant("stamps are trusted whatever their age", "sitegen/cache/stamps.py", "or max(stamp.mtime, stamp.ctime) >= settled", "", STAMPS),
    Mutant("problems are forgotten on a hit", BUILD, "report = Report(done.problems, done.pages", "report = Report((), done.pages"),
    Mutant("a lost value is not noticed", "sitegen/survey/state.py", "except Lost:", "except ZeroDivisionError:"),
    Mutant("two builds write at once", "sitegen/cache/database.py", 'lock.execute("begin exclusive")', 'lock.execute("select 1")'),
    Mutant("the checksum is not proved", "sitegen/cache/sealing.py", "if _seal(key, body) != row[:SEAL]:", "if False:", STORE),
    Mutant("the checksum is of the bytes alone", "sitegen/cache/sealing.py", "digest_size=SEAL, key=key)", "digest_size=SEAL)", STORE),
    Mutant(
        "a damaged store is emptied, not removed",
        "sitegen/cache/database.py",
        "            for path in _parts(self.path):\n                _removed(path)\n",
        "",
        STORE,
    ),
    Mutant("what belongs to the store is left", "sitegen/cache/database.py", '("", "-journal", "-wal", "-shm")', '("",)', STORE),
    Mutant("a store of another archive is used", "sitegen/cache/__init__.py", "elif known != identity:", "elif False:", STORE),
    Mutant(
        "a store that cannot be written ends the build",
        "sitegen/cache/rows.py",
        "except Unwritable as error:\n            self.unwritable",
        "except ZeroDivisionError as error:\n            self.unwritable",
        LUCK,
    ),
    Mutant(
        "a killed build's workers live on",
        "sitegen/workers.py",
        "        _end_with(lifeline)\n",
        "",
        LUCK,
    ),
    Mutant("a stage is left behind", "sitegen/output.py", "        shutil.rmtree(self._stage, ignore_errors=True)\n", "", STORE),
    Mutant(
        "a tick of the store's growth is not seen",
        "sitegen/cache/__init__.py",
        "elif database.size > max(SMALL, GROWTH * int(row)):",
        "elif False:",
        STORE,
    ),
    Mutant("what is needed is trimmed", "sitegen/trim.py", "    asked.update(page.page for page in survey.pages)\n", "", STORE),
    Mutant(
        "hidden places are named",
        "sitegen/survey/__init__.py",
        'policy.status(card.gate, KINDS[card.kind]) == "public")',
        'policy.status(card.gate, KINDS[card.kind]) != "")',
        "tests/test_safety.py",
    ),
    Mutant("a folder in a file's place stays", "sitegen/output.py", "except IsADirectoryError:", "except ZeroDivisionError:"),
]


def caught(mutant: Mutant) -> bool:
    """Whether the mutant's test fails on it."""
    with tempfile.TemporaryDirectory(prefix="sitegen-mutant-") as folder:
        copy = Path(folder) / "project"
        shutil.copytree(
            ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "public", ".sitegen", ".hypothesis", "__pycache__", ".*_cache")
        )
        place = copy / mutant.path
        text = place.read_text(encoding="utf-8")
        if text.count(mutant.before) != 1:
            raise SystemExit(f"{mutant.what}: {mutant.before!r} stands {text.count(mutant.before)} times in {mutant.path}")
        place.write_text(text.replace(mutant.before, mutant.after), encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", mutant.test]
        env = {**os.environ, "PYTHONPATH": str(copy), "SITEGEN_MUTANT": "1"}
        done = subprocess.run(command, cwd=copy, env=env, capture_output=True, check=False)
        return done.returncode == 1


def main() -> int:
    survivors = []
    wanted = sys.argv[1:]
    for mutant in MUTANTS:
        if wanted and not any(word in mutant.what for word in wanted):
            continue
        found = caught(mutant)
        print(f"{'caught' if found else 'SURVIVED'}: {mutant.what}", flush=True)
        if not found:
            survivors.append(mutant)
    print(f"{len(survivors)} survived")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
