"""Time zones to choose from, by country and city, in the reader's language."""

from functools import cache
from zoneinfo import available_timezones

from babel.core import get_global
from babel.dates import get_timezone_location

from web.i18n import language, locale_of

NOWHERE = "001"


def zones(chosen: str) -> list[tuple[str, str]]:
    """Every zone with its name; one that was chosen by another name is kept."""
    known = _zones(language())
    missing = chosen not in {zone for zone, _ in known}
    return [*known, (chosen, chosen)] if missing else list(known)


@cache
def _zones(tag: str) -> tuple[tuple[str, str], ...]:
    """`UTC` first, then as in (`Europe/Rome`, `Italia · Roma`), by that name.

    Left out: old names of zones, and zones that lie in no country.
    """
    countries, old = get_global("zone_territories"), get_global("zone_aliases")
    named = [
        (zone, _name(tag, zone, countries[zone]))
        for zone in available_timezones() & countries.keys() - old.keys()
        if countries[zone] != NOWHERE
    ]
    return ("UTC", "UTC"), *sorted(named, key=lambda each: each[1].casefold())


def _name(tag: str, zone: str, country: str) -> str:
    locale = locale_of(tag)
    city = get_timezone_location(zone, locale=locale, return_city=True)
    return f"{locale.territories.get(country, country)} · {city.rpartition('/')[2]}"
