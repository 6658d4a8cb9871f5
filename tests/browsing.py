"""A pytest plugin: a real browser on the real site.

`site` answers on a port of its own; `site.catch_up()` lets the worker do what waits.
`page` is an anonymous reader's page, `page_of(member)` that of a signed-in member.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Thread
from typing import Any, cast

import pytest
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    expect,
    sync_playwright,
)
from werkzeug.serving import BaseWSGIServer, make_server

from stories.entries import Entry
from stories.models import Member
from stories.settings import Settings
from web import worker

CHROMIUM = Path(os.environ.get("EARSHOT_TEST_CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000
POLICY = policy.default
expect.set_options(timeout=PATIENCE)


@dataclass
class Site:
    """The running site: its address, and its application."""

    address: str
    app: Flask

    def catch_up(self) -> None:
        """Do everything that waits in the outbox: index, letters."""
        worker.drain(self.app)

    def letters(self) -> list[EmailMessage]:
        """Every letter that was sent, the oldest first."""
        folder: Path = self.app.config["SETTINGS"].data / "mail"
        sent = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        return [
            cast("EmailMessage", message_from_bytes(each.read_bytes(), policy=POLICY))
            for each in sent
        ]

    def newest_letter(self) -> EmailMessage:
        """The letter that was sent last."""
        return self.letters()[-1]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("left out: Chromium is not here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def site(
    application: Callable[[Settings], Flask], settings: Settings
) -> Iterator[Site]:
    server = _bound()
    address = f"http://127.0.0.1:{server.port}"
    app = application(replace(settings, base_url=address, development=True))
    server.app = app
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(address, app)
    server.shutdown()
    thread.join()
    server.server_close()


def _bound() -> BaseWSGIServer:
    return make_server("127.0.0.1", 0, lambda *_: [], threaded=True)


@pytest.fixture
def context_of(
    chromium: Browser, site: Site, browser_of: Callable[[Member], Any]
) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser contexts: of a member, or (None) of an anonymous reader."""
    made: list[BrowserContext] = []

    def make(member: Member | None = None, **options: Any) -> BrowserContext:
        context = chromium.new_context(base_url=site.address, **options)
        context.set_default_timeout(PATIENCE)
        if member is not None:
            cookie = browser_of(member, site.app).get_cookie("session")
            context.add_cookies(
                [{"name": "session", "value": cookie.value, "url": site.address}]
            )
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def page_of(context_of: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """A page of a member's browser; scripts that fail make the test fail."""

    def make(member: Member | None = None, **options: Any) -> Page:
        return watched(context_of(member, **options).new_page())

    return make


@pytest.fixture
def page(page_of: Callable[..., Page]) -> Page:
    """An anonymous reader's page."""
    return page_of()


@pytest.fixture
def plain(page_of: Callable[..., Page]) -> Page:
    """An anonymous reader's page, without scripts."""
    return page_of(java_script_enabled=False)


def watched(page: Page) -> Page:
    """The page, with everything that its scripts and policies complain of."""
    page.complaints = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console",
        lambda line: line.type == "error" and page.complaints.append(line.text),
    )
    return page


def enter(page: Page, entry: Entry) -> None:
    """Type every field of an entry into the form, as a person would: open what is
    folded away, add rows, fill in, choose, tick."""
    for name, value in flat(entry.model_dump(mode="json", exclude_defaults=True)):
        _make_room(page, name)
        _fill(page, name, value)


def flat(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """The fields of an entry by their names in the form."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, f"{name}-{key}" if name else key)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for index, inner in enumerate(value):
            yield from flat(inner, f"{name}-{index}")
    elif value is not None:
        yield name, value


def _make_room(page: Page, name: str) -> None:
    parts = name.split("-")
    if len(parts) > 1 and parts[1].isdecimal():
        rows = page.locator(f'[data-rows="{parts[0]}"]')
        while (
            rows.count()
            and not page.locator(f'[name^="{parts[0]}-{parts[1]}-"]').count()
        ):
            _open(page, f'[data-rows="{parts[0]}"]')
            rows.locator("[data-another]").click()
    _open(page, f'[name="{name}"]')


def _open(page: Page, selector: str) -> None:
    """Open the folds around a field, the outermost first."""
    folds = page.locator(f"details:has({selector})")
    for index in range(folds.count()):
        fold = folds.nth(index)
        if fold.get_attribute("open") is None:
            fold.locator("> summary").click()


def _fill(page: Page, name: str, value: Any) -> None:
    field = page.locator(f'[name="{name}"]')
    kind = field.last.get_attribute("type") or field.last.evaluate("e => e.tagName")
    if kind in ("radio", "checkbox") and isinstance(value, bool):
        field.last.set_checked(value)
    elif kind in ("radio", "checkbox"):
        for one in value if isinstance(value, list) else [value]:
            page.locator(f'[name="{name}"][value="{one}"]').check()
    elif kind == "SELECT":
        field.select_option(str(value))
    elif kind != "hidden":
        field.fill("\n".join(value) if isinstance(value, list) else str(value))
