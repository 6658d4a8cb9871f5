"""Who is told what is new: followers, at once or by a letter that gathers it."""

from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from stories import following, publishing, responding, saving, updating
from stories.entries.story import MentionEntry, OutcomeEntry, UpdateEntry
from stories.following import FollowEntry, telling
from stories.models import Digest, Errand, Follow, Member, now
from stories.models.base import played
from stories.models.following import Followed, Often
from stories.responding import ResponseEntry
from stories.saving import SearchEntry
from tests.lives import a_story
from tests.mailbox import read as opened
from tests.people import a_voice, an_entry, letters
from web import worker
from web.accounts.models import Account
from web.finding import index
from web.worker import following as telling_rounds
from web.worker import mailing

SOON = FollowEntry(often=Often.AT_ONCE)
DAILY = FollowEntry(often=Often.DAILY)


def with_mail(db, *members: Member, confirmed: bool = True) -> None:
    """They have an account, with an address that they have confirmed."""
    for member in members:
        db.add(
            Account(
                member_id=member.id,
                email=f"{member.handle}@example.org",
                fs_uniquifier=f"account-of-{member.handle}",
                confirmed_at=member.joined_at if confirmed else None,
            )
        )
    db.commit()


@pytest.fixture
def story(db, ada, kettles):
    """Ada's story about Kettles, of long ago."""
    return a_story(db, ada, kettles)


@pytest.fixture
def sent(app, db):
    """Let the worker do what waits; the letters that it sends, oldest first."""
    folder = app.config["SETTINGS"].data / "mail"

    def drain():
        before = set(folder.glob("*.eml"))
        db.commit()
        worker.drain(app)
        db.expire_all()
        new = set(folder.glob("*.eml")) - before
        return [
            opened(each) for each in sorted(new, key=lambda e: e.stat().st_mtime_ns)
        ]

    yield drain
    with app.app_context():
        index().close()


def _written_at(path):
    return path.stat().st_mtime_ns


def make_due(db) -> None:
    """The morning has come."""
    db.commit()
    for digest in db.scalars(select(Digest)):
        digest.due_at = now()
        digest.told_until -= timedelta(days=1)
    db.commit()


def add_update(db, author, story, words: str = "They sent the wrong lid.") -> None:
    updating.add_update(db, author, story, UpdateEntry(text=words))


# Told at once ------------------------------------------------------------------------


def test_a_follower_of_a_story_is_told_of_an_update_at_once(sent, db, ada, bob, story):
    with_mail(db, ada, bob)
    following.follow(db, bob, story, SOON)

    add_update(db, ada, story)

    (letter,) = sent()
    assert letter.to == "bob@example.org"
    assert "They sent the wrong lid." in letter.text
    assert "because you follow “A kettle that never came”" in letter.text
    assert "#update-" in letter.link("stories")


def test_a_follower_of_a_company_is_told_of_a_new_story(sent, db, ada, bob, kettles):
    with_mail(db, bob)
    following.follow(db, bob, kettles, SOON)

    about = [MentionEntry(company="Kettles & Co", company_id=kettles.id)]
    publishing.publish(db, ada, an_entry(mentions=about))

    (letter,) = sent()
    assert letter.subject == "A new story: “The kettle that never came”"
    assert "I paid in May." in letter.text


def test_a_follower_of_a_product_is_told_of_a_new_story(sent, db, ada, bob, kettles):
    with_mail(db, bob)
    mention = MentionEntry(company_id=kettles.id, company="Kettles", products=["K1"])
    before = publishing.publish(db, ada, an_entry(mentions=[mention]))
    db.commit()
    product = following.the_thing(db, bob, Followed.PRODUCT, 1)
    following.follow(db, bob, product, SOON)
    sent()

    publishing.publish(db, ada, an_entry(title="Another lid", mentions=[mention]))

    (letter,) = sent()
    assert "Another lid" in letter.subject
    assert before.title not in letter.subject


