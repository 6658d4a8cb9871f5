"""The languages that Earshot's own words are in: one folder of `translations/` each."""

from collections.abc import Iterable
from pathlib import Path

from stories.languages.names import COMMON

WRITTEN_IN = "en"
"""The language of the source, which needs no catalogue."""

PACKAGE = Path(__file__).parents[1]


def folder() -> Path:
    """The catalogues: in the installed package, else beside it in a checkout."""
    installed = PACKAGE / "translations"
    return installed if installed.is_dir() else PACKAGE.parent / "translations"


def home(tag: str) -> Path:
    """The folder of one language, named as gettext names it.

    >>> home("pt-BR").name
    'pt_BR'
    """
    return folder() / tag.replace("-", "_")


def translated(folder: Path) -> tuple[str, ...]:
    """The languages that Earshot speaks with these catalogues, its own first."""
    tags = (path.parents[1].name for path in folder.glob("*/LC_MESSAGES/messages.po"))
    return (WRITTEN_IN, *_ordered(tag.replace("_", "-") for tag in tags))


def _ordered(tags: Iterable[str]) -> list[str]:
    """Common ones first, as in every list of languages."""
    place = {tag: number for number, tag in enumerate(COMMON)}
    return sorted(tags, key=lambda tag: (place.get(tag.split("-")[0], len(place)), tag))


INTERFACE_LANGUAGES = translated(folder())
"""The languages of the interface, the one for everybody else first."""
