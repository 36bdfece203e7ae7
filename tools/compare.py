"""A chart and its table beside a plot of the same numbers by matplotlib: `make compare`. Exits 1 where they differ.

    .venv/compare/bin/python -m tools.compare .venv/bin/python .venv/compare CHROMIUM

The numbers are others' (`tests/nile.py`), and are first held against the package that they come from. They become an archive of short
articles; sitegen reads these, and draws. matplotlib is given the numbers themselves, on axes that lie where those of the chart do: what
stands in the page's data, in its SVG, in its table and in its CSV must be the same points. Pictures of both are left for people to look at.
"""

from __future__ import annotations

import csv
import datetime
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import matplotlib as mpl
from matplotlib.figure import Figure
from PIL import Image

from tests.nile import ARCHIVE, CLAIM, FLOWS, value

HERE = Path(__file__).parent.parent
MARGIN = 0.015
"""What a chart leaves free at its left and right, as a part of its breadth."""
BREADTH, DPI = 1000, 100
"""Of matplotlib's plot, in pixels; a chart of sitegen has no breadth of its own."""
NEAR_X, NEAR_Y = 0.0051, 0.051
"""Percent and pixels: half of the last place that the chart writes, and a little."""

Point: TypeAlias = tuple[float, float]
"""Percent from the left, pixels from the top."""


class Site(NamedTuple):
    """What a build has made of the claim's page."""

    chart: dict[str, Any]
    html: str
    csv: str


class Plot(NamedTuple):
    """What matplotlib has drawn, in the chart's space."""

    points: list[Point]
    corners: list[Point]


class Page(HTMLParser):
    """The circles and strokes of a page's chart, and the rows of its table as the texts of their cells."""

    def __init__(self) -> None:
        super().__init__()
        self.circles: list[Point] = []
        self.strokes: list[tuple[float, float, float, float]] = []
        self.rows: list[list[str]] = []
        self._is_line = False
        self._is_cell = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        told = {name: text or "" for name, text in attrs}
        match tag:
            case "g":
                self._is_line = True
            case "circle":
                self.circles.append((_number(told["cx"]), _number(told["cy"])))
            case "line" if self._is_line and "class" not in told:
                x1, y1, x2, y2 = (_number(told[name]) for name in ("x1", "y1", "x2", "y2"))
                self.strokes.append((x1, y1, x2, y2))
            case "tr":
                self.rows.append([])
            case "td":
                self.rows[-1].append("")
                self._is_cell = True

    def handle_endtag(self, tag: str) -> None:
        self._is_line = self._is_line and tag != "g"
        self._is_cell = self._is_cell and tag != "td"

    def handle_data(self, data: str) -> None:
        if self._is_cell:
            self.rows[-1][-1] += data


def main(python: str, out: str, chromium: str) -> int:
    problems = differences("the numbers and the package's", FLOWS, published())
    with tempfile.TemporaryDirectory(prefix="sitegen-compare-") as folder:
        root = Path(folder)
        site = built(python, root)
        plot = drawn(site.chart, Path(out, "matplotlib.png"))
        problems += compared(site, plot)
        if chromium:
            picture(chromium, root / "public", Path(out))
    for problem in problems:
        print(problem)
    print(f"{len(problems)} differences; matplotlib {mpl.__version__}; pictures in {out}/")
    return 1 if problems else 0


def published() -> dict[int, int]:
    """The years of `FLOWS` as the package has them. Its file is read as it is: to load it through the package takes pandas and SciPy."""
    package = find_spec("statsmodels")
    assert package is not None
    assert package.origin is not None
    lines = (Path(package.origin).parent / "datasets/nile/nile.csv").read_text(encoding="utf-8").splitlines()
    series = {int(year): int(volume) for year, volume in csv.reader(lines[1:])}
    return {year: series[year] for year in FLOWS if year in series}


def built(python: str, root: Path) -> Site:
    """The claim's page of the archive, written to `root` and built there by the command."""
    parts = ARCHIVE.split("-- ")  # no article has that sign
    for path, text in (part.split(" --\n", 1) for part in parts[1:]):
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    subprocess.run([python, "-m", "sitegen", "build", "--source", root, "--output", root / "public"], check=True, cwd=HERE)
    page = root / "public/claims" / CLAIM
    chart = json.loads((page / "index.json").read_text(encoding="utf-8"))["page"]["chart"]
    return Site(chart, (page / "index.html").read_text(encoding="utf-8"), (page / "figures.csv").read_text(encoding="utf-8"))


