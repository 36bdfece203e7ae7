"""How well imports read the labelled articles of `benchmarks/imports/shown`: no score may fall. Who raises one raises its floor.

The texts are fiction. Those of `benchmarks/imports/aside` are scored by `python -m benchmarks.imports` alone, so that rules do
not learn them.
"""

from __future__ import annotations

import pytest

from benchmarks.imports.__main__ import HERE, scored
from benchmarks.imports.score import total

FLOORS = {
    "title": (1.0, 1.0),
    "date": (1.0, 1.0),
    "captions": (1.0, 1.0),
    "headings": (1.0, 1.0),
    "sources": (0.88, 0.85),
    "places": (0.868, 0.87),
    "coordinates": (0.875, 0.82),
    "claims": (0.875, 0.85),
    "attribution": (0.888, 0.825),
    "quantities": (0.915, 0.875),
}
"""The accuracy or F1 of each measure: over all eighty, and over each eighth of them."""
HEADS = {"title": 0.77, "date": 0.95, "captions": 0.78, "headings": 0.91}
"""Those of the two hundred heads."""


def test_no_score_of_heads_falls() -> None:
    reached = {measure: [*tally.figures(measure).values()][-1] or 0.0 for measure, tally in total(scored(HERE / "heads")).items()}
    assert {measure: round(reached[measure], 3) for measure, floor in HEADS.items() if reached[measure] < floor} == {}


@pytest.mark.parametrize("step", [pytest.param(1, marks=pytest.mark.soak, id="all"), pytest.param(8, id="each eighth")])
def test_no_score_falls(step: int) -> None:
    names = sorted(path.name for path in (HERE / "shown").glob("*.gold.yaml"))[::step]
    articles = scored(HERE / "shown", [name.partition("-")[0] for name in names])
    assert len(articles) == 80 // step
    reached = {measure: [*tally.figures(measure).values()][-1] or 0.0 for measure, tally in total(articles).items()}
    floors = {measure: floor[step > 1] for measure, floor in FLOORS.items()}
    assert {measure: round(value, 3) for measure, value in reached.items() if value < floors[measure]} == {}


def test_of_two_identical_readings_all_is_right() -> None:
    from benchmarks.imports.__main__ import labels
    from benchmarks.imports.score import compare

    for gold in sorted((HERE / "shown").glob("*.gold.yaml"))[:3]:
        told = labels(gold)
        for measure, tally in compare(told, told).items():
            rate = [*tally.figures(measure).values()][-1]
            assert rate in (None, 1.0), (gold.name, measure)
        for measure, tally in compare(told, {}).items():
            rate = [*tally.figures(measure).values()][-1]
            assert rate in (None, 0.0), (gold.name, measure)
