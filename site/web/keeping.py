"""Where finished pages are kept: in the process, or in Redis for all processes."""

import json
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import Protocol

import structlog
from redis import Redis, RedisError

from web.cache import Stand

MOST_BYTES = 16 * 1024 * 1024
"""All that a process keeps."""
LARGEST = MOST_BYTES // 16
"""A page larger than this is not worth its place."""
REDIS_SECONDS = 0.25
DAY = 24 * 60 * 60

log = structlog.get_logger("earshot")


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of an answer, plain and packed, with all its headers."""

    stand: Stand
    tag: str
    headers: tuple[tuple[str, str], ...]
    plain: bytes
    packed: bytes

    @property
    def size(self) -> int:
        """Bytes in memory, about."""
        return len(self.plain) + len(self.packed) + 2048


class Store(Protocol):
    """Keeps pages by their address, and may forget any of them."""

    def get(self, key: str) -> Page | None:
        """The page that was last put there, if it is still kept."""

    def put(self, key: str, page: Page) -> None:
        """Keep a page in place of the one before."""


def open_store(url: str) -> Store:
    """The store that `EARSHOT_CACHE_URL` names; in the process by default."""
    if url.startswith(("redis://", "rediss://")):
        return Shared(url)
    return Local()


class Local:
    """The pages last asked for, up to so many bytes."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._size = 0
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Page | None:
        """The page, which is now the last that was asked for."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: str, page: Page) -> None:
        """Keep it, and forget those that nobody asked for the longest."""
        with self._lock:
            self._forget(key)
            if page.size > LARGEST:
                return
            self._pages[key] = page
            self._size += page.size
            while self._size > self._most:
                self._forget(next(iter(self._pages)))

    def _forget(self, key: str) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self._size -= page.size


class Shared:
    """Pages in Redis; without it for a while, every page is simply made anew."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(
            url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS
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
