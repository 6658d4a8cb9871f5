"""OpenSearch: how a browser makes our search one of its own, with suggestions."""

import json

from flask import Blueprint, Response, render_template, request

from stories.reading import directory
from web.addresses import absolute, company_url
from web.db import db
from web.limits import limited

MOST = 10
MOST_LETTERS = 200
DAY = "public, max-age=86400"

pages = Blueprint("opensearch", __name__)


@pages.get("/opensearch.xml")
def describe() -> Response:
    """Where to search, in the language of this address."""
    body = render_template("opensearch/description.xml")
    kind = "application/opensearchdescription+xml"
    return Response(body, mimetype=kind, headers={"Cache-Control": DAY})


@pages.get("/suggestions")
@limited("suggest")
def suggest() -> Response:
    """Companies with a name like what was typed, in OpenSearch's form: what was typed,
    the names, what they are called by now, and their pages."""
    typed = request.args.get("q", "")[:MOST_LETTERS]
    found = directory.matching(db, typed, MOST)
    answer = [
        typed,
        [match.name for match in found],
        [match.company.name for match in found],
        [absolute(company_url(match.company)) for match in found],
    ]
    body = json.dumps(answer, ensure_ascii=False)
    return Response(body, mimetype="application/x-suggestions+json")
