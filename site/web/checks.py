"""What an operator should know before readers come: settings, parts, environment."""

from collections.abc import Callable, Iterator

from sqlalchemy import select

from stories import outbox
from stories.models import Member
from stories.settings import BadSetting, Settings
from web import i18n, keeping, migrations
from web.accounts.models import Account
from web.db import db, engine
from web.finding import index

Check = Callable[[Settings], Iterator[str]]
SAMPLE = "@earshot.example"
"""Addresses of the sample accounts, whose passwords everybody knows."""


def troubles(settings: Settings) -> list[str]:
    """All that is wrong, a sentence each."""
    return [trouble for check in CHECKS for trouble in _found(check, settings)]


def require_safe(settings: Settings) -> None:
    """Raises BadSetting where strangers could sign in to the samples."""
    if settings.exposed and settings.demo:
        raise BadSetting("EARSHOT_DEMO: sample content stays on this machine.")
    if settings.exposed and has_sample_accounts():
        raise BadSetting(
            "EARSHOT_BASE_URL: this data folder has sample accounts, whose passwords"
            " everybody knows; begin a new one for a public site."
        )


def _found(check: Check, settings: Settings) -> list[str]:
    try:
        return list(check(settings))
    except Exception as trouble:  # noqa: BLE001  # a check that breaks has found one
        return [f"{check.__name__.strip('_')}: {type(trouble).__name__}: {trouble}"]


def _address(settings: Settings) -> Iterator[str]:
    if settings.public and not settings.secure:
        yield "EARSHOT_BASE_URL: a public site is reached by https."
    if settings.public and not settings.mail_url:
        yield "EARSHOT_MAIL_URL: nobody gets mail while it is kept in files."
    if settings.public and settings.mail_from.endswith("@localhost>"):
        yield "EARSHOT_MAIL_FROM: mail from localhost is taken for spam."
    if settings.secure and not settings.proxies:
        yield "EARSHOT_PROXIES: TLS ends in a proxy; without it all readers are one."
    if settings.public and settings.unlimited:
        yield "EARSHOT_UNLIMITED: a public site needs its limits."


def _data(settings: Settings) -> Iterator[str]:
    probe = settings.data / ".probe"
    probe.write_text("")
    probe.unlink()
    yield from ()


def _translations(_settings: Settings) -> Iterator[str]:
    i18n.require_compiled()
    yield from ()


def _database(settings: Settings) -> Iterator[str]:
    present, newest = migrations.present(engine()), migrations.newest()
    if present != newest:
        yield f"The database is at {present}, not {newest}: run `earshot migrate`."
        return
    if settings.exposed and has_sample_accounts():
        yield "There are sample accounts, whose passwords everybody knows."
    if db.scalar(select(Member.id).where(Member.staff).limit(1)) is None:
        yield "Nobody is staff: `earshot staff grant HANDLE`."
    dead = len(outbox.dead(db))
    if dead:
        yield f"{dead} errands failed for good: see `earshot outbox`."


def _index(_settings: Settings) -> Iterator[str]:
    if not index().usable():
        yield "The search index is not there: `earshot index rebuild`."


def _cache(settings: Settings) -> Iterator[str]:
    kept = keeping.open_store(settings.cache_url)
    if not kept.is_well():
        yield "EARSHOT_CACHE_URL: the cache does not answer."


CHECKS: tuple[Check, ...] = (
    _address,
    _data,
    _translations,
    _database,
    _index,
    _cache,
)


def has_sample_accounts() -> bool:
    """Whether anybody can sign in with what the README tells."""
    sample = select(Account.id).where(Account.email.endswith(SAMPLE)).limit(1)
    return db.scalar(sample) is not None
