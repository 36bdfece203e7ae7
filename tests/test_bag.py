"""A bag of an archive: whole by a validator that is not ours, the same bytes for the same archive and day, and nothing in it that is nobody
else's."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tracemalloc
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from sitegen import bagging, installed
from sitegen.exports import bag as words
from sitegen.model.digest import Digest
from sitegen.model.records import CitationSettings, Config
from sitegen.packing import packing
from sitegen.tree import Changed
from tests.conftest import CONFIG, REPOSITORY, Archive, asked, command, examples
from tests.test_citing import WHOLE

Make = Callable[[str], Archive]
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:bagit")
DAY = "2026-11-27"
OTHERS = {
    ".env": "TOKEN=1", ".git/config": "[core]", ".venv/x.py": "", "public/old.html": "", ".sitegen/x": "", "notes.txt": "", "vendor/.netrc": "machine",
    ".netlify/state.json": "{}", "seeds/.secret": "", "content/articles/.draft.md.swp": "",
}  # fmt: skip
"""What lies about in the folder of an archive."""
SMALL = """-- content/articles/a.md --
---
title: A
date: 2022-05-15
seed: {path: seeds/a.txt, sha256: SHA}
---
Rain fell.
-- seeds/a.txt --
A

Rain fell.
-- static/files/report 1.txt --
A report.
-- README.md --
What this is.
""".replace("SHA", hashlib.sha256(b"A\n\nRain fell.\n").hexdigest())


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795771507")  # DAY


def bagged(site: Archive, target: Path) -> Result:
    return command(site, "bag", str(target))


def payload(folder: Path) -> set[str]:
    return {path.relative_to(folder / "data").as_posix() for path in (folder / "data").rglob("*") if path.is_file()}


def unpacked(file: Path, into: Path) -> Path:
    with zipfile.ZipFile(file) as packed:
        packed.extractall(into)
    (folder,) = into.iterdir()
    return folder


def checked(folder: Path) -> None:
    """Holds a bag against its manifests as the RFC has them: all three signs are decoded. (The validator, as of 1.9.0, leaves `%25` as it
    is, and finds no such file.)"""
    for manifest in [*folder.glob("manifest-*.txt"), *folder.glob("tagmanifest-*.txt")]:
        algorithm = manifest.stem.partition("-")[2]
        found = set()
        for line in manifest.read_bytes().decode().split("\n")[:-1]:
            digest, path = line.split("  ", 1)
            path = re.sub("%(0D|0A|25)", lambda code: chr(int(code[1], 16)), path)
            assert hashlib.new(algorithm, (folder / path).read_bytes()).hexdigest() == digest, path
            found.add(path)
        if manifest.name.startswith("manifest"):
            assert found == {f"data/{path}" for path in payload(folder)}


def test_a_bag_holds_the_archive_the_site_and_the_program(archive: Make, tmp_path: Path) -> None:
    site = archive(SMALL)
    for path, text in OTHERS.items():
        site.write(path, text)
    done = bagged(site, tmp_path / "bag")
    assert done.exit_code == 0, done.output
    bag = bagit.Bag(str(tmp_path / "bag"))
    bag.validate()
    assert bag.version == "1.0"
    found = payload(tmp_path / "bag")
    wheel = installed.wheel()
    own = {path for path in found if not path.startswith("site/")}
    assert own == {
        "content/articles/a.md", "seeds/a.txt", "static/files/report 1.txt", "README.md", "sitegen.yaml", f"program/{wheel.name}",
    }  # fmt: skip
    assert (tmp_path / "bag/data/program" / wheel.name).read_bytes() == wheel.data
    assert {"site/index.html", "site/articles/a/index.html", "site/files/report 1.txt"} <= found
    assert ".sitegen-output" not in {path.rpartition("/")[2] for path in found}
    assert (tmp_path / "bag/data/seeds/a.txt").read_bytes() == (site.root / "seeds/a.txt").read_bytes()
    assert not list(tmp_path.glob(".*")), "nothing is left beside it"
    size = sum((tmp_path / "bag/data" / path).stat().st_size for path in found)
    assert bag.info == {
        "External-Description": "Test archive", "External-Identifier": "https://x.org/", "Bagging-Date": DAY,
        "Payload-Oxum": f"{size}.{len(found)}", "Bag-Software-Agent": f"sitegen {installed.version()}",
    }  # fmt: skip
    assert f"{len(found)} files" in done.stdout


def test_the_site_in_it_is_the_one_that_is_built(archive: Make, tmp_path: Path) -> None:
    site = archive(SMALL)
    bagged(site, tmp_path / "bag")
    site.build(today=DAY)
    built = {path: digest for path, digest in site.bytes_of_output().items() if path != ".sitegen-output"}
    within = Archive(tmp_path)
    within.output = tmp_path / "bag/data/site"
    assert within.bytes_of_output() == built


def test_an_archive_is_built_again_from_its_bag(archive: Make, tmp_path: Path) -> None:
    """Where it lies in it, with nothing else at hand: what is beside it there (the site, the program) is no part of it."""
    bagged(archive(SMALL), tmp_path / "bag")
    within = Archive(tmp_path / "bag/data")
    assert within.build(today=DAY).problems == ()
    again = {path: digest for path, digest in within.bytes_of_output().items() if path != ".sitegen-output"}
    within.output = tmp_path / "bag/data/site"
    assert within.bytes_of_output() == again


@pytest.mark.soak
@pytest.mark.parametrize("archive_of", [".", "examples/flood"])
def test_the_archives_of_this_repository_make_valid_bags(archive_of: str, tmp_path: Path) -> None:
    root = tmp_path / "archive"
    shutil.copytree(REPOSITORY / archive_of / "content", root / "content")
    shutil.copy(REPOSITORY / archive_of / "sitegen.yaml", root)
    for name in ("seeds", "themes"):
        if (REPOSITORY / archive_of / name).exists():
            shutil.copytree(REPOSITORY / archive_of / name, root / name)
    done = bagged(Archive(root), tmp_path / "out/bag.zip")
    assert done.exit_code == 0, done.output
    folder = unpacked(tmp_path / "out/bag.zip", tmp_path / "unpacked")
    assert folder.name == "bag"
    validator = [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", str(folder)]
    told = subprocess.run(validator, check=False, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert told.stderr.splitlines()[-1].endswith("is valid")
    checked(folder)


ODD = [
    "a b  c.txt",
    "ünï.txt",
    "ж中.txt",
    "1#?.txt",
    "quote'\".txt",
    "tab\there.txt",
    "\u2028.txt",
    "-rf.txt",
    "é.txt",
    "%.txt",
    "100%25.txt",
    "a\nb.txt",
    "c\rd.txt",
]


def test_odd_names_are_in_it_as_they_are(archive: Make, tmp_path: Path) -> None:
    site = archive("")
    for name in ODD:
        site.write(f"seeds/{name}", name)
    site.write(f"seeds/{unicodedata.normalize('NFD', 'nfd-é')}.txt", "apart")
    done = bagged(site, tmp_path / "bag.zip")
    assert done.exit_code == 0, done.output
    folder = unpacked(tmp_path / "bag.zip", tmp_path / "unpacked")
    checked(folder)
    assert {f"seeds/{name}" for name in ODD} | {f"seeds/{unicodedata.normalize('NFD', 'nfd-é')}.txt"} <= payload(folder)
    assert (folder / "data/seeds/a\nb.txt").read_text() == "a\nb.txt"
    manifest = (folder / "manifest-sha256.txt").read_bytes()
    for line in (b"data/seeds/%25.txt", b"data/seeds/100%2525.txt", b"data/seeds/a%0Ab.txt", b"data/seeds/c%0Dd.txt"):
        assert b"  " + line + b"\n" in manifest


def test_odd_names_pass_the_validator_too(archive: Make, tmp_path: Path) -> None:
    """All but those with a percent sign (see `checked`), and line separators, by which it takes manifests apart."""
    site = archive("")
    for name in ODD:
        if not re.search("[%\u2028\r]", name):
            site.write(f"seeds/{name}", name)
    site.write(f"seeds/{unicodedata.normalize('NFD', 'nfd-é')}.txt", "apart")
    assert bagged(site, tmp_path / "bag").exit_code == 0
    bagit.Bag(str(tmp_path / "bag")).validate()


def test_names_that_some_systems_take_for_one_are_told(archive: Make, tmp_path: Path) -> None:
    site = archive("")
    for name in ("é.txt", unicodedata.normalize("NFD", "é.txt"), "b.txt", "B.txt", "c.txt"):
        site.write(f"seeds/{name}", "x")
    done = bagged(site, tmp_path / "bag")
    assert done.exit_code == 0
    assert done.stdout.count("some systems take these for one file") == 2
    assert "seeds/B.txt, seeds/b.txt" in done.stdout


def test_the_same_archive_makes_the_same_bytes(archive: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = archive(SMALL)
    for folder in ("one", "two"):
        assert bagged(site, tmp_path / folder / "bag.zip").exit_code == 0
    assert (tmp_path / "one/bag.zip").read_bytes() == (tmp_path / "two/bag.zip").read_bytes()
    assert bagged(site, tmp_path / "two/bag.zip").exit_code == 0, "a zip takes the place of the one before"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795857907")
    bagged(site, tmp_path / "three/bag.zip")
    with zipfile.ZipFile(tmp_path / "one/bag.zip") as one, zipfile.ZipFile(tmp_path / "three/bag.zip") as other:
        assert one.namelist() == other.namelist()
        differing = {name for name in one.namelist() if one.read(name) != other.read(name)}
        assert differing == {"bag/bag-info.txt", "bag/tagmanifest-sha256.txt"}


def test_what_is_said_of_it_is_what_the_settings_say(archive: Make, tmp_path: Path) -> None:
    site = archive(SMALL)
    site.write("sitegen.yaml", CONFIG + WHOLE + 'description: "Papers\\r of Lerre"\n')
    done = bagged(site, tmp_path / "bag")
    assert "left out" not in done.stdout
    bag = bagit.Bag(str(tmp_path / "bag"))
    bag.validate()
    assert bag.info["Source-Organization"] == "Lerre Museum & Archive"
    assert (bag.info["Contact-Name"], bag.info["Contact-Email"]) == ("The reading room", "room@lerre.example")
    assert bag.info["External-Identifier"] == ["https://x.org/", "https://doi.org/10.5072/lerre-1"]
    assert bag.info["External-Description"] == "Test archive: Papers of Lerre"
    for form, name in (("cff", "CITATION.cff"), ("datacite", "datacite.json")):
        told = (tmp_path / "bag/metadata" / name).read_text(encoding="utf-8")
        assert told == command(site, "cite", "--format", form).stdout
    assert {"metadata/CITATION.cff", "metadata/datacite.json"} <= {*bag.tagfile_entries()}


def test_what_is_missing_for_a_citation_is_told_and_left_out(archive: Make, tmp_path: Path) -> None:
    done = bagged(archive(SMALL), tmp_path / "bag")
    assert done.exit_code == 0
    assert "left out: CITATION.cff needs 'creators' under `citation` (sitegen.yaml:1)" in done.stdout
    assert not (tmp_path / "bag/metadata").exists()


def test_it_is_of_the_address_that_is_given(archive: Make, tmp_path: Path) -> None:
    site = archive(SMALL)
    done = command(site, "bag", str(tmp_path / "bag"), "--base-url", "https://y.org/repo")
    assert done.exit_code == 0
    assert bagit.Bag(str(tmp_path / "bag")).info["External-Identifier"] == "https://y.org/repo/"
    assert 'href="/repo/"' in (tmp_path / "bag/data/site/index.html").read_text(encoding="utf-8")


def test_the_program_that_an_archive_carries_is_not_put_in_twice(archive: Make, tmp_path: Path) -> None:
    site = archive(SMALL)
    assert command(site, "vendor").exit_code == 0
    wheel = installed.wheel().name
    assert bagged(site, tmp_path / "bag").exit_code == 0
    assert {path for path in payload(tmp_path / "bag") if path.endswith(".whl")} == {f"vendor/{wheel}"}
    assert "requirements.txt" in payload(tmp_path / "bag")


def test_an_archive_with_errors_makes_no_bag(archive: Make, tmp_path: Path) -> None:
    site = archive("-- content/articles/a.md --\n---\ntitel: A\n---\nRain.\n")
    done = bagged(site, tmp_path / "bag.zip")
    assert done.exit_code == 1
    assert "error[unknown-key]" in done.stderr
    assert "No bag was made" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


@pytest.mark.parametrize("link", ["seeds/out.txt", "vendor/out.whl", "README.md", "static/out"])
def test_a_link_that_leads_out_is_refused(archive: Make, tmp_path: Path, link: str) -> None:
    site = archive("")
    (tmp_path / "secret").write_text("secret")
    (site.root / link).parent.mkdir(parents=True, exist_ok=True)
    (site.root / link).symlink_to(tmp_path / "secret")
    done = bagged(site, tmp_path / "bag")
    assert done.exit_code == 1
    assert f"{link}: error[outside-archive]" in done.stderr
    assert not (tmp_path / "bag").exists()


def test_what_is_there_is_not_written_over(archive: Make, tmp_path: Path) -> None:
    site = archive(SMALL)
    (tmp_path / "bag").mkdir()
    assert bagged(site, tmp_path / "bag").exit_code == 0, "an empty folder is none that could be lost"
    before = payload(tmp_path / "bag")
    again = bagged(site, tmp_path / "bag")
    assert again.exit_code == 4
    assert "is not empty" in again.stderr
    assert payload(tmp_path / "bag") == before
    (tmp_path / "a.zip").mkdir()
    assert bagged(site, tmp_path / "a.zip").exit_code == 4


@pytest.mark.parametrize("place", ["content/bag.zip", "static/bag", "vendor/x/bag.zip", ".git/bag"])
def test_a_bag_does_not_become_part_of_its_archive(archive: Make, place: str) -> None:
    site = archive(SMALL)
    done = bagged(site, site.root / place)
    assert done.exit_code == 4
    assert "would be part of it" in done.stderr
    assert not (site.root / place).exists()


def test_a_bag_in_the_folder_of_the_archive_is_not_in_the_next(archive: Make, tmp_path: Path) -> None:
    site = archive(SMALL)
    for name in ("bag.zip", "readme.zip", "bag"):
        assert bagged(site, site.root / name).exit_code == 0
    assert bagged(site, tmp_path / "last").exit_code == 0
    assert {path.partition("/")[0] for path in payload(tmp_path / "last")} == {
        "README.md",
        "content",
        "program",
        "seeds",
        "site",
        "sitegen.yaml",
        "static",
    }


def test_an_archive_that_changes_meanwhile_makes_no_bag(archive: Make, tmp_path: Path) -> None:
    """What lies in a bag is of one state; the site was built from the earlier one."""
    site = archive(SMALL)

    def progress(what: str, *_: int) -> None:
        if what == "Rendering pages":
            site.write("seeds/b.txt", "new")

    with pytest.raises(Changed, match="changed while its bag was being made"):
        bagging.bag(site.root, tmp_path / "bag", asked(), progress)
    assert not (tmp_path / "bag").exists()


def test_a_file_that_changes_at_the_last_moment_is_found(archive: Make, tmp_path: Path) -> None:
    site = archive(SMALL)
    items = [bagging._Item("seeds/a.txt", str(site.root), Digest(bytes(32)))]
    with pytest.raises(Changed, match=r"seeds/a\.txt"), packing(tmp_path / "bag") as pack, bagging._manifests() as manifests:
        bagging._put_payload(pack, "", items, manifests, lambda *_: None)
    assert not list(tmp_path.glob("*bag*"))


@pytest.mark.soak
@pytest.mark.parametrize("name", ["bag", "bag.zip"])
def test_a_large_file_takes_no_memory(tmp_path: Path, name: str) -> None:
    size = 64_000_000
    with open(tmp_path / "large.pdf", "wb") as file:
        file.truncate(size)
    items = [bagging._Item("large.pdf", str(tmp_path))]
    tracemalloc.start()
    with packing(tmp_path / "out" / name) as pack, bagging._manifests() as manifests:
        assert bagging._put_payload(pack, "", items, manifests, lambda *_: None) == (1, size)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000


@given(st.text(st.characters(blacklist_categories=["Cs"])))
@examples(80)
def test_a_path_in_a_manifest_is_one_line_and_can_be_read_back(path: str) -> None:
    told = words.percent(path)
    assert "\n" not in told
    assert "\r" not in told
    assert re.sub("%(0D|0A|25)", lambda code: chr(int(code[1], 16)), told) == path


@given(st.text(min_size=1), st.none() | st.text(min_size=1))
@examples(40)
def test_what_is_said_of_a_bag_is_a_line_each(title: str, publisher: str | None) -> None:
    config = Config(title=title, base_url="https://x.org/", citation=CitationSettings(publisher=publisher))
    lines = words.information(config, DAY, "sitegen 1", 1, 1).splitlines()
    assert len(lines) == 5 + bool(publisher)
    assert all(re.match(r"[A-Z][A-Za-z-]+: |External-Description: ", line) for line in lines)
