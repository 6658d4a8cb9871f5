"""What a list of labels is."""

from collections.abc import Mapping
from typing import NamedTuple


class Label(NamedTuple):
    """A message yet to be translated, with its context where it needs one."""

    message: str
    context: str = ""


Labels = Mapping[str, Label]


def say(message: str) -> Label:
    """A label that speaks for itself."""
    return Label(message)


def say_in(context: str, message: str) -> Label:
    """A short word whose translation depends on where it stands."""
    return Label(message, context)
