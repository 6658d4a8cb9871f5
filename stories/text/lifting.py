"""Updates that authors wrote into their text, found again."""

from datetime import date
from typing import NamedTuple


class Lifted(NamedTuple):
    """An update found in a text; `on` is None where it gives no date."""

    on: date | None
    text: str


def lift_updates(text: str, published: date) -> tuple[str, list[Lifted]]:
    """The text without its updates, and the updates in order."""
    return text, []
