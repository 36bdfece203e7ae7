"""An archive of one's own: begun from an empty folder, with all that builds it; published; its addresses kept."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from sitegen import installed, scaffold, upgrading, vendoring
from sitegen.cli import main, shell
from sitegen.publish import BRANCH
from tests.at_terminal import at_terminal
from tests.conftest import REPOSITORY, Archive


def sitegen(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def git(root: Path, *arguments: str) -> str:
    own = ("-c", "init.defaultBranch=main", "-c", "user.name=A", "-c", "user.email=a@x.org")
    return subprocess.run(["git", *own, *arguments], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


# to begin


@pytest.mark.parametrize("host", scaffold.HOSTS)
def test_what_init_makes_is_an_archive_without_a_flaw(host: str, tmp_path: Path) -> None:
    root = tmp_path / "old papers"
    done = sitegen(
        "init", root, "--host", host, "--title", 'The "old" papers: of Lerre', "--base-url", "https://lerre.example/", "--lang", "de"
    )
    assert done.exit_code == 0, done.output
    assert "sitegen serve" in done.stdout
    checked = sitegen("check", "--source", root)
    assert checked.exit_code == 0, checked.stdout
    assert "0 errors, 0 warnings" in checked.stdout
    built = sitegen("build", "--source", root)
    assert built.exit_code == 0, built.output
    page = (root / "public/articles/begin-here/index.html").read_text(encoding="utf-8")
    assert 'lang="de"' in page
    assert "The &#34;old&#34; papers: of Lerre" in page
    assert "1,240 visitors" in page
    there = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    assert {
        "README.md",
        ".gitignore",
        ".gitattributes",
        "requirements.txt",
        "urls.lock",
        ".vscode/tasks.json",
        "schema/notes.schema.json",
    } <= there
    assert ("netlify.toml" in there, ".github/workflows/pages.yml" in there) == (host == "netlify", host == "github")


def test_an_empty_archive_has_no_example(tmp_path: Path) -> None:
    assert sitegen("init", tmp_path / "a", "--empty").exit_code == 0
    assert not list((tmp_path / "a/content/articles").iterdir())
    assert sitegen("build", "--source", tmp_path / "a").exit_code == 0


def test_init_leaves_what_is_there(tmp_path: Path) -> None:
    root = tmp_path / "a"
    root.mkdir()
    (root / "README.md").write_text("mine")
    sitegen("init", root, "--empty")
    (root / "sitegen.yaml").write_text("title: Mine\nbase_url: https://mine.example/\nlang: en\n")
    again = sitegen("init", root, "--host", "github")
    assert again.exit_code == 0
    assert (root / "README.md").read_text() == "mine"
    assert "title: Mine" in (root / "sitegen.yaml").read_text()
    assert (root / ".github/workflows/pages.yml").is_file(), "a host can be chosen later"
    assert not list((root / "content/articles").iterdir()), "an archive that is there needs no example"


def test_what_is_no_language_and_no_address_is_said(tmp_path: Path) -> None:
    for wrong in (("--lang", "klingon language"), ("--base-url", "lerre"), ("--host", "geocities")):
        done = sitegen("init", tmp_path / "a", *wrong)
        assert done.exit_code == shell.USAGE
        assert not (tmp_path / "a").exists()


# what builds it


@pytest.mark.soak  # an environment of its own, with all libraries: a tenth of what `make test` may take
def test_the_requirements_can_be_installed_and_build_the_archive(tmp_path: Path) -> None:
    """With digests: what pip is given is proved by it. The libraries are those of the tests, so that nothing is fetched."""
    root = tmp_path / "a"
    sitegen("init", root)
    lines = (root / "requirements.txt").read_text()
    (own,) = re.findall(r"^\./vendor/\S+ \\\n +--hash=sha256:[0-9a-f]{64}\n", lines, re.M)
    (tmp_path / "own.txt").write_text(own)
    venv.create(tmp_path / "env")
    python = tmp_path / "env/bin/python"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "--quiet",
        "--disable-pip-version-check",
        "install",
        "--no-deps",
        "--no-index",
    ]
    subprocess.run([*pip, "--require-hashes", "-r", tmp_path / "own.txt"], cwd=root, check=True, capture_output=True)
    (packages,) = (tmp_path / "env").glob("lib/python*/site-packages")
    (packages / "ours.pth").write_text("\n".join(one for one in sys.path if one.endswith("site-packages")))
    done = subprocess.run([tmp_path / "env/bin/sitegen", "build"], cwd=root / "content", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (root / "public/articles/begin-here/index.html").is_file()
    said = subprocess.run([tmp_path / "env/bin/sitegen", "vendor"], cwd=root, capture_output=True, text=True, check=False)
    assert "a wheel of itself; nothing has changed" in said.stdout, "what was made by a wheel makes the same"


def test_every_library_that_is_needed_is_pinned_with_its_digests() -> None:
    lock = installed.locked()
    names = set(re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.M))
    assert {"jinja2", "markdown-it-py", "pyyaml", "lxml", "warcio", "pypdfium2"} <= names
    assert not names & {"hatchling", "pytest", "ruff", "editables"}
    blocks = re.split(r"^(?=[a-z])", lock, flags=re.M)[1:]
    assert all("--hash=sha256:" in block for block in blocks)


@pytest.mark.parametrize(
    ("told", "origin"),
    [
        (None, installed.Release("0.1.0")),
        ({"url": "file:///home/a/sitegen", "dir_info": {"editable": True}}, installed.Copied()),
        ({"url": "file:///tmp/a.whl", "archive_info": {"hashes": {"sha256": "ab" * 32}}}, installed.Copied()),
        (
            {"url": "https://git.example/a/sitegen", "vcs_info": {"vcs": "git", "commit_id": "c" * 40}},
            installed.Commit(f"git+https://git.example/a/sitegen@{'c' * 40}"),
        ),
        (
            {"url": "https://x.example/s.whl", "archive_info": {"hashes": {"sha256": "ab" * 32}}},
            installed.Address("https://x.example/s.whl", "ab" * 32),
        ),
    ],
)
def test_where_the_program_came_from(told: object, origin: installed.Origin, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Told:
        def read_text(self, name: str) -> str | None:
            return json.dumps(told) if name == "direct_url.json" and told is not None else None

    monkeypatch.setattr(installed, "_distribution", Told)
    assert installed.origin() == origin
    if isinstance(origin, installed.Commit | installed.Address):
        said = vendoring.vendor(tmp_path)
        text = (tmp_path / "requirements.txt").read_text()
        assert said.paths == ("requirements.txt",)
        assert f"sitegen-archive @ {origin[0]}" in text
        assert ("--hash" in text) == isinstance(origin, installed.Address), "of a repository there is no digest"


@pytest.mark.soak
def test_a_release_is_named_by_its_digest(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As pip finds it: here in a folder, at people's in the package index."""
    made = installed.wheel()
    index = tmp_path / "index"
    index.mkdir()
    (index / made.name).write_bytes(made.data)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(index))
    monkeypatch.setattr(installed, "origin", lambda: installed.Release("0.1.0"))
    assert vendoring.vendor(tmp_path).paths == ("requirements.txt",)
    text = (tmp_path / "requirements.txt").read_text()
    assert f"sitegen-archive==0.1.0 \\\n    --hash=sha256:{hashlib.sha256(made.data).hexdigest()}\n" in text
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "nothing"))
    assert f"vendor/{made.name}" in vendoring.vendor(tmp_path).paths, "where nobody has it, the archive does"


