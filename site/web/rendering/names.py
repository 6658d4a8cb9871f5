"""What codes, languages and countries are called in the reader's language."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from flask_babel import gettext as _
from markupsafe import Markup

from web.i18n import direction, language, locale_of
from web.labels import LABELS


def label(of: str, code: str) -> str:
    """A code's label from one of the lists: `label("outcome", story.outcome)`."""
    return _label(language(), of, str(code))


def choices(of: str) -> list[tuple[str, str]]:
    """A list's codes with their labels, for a form."""
    return [(code, label(of, code)) for code in LABELS[of]]


def language_name(tag: str) -> str:
    """Italian, italiano, الإيطالية: what the reader calls a language."""
    if tag.startswith("und"):
        return _("Language not known")
    return _language_name(language(), tag)


def country_name(code: str) -> str:
    """What the reader calls a country; the code itself where nobody knows it."""
    return str(locale_of(language()).territories.get(code.upper(), code))


def passage(tag: str) -> Markup:
    """Attributes for words of another language than the page's: `lang` and `dir`."""
    return _passage(language(), tag)


@lru_cache(maxsize=4096)
def _label(tag: str, of: str, code: str) -> str:  # noqa: ARG001 - a part of the key
    return str(LABELS[of][code])


@lru_cache(maxsize=2048)
def _language_name(tag: str, named: str) -> str:
    try:
        name = Locale.parse(named, sep="-").get_display_name(locale_of(tag))
    except (UnknownLocaleError, ValueError):
        name = None
    return name or named


@lru_cache(maxsize=2048)
def _passage(page: str, tag: str) -> Markup:
    if page == tag:
        return Markup("")
    spoken = "" if tag.startswith("und") else tag
    return Markup(' lang="{}" dir="{}"').format(spoken, direction(tag))


FILTERS = {"language_name": language_name, "country_name": country_name}
GLOBALS = {"label": label, "choices": choices, "passage": passage}
