"""Numbers, money and lists, as the reader's language writes them."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from babel.lists import format_list
from babel.numbers import (
    format_currency,
    format_decimal,
    format_percent,
    get_currency_name,
)
from markupsafe import Markup, escape

from stories import languages
from web.i18n import language, locale_of

# CLDR sets a space between letters and digits (NOK 25.00); Babel does not
SIGN = re.compile(r"[A-Z]+[^\w\s]")
HAN = re.compile("[\u4e00-\u9fff]$")
SQUEEZED = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


def number(value: Decimal | float) -> str:
    """12,345.6 or 12.345,6."""
    return _number(language(), value)


def share(value: Decimal | float) -> str:
    """A part of one: 56 %."""
    return _share(language(), value)


def money(value: Decimal, currency: str | None) -> str:
    """€25.00 or 25,00 €; never rounded. Without a currency, the number alone."""
    if not currency:
        return number(value)
    return _money(language(), value, currency)


def currency_name(code: str) -> str:
    """What the reader calls a currency."""
    return _currency_name(language(), code)


def listed(items: Iterable[str]) -> Markup:
    """One, two and three."""
    joined = _listed(language(), tuple(str(escape(item)) for item in items))
    return Markup(joined)  # noqa: S704 - each item was escaped


@lru_cache(maxsize=4096)
def _number(tag: str, value: Decimal | float) -> str:
    return format_decimal(value, locale=locale_of(tag))


@lru_cache(maxsize=1024)
def _share(tag: str, value: Decimal | float) -> str:
    return format_percent(value, locale=locale_of(tag))


@lru_cache(maxsize=4096)
def _money(tag: str, value: Decimal, currency: str) -> str:
    locale = locale_of(tag)
    said = format_currency(value, currency, locale=locale, decimal_quantization=False)
    said = SQUEEZED.sub("\N{NO-BREAK SPACE}", said)
    if languages.direction(tag) == "rtl":  # else the sign parts from its letters
        said = SIGN.sub("\\g<0>\N{LEFT-TO-RIGHT MARK}", said)
    return said


@lru_cache(maxsize=1024)
def _currency_name(tag: str, code: str) -> str:
    return get_currency_name(code, locale=locale_of(tag))


@lru_cache(maxsize=1024)
def _listed(tag: str, items: tuple[str, ...]) -> str:
    joined, last = format_list(items, locale=locale_of(tag)), items[-1:]
    if last and last[0][:1].isdigit():  # as our messages are spaced, CLDR's are not
        before = joined.removesuffix(last[0])
        return HAN.sub(r"\g<0> ", before) + last[0]
    return joined


FILTERS = {"number": number, "share": share, "listed": listed}
GLOBALS = {"money": money}
