"""What codes, languages and countries are called in the reader's language."""

from functools import lru_cache
from unicodedata import east_asian_width

from markupsafe import Markup

from stories import languages
from stories.languages import UNKNOWN
from web import addresses
from web.i18n import gettext as _
from web.i18n import language, locale_of, pgettext
from web.labels import LABELS


def label(of: str, code: str) -> str:
    """A code's label from one of the lists: `label("outcome", story.outcome)`."""
    message, context = LABELS[of][code]
    return pgettext(context, message) if context else _(message)


def choices(of: str) -> list[tuple[str, str]]:
    """A list's codes with their labels, for a form."""
    return [(code, label(of, code)) for code in LABELS[of]]


def language_name(tag: str) -> str:
    """Italian, italiano, الإيطالية: what the reader calls a language."""
    if tag.startswith(UNKNOWN):
        return _("Language not known")
    return languages.name(tag, language())


def country_name(code: str) -> str:
    """What the reader calls a country; the code itself where nobody knows it."""
    return str(locale_of(language()).territories.get(code.upper(), code))


def comma() -> str:
    """What stands between two facts side by side, such as a name and a job."""
    return pgettext("between two facts", ", ")


def colon() -> str:
    """What stands between a name and what is said of it."""
    return pgettext("between a name and what is said of it", ": ")


def spaced(words: str) -> str:
    """Words that lead on, with the space behind them; a wide mark brings its own."""
    return words if east_asian_width(words[-1:] or " ") in "WF" else words + " "


def local(path: str) -> str:
    """A page of the site, in the reader's language: `local("search")`."""
    return f"/{language()}/{path}"


def passage(tag: str) -> Markup:
    """Attributes for words of another language than the page's: `lang` and `dir`."""
    return _passage(language(), tag)


@lru_cache(maxsize=2048)
def _passage(page: str, tag: str) -> Markup:
    if page == tag:
        return Markup("")
    if tag.startswith(UNKNOWN):
        return Markup(' lang="" dir="auto"')
    return Markup(' lang="{}" dir="{}"').format(tag, languages.direction(tag))


def isolated(name: str) -> Markup:
    """A name in a sentence, whichever way its script runs."""
    return Markup("<bdi>{}</bdi>").format(name)


def spoken(words: str, tag: str) -> Markup:
    """Somebody's words in a sentence of the page, marked with their language."""
    return Markup("<bdi{}>{}</bdi>").format(passage(tag), words)


FILTERS = {
    "isolated": isolated,
    "spaced": spaced,
    "spoken": spoken,
    "language_name": language_name,
    "country_name": country_name,
}
GLOBALS = {
    "comma": comma,
    "colon": colon,
    "label": label,
    "choices": choices,
    "local": local,
    "passage": passage,
    **{name: of for name, of in vars(addresses).items() if name.endswith("_url")},
}
