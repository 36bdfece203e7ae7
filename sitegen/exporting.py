"""`sitegen export`: one of the files of the open data (docs/open-data.md), or a table of it as Parquet, without building the site."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from sitegen import archivedb
from sitegen.archive.plan import DATA
from sitegen.cache import Cache, open_cache
from sitegen.datafiles import data_files
from sitegen.model.problem import Fault
from sitegen.opendata.files import BY_NAME, CATALOGUE, DATABASE, NAMES
from sitegen.opendata.tables import BY_NAME as TABLES
from sitegen.opendata.tables import Table
from sitegen.output import Output
from sitegen.survey import Options, sound, survey_of
from sitegen.survey.gathering import Gathered, gathered, tables
from sitegen.survey.state import inputs_of, of_one_state
from sitegen.tree import Tree
from sitegen.workers import Progress, silent

PARQUET = ".parquet"
_ROWS = 20_000
"""Of a table that are in memory at once."""
_PIECE = 1 << 20
_TYPES = {"text": "string", "integer": "int64", "number": "float64"}
"""Of columns, as Arrow calls them."""


def names() -> Sequence[str]:
    """What can be asked for: every file, and every table as Parquet."""
    return [*NAMES, *(f"{table}{PARQUET}" for table in TABLES)]


def export(root: Path, name: str, out: Path, options: Options, progress: Progress = silent) -> int:
    """Writes a file of the open data of the archive at `root`, whole or not at all; gives how many bytes it has. `name` is one of
    `names`. Raises Unsound where the archive has errors, Fault where a library is missing."""
    if name.endswith(PARQUET) and find_spec("pyarrow") is None:
        raise Fault("Parquet needs the library pyarrow: `python -m pip install 'pyarrow>=19,<27'`")
    with open_cache(root) as cache:

        def made(tree: Tree) -> int:
            of = _gathered(tree, cache, options, progress)
            try:
                with tempfile.TemporaryDirectory(prefix="sitegen-export-") as folder:
                    return _replaced(out, _made(name, of, cache, Path(folder), root, options.jobs))
            except (archivedb.Error, OSError) as error:
                raise Fault(f"{out} could not be written: {getattr(error, 'strerror', None) or error}") from error

        size = of_one_state(root, cache, made)
        cache.commit()
        return size


def _gathered(tree: Tree, cache: Cache, options: Options, progress: Progress) -> Gathered:
    """What the open data is made of, as the last build of this very archive knew it; without such a build it takes a survey, and the memory
    of one."""
    inputs = inputs_of(tree, options)
    known = cache.recall(Gathered, *inputs)
    if known is not None:
        return known
    survey = survey_of(tree, cache, options, progress)
    config = sound(survey)
    assert survey.archive is not None
    found = gathered(cache, survey.archive, survey.boxes, config, options.jobs)
    cache.remember(found, *inputs)
    return found


def _made(name: str, of: Gathered, cache: Cache, folder: Path, root: Path, jobs: int) -> Iterator[bytes]:
    """The bytes of a file, in pieces; what they are made from lies in a folder."""
    if name == CATALOGUE:  # it tells the sizes of all others
        return _catalogue(of, cache, folder, root, jobs)
    place = folder / DATABASE
    archivedb.write(place, tables(cache, of))
    return _parquet(place, folder, name) if name.endswith(PARQUET) else _file(of, place, name)


def _replaced(out: Path, pieces: Iterator[bytes]) -> int:
    """Writes a file beside its place, and then moves it there."""
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            size = sum(file.write(piece) for piece in pieces)
        os.replace(beside, out)
    finally:
        beside.unlink(missing_ok=True)
    return size


def _file(of: Gathered, place: Path, name: str) -> Iterator[bytes]:
    file = BY_NAME[name]
    if file.write is None:
        yield from _pieces(place)
        return
    with archivedb.reading(place) as asked:
        yield from file.write(asked, of.about)


def _catalogue(of: Gathered, cache: Cache, folder: Path, root: Path, jobs: int) -> Iterator[bytes]:
    output = Output(folder / "public", (), cache.outputs)
    output.open(root)
    made = data_files(of, cache, output, jobs)
    output.finish({f"{DATA}{one.file.name}": one.digest for one in made.files})
    yield from _pieces(folder / "public" / DATA / CATALOGUE)


def _pieces(place: Path) -> Iterator[bytes]:
    with place.open("rb") as data:
        while piece := data.read(_PIECE):
            yield piece


def _parquet(place: Path, folder: Path, name: str) -> Iterator[bytes]:
    """A table as Apache Parquet, its columns with their meanings."""
    pyarrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")  # of an extra, and without types
    table = TABLES[name.removesuffix(PARQUET)]
    schema = pyarrow.schema(
        [
            pyarrow.field(column.name, pyarrow.type_for_alias(_TYPES[column.type]), metadata={"description": column.about})
            for column in table.columns
        ],
        metadata={"description": table.about},
    )
    target = folder / name
    with archivedb.reading(place) as asked, parquet.ParquetWriter(target, schema) as writer:
        for rows in _batches(asked, table):
            columns = list(zip(*rows, strict=True))
            writer.write_table(pyarrow.table(columns, schema=schema))
    yield from _pieces(target)


def _batches(asked: archivedb.Reading, table: Table) -> Iterator[list[tuple[object, ...]]]:
    some: list[tuple[object, ...]] = []
    for row in asked.rows(f"SELECT * FROM {table.name}"):
        some.append(row)
        if len(some) >= _ROWS:
            yield some
            some = []
    if some:
        yield some
