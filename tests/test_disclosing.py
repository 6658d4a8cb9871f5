"""Who speaks for a company says so in stories about it."""

import pytest

from stories import discussing, publishing
from stories.discussing import CommentEntry, GuestEntry
from stories.models import Comment, Story
from stories.problems import Invalid
from tests.people import a_voice, an_entry
from tests.reading_eyes import missing_from
from web.accounts import contacts


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


@pytest.fixture
def story(db, ada, kettles) -> Story:
    mentions = [{"company": kettles.name, "company_id": kettles.id}]
    story = publishing.publish(db, ada, an_entry(mentions=mentions))
    db.commit()
    return story


def remark(**more) -> CommentEntry:
    return CommentEntry(text="The best kettle that I ever had.", **more)


@pytest.mark.parametrize("relation", [None, "own", "family"])
def test_a_representative_does_not_remark_like_anybody_else(
    db, bob, kettles, story, relation
):
    a_voice(db, bob, kettles).team_role = "observer"
    db.commit()

    with pytest.raises(Invalid) as refused:
        discussing.comment(db, bob, story, remark(relation=relation))

    assert refused.value.field == "relation"
    assert discussing.comment(db, bob, story, remark(relation="employee")).relation


def test_who_reads_mail_at_the_company_is_asked_and_then_believed(db, cy, story):
    for domain in ("kettles.example", "care.kettles.example"):
        with pytest.raises(Invalid):
            discussing.comment(db, cy, story, remark(), domain)
    said = remark(relation="own")

    assert discussing.comment(db, cy, story, said, "kettles.example").id
    assert discussing.comment(db, cy, story, remark(), "example.org").id


def test_guests_are_asked_as_well(db, story):
    guest = GuestEntry(name="Gina")

    with pytest.raises(Invalid):
        discussing.comment_as_guest(db, guest, "c1", story, remark(), "kettles.example")


def test_customers_of_a_mail_provider_are_no_insiders(db, cy, kettles, story):
    kettles.domain = "libero.it"
    db.flush()

    assert discussing.comment(db, cy, story, remark(), "libero.it").id


@pytest.mark.parametrize(
    ("email", "domain"),
    [
        ("ada@kettles.example", "kettles.example"),
        ("ada@Kettles.Example", "kettles.example"),
        ("ada@kessel-für-alle.de", "xn--kessel-fr-alle-nsb.de"),
    ],
)
def test_the_domain_of_an_address_is_one_that_companies_have(email, domain):
    assert contacts.domain_of(email) == domain


def test_a_story_by_who_reads_mail_at_the_company_is_asked_about(db, cy, kettles):
    mentions = [{"company": kettles.name, "company_id": kettles.id}]
    entry = an_entry(mentions=mentions)

    with pytest.raises(Invalid) as refused:
        publishing.publish(db, cy, entry, None, "kettles.example")

    assert refused.value.field == "author_relation"
    assert "If you work there" in str(refused.value.problem)


def test_the_site_notices_asks_and_shows_it(db, client, browser_of, cy, kettles, story):
    kettles.domain = "example.org"  # where Cy reads mail
    db.commit()
    browser, there = browser_of(cy), f"/en/stories/{story.id}/comment"

    asked = browser.post(there, data={"text": "A fine kettle."})
    said = browser.post(there, data={"text": "A fine kettle.", "relation": "employee"})

    assert asked.status_code == 422
    assert 'id="error-relation"' in asked.text
    assert "A fine kettle." in asked.text
    assert said.status_code == 303
    assert db.query(Comment).one().relation == "employee"
    shown = client.get(f"/en/stories/{story.id}", follow_redirects=True)
    assert not missing_from(shown, "Works for the company")


def test_the_editor_asks_once_and_believes_the_answer(db, browser_of, cy, kettles):
    kettles.domain = "example.org"
    db.commit()
    browser = browser_of(cy)
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

    asked = browser.post("/en/write", data=typed)
    published = browser.post("/en/write", data={**typed, "relation_asked": "yes"})

    assert asked.status_code == 422
    assert 'id="error-author_relation"' in asked.text
    assert 'name="relation_asked"' in asked.text
    assert published.status_code == 303
    assert "/stories/" in published.location
