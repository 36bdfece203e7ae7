"""The social card of a page: the picture that stands where somebody shares its address. Pure: a view and fonts in, a PNG out.

It says what the page says and nothing else, in the same voices: an author's words stand in the serif, the archive's in the sans; a figure
is shown with who says it and as of when, whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sitegen.exports.cardchart import Place, Plot, plotted
from sitegen.exports.faces import Face, plain_line
from sitegen.exports.typesetting import HEIGHT, WIDTH, Box, Dot, Line, drawn, fitted, leading, shortened, upward
from sitegen.speech import Speech
from sitegen.views.types import ArticleView, ChartView, ClaimView, PageView, PreviewView, StatedView, VoiceView

NAMES = ("serif.ttf", "sans.ttf", "sans-bold.ttf")
"""The fonts of a card, in `cards/` of a theme: of authors' words; of the archive's; and of those that stand out."""
LONGEST = 400
"""Signs of a text of which a card can show no more than a part."""
ALT = 420
"""Signs of the words that stand for a card: as many as services take."""
COLOUR = {"own": "own", "said": "said", "open": "rule"}
"""Of a voice, as pages have it."""
FADING = (100, 80, 62, 48)
"""How strong the green is of the first who is credited, of the second and so on, in hundredths, as in the bar of a page."""
EDGE, ROOM = 72, WIDTH - 2 * 72
"""What is left free at the sides, and what lies between, in pixels."""
NAME, FOOT = 98, 574
"""Baselines of the site's name and of the last line, in pixels from the top."""
METER = 24
"""Pixels of the words beneath the bar of voices."""
BAR = 514
"""Where the bar of voices begins."""
FIGURE = 506
"""The last baseline of what is said of a figure."""
BIG: tuple[int, ...] = (100, 84, 70, 58, 46, 38)
"""Pixels of a figure; the smaller ones are for what counts statements alone."""
INDENT = 34
"""Of a figure, behind its green line, in pixels."""
HIGH, LOW = 76, 594
"""Baselines of the site's name and of the last line where there is a chart, which needs the room."""
TITLES = (56, 50, 44)
"""Pixels of a title above a chart."""
FIGURES = (64, 54, 46, 38)
"""Pixels of a figure above a chart."""
DEEP = 516
"""Where the lowest value of a chart stands."""
LEAST = 104
"""Pixels of the lowest chart that can be read."""


class Type(NamedTuple):
    """The fonts of a card, as `NAMES` has them."""

    serif: Face
    sans: Face
    bold: Face


class Card(NamedTuple):
    """A card, laid out; `alt` has its words."""

    lines: list[Line]
    boxes: list[Box]
    alt: str
    dots: Sequence[Dot] = ()


def type_of(fonts: Mapping[str, bytes]) -> Type | None:
    """The type of a theme; None where it has not all of the fonts. Raises ValueError where one cannot be read."""
    faces = []
    for name in NAMES:
        if name not in fonts:
            return None
        try:
            faces.append(Face(fonts[name]))
        except ValueError as error:
            raise ValueError(f"cards/{name} of the theme cannot be read as a TrueType font") from error
    return Type(*faces)


def social_card(page: PageView, site: str, speech: Speech, type_: Type) -> tuple[bytes, PreviewView] | None:
    """The card of a page of the site with that title, and how the page's head tells of it. None where there is none: of pages that are
    neither articles nor claims, of the numbered ones behind a claim's front, and where a sign is in no font."""
    card: Card | None = None
    match page:
        case ArticleView():
            card = _article(page, site, speech, type_)
        case ClaimView(total=int()):
            card = _claim(page, site, speech, type_)
    if card is None:
        return None
    return drawn(card.lines, card.boxes, card.dots), PreviewView(f"{page.frame.canonical}card.png", WIDTH, HEIGHT, card.alt)


class _Words:
    """The words of a card, made ready to be set; `missing` tells that a sign of them is not in its font."""

    def __init__(self) -> None:
        self.missing = False

    def __call__(self, face: Face, text: str) -> str:
        text = plain_line(text[:LONGEST])
        self.missing = self.missing or not face.has(text)
        return text


