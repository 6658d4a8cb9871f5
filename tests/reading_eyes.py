"""How a reader looks at a page: its words, without its marks."""

import re
from html import unescape

from werkzeug.test import TestResponse


def words_of(page: TestResponse) -> str:
    """What a reader can read of a page, without its marks."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page.text)))


def missing_from(page: TestResponse, *wanted: str) -> list[str]:
    """Those of the wanted words that the page does not show."""
    assert page.status_code == 200, page.status
    words = words_of(page)
    return [each for each in wanted if each not in words]
