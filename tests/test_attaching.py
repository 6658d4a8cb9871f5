"""Evidence: kept in private, seen by whom the author says, gone with its story."""

from functools import partial

import pytest
from sqlalchemy import select, update

from stories import attaching, publishing, withdrawing
from stories.entries import evidence as limits
from stories.entries.evidence import BoxesEntry, EvidenceEntry
from stories.models import Evidence, Story
from stories.models.evidence import FileKind
from stories.problems import Forbidden, Invalid, Missing
from stories.reading import evidence as reading
from stories.reading import story as story_page
from stories.storage.folder import Folder
from tests.files import KEPT_WORDS as WORDS
from tests.files import a_file, a_kept_file
from tests.lives import a_story
from tests.people import an_entry

BOX = BoxesEntry.model_validate(
    {"boxes": [{"left": 0, "top": 0, "width": 50, "height": 12.5}]}
)


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


def covered(db, ada, evidence, store) -> Evidence:
    file = a_file(store, b"covered", b"small, covered")
    attaching.cover(db, ada, evidence, BOX, file, store)
    db.commit()
    return evidence


def may(db, member, evidence, digest=None) -> bool:
    file = evidence.id, digest or evidence.shown
    try:
        if member is not None and member.staff:
            reading.opened_by_staff(db, member, *file)
        else:
            reading.opened(db, member, *file)
    except Missing:
        return False
    return True


def test_a_file_is_its_authors_alone(db, ada, bob, cy, staff, keep, story, store):
    made = keep()

    assert store.read(story.id, made.original) == b"as it is"
    assert may(db, ada, made)
    assert not any(may(db, each, made) for each in (bob, cy, staff, None))
    assert reading.for_staff(db, staff, story.id) == []
    assert story_page.page(db, story.id, None).evidence == []


def test_those_see_it_whom_the_author_lets(db, ada, bob, cy, staff, rival, keep, voice):
    story_id, company_id = keep().story_id, voice.company_id
    made = keep(companies=[company_id])

    assert may(db, bob, made)
    assert not any(may(db, each, made) for each in (cy, staff, None))
    assert reading.for_company(db, bob, story_id, company_id) == [made]
    assert reading.for_company(db, cy, story_id, rival.company_id) == []

    attaching.describe(db, ada, made, EvidenceEntry(words=WORDS, staff=True))

    assert may(db, staff, made)
    assert not any(may(db, each, made) for each in (bob, cy, None))
    assert reading.for_staff(db, staff, story_id) == [made]


def test_a_company_that_the_story_is_not_about_is_let_see_nothing(db, keep, rival):
    with pytest.raises(Invalid) as refused:
        keep(companies=[rival.company_id])

    assert refused.value.field == "companies"


def test_whoever_speaks_no_longer_sees_no_longer(db, bob, voice, keep, kettles):
    made = keep(companies=[kettles.id])
    voice.doubt = "address"
    db.commit()

    assert not may(db, bob, made)


def test_a_withdrawn_story_takes_its_evidence_along(
    db, ada, bob, staff, keep, kettles, story
):
    made = keep(companies=[kettles.id], staff=True)
    attaching.publish(db, ada, made)

    withdrawing.withdraw(db, ada, story)

    assert may(db, ada, made)
    assert may(db, staff, made)
    assert not any(may(db, each, made) for each in (bob, None))


def test_what_is_covered_nobody_else_sees(
    db, ada, bob, staff, keep, kettles, store, story
):
    made = keep(companies=[kettles.id], staff=True)
    original = made.original

    covered(db, ada, made, store)
    attaching.publish(db, ada, made)

    assert made.boxes == [[0, 0, 50, 12.5]]
    assert store.read(story.id, made.covered) == b"covered"
    for each in (bob, staff, None):
        assert may(db, each, made)
        assert may(db, each, made, made.covered_small)
        assert not may(db, each, made, original)
        assert not may(db, each, made, made.original_small)
    assert may(db, ada, made, original)


