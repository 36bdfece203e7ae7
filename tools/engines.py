"""Other engines than Chromium on the site as it is hosted: `make engines`. What they do is in `engines.mjs`."""

from __future__ import annotations

import subprocess
import sys

from tools.hosted import HERE, hosted


def main(puppeteer: str) -> int:
    with hosted() as (url, _):
        command = ["node", str(HERE / "tools" / "engines.mjs"), puppeteer, url, str(HERE / "build" / "engines")]
        return subprocess.run(["xvfb-run", "--auto-servernum", *command], check=False).returncode  # WebKit draws on a screen alone


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
