"""The reader's language: from the first part of the address to every word shown."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, tzinfo
from functools import cache, lru_cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from babel import Locale
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from flask import Flask, abort, current_app, g, request
from flask_babel import Babel, force_locale
from markupsafe import Markup, escape
from werkzeug.datastructures import LanguageAccept
from werkzeug.urls import iri_to_uri

from stories import languages
from stories.languages import INTERFACE_LANGUAGES
from stories.languages.interface import folder
from stories.problems import Problem
from stories.settings import BadSetting

LANGUAGES = INTERFACE_LANGUAGES
"""Interface languages, the one to fall back on first."""

CUSTOMS = {"en": Locale("en", "GB")}
"""Dates and numbers of a language that is not written in one country only."""

INNER = {
    "“": str.maketrans("“”", "‘’"),
    "„": str.maketrans("„“”", "‚‘’"),
    "«": str.maketrans("«»", "“”"),
    "「": str.maketrans("「」", "『』"),
}
"""The marks of a quotation within a quotation, by the mark that opens the outer one."""
QUOTED = re.compile(rf"([{''.join(INNER)}])%\((\w+)\)s")

Words = TypeVar("Words", str, Markup)

_spoken = ContextVar("language", default=LANGUAGES[0])


class Count(int):
    """A number in a sentence: `%(n)s` groups its digits as the language does."""

    def __str__(self) -> str:
        return _grouped(language(), int(self))


def install(app: Flask) -> None:
    """Take the language from `/<lang>/…` and translate what templates and pages say."""
    Babel(
        app,
        default_locale=LANGUAGES[0],
        default_translation_directories=str(folder()),
        locale_selector=lambda: locale_of(language()),
        timezone_selector=time_zone,
    )
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_put_language)
    app.teardown_request(_forget_language)
    app.jinja_env.globals.update(
        _=_shown,
        gettext=_shown,
        ngettext=_shown_plural,
        pgettext=_shown_in,
        npgettext=_shown_plural_in,
    )
    app.jinja_env.globals.update(
        language=language, direction=direction, alternates=alternates, own_name=own_name
    )


def language() -> str:
    """The interface language of this request, or the one of `speaking`."""
    return _spoken.get()


def locale_of(tag: str) -> Locale:
    """CLDR's customs for an interface language."""
    return CUSTOMS.get(tag) or Locale.parse(tag, sep="-")


def direction() -> str:
    """Which way the interface's language is written, `ltr` or `rtl`."""
    return languages.direction(language())


def own_name(tag: str) -> str:
    """What a language calls itself, at the head of a line: English, Italiano."""
    name = languages.own_name(tag)
    return name[:1].upper() + name[1:]


def time_zone() -> tzinfo:
    """The member's time zone where one is signed in (`g.time_zone`), else UTC."""
    name: str | None = g.get("time_zone")
    return ZoneInfo(name) if name else UTC


def negotiated(accepted: LanguageAccept, choice: str | None = None) -> str:
    """The interface language for somebody who came without one in the address."""
    wishes = [choice, *accepted.values()] if choice else accepted.values()
    return languages.match(wishes, LANGUAGES) or LANGUAGES[0]


def alternates() -> list[tuple[str, str]]:
    """The page in every interface language, for `hreflang`: (tag, full address)."""
    rule = request.url_rule
    if (
        rule is None
        or "lang" not in rule.arguments
        or "GET" not in (rule.methods or ())
    ):
        return []
    _, _, below = iri_to_uri(request.full_path).rstrip("?")[1:].partition("/")
    site = current_app.config["ADDRESS"]
    there = [(tag, f"{site}/{tag}/{below}") for tag in LANGUAGES]
    return [*there, ("x-default", there[0][1])]


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Everything within is said in this language: a mail, an export."""
    spoken = tag if tag in LANGUAGES else LANGUAGES[0]
    before = _spoken.set(spoken)
    try:
        with force_locale(str(locale_of(spoken))):
            yield
    finally:
        _spoken.reset(before)


def translate(problem: Problem) -> str:
    """What is wrong, in the reader's language."""
    if problem.many is None:
        return gettext(problem.message, **problem.places)
    places = dict(problem.places)
    return ngettext(problem.message, problem.many, _number(places.pop("n")), **places)


