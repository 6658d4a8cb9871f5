"""Files in a bucket of an object store that speaks S3, shared by all machines."""

from collections.abc import Collection, Iterator
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit, urlunsplit
from uuid import uuid4

import obstore
from obstore.store import ObjectStore, S3Store

from stories.settings import Settings
from stories.storage import COMING, Written

if TYPE_CHECKING:
    from obstore import ObjectMeta
    from obstore.store import ClientConfig

PATIENCE: "ClientConfig" = {"connect_timeout": "5s", "timeout": "30s"}
"""The longest file has 30 MB; who waits longer is told that it failed."""


def open_store(settings: Settings) -> "Bucket":
    """The bucket of `s3://bucket/folder?endpoint=…&region=…`, opened with the key of
    the settings, or else with what the machine itself is allowed (`AWS_…`)."""
    asked = urlsplit(settings.media_url)
    more = dict(parse_qsl(asked.query))
    if settings.media_key:
        name, _, secret = settings.media_key.partition(":")
        more |= {"access_key_id": name, "secret_access_key": secret}
    plain = more.get("endpoint", "").startswith("http://")
    return Bucket(
        S3Store.from_url(
            urlunsplit(asked._replace(query="")),
            config=more,  # type: ignore[arg-type]  # its names are checked there
            client_options={"allow_http": plain, **PATIENCE},
        )
    )


class Bucket:
    """A prefix for each story. What is answered is kept: S3 says so of every write."""

    def __init__(self, bucket: ObjectStore) -> None:
        self._bucket = bucket

    def write(self, body: bytes) -> Written:
        """Write a file, whole, before the deed that it is for."""
        name = uuid4().hex
        obstore.put(self._bucket, f"{COMING}/{name}", body)
        return Written(name, sha256(body).hexdigest(), len(body))

    def place(self, written: Written, story_id: int) -> str:
        """Give it its place within the deed, before the commit; gives its name."""
        there = f"{story_id}/{written.digest}"
        obstore.rename(self._bucket, f"{COMING}/{written.name}", there)
        return written.digest

    def read(self, story_id: int, digest: str) -> bytes | None:
        """A file's content; None where it is not there."""
        try:
            return bytes(obstore.get(self._bucket, f"{story_id}/{digest}").bytes())
        except FileNotFoundError:
            return None

    def sweep(self, story_id: int, kept: Collection[str]) -> int:
        """Remove a story's files but these; how many went. The story is held."""
        paths = [each["path"] for each in self._listed(str(story_id))]
        gone = [path for path in paths if path.rpartition("/")[2] not in kept]
        obstore.delete(self._bucket, gone)
        return len(gone)

    def drop(self, *written: Written | None) -> None:
        """Forget what no deed took."""
        left = [f"{COMING}/{each.name}" for each in written if each is not None]
        obstore.delete(self._bucket, left)

    def stories(self) -> list[int]:
        """The stories that have files."""
        folders = obstore.list_with_delimiter(self._bucket)["common_prefixes"]
        return sorted(int(each) for each in folders if each.isdecimal())

    def forget_abandoned(self, before: datetime) -> None:
        """Remove what was written before then for a deed that never was done."""
        waiting = self._listed(COMING)
        old = [each["path"] for each in waiting if each["last_modified"] < before]
        obstore.delete(self._bucket, old)

    def _listed(self, folder: str) -> "Iterator[ObjectMeta]":
        for some in obstore.list(self._bucket, folder):
            yield from some