def test_the_cover_can_be_taken_off(db, ada, keep, store, story):
    made = covered(db, ada, keep(), store)
    gone = made.covered

    attaching.cover(db, ada, made, BoxesEntry(), None, store)
    attaching.sweep(db, store, story.id)

    assert (made.covered, made.shown) == (None, made.original)
    assert store.read(story.id, gone) is None


def test_what_is_uncovered_is_shown_to_readers_only_when_it_is_published_anew(
    db, ada, keep, store
):
    made = covered(db, ada, keep(), store)
    attaching.publish(db, ada, made)

    attaching.cover(db, ada, made, BoxesEntry(), None, store)

    assert not made.is_public
    assert not may(db, None, made, made.original)


def test_an_original_is_erased_when_a_covered_copy_stays(db, ada, keep, store, story):
    made = keep()
    with pytest.raises(Invalid):
        attaching.forget_original(db, ada, made)
    original = covered(db, ada, made, store).original

    attaching.forget_original(db, ada, made)
    attaching.sweep(db, store, story.id)

    assert store.read(story.id, original) is None
    assert store.read(story.id, made.covered) == b"covered"
    assert (made.original, made.name) == (None, "")
    with pytest.raises(Invalid):
        attaching.cover(db, ada, made, BoxesEntry(), None, store)


def test_published_everybody_sees_it_until_it_is_taken_back(
    db, client, ada, keep, story
):
    made = keep()
    before = story.version

    attaching.publish(db, ada, made)
    db.commit()

    assert may(db, None, made)
    assert [each.id for each in story_page.page(db, story.id, None).evidence] == [
        made.id
    ]
    db.refresh(story)
    assert story.version > before

    attaching.take_back(db, ada, made)

    assert not may(db, None, made)


@pytest.mark.parametrize("kind", ["pdf", "mail", "text"])
def test_only_pictures_are_published(db, ada, keep, kind):
    made = keep()
    made.kind = FileKind(kind)

    with pytest.raises(Invalid, match="Only pictures"):
        attaching.publish(db, ada, made)


def test_numbers_and_names_in_what_is_said_of_it_are_left_out(db, ada, keep):
    made = keep()
    words = "Mail of John Smith, ada@home.example, to help@kettles.example"
    kept = {"words": "help@kettles.example", "keep": True}
    named = {"name": "John Smith", "role": "a clerk"}
    entry = {"words": words, "private": [kept], "names": [named]}

    attaching.describe(db, ada, made, EvidenceEntry.model_validate(entry))

    assert made.words == "Mail of a clerk, […], to help@kettles.example"


def test_a_name_that_is_taken_out_of_the_story_goes_here_too(db, ada, kettles, store):
    words = {"text": "John Smith hung up.", "mentions": [{"company": kettles.name}]}
    story = publishing.publish(db, ada, an_entry(**words))
    made = a_kept_file(db, ada, story, store)
    told = EvidenceEntry(words="A mail of John Smith’s")
    attaching.describe(db, ada, made, told)

    named = [{"name": "John Smith", "role": "a clerk"}]
    publishing.amend(db, ada, story, an_entry(**words, names=named))

    assert made.words == "A mail of a clerk’s"


def test_a_number_that_another_file_has_by_now_leads_nowhere(
    db, ada, bob, keep, story, kettles, store
):
    gone = keep()
    number = gone.id
    db.expunge(gone)
    attaching.erase(db, ada, db.get_one(Evidence, number))
    db.commit()
    other = a_kept_file(db, bob, a_story(db, bob, kettles), store)
    other_id = other.id
    db.expunge(other)
    db.execute(update(Evidence).where(Evidence.id == other_id).values(id=number))
    db.commit()
    db.add(gone)

    with pytest.raises(Missing):
        attaching.publish(db, ada, gone)


