"""Lighthouse's scores of an article, a claim and a place, on a telephone with a slow line: `make lighthouse`. All are to be 100."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from tests.browser.test_pages import ARTICLE
from tools.hosted import HERE, hosted

PAGES = (ARTICLE, "claims/russian-troops-killed/", "places/kharkiv/")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new --no-sandbox --disable-gpu"


def main(program: str, chromium: str) -> int:
    worst = 100
    (HERE / "build").mkdir(exist_ok=True)
    with hosted() as (url, _):
        for page in PAGES:
            result = judged(program, chromium, url + page)
            (HERE / "build" / f"lighthouse-{page.strip('/').replace('/', '-')}.json").write_text(json.dumps(result), encoding="utf-8")
            scores = {name: round(100 * (result["categories"][name]["score"] or 0)) for name in CATEGORIES}
            worst = min(worst, *scores.values())
            print(page, *(f"{name} {score}" for name, score in scores.items()))
            for line in missed(result):
                print("   ", line)
    return 0 if worst == 100 else 1


def judged(program: str, chromium: str, url: str) -> dict[str, Any]:
    command = ["node", program, url, "--quiet", "--output=json", f"--chrome-flags={FLAGS}"]
    command.append(f"--only-categories={','.join(CATEGORIES)}")
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, env={**os.environ, "CHROME_PATH": chromium})
    result: dict[str, Any] = json.loads(ran.stdout)
    return result


def missed(result: dict[str, Any]) -> list[str]:
    """The audits that cost points, with what they say."""
    out = []
    for name in CATEGORIES:
        for one in result["categories"][name]["auditRefs"]:
            audit = result["audits"][one["id"]]
            if one["weight"] and audit["score"] is not None and audit["score"] < 1:
                out.append(f"{name}: {audit['id']} {audit['score']} {audit.get('displayValue', '')} {audit['title']}")
    return out


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:3]))
