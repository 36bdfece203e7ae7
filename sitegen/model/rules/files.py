"""Files and names."""

from sitegen.model.rules.rule import Rule
from sitegen.model.speech import message

GROUP = "Files and names"
FILES = (
    Rule(
        "no-archive",
        GROUP,
        "error",
        "There is no `sitegen.yaml` in the folder, so it is not an archive.",
        "Change into the folder of the archive, or name it with `--source`. `sitegen init` makes a new archive.",
    ),
    Rule(
        "bad-file-name",
        GROUP,
        "error",
        "The name of a content file cannot become an address or is not UTF-8, or the notes of an article do not end in `.notes.yaml`.",
        "Small letters, digits and hyphens, 100 at most. Taken: `page`, device names of Windows (`con`), of sources `article`, `unnamed`.",
        """\
-- content/pages/About Us.md --
---
title: About us
---
""",
    ),
    Rule(
        "address-taken",
        GROUP,
        "error",
        "Two files would have one address, or a page would have an address that belongs to the program.",
        "Rename one of the two files, or correct `redirect_from`.",
        """\
-- content/pages/places.md --
---
title: Places
---
""",
    ),
    Rule(
        "address-gone",
        GROUP,
        "error",
        "An address that was published, as `urls.lock` says, would lead to nothing any more. Who has linked to it cannot be asked.",
        "Say `redirect_from` in what took its place (`sitegen rename` and `sitegen merge` do), bring the page back, withdraw it where it"
        " stood (`withdrawn: {date, reason}`), or let the address go: `sitegen urls --accept`.",
        """\
-- urls.lock --
/places/marn/
""",
    ),
    Rule(
        "anchor-gone",
        GROUP,
        "error",
        "A place in a page that was published, as `urls.lock` says, is there no more: a claim, a note, a heading or a picture has another"
        " id, or is gone.",
        "Give what took its place the old `id`, or let it go: `sitegen urls --accept`.",
        """\
-- urls.lock --
/places/marn/
/places/marn/#its-bridge
-- content/places/marn.md --
---
name: Marn
kind: town
---
A town on the Aule.
""",
    ),
    Rule(
        "ledger-line",
        GROUP,
        "error",
        "A line of `urls.lock` is no address, such as what Git leaves where it could not merge.",
        "Keep the addresses of both sides, one a line, and take the marks out.",
        """\
-- urls.lock --
<<<<<<< ours
/places/
""",
    ),
    Rule(
        "static-unpublished",
        GROUP,
        "error",
        "A file under `static/` would lie at the address of a page that readers may not see (a draft, not yet due, expired).",
        "Move the file to another address, or publish the page.",
        """\
-- content/places/marn.md --
---
name: Marn
kind: town
draft: true
---
-- static/places/marn/plan.txt --
The plan of the town.
""",
    ),
    Rule(
        "stray-file",
        GROUP,
        "warning",
        message("A file under `content/` belongs to no kind of page. It is not published."),
        "Rename it so that it ends in `.md`, move it into the folder of its kind, or take it out of `content/`.",
        """\
-- content/places/marn.txt --
A town on the Aule.
""",
        check="leftovers",
    ),
    Rule(
        "notes-without-article",
        GROUP,
        "error",
        "There is no article of the same name beside a `.notes.yaml`, so its notes would be lost.",
        "Give the notes the name of their article, with `.notes.yaml` in place of `.md`.",
        """\
-- content/articles/flood.notes.yaml --
claims: []
""",
    ),
    Rule(
        "outside-archive",
        GROUP,
        "error",
        "A symbolic link leads out of the archive or into a folder that it lies in, or too many links lead to one folder.",
        "Replace the link by a copy of the file, or remove it.",
    ),
    Rule(
        "within-circle",
        GROUP,
        "error",
        "A place, topic or source stands within itself, by way of others.",
        "Correct `within` or `parent` where it names what is smaller, or lower.",
        """\
-- content/places/marn.md --
---
name: Marn
kind: city
within: harn
---
-- content/places/harn.md --
---
name: Harn
kind: region
within: marn
---
""",
    ),
    Rule(
        "within-too-deep",
        GROUP,
        "error",
        "More than 20 places, topics or sources stand above one, each within the next.",
        "Name a larger place in `within`, or a source nearer the top in `parent`.",
        "".join(
            f"-- content/places/p-{n}.md --\n---\nname: Parish {n}\nkind: area\n{f'within: p-{n + 1}{chr(10)}' if n < 22 else ''}---\n"
            for n in range(1, 23)
        ),
    ),
    Rule(
        "too-deep",
        GROUP,
        "error",
        "More than 20 folders lie in one another. What is below them is not read.",
        "Move the files up.",
        """\
-- content/pages/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v.md --
---
title: Far below
---
""",
    ),
    Rule(
        "unreadable",
        GROUP,
        "error",
        "A file or folder cannot be read, a symbolic link leads to nothing, or it is no file but a pipe, a socket or a device.",
        "Make it readable, mend the link, or take it out of the archive.",
    ),
    Rule(
        "too-large",
        GROUP,
        "error",
        "A content file, or a file that was to be imported, has more than 4 MiB.",
        "Split it.",
    ),
    Rule(
        "invalid-utf8",
        GROUP,
        "error",
        "The line holds a byte that is not UTF-8. Often the file was saved in another encoding.",
        "Save the file as UTF-8.",
    ),
)