def gettext(message: str, /, **places: object) -> str:
    """The message in the reader's language, with what stands in its places."""
    return _filled(_single(language(), message), places)


def ngettext(one: str, many: str, n: int, /, **places: object) -> str:
    """The same where a number decides; `%(n)s` groups its digits, `%(n)d` does not."""
    sentence = _plural(language(), one, many, n)
    return sentence % {"n": Count(n), **places}


def pgettext(context: str, message: str, /, **places: object) -> str:
    """The same for a word that needs its context to be translated."""
    return _filled(_contextual(language(), context, message), places)


def _shown(message: str, /, **places: object) -> Markup:
    """What templates call `_()`: the message and what stands in it, both escaped."""
    return _filled(_safe(language(), message), places)


def _shown_plural(one: str, many: str, n: int, /, **places: object) -> Markup:
    sentence = escape(_plural(language(), one, many, n))
    return sentence % {"n": Count(n), **places}


def _shown_in(context: str, message: str, /, **places: object) -> Markup:
    sentence = escape(_contextual(language(), context, message))
    return sentence % places if places else sentence


def _shown_plural_in(
    context: str, one: str, many: str, n: int, /, **places: object
) -> Markup:
    sentence = escape(_catalogue(language()).npgettext(context, one, many, n))
    return sentence % {"n": Count(n), **places}


def _filled(sentence: Words, places: dict[str, object]) -> Words:
    """With its places, if it has any. What is quoted and quotes gets inner marks."""
    for mark, name in _quoted(sentence) if places else ():
        value = places[name]
        if isinstance(value, str):
            places[name] = value.translate(INNER[mark])
    return sentence % places if places else sentence


@lru_cache(maxsize=8192)
def _quoted(sentence: str) -> list[tuple[str, str]]:
    return QUOTED.findall(sentence)


def _number(n: object) -> int:
    return n if isinstance(n, int) else int(str(n))


def _take_language(_endpoint: str | None, arguments: dict[str, Any] | None) -> None:
    tag = (arguments or {}).pop("lang", None)
    g.language_before = language()
    g.language = tag if tag in LANGUAGES else _likely()
    _spoken.set(g.language)
    if tag not in (None, *LANGUAGES):
        abort(404)


def _forget_language(_error: BaseException | None) -> None:
    _spoken.set(g.get("language_before", LANGUAGES[0]))


def _likely() -> str:
    """For an address without a known language: an error, the API, a signed link."""
    first = request.path.split("/", 2)[1]
    return first if first in LANGUAGES else negotiated(request.accept_languages)


def _put_language(endpoint: str, arguments: dict[str, Any]) -> None:
    expected = current_app.url_map.is_endpoint_expecting(endpoint, "lang")
    if expected and "lang" not in arguments:
        arguments["lang"] = language()


def require_compiled() -> None:
    """Raises BadSetting where a catalogue was written but not compiled."""
    for catalogue in folder().glob("*/LC_MESSAGES/*.po"):
        if not catalogue.with_suffix(".mo").exists():
            raise BadSetting(
                f"{catalogue.name} is not compiled: start by `make serve`."
            )


@cache
def _catalogue(tag: str) -> NullTranslations:
    return Translations.load(str(folder()), [str(locale_of(tag))], "messages")


@lru_cache(maxsize=8192)
def _single(tag: str, message: str) -> str:
    return str(_catalogue(tag).gettext(message))


@lru_cache(maxsize=2048)
def _contextual(tag: str, context: str, message: str) -> str:
    return str(_catalogue(tag).pgettext(context, message))


@lru_cache(maxsize=8192)
def _plural(tag: str, one: str, many: str, n: int) -> str:
    return str(_catalogue(tag).ngettext(one, many, n))


@lru_cache(maxsize=8192)
def _safe(tag: str, message: str) -> Markup:
    return escape(_single(tag, message))


@lru_cache(maxsize=4096)
def _grouped(tag: str, number: int) -> str:
    return format_decimal(number, locale=locale_of(tag))
