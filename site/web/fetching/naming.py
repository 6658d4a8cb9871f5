"""Asking name servers: where a name leads, and what a domain says of itself."""

from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any

import dns.exception
import dns.rdatatype
import dns.resolver

from stories.models.speaking import Finding
from stories.settings import Settings, door
from web.fetching.guarding import is_outside
from web.fetching.trouble import Unfetchable

SECONDS = 5.0
"""So long all name servers together have for one question."""
MOST_ANSWERS = 50
NOTHING = (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.resolver.NoRootSOA)


def texts(settings: Settings, name: str) -> list[str]:
    """What TXT records say; raises Unfetchable where no server answers."""
    parts = (record.strings for record in _asked(settings, name, "TXT"))
    return [b"".join(each).decode("ascii", "replace") for each in parts]


def place(settings: Settings, host: str, port: int) -> tuple[str, int]:
    """The address to connect to; raises Unfetchable unless all of the name's lie
    outside, but for the one that tests and developers name in the settings."""
    addresses = [host] if _is_number(host) else _addresses(settings, host)
    if not addresses:
        raise Unfetchable(Finding.AWAY)
    if all(is_outside(each) for each in addresses) and port in (80, 443):
        return addresses[0], port
    allowed, its_port = _let_through(settings)
    if set(addresses) == {allowed} and port in (80, its_port):
        return allowed, its_port
    raise Unfetchable(Finding.INSIDE)


def _let_through(settings: Settings) -> tuple[str, int]:
    """The one address inside that tests ask; none where strangers reach the site."""
    allowed = settings.fetch_inside and not settings.exposed
    return door(settings.fetch_inside) if allowed else ("", 0)


def _addresses(settings: Settings, host: str) -> list[str]:
    found: list[str] = []
    for kind in ("A", "AAAA"):
        found += [str(each.address) for each in _asked(settings, host, kind)]
    return found


def _asked(settings: Settings, name: str, kind: str) -> Iterable[Any]:
    try:
        answer = _resolver(settings).resolve(name, kind, lifetime=SECONDS, search=False)
    except NOTHING:
        return []
    except dns.exception.Timeout:
        raise Unfetchable(Finding.SLOW) from None
    except (dns.exception.DNSException, OSError, UnicodeError):
        raise Unfetchable(Finding.AWAY) from None
    return list(answer)[:MOST_ANSWERS]


def _resolver(settings: Settings) -> dns.resolver.Resolver:
    if not settings.resolver:
        return dns.resolver.Resolver()
    resolver = dns.resolver.Resolver(configure=False)
    host, resolver.port = door(settings.resolver)
    resolver.nameservers = [host]
    return resolver


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
