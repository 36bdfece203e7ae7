"""Asks the Nu HTML checker of every page over HTTP: `make nu`. It is to tell nothing, neither errors nor warnings."""

from __future__ import annotations

import subprocess
import sys

from tools.hosted import hosted

OPTIONS = (
    "-Dnu.validator.servlet.allow-forbidden-hosts=true",  # it reads no address of its own machine unasked
    "-jar",
)
DATA = ".*Inline script violates Content Security Policy.*"
"""The checker takes linked data (`application/ld+json`) for a script. Browsers do not: the HTML standard leaves such a block
before its policy is asked. What a browser does refuse on any page, `tests/browser/test_pages.py` sees."""


def main(jar: str) -> int:
    with hosted() as (url, pages):
        # the page that says that there is none is answered as such, which the checker would not read
        addresses = [url + page for page in pages if page != "404.html"]
        checked = subprocess.run(["java", *OPTIONS, jar, "--Werror", "--filterpattern", DATA, *addresses], check=False)
    print(f"Nu: {len(addresses)} pages over HTTP: {'errors or warnings' if checked.returncode else 'no error, no warning'}")
    return checked.returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
