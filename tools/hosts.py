"""An archive of one's own on the hosts that it is made for: begun from an empty folder with the wheel alone, built by Netlify's own program
and by the steps of the workflow for GitHub Pages, and fetched as visitors get it, every link, anchor, header and redirect.

    python -m tools.hosts NETLIFY

`NETLIFY` is its command line (`make hosts` installs it). Exits 1 where anything is not as it should be. What builds is installed into an
environment of its own, from the requirements that the archive carries.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import venv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urljoin, urlsplit

import yaml

from sitegen.installed import wheel

WAIT = 90.0
"""Seconds until a server must answer."""
RULES = """
import { createRequire } from "node:module";
import { realpathSync } from "node:fs";
const [program, file] = process.argv.slice(1);
const { parseAllHeaders } = await import(createRequire(realpathSync(program)).resolve("@netlify/headers-parser"));
console.log(JSON.stringify(await parseAllHeaders({ headersFiles: [file], minimal: true })));
"""
"""What Netlify's own reader makes of the rules of a site."""
OLD = "places/old-lindenau"
"""An address that the archive had."""


class Wrong(Exception):
    """Something is not as it should be."""


class Links(HTMLParser):
    """What a page leads to, and what can be led to in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as its library calls it
        told = dict(attributes)
        if told.get("id"):
            self.ids.add(str(told["id"]))
        self.targets += [str(told[name]) for name in ("href", "src") if told.get(name)]


class Host:
    """A server on this machine, as visitors see it. `root`: the address of the site's first page."""

    def __init__(self, port: int, root: str) -> None:
        self.port = port
        self.root = root

    def fetch(self, path: str) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and body; no redirect is followed."""
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            asking.request("GET", path)
            answer = asking.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            asking.close()

    def all_links(self) -> int:
        """Follows every link from the first page on; gives how many addresses were fetched. Raises Wrong at one that leads nowhere."""
        pages: dict[str, Links] = {}
        pending, seen, anchors = [self.root], {self.root}, set()
        while pending:
            path = pending.pop()
            status, headers, body = self.fetch(path)
            if status != 200:
                raise Wrong(f"{path}: {status}")
            if not headers.get("content-type", "").startswith("text/html"):
                continue
            pages[path] = links = Links(body.decode())
            for target in links.targets:
                parts = urlsplit(urljoin(path, target))
                if parts.netloc or parts.scheme:
                    continue
                if parts.fragment:
                    anchors.add((path, parts.path, unquote(parts.fragment)))
                if parts.path not in seen:
                    seen.add(parts.path)
                    pending.append(parts.path)
        lost = [one for one in anchors if one[1] in pages and one[2] not in pages[one[1]].ids]
        if lost:
            raise Wrong(f"anchors that are not there: {sorted(lost)[:5]}")
        return len(seen)


def expect(what: str, is_so: object) -> None:
    print(f"{'ok  ' if is_so else 'NOT '} {what}")
    if not is_so:
        raise Wrong(what)


def run(*command: str | Path, cwd: Path, env: Mapping[str, str]) -> str:
    done = subprocess.run([str(one) for one in command], cwd=cwd, env=dict(env), capture_output=True, text=True, check=False)
    if done.returncode:
        raise Wrong(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout + done.stderr


@contextmanager
def serving(command: list[str], port: int, cwd: Path, env: Mapping[str, str]) -> Iterator[None]:
    """A server while it is asked; it is ended with all that it has started."""
    process = subprocess.Popen(command, cwd=cwd, env=dict(env), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    told: list[bytes] = []
    reading = threading.Thread(target=lambda: told.extend(process.stdout or ()), daemon=True)
    reading.start()
    try:
        until = time.monotonic() + WAIT
        while time.monotonic() < until and process.poll() is None:
            try:
                if Host(port, "/").fetch("/")[0] == 200:
                    yield
                    return
            except OSError:
                pass
            time.sleep(0.5)
        raise Wrong(f"{command[0]} does not answer:\n{b''.join(told).decode(errors='replace')[-3000:]}")
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def begun(folder: Path, host: str, env: Mapping[str, str]) -> Path:
    """An archive from an empty folder, in a repository, with an address that it had before."""
    root = folder / host
    run("sitegen", "init", root, "--host", host, "--title", "Papers of Lindenau", cwd=folder, env=env)
    place = root / "content/places/lindenau.md"
    place.write_text(place.read_text(encoding="utf-8").replace("kind: town\n", f"kind: town\nredirect_from: [{OLD}]\n"), encoding="utf-8")
    run("sitegen", "urls", "--accept", cwd=root, env=env)
    for command in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "-m", "Begin")):
        run("git", "-c", "user.name=A", "-c", "user.email=a@example.org", *command, cwd=root, env=env)
    return root


def on_netlify(program: Path, root: Path, env: Mapping[str, str]) -> None:
    """Built by Netlify's own program, twice, and served by it."""
    first = run(program, "build", "--offline", cwd=root, env=env)
    expect("netlify build makes the site", re.search(r"\d+ pages: [1-9]\d* rendered", first))
    shutil.rmtree(root / ".sitegen")
    shutil.rmtree(root / "public")
    second = run(program, "build", "--offline", cwd=root, env=env)
    expect("the next build finds what the last one kept", re.search(r"\d+ pages: 0 rendered", second))
    # the server of `dev` says of all files that nothing is kept; what the service is told is asked of the reader of these rules
    told = json.loads(run("node", "--input-type=module", "-e", RULES, program, root / "public/_headers", cwd=root, env=env))
    kept = {rule["for"]: rule["values"].get("Cache-Control") for rule in told["headers"]}
    expect(f"rules that Netlify reads: {', '.join(kept)}", not told["errors"] and {*kept} == {"/*", "/assets/*", "/seeds/*", "/data/*"})
    expect(f"/assets/*: {kept['/assets/*']}", "immutable" in str(kept["/assets/*"]))
    port = free_port()
    command = [str(program), "dev", "--offline", "--internal-disable-edge-functions", "--dir", "public", "--port", str(port), "--no-open"]
    with serving(command, port, root, env):
        host = Host(port, "/")
        _, headers, _ = host.fetch("/")
        policy = headers.get("content-security-policy", "")
        expect(f"Content-Security-Policy: {policy}", "default-src 'self'" in policy and "frame-ancestors 'none'" in policy)
        for name in ("referrer-policy", "permissions-policy", "x-content-type-options", "cross-origin-opener-policy"):
            expect(f"{name}: {headers.get(name)}", headers.get(name))
        status, headers, _ = host.fetch(f"/{OLD}/")
        expect(
            f"/{OLD}/: {status} to {headers.get('location')}", status == 301 and str(headers.get("location")).endswith("/places/lindenau/")
        )
        status, headers, _ = host.fetch(f"/{OLD}/feed.xml")
        expect(f"/{OLD}/feed.xml: {status} to {headers.get('location')}", status == 301)
        status, _, body = host.fetch("/places/nowhere/")
        expect(f"/places/nowhere/: {status}, with a page of ours", status == 404 and b"Papers of Lindenau" in body)
        style = next(path for path in sorted((root / "public/assets").iterdir()) if path.suffix == ".css")
        expect(f"/assets/{style.name}: 200", host.fetch(f"/assets/{style.name}")[0] == 200)
        kind = host.fetch("/seeds/begin-here.txt")[1].get("content-type")
        expect(f"/seeds/begin-here.txt: {kind}", kind and kind.startswith("text/plain"))
        expect(f"{host.all_links()} addresses fetched, every link and anchor", True)
    preview = run(
        "sh", "-c", 'DEPLOY_PRIME_URL=https://preview.example/; sitegen build --preview --base-url "$DEPLOY_PRIME_URL"', cwd=root, env=env
    )
    expect(f"a preview: {preview.strip().splitlines()[-1]}", "noindex" in (root / "public/_headers").read_text(encoding="utf-8"))


