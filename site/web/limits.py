"""How much one network, one member or one mail address may ask for, and how often.

    @pages.post("/stories/<int:number>/comments")
    @limited("comment")
    def comment(number: int) -> Response: ...

What is over the limit answers 429, with `Retry-After`.
"""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from typing import Any, Protocol, TypeVar, cast

import structlog
from flask import Flask, current_app, request, session
from limits import RateLimitItemPerSecond
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter
from werkzeug.exceptions import TooManyRequests

from stories.settings import Settings
from web.auth import visitor
from web.keys import keys
from web.tallying import Away, Tally

View = TypeVar("View", bound=Callable[..., Any])

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
HALF_A_DAY = timedelta(hours=12)
"""The longest of a network: what is counted is kept for twice the time, and the privacy
page says a day."""
DAY = timedelta(days=1)
"""Of members only."""
LONG = {MINUTE: "a minute", HOUR: "an hour"}
"""How the times of a program's limits are called."""
FILE = "limits.sqlite"


@dataclass(frozen=True)
class Limit:
    """So many in so long, `per` network, member, or mail address in the form."""

    per: str
    most: int
    within: timedelta


TABLE: dict[str, tuple[Limit, ...]] = {
    "sign_in": (
        Limit("network", 30, 10 * MINUTE),
        Limit("email", 30, HOUR),
    ),
    "code": (
        Limit("network", 20, 10 * MINUTE),
        Limit("session", 10, 10 * MINUTE),
    ),
    "register": (Limit("network", 20, HOUR), Limit("email", 5, HOUR)),
    "mail": (
        Limit("network", 20, HOUR),
        Limit("email", 5, HOUR),
        Limit("member", 10, HOUR),
    ),
    "publish": (Limit("network", 60, HOUR), Limit("member", 20, HOUR)),
    "translate": (
        Limit("network", 60, HOUR),
        Limit("member", 20, HOUR),
        Limit("member", 60, DAY),
    ),
    "comment": (
        Limit("network", 120, HOUR),
        Limit("member", 60, HOUR),
        Limit("email", 10, HOUR),
    ),
    "upload": (Limit("network", 200, HOUR), Limit("member", 100, HOUR)),
    "flag": (Limit("network", 60, HOUR), Limit("member", 30, HOUR)),
    "follow": (Limit("network", 300, HOUR), Limit("member", 120, HOUR)),
    "claim": (Limit("network", 20, HALF_A_DAY), Limit("member", 10, HALF_A_DAY)),
    "desk": (Limit("network", 1200, HOUR), Limit("member", 600, HOUR)),
    "token": (Limit("network", 1200, HOUR), Limit("token", 600, HOUR)),
    "look": (Limit("network", 120, HOUR), Limit("member", 30, HOUR)),
    "draft": (Limit("network", 1200, HOUR),),
    "preview": (Limit("network", 600, HOUR),),
    "machine": (
        Limit("network", 30, HOUR),
        Limit("network", 120, HALF_A_DAY),
        Limit("member", 30, HOUR),
        Limit("member", 100, DAY),
    ),
    "search": (Limit("network", 120, MINUTE),),
    "shared": (Limit("network", 600, MINUTE),),
    "suggest": (Limit("network", 600, MINUTE),),
    "record": (Limit("network", 6, HOUR),),
    "export": (Limit("network", 60, HOUR), Limit("member", 10, HOUR)),
}
"""All limits of the site."""

ASKED = frozenset(("token", "search", "suggest", "shared", "record", "export"))
"""What is limited in asking; the rest is limited in doing."""
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
log = structlog.get_logger("earshot")


class Counter(Protocol):
    """Counts for all processes of the site."""

    def hit(self, name: str, most: int, within: int) -> float:
        """Count one more, or tell in how many seconds there is room. Raises Away."""

    def forget(self) -> None:
        """Remove what counts no longer."""


class InRedis:
    """Counts for processes on several machines."""

    def __init__(self, url: str) -> None:
        kept = storage_from_string(url, wrap_exceptions=True)
        self._limiter = SlidingWindowCounterRateLimiter(kept)

    def hit(self, name: str, most: int, within: int) -> float:
        """Count one more, or tell in how many seconds there is room. Raises Away."""
        item = RateLimitItemPerSecond(most, within)
        try:
            if self._limiter.hit(item, name):
                return 0.0
            until = self._limiter.get_window_stats(item, name).reset_time
        except StorageError as trouble:
            raise Away from trouble
        return max(until - time.time(), 1.0)

    def forget(self) -> None:
        """Redis does so by itself."""


def told(name: str) -> str:
    """What `TABLE[name]` allows, in English, for those who write programs.

    >>> told("search")
    '120 a minute from one network'
    """
    return ", ".join(
        f"{limit.most} {LONG[limit.within]} from one {limit.per}"
        for limit in TABLE[name]
    )


def install(app: Flask, settings: Settings) -> None:
    """Count in a file for the processes of this machine, or in Redis for all."""
    app.extensions["limits"] = None if settings.unlimited else _counter(settings)


def forget() -> None:
    """Remove counts of days that are over."""
    counter: Counter | None = current_app.extensions["limits"]
    if counter is not None:
        with suppress(Away):
            counter.forget()


def _counter(settings: Settings) -> Counter:
    if settings.cache_url:
        return InRedis(settings.cache_url)
    return Tally(settings.data / FILE, keys(settings)[0])


def limited(name: str) -> Callable[[View], View]:
    """Decorates a view that takes no more than `TABLE[name]` allows."""

    def decorate(view: View) -> View:
        @wraps(view)
        def within_limits(*args: Any, **more: Any) -> Any:
            if name in ASKED or request.method not in SAFE:
                _count(name, TABLE[name])
            return view(*args, **more)

        within_limits.limit = name  # type: ignore[attr-defined]
        return cast("View", within_limits)

    return decorate


def _count(name: str, limits: tuple[Limit, ...]) -> None:
    counter: Counter | None = current_app.extensions["limits"]
    if counter is None:
        return
    for limit, whose in _whose(limits):
        within = int(limit.within.total_seconds())
        what = f"{name}/{limit.per}/{whose}/{within}"
        try:
            wait = counter.hit(what, limit.most, within)
        except Away:
            log.warning("limits are not counted: their storage does not answer")
            return
        if wait:
            raise TooManyRequests(retry_after=math.ceil(wait))


def _whose(limits: tuple[Limit, ...]) -> Iterator[tuple[Limit, str]]:
    """Who is counted by each limit; nobody where there is no such person."""
    for limit in limits:
        whose = WHOSE[limit.per]()
        if whose:
            yield limit, whose


def _network() -> str:
    """The reader's address; with IPv6 the network, which is one person's as well."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return f"{int(address) >> 64:x}"
    return str(address)


def _member() -> str:
    member = visitor()
    return str(member.id) if member else ""


def _email() -> str:
    """The mail address in the form."""
    return _hidden(request.form.get("email", "").strip().lower())


def _hidden(words: str) -> str:
    """So that nothing can be read from what is kept."""
    return sha256(words.encode()).hexdigest()[:32] if words else ""


def _token() -> str:
    """The program that asks, by what it shows."""
    return _hidden(request.headers.get("Authorization", ""))


def _session() -> str:
    """Whose second factor is asked for, on whatever device."""
    return _hidden(str(session.get("tf_user_id", "")))


WHOSE = {
    "network": _network,
    "member": _member,
    "email": _email,
    "session": _session,
    "token": _token,
}
