"""Puts Leaflet into the default theme: `make leaflet` (needs npm). Only the page of the map loads it.

The script is as its package has it, but for the address of its map of sources; of its stylesheet what shows pictures (marker, layers) is
left out, for the page uses none, and how tiles fade over one another, which checkers of stylesheets do not know. Leaflet is BSD-2-Clause;
the licence stands at the head of both.
"""

from __future__ import annotations

import re
from pathlib import Path

BASE = Path(__file__).parent.parent
PACKAGE = BASE / ".venv/leaflet/node_modules/leaflet"
ASSETS = BASE / "themes/default/assets"


def main() -> None:
    licence = "/*!\nLeaflet 1.9.4\n\n" + (PACKAGE / "LICENSE").read_text(encoding="utf-8").strip() + "\n*/\n"
    script = (PACKAGE / "dist/leaflet.js").read_text(encoding="utf-8")
    style = (PACKAGE / "dist/leaflet.css").read_text(encoding="utf-8")
    script = re.sub(r"^//# sourceMappingURL=.*\n?", "", script, flags=re.M)
    style = re.sub(r"[^{}]+\{[^{}]*(?:url\(|plus-lighter)[^{}]*\}", "", style)
    (ASSETS / "leaflet.js").write_text(licence + script.strip() + "\n", encoding="utf-8")
    (ASSETS / "leaflet.css").write_text(licence + style.strip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