def _article(page: ArticleView, site: str, speech: Speech, type_: Type) -> Card | None:
    origin = page.origin
    known = ", ".join(part for part in (origin.byline, origin.publisher) if part) if origin else ""
    when = (page.date.full or page.date.text) if page.date else speech.gettext("Undated")
    first = [page.day.label] if page.day else []
    words = _Words()
    name, title = words(type_.bold, site), words(type_.serif, page.frame.title)
    kick = words(type_.sans, " · ".join([*first, when, known or speech.gettext("author and publisher unknown")]))
    meter = words(type_.sans, _meter(page.voices, speech, type_.sans))
    if words.missing or not title:
        return None
    size, lines = shortened(type_.serif, title, (88, 76, 66, 56), ROOM, 280)
    title_lines = upward(lines, BAR - 52 - size // 4, leading(size))
    above = title_lines[0][1] - size * 3 // 4 - 28
    out = [Line(line, type_.serif, size, "ink", EDGE, at) for line, at in title_lines]
    out += [_line(name, type_.bold, 28, "ink", NAME), _line(kick, type_.sans, 26, "quiet", above)]
    if meter:
        out.append(_line(meter, type_.sans, METER, "quiet", FOOT))
    return Card(out, list(_bar(page.voices)), _alt(title, kick, meter, name))


def _line(text: str, face: Face, size: int, colour: str, baseline: int, indent: int = 0) -> Line:
    """A text in one line, ended by … where it is too long."""
    return Line(face.cut(text, ROOM - indent, size), face, size, colour, EDGE + indent, baseline)


def _meter(voices: tuple[VoiceView, ...], speech: Speech, face: Face) -> str:
    """How much of an article who says, as it stands under the bar of the page: of at most three, or of as many as there is room for."""
    parts = [f"{one.count} {_who(one, speech)}" for one in voices[:3]]
    told = ""
    for shown in range(len(parts), 0, -1):
        rest = len(voices) - shown
        more = [speech.ngettext("%(num)s more", "%(num)s more", rest) % {"num": speech.number(str(rest))}] if rest else []
        told = ", ".join([*parts[:shown], *more])
        line = plain_line(told)
        if not face.has(line) or face.wide(line, METER) <= ROOM:
            break
    return told


def _who(voice: VoiceView, speech: Speech) -> str:
    if voice.voice == "own":
        return speech.gettext("in the article’s own voice")
    return speech.gettext("not yet judged") if voice.voice == "open" else ", ".join(speaker.text for speaker in voice.speakers)


def _bar(voices: tuple[VoiceView, ...]) -> Iterator[Box]:
    """Who speaks, as the bar of the page has it; a thin line where there is none."""
    if not voices:
        yield Box(EDGE, BAR + 12, ROOM, 2, "rule")
    credited = 0
    for one in voices:
        start, stop = (EDGE + ROOM * at // 1000 for at in (one.start, one.start + one.width))
        colour = COLOUR[one.voice]
        strength = FADING[min(credited, len(FADING) - 1)] if colour == "said" else 100
        credited += colour == "said"
        yield Box(start, BAR, stop - start - 2 if stop - start > 4 else stop - start, 14, colour, strength)


def _claim(page: ClaimView, site: str, speech: Speech, type_: Type) -> Card | None:
    of = f"{page.unit}, {speech.gettext('a running total')}" if page.unit and page.cumulative else page.unit
    label = figure = by = ""
    voice, sizes = "own", BIG[-3:]
    if page.series:
        label, figure, by = speech.gettext("Latest in this archive"), _figures(page.series[0]), _by(page.series[0], speech)
        voice, sizes = page.series[0].statement.voice, BIG
    elif page.degrees:
        label = speech.gettext("What is said")
        figure = ", ".join(f"{len(one.wordings)} {one.label}" for one in page.degrees)
    words = _Words()
    name, title = words(type_.bold, site), words(type_.bold, page.title)
    kick = words(type_.sans, " · ".join(part for part in (page.kind[:1].upper() + page.kind[1:], page.about, of) if part))
    is_cut = max(len(figure), len(by)) > LONGEST
    label, figure, by = words(type_.sans, label), words(type_.bold, figure), words(type_.sans, by)
    foot = words(type_.sans, speech.gettext("What is said, by whom and as of when; not a finding of this archive."))
    if words.missing or not title or is_cut:
        return None
    if page.chart is not None and figure:
        charted = _charted(page.chart, _Head(name, kick, title, label, figure, by, foot, COLOUR[voice]), speech, type_)
        if charted is not None:
            return charted
    laid = (_matter(title, (label, figure, by), sizes, room, type_) for room in (150, 112, 56))
    out = next((one for one in laid if one is not None), None)
    if out is None:
        return None
    boxes = []
    if figure:
        start = next(line.baseline for line in out if line.text == label) - 22
        boxes.append(Box(EDGE, start, 6, FIGURE + 8 - start, COLOUR[voice]))
    out += [
        _line(name, type_.bold, 28, "ink", NAME),
        _line(kick, type_.sans, 26, "quiet", 160),
        _line(foot, type_.sans, 22, "quiet", FOOT),
    ]
    return Card(out, boxes, _alt(title, label, figure, by, name))


class _Head(NamedTuple):
    """The words of a claim's card, ready to be set; `colour` is that of the voice."""

    name: str
    kick: str
    title: str
    label: str
    figure: str
    by: str
    foot: str
    colour: str


def _charted(chart: ChartView, head: _Head, speech: Speech, type_: Type) -> Card | None:
    """The card of a claim with its chart beneath the figure; None where there is no room for it, or its words cannot be set."""
    top = list(_top(head, type_))
    tried = (_titled(head, sizes, top[-1].baseline, type_) for sizes in (TITLES, TITLES[-1:]))
    above = next((one for one in tried if one is not None and DEEP - one[1][-1].baseline - 46 >= LEAST), None)
    if above is None:
        return None
    title, said = above
    plot = plotted(chart, Place(EDGE, EDGE + ROOM, said[-1].baseline + 46, DEEP), type_.sans, type_.bold)
    if plot is None:
        return None
    start = said[0].baseline - 22
    green = Box(EDGE, start, 6, said[-1].baseline + 8 - start, head.colour)
    foot = _line(head.foot, type_.sans, 22, "quiet", LOW)
    alt = _alt(head.title, head.label, head.figure, head.by, _told(chart, plot, speech), head.name)
    return Card([*top, *title, *said, *plot.lines, foot], [green, *plot.boxes], alt, plot.dots)


def _titled(head: _Head, sizes: Sequence[int], last: int, type_: Type) -> tuple[list[Line], list[Line]] | None:
    """The title, whole, beneath that baseline, and the figure; None where one of them is too long."""
    titled = fitted(type_.bold, head.title, sizes, ROOM, 3 * leading(TITLES[-1]))
    if titled is None:
        return None
    size, rows = titled
    first = last + 26 + size
    title = [Line(row, type_.bold, size, "ink", EDGE, first + leading(size) * number) for number, row in enumerate(rows)]
    said = _beside(head, title[-1].baseline + 50, type_)
    return None if said is None else (title, said)


def _top(head: _Head, type_: Type) -> Iterator[Line]:
    """The site's name and what is counted: in one line where both have room."""
    name = _line(head.name, type_.bold, 28, "ink", HIGH)
    yield name
    width = type_.sans.wide(head.kick, 26)
    if type_.bold.wide(name.text, 28) + 40 + width <= ROOM:
        yield Line(head.kick, type_.sans, 26, "quiet", EDGE + ROOM - width, HIGH)
    else:
        yield _line(head.kick, type_.sans, 26, "quiet", HIGH + 42)


def _beside(head: _Head, baseline: int, type_: Type) -> list[Line] | None:
    """A figure, and behind it, or where there is no room beneath it, who says it; the label first, on that baseline. None where it is too
    long for two lines each."""
    left, room = EDGE + INDENT, ROOM - INDENT
    label = _line(head.label, type_.sans, 24, "quiet", baseline, INDENT)
    for size in FIGURES:
        width = type_.bold.wide(head.figure, size)
        if width + 30 + type_.sans.wide(head.by, 28) <= room:
            at = baseline + 18 + size * 3 // 4
            return [
                label,
                Line(head.figure, type_.bold, size, "ink", left, at),
                Line(head.by, type_.sans, 28, "ink", left + width + 30, at),
            ]
    big = fitted(type_.bold, head.figure, FIGURES, room, 2 * leading(FIGURES[1]))
    by = fitted(type_.sans, head.by, (28, 26), room, 2 * leading(28))
    if big is None or by is None:
        return None
    first = baseline + 18 + big[0] * 3 // 4
    figure = [Line(row, type_.bold, big[0], "ink", left, first + leading(big[0]) * number) for number, row in enumerate(big[1])]
    under = figure[-1].baseline + big[0] // 4 + by[0] + 2
    return [label, *figure, *(Line(row, type_.sans, by[0], "ink", left, under + leading(by[0]) * n) for n, row in enumerate(by[1]))]


def _told(chart: ChartView, plot: Plot, speech: Speech) -> str:
    """What a chart shows, in words: who, and from when to when."""
    when = speech.gettext("%(start)s to %(end)s") % {"start": chart.first, "end": chart.last}
    return f"{speech.gettext('Figures')}: {', '.join([*plot.names, when])}"


def _matter(title: str, said: tuple[str, str, str], sizes: Sequence[int], room: int, type_: Type) -> list[Line] | None:
    """A claim's title in so many pixels, and what is said; None where this has no room below."""
    size, lines = shortened(type_.bold, title, (60, 50, 44), ROOM, room)
    top = 172 + size
    out = [Line(line, type_.bold, size, "ink", EDGE, top + leading(size) * number) for number, line in enumerate(lines)]
    label, figure, by = said
    below = _figure(label, figure, by, sizes, FIGURE - out[-1].baseline, type_) if figure else []
    return None if below is None else [*out, *below]


def _figure(label: str, figure: str, by: str, sizes: Sequence[int], height: int, type_: Type) -> list[Line] | None:
    """A figure with who says it, the label first, in so many pixels; None where it has no room."""
    said = fitted(type_.sans, by, (30, 26), ROOM - INDENT, 80)
    if said is None:
        return None
    size, lines = said
    rest = height - 88 - len(lines) * leading(size)
    big = fitted(type_.bold, figure, sizes, ROOM - INDENT, rest)
    if big is None:
        return None
    below = upward(lines, FIGURE, leading(size) + 4)
    above = upward(big[1], below[0][1] - size - 4 - big[0] // 4 if below else FIGURE, leading(big[0]))
    return [
        _line(label, type_.sans, 24, "quiet", above[0][1] - big[0] * 3 // 4 - 22, INDENT),
        *(Line(line, type_.bold, big[0], "ink", EDGE + INDENT, at) for line, at in above),
        *(Line(line, type_.sans, size, "ink", EDGE + INDENT, at) for line, at in below),
    ]


def _figures(one: StatedView) -> str:
    return "; ".join(f"{figure.text} {figure.scope}" if figure.scope else figure.text for figure in one.statement.figures)


def _by(one: StatedView, speech: Speech) -> str:
    """Who says it and as of when, in the words of the page."""
    speakers = one.statement.speakers
    count = len(speakers)
    who = "".join(f"{speaker.text}{speech.joint(number, count)}" for number, speaker in enumerate(speakers, 1))
    times = [f"{time.label} {time.date.text}" for time in one.statement.times]
    return ", ".join([who or speech.gettext("speaker not yet judged"), *times])


def _alt(*parts: str) -> str:
    """The words of a card, one after the other."""
    text = " ".join(part if part.endswith((".", "!", "?", "…")) else f"{part}." for part in parts if part)
    return text if len(text) <= ALT else text[:ALT].rsplit(" ", 1)[0] + " …"
