"""Themes."""

from sitegen.model.rules.rule import Rule

GROUP = "Themes"
THEMES = (
    Rule(
        "unknown-theme",
        GROUP,
        "error",
        "There is no theme of this name, neither under `themes/` nor in the program; or a theme extends itself.",
        "Correct `theme` in `sitegen.yaml`, or `extends` in the `theme.yaml` of the theme.",
        """\
-- sitegen.yaml --
title: The flood
base_url: https://example.org/
theme: baroque
""",
    ),
    Rule(
        "missing-template",
        GROUP,
        "error",
        "A theme lacks a template that it needs, or a template names one that is not there.",
        "Add it under `templates/`, or write `extends: default` into the `theme.yaml` of the theme.",
        """\
-- themes/plain/templates/404.html --
{% include "river.html" %}
""",
    ),
    Rule(
        "template-syntax",
        GROUP,
        "error",
        "A template cannot be read.",
        "Correct it at the line that is named.",
        """\
-- themes/plain/templates/404.html --
{% if %}
""",
    ),
    Rule(
        "template-variable",
        GROUP,
        "error",
        "A template uses a name that it is not given. It sees `site` and `page` alone.",
        "Take what you need from `site` or `page`; docs/theme-contract.md lists what they have.",
        """\
-- themes/plain/templates/404.html --
{{ archive.title }}
""",
    ),
    Rule(
        "template-failed",
        GROUP,
        "error",
        "A template failed on a page. The message names the page and what went wrong, often a field that the page does not have.",
        "Correct the template; docs/theme-contract.md lists what each page has.",
        """\
-- themes/plain/templates/404.html --
{{ page.nothing }}
""",
    ),
    Rule(
        "missing-asset",
        GROUP,
        "error",
        "A stylesheet names a file that the theme does not have among its assets: in `url(…)`, or after `@import`.",
        "Correct the name, or put the file under `assets/`. It is sought from the folder of the stylesheet.",
        """\
-- themes/plain/assets/style.css --
body { background: url(river.png) }
""",
    ),
    Rule(
        "stylesheet-circle",
        GROUP,
        "error",
        "A stylesheet names itself, or another that leads back to it. Its address would have to follow from itself.",
        "Take out the `@import` or `url(…)` that leads back.",
        """\
-- themes/plain/assets/style.css --
@import "colours.css";
-- themes/plain/assets/colours.css --
@import url(style.css);
""",
    ),
    Rule(
        "card-fonts",
        GROUP,
        "error",
        "Social cards are asked for (`outputs: {cards: true}`), and the theme lacks a font for them, or one cannot be read. They lie in "
        "`cards/` of the theme, `serif.ttf`, `sans.ttf` and `sans-bold.ttf`, and are TrueType.",
        "Take `cards` out of `sitegen.yaml`, choose a theme that has them, or one that extends `default`; mend the font.",
        """\
-- sitegen.yaml --
title: Notices
base_url: https://x.org/
theme: plain
outputs: {cards: true}
""",
    ),
)
