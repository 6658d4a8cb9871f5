"""A company's page."""

import pytest

from stories import companies
from stories.models import Representative, Verification
from tests.lives import a_story, a_whole_life, later, mention
from tests.reading_eyes import missing_from, words_of


@pytest.fixture
def address(kettles):
    return f"/en/companies/{kettles.id}-kettles-co"


def test_a_company_is_shown_with_its_stories_products_and_names(
    client, db, ada, kettles, address
):
    a_whole_life(db, ada, kettles)
    companies.add_aliases(db, kettles, ["Kettles Incorporated"])
    db.commit()

    assert not missing_from(
        client.get(address),
        "Also called: Kettles Incorporated",
        "kettles.example",
        "A kettle that never came",
        "Kettle 3000",
        "1 story",
        "told of 1 case since March 2026",
        "Answered: 1 of 1",
        "Half of the first answers came within 3 days",
        "stories people chose to tell, not a sample of all customers",
    )


def test_a_company_without_a_voice_is_said_not_to_run_its_page(client, address):
    assert not missing_from(client.get(address), "This page is not run by the company")


def test_a_company_shows_who_speaks_for_it_and_how_they_were_verified(
    client, db, bob, kettles, address
):
    voice = Representative(
        member_id=bob.id,
        company_id=kettles.id,
        name="Bob Kettle",
        job_title="Care",
        state="granted",
    )
    voice.verifications = [Verification(method="email", verified_at=later(0))]
    db.add(voice)
    db.commit()

    page = client.get(address)

    assert not missing_from(
        page,
        "Bob Kettle, Care",
        "Verified by an e-mail address of the company on 1 March 2026",
    )
    assert "not run by the company" not in words_of(page)


def test_a_lapsed_badge_is_not_shown(client, db, bob, kettles, address):
    voice = Representative(
        member_id=bob.id, company_id=kettles.id, name="Bob Kettle", state="granted"
    )
    voice.verifications = [
        Verification(method="email", verified_at=later(-400), expires_at=later(-35))
    ]
    db.add(voice)
    db.commit()

    assert "Bob Kettle" not in client.get(address).text


def test_praise_in_passing_stands_apart_and_is_no_case(
    client, db, ada, kettles, address
):
    other = companies.add(db, "Other & Sons")
    story = a_story(db, ada, other, title="They were better")
    mention(db, story, kettles, "praised")

    page = client.get(address)

    assert not missing_from(
        page, "Named in passing", "They were better", "Other & Sons"
    )
    assert "told of" not in words_of(page)
    assert not missing_from(
        client.get(f"/en/companies/{kettles.id}/mentions"), "They were better"
    )


def test_a_wrong_name_in_the_address_leads_to_the_right_one(client, kettles, address):
    answer = client.get(f"/en/companies/{kettles.id}-something")

    assert (answer.status_code, answer.location) == (301, address)


def test_a_merged_company_leads_to_its_successor(client, db, kettles, address):
    old = companies.add(db, "Old Kettles")
    old.merged_into_id = kettles.id
    db.commit()

    answer = client.get(f"/en/companies/{old.id}-old-kettles")

    assert (answer.status_code, answer.location) == (301, address)


def test_an_unknown_company_is_not_there(client):
    assert client.get("/en/companies/4711").status_code == 404


def test_praise_and_criticism_in_passing_are_lists_of_their_own(
    client, db, ada, kettles, address
):
    other = companies.add(db, "Other & Sons")
    praise = a_story(db, ada, other, title="They were better")
    mention(db, praise, kettles, "praised", reason="A spare lid within a day.")
    blame = a_story(db, ada, other, title="Both were bad")
    mention(db, blame, kettles, "criticised")
    mentions = f"/en/companies/{kettles.id}/mentions"

    assert not missing_from(
        client.get(address),
        "Praised in passing A spare lid within a day.",
        "Criticised in passing",
    )
    assert "Both were bad" not in client.get(f"{mentions}?role=praised").text
    assert "They were better" not in client.get(f"{mentions}?role=criticised").text
    assert not missing_from(
        client.get(f"{mentions}?role=nonsense"), "They were better", "Both were bad"
    )
