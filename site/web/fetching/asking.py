"""Asking a web server for a page, and following where it sends us, within limits."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

import httpcore

from stories import webmail
from stories.models.speaking import Finding
from stories.settings import Settings
from web.fetching.carrying import Guarded, Patience
from web.fetching.trouble import Unfetchable

SECONDS = 10.0
"""From the first question to the last byte, redirects included."""
MOST = 64 * 1024
"""Bytes in all, heads and redirects included."""
REDIRECTS = frozenset((301, 302, 303, 307, 308))
MOST_REDIRECTS = 3
HEADERS = (
    ("User-Agent", "Earshot (checks what companies ask it to check)"),
    ("Accept", "text/plain, */*;q=0.1"),
    ("Accept-Encoding", "identity"),
    ("Connection", "close"),
)


@dataclass(frozen=True)
class Answer:
    """What a server said: its status, its words, and where it sends us."""

    status: int
    words: str
    leads_to: str = ""


@dataclass(frozen=True)
class Question:
    """What a server is asked, or given."""

    method: str
    url: SplitResult
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


def get(settings: Settings, url: str, within: str = "") -> str:
    """The words at an address; `within` is the domain that redirects may not leave.

    Raises Unfetchable, with the reason.
    """
    patience = Patience(SECONDS, MOST)
    for _ in range(MOST_REDIRECTS + 1):
        question = Question("GET", _checked(url, within))
        answer = _answered(settings, question, patience)
        if not answer.leads_to:
            return _said(answer)
        url = urljoin(url, answer.leads_to)
    raise Unfetchable(Finding.REDIRECTED)


def post(settings: Settings, url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """The status with which a server takes these words; it sends us nowhere else.

    Raises Unfetchable, with the reason.
    """
    heads = [*headers.items(), ("Content-Length", str(len(body)))]
    asked = Question("POST", _checked(url, ""), tuple(heads), body)
    return _answered(settings, asked, Patience(SECONDS, MOST)).status


def _said(answer: Answer) -> str:
    if answer.status == 200:
        return answer.words
    missing = answer.status in (404, 410)
    raise Unfetchable(Finding.MISSING if missing else Finding.AWAY)


def _checked(url: str, within: str) -> SplitResult:
    """An address that may be asked; where names lead is looked at in connecting."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        parts.port  # noqa: B018  # raises ValueError for nonsense
    except ValueError:
        raise Unfetchable(Finding.AWAY) from None
    if parts.scheme not in ("http", "https") or not host or not url.isascii():
        raise Unfetchable(Finding.REDIRECTED)
    if parts.username is not None or parts.password is not None:
        raise Unfetchable(Finding.REDIRECTED)
    if within and not webmail.belongs(host, within):
        raise Unfetchable(Finding.REDIRECTED)
    return parts


def _answered(settings: Settings, asked: Question, patience: Patience) -> Answer:
    backend = Guarded(settings, patience)
    safe = ssl.create_default_context()
    try:
        with httpcore.ConnectionPool(safe, network_backend=backend) as pool:
            return _asked(pool, asked)
    except httpcore.TimeoutException:
        raise Unfetchable(Finding.SLOW) from None
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError, ValueError):
        raise Unfetchable(Finding.AWAY) from None


def _asked(pool: httpcore.ConnectionPool, asked: Question) -> Answer:
    each = dict.fromkeys(("connect", "read", "write", "pool"), SECONDS)
    plain = asked.url._replace(fragment="").geturl()
    headers = [("Host", asked.url.netloc), *HEADERS, *asked.headers]
    patient = {"timeout": each}
    with pool.stream(
        asked.method,
        plain,
        headers=headers,
        content=asked.body or None,
        extensions=patient,
    ) as it:
        leads_to = _location(it) if it.status in REDIRECTS else ""
        if leads_to:
            return Answer(it.status, "", leads_to)
        words = b"".join(it.iter_stream()).decode("utf-8", "replace")
    return Answer(it.status, words)


def _location(answer: httpcore.Response) -> str:
    heads = {name.lower(): value for name, value in answer.headers}
    return heads.get(b"location", b"").decode("ascii", "replace")