def test_strangers_do_nothing_with_it(db, bob, staff, keep, store, story):
    made = keep()
    entry = EvidenceEntry(words="Mine")

    for each in (bob, staff):
        with pytest.raises(Forbidden):
            attaching.add(
                db, each, story, entry, name="", file=a_file(store), store=store
            )
        with pytest.raises(Forbidden):
            attaching.describe(db, each, made, entry)
        with pytest.raises(Forbidden):
            attaching.cover(db, each, made, BOX, a_file(store), store)
        for deed in (
            attaching.publish,
            attaching.take_back,
            attaching.erase,
            attaching.forget_original,
        ):
            with pytest.raises(Forbidden):
                deed(db, each, made)
    assert db.scalars(select(Evidence.words)).all() == [WORDS]


def test_a_suspended_author_takes_back_and_adds_nothing(db, ada, keep, store, story):
    made = keep()
    attaching.publish(db, ada, made)
    ada.standing = "suspended"
    db.commit()

    with pytest.raises(Forbidden):
        keep()
    attaching.take_back(db, ada, made)
    with pytest.raises(Forbidden):
        attaching.publish(db, ada, made)
    with pytest.raises(Forbidden):
        attaching.describe(db, ada, made, EvidenceEntry(words="Buy here."))
    attaching.erase(db, ada, made)

    assert not db.scalars(select(Evidence)).all()


def test_a_story_keeps_so_many_files_and_no_more(db, keep, monkeypatch):
    monkeypatch.setattr(attaching, "MOST_FILES", 3)
    for number in range(3):
        keep(b"%d" % number)

    with pytest.raises(Invalid, match="at most 3 files"):
        keep(b"4")


def test_an_author_has_so_much_room_and_no_more(db, keep, monkeypatch):
    monkeypatch.setattr(attaching, "MOST_OF_MEMBER", 20)
    keep(b"x" * 10)
    keep(b"y" * 10)

    with pytest.raises(Invalid, match="fill your space"):
        keep(b"z")


def test_the_limits_are_what_the_page_says():
    assert limits.MOST_BYTES == 10 * 1024 * 1024
    assert limits.MOST_FILES == 30
    assert limits.MOST_PIXELS == 40_000_000


@pytest.mark.parametrize(
    "entry",
    [
        {"words": ""},
        {"words": "x" * 501},
        {"words": "x", "companies": ["x"]},
        {"words": "x", "dispute_id": -1},
        {"words": "x", "published_at": "2025-01-01"},
    ],
)
def test_nonsense_about_a_file_is_refused(entry):
    with pytest.raises(ValueError, match="valid"):
        EvidenceEntry.model_validate(entry)


@pytest.mark.parametrize(
    "box",
    [
        {"left": 0, "top": 0, "width": 0, "height": 10},
        {"left": -1, "top": 0, "width": 10, "height": 10},
        {"left": 100, "top": 0, "width": 10, "height": 10},
        {"left": 0, "top": 0, "width": 101, "height": 10},
        {"left": "NaN", "top": 0, "width": 10, "height": 10},
        {"left": 0, "top": 0, "width": 10},
    ],
)
def test_nonsense_about_boxes_is_refused(box):
    with pytest.raises(ValueError, match="valid"):
        BoxesEntry.model_validate({"boxes": [box]})


def test_so_many_boxes_and_no_more():
    box = {"left": 0, "top": 0, "width": 10, "height": 10}

    BoxesEntry.model_validate({"boxes": [box] * limits.MOST_BOXES})

    with pytest.raises(ValueError, match="at most 40"):
        BoxesEntry.model_validate({"boxes": [box] * (limits.MOST_BOXES + 1)})


def test_another_storys_dispute_is_not_what_it_is_about(db, keep):
    with pytest.raises(Invalid) as refused:
        keep(dispute_id=4711)

    assert refused.value.field == "dispute_id"
