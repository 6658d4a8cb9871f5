"""What evidence there is on the disk, in exports, and for how long."""

import os
import time
from functools import partial

import pytest
from sqlalchemy import select

from stories import attaching, leaving, withdrawing
from stories.attaching import file_name
from stories.entries.evidence import EvidenceEntry
from stories.exporting import own_record, public_record
from stories.models import Errand, Evidence, Story
from stories.models.codes import Visibility
from stories.problems import Missing
from stories.settings import BadSetting, Settings, read_settings
from stories.storage import COMING
from stories.storage.folder import Folder
from tests.files import KEPT_WORDS as WORDS
from tests.files import a_kept_file
from tests.lives import a_story


@pytest.fixture
def store(tmp_path) -> Folder:
    return Folder(tmp_path / "media")


@pytest.fixture
def story(db, ada, kettles, voice) -> Story:
    """Ada's story about Kettles, for whom Bob speaks."""
    return a_story(db, ada, kettles)


@pytest.fixture
def keep(db, ada, story, store):
    """Ada keeps a file."""
    return partial(a_kept_file, db, ada, story, store)


def test_erased_it_is_gone_from_the_disk(db, ada, keep, store, story):
    first, second = keep(), keep(b"another")
    digest, other = first.original, second.original

    attaching.erase(db, ada, first)

    assert db.scalars(select(Errand.task).where(Errand.task == "sweep")).all()
    attaching.sweep(db, store, story.id)
    assert store.read(story.id, digest) is None
    assert store.read(story.id, other) == b"another"
    with pytest.raises(Missing):
        attaching.describe(db, ada, first, EvidenceEntry(words="x"))


@pytest.mark.parametrize("deed", [withdrawing.erase, withdrawing.anonymise])
def test_files_go_with_the_story_and_with_the_name(db, ada, keep, store, story, deed):
    made = keep()
    attaching.publish(db, ada, made)
    digest = made.original

    deed(db, ada, story)
    attaching.sweep(db, store, story.id)

    assert not db.scalars(select(Evidence)).all()
    assert store.read(story.id, digest) is None


def test_files_go_with_the_member(db, ada, keep, store, story):
    digest = keep().original

    leaving.leave(db, ada, leaving.Way.ERASE)
    attaching.sweep(db, store, story.id)

    assert store.read(story.id, digest) is None
    assert db.get_one(Story, story.id).visibility == Visibility.TOMBSTONE


def test_files_that_no_deed_took_go_after_a_while(db, keep, store, tmp_path, story):
    made = keep()
    lost = tmp_path / "media" / COMING / store.write(b"lost").name
    store.place(store.write(b"its deed was undone"), story.id)
    attaching.sweep_all_later(db, store)
    assert lost.exists()

    old = time.time() - 2 * 60 * 60
    os.utime(lost, (old, old))
    attaching.sweep_all_later(db, store)
    attaching.sweep(db, store, story.id)

    assert not lost.exists()
    files = {each.name for each in (tmp_path / "media" / str(story.id)).iterdir()}
    assert files == made.files


def test_it_is_in_the_authors_export_and_in_no_other(db, ada, bob, keep):
    made = keep()
    attaching.publish(db, ada, made)
    db.commit()

    (row,) = own_record(db, ada)["evidence"]
    assert (row["words"], row["name"], row["original"]) == (
        WORDS,
        "a.png",
        made.original,
    )
    assert "evidence" not in own_record(db, bob)
    assert WORDS not in "".join(public_record(db))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Ada\\receipt.jpg", "receipt.jpg"),
        ("scontrino di è 票据.png", "scontrino di è 票据.png"),
        ("evil\r\nSet-Cookie: x=1\0.png", "evilSet-Cookie: x=1.png"),
        ("\u202egnp.exe", "gnp.exe"),
        ("..", ""),
        ("x" * 200, "x" * 120),
    ],
)
def test_a_name_is_never_a_way_to_anywhere(typed, kept):
    assert file_name(typed) == kept


@pytest.mark.parametrize("raw", ["s3://", "media", "file:media", "file://host/x"])
def test_no_site_starts_with_a_place_that_is_not_understood(raw):
    with pytest.raises(BadSetting, match="EARSHOT_MEDIA_URL"):
        read_settings({"EARSHOT_MEDIA_URL": raw})


def test_files_lie_where_the_operator_says(tmp_path):
    assert read_settings({}).media == Settings().data / "media"
    named = read_settings({"EARSHOT_MEDIA_URL": f"file://{tmp_path}/a%20b"})
    assert named.media == tmp_path / "a b"