def test_nothing_advises_to_install_a_strangers_package() -> None:
    """`sitegen` on the package index is another project's."""
    files = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout.splitlines()
    texts = {name: (REPOSITORY / name).read_bytes().decode(errors="replace") for name in files if (REPOSITORY / name).is_file()}
    bare = re.compile(r"(?:pip[0-9x]?|uv|uvx|poetry|pdm|conda)\b[^\n&|;]*\b(?:install|add|tool|run)\b[^\n&|;]*[\s'\"]sitegen(?![\w/.-])")
    own = "tests/test_owning.py"
    assert not {name for name, text in texts.items() if name != own and bare.search(text)}
    for advice in ("pip install sitegen", "pip install 'sitegen[word]'", "pipx install sitegen", "uv tool install sitegen"):
        assert bare.search(advice), advice
    assert not bare.search("pip install 'sitegen-archive[word]'")


def test_an_archive_that_carries_all_goes_on_doing_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is fetched is not: of that `make hosts` and people's own runs tell."""
    sitegen("init", tmp_path)
    monkeypatch.setattr(vendoring, "_libraries", lambda *_: [])
    assert not vendoring.is_whole(tmp_path)
    sitegen("vendor", "--all", "--source", tmp_path)
    assert vendoring.is_whole(tmp_path)
    for again in (("upgrade", "--source", tmp_path), ("vendor", "--source", tmp_path), ("init", tmp_path)):
        assert sitegen(*again).exit_code == 0
        assert vendoring.is_whole(tmp_path), again


