"""The API's own description (OpenAPI 3.1), made from the shapes of its answers."""

import json
from functools import cache
from typing import Any, get_args

from babel.core import get_global
from flask import Blueprint, Response
from pydantic.json_schema import models_json_schema

from stories import languages, licence
from stories.entries import MOST_ID
from stories.models.codes import IssueType, Kind, OriginKind, Outcome, Waited
from stories.responding import ResponseEntry
from stories.search.questions import MOST_LETTERS, Role, Sort
from web.api import desk_description
from web.api.desk_description import REF, too_often
from web.api.fact_shapes import Shape
from web.api.search_shapes import SearchList
from web.api.shapes import (
    CompanyList,
    CompanyShape,
    ProblemShape,
    ProductList,
    StoryShape,
)
from web.asking import EVERY, LAST_PAGE, MOST_VALUES, NOT
from web.limits import told

MISSING = {"404": "Not there", "410": "Not there any more"}
BAD = {"422": "Not understood"}
"""What may go wrong at an address, beside asking too often."""
WORDS = f"""Public stories about companies, for everybody to read; and a company's own
desk, for its programs. Texts are published by their authors under the licence named
here, unless a story names another. How often something may be asked stands with its
answer 429. Everything public at once: `/record.jsonl`, and as a table `/record.csv`
(at most {told("record")}).
"""
NUMBER = {"type": "integer", "minimum": 1}
NAME = {"type": "string", "maxLength": MOST_LETTERS}
TAG = {
    "type": "string",
    "pattern": languages.PATTERN,
    "maxLength": languages.LONGEST,
}
LEFT_OUT = (TAG, "The language of the text")
LANGUAGE = {"anyOf": [TAG, {"type": "string", "const": EVERY}]}
COUNT = {"type": "integer", "minimum": 0, "maximum": MOST_ID}
YEAR = {"type": "integer", "minimum": 1000, "maximum": 9999}
AMOUNT = {"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,4})?$"}
CURRENCY = {"type": "string", "enum": sorted(get_global("all_currencies"))}

api = Blueprint("api_description", __name__)


@api.get("/openapi.json")
def show() -> Response:
    """The description as JSON."""
    response = Response(mimetype="application/json")
    response.data = _written()
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@cache
def _written() -> str:
    return json.dumps(described(), ensure_ascii=False)


def described() -> dict[str, Any]:
    """The OpenAPI document."""
    shapes = (
        SearchList,
        StoryShape,
        CompanyShape,
        CompanyList,
        ProductList,
        ProblemShape,
    )
    given = [(shape, "serialization") for shape in (*shapes, *desk_description.SHAPES)]
    taken = (ResponseEntry, "validation")
    _, schemas = models_json_schema([*given, taken], ref_template=REF)  # type: ignore[list-item]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Earshot",
            "version": "1",
            "description": WORDS,
            "license": {"name": licence.NAME, "url": licence.ADDRESS},
        },
        "servers": [{"url": "/api/v1"}],
        "paths": {**_paths(), **desk_description.paths()},
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": desk_description.SCHEMES,
        },
    }


def _paths() -> dict[str, Any]:
    return {
        "/search": _get(
            "Stories by words and filters",
            SearchList,
            *_search_words(),
            wrong=BAD,
            limited="search",
        ),
        "/stories/{id}": _get(
            "A story in full",
            StoryShape,
            _in_path("id"),
            _in_query("after", NUMBER, "The comment after which they go on"),
            wrong=MISSING,
        ),
        "/companies/{id}": _get(
            "A company, its figures and its stories",
            CompanyShape,
            _in_path("id"),
            _in_query("older", NUMBER, "The story after which the list goes on"),
            wrong=MISSING,
        ),
        "/companies": _get(
            "Companies by name",
            CompanyList,
            _in_query("q", NAME, "The beginning of a name"),
            _in_query("page", NUMBER, "Which page"),
            wrong={},
            limited="suggest",
        ),
        "/products": _get(
            "Products by name",
            ProductList,
            _in_query("q", NAME, "The beginning of a name"),
            _in_query("company", NAME, "The number or the name of their company"),
            wrong={},
            limited="suggest",
        ),
    }


def _search_words() -> list[dict[str, Any]]:
    """The words of a search: those that are said once, those that are said more often,
    and those that leave out what they name."""
    one = {
        "q": ({"type": "string", "maxLength": MOST_LETTERS}, "What to look for"),
        "role": (_codes(*get_args(Role)), "What a story says of the company"),
        "answered": (_codes("yes", "no"), "Whether the company answered"),
        "from": (YEAR, "The first year of the experience"),
        "to": (YEAR, "The last year of the experience"),
        "minutes_from": (COUNT, "What it cost the author at least, in minutes"),
        "minutes_to": (COUNT, "What it cost the author at most, in minutes"),
        "currency": (CURRENCY, "Of an amount that was paid, lost or at stake"),
        "amount_from": (AMOUNT, "Such an amount at least, in the currency or in any"),
        "amount_to": (AMOUNT, "Such an amount at most, in the currency or in any"),
        "sort": (_codes(*get_args(Sort)), "The order"),
        "page": ({**NUMBER, "maximum": LAST_PAGE}, "Which page"),
    }
    return [
        *(_in_query(name, *rest) for name, rest in one.items()),
        *(_list(name, schema, words) for name, (schema, words) in _many().items()),
        *(
            _list(f"{NOT}{name}", schema, f"Left out. {words}")
            for name, (schema, words) in {**_many(), "language": LEFT_OUT}.items()
        ),
    ]


def _many() -> dict[str, tuple[dict[str, Any], str]]:
    """What can be asked for and left out, one value or another."""
    return {
        "company": (NAME, "A company, by id or name"),
        "product": (NAME, "A product, by id or name"),
        "kind": (_codes(*Kind), "The author's stance"),
        "outcome": (_codes(*Outcome), "How it ended"),
        "clock": (_codes(*Waited), "How soon a company answered"),
        "issue": (_codes(*IssueType), "What went wrong"),
        "origin": (_codes(*OriginKind), "Written here, invited, or imported"),
        "language": (LANGUAGE, "The language of the text; * is all of them"),
        "year": (YEAR, "The year of the experience"),
    }


def _list(name: str, schema: dict[str, Any], words: str) -> dict[str, Any]:
    many = {"type": "array", "maxItems": MOST_VALUES, "items": schema}
    return _in_query(name, many, words)


def _codes(*codes: str) -> dict[str, Any]:
    return {"type": "string", "enum": [str(code) for code in codes]}


def _get(
    summary: str,
    shape: type[Shape],
    *parameters: dict[str, Any],
    wrong: dict[str, str],
    limited: str = "",
) -> dict[str, Any]:
    """One address; what may go `wrong`, and by which limit of the site it is held."""
    answers = {"200": _answer("Found", shape, "application/json")}
    often = {"429": too_often(limited)} if limited else {}
    for status, words in {**wrong, **often}.items():
        answers[status] = _answer(words, ProblemShape, "application/problem+json")
    return {
        "get": {
            "summary": summary,
            "parameters": list(parameters),
            "responses": answers,
        }
    }


def _answer(words: str, shape: type[Shape], kind: str) -> dict[str, Any]:
    schema = {"$ref": REF.format(model=shape.__name__)}
    return {"description": words, "content": {kind: {"schema": schema}}}


def _in_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": NUMBER}


def _in_query(name: str, schema: dict[str, Any], words: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": words}
