"""Other engines than Chromium on the site as it is hosted: `make engines`. What they do is in `engines.mjs`."""

from __future__ import annotations

import shutil
import subprocess
import sys

from tools.hosted import HERE, hosted

NEEDED = {"xvfb-run": "xvfb xauth", "firefox-esr": "firefox-esr", "WebKitWebDriver": "webkit2gtk-driver"}
"""Programs, and the packages of Debian that have them."""


def main(puppeteer: str) -> int:
    lacking = [package for program, package in NEEDED.items() if shutil.which(program) is None]
    if lacking:
        print(f"engines: install first: apt-get install {' '.join(lacking)}", file=sys.stderr)
        return 1
    with hosted() as (url, _):
        command = ["node", str(HERE / "tools" / "engines.mjs"), puppeteer, url, str(HERE / "build" / "engines")]
        return subprocess.run(["xvfb-run", "--auto-servernum", *command], check=False).returncode  # WebKit draws on a screen alone


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
