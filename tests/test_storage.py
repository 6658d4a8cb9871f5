"""Where files are kept: a folder, or a bucket of an object store, which do the same."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from stories.models import now
from stories.settings import Settings
from stories.storage import Store, open_store
from tests.running import free_port, until
from web import uploading
from web.app import create_app

SERVER = Path(__file__).parent.parent / "node_modules/.bin/s3rver"
KEY = "S3RVER:S3RVER"
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def objects(tmp_path_factory) -> Iterator[str]:
    """The address of an object store of its own with one bucket."""
    if not SERVER.exists():
        pytest.skip("left out: the object store s3rver (npm ci) is not here")
    room, port = tmp_path_factory.mktemp("objects"), free_port()
    words = ["-d", room, "-a", "127.0.0.1", "-p", str(port), "--configure-bucket", "b"]
    with (room / "log").open("w") as log:
        server = subprocess.Popen([SERVER, *words], stdout=log, stderr=log)
    until(lambda: "listening" in (room / "log").read_text())
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait()


@pytest.fixture(params=["folder", "bucket"])
def store(request, tmp_path) -> Store:
    if request.param == "folder":
        return open_store(Settings(media_url=f"file://{tmp_path}"))
    return bucket(request.getfixturevalue("objects"), tmp_path.name)


def bucket(address: str, folder: str, key: str = KEY) -> Store:
    place = f"s3://b/{folder}?endpoint={address}&region=eu-central-1"
    return open_store(Settings(media_url=place, media_key=key))


def placed(store: Store, body: bytes, story: int) -> str:
    return store.place(store.write(body), story)


def test_a_file_is_found_by_its_story_and_what_it_holds(store):
    name = placed(store, b"a receipt", 7)

    assert name == sha256(b"a receipt").hexdigest()
    assert store.read(7, name) == b"a receipt"
    assert store.read(8, name) is None
    assert store.read(7, "") is None
    assert store.read(7, "0" * 64) is None


def test_the_same_file_twice_is_one(store):
    assert placed(store, b"twice", 7) == placed(store, b"twice", 7)
    assert store.sweep(7, ()) == 1


def test_what_a_story_no_longer_has_goes_and_nothing_else(store):
    kept, gone = placed(store, b"kept", 7), placed(store, b"gone", 7)
    other = placed(store, b"gone", 70)

    assert store.sweep(7, {kept}) == 1
    assert store.sweep(7, {kept}) == 0
    assert store.read(7, gone) is None
    assert store.read(7, kept) == b"kept"
    assert store.read(70, other) == b"gone"
    assert store.stories() == [7, 70]

    assert store.sweep(7, ()) == 1
    assert store.sweep(9, ()) == 0
    assert store.stories() == [70]


def test_what_no_deed_took_is_no_storys(store):
    lost, placing = store.write(b"lost"), store.write(b"placed")
    name = store.place(placing, 7)

    store.drop(lost, None, placing)
    store.drop()

    assert store.stories() == [7]
    assert store.read(7, name) == b"placed"
    with pytest.raises(FileNotFoundError):
        store.place(lost, 7)


def test_what_was_forgotten_goes_by_its_age(store):
    old, name = store.write(b"forgotten"), placed(store, b"kept", 7)

    store.forget_abandoned(now() - DAY)
    store.place(old, 7)
    young = store.write(b"forgotten, too")
    store.forget_abandoned(now() + DAY)

    assert store.read(7, name) == b"kept"
    with pytest.raises(FileNotFoundError):
        store.place(young, 7)


def test_the_site_keeps_its_files_in_the_bucket_that_it_is_told(settings, objects):
    place = f"s3://b/site?endpoint={objects}&region=eu-central-1"
    app = create_app(replace(settings, media_url=place, media_key=KEY))

    with app.app_context():
        name = placed(uploading.store(), b"a receipt", 7)

    assert bucket(objects, "site").read(7, name) == b"a receipt"
    assert not settings.media.exists()