def drawn(chart: Mapping[str, Any], path: Path) -> Plot:
    """The series by matplotlib, with what the chart says of its scale and nothing else of it: between which values, at which heights."""
    days = [middle(year) for year in FLOWS]
    height = chart["height"]
    (bottom, low), *_, (top, high) = [(level["y"], _number(level["text"])) for level in chart["levels"]]
    figure = Figure(figsize=(BREADTH / DPI, height / DPI), dpi=DPI)
    axes = figure.add_axes((MARGIN, 1 - bottom / height, 1 - 2 * MARGIN, (bottom - top) / height))
    (line,) = axes.step(days, [value(year) for year in FLOWS], where="post", marker="o", markersize=5, clip_on=False)
    axes.set(xlim=(days[0], days[-1]), ylim=(low, high), yticks=[_number(level["text"]) for level in chart["levels"]])
    width = figure.bbox.width

    def placed(points: Any) -> list[Point]:
        return [(float(x / width * 100), float(height - y)) for x, y in axes.transData.transform(points)]

    plot = Plot(placed(line.get_xydata()), placed(line.get_path().vertices))  # now: once its markers are drawn, its path has no steps
    axes.yaxis.set_major_formatter(lambda amount, _: f"{amount / 10**9:g} billion")
    axes.tick_params(axis="y", pad=-60, length=0)
    axes.grid(axis="y")
    figure.savefig(path)
    return plot


def middle(year: int) -> datetime.date:
    """Where a figure of a whole year stands."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return first + (last - first) // 2


def compared(site: Site, plot: Plot) -> list[str]:
    """All that differs, each in a line."""
    page = Page()
    page.feed(site.html)
    (line,) = site.chart["lines"]
    strokes = [(one["x1"], one["y1"], one["x2"], one["y2"]) for one in line["strokes"]]
    given = {str(year): value(year) for year in FLOWS}
    table = {row[0]: _number(row[1].removesuffix(" cubic metres")) for row in page.rows if row}
    rows = {row["as_of"]: _number(row["value"]) for row in csv.DictReader(site.csv.splitlines())}
    bounds = {row["as_of"]: (_number(row["least"]), _number(row["most"])) for row in csv.DictReader(site.csv.splitlines())}
    return [
        *apart("points of the chart and of matplotlib", [(one["x"], one["y"]) for one in line["points"]], plot.points),
        *apart("corners of the step line and of matplotlib", corners(strokes), without_repeats(plot.corners)),
        *apart("circles of the SVG and points of the chart", page.circles, [(one["x"], one["y"]) for one in line["points"]]),
        *apart("strokes of the SVG and of the chart", corners(page.strokes), corners(strokes)),
        *differences("the table and the numbers", table, given),
        *differences("figures.csv and the numbers", rows, given),
        *differences("least and most in figures.csv and the numbers", bounds, {year: (one, one) for year, one in given.items()}),
    ]


def _number(text: str) -> float:
    """A number as pages and attributes write it.

    >>> _number("60,000,000,000"), _number("60 billion"), _number("1.5%")
    (60000000000.0, 60000000000.0, 1.5)
    """
    number, _, unit = text.replace(",", "").removesuffix("%").partition(" ")
    return float(number) * (10**9 if unit == "billion" else 1)


def corners(strokes: Iterable[tuple[float, float, float, float]]) -> list[Point]:
    """Where a line turns: the beginning of its first stroke and the ends of all; and where it is broken, the beginning of what follows."""
    out: list[Point] = []
    for x1, y1, x2, y2 in strokes:
        out += [(x1, y1), (x2, y2)] if out[-1:] != [(x1, y1)] else [(x2, y2)]
    return out


def without_repeats(points: Sequence[Point]) -> list[Point]:
    """Points of which none is the one before it: where a figure stays the same, matplotlib draws an upright stroke of no length."""
    return [one for before, one in zip([None, *points], points, strict=False) if one != before]


def apart(what: str, ours: Sequence[Point], theirs: Sequence[Point]) -> list[str]:
    """The points that lie farther from one another than rounding explains."""
    if len(ours) != len(theirs):
        return [f"{what}: {len(ours)} and {len(theirs)}"]
    gaps = [(abs(a[0] - b[0]), abs(a[1] - b[1])) for a, b in zip(ours, theirs, strict=True)]
    print(f"{what}: {len(ours)}, at most {max(x for x, _ in gaps):.4f} % and {max(y for _, y in gaps):.4f} px apart")
    return [f"{what}: {a} and {b}" for a, b, (x, y) in zip(ours, theirs, gaps, strict=True) if x > NEAR_X or y > NEAR_Y]


def differences(what: str, ours: Mapping[Any, Any], theirs: Mapping[Any, Any]) -> list[str]:
    """The keys under which two tables have not the same."""
    print(f"{what}: {len(ours)} and {len(theirs)}")
    return [f"{what}: {key}: {ours.get(key)} and {theirs.get(key)}" for key in {**ours, **theirs} if ours.get(key) != theirs.get(key)]


def picture(chromium: str, site: Path, out: Path) -> None:
    """The page as a browser shows it, and that beside matplotlib's plot."""
    shot = out / "page.png"
    flags = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1100,900")
    with served(site) as url:
        command = [chromium, *flags, f"--screenshot={shot.absolute()}", f"{url}claims/{CLAIM}/"]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    ours, theirs = Image.open(shot).convert("RGB"), Image.open(out / "matplotlib.png").convert("RGB")
    sheet = Image.new("RGB", (ours.width + theirs.width + 16, max(ours.height, theirs.height)), "#888")
    sheet.paste(ours, (0, 0))
    sheet.paste(theirs, (ours.width + 16, 0))
    sheet.save(out / "beside.png")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a folder while it is served: pages name their stylesheet from the root of the host."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:4]))
