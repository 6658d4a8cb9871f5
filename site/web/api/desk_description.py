"""The part of the API's description that is about a company's desk."""

from typing import Any

from stories import languages
from stories.entries import MOST_ID
from stories.models.codes import Kind
from stories.models.handling import Scope
from stories.models.pace import Pace
from stories.reading.desk import Pile
from stories.search.questions import MOST_LETTERS
from web.api.desk_shapes import DeskList, ResponseShape, UnfitShape
from web.limits import told

REF = "#/components/schemas/{model}"
SHAPES = (DeskList, ResponseShape, UnfitShape)
SCHEMES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token that somebody who speaks for a company has made at "
        "their desk. It ends with their role.",
    }
}
NUMBER = {"type": "integer", "minimum": 1, "maximum": MOST_ID}
TAG = {"type": "string", "pattern": languages.PATTERN, "maxLength": languages.LONGEST}


def too_often(limit: str) -> str:
    """What 429 means where this limit of the site holds."""
    return f"More than {told(limit)}: see Retry-After"


PROBLEMS = {
    "401": "No token, or one that is good no longer",
    "403": "The token may not do this",
    "404": "Not there",
    "429": too_often("token"),
}


def paths() -> dict[str, Any]:
    """What is asked and done with a token."""
    return {
        "/desk": {"get": _desk()},
        "/stories/{id}/responses": {"post": _respond()},
    }


def _desk() -> dict[str, Any]:
    asked = {
        "state": (_codes(*Pile), "What it waits for; all but passing without it"),
        "clock": (_codes(*Pace), "How the company stands to the clock"),
        "kind": (_codes(*Kind), "The author's stance"),
        "language": (TAG, "The language of the text"),
        "product": (NUMBER, "A product, by its number"),
        "with": (_codes("me", "nobody"), "Who of the team deals with it"),
        "seen": (_codes("yes", "no"), "Whether anybody of the team has looked at it"),
        "q": (
            {"type": "string", "maxLength": MOST_LETTERS},
            "Words, or an order number",
        ),
        "after": ({"type": "string"}, "Where the page before ended: its `next`"),
    }
    parameters = [
        {"name": name, "in": "query", "schema": schema, "description": words}
        for name, (schema, words) in asked.items()
    ]
    return {
        "summary": "The desk of the token's company, what waits for it first",
        "security": [{"token": [Scope.DESK_READ.value]}],
        "parameters": parameters,
        "responses": {"200": _json("Found", "DeskList"), **_problems()},
    }


def _respond() -> dict[str, Any]:
    in_path = {"name": "id", "in": "path", "required": True, "schema": NUMBER}
    sent = {"schema": {"$ref": REF.format(model="ResponseEntry")}}
    unfit = _json("Not understood", "UnfitShape", "application/problem+json")
    return {
        "summary": "Answer a story in the company's name",
        "security": [{"token": [Scope.RESPONSES_WRITE.value]}],
        "parameters": [in_path],
        "requestBody": {"required": True, "content": {"application/json": sent}},
        "responses": {
            "201": _json("Published", "ResponseShape"),
            "422": unfit,
            **_problems(),
        },
    }


def _codes(*codes: str) -> dict[str, Any]:
    return {"type": "string", "enum": [str(code) for code in codes]}


def _problems() -> dict[str, Any]:
    return {
        status: _json(words, "ProblemShape", "application/problem+json")
        for status, words in PROBLEMS.items()
    }


def _json(words: str, model: str, kind: str = "application/json") -> dict[str, Any]:
    schema = {"$ref": REF.format(model=model)}
    return {"description": words, "content": {kind: {"schema": schema}}}
