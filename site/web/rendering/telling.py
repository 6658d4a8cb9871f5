"""What a story's facts say in a few words: what it took, how a call went."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from markupsafe import Markup

from stories.effort import Effort
from stories.models import Caution, Contact
from web.i18n import gettext as _
from web.i18n import ngettext
from web.rendering.dates import day, duration, later
from web.rendering.names import colon, comma, label
from web.rendering.numbers import listed


def effort(effort: Effort) -> Markup:
    """What it took: 2 calls, 2 hours and 3 people."""
    calls, messages, visits = effort.calls, effort.messages, effort.visits
    return _joined(
        calls and ngettext("%(n)s call", "%(n)s calls", calls),
        messages and ngettext("%(n)s message", "%(n)s messages", messages),
        visits and ngettext("%(n)s visit", "%(n)s visits", visits),
        effort.minutes and duration(effort.minutes),
        effort.people and _people(effort.people),
    )


def hours_long(hours: float) -> str:
    """A time between two contacts: 35 min; 6 hours; a day; 3 days."""
    if hours < 18:
        return duration(round(hours * 60)) if hours < 2 else _hours(round(hours))
    days = max(1, round(hours / 24))
    return ngettext("%(n)s day", "%(n)s days", days)


def measures(contact: Contact) -> Markup:
    """How a contact went: 35 min, 20 min of them waiting, and 3 people."""
    called, transfers = contact.numbers_called or 0, contact.transfers or 0
    return _joined(
        contact.minutes and duration(contact.minutes),
        contact.wait_minutes and _waiting(contact.wait_minutes),
        contact.people and _people(contact.people),
        called and ngettext("%(n)s number called", "%(n)s numbers called", called),
        transfers and ngettext("passed on once", "passed on %(n)s times", transfers),
    )


def later_hours(hours: Decimal | float) -> str:
    """As `later`, from hours."""
    return later(timedelta(hours=float(hours)))


def told_line(steps: Iterable[str], outcome: str) -> str:
    """What the thread drawn in one line tells: 3 tries, 2 answers: Resolved."""
    sides = [step[0] for step in steps]
    tries, answers = sides.count("a"), sides.count("c")
    return _(
        "%(tries)s, %(answers)s: %(outcome)s",
        tries=ngettext("%(n)s step by the author", "%(n)s steps by the author", tries),
        answers=ngettext("%(n)s by the company", "%(n)s by the company", answers),
        outcome=label("outcome", outcome),
    )


def warned(caution: Caution) -> str:
    """What there is to know, since when, in whose words: a line of plain text."""
    what, date = label("concern", caution.concern), day(caution.since)
    told = _("%(what)s, since %(date)s", what=what, date=date)
    if caution.by == "author":
        told += comma() + _("as the author says")
    if caution.by == "checked":
        told += comma() + _("as the author says; staff have checked it")
    return told + colon() + caution.words if caution.words else told


def _hours(number: int) -> str:
    return ngettext("%(n)d hour", "%(n)d hours", number)


def _people(number: int) -> str:
    return ngettext("%(n)s person", "%(n)s people", number)


def _waiting(minutes: int) -> str:
    # TRANSLATORS: a part of how long a call took: 20 min of waiting
    return _("%(duration)s of waiting", duration=duration(minutes))


def _joined(*parts: object) -> Markup:
    return listed(str(part) for part in parts if part)


FILTERS = {"measures": measures, "warned": warned}
GLOBALS = {
    "effort": effort,
    "hours_long": hours_long,
    "later_hours": later_hours,
    "told_line": told_line,
}
