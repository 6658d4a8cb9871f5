"""Where finished pages are kept: in the process, or in Redis for all processes."""

from importlib import import_module
from typing import Protocol, cast

from web.keeping.local import Local
from web.keeping.page import Page

__all__ = ["Local", "Page", "Store", "open_store"]


class Store(Protocol):
    """Keeps pages by their address, and may forget any of them."""

    def get(self, key: str) -> Page | None:
        """The page that was last put there, if it is still kept."""

    def put(self, key: str, page: Page) -> None:
        """Keep a page in place of the one before."""

    def is_well(self) -> bool:
        """Whether what is put there now can be got."""


def open_store(url: str) -> Store:
    """The store that `EARSHOT_CACHE_URL` names; in the process by default.

    What Redis needs is not imported where it is not used.
    """
    if url.startswith(("redis://", "rediss://")):
        return cast("Store", import_module("web.keeping.shared").Shared(url))
    return Local[Page]()
