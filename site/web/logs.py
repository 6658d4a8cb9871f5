"""Log lines: one JSON object each, without addresses and without secrets."""

import logging
import re
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

MAIL = re.compile(r"[^\s@<>\"'(),;:]+@[^\s@<>\"'(),;]+\.[^\s@<>\"'(),;]+")
IP = re.compile(
    r"\b(?:\d{1,3}\.){3}\d{1,3}\b|(?<![\w:])(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{1,4}\b"
)
SECRET = re.compile(
    r"((?:/l/|/drafts/|/confirm/|/reset/|token=|key=|password=|secret=))[^\s/?&\"']+"
)
LONGEST = 4000


def install() -> None:
    """All logging, ours and other people's, goes to standard error as JSON lines."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _scrub,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("earshot").setLevel(logging.INFO)


def log() -> Any:
    """The logger of the site."""
    return structlog.get_logger("earshot")


def scrub(text: str) -> str:
    """A text without mail addresses, network addresses and secrets of addresses.

    >>> scrub("ada@example.org at 192.0.2.7 asked for /l/Xy7")
    '<mail> at <ip> asked for /l/<secret>'
    """
    text = MAIL.sub("<mail>", text[:LONGEST])
    return SECRET.sub(r"\1<secret>", IP.sub("<ip>", text))


def _scrub(_logger: Any, _method: str, event: EventDict) -> EventDict:
    for name, value in event.items():
        if isinstance(value, str) and name not in ("timestamp", "level"):
            event[name] = scrub(value)
    return event
