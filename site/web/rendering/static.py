"""Static files: read once, joined, named by their content, kept for ever by readers.

The parts in `static/styles/` become one `site.css`, in the order of their names. What
a file refers to (fonts, other scripts) is named by its content as well.
"""

import gzip
import mimetypes
import re
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from flask import Flask, Response, abort, current_app, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer
from markupsafe import Markup

REFERENCE = re.compile(
    rb"""(?<=["'(])(?:\./)?([\w/-]+\.(?:woff2|svg|js|png))(?=["')])"""
)
COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)
NAMED = re.compile(r"^(.+)\.([0-9a-f]{10})(\.\w+)$")
ICON = Markup('<svg class="icon{}" aria-hidden="true"><use href="{}#{}"></use></svg>')
ENDPOINT = "static_file"
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class File:
    """One file as it is sent."""

    name: str
    body: bytes

    @cached_property
    def hash(self) -> str:
        return sha256(self.body).hexdigest()[:10]

    @cached_property
    def address(self) -> str:
        stem, dot, ending = self.name.rpartition(".")
        return f"/static/{stem}.{self.hash}{dot}{ending}"

    @cached_property
    def kind(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @cached_property
    def packed(self) -> bytes:
        return gzip.compress(self.body, 9, mtime=0)


class Static:
    """All static files of the site, by name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, File] = {}
        self._icons: dict[str, Markup] = {}
        self._newest = 0.0

    def refresh(self) -> None:
        """Read everything anew where something was changed meanwhile."""
        newest = max(path.stat().st_mtime for path in self._folder.rglob("*"))
        if newest > self._newest:
            self._newest = newest
            self._files.clear()
            self._icons.clear()

    def icon(self, name: str, turns: str = "") -> Markup:
        """An icon of `icons.svg`, which says nothing by itself.

        `turns`: it points along the line, and is mirrored where lines run from right
        to left.
        """
        key = f"{name}{turns}"
        if key not in self._icons:
            sheet = static_url("icons.svg")
            self._icons[key] = ICON.format(" turns" if turns else "", sheet, name)
        return self._icons[key]

    def find(self, name: str) -> File | None:
        if name not in self._files:
            body = self._read(name)
            if body is None:
                return None
            self._files[name] = File(name, REFERENCE.sub(self._renamed, body))
        return self._files[name]

    def _read(self, name: str) -> bytes | None:
        if name == "site.css":
            parts = sorted((self._folder / "styles").glob("*.css"))
            return _tightened(b"".join(part.read_bytes() for part in parts))
        path = (self._folder / name).resolve()
        inside = path.is_relative_to(self._folder) and path.is_file()
        return path.read_bytes() if inside else None

    def _renamed(self, reference: re.Match[bytes]) -> bytes:
        found = self.find(reference[1].decode())
        return found.address.encode() if found else reference[0]


def install(app: Flask) -> None:
    """Serve `/static/` and let templates name its files and draw its icons."""
    static = app.extensions["static"] = Static(folder())
    app.add_url_rule("/static/<path:name>", ENDPOINT, _send)
    app.session_interface = Sessions()
    app.jinja_env.globals.update(static_url=static_url, icon=static.icon)
    if app.config["SETTINGS"].development:
        app.before_request(static.refresh)


class Sessions(SecureCookieSessionInterface):
    """Flask's own, which makes what reads its cookies once; but static files are the
    same for everybody, though Flask-Login looks into the session of every request."""

    def __init__(self) -> None:
        self._made = cache(super().get_signing_serializer)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """For the keys that the application began with."""
        return self._made(app)

    def save_session(
        self, app: Flask, session: SessionMixin, response: Response
    ) -> None:
        """As Flask's, which makes shared caches keep an answer for each cookie."""
        if request.endpoint != ENDPOINT:
            super().save_session(app, session, response)


def static_url(name: str) -> str:
    """The address of a static file, with its content's hash in the name."""
    found = _all().find(name)
    if found is None:
        raise LookupError(f"There is no static file {name}.")
    return found.address


def _send(name: str) -> Response:
    named = NAMED.match(name)
    found = _all().find(named[1] + named[3] if named else name)
    if found is None:
        abort(404)
    packs = found.kind.startswith("text/") or found.kind.endswith("+xml")
    packed = packs and request.accept_encodings["gzip"] > 0
    response = Response(found.packed if packed else found.body, mimetype=found.kind)
    if packs:
        response.vary.add("Accept-Encoding")
    if packed:
        response.content_encoding = "gzip"
    known = named is not None and named[2] == found.hash
    response.headers["Cache-Control"] = FOREVER if known else "public, max-age=60"
    return response


def _all() -> Static:
    held: Static = current_app.extensions["static"]
    return held


def folder() -> Path:
    """Inside the installed package, else beside `site/` in a checkout."""
    package = Path(str(files("web"))).resolve()
    installed = package / "static"
    return installed if installed.is_dir() else package.parents[1] / "static"


def _tightened(styles: bytes) -> bytes:
    """Without comments, and without blanks where none is needed."""
    bare = re.sub(rb"\s+", b" ", COMMENT.sub(b"", styles))
    tight = re.sub(rb"\s*([{};,>])\s*", rb"\1", bare)
    return re.sub(rb"([{;][\w-]+): ", rb"\1:", tight).replace(b";}", b"}").strip()
