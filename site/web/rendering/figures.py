"""What pictures of figures draw: labels, counts of both windows, years in a row."""

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any, NamedTuple

from stories.figures import Days, Figures, Record, Share, window_begins
from web.i18n import gettext as _
from web.i18n import ngettext
from web.rendering.dates import day, duration
from web.rendering.names import choices, colon
from web.rendering.numbers import number

Named = list[tuple[str, Any]]
DRAWN = 5
"""Fewer are said in words: a picture would make more of them than they are."""
COLOURED = frozenset(("complaint", "praise", "mixed"))


class Bar(NamedTuple):
    """A bar: what it counts, of all times and in the shorter window."""

    words: str
    number: int
    lately: int
    colour: str = ""


def is_drawn(number: int) -> bool:
    """Whether there are enough for a picture."""
    return number >= DRAWN


def spelled(bars: Iterable[Bar]) -> str:
    """Complaint: 3 · Praise: 1."""
    counted = (bar.words + colon() + number(bar.number) for bar in bars if bar.number)
    return " · ".join(counted)


def kind_bars(record: Record) -> list[Bar]:
    """Complaints beside praise; those of a kind not known where there are any."""
    ever, year = record.ever.kinds, record.year.kinds
    return [
        Bar(words, ever.get(code, 0), year.get(code, 0), code * (code in COLOURED))
        for code, words in choices("kind")
        if code in COLOURED or ever.get(code)
    ]


def ending_bars(ever: Mapping[str, int], year: Mapping[str, int]) -> list[Bar]:
    """Every outcome that there is, in their order, “no word” among them."""
    return [
        Bar(words, ever[code], year.get(code, 0))
        for code, words in choices("ending")
        if ever.get(code)
    ]


def offer_bars(ever: Figures, year: Figures) -> list[Bar]:
    """What became of the offers that were made here."""
    return [
        Bar(words, ever.offers[code], year.offers.get(code, 0))
        for code, words in choices("offer_count")
        if ever.offers.get(code)
    ]


def day_bars(ever: Days, year: Days | None) -> list[Bar]:
    """Answers by how long they took, up to the slowest."""
    lately = [group.number for group in year.groups] if year else [0] * 99
    bars = [
        Bar(_span(group.first, group.last), group.number, late)
        for group, late in zip(ever.groups, lately, strict=False)
    ]
    while bars and not bars[-1].number:
        bars.pop()
    return bars


def _span(first: int, last: int | None) -> str:
    if last is None:
        return ngettext("over %(n)s day", "over %(n)s days", first - 1)
    if first == last:
        return _("the same day")
    return _("%(first)s to %(last)s days", first=number(first), last=number(last))


def both(record: Record, name: str) -> list[tuple[str, Share | None]]:
    """A share of all times, and that of the shorter window where it is another."""
    ever, year = getattr(record.ever, name), getattr(record.year, name)
    lately = [(since_window(), year)] if year and year != ever else []
    return [(_("All"), ever), *lately]


def since_window() -> str:
    """How the shorter window is called: Since 1 March 2026."""
    return _("Since %(date)s", date=day(window_begins(), "day"))


def middle(days: Days) -> str:
    """Half of the first answers came within 4 days."""
    median = days.median
    if median < 1:
        return _("Half of the first answers came on the same day")
    whole = round(median)
    return ngettext(
        "Half of the first answers came within %(n)s day",
        "Half of the first answers came within %(n)s days",
        whole,
    )


def middle_day(days: Days) -> str:
    """The same day; 4 days."""
    whole = round(days.median)
    if days.median < 1:
        return _("the same day")
    return ngettext("%(n)s day", "%(n)s days", whole)


def columns_drawn(counts: list[int]) -> str:
    """Columns beside each other as one path: each 8 wide, one unit from the next; the
    highest ends 30 above the ground, which lies at 31."""
    most = max(counts)
    return "".join(
        f"M{10 * at + 1} 31h8v-{30 * count / most:.3g}h-8z"
        for at, count in enumerate(counts)
        if count
    )


def years_from(first: int, last: int) -> str:
    """2008; 2008–2011."""
    return str(first) if first == last else f"{first}–{last}"


def hours_told(figures: Figures) -> str:
    """How long authors spent, of those who told it."""
    return duration(figures.minutes) if figures.minutes < 60 else _hours(figures)


def _hours(figures: Figures) -> str:
    hours = round(figures.minutes / 60)
    return ngettext("%(n)s hour", "%(n)s hours", hours)


def differences(rows: list[tuple[str, Share | None]]) -> list[str]:
    """Which ranges of shares lie apart, or that there is nothing to see."""
    known = [(name, share) for name, share in rows if share]
    apart = [
        _(
            "%(higher)s lies above %(lower)s: their ranges do not meet.",
            **_in_order(*two),
        )
        for two in combinations(known, 2)
        if not two[0][1].overlaps(two[1][1])
    ]
    if apart or len(known) < 2:
        return apart
    return [_("The ranges overlap: these figures show no difference.")]


def _in_order(one: tuple[str, Share], other: tuple[str, Share]) -> dict[str, str]:
    lower, higher = sorted((one, other), key=lambda each: each[1].value)
    return {"lower": lower[0], "higher": higher[0]}


def named(things: Iterable[Any], windows: Iterable[Figures], name: str) -> Named:
    """A figure of each of some companies or products, with its name."""
    pairs = zip(things, windows, strict=True)
    return [(thing.name, getattr(window, name)) for thing, window in pairs]


GLOBALS = {
    function.__name__: function
    for function in (
        is_drawn,
        spelled,
        kind_bars,
        ending_bars,
        offer_bars,
        day_bars,
        both,
        since_window,
        middle,
        middle_day,
        columns_drawn,
        years_from,
        hours_told,
        differences,
        named,
    )
}
