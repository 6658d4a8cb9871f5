"""Log lines: one JSON object each, without addresses and without secrets."""

import logging
import re
import sys
from time import perf_counter
from typing import Any

import structlog
from flask import Flask, Response, g, request
from flask.signals import got_request_exception
from structlog.typing import EventDict, Processor

MAIL = re.compile(r"[^\s@<>\"'(),;:]+@[^\s@<>\"'(),;]+\.[^\s@<>\"'(),;]+")
_H = "[0-9a-fA-F]{1,4}"
NETWORK = re.compile(
    r"\b(?:\d{1,3}\.){3}\d{1,3}\b"
    rf"|(?<![\w:])(?:(?:{_H}:){{7}}{_H}|(?:{_H}:){{1,6}}(?::{_H}){{1,6}}|::{_H})(?![\w:])"
)
SECRET = re.compile(
    r"(/(?:l/(?:follows|offers|nudges)|l|drafts|guest|join|prove|address|second-factor|confirm|reset|change-email)/"
    r"|(?:token|key|code|password|secret)=)[^\s/?&\"']+"
)
LONGEST = 4000
SLOW = 1.0
"""Seconds; a page that takes longer is worth a line."""
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
OURS = "earshot"
OWN = frozenset(("timestamp", "level", "logger", "view"))
"""What no request or letter has words in."""

log = structlog.get_logger(OURS)


def install(app: Flask) -> None:
    """Everything that is logged goes to standard error; see what requests do."""
    _configure()
    app.logger.disabled = True  # it tells whole addresses; `_broken` tells the rest
    app.before_request(_begin)
    app.after_request(_tell)
    got_request_exception.connect(_broken, app)


def scrub(text: str) -> str:
    """A text without mail addresses, network addresses and secrets of addresses.

    >>> scrub("ada@example.org at 192.0.2.7 asked for /l/Xy7?token=1")
    '<mail> at <network> asked for /l/<secret>?token=<secret>'
    """
    text = MAIL.sub("<mail>", text[:LONGEST])
    return SECRET.sub(r"\1<secret>", NETWORK.sub("<network>", text))


def _configure() -> None:
    shared: list[Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _scrubbed,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    if not any(isinstance(each, _Lines) for each in root.handlers):
        root.addHandler(_Lines(shared))
    logging.getLogger(OURS).setLevel(logging.INFO)


class _Lines(logging.Handler):
    """Writes other people's lines in our form, too."""

    def __init__(self, foreign: list[Processor]) -> None:
        super().__init__()
        as_json = structlog.processors.JSONRenderer(ensure_ascii=False)
        without_marks = structlog.stdlib.ProcessorFormatter.remove_processors_meta
        self.setFormatter(
            structlog.stdlib.ProcessorFormatter(
                foreign_pre_chain=foreign, processors=[without_marks, as_json]
            )
        )

    def emit(self, record: logging.LogRecord) -> None:
        sys.stderr.write(self.format(record) + "\n")


def _scrubbed(_logger: Any, _method: str, event: EventDict) -> EventDict:
    for name, value in event.items():
        if isinstance(value, str) and name not in OWN:
            event[name] = scrub(value)
    return event


def _begin() -> None:
    g.begun = perf_counter()


def _tell(response: Response) -> Response:
    """A line for every deed, every fault and whatever was slow."""
    took = perf_counter() - g.get("begun", perf_counter())
    if request.method not in SAFE or response.status_code >= 500 or took > SLOW:
        log.info("request", **_what(), status=response.status_code, ms=int(took * 1000))
    return response


def _broken(_app: Flask, exception: BaseException, **_more: Any) -> None:
    log.error("fault", **_what(), exc_info=exception)


def _what() -> dict[str, object]:
    """Which view was asked for, not with which address."""
    return {"method": request.method, "view": request.endpoint}