def test_a_company_s_answer_is_told(sent, db, ada, bob, cy, story, kettles):
    with_mail(db, bob, cy)
    a_voice(db, cy, kettles)
    following.follow(db, bob, story, SOON)
    following.follow(db, cy, story, SOON)

    answer = ResponseEntry(kind="explain", text="The lids were late.")
    responding.respond(db, cy, story, kettles.id, answer)

    (letter,) = sent()
    assert letter.to == "bob@example.org"  # not the doer
    assert "Kettles & Co has answered" in letter.text


def test_the_outcome_is_told(sent, db, ada, bob, story):
    with_mail(db, bob)
    following.follow(db, bob, story, SOON)

    updating.set_outcome(db, ada, story, OutcomeEntry(outcome="resolved"))

    (letter,) = sent()
    assert "has said how “A kettle that never came” stands" in letter.text


def test_who_follows_by_many_ways_gets_one_letter(sent, db, ada, bob, story, kettles):
    with_mail(db, bob)
    following.follow(db, bob, kettles, SOON)
    following.follow(db, bob, story, SOON)

    add_update(db, ada, story)

    (letter,) = sent()
    assert "because you follow “A kettle that never came”" in letter.text


def test_nobody_is_told_of_their_own_deed(sent, db, ada, story, kettles):
    with_mail(db, ada)
    following.follow(db, ada, kettles, SOON)

    add_update(db, ada, story)

    assert sent() == []


def test_an_unconfirmed_address_gets_nothing(sent, db, ada, bob, story):
    with_mail(db, bob, confirmed=False)
    following.follow(db, bob, story, SOON)

    add_update(db, ada, story)

    assert sent() == []


@pytest.mark.parametrize("seen", ["hidden", "unlisted", "author_only", "tombstone"])
def test_what_is_not_public_any_more_when_the_letter_goes_is_not_told(
    app, sent, db, ada, bob, story, seen
):
    with_mail(db, bob)
    following.follow(db, bob, story, SOON)
    add_update(db, ada, story)
    db.commit()
    with app.app_context():
        telling_rounds.Following().round()
    assert letters(db, "followed") == [f"member:{bob.id}"]

    story.visibility = seen

    assert sent() == []


def test_who_stopped_meanwhile_is_not_told(app, sent, db, ada, bob, story):
    with_mail(db, bob)
    kept = following.follow(db, bob, story, SOON)
    add_update(db, ada, story)
    db.commit()
    with app.app_context():
        telling_rounds.Following().round()

    following.stop(db, kept)

    assert sent() == []


def test_a_deed_leaves_one_errand_however_many_follow(db, ada, story):
    many(db, story, 500)

    add_update(db, ada, story)

    waiting = select(func.count()).where(Errand.task == "news")
    assert db.scalar(waiting) == 1
    assert letters(db, "followed") == []


def test_many_are_told_in_batches_and_each_once(app, db, ada, story, monkeypatch):
    monkeypatch.setattr(telling, "AT_ONCE", 7)
    many(db, story, 30)
    add_update(db, ada, story)
    db.commit()

    with app.app_context():
        telling_rounds.Following().round()

    told = letters(db, "followed")
    assert len(told) == len(set(told)) == 30


@pytest.mark.parametrize("batches", [0, 1, 2, 4])
def test_what_is_killed_between_two_batches_tells_nobody_twice(
    app, db, ada, story, monkeypatch, batches
):
    monkeypatch.setattr(telling, "AT_ONCE", 7)
    many(db, story, 30)
    add_update(db, ada, story)
    db.commit()

    with app.app_context(), killed_after(app, batches), pytest.raises(Killed):
        telling_rounds.Following().round()
    db.rollback()
    for each in db.scalars(select(Errand)):
        each.claimed_until = None
    db.commit()
    with app.app_context():
        telling_rounds.Following().round()

    told = letters(db, "followed")
    assert len(told) == len(set(told)) == 30


class Killed(BaseException):
    """The process ends here."""


