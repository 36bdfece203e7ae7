"""While serving."""

from sitegen.model.rules.rule import Rule

GROUP = "While serving"
SERVING = (
    Rule(
        "not-read",
        GROUP,
        "error",
        "The archive could not be read. The message says why: another program has it locked, the disk is full, or a file never rests.",
        "Remove the cause. Until then the site is shown as it was before.",
    ),
    Rule(
        "page-lost",
        GROUP,
        "error",
        "Another program has emptied or damaged the store under `.sitegen/`, and errors in the archive keep it from being filled again.",
        "Mend the errors, or end `sitegen serve` and begin it again.",
    ),
)
