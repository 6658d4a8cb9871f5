"""Every setting of Earshot, its default, and how it is read from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


class BadSetting(ValueError):
    """A setting that cannot be understood, said so that an operator can mend it."""


@dataclass(frozen=True)
class Settings:
    """All settings, each read from `EARSHOT_<NAME>` or a file named by `…_FILE`.

    Their meaning stands in the README; a test holds the two lists together.
    """

    data: Path = Path("instance")
    database_url: str = ""
    search_url: str = "whoosh:"
    cache_url: str = ""
    media_url: str = ""
    media_key: str = field(default="", repr=False)
    mail_url: str = ""
    mail_from: str = "Earshot <earshot@localhost>"
    mail_bounces: str = ""
    resolver: str = ""
    fetch_inside: str = ""
    translate_url: str = ""
    translate_key: str = field(default="", repr=False)
    base_url: str = ""
    trusted_hosts: tuple[str, ...] = ()
    secret_key: tuple[str, ...] = field(default=(), repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    web_processes: int = 2
    pages: Path | None = None
    fonts: Path = Path("/usr/share/fonts")
    proxies: int = 0
    demo: bool | None = None
    unlimited: bool = False
    development: bool = False

    @property
    def database(self) -> str:
        """The address of the database; SQLite in the data folder by default."""
        return self.database_url or f"sqlite:///{self.data / 'earshot.sqlite'}"

    @property
    def media(self) -> Path:
        """The folder of uploaded files, where they are not kept in a bucket; `media` in
        the data folder by default."""
        named = urlsplit(self.media_url)
        return Path(unquote(named.path)) if self.media_url else self.data / "media"

    @property
    def media_in_bucket(self) -> bool:
        """Whether uploaded files are kept in an object store."""
        return urlsplit(self.media_url).scheme == "s3"

    @property
    def address(self) -> str:
        """The site's own address, without a slash at its end."""
        return (self.base_url or f"http://127.0.0.1:{self.port}").rstrip("/")

    @property
    def public(self) -> bool:
        """Whether the site answers on an address that strangers can reach."""
        return not loopback(urlsplit(self.address).hostname or "")

    @property
    def exposed(self) -> bool:
        """Whether anybody but this machine can reach the site at all."""
        return self.public or not loopback(self.host)

    @property
    def secure(self) -> bool:
        """Whether readers come through TLS."""
        return urlsplit(self.address).scheme == "https"


def loopback(host: str) -> bool:
    """Whether a host name or address never leaves this machine."""
    return host in ("localhost", "::1") or host.startswith("127.")


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings as the environment has them.

    Raises BadSetting, with the variable's name, for what cannot be understood.
    """
    found: dict[str, Any] = {}
    for each in fields(Settings):
        raw = _raw(environ, _variable(each.name))
        if raw is not None:
            found[each.name] = _understand(_variable(each.name), each.type, raw)
    for name in ("resolver", "fetch_inside"):
        if name in found:
            _require_door(_variable(name), found[name])
    if "mail_bounces" in found:
        _require_mailbox("EARSHOT_MAIL_BOUNCES", found["mail_bounces"])
    if "media_url" in found:
        _require_place("EARSHOT_MEDIA_URL", found["media_url"])
    if "translate_url" in found:
        _require_address(_variable("translate_url"), found["translate_url"])
    return Settings(**found)


def _require_address(variable: str, raw: str) -> None:
    parts = urlsplit(raw)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadSetting(f"{variable} is an address with http:// or https://.")


def _require_place(variable: str, raw: str) -> None:
    """A folder of this machine by its whole path, or a bucket."""
    parts = urlsplit(raw)
    is_folder = parts.scheme == "file" and not parts.netloc and parts.path[:1] == "/"
    if not (is_folder or (parts.scheme == "s3" and parts.netloc)):
        raise BadSetting(
            f"{variable} is file:///a/folder, s3://bucket?endpoint=…&region=…, or empty"
            f" for the data folder; files cannot be kept in {raw!r}."
        )


MOST_MAILBOX = 12
"""Letters before the @, so that what a return path adds finds room within 64."""


def _require_mailbox(variable: str, raw: str) -> None:
    name, _, domain = raw.partition("@")
    if not (0 < len(name) <= MOST_MAILBOX and domain and "@" not in domain):
        raise BadSetting(
            f"{variable} is a mail address with at most {MOST_MAILBOX} letters before "
            f"the @, not {raw!r}."
        )


def _require_door(variable: str, raw: str) -> None:
    """A port, with the address before it if it is not on this machine."""
    port = door(raw)[1]
    if not 0 < port <= 65535:
        raise BadSetting(f"{variable} is a host and a port, host:port, not {raw!r}.")


def door(raw: str) -> tuple[str, int]:
    """The address and the port of host:port; port 0 where it is nonsense."""
    host, _, port = raw.rpartition(":")
    return host or "127.0.0.1", int(port) if port.isdecimal() else 0


def _variable(name: str) -> str:
    return "PORT" if name == "port" else f"EARSHOT_{name.upper()}"


def _raw(environ: Mapping[str, str], variable: str) -> str | None:
    if environ.get(variable):
        return environ[variable].strip()
    if not environ.get(f"{variable}_FILE"):
        return None
    try:
        return Path(environ[f"{variable}_FILE"]).read_text().strip()
    except OSError as trouble:
        raise BadSetting(f"{variable}_FILE cannot be read: {trouble}") from trouble


def _understand(variable: str, kind: object, raw: str) -> object:
    if kind is int:
        return _number(variable, raw)
    if kind in (bool, bool | None):
        return _truth(variable, raw)
    if kind in (Path, Path | None):
        return Path(raw)
    if kind == tuple[str, ...]:
        return tuple(part.strip() for part in raw.split(",") if part.strip())
    return raw


def _number(variable: str, raw: str) -> int:
    if not raw.isdecimal() or int(raw) > 65535:
        raise BadSetting(f"{variable} is a number from 0 to 65535, not {raw!r}.")
    return int(raw)


def _truth(variable: str, raw: str) -> bool:
    if raw.lower() in ("1", "yes", "true", "on"):
        return True
    if raw.lower() in ("0", "no", "false", "off"):
        return False
    raise BadSetting(f"{variable} is yes or no, not {raw!r}.")
