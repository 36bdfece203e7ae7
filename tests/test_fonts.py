"""The fonts of the default theme are those that `make fonts` made, and small enough for a page to bring them with it."""

from __future__ import annotations

import hashlib
import re
from itertools import combinations

from tests.conftest import REPOSITORY

ASSETS = REPOSITORY / "themes/default/assets"
CARDS = REPOSITORY / "themes/default/cards"
SHEET = (ASSETS / "fonts.css").read_text(encoding="utf-8")
MADE = {line[66:]: line[:64] for line in (REPOSITORY / "tools/fonts.sha256").read_text(encoding="utf-8").splitlines()}


def test_every_file_is_as_it_was_made() -> None:
    assert {path: hashlib.sha256((REPOSITORY / path).read_bytes()).hexdigest() for path in MADE} == MADE


def test_every_font_was_made() -> None:
    there = [*CARDS.iterdir(), *ASSETS.glob("*.woff2"), *ASSETS.glob("fonts*"), *(REPOSITORY / "tests/browser/faces").iterdir()]
    assert {path.relative_to(REPOSITORY).as_posix() for path in there} == set(MADE)


def test_the_stylesheet_names_every_font_once() -> None:
    named = re.findall(r"url\(([^)]*)\)", SHEET)
    assert sorted(named) == sorted(path.name for path in ASSETS.glob("*.woff2"))


def test_a_page_in_english_brings_at_most_fifty_kilobytes() -> None:
    assert sum((ASSETS / name).stat().st_size for name in ("serif-latin.woff2", "sans-latin.woff2")) <= 50_000


def signs(ranges: str) -> set[int]:
    out: set[int] = set()
    for first, last in re.findall(r"U\+(\w+)(?:-(\w+))?", ranges):
        out |= set(range(int(first, 16), int(last or first, 16) + 1))
    return out


def test_no_sign_is_in_two_files_and_those_of_our_languages_are_in_one() -> None:
    faces = re.findall(r'font-family: "Archive Serif"; font-weight[^}]*unicode-range: ([^;]*)', SHEET)
    ranges = [signs(one) for one in faces]
    assert len(ranges) == 4
    assert all(not one & other for one, other in combinations(ranges, 2))
    texts = "Fluß „Übel“ – Łódź, żółć; café № 5’s ‘naïve’ coût €20 £5 1914−18 … Їжак і ґанок, ёлка, щука, єдність; ₴ ₽ °†"
    assert {sign for sign in texts if not any(ord(sign) in one for one in ranges)} == set()


def test_whose_the_fonts_are_is_published_with_them() -> None:
    licence = (ASSETS / "fonts-licence.txt").read_text(encoding="utf-8")
    for words in ("Source Serif 4: © ", "Reserved Font Name ‘Source’", "Inter: Copyright ", "SIL OPEN FONT LICENSE Version 1.1"):
        assert words in licence
    assert "fonts-licence.txt" in SHEET
    assert "Source" not in re.sub(r"/\*.*?\*/", "", SHEET, flags=re.S), "the name is reserved"
