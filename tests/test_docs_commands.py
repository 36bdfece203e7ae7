"""Every command that the documents show. What stands in a block is run, page by page, in a throw-away archive, in the order in which the page
gives it; where the page shows what is printed, that is what is printed. What cannot run (it serves for ever, it needs the network) and what
stands in a sentence is read as the program reads its arguments, so that an option that does not exist is told."""

from __future__ import annotations

import functools
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import click
import docx
import pytest
from click.testing import CliRunner
from PIL import Image

from sitegen.cli import main
from sitegen.scaffold import Choice, begun
from tests.conftest import REPOSITORY, files_of

PAGES = [
    path.relative_to(REPOSITORY).as_posix()
    for path in (
        *sorted(REPOSITORY.glob("*.md")),
        *sorted((REPOSITORY / "docs").glob("*.md")),
        *sorted((REPOSITORY / "docs/how-to").glob("*.md")),
        REPOSITORY / "sitegen/scaffold/files/common/README.md",
    )
]
"""The pages; docs/reference is made from the program itself."""
OURS = ("sitegen", "make", "git", "python", "python3")
TOOLS = ("cd", "cp", "mkdir", "mv", "rm", "cat")
"""What a page asks of the shell besides: run as it stands."""
OTHERS = ("pip", "pipx", "bagit.py", "rsync", "npx", "eval", "sha256sum", "source", "export", "datasette")
"""Programs of others: that they are there is theirs to say."""


# what a page says


class Command(NamedTuple):
    """A command in a block; `printed`: what the page shows of what it prints, None where it shows nothing."""

    line: int
    text: str
    printed: str | None = None


class File(NamedTuple):
    """A file that the reader of a page writes (`how`: `file`), or to which they add, at its end (`end of`) or at the end of its front matter
    (`head of`): `<!-- file: PATH -->` before a block."""

    line: int
    path: str
    text: str
    how: str


class Act(NamedTuple):
    """What a reader does besides, by its name in ACTS: `<!-- act: NAME -->`."""

    line: int
    name: str


Step = Command | File | Act
_MARK = re.compile(r"<!-- (file|end of|head of|act): (.+?) -->\s*\Z")


def steps(text: str) -> Iterator[Step]:
    """What a page has its reader do, in its order."""
    mark: tuple[str, str] | None = None
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        fence = re.match(r"( *)```(\w*)$", line)
        found = _MARK.match(line.strip())
        if found and found[1] == "act":
            yield Act(at + 1, found[2])
        elif found:
            mark = (found[1], found[2])
        elif fence:
            end = next(n for n in range(at + 1, len(lines)) if lines[n].strip() == "```")
            body = [one.removeprefix(fence[1]) for one in lines[at + 1 : end]]
            if mark:
                yield File(at + 1, mark[1], "\n".join(body) + "\n", mark[0])
            elif fence[2] in ("sh", "console") or (not fence[2] and _is_shell(body)):
                yield from _commands(body, at + 2)
            mark, at = None, end
        elif line.startswith("    ") and first_word(line) in OURS and not lines[at - 1].lstrip().startswith(("-", "*")):
            yield Command(at + 1, _bare(line))
        at += 1


def _is_shell(body: list[str]) -> bool:
    first = next((line for line in body if line.strip()), "").removeprefix("$ ")
    return first_word(first) in (*OURS, *TOOLS, *OTHERS)


