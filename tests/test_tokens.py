"""What a text is cut into, and that a list is found by the longest words of what it has."""

from __future__ import annotations

import pytest

from sitegen.importer.entities import Entities
from sitegen.importer.language import language
from sitegen.importer.tokens import tokenized

TAGS = ["de", "en", "es", "fr", "ru", "uk"]
LISTS = ["speech", "passive", "reported", "passive_be", "agents"]


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("name", LISTS)
def test_each_word_of_a_list_is_found_by_its_longest_word(tag: str, name: str) -> None:
    rules = language(tag)
    for word in sorted(rules.words(name)):
        for text in (f"Aa, {word} bb.", f"«{word.upper()}»", f"{word}"):
            assert [one.span() for one in rules.finditer(name, text)] == [one.span() for one in rules.pattern(name).finditer(text)], text


@pytest.mark.parametrize("tag", TAGS)
def test_each_word_for_a_body_may_name_one(tag: str) -> None:
    rules = language(tag)
    words = [*rules.organisation_kinds, *(f"abc{ending}" for ending in rules.organisation_endings)]
    texts = [text for word in words for text in (f"Aa “{word.upper()}”, bb.", word) if rules.organisation.search(text)]
    assert len(texts) > len(words)
    assert [text for text in texts if not rules.may_name_body(text)] == []


def test_a_text_without_a_word_of_a_list_is_not_sought() -> None:
    assert not language("en").may_have("speech", "The ferry is back.")
    assert not language("de").may_name_body("Die Fähre ist zurück.")


def test_tokens_say_what_stands_between_and_how_each_is_set() -> None:
    found = tokenized("Mira’s ferry, the “Ann”, left at https://x.org/Ann.").tokens
    assert [(one.text, one.gap, one.is_capital) for one in found] == [
        ("Mira", "", True),
        ("ferry", "’s ", False),
        ("the", ", ", False),
        ("Ann", " “", True),
        ("left", "”, ", False),
        ("at", " ", False),
    ]


def test_where_most_words_are_in_capitals_these_tell_nothing() -> None:
    assert [tokenized(text).style for text in ("THE FERRY IS BACK", "The Ferry Is Back", "The ferry is back.")] == [
        "shouted",
        "headline",
        "",
    ]


def test_an_apostrophe_alone_is_no_word() -> None:
    text = "Mira ʼ ʼs ’s left"
    assert [one.text for one in tokenized(text).tokens] == ["Mira", "s", "left"]
    assert Entities(language("en"), [text]).all == ()
