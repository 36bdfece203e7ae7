"""Fills the boxes of articles: what a whole box gives to the archive is remembered as one value, under the digests of its files and
of all else that it may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from sitegen.archive.boxes import Filed, boxes, facts, fill
from sitegen.archive.gate import Policy
from sitegen.archive.linking import link
from sitegen.archive.names import Names
from sitegen.archive.verbatim import decode, departure
from sitegen.cache import Made
from sitegen.model.article import Article
from sitegen.model.box import Box, Facts
from sitegen.model.digest import Digest, digest, digest_of, encode
from sitegen.model.problem import Problem
from sitegen.model.site import Head, LinkHead, Read, Target
from sitegen.survey.reading import File, Reading
from sitegen.workers import Progress, each, silent


def filled(reading: Reading, files: Sequence[File], names: Names, policy: Policy, progress: Progress = silent) -> list[Box]:
    """The boxes of all articles. `names` are those of the public places."""
    by_path = {file.path: file for file in files}
    filling = _Filling(reading, [[by_path[path] for path in box] for box in boxes(list(by_path))], names, policy)
    rows = [filling.known(number) for number in range(len(filling.boxes))]
    missing = [number for number, row in enumerate(rows) if row is None]
    read, total = 0, sum(len(filling.boxes[number]) for number in missing)
    for number, made in zip(missing, each(filling.fill, missing, reading.jobs, few=4, chunk=1), strict=True):
        reading.cache.keep(made)
        rows[number] = made.rows[-1][1]
        read += len(filling.boxes[number])
        progress("Reading articles", read, total)
    return [msgspec.msgpack.decode(row, type=Box) for row in rows if row is not None]


class _Filling:
    """Each box is a function of its own files, of the names that can occur in them, of the policy, and of its seeds."""

    def __init__(self, reading: Reading, boxes: list[list[File]], names: Names, policy: Policy) -> None:
        self.reading = reading
        self.cache = reading.cache
        self.digests = reading.tree.digests
        self.calendars = reading.config.calendars
        self.boxes = boxes
        self.names = names
        self.policy = policy
        self.keys = [self.cache.key("facts", reading.settings, *(part for file in box for part in reading.parts(file))) for box in boxes]

    def known(self, number: int) -> bytes | None:
        """The row of a box, where it is known."""
        known: Facts | None = self.cache.row(self.keys[number], Facts)
        if known is None:
            return None
        row = self.cache.key("possible", known.words, self.names.digest)
        possible = self.cache.get(row)
        if possible is None:
            possible = self.possible(known)
            self.cache.put(row, possible)
        return self.cache.get(self.key(number, known, possible))

    def possible(self, facts: Facts) -> Digest:
        """The digest of the names that can occur among the words of a box."""
        return digest("names", encode(self.names.possible(set(facts.words.split(" ")))))

    def key(self, number: int, facts: Facts, possible: bytes) -> Digest:
        turned = sum(day <= self.policy.today for day in facts.turns)
        seeds = [self.digests.get(seed, b"") for seed in facts.seeds]
        return self.cache.key(
            "box", self.keys[number], possible, encode((self.policy.unchecked, self.policy.drafts, turned)), encode(seeds)
        )

    def fill(self, number: int) -> Made:
        """Fills a box; its own row is the last."""
        files = self.boxes[number]
        made = Made([], [])
        articles: dict[str, Article] = {}
        keys = [self.reading.key(file) for file in files]
        rows: Mapping[bytes, bytes] = self.cache.many(keys)
        reads: list[Read] = []
        for key, file in zip(keys, files, strict=True):
            row = rows.get(key)
            if row is None:
                value, parsed = self.reading.parsed(key, file)
                if isinstance(value, Article):
                    articles[file.path] = value
                made.add(parsed)
                row = parsed.rows[-1][1]
            reads.append(msgspec.msgpack.decode(row, type=Read))
        known = facts(reads)
        possible = self.possible(known)
        box, values = fill([self.filed(read, articles, made) for read in reads], self.policy)
        made.values.extend(values)
        made.rows.append((self.cache.key("possible", known.words, self.names.digest), possible))
        made.rows.append((self.keys[number], encode(known)))
        made.rows.append((self.key(number, known, possible), encode(box)))
        return made

    def filed(self, read: Read, articles: dict[str, Article], made: Made) -> Filed:
        """One article of a box: linked where it is public, and proved where it has a seed."""
        head = read.head
        if head is None:
            return Filed(read, None, None, ())
        is_public = self.policy.status(head.card.gate) == "public"
        linked = self.linked(head, articles, made) if is_public else None
        proof, problems = self.proved(head, articles, made)
        return Filed(read, linked, proof, problems)

    def article(self, head: Head, articles: dict[str, Article]) -> Article:
        """An article whole: just parsed, or from the store."""
        found = articles.get(head.path)
        if found is None:
            found = articles[head.path] = self.cache.value(head.value, Article)
        return found

    def linked(self, head: Head, articles: dict[str, Article], made: Made) -> LinkHead:
        """The mentions in an article, and what it gives; found anew when its text, or a name that can occur in it, has changed."""
        names = self.names.possible(set(head.words.split(" ")))
        held = self.policy.is_held(head.card.gate)
        key = self.cache.key("link", encode(self.calendars), head.value, encode(names), "held" if held else "")
        known: LinkHead | None = self.cache.row(key, LinkHead)
        if known is not None:
            return known
        mentions, given, problems = link(self.article(head, articles), names, self.calendars, held=held)
        values = [encode(mentions), *(encode(one.contribution) for one in given)]
        targets = (Target(one.page, digest_of(data), one.needs) for one, data in zip(given, values[1:], strict=True))
        found = LinkHead(digest_of(values[0]), tuple(targets), tuple(problems))
        made.rows.append((key, encode(found)))
        made.values.extend(values)
        return found

    def proved(self, head: Head, articles: dict[str, Article], made: Made) -> tuple[str | None, tuple[Problem, ...]]:
        """The verbatim gate: the text that an article was proved against, or why the proof fails."""
        if head.seed is None:
            return None, ()
        path, problems = self.seed(head)
        if problems:
            return None, problems
        key = self.cache.key("verify", head.value, self.digests[path])
        known: tuple[Problem, ...] | None = self.cache.row(key, tuple[Problem, ...])
        if known is None:
            text = decode(self.reading.tree.read(path))
            if text is None:
                hint = "record its text under `extract`"
                known = (Problem(head.path, 0, "seed-not-text", f"the seed {path!r} is not text", hint),)
            else:
                departed = departure(self.article(head, articles), text)
                known = (departed,) if departed else ()
            made.rows.append((key, encode(known)))
        return (None if known else path), known

    def seed(self, head: Head) -> tuple[str, tuple[Problem, ...]]:
        """The file that holds an article's text, whole and as it was recorded, or what is wrong with it."""
        assert head.seed is not None
        path, recorded = head.seed
        if path not in self.digests or not path.startswith("seeds/"):
            hint = "seeds are kept for ever, under `seeds/`; restore it"
            return path, (Problem(head.path, 0, "missing-seed", f"there is no seed {path!r}", hint),)
        if self.digests[path].hex() != recorded:
            hint = f"its SHA-256 is now {self.digests[path].hex()}; restore the file as it arrived (for example from Git)"
            return path, (Problem(head.path, 0, "seed-changed", f"the seed {path!r} is not the one that was recorded", hint),)
        if head.extract is None:
            return path, ()
        text, recorded = head.extract
        if not text.startswith("seeds/") or self.digests.get(text, Digest(b"")).hex() != recorded:
            message = f"the extraction {text!r} is not the one that was recorded"
            return text, (Problem(head.path, 0, "seed-changed", message, "restore it"),)
        return text, ()
