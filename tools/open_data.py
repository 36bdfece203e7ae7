"""The open data of the archives of this repository, read by programs of others: `make open-data`. Ends with what one of them finds wrong.

    .venv/open-data/bin/python -m tools.open_data .venv/bin/python

Datasette is asked over HTTP for its front page, a table with facets and each of the questions that come with the database; csvw proves the
tables by their metadata, rdflib reads the catalogue, geojson and shapely places, pybtex and citeproc-py the references, pyarrow a table.
"""

from __future__ import annotations

import http.client
import json
import socket
import sqlite3
import subprocess
import sys
import sysconfig
import tempfile
import time
import urllib.parse
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import csvw
import geojson
import pyarrow.parquet
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex.database import parse_string
from rdflib import Graph, Namespace
from shapely.geometry import shape

HERE = Path(__file__).parent.parent
ARCHIVES = (".", "examples/flood")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
GIVEN = {"words": "carts OR troops", "claim": ""}
"""What the questions are asked with; the claim is the first of the database."""


def get(port: int, path: str) -> bytes:
    """What Datasette answers."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as line:
        line.request("GET", path)
        return line.getresponse().read()


def datasette(folder: Path) -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "datasette",
        "archive.db",
        "--metadata",
        "archive.metadata.json",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                front = get(port, "/").decode()
                break
            except OSError:
                time.sleep(0.1)
        told = json.loads((folder / "archive.metadata.json").read_text(encoding="utf-8"))
        assert told["title"] in front, "the title stands on the front page"
        table = json.loads(get(port, "/archive/figures_in_words.json?_facet=claim_title&_shape=objects"))
        facet = table["facet_results"]["claim_title"]["results"]
        assert sum(one["count"] for one in facet) <= table["filtered_table_rows_count"]
        narrowed = json.loads(get(port, f"/archive/figures_in_words.json?claim_title={urllib.parse.quote(facet[0]['value'])}"))
        assert narrowed["filtered_table_rows_count"] == facet[0]["count"], "a facet narrows to as many rows as it says"
        claim = json.loads(get(port, "/archive/claims.json?_shape=array&_size=1"))[0]["id"]
        for name in told["databases"]["archive"]["queries"]:
            given = urllib.parse.urlencode({**GIVEN, "claim": claim})
            answer = json.loads(get(port, f"/archive/{name}.json?{given}"))
            assert not answer.get("error"), (name, answer)
        page = get(port, "/archive/statements").decode()
        assert "What articles state, word for word" in page
        return f"{len(facet)} facets, {len(told['databases']['archive']['queries'])} questions"
    finally:
        server.terminate()
        server.wait(10)


def tables(folder: Path) -> str:
    found = []
    for name in ("claims.csv", "figures.csv"):
        rows = list(csvw.Table.from_file(folder / f"{name}-metadata.json").iterdicts(strict=True))
        found.append(f"{len(rows)} rows")
    return ", ".join(found)


def catalogue(folder: Path) -> str:
    graph = Graph().parse(folder / "catalog.jsonld", format="json-ld")
    sizes = {str(file): int(str(size)) for file, size in graph.subject_objects(DCAT.byteSize)}
    assert sizes
    for file, size in sizes.items():
        assert (folder / file.rpartition("/")[2]).stat().st_size == size, file
    return f"{len(sizes)} distributions, {len(graph)} triples"


def places(folder: Path) -> str:
    found = geojson.loads((folder / "places.geojson").read_text(encoding="utf-8"))
    assert found.is_valid, found.errors()
    points = [shape(one["geometry"]) for one in found["features"] if one["geometry"]]
    assert all(point.is_valid for point in points)
    return f"{len(found['features'])} places, {len(points)} with a point"


def references(folder: Path) -> str:
    entries = parse_string((folder / "references.bib").read_text(encoding="utf-8"), "bibtex").entries
    items = json.loads((folder / "references.json").read_text(encoding="utf-8"))
    assert {one["id"] for one in items} == {*entries}
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for one in items:
        bibliography.register(Citation([CitationItem(one["id"])]))
    lines = [str(line) for line in bibliography.bibliography()]
    assert all(one["title"][:12] in "".join(lines) for one in items)
    return f"{len(entries)} entries; {lines[0][:60]}"


def parquet(folder: Path, python: str, source: Path) -> str:
    target = folder / "figures.parquet"
    # the program as it is installed, with this environment's pyarrow behind its own libraries
    program = f"import sys; sys.path.append({sysconfig.get_path('purelib')!r}); from sitegen.cli import main; main()"
    command = [python, "-c", program, "export", "figures.parquet", "--source", str(source), "--out", str(target)]
    subprocess.run(command, check=True, capture_output=True, cwd=HERE)
    table = pyarrow.parquet.read_table(target)
    ((count,),) = _rows(folder, "SELECT count(*) FROM figures")
    assert table.num_rows == count
    return f"{table.num_rows} rows, {table.num_columns} columns"


def _rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(folder / "archive.db") as connection:
        return connection.execute(query).fetchall()


def proofs(folder: Path, python: str, source: Path) -> dict[str, Callable[[], str]]:
    """By the name of the program: what it finds."""
    return {
        "Datasette": lambda: datasette(folder),
        "csvw": lambda: tables(folder),
        "rdflib": lambda: catalogue(folder),
        "geojson, shapely": lambda: places(folder),
        "pybtex, citeproc-py": lambda: references(folder),
        "pyarrow": lambda: parquet(folder, python, source),
    }


def main() -> None:
    python = str(Path(sys.argv[1]).absolute())
    for archive in ARCHIVES:
        source = (HERE / archive).resolve()
        with tempfile.TemporaryDirectory(prefix="sitegen-open-data-") as place:
            command = [python, "-m", "sitegen", "build", "--source", str(source), "--output", place]
            subprocess.run(command, check=True, capture_output=True, cwd=HERE)
            for name, proof in proofs(Path(place) / "data", python, source).items():
                print(f"{archive:16} {name}: {proof()}", flush=True)


if __name__ == "__main__":
    main()
