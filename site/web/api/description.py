"""The API's own description (OpenAPI 3.1), made from the shapes of its answers."""

import json
from functools import cache
from typing import Any

from flask import Blueprint, Response
from pydantic.json_schema import models_json_schema

from web.api.shapes import CompanyList, CompanyShape, ProblemShape, Shape, StoryShape

REF = "#/components/schemas/{model}"
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
    shapes = (StoryShape, CompanyShape, CompanyList, ProblemShape)
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
            "/stories/{id}": _get(
                "A story in full", StoryShape, _in_path("id"), missing=True
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
            ),
        },
        "components": {"schemas": schemas["$defs"]},
    }


def _get(
    summary: str, shape: type[Shape], *parameters: dict[str, Any], missing: bool = False
) -> dict[str, Any]:
    answers = {"200": _answer("Found", shape, "application/json")}
    if missing:
        problem = "application/problem+json"
        answers["404"] = _answer("Not there", ProblemShape, problem)
        answers["410"] = _answer("Not there any more", ProblemShape, problem)
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
