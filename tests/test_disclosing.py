"""Who speaks for a company says so in stories about it."""

import pytest

from stories import publishing
from stories.models import Story
from stories.problems import Invalid
from tests.people import a_voice, an_entry


@pytest.fixture
def mentions(db, bob, kettles) -> list[dict]:
    a_voice(db, bob, kettles)
    return [{"company": kettles.name, "company_id": kettles.id}]


def test_a_representative_writes_no_story_about_the_own_company_in_disguise(
    db, bob, mentions
):
    with pytest.raises(Invalid) as refused:
        publishing.publish(db, bob, an_entry(mentions=mentions))

    assert refused.value.field == "author_relation"


@pytest.mark.parametrize(
    "openly", [{"author_relation": "employee"}, {"disclosure": "I work there."}]
)
def test_who_says_so_may_write(db, bob, mentions, openly):
    story = publishing.publish(db, bob, an_entry(mentions=mentions, **openly))

    assert story.id


def test_praise_of_the_own_company_in_passing_has_to_be_disclosed_too(
    db, bob, mentions
):
    praised = [{"company": "Acme"}, {**mentions[0], "role": "praised"}]

    with pytest.raises(Invalid):
        publishing.publish(db, bob, an_entry(mentions=praised))


def test_others_need_not_say_anything(db, ada, bob, mentions):
    assert publishing.publish(db, ada, an_entry(mentions=mentions)).id
    assert publishing.publish(db, bob, an_entry()).id


def test_a_story_does_not_lose_its_disclosure_later(db, bob, mentions):
    entry = an_entry(mentions=mentions, disclosure="I work there.")
    story = publishing.publish(db, bob, entry)
    db.commit()

    with pytest.raises(Invalid):
        publishing.amend(db, bob, story, an_entry(mentions=mentions))


def test_the_editor_says_it_at_the_field_and_keeps_the_words(
    db, browser_of, bob, kettles, mentions
):
    browser = browser_of(bob)
    typed = {
        "title": "A fine kettle",
        "text": "It boils, and it boils, and it boils.",
        "kind": "praise",
        "language": "en",
        "mentions-0-company": kettles.name,
        "mentions-0-company_id": str(kettles.id),
        "mentions-0-role": "subject",
        "do": "publish",
    }

    page = browser.post("/en/write", data=typed)

    assert page.status_code == 422
    assert 'id="error-author_relation"' in page.text
    assert "It boils, and it boils, and it boils." in page.text
    assert not db.query(Story).all()
