"""Languages of texts and of the interface, as BCP 47 tags."""

from stories.languages.detection import Guess, detect, prepare
from stories.languages.interface import INTERFACE_LANGUAGES
from stories.languages.names import Choice, choosable, name, own_name
from stories.languages.passages import another_language
from stories.languages.tags import (
    LONGEST,
    PATTERN,
    UNKNOWN,
    Tag,
    direction,
    fallback,
    match,
    tag,
    understands,
)

__all__ = [
    "INTERFACE_LANGUAGES",
    "LONGEST",
    "PATTERN",
    "UNKNOWN",
    "Choice",
    "Guess",
    "Tag",
    "another_language",
    "choosable",
    "detect",
    "direction",
    "fallback",
    "match",
    "name",
    "own_name",
    "prepare",
    "tag",
    "understands",
]
