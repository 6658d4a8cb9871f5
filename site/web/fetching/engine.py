"""Asking the operator's translation engine, by the open interface of LibreTranslate.

Its address is the operator's own choice and may lie inside, beside the site; nobody
else can choose where the words go, and redirects are not followed.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpcore

from stories import languages
from stories.models.speaking import Finding
from stories.settings import Settings
from web.fetching.trouble import Unfetchable

SECONDS = 60.0
"""A machine may take its time over a long story; the worker has it."""
MOST = 4 * 1024 * 1024
AUTO = "auto"


def in_turn(
    settings: Settings, lots: Iterable[list[str]], source: str, target: str
) -> Iterator[list[str]]:
    """The same words in another language, lot by lot, piece by piece.

    Raises Unfetchable where the engine is away, does not know one of the languages, or
    answers with something else.
    """
    spoken = _spoken(settings)
    given = languages.match([source], spoken) or AUTO
    wanted = languages.match([target], spoken)
    if wanted is None:
        raise Unfetchable(Finding.MISSING)
    for lot in lots:
        yield _said(settings, lot, given, wanted)


def _said(settings: Settings, words: list[str], given: str, wanted: str) -> list[str]:
    question = {
        "q": words,
        "source": given,
        "target": wanted,
        "format": "text",
        "api_key": settings.translate_key,
    }
    answer = _asked(settings, "POST", "translate", json.dumps(question).encode())
    said = answer.get("translatedText") if isinstance(answer, dict) else None
    if not isinstance(said, list) or len(said) != len(words):
        raise Unfetchable(Finding.DIFFERENT)
    if not all(isinstance(each, str) for each in said):
        raise Unfetchable(Finding.DIFFERENT)
    return said


def name(settings: Settings) -> str:
    """What the engine is called to readers: where it stands."""
    host = urlsplit(settings.translate_url).hostname or ""
    return f"LibreTranslate ({host})"


def _spoken(settings: Settings) -> list[str]:
    """The languages that the engine knows, by its own codes."""
    answer = _asked(settings, "GET", "languages", b"")
    if not isinstance(answer, list):
        raise Unfetchable(Finding.DIFFERENT)
    known = (each.get("code") for each in answer if isinstance(each, dict))
    return [code for code in known if isinstance(code, str)]


def _asked(settings: Settings, method: str, path: str, body: bytes) -> Any:
    headers = [("Content-Type", "application/json"), ("Accept", "application/json")]
    url = f"{settings.translate_url.rstrip('/')}/{path}"
    times = dict.fromkeys(("connect", "read", "write", "pool"), SECONDS)
    try:
        with (
            httpcore.ConnectionPool() as pool,
            pool.stream(
                method,
                url,
                headers=headers,
                content=body or None,
                extensions={"timeout": times},
            ) as it,
        ):
            if it.status != 200:
                raise Unfetchable(Finding.AWAY)
            return json.loads(_read(it))
    except httpcore.TimeoutException:
        raise Unfetchable(Finding.SLOW) from None
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError):
        raise Unfetchable(Finding.AWAY) from None
    except ValueError:  # no JSON
        raise Unfetchable(Finding.DIFFERENT) from None


def _read(answer: httpcore.Response) -> bytes:
    found = b""
    for part in answer.iter_stream():
        found += part
        if len(found) > MOST:
            raise Unfetchable(Finding.LARGE)
    return found
