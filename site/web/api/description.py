"""The API's own description (OpenAPI 3.1), made from the shapes of its answers."""

import json
from functools import cache
from typing import Any, get_args

from flask import Blueprint, Response
from pydantic.json_schema import models_json_schema

from stories.models.codes import Kind, Outcome
from stories.search.questions import MOST_LETTERS, Role, Sort
from web.api.shapes import (
    CompanyList,
    CompanyShape,
    ProblemShape,
    SearchList,
    Shape,
    StoryShape,
)

REF = "#/components/schemas/{model}"
PROBLEMS = {"404": "Not there", "410": "Not there any more", "422": "Not understood"}
NUMBER = {"type": "integer", "minimum": 1}

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
    shapes = (SearchList, StoryShape, CompanyShape, CompanyList, ProblemShape)
    _, schemas = models_json_schema(
        [(shape, "serialization") for shape in shapes], ref_template=REF
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Earshot",
            "version": "1",
            "description": "Public stories about companies, read only.",
        },
        "servers": [{"url": "/api/v1"}],
        "paths": {
            "/search": _get(
                "Stories by words and filters", SearchList, *_search_words(), bad=True
            ),
            "/stories/{id}": _get(
                "A story in full",
                StoryShape,
                _in_path("id"),
                _in_query("after", NUMBER, "The comment after which they go on"),
                missing=True,
            ),
            "/companies/{id}": _get(
                "A company, its figures and its stories",
                CompanyShape,
                _in_path("id"),
                _in_query("older", NUMBER, "The story after which the list goes on"),
                missing=True,
            ),
            "/companies": _get(
                "Companies by name",
                CompanyList,
                _in_query("q", {"type": "string"}, "The beginning of a name"),
                _in_query("page", NUMBER, "Which page"),
            ),
        },
        "components": {"schemas": schemas["$defs"]},
    }


def _search_words() -> list[dict[str, Any]]:
    """The words of a search, all but `q` and `page` with their values."""
    one = {
        "q": ({"type": "string", "maxLength": MOST_LETTERS}, "What to look for"),
        "role": (_codes(*get_args(Role)), "What a story says of the company"),
        "answered": (_codes("yes", "no"), "Whether the company answered"),
        "sort": (_codes(*get_args(Sort)), "The order"),
        "page": (NUMBER, "Which page"),
    }
    many = {
        "company": ({"type": "string"}, "A company, by id or name"),
        "product": ({"type": "string"}, "A product, by id or name"),
        "kind": (_codes(*Kind), "The author's stance"),
        "outcome": (_codes(*Outcome), "How it ended"),
        "language": ({"type": "string"}, "The language of the text; * is all of them"),
        "year": ({"type": "integer"}, "The year of the experience"),
    }
    return [
        *(_in_query(name, *rest) for name, rest in one.items()),
        *(
            _in_query(name, {"type": "array", "items": schema}, words)
            for name, (schema, words) in many.items()
        ),
    ]


def _codes(*codes: str) -> dict[str, Any]:
    return {"type": "string", "enum": [str(code) for code in codes]}


def _get(
    summary: str, shape: type[Shape], *parameters: dict[str, Any], **may: bool
) -> dict[str, Any]:
    """One address; what `may` go wrong is missing or bad."""
    answers = {"200": _answer("Found", shape, "application/json")}
    for status, words in PROBLEMS.items():
        if may.get("missing" if status != "422" else "bad"):
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