# to upgrade


def test_upgrade_renews_what_nobody_has_changed(tmp_path: Path) -> None:
    root = tmp_path / "a"
    sitegen("init", root, "--host", "netlify")
    earlier = (root / "netlify.toml").read_text().replace('PYTHON_VERSION = "3.13"', 'PYTHON_VERSION = "3.12"')
    body = earlier.partition("\n")[2]
    (root / "netlify.toml").write_text(
        f"# Written by sitegen 0.0.9 ({scaffold._seal(body)}); `sitegen upgrade` renews it until you change it.\n{body}"
    )
    mine = (root / ".gitignore").read_text() + "*.bak\n"
    (root / ".gitignore").write_text(mine)
    requirements = (root / "requirements.txt").read_text()
    (root / "requirements.txt").write_text(requirements.replace("sitegen 0.1.0", "sitegen 0.0.9"))
    seen = sitegen("upgrade", "--dry-run", "--source", root)
    assert seen.exit_code == 0
    assert '-PYTHON_VERSION = "3.12"' in seen.stdout
    assert 'PYTHON_VERSION = "3.12"' in (root / "netlify.toml").read_text()
    done = sitegen("upgrade", "--source", root)
    assert "names sitegen 0.0.9" in done.stdout
    assert "### Added" in done.stdout, "what has changed since is told"
    assert 'PYTHON_VERSION = "3.13"' in (root / "netlify.toml").read_text()
    assert (root / ".gitignore").read_text() == mine
    assert "changed by hand" in done.stdout
    assert (root / "requirements.txt").read_text() == requirements
    assert "renewed" not in sitegen("upgrade", "--source", root).stdout


def test_changes_are_told_from_the_version_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    changes = tmp_path / "CHANGELOG.md"
    changes.write_text("# Changes\n\n## 0.3.0\n- c\n\n## [0.2.0] - 2026-01-01\n- b\n\n## 0.1.0\n- a\n")
    monkeypatch.setattr(upgrading, "carried", lambda _: changes)
    assert list(upgrading.changes_since("0.2.0")) == ["## 0.3.0", "- c"]
    assert len(list(upgrading.changes_since("0.0.1"))) == 6


# a workflow


