"""How well imports read the labelled articles of `benchmarks/imports/shown`: no score may fall. Who raises one raises its floor.

The texts are fiction. Those of `benchmarks/imports/aside` are scored by `python -m benchmarks.imports` alone, so that rules do
not learn them.
"""

from __future__ import annotations

from benchmarks.imports.__main__ import HERE, scored
from benchmarks.imports.score import total

FLOORS = {
    "title": 0.98,
    "date": 0.96,
    "captions": 1.0,
    "headings": 0.97,
    "sources": 0.85,
    "places": 0.86,
    "coordinates": 0.88,
    "claims": 0.89,
    "attribution": 0.82,
    "quantities": 0.91,
}
"""The accuracy or F1 of each measure, over all eighty."""


def test_no_score_falls() -> None:
    articles = scored(HERE / "shown")
    assert len(articles) == 80
    reached = {measure: [*tally.figures(measure).values()][-1] or 0.0 for measure, tally in total(articles).items()}
    assert {measure: round(value, 3) for measure, value in reached.items() if value < FLOORS[measure]} == {}


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
