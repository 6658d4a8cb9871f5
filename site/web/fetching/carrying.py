"""Connections that go where a check has led, and end when they take too long."""

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from stories.models.speaking import Finding
from stories.settings import Settings
from web.fetching.naming import place
from web.fetching.trouble import Unfetchable


class Patience:
    """How long one fetch may still take, and how much it may still bring."""

    def __init__(self, seconds: float, size: int) -> None:
        self._until = time.monotonic() + seconds
        self._size = size

    def left(self, wanted: float | None = None) -> float:
        """Seconds for the next step; raises Unfetchable where there are none."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise Unfetchable(Finding.SLOW)
        return left if wanted is None else min(wanted, left)

    def take(self, size: int) -> None:
        """So much has come; raises Unfetchable where it is too much."""
        self._size -= size
        if self._size < 0:
            raise Unfetchable(Finding.LARGE)


class Guarded(httpcore.NetworkBackend):
    """Resolves a name, checks where it leads, and connects there and nowhere else.

    The name itself goes on to be compared with the server's certificate.
    """

    def __init__(self, settings: Settings, patience: Patience) -> None:
        self._settings = settings
        self._patience = patience
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        address, door = place(self._settings, host, port)
        stream = self._plain.connect_tcp(address, door, self._patience.left(timeout))
        return Bounded(stream, self._patience)

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        raise Unfetchable(Finding.INSIDE)

    def sleep(self, seconds: float) -> None:
        time.sleep(self._patience.left(seconds))


class Bounded(httpcore.NetworkStream):
    """A connection that brings no more, and stays no longer, than one has patience."""

    def __init__(self, stream: httpcore.NetworkStream, patience: Patience) -> None:
        self._stream = stream
        self._patience = patience

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        came = self._stream.read(max_bytes, self._patience.left(timeout))
        self._patience.take(len(came))
        return came

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._patience.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._patience.left(timeout)
        secured = self._stream.start_tls(ssl_context, server_hostname, left)
        return Bounded(secured, self._patience)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