def test_the_workflow_pins_its_actions_and_asks_for_little(tmp_path: Path) -> None:
    sitegen("init", tmp_path / "a", "--host", "github")
    text = (tmp_path / "a/.github/workflows/pages.yml").read_text()
    workflow = yaml.safe_load(text)
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    used = [step["uses"] for step in steps if "uses" in step]
    assert len(used) == 6
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", one) for one in used)
    assert workflow["permissions"] == {}
    assert workflow["jobs"]["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert not [step["run"] for step in steps if "${{" in step.get("run", "")], "nothing that GitHub puts in becomes shell"


# to publish a branch


@pytest.fixture
def published(tmp_path: Path) -> Archive:
    """A clone with an archive, and a bare repository beside it."""
    site = Archive(tmp_path / "clone")
    git(tmp_path, "init", "--quiet", "--bare", "remote.git")
    sitegen("init", site.root, "--host", "github", "--base-url", "https://a.example/papers/")
    git(site.root, "init", "--quiet")
    for name, value in (("user.name", "A"), ("user.email", "a@x.org")):
        git(site.root, "config", name, value)
    git(site.root, "remote", "add", "origin", str(tmp_path / "remote.git"))
    git(site.root, "add", ".")
    git(site.root, "commit", "--quiet", "-m", "Begin")
    return site


def push(site: Archive, *more: str) -> Result:
    return sitegen("publish", "github-pages", "--source", site.root, *more)


def test_a_site_is_pushed_to_a_branch(published: Archive, tmp_path: Path) -> None:
    remote = tmp_path / "remote.git"
    seen = push(published, "--dry-run")
    assert seen.exit_code == 0, seen.output
    assert "would be pushed" in seen.stdout
    assert not git(remote, "branch", "--list")
    before = git(published.root, "status", "--porcelain")
    done = push(published)
    assert done.exit_code == 0, done.output
    names = git(remote, "ls-tree", "-r", "--name-only", BRANCH).splitlines()
    assert {".nojekyll", ".sitegen-output", "index.html", "articles/begin-here/index.html", "404.html"} <= {*names}
    page = git(remote, "show", f"{BRANCH}:articles/begin-here/index.html")
    assert 'href="/papers/places/lindenau/"' in page
    assert git(published.root, "branch", "--list").split() == ["*", "main"]
    changed = {*git(published.root, "status", "--porcelain").splitlines()} - {*before.splitlines()}
    assert {line.split()[-1] for line in changed} == {"urls.lock"}, "the addresses that were published are written down"
    assert "/places/lindenau/\n" in (published.root / "urls.lock").read_text()
    assert "nothing was pushed" in push(published).stdout
    published.write("content/places/neudorf.md", "---\nname: Neudorf\nkind: town\n---\n")
    assert "pages pushed" in push(published).stdout
    assert git(remote, "rev-list", "--count", BRANCH) == "1", "the branch keeps no past"


@pytest.mark.soak
def test_who_publishes_at_the_same_time_is_told(published: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    push(published)
    other = tmp_path / "other"
    git(tmp_path, "clone", "--quiet", "--branch", BRANCH, "remote.git", str(other))
    from sitegen.gitpush import Clone

    plain = Clone.commit

    def meanwhile(clone: Clone, tree: str, message: str) -> str:
        (other / "more.txt").write_text("x")
        git(other, "add", ".")
        git(other, "commit", "--quiet", "-m", "x")
        git(other, "push", "--quiet")
        return plain(clone, tree, message)

    monkeypatch.setattr(Clone, "commit", meanwhile)
    published.write("content/places/neudorf.md", "---\nname: Neudorf\nkind: town\n---\n")
    done = push(published)
    assert done.exit_code == shell.MACHINE
    assert "somebody else has published" in done.stderr
    assert "more.txt" in git(tmp_path / "remote.git", "ls-tree", "--name-only", BRANCH), "theirs is not lost"


@pytest.mark.soak
def test_a_push_that_is_refused_says_what_the_other_side_says(published: Archive, tmp_path: Path) -> None:
    hook = tmp_path / "remote.git/hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho the branch is protected >&2\nexit 1\n")
    hook.chmod(0o755)
    done = push(published)
    assert done.exit_code == shell.MACHINE
    assert "the branch is protected" in done.stderr


def test_a_branch_of_somebody_elses_is_left_alone(published: Archive) -> None:
    git(published.root, "push", "--quiet", "origin", f"main:{BRANCH}")
    done = push(published)
    assert done.exit_code == shell.MACHINE
    assert "has not written" in done.stderr
    assert push(published, "--branch", "pages").exit_code == 0


def test_a_site_with_errors_is_not_published(published: Archive, tmp_path: Path) -> None:
    published.write("content/places/neudorf.md", "---\nname: Neudorf\nkind: moon\n---\n")
    done = push(published)
    assert done.exit_code == shell.PROBLEMS
    assert "Nothing was published" in done.stderr
    assert not git(tmp_path / "remote.git", "branch", "--list")


def test_where_there_is_no_clone(tmp_path: Path) -> None:
    sitegen("init", tmp_path / "a")
    done = sitegen("publish", "github-pages", "--source", tmp_path / "a")
    assert done.exit_code == shell.MACHINE
    assert "not a git repository" in done.stderr


def test_in_a_terminal_it_asks_what_it_was_not_told(tmp_path: Path) -> None:
    root = tmp_path / "old-papers"
    command = [sys.executable, "-m", "sitegen", "init", str(root), "--lang", "de"]
    done = at_terminal(command, "\nhttps://papers.example/\nnetlify\n")
    assert done.returncode == 0, done.stdout
    assert "What is the archive called? [Old papers]" in done.stdout
    assert "In which language" not in done.stdout, "that was told"
    text = (root / "sitegen.yaml").read_text()
    assert 'title: "Old papers"' in text
    assert 'base_url: "https://papers.example/"' in text
    assert (root / "netlify.toml").is_file()
