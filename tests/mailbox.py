"""Letters as their readers get them."""

import email
import re
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from pathlib import Path

from flask import Flask

from stories import outbox
from web import mail
from web.db import db


@dataclass(frozen=True)
class Letter:
    """A letter: to whom, its subject, its text and the same as HTML."""

    message: EmailMessage

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        return self.message.get_body(("plain",)).get_content()

    @property
    def html(self) -> str:
        return self.message.get_body(("html",)).get_content()

    def link(self, page: str = "") -> str:
        """The path of its first link to a page."""
        paths = re.findall(r"http://localhost(/\S*)", self.text)
        return next(path for path in paths if page in path)


def carried(app: Flask) -> list[Letter]:
    """What the worker sends now, oldest first."""
    folder = app.config["SETTINGS"].data / "mail"
    before = set(folder.glob("*.eml"))
    with app.app_context():
        waiting = outbox.claim(db, ("letter",))
        for errand in waiting:
            mail.deliver(errand)
        outbox.done(db, waiting)
        db.commit()
    new = sorted(
        set(folder.glob("*.eml")) - before, key=lambda one: one.stat().st_mtime_ns
    )
    return [read(path) for path in new]


def _written_at(path: Path) -> int:
    return path.stat().st_mtime_ns


def read(path: Path) -> Letter:
    return Letter(email.message_from_bytes(path.read_bytes(), policy=policy.default))
