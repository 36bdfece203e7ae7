"""What content must not be able to do: take another's place, leave the archive, slip past the publish gate, or break the program."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from sitegen import cli
from sitegen.cli import shell
from tests.conftest import Archive

Make = Callable[[str], Archive]
KYIV = "-- content/places/kyiv.md --\n---\nname: Kyiv\nkind: city\n---\n"


def article(front: str = "", body: str = "Some words.", name: str = "a") -> str:
    return f"-- content/articles/{name}.md --\n---\ntitle: Title of {name}\ndate: 2022-05-15\n{front}---\n{body}\n"


def everything(site: Archive) -> str:
    return "".join(path.read_text() for path in site.output.rglob("*") if path.suffix in (".html", ".xml", ".txt"))


@pytest.mark.parametrize(
    "files",
    [
        article("redirect_from: [index.html]\n"),
        article("redirect_from: [404.html]\n"),
        article("redirect_from: [articles/a]\n"),
        article("redirect_from: [ARTICLES/A]\n"),
        article("redirect_from: [old]\n") + article("redirect_from: [old]\n", name="b"),
        article("redirect_from: [places/kyiv]\n") + KYIV,
        article("redirect_from: [CNAME]\n") + "-- sitegen.yaml --\ntitle: T\nbase_url: https://x.org/\ntheme: plain\nkeep: [CNAME]\n",
    ],
    ids=["home", "404", "itself", "case", "twice", "a live page", "kept"],
)
def test_no_page_takes_the_place_of_another(files: str, archive: Make) -> None:
    site = archive(files)
    report = site.build()
    assert {problem.code for problem in report.problems} == {"address-taken"}
    assert {problem.path for problem in report.problems} <= {"content/articles/a.md", "content/articles/b.md"}, (
        "the file that asks is named"
    )
    assert not site.output.exists()


def test_two_seeds_are_not_published_as_one(archive: Make) -> None:
    site = archive("")
    for name, path in (("a", "seeds/x"), ("b", "seeds/x.txt")):
        data = f"Title of {name}\n"
        site.write(path, data)
        front = f"seed: {{path: {path}, sha256: {hashlib.sha256(data.encode()).hexdigest()}}}\n"
        site.write(f"content/articles/{name}.md", f"---\ntitle: Title of {name}\n{front}---\n")
    assert [problem.code for problem in site.build().problems] == ["address-taken"]


@pytest.mark.parametrize("address", [".git/config", ".sitegen-output", "a/.b", "x" * 300, "a//b", "../x", "a?b", "a b"])
def test_old_addresses_are_plain(address: str, archive: Make) -> None:
    report = archive(article(f'redirect_from: ["{address}"]\n')).build()
    assert [problem.code for problem in report.problems] == ["wrong-type"]


@pytest.mark.parametrize("folder", ["index.html", "A", "a b", "a#b", "con", "About"])
def test_folders_of_free_pages_are_stems_too(folder: str, archive: Make) -> None:
    report = archive(f"-- content/pages/{folder}/x.md --\n---\ntitle: T\n---\n").build()
    assert "bad-file-name" in {problem.code for problem in report.problems}


def test_a_withdrawn_home_page_leaves_a_home_page(archive: Make) -> None:
    site = archive("-- content/pages/index.md --\n---\ntitle: Secret home\nwithdrawn: {date: 2022-01-01, reason: r}\n---\n")
    assert not site.build().failed
    assert "Secret" not in site.html("")
    assert "Test archive" in site.html("")


def test_a_linked_folder_in_the_output_is_replaced_not_entered(archive: Make, tmp_path: Path) -> None:
    site = archive(article())
    site.build()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a").write_text("mine")
    (outside / "0").write_text("mine")
    for name in ("articles", ".sitegen-stage"):
        place = site.output / name
        if place.is_dir():
            place.rename(tmp_path / f"old-{name}")
        place.symlink_to(outside)
    site.build()
    assert {path.name: path.read_text() for path in outside.iterdir()} == {"a": "mine", "0": "mine"}
    assert "Some words." in site.html("articles/a/")


def test_a_path_may_change_between_file_and_folder(archive: Make) -> None:
    site = archive("")

    def seeded(path: str) -> None:
        site.write(path, "Title of a\n")
        digest = hashlib.sha256(b"Title of a\n").hexdigest()
        site.write("content/articles/a.md", f"---\ntitle: Title of a\nseed: {{path: {path}, sha256: {digest}}}\n---\n")

    seeded("seeds/n.txt")
    site.build()
    (site.root / "seeds/n.txt").unlink()
    seeded("seeds/n.txt/y.txt")
    assert not site.build().failed
    assert (site.output / "seeds/n.txt/y.txt").is_file()
    (site.root / "seeds/n.txt/y.txt").unlink()
    (site.root / "seeds/n.txt").rmdir()
    seeded("seeds/n.txt")
    assert not site.build().failed
    assert (site.output / "seeds/n.txt").is_file()


# the publish gate


def test_excerpts_show_no_more_than_claims_and_notes_quote(archive: Make) -> None:
    front = 'display: excerpts\nclaims: [{quote: "They killed", places: [kyiv]}]\ncorrections: [{date: 2022-01-01, before: SECRET, reason: typo}]\n'
    site = archive(article(front, "SECRET about Kyiv.\n\n## SECRET Kyiv\n\nThey killed SECRET men.") + KYIV)
    assert not site.build().failed
    assert "SECRET" not in everything(site)
    assert "They killed" in site.html("places/kyiv/")


def test_a_hidden_place_leaves_no_trace_and_takes_no_mention(archive: Make) -> None:
    hidden = "-- content/places/secret.md --\n---\nname: New Kyiv\naliases: [Kyiv, Sekretburg]\nkind: city\ndraft: true\n---\n"
    site = archive(article('places: {as: {"that town": secret}}\n', "In New Kyiv, Sekretburg and that town.") + KYIV + hidden)
    assert site.build().problems == ()
    assert "secret" not in everything(site)
    assert "p-kyiv-1" in site.html("articles/a/")


def test_an_article_in_work_keeps_its_claims_to_itself(archive: Make) -> None:
    site = archive(article("review: {state: in-work}\nclaims: [{id: c-x, quote: Some words}]\n"))
    site.build()
    assert "c-x" not in everything(site)


def test_a_tombstone_tells_no_title(archive: Make) -> None:
    site = archive(article("withdrawn: {date: 2022-06-01, reason: By order.}\n"))
    site.build()
    assert "Title of a" not in everything(site)


def test_an_extraction_lies_under_seeds(archive: Make) -> None:
    site = archive("-- seeds/x.html --\n<p>\n-- content/private.txt --\nTitle of a Some words.\n")
    digests = {path: hashlib.sha256((site.root / path).read_bytes()).hexdigest() for path in ("seeds/x.html", "content/private.txt")}
    extract = f"extract: {{path: content/private.txt, sha256: {digests['content/private.txt']}, tool: t, version: v}}"
    site.write(
        "content/articles/a.md",
        f"---\ntitle: Title of a\nseed: {{path: seeds/x.html, sha256: {digests['seeds/x.html']}, {extract}}}\n---\nSome words.\n",
    )
    assert "seed-changed" in {problem.code for problem in site.build().problems}


# readers see what is written


def test_list_numbers_are_the_ones_written(archive: Make) -> None:
    site = archive(article("", "1. a\n1. b\n3. c\n\n- 1. d\n  2. e"))
    site.build()
    assert '<ol><li>a</li><li value="1">b</li><li value="3">c</li></ol>' in site.html("articles/a/").replace("\n", "")


def test_a_caption_is_what_is_printed(archive: Make) -> None:
    report = archive(article('images: [{id: i, caption: a tank, printed: "(This is not a tank)"}]\n', "![](image:i)")).build()
    assert [problem.code for problem in report.problems] == ["caption-not-printed"]


def test_links_in_notes_are_checked_and_resolved(archive: Make) -> None:
    front = 'annotations: [{quote: Some, kind: context, note: "see [K](/places/kyiv/) and [[kyiv]]"}]\n'
    site = archive(article(front) + KYIV)
    assert site.build().problems == ()
    assert site.html("articles/a/").count('href="/places/kyiv/"') == 2
    assert [p.code for p in archive(article(front.replace("/places/kyiv/", "/places/nope/")) + KYIV).build().problems] == ["broken-link"]


def test_files_with_odd_names_are_linked_encoded(archive: Make) -> None:
    site = archive("")
    site.write("seeds/100% what?#1.txt", "Title of a\n\nSome words.\n")
    digest = hashlib.sha256(b"Title of a\n\nSome words.\n").hexdigest()
    site.write(
        "content/articles/a.md", f'---\ntitle: Title of a\nseed: {{path: "seeds/100% what?#1.txt", sha256: {digest}}}\n---\nSome words.\n'
    )
    assert site.build().problems == ()
    assert 'href="/seeds/100%25%20what%3F%231.txt"' in site.html("articles/a/")


def test_a_file_without_metadata_is_named(archive: Make) -> None:
    report = archive("-- content/articles/x.md --\n---\n---\nhello\n").build()
    assert [problem.code for problem in report.problems] == ["missing-title"]


# no fault of ours


@pytest.mark.parametrize(
    "files",
    [
        article(
            "claims: [{quote: ten million days ago, as_of: {date: 2022-05-15, quote: ten million days ago, rule: relative}}]\n",
            "It was ten million days ago.",
        ),
        article('claims: [{quote: "' + "9" * 5000 + '"}]\n', "9" * 5000),
        article("claims: [{quote: next Friday, as_of: {date: 9999-12-31, quote: next Friday, rule: weekday}}]\n", "It is next Friday."),
        "-- themes/plain/templates/404.html --\n{{ page.title + 1 }}\n",
        "-- themes/plain/templates/404.html --\n{% include '404.html' %}\n",
    ],
    ids=["far past", "many digits", "end of time", "template type", "template loop"],
)
def test_odd_input_is_no_fault_of_ours(files: str, archive: Make) -> None:
    site = archive(files)
    result = CliRunner().invoke(cli.main, ["build", "--source", str(site.root)])
    assert result.exit_code in (shell.FINE, shell.PROBLEMS), result.output


def test_a_seed_with_an_endless_count_imports(archive: Make) -> None:
    site = archive("-- seeds/a.txt --\nA Title\n\nIt was after nine hundred billion days of war.\n")
    result = CliRunner().invoke(cli.main, ["import", str(site.root / "seeds/a.txt"), "--source", str(site.root)])
    assert result.exit_code == shell.FINE, result.output


@pytest.mark.parametrize("url", ["https://[bad", "https://", "x.org", "https://x.org/?q=1", "https://x.org/#f", "ftp://x.org/"])
def test_a_base_url_that_is_none(url: str, archive: Make) -> None:
    result = CliRunner().invoke(cli.main, ["build", "--source", str(archive("").root), "--base-url", url])
    assert result.exit_code == shell.USAGE


@pytest.mark.parametrize(
    "body", ["Kyiv Mr. A " * 4000, "# a\n\n" * 4000, "*a* " * 4000, "a\n\n" * 4000], ids=["names", "headings", "formats", "paragraphs"]
)
def test_long_bodies_are_read(body: str, archive: Make) -> None:
    """That they are read at all, and without a deep recursion; how fast is for `benchmarks/` to say."""
    assert not archive(article("", body) + KYIV).build().failed
