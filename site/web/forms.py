"""Forms: what was typed, as an entry or as problems at the fields.

A field's name is its path in the entry, parts joined by `-`: `contacts-0-when-year`.
What was typed is kept as it is; numbers are read as the reader's language writes them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin

from babel.numbers import NumberFormatError, format_decimal, parse_decimal
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from werkzeug.datastructures import MultiDict

from stories.entries import Entry
from stories.problems import Invalid, Problem, Refused
from web.i18n import language, locale_of, translate

E = TypeVar("E", bound=Entry)
Fields = dict[str, Any]
MOST_ROWS = 200
_INDEX = re.compile(r"\d{1,3}")
_PLAIN = re.compile(r"-?\d+(\.\d+)?")
MONEY = "€£$¥₩₹₺"


@dataclass
class Form(Generic[E]):
    """A form as it is shown: what was typed, and what is wrong with it."""

    fields: Fields = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    entry: E | None = None

    def value(self, name: str) -> Any:
        """What stands in the field `name`, or ""."""
        found: Any = self.fields
        for part in name.split("-"):
            found = _within(found, part)
        return "" if found is None else found

    def error(self, name: str) -> str:
        """What is wrong with the field `name`, in the reader's language, or ""."""
        return self.errors.get(name, "")

    def rows(self, name: str) -> int:
        """How many rows the list `name` has."""
        found = self.value(name)
        return len(found) if isinstance(found, list) else 0

    def refuse(self, refused: Refused, at: str = "") -> None:
        """Show what a deed refused, at its field, at `at`, or above the form."""
        named = refused.field if isinstance(refused, Invalid) else None
        self.errors.setdefault(named or at, translate(refused.problem))


def _within(found: Any, part: str) -> Any:
    if isinstance(found, dict):
        return found.get(part)
    if isinstance(found, list) and part.isdecimal() and int(part) < len(found):
        return found[int(part)]
    return None


def read(kind: type[E], typed: MultiDict[str, str]) -> Form[E]:
    """The form as typed, with its entry, or with its errors by field name."""
    return check(kind, fields(kind, typed))


def check(kind: type[E], typed: Fields) -> Form[E]:
    """The form for fields that were typed before (a draft)."""
    form: Form[E] = Form(typed)
    try:
        form.entry = kind.model_validate(_understood(kind, typed))
    except ValidationError as trouble:
        form.errors = problems(trouble)
    return form


def fields(kind: type[Entry], typed: MultiDict[str, str]) -> Fields:
    """The fields of an entry as nested plain data, as typed; other names are left.

    Blank rows of a list are passed over; a list of lines may come as one text.
    """
    return _fields(kind, typed, "")


def shown(kind: type[Entry], known: Fields) -> Fields:
    """Plain data of an entry as the reader's language writes it, to be typed over."""
    written: Fields = _each(kind, known, _written)
    return written


def _fields(kind: type[Entry], typed: MultiDict[str, str], before: str) -> Fields:
    found = {}
    for name, bare in _kinds(kind).items():
        value = _field(bare, typed, f"{before}{name}")
        if value not in (None, "", [], {}):
            found[name] = value
    return found


@cache
def _kinds(kind: type[BaseModel]) -> dict[str, Any]:
    """The types of an entry's fields, without their notes."""
    return {name: _bare(info.annotation) for name, info in kind.model_fields.items()}


def _field(kind: Any, typed: MultiDict[str, str], name: str) -> Any:
    if _is_entry(kind):
        return _fields(kind, typed, f"{name}-")
    if get_origin(kind) is not list:
        return next(reversed(typed.getlist(name)), None)  # a box after its "no"
    (inner,) = get_args(kind)
    inner = _bare(inner)
    if _is_entry(inner):
        rows = (_fields(inner, typed, f"{name}-{n}-") for n in _indexes(typed, name))
        return [row for row in rows if _says_something(inner, row)]
    return _lines(typed.getlist(name))


def _says_something(kind: type[Entry], row: Fields) -> bool:
    """Choices that a blank row has anyway do not make it a row."""
    return any(not _preset(kind.model_fields[name]) for name in row)


def _preset(info: FieldInfo) -> bool:
    kind = _bare(info.annotation)
    chosen = isinstance(kind, type) and issubclass(kind, (StrEnum, bool))
    return chosen and not info.is_required()


def _indexes(typed: MultiDict[str, str], name: str) -> list[int]:
    before = f"{name}-"
    rests = (key[len(before) :] for key in typed if key.startswith(before))
    heads = (rest.partition("-")[0] for rest in rests)
    return sorted({int(head) for head in heads if _INDEX.fullmatch(head)})[:MOST_ROWS]


