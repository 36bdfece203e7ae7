"""Makes the scripts that take words without their endings in a reader's browser: `make stemmers`.

The same as `sitegen.finding.terms` does when an archive is built: English and German by Snowball's algorithms, whose JavaScript comes
compiled with Sphinx (its Python is the package snowballstemmer, of the same version of Snowball), Ukrainian by our own list of endings.
Each becomes a module `stem-LANG.js` that exports `stem`.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from sitegen.finding.terms import LEAST, endings

CLIENT = Path(__file__).parent.parent / "sitegen/finding/client"
SPHINX = "sphinx==9.0.4"
SNOWBALL = "snowballstemmer==3.0.1"
ALGORITHMS = {"en": "english", "de": "german"}
HEAD = (
    "// {name} words without their endings: Snowball {version}, https://snowballstem.org/ (licence: snowball-licence.txt).\n"
    "// Made by tools/stemmers.py.\n"
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for package in (SPHINX, SNOWBALL):
            subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, package], check=True)
        (sphinx,) = Path(folder).glob("sphinx-*.whl")
        (snowball,) = Path(folder).glob("snowballstemmer-*.whl")
        with zipfile.ZipFile(sphinx) as wheel:
            base = _script(wheel, "base")
            for lang, algorithm in ALGORITHMS.items():
                name = algorithm.capitalize()
                text = HEAD.format(name=name, version=SNOWBALL.partition("==")[2])
                text += f"let BaseStemmer;\n{base}\n{_script(wheel, algorithm)}\n"
                text += f"const stemmer = new {name}Stemmer();\nexport const stem = (word) => stemmer.stemWord(word);\n"
                (CLIENT / f"stem-{lang}.js").write_text(text, encoding="utf-8")
        with zipfile.ZipFile(snowball) as wheel:
            (licence,) = [name for name in wheel.namelist() if name.endswith("COPYING")]
            (CLIENT / "snowball-licence.txt").write_bytes(wheel.read(licence))
    (CLIENT / "stem-uk.js").write_text(
        "// Ukrainian words without the endings of their cases (`sitegen.finding.terms`). Made by tools/stemmers.py.\n"
        f"const endings = {json.dumps(endings('uk'), ensure_ascii=False)};\n"
        "export const stem = (word) => {\n"
        f"  const ending = endings.find((one) => word.endsWith(one) && [...word].length - [...one].length >= {LEAST});\n"
        "  return ending ? word.slice(0, -ending.length) : word;\n"
        "};\n",
        encoding="utf-8",
    )
    for path in sorted(CLIENT.glob("stem-*.js")):
        print(f"{path.name}: {path.stat().st_size:,} bytes, SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}…")


def _script(wheel: zipfile.ZipFile, name: str) -> str:
    return wheel.read(f"sphinx/search/minified-js/{name}-stemmer.js").decode().strip()


if __name__ == "__main__":
    main()