def on_github(root: Path, env: Mapping[str, str]) -> None:
    """Built by the workflow's own steps, run in order, at the root of a host and below a path, and served as GitHub Pages does."""
    workflow = yaml.safe_load((root / ".github/workflows/pages.yml").read_text(encoding="utf-8"))
    steps = [step for step in workflow["jobs"]["build"]["steps"] if "run" in step]
    for base in ("/", "/repo/"):
        for step in steps:
            own = {name: f"https://someone.example{base}".rstrip("/") for name in step.get("env", {})}  # as configure-pages gives it
            run("bash", "-e", "-c", step["run"], cwd=root, env={**env, **own})
        expect(f"{base}: the steps make the site", (root / "public/index.html").is_file())
        with TemporaryDirectory() as name:
            served = Path(name) / base.strip("/")
            shutil.copytree(root / "public", served, dirs_exist_ok=True)
            handler = partial(_Quiet, directory=name)
            server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            try:
                host = Host(server.server_port, base)
                expect(f"{base}: {host.all_links()} addresses fetched, every link and anchor", True)
                page = host.fetch(f"{base}{OLD}/")[2].decode()
                leads = f'http-equiv="refresh" content="0; url={base}places/lindenau/"' in page
                expect(
                    f"{base}{OLD}/ leads on, names the new address, and is in no list", leads and "canonical" in page and "noindex" in page
                )
                expect(f"{base}: the policy is in each page", "Content-Security-Policy" in host.fetch(base)[2].decode())
            finally:
                server.shutdown()
                server.server_close()
    expect(".nojekyll, 404.html", (root / "public/.nojekyll").is_file() and (root / "public/404.html").is_file())


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def main(netlify: str) -> int:
    with TemporaryDirectory(prefix="sitegen-hosts-") as name:
        folder = Path(name)
        made = wheel()
        (folder / made.name).write_bytes(made.data)
        venv.create(folder / "environment", with_pip=True)
        path = f"{folder / 'environment/bin'}{os.pathsep}{os.environ['PATH']}"
        env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "URL", "VIRTUAL_ENV")} | {"PATH": path}
        started = time.monotonic()
        run("python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", folder / made.name, cwd=folder, env=env)
        print(f"{made.name} and its libraries installed in {time.monotonic() - started:.0f} s")
        try:
            on_netlify(Path(netlify).resolve(), begun(folder, "netlify", env), env)
            on_github(begun(folder, "github", env), env)
        except Wrong as wrong:
            print(wrong, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
