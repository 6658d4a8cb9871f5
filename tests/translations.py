"""Are all catalogues whole? `python -m tests.translations TEMPLATE` says what is not;
with `languages` in its place it names those that need a catalogue.

Whole means: every message of the source translated, none fuzzy, every plural form
filled, the same named places on both sides, nothing left that the source no longer
says. What Flask-Security says counts with its own translations and ours together,
and only what it can come to say here.
"""

import re
import sys
from collections.abc import Iterator
from gettext import find
from importlib.resources import files
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from flask_security.core import _default_messages

from stories.languages.interface import INTERFACE_LANGUAGES, WRITTEN_IN, folder
from web.accounts.words import WORDS

HOME = folder()
PLACE = re.compile(r"%\((\w+)\)[a-z]|\{(\w+)\}")
OFF = (
    "FAILED_TO_SEND",
    "INVALID_INPUT",
    "OAUTH",
    "PASSWORD_BREACHED",
    "PHONE",
    "REFRESH",
    "USERNAME",
    "US_",
    "WEBAUTHN",
)
"""Beginnings of what belongs to ways in that Earshot does not offer."""
COUNTS = {"n", "num", "count"}
TRANSLATED = [
    str(Locale.parse(tag, sep="-")) for tag in INTERFACE_LANGUAGES if tag != WRITTEN_IN
]


def main(template: Path) -> int:
    """Print every fault of every catalogue; 1 if there is any."""
    faults = [
        f"{language}: {fault}"
        for language in TRANSLATED
        for fault in all_faults(template, HOME / language / "LC_MESSAGES", language)
    ]
    print("\n".join(faults) or "Translations are complete.")  # noqa: T201
    return 1 if faults else 0


def all_faults(template: Path, ours: Path, language: str) -> Iterator[str]:
    """What is wrong with the catalogues of one language."""
    wanted, found = catalogue(template), catalogue(ours / "messages.po", language)
    yield from (*missing(wanted, found), *wrong(found), *left(wanted, found))
    for fault in security_faults(ours / "flask_security.po", language):
        yield f"flask_security: {fault}"


def security_faults(ours: Path, language: str) -> Iterator[str]:
    """What neither Flask-Security nor our completion of it says in `language`."""
    said = catalogue(ours, language)
    yield from wrong(said)
    home = str(files("flask_security") / "translations")
    theirs = find("flask_security", home, [language])  # as its loader finds it
    if theirs:
        for message in messages(catalogue(Path(theirs).with_suffix(".po"), language)):
            if message.id not in said and not message.fuzzy:
                said[message.id] = message
    yield from missing(security_words(), said)


def security_words() -> Catalog:
    """What Flask-Security can say here: no way in that is off, nothing that is said
    in our own words. Labels and letters are in our templates."""
    found = Catalog()
    for key, (words, _) in _default_messages.items():
        if key not in WORDS and not key.startswith(OFF):
            found.add(words)
    return found


def catalogue(path: Path, language: str | None = None) -> Catalog:
    """The catalogue in a file, or an empty one where there is none."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def messages(catalogue: Catalog) -> Iterator[Message]:
    """Its messages without its header."""
    return (message for message in catalogue if message.id)


def missing(wanted: Catalog, found: Catalog) -> Iterator[str]:
    """Messages that are not there, not translated, or only guessed."""
    for message in messages(wanted):
        translated = found.get(message.id, message.context)
        if translated is None or not all(forms(translated)):
            yield f"not translated: {first(message)!r}"
        elif translated.fuzzy:
            yield f"only guessed (fuzzy): {first(message)!r}"


def wrong(found: Catalog) -> Iterator[str]:
    """Translations with too few plural forms, or with other places than the source."""
    for message in messages(found):
        filled = [form for form in forms(message) if form]
        if message.pluralizable and filled and len(filled) != found.num_plurals:
            yield f"{found.num_plurals} forms needed: {first(message)!r}"
        if any(not same_places(message, form) for form in filled):
            yield f"other places than in the source: {first(message)!r}"


def left(wanted: Catalog, found: Catalog) -> Iterator[str]:
    """Messages that the source no longer says."""
    for message in messages(found):
        if wanted.get(message.id, message.context) is None:
            yield f"no longer in the source: {first(message)!r}"


def same_places(message: Message, form: str) -> bool:
    """Whether one form has the source's places; a plural may leave out its count."""
    wanted = set().union(*(places(source) for source in sources(message)))
    spare = COUNTS if message.pluralizable else set()
    return wanted - spare <= places(form) <= wanted


def places(text: str) -> set[str]:
    """The names of the places in a message: `%(name)s` and `{name}`."""
    return {one or other for one, other in PLACE.findall(text)}


def sources(message: Message) -> list[str]:
    """What it says in English, in singular and plural."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


def forms(message: Message) -> list[str]:
    """Its translation, in all its plural forms."""
    if isinstance(message.string, str):
        return [message.string]
    return list(message.string)


def first(message: Message) -> str:
    """Its source, in the singular."""
    return message.id if isinstance(message.id, str) else message.id[0]


if __name__ == "__main__":
    if sys.argv[1] == "languages":
        sys.exit(print(*TRANSLATED))  # noqa: T201
    sys.exit(main(Path(sys.argv[1])))
