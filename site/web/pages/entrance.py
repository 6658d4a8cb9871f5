"""The address without a language: on to the one that the reader understands."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from web.addresses import home_url
from web.i18n import negotiated

WITHOUT_LANGUAGE = True

pages = Blueprint("entrance", __name__)


@pages.get("/")
def show() -> Response:
    """To the first page in the language that the browser asks for."""
    answer = redirect(home_url(lang=negotiated(request.accept_languages)))
    answer.vary.add("Accept-Language")
    return answer