def _commands(body: list[str], line: int) -> Iterator[Command]:
    """Of a block: each line, or, where lines begin with `$ `, those, with what stands below them as what is printed."""
    if not any(one.startswith("$ ") for one in body):
        yield from (Command(line + n, _bare(one)) for n, one in enumerate(body) if _bare(one))
        return
    starts = [n for n, one in enumerate(body) if one.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
        printed = "\n".join(body[start + 1 : end]).strip("\n")
        yield Command(line + start, _bare(body[start][2:]), printed or None)


def _bare(line: str) -> str:
    """A command without the comment behind it."""
    return re.sub(r"(^|\s+)#(\s.*|$)", "", line).strip()


def words_of(text: str) -> list[str]:
    """The words of a command as a shell has them, without comment, and without the variables that are set before it."""
    words = shlex.split(text)
    while words and re.match(r"\w+=", words[0]):
        words = words[1:]
    return words


def first_word(text: str) -> str:
    try:
        words = words_of(text)
    except ValueError:
        return ""
    return words[0].rpartition("/")[2] if words else ""


def parts_of(text: str) -> list[str]:
    """The commands of a line with `&&`, `||`, `;` or `|` between them, none of which stands in quotes in our documents."""
    return [one.strip() for one in re.split(r"&&|\|\||[;|](?=\s)", text)]


def in_sentences(text: str) -> Iterator[Command]:
    """The commands between back-ticks."""
    blanked = re.sub(r"^( *)```.*?^ *```$", lambda found: "\n" * found[0].count("\n"), text, flags=re.M | re.S)
    for found in re.finditer(r"(?<!`)`([^`]+)`(?!`)", blanked):
        span = " ".join(found[1].split())
        if first_word(span) in OURS and " " in span:
            yield Command(blanked.count("\n", 0, found.start()) + 1, span)


# whether a command can be


class Wrong(Exception):
    """A command that cannot be as a document has it."""


def parse(command: str, *, is_named: bool = False) -> None:
    """Reads a command as its program would, and runs nothing. `is_named`: it stands in a sentence, which may name a command without what it
    asks for. Raises Wrong."""
    for part in parts_of(command):
        words = words_of(part)
        match first_word(part):
            case "sitegen":
                _parse_ours(words[1:], is_named=is_named)
            case "make":
                unknown = [word for word in words[1:] if "=" not in word and word not in _targets()]
                if unknown:
                    raise Wrong(f"make has no target {', '.join(unknown)}")
            case "git":
                if not words[1].startswith("-") and words[1] not in _verbs_of_git():
                    raise Wrong(f"git has no command {words[1]}")
            case "python" | "python3":
                _parse_python(words[1:])
            case name:
                if name not in (*TOOLS, *OTHERS):
                    raise Wrong(f"what is {name}?")


def _parse_ours(words: list[str], *, is_named: bool) -> None:
    group: click.Command = main
    context: click.Context | None = None
    try:
        while isinstance(group, click.Group):
            if not words or words[0].startswith("-"):  # `sitegen`, `sitegen --version`, `sitegen publish`
                group.make_context(group.name, words, parent=context)
                return
            context = group.make_context(group.name, list(words), parent=context)
            name, found, words = group.resolve_command(context, words)
            if found is None:
                raise Wrong(f"sitegen has no command {name}")
            group = found
        group.make_context(group.name, words, parent=context)
    except click.exceptions.Exit:
        return  # `--help` and `--version` have answered
    except (click.MissingParameter, click.exceptions.NoArgsIsHelpError) as error:
        if not is_named:
            raise Wrong(str(error)) from error
    except click.BadOptionUsage as error:
        if not (is_named and "requires an argument" in error.format_message()):
            raise Wrong(error.format_message()) from error
    except click.BadParameter as error:
        is_missing_file = isinstance(getattr(error.param, "type", None), click.Path) and "does not exist" in error.format_message()
        if not is_missing_file:
            raise Wrong(error.format_message()) from error
    except click.UsageError as error:
        raise Wrong(error.format_message()) from error


def _parse_python(words: list[str]) -> None:
    if words[:1] == ["-m"]:
        name = words[1]
        parents = [name.rpartition(".")[0], name] if "." in name else [name]
        if not all(importlib.util.find_spec(one) for one in parents):
            raise Wrong(f"there is no module {name}")
    elif words and not words[0].startswith("-") and not (REPOSITORY / words[0]).is_file():
        raise Wrong(f"there is no script {words[0]}")


@functools.cache
def _targets() -> set[str]:
    text = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z-]*):(?!=)", text, re.M))