class killed_after:  # noqa: N801
    """Ends everything at a commit after some: the claim's, and those of batches."""

    def __init__(self, app, batches: int) -> None:
        self.engine, self.left = app.extensions["engine"], batches + 1

    def __enter__(self):
        event.listen(self.engine, "commit", self._count)

    def __exit__(self, *_trouble):
        event.remove(self.engine, "commit", self._count)

    def _count(self, _connection) -> None:
        self.left -= 1
        if self.left < 0:
            raise Killed


def many(db, story, number: int) -> None:
    people = [
        Member(handle=f"m{n}", handle_folded=f"m{n}", display_name=f"M{n}")
        for n in range(number)
    ]
    db.add_all(people)
    db.flush()
    db.add_all(
        Follow(member_id=each.id, what="story", number=story.id, often="at_once")
        for each in people
    )
    db.commit()


# Told by a letter that gathers --------------------------------------------------------


def test_a_daily_letter_gathers_what_is_new(sent, db, ada, bob, story, kettles):
    with_mail(db, bob)
    bob.language = "it"
    following.follow(db, bob, kettles, DAILY)
    add_update(db, ada, story)
    about = [MentionEntry(company="Kettles & Co", company_id=kettles.id)]
    publishing.publish(db, ada, an_entry(title="A second one", mentions=about))
    assert sent() == []

    make_due(db)
    for digest in db.scalars(select(Digest)):
        digest.due_at = now() + timedelta(minutes=2)
    db.commit()
    with played(now() + timedelta(minutes=3)):
        (letter,) = sent()
        again = sent()

    assert letter.to == "bob@example.org"
    assert letter.message["Content-Language"] == "it"
    assert "A second one" in letter.text
    assert "A kettle that never came" in letter.text
    assert again == []


def test_a_quiet_day_has_no_letter(sent, db, bob, story, kettles):
    with_mail(db, bob)
    following.follow(db, bob, kettles, DAILY)
    make_due(db)

    assert sent() == []


def test_a_daily_letter_leaves_out_what_was_withdrawn(sent, db, ada, bob, story):
    with_mail(db, bob)
    following.follow(db, bob, story, DAILY)
    add_update(db, ada, story)
    story.visibility = "author_only"
    make_due(db)

    with played(now() + timedelta(minutes=3)):
        assert sent() == []


def test_a_daily_letter_is_left_once_though_the_worker_is_killed(
    app, db, ada, bob, story, monkeypatch
):
    following.follow(db, bob, story, DAILY)
    add_update(db, ada, story)
    make_due(db)

    with app.app_context(), played(now() + timedelta(minutes=3)):
        monkeypatch.setattr(telling, "next_due", killed)
        with pytest.raises(Killed):
            telling_rounds.Following().round()
        monkeypatch.undo()
        telling_rounds.Following().round()
        telling_rounds.Following().round()

    assert letters(db, "digest") == [f"member:{bob.id}"]


def killed(*_arguments):
    raise Killed


def test_who_follows_a_search_is_told_within_the_quarter_of_an_hour(sent, db, ada, bob):
    with_mail(db, bob)
    search = saving.save(db, bob, SearchEntry(name="Leaks", words="q=leaks"))
    following.follow(db, bob, search, SOON)
    sent()
    publishing.publish(db, ada, an_entry(title="It leaks", text="Water. It leaks."))
    publishing.publish(db, ada, an_entry(title="Something else", text="No water."))
    sent()

    with played(now() + timedelta(minutes=16)):
        (letter,) = sent()

    assert "It leaks" in letter.text
    assert "Something else" not in letter.text


def test_what_comes_late_into_the_index_is_told_later_and_not_passed_over(
    app, sent, db, ada, bob
):
    with_mail(db, bob)
    search = saving.save(db, bob, SearchEntry(name="Leaks", words="q=leaks"))
    following.follow(db, bob, search, SOON)
    sent()
    publishing.publish(db, ada, an_entry(title="It leaks", text="Water. It leaks."))
    db.commit()

    with app.app_context(), played(now() + timedelta(minutes=16)):
        telling_rounds.Following().round()
        mailing.Mailing().round()  # while the index has not caught up

    with played(now() + timedelta(minutes=32)):
        (letter,) = sent()
    assert "It leaks" in letter.text
