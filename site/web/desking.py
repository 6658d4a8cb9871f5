"""What the pages of a company's desk share."""

from flask import request

from stories.problems import Missing
from web.addresses import natural
from web.i18n import LANGUAGES
from web.rendering.names import language_name


def asked_company() -> int:
    """The number of the company whose desk is meant; Missing where none is."""
    company = request.values.get("company", type=natural)
    if company is None:
        raise Missing
    return company


def languages_beside(*tags: str) -> list[tuple[str, str]]:
    """Languages to choose from, with their names: the site's, and these."""
    known = sorted({*LANGUAGES, *tags} - {""})
    return [(tag, language_name(tag)) for tag in known]