@functools.cache
def _verbs_of_git() -> set[str]:
    done = subprocess.run(["git", "--list-cmds=builtins,main"], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


# how each page's archive is prepared


class Page(NamedTuple):
    """What a page presupposes. `archive`: makes its archive in a folder, in which its commands run; `parsed`: how the commands begin that are
    parsed and not run, with the reason."""

    archive: Callable[[Path], None]
    parsed: Mapping[str, str] = {}


SERVES, NETWORK, PLACEHOLDER = "it serves for ever", "it needs the network", "the page has a word in it that stands for another"


def example(folder: Path) -> None:
    """What `sitegen init` makes, without what builds it."""
    begun(folder, Choice(title="An archive"))


def nothing(folder: Path) -> None:
    folder.mkdir(parents=True)


def flood(folder: Path) -> None:
    shutil.copytree(REPOSITORY / "examples/flood", folder, ignore=shutil.ignore_patterns("public", ".sitegen"))


def written(text: str, *, base: Callable[[Path], None] = example) -> Callable[[Path], None]:
    """An archive with further files."""

    def make(folder: Path) -> None:
        base(folder)
        for path, content in files_of(text).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(content, encoding="utf-8")
            if content.startswith("#!"):
                (folder / path).chmod(0o755)

    return make


ARTICLE = """---
title: The Bridge
date: 2024-06-04
seed: {{path: seeds/{0}.txt, sha256: {1}}}
---
The bridge of Lindenau took 40 carts.
"""


def exchanged(folder: Path) -> None:
    import hashlib

    text = "The Bridge\n\nThe bridge of Lindenau took 40 carts.\n"
    for name in ("flood", "storm"):
        written(
            f"-- seeds/{name}.txt --\n{text}-- content/articles/{name}.md --\n"
            + ARTICLE.format(name, hashlib.sha256(text.encode()).hexdigest())
        )(folder)
    note = '{"type": "Annotation", "body": "Which bridge?", "target": {"source": "%s", "selector": {"type": "TextQuoteSelector", "exact": "took 40 carts"}}}'
    (folder / "notes.json").write_text(note % "https://example.org/articles/flood/")


def edited(folder: Path) -> None:
    """For docs/editing.md: the flood, with the pages that are renamed and merged, under Git."""
    place = "-- content/places/kiev.md --\n---\nname: Kiev\nkind: city\n---\n"
    sources = "-- content/sources/isw.md --\n---\nname: ISW\nkind: thinktank\n---\n-- content/sources/isw-2.md --\n---\nname: I.S.W.\nkind: thinktank\n---\n"
    written(place + sources, base=flood)(folder)
    ask_git(folder, "init", "--quiet")


def ask_git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def import_reader(folder: Path) -> None:
    written(
        "-- seeds/a.txt --\nThe Fair\n\nThe fair of Lindenau had 300 visitors on 3 June 2024, said Ada Wren.\n"
        "-- my_reader.py --\ndef read(text, lang):\n    return {}\n"
        "-- my-reader --\n#!/bin/sh\ncat > /dev/null\necho '{}'\n"
    )(folder)


def cited(folder: Path) -> None:
    example(folder)
    page = (REPOSITORY / "docs/preserving.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```yaml\n(citation:.*?)^```", page, re.M | re.S)
    settings = folder / "sitegen.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + block, encoding="utf-8")


def readme(folder: Path) -> None:
    """The folder of the program, beside which the archive is begun; and a raw text at home."""
    folder.mkdir(parents=True)
    shutil.copytree(REPOSITORY / "examples", folder / "examples")
    (Path.home() / "article.txt").write_text("The Fair\n\nThe fair of Lindenau had 300 visitors on 3 June 2024, said Ada Wren.\n")


@functools.cache
def _after_the_tutorial() -> Path:
    """The archive that the tutorial makes, made once."""
    at = Path(tempfile.mkdtemp()) / "work"
    at.mkdir()
    name = "docs/tutorial.md"
    wrong = Person(name, TABLE[name], at).follow((REPOSITORY / name).read_text(encoding="utf-8"))
    if wrong:
        raise Wrong("the tutorial fails")
    return at / "lindenau-papers"


def tutored(folder: Path) -> None:
    """What the tutorial ends with; at home a scan, and what somebody else has left."""
    shutil.copytree(_after_the_tutorial(), folder, ignore=shutil.ignore_patterns(".sitegen"))
    home = Path.home()
    (home / "old").mkdir()
    Image.new("RGB", (900, 600), "#e8dcc0").save(home / "ticket.jpg")
    (home / "old/fair.html").write_text(FAIR, encoding="utf-8")
    bell = docx.Document()
    bell.add_heading("The New Bell", 0)
    bell.add_paragraph("The new bell of Lindenau weighs 840 kilograms, said the sexton, Paul Reed, on 5 June 1928.")
    bell.save(str(home / "old/bell.docx"))


FAIR = """<!doctype html><html lang="en"><head><title>The Spring Fair</title><meta name="author" content="Ada Wren">
<meta property="article:published_time" content="1927-04-03"><link rel="canonical" href="https://old.example.org/fair"></head>
<body><nav>Home | Shop</nav><article><h1>The Spring Fair</h1><p>The spring fair of Lindenau had 2,300 visitors, said the town council. It
lasted three days and ended on Sunday with a dance in the market hall.</p><p>Jonas Hale, the ferryman, carried 410 people across the Aule.
The fair of the year before had been rained off, and nobody had counted anything.</p></article><footer>Copyright</footer></body></html>
"""

TABLE: dict[str, Page] = {
    "README.md": Page(readme, {"sitegen serve": SERVES, "make": "it installs, and passes every check"}),
    "docs/desk.md": Page(example, {"sitegen serve": SERVES}),
    "docs/editing.md": Page(edited, {"sitegen check --external": NETWORK}),
    "docs/exchange.md": Page(exchanged),
    "docs/how-to/correct.md": Page(tutored),
    "docs/how-to/evidence.md": Page(tutored, {"sitegen check --external": NETWORK}),
    "docs/how-to/images.md": Page(tutored),
    "docs/how-to/language.md": Page(tutored),
    "docs/how-to/rename.md": Page(tutored),
    "docs/how-to/take-over.md": Page(tutored, {"~/sitegen": NETWORK}),
    "docs/how-to/theme.md": Page(tutored),
    "docs/how-to/two-people.md": Page(tutored),
    "docs/how-to/withdraw.md": Page(tutored),
    "docs/importing.md": Page(import_reader),
    "docs/open-data.md": Page(example, {"python": NETWORK, "sitegen export statements.parquet": NETWORK, "datasette": "it is a program of others, and serves"}),
    "docs/preserving.md": Page(cited),
    "docs/publishing.md": Page(nothing),
    "docs/search.md": Page(nothing, {"python": "it installs libraries, and measures for minutes"}),
    "docs/serving.md": Page(example, {"sitegen serve": SERVES}),
    "docs/tutorial.md": Page(
        nothing, {"python3": NETWORK, "~/sitegen": NETWORK, "sitegen serve": SERVES, "git remote": PLACEHOLDER, "git push": PLACEHOLDER}
    ),
    "docs/snapshots.md": Page(example, {"sitegen snapshot --to": NETWORK, "python": NETWORK}),
    "docs/translating.md": Page(nothing, {"make": "it passes every check", ".venv/bin/python": "it writes into the repository"}),
    "sitegen/scaffold/files/common/README.md": Page(example, {".venv/bin/sitegen serve": SERVES, "python": NETWORK, ".venv/bin/python": NETWORK}),
}  # fmt: skip
"""The pages whose blocks hold commands."""


def own_remote(folder: Path) -> None:
    """A repository on a server, as GitHub has it, and the clone's name for it."""
    ask_git(folder, "init", "--bare", "--quiet", "../remote.git")
    ask_git(folder, "remote", "add", "origin", "../remote.git")


BEFORE: dict[tuple[str, str], Callable[[Path], None]] = {
    ("docs/publishing.md", "sitegen publish github-pages --dry-run"): own_remote,
}
"""What a page tells in words between its commands, done before the first one that begins so."""


def judged(folder: Path) -> None:
    """The tutorial's article, judged in the desk and signed: what was proposed is kept, but for a saying."""
    for path in [*folder.glob("content/*/*.md"), *folder.glob("content/articles/*.yaml")]:
        text = re.sub(r"(, todo: \"[^\"]*\"(?=}))|(^todo: .*\n)", "", path.read_text(encoding="utf-8"), flags=re.M)
        text = text.replace("review:\n  state: imported", 'review:\n  state: checked\n  by: "Ada Example"\n  date: 2025-03-01')
        path.write_text(text.replace("{state: imported}", '{state: checked, by: "Ada Example", date: 2025-03-01}'), encoding="utf-8")
    (notes,) = folder.glob("content/articles/*ferry-runs-again.notes.yaml")
    lines = notes.read_text(encoding="utf-8").splitlines(keepends=True)
    notes.write_text("".join(line for line in lines if "The rope is new" not in line), encoding="utf-8")


def changing(path: str, before: str, after: str) -> Callable[[Path], None]:
    """What a reader changes in a file."""

    def change(folder: Path) -> None:
        text = (folder / path).read_text(encoding="utf-8")
        if text.count(before) != 1:
            raise Wrong(f"“{before}” does not stand in {path} once")
        (folder / path).write_text(text.replace(before, after), encoding="utf-8")

    return change


FERRY = "content/articles/1926-05-12-the-ferry-runs-again"
ACTS: dict[str, Callable[[Path], None]] = {
    "judged": judged,
    "brass taken out": changing(f"{FERRY}.notes.yaml", "A brass band", "A band"),
    "the note mended": changing(f"{FERRY}.notes.yaml", "Lindenau and its town hall are", "Lindenau, its town hall and its ferry are"),
    "the picture placed": changing(f"{FERRY}.md", "\n\nOn Tuesday", "\n\n![](image:ticket)\n\nOn Tuesday"),
    "the site in German": changing("sitegen.yaml", "lang: en", "lang: de"),
    "the theme chosen": changing("sitegen.yaml", "theme: default", "theme: mine"),
}
"""What a page tells its reader to do with the mouse, or elsewhere: `<!-- act: NAME -->`."""


class Person:
    """Somebody who does what a page says. `at`: the folder of their shell."""

    def __init__(self, name: str, page: Page, at: Path) -> None:
        self.name, self.page, self.at = name, page, at
        self.runner = CliRunner()
        self.awaited = {start: do for (where, start), do in BEFORE.items() if where == name}

    def follow(self, text: str) -> list[str]:
        """Does all that a page says; gives what went wrong."""
        wrong = []
        for step in steps(text):
            try:
                self.do(step)
            except Wrong as error:
                wrong.append(f"{self.name}:{step.line}: {step.text if isinstance(step, Command) else step}: {error}")
        return wrong

    def do(self, step: Step) -> None:
        os.chdir(self.at)
        match step:
            case Act():
                if step.name not in ACTS:
                    raise Wrong("nobody knows how to do this")
                ACTS[step.name](self.at)
            case File():
                path = self.at / step.path
                if step.how != "file" and not path.is_file():
                    raise Wrong("there is no such file")
                path.parent.mkdir(parents=True, exist_ok=True)
                before = path.read_text(encoding="utf-8") if step.how != "file" else ""
                head, line, rest = before.partition("\n---\n") if step.how == "head of" else (before, "", "")
                path.write_text(head + line[:1] + step.text + line[1:] + rest, encoding="utf-8")
            case Command():
                self.command(step)

    def command(self, step: Command) -> None:
        parse(step.text)
        for start in [start for start in self.awaited if step.text.startswith(start)]:
            self.awaited.pop(start)(self.at)
        if any(step.text.startswith(start) for start in self.page.parsed):
            return
        printed, code = "", 0
        for part in parts_of(step.text):
            said, code = self.run(part)
            printed += said
        wanted = 1 if step.printed and "error[" in step.printed else 0  # an error that the page shows is meant
        if code != wanted:
            raise Wrong(f"exit code {code}, and not {wanted}:\n{printed}")
        if step.printed is not None and not like(step.printed, printed):
            raise Wrong(f"it prints otherwise:\n{printed}\nThe page has:\n{step.printed}")

    def run(self, part: str) -> tuple[str, int]:
        """What one command prints, and its exit code."""
        words = words_of(part)
        name = first_word(part)
        if name == "sitegen":
            arguments = [one for word in words[1:] for one in self.expanded(word)]
            done = self.runner.invoke(main, arguments)
            if done.exception and not isinstance(done.exception, SystemExit):
                raise Wrong(f"{type(done.exception).__name__}: {done.exception}")
            return done.output, done.exit_code
        if name == "cd":
            there = (self.at / words[1]).resolve()
            if not there.is_dir():
                raise Wrong("there is no such folder")
            self.at = there
        elif name in (*TOOLS, "git"):
            ran = subprocess.run(part, shell=True, cwd=self.at, capture_output=True, text=True, check=False)
            return ran.stdout + ran.stderr, ran.returncode
        return "", 0

    def expanded(self, word: str) -> list[str]:
        """As a shell does it."""
        return sorted(path.relative_to(self.at).as_posix() for path in self.at.glob(word)) if "*" in word else [os.path.expanduser(word)]


def like(shown: str, printed: str) -> bool:
    """Whether a page shows what is printed: … stands for anything, line ends and all."""
    pattern = ".*?".join(re.escape(one) for one in re.sub(r"[ \t]+$", "", shown, flags=re.M).split("…"))
    return re.fullmatch(pattern, re.sub(r"[ \t]+$", "", printed, flags=re.M).strip("\n"), re.S) is not None


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the archive of a page will be. Home and Git's settings are those of nobody."""
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    settings = tmp_path / "home/.gitconfig"
    settings.write_text("[user]\nname = A\nemail = a@x.example\n[init]\ndefaultBranch = main\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(REPOSITORY), "."]))
    return tmp_path / "work/lindenau-papers"


def test_every_page_with_commands_is_prepared() -> None:
    with_commands = {
        name for name in PAGES if any(isinstance(step, Command) for step in steps((REPOSITORY / name).read_text(encoding="utf-8")))
    }
    assert with_commands == set(TABLE)


FIRST = ("README.md", "docs/tutorial.md", "docs/how-to/correct.md", "docs/open-data.md")
"""The pages whose commands are run in `make test`: all are in the soak."""


@pytest.mark.parametrize("name", [name if name in FIRST else pytest.param(name, marks=pytest.mark.soak) for name in sorted(TABLE)])
def test_what_a_page_shows_can_be_done(name: str, folder: Path) -> None:
    page = TABLE[name]
    page.archive(folder)
    person = Person(name, page, folder)
    assert person.follow((REPOSITORY / name).read_text(encoding="utf-8")) == []
    assert not person.awaited, "a command before which something is done is gone"


def test_no_exception_is_left_over() -> None:
    for name, page in TABLE.items():
        shown = [step.text for step in steps((REPOSITORY / name).read_text(encoding="utf-8")) if isinstance(step, Command)]
        left = [start for start in page.parsed if not any(text.startswith(start) for text in shown)]
        assert left == [], name


@pytest.mark.parametrize("name", PAGES)
def test_commands_in_sentences_can_be(name: str, folder: Path) -> None:
    example(folder)
    (folder / "examples").symlink_to(REPOSITORY / "examples")
    os.chdir(folder)
    wrong = []
    for command in in_sentences((REPOSITORY / name).read_text(encoding="utf-8")):
        try:
            parse(command.text, is_named=True)
        except Wrong as error:
            wrong.append(f"{name}:{command.line}: {command.text}: {error}")
    assert wrong == []


def test_codes_that_are_named_have_their_place() -> None:
    places = set(re.findall(r"^### (\S+)$", (REPOSITORY / "docs/problems.md").read_text(encoding="utf-8"), re.M))
    for name in PAGES:
        for code in re.findall(r"problems\.md#([\w-]+)", (REPOSITORY / name).read_text(encoding="utf-8")):
            assert code in {re.sub(r"[^\w-]", "", place) for place in places}, name


# that these tests can fail


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("sitegen check --al", "--al"),
        ("sitegen biuld", "biuld"),
        ("sitegen publish gitlab-pages", "gitlab-pages"),
        ("sitegen list lakes", "lakes"),
        ("sitegen import", "seeds"),
        ("sitegen import seeds/nothing.txt", "exit code 1"),
        ("sitegen rename places/nowhere places/lindenau", "exit code"),
        ("sitegen init other --host geocities", "geocities"),
        ("make everything", "everything"),
        ("git comit -m x", "comit"),
        ("python -m benchmarks.nothing", "nothing"),
        ("python tools/nothing.py", "nothing.py"),
        ("cd nowhere", "no such folder"),
        ("mkdir one; sitegen check && sitegen chekc", "chekc"),
        ("git --version\nand some words", "what is and?"),
        ("$ sitegen check\nNothing is wrong.", "prints otherwise"),
    ],
)
def test_a_wrong_block_is_found(block: str, told: str, folder: Path) -> None:
    example(folder)
    (wrong,) = Person("page.md", Page(example), folder).follow(f"Do this:\n\n```\n{block}\n```\n")
    assert wrong.startswith("page.md:")
    assert told in wrong


def test_a_wrong_indented_line_is_found(folder: Path) -> None:
    example(folder)
    assert len(Person("page.md", Page(example), folder).follow("Do this:\n\n    sitegen check --nothing\n")) == 1


@pytest.mark.parametrize(
    "span", ["sitegen check --al", "sitegen urls --acept", "sitegen publsh", "make al", "sitegen init a --host geocities"]
)
def test_a_wrong_command_in_a_sentence_is_found(span: str, folder: Path) -> None:
    example(folder)
    os.chdir(folder)
    (command,) = in_sentences(f"Then run\n`{span}`, and look.")
    assert command == Command(2, span)
    with pytest.raises(Wrong):
        parse(command.text, is_named=True)


def test_a_right_block_is_not_told(folder: Path) -> None:
    example(folder)
    text = "<!-- file: seeds/a.txt -->\n```\nThe Fair\n\nThe fair had 300 visitors.\n```\n\n```console\n$ sitegen check\n0 errors, 0 warnings…\n```\n"
    assert Person("page.md", Page(example), folder).follow(text) == []
    assert (folder / "seeds/a.txt").read_text() == "The Fair\n\nThe fair had 300 visitors.\n"
