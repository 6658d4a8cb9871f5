"""How the API answers: JSON made by the shape, the same for everybody."""

from flask import Response

from web.api.fact_shapes import Shape

KEPT = "public, max-age=0, must-revalidate"


def answer(shape: Shape) -> Response:
    """The shape as JSON, readable by pages of other sites."""
    response = Response(shape.model_dump_json(), mimetype="application/json")
    response.headers["Cache-Control"] = KEPT
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
