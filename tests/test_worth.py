"""Which sentences are proposed as claims: by features that have names, and weights that are fitted. All texts are made up."""

from __future__ import annotations

import pytest

from benchmarks.sureness import Judged, reliability
from sitegen.importer.language import language
from sitegen.importer.quantities import quantities
from sitegen.importer.weights import logistic, weights
from sitegen.importer.worth import LEAST, Stand, evidence, probability
from tools.logistic import fitted, held_out
from tools.logistic import guessed as guessed_by


def worth(sentence: str, way: str = "own", lang: str = "en") -> float:
    rules = language(lang)
    return probability(evidence(sentence, quantities(sentence, rules), rules, Stand(way, 2, 9, False)))


@pytest.mark.parametrize(
    ("lang", "claim", "other"),
    [
        ("en", "The flood took 12 carts and three of the mill's wheels.", "We were all rather tired by then."),
        ("de", "Das Hochwasser nahm 12 Karren und drei Räder der Mühle mit.", "Wir waren alle recht müde."),
        ("fr", "La crue a emporté 12 charrettes et trois roues du moulin.", "Nous étions tous bien fatigués."),
        ("es", "La crecida se llevó 12 carros y tres ruedas del molino.", "Nosotros estábamos muy cansados."),
        ("uk", "Повінь забрала 12 возів і три колеса млина.", "Ми всі були дуже втомлені."),
        ("ru", "Паводок унёс 12 телег и три колеса мельницы.", "Мы все очень устали тогда."),
    ],
)
def test_a_figure_is_worth_checking_and_a_feeling_is_not(lang: str, claim: str, other: str) -> None:
    assert worth(claim, lang=lang) > 0.9
    assert worth(other, lang=lang) < LEAST


def test_what_somebody_said_is_more_worth_than_the_same_words_of_the_article() -> None:
    sentence = "the mill will be rebuilt before the winter comes"
    assert worth(sentence, "named") > worth(f"{sentence}.", "own")


@pytest.mark.parametrize(
    "text", ["Was it the dam?", "What we know so far:", "By Ada Brook", "Share this article", "3.40pm", "Write to ada@valley.example"]
)
def test_what_stands_around_an_article_is_no_claim(text: str) -> None:
    assert worth(text) < LEAST


def test_a_feature_that_tells_nothing_of_a_language_is_not_there() -> None:
    told = evidence("The Board of Works met Ada Brook.", (), language("xx"), Stand("own", 0, 1, True))
    assert "first person" not in told
    assert told <= {"any", "own", "brief", "begins", "name"}


class Toss:
    """An example for the fit."""

    def __init__(self, article: str, features: frozenset[str], is_right: bool) -> None:
        self.article, self.features, self.is_right = article, features, is_right


def tosses(right: int, wrong: int, *features: str) -> list[Toss]:
    return [Toss(f"{number:02}", frozenset(["any", *features]), number < right) for number in range(right + wrong)]


def test_without_strength_the_fit_is_the_share() -> None:
    """By the rule of succession: one more right, and one more wrong."""
    made = fitted([*tosses(2, 0), *tosses(9, 1, "mark")], 0.0)
    assert logistic(made, ["any"]) == pytest.approx(0.75, abs=0.001)
    assert logistic(made, ["any", "mark"]) == pytest.approx(0.9, abs=0.001)


def test_strength_holds_weights_back_and_order_changes_nothing() -> None:
    some = [*tosses(3, 1), *tosses(9, 1, "mark")]
    assert 0 < fitted(some, 4.0)["mark"] < fitted(some, 0.5)["mark"]
    assert fitted(some[::-1], 0.5) == fitted(some, 0.5)


def test_an_example_is_never_judged_by_its_own_article() -> None:
    some: list[Toss] = [Toss("01", frozenset(["any", "mark"]), True)]
    some += [Toss("02", frozenset(["any"]), number < 2) for number in range(4)]
    judged = {one.article: guess for one, guess in held_out(some, 0.5, folds=2)}
    assert judged["01"] == pytest.approx(0.5, abs=0.01)  # that the mark is right was told by its own article alone


def test_the_program_reckons_as_the_fit_does() -> None:
    for name in weights("worth"):
        told = frozenset(["any", name])
        assert logistic(weights("worth"), told) == pytest.approx(guessed_by(weights("worth"), told))


def test_reliability_is_told_in_bins() -> None:
    some = [Judged("places", "sure", number > 0, 0.9) for number in range(10)] + [Judged("places", "doubtful", False, 0.2)]
    head, _, row = reliability(some)
    assert "from 0.9" in head
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells == ["places", "0.20 → 0.00 (1)", "–", "–", "–", "–", "0.90 → 0.90 (10)", "–", "0.085", "0.018"]
