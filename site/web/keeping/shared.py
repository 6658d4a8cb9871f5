"""Pages in Redis, for all processes."""

import json
from hashlib import sha256

import structlog
from redis import Redis, RedisError

from web.editions import Stand
from web.keeping.page import Page

SECONDS = 0.25
"""Redis answers faster than a page is made, or is not waited for."""
DAY = 24 * 60 * 60

log = structlog.get_logger("earshot")


class Shared:
    """Pages in Redis; without it for a while, every page is simply made anew."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(
            url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS
        )

    def get(self, key: str) -> Page | None:
        """The page, if Redis has it and answers in time."""
        try:
            found = self._redis.get(_name(key))
        except RedisError as trouble:
            log.warning("cache-is-away", why=type(trouble).__name__)
            return None
        return _read(found) if isinstance(found, bytes) else None

    def put(self, key: str, page: Page) -> None:
        """Keep it for a day, if Redis answers in time."""
        try:
            self._redis.set(_name(key), _written(page), ex=DAY)
        except RedisError as trouble:
            log.warning("cache-is-away", why=type(trouble).__name__)

    def is_well(self) -> bool:
        """Whether Redis answers."""
        try:
            return bool(self._redis.ping())
        except RedisError:
            return False


def _name(key: str) -> str:
    return "earshot:page:" + sha256(key.encode()).hexdigest()


def _written(page: Page) -> bytes:
    stand = (page.stand.table, page.stand.column, page.stand.value)
    head = json.dumps([stand, page.tag, page.headers, len(page.plain)]).encode()
    return head + b"\n" + page.plain + page.packed


def _read(found: bytes) -> Page:
    head, _, bodies = found.partition(b"\n")
    stand, tag, headers, length = json.loads(head)
    kept = tuple((name, value) for name, value in headers)
    return Page(Stand(*stand), tag, kept, bodies[:length], bodies[length:])
