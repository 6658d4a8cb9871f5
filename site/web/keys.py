"""The site's secret keys: set by the operator, or made once in the data folder."""

import secrets
from pathlib import Path

from flask import current_app

from stories.sealing import Seal
from stories.settings import BadSetting, Settings

FILE = "secret-key"
LEAST = 32


def keys(settings: Settings) -> tuple[str, ...]:
    """The keys, the present one first, then old ones that are still understood.

    Raises BadSetting where the site is public and the operator has set none, or a
    key is too short to be one.
    """
    if not settings.secret_key:
        return (_made(settings),)
    if any(len(key) < LEAST for key in settings.secret_key):
        raise BadSetting(f"EARSHOT_SECRET_KEY: a key has at least {LEAST} letters.")
    return settings.secret_key


def seal() -> Seal:
    """What the application's keys seal, and open again."""
    config = current_app.config
    return Seal([config["SECRET_KEY"], *config["SECRET_KEY_FALLBACKS"]])


def _made(settings: Settings) -> str:
    if settings.public:
        raise BadSetting(
            "EARSHOT_SECRET_KEY: a site on a public address needs a key of its own."
        )
    path = settings.data / FILE
    if not path.exists():
        _write(path, secrets.token_urlsafe(48))
    return path.read_text().strip()


def _write(path: Path, key: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(key)