def _lines(values: list[str]) -> list[str]:
    lines = (line.strip() for value in values for line in value.splitlines())
    return [line for line in lines if line]


def _bare(kind: Any) -> Any:
    """A type without its notes and without None."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return _bare(next(each for each in get_args(kind) if each is not type(None)))
    return kind


def _is_entry(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _each(kind: Any, value: Any, change: Callable[[Any, Any], Any]) -> Any:
    """The same data, with `change(kind, value)` made of each plain value."""
    kind = _bare(kind)
    if _is_entry(kind) and isinstance(value, Mapping):
        known = _kinds(kind)
        return {
            name: _each(known[name], each, change)
            for name, each in value.items()
            if name in known
        }
    if get_origin(kind) is list and isinstance(value, list):
        return [_each(get_args(kind)[0], each, change) for each in value]
    return change(kind, value)


def _understood(kind: type[Entry], typed: Fields) -> Any:
    return _each(kind, typed, _read)


def _read(kind: Any, value: Any) -> Any:
    """A number as the reader's language writes it; a lone comma or point is decimal,
    and a sign of money beside it is passed over."""
    if kind not in (int, Decimal) or not isinstance(value, str):
        return value
    bare = value.strip().replace("\u00a0", "").replace(" ", "")
    if kind is Decimal:
        bare = bare.strip(MONEY)
    try:
        return str(parse_decimal(bare, locale=locale_of(language()), strict=True))
    except (NumberFormatError, ValueError):
        return bare if _PLAIN.fullmatch(bare) else value


def _written(kind: Any, value: Any) -> Any:
    if kind is not Decimal or value in (None, ""):
        return value
    locale = locale_of(language())
    return format_decimal(
        Decimal(str(value)),
        locale=locale,
        group_separator=False,
        decimal_quantization=False,
    )


def problems(trouble: ValidationError) -> dict[str, str]:
    """The first problem of each field, translated; "" is the form as a whole."""
    found: dict[str, str] = {}
    for error in trouble.errors(include_url=False):
        name = _place(error)
        found.setdefault(name, translate(_problem(error)))
    return found


def _place(error: Any) -> str:
    """The field of a problem: the one that it names itself, else where it was found."""
    cause = (error.get("ctx") or {}).get("error")
    named = cause.field if isinstance(cause, Invalid) else None
    return named or "-".join(str(part) for part in error["loc"])


def _problem(error: Any) -> Problem:
    context = error.get("ctx") or {}
    cause = context.get("error")
    if isinstance(cause, Invalid):
        return cause.problem
    kind = error["type"]
    if isinstance(error["input"], str):  # after a validator, length is just length
        kind = {"too_long": "string_too_long", "too_short": "string_too_short"}.get(
            kind, kind
        )
    make = MESSAGES.get(kind)
    return make(context) if make else Problem("This cannot be understood.")


MESSAGES: dict[str, Callable[[dict[str, Any]], Problem]] = {
    "missing": lambda _: Problem("Please fill this in."),
    "string_too_short": lambda its: Problem.plural(
        "At least %(n)s character.", "At least %(n)s characters.", n=its["min_length"]
    ),
    "string_too_long": lambda its: Problem.plural(
        "At most %(n)s character.", "At most %(n)s characters.", n=its["max_length"]
    ),
    "too_long": lambda its: Problem.plural(
        "At most %(n)s entry.", "At most %(n)s entries.", n=its["max_length"]
    ),
    "int_parsing": lambda _: Problem("Enter a whole number."),
    "int_type": lambda _: Problem("Enter a whole number."),
    "int_from_float": lambda _: Problem("Enter a whole number."),
    "int_parsing_size": lambda _: Problem("This number is too large."),
    "decimal_parsing": lambda _: Problem("Enter a number."),
    "decimal_type": lambda _: Problem("Enter a number."),
    "finite_number": lambda _: Problem("Enter a number."),
    "decimal_max_places": lambda its: Problem.plural(
        "At most %(n)s decimal place.",
        "At most %(n)s decimal places.",
        n=its["decimal_places"],
    ),
    "greater_than_equal": lambda its: Problem("At least %(least)s.", least=its["ge"]),
    "less_than_equal": lambda its: Problem("At most %(most)s.", most=its["le"]),
    "enum": lambda _: Problem("Choose one from the list."),
    "time_parsing": lambda _: Problem("Enter a time, such as 14:30."),
    "bool_parsing": lambda _: Problem("Choose yes or no."),
}
"""What Pydantic's own errors mean, in words that say what to do."""
