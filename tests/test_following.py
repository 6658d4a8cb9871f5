"""Following stories, companies, products and searches."""

import pytest
from sqlalchemy import func, select

from stories import following, leaving, saving
from stories.exporting import own_record, public_record
from stories.following import FollowEntry
from stories.models import Digest, Follow
from stories.models.following import Often
from stories.problems import Forbidden, Invalid, Missing
from stories.saving import SearchEntry
from tests.lives import a_story

SOON = FollowEntry(often=Often.AT_ONCE)
DAILY = FollowEntry(often=Often.DAILY)


@pytest.fixture
def story(db, ada, kettles):
    """Ada's story about Kettles, of long ago."""
    return a_story(db, ada, kettles)


def test_following_twice_is_following_as_said_last(db, bob, story):
    following.follow(db, bob, story, SOON)
    following.follow(db, bob, story, DAILY)

    assert list(db.scalars(select(Follow.often))) == ["daily"]


@pytest.mark.parametrize("seen", ["hidden", "unlisted", "author_only", "tombstone"])
def test_what_not_everybody_can_find_is_not_followed(db, bob, story, seen):
    story.visibility = seen

    with pytest.raises(Missing):
        following.follow(db, bob, story, SOON)


def test_another_member_s_search_is_not_followed(db, ada, bob):
    search = saving.save(db, ada, SearchEntry(name="Leaks", words="q=leaks"))

    with pytest.raises(Missing):
        following.follow(db, bob, search, SOON)


@pytest.mark.parametrize("standing", ["unconfirmed", "suspended", "left"])
def test_who_is_no_member_in_good_standing_follows_nothing(db, bob, story, standing):
    bob.standing = standing

    with pytest.raises(Forbidden):
        following.follow(db, bob, story, SOON)


def test_nobody_follows_without_end(db, bob, story, kettles, monkeypatch):
    monkeypatch.setattr(following, "MOST", 1)
    following.follow(db, bob, story, SOON)

    with pytest.raises(Invalid):
        following.follow(db, bob, kettles, SOON)


def test_follows_are_the_member_s_own_and_leave_with_them(db, bob, story):
    following.follow(db, bob, story, DAILY)
    db.commit()
    assert own_record(db, bob)["follow"][0]["number"] == story.id
    assert not any('"follow"' in line for line in public_record(db))

    leaving.leave(db, bob, leaving.Way.WITHDRAW)

    assert db.scalar(select(func.count()).select_from(Follow)) == 0
    assert db.scalar(select(func.count()).select_from(Digest)) == 0


def test_a_search_that_is_forgotten_is_not_followed_any_more(db, bob):
    search = saving.save(db, bob, SearchEntry(name="Leaks", words="q=leaks"))
    following.follow(db, bob, search, SOON)

    saving.forget(db, bob, search.id)

    assert db.scalar(select(func.count()).select_from(Follow)) == 0
