"""Speaking for a company, from the first question to long after, as people do it."""

import pytest
from sqlalchemy import select

from stories.models import Company, Representative, Response, Story
from tests.mailbox import Letter, carried
from tests.reading_eyes import missing_from, words_of

CLAIM = {
    "name": "Bob Boiler",
    "job_title": "Customer care",
    "email": "bob@kettles.example",
}
STORY = {
    "title": "The kettle that never came",
    "text": "I paid in May. In July there was still no kettle, and no word.",
    "language": "en",
    "kind": "complaint",
    "mentions-0-role": "subject",
    "private_reference": "K-4711",
    "do": "publish",
}


@pytest.fixture
def post(app):
    """Let the worker carry the letters: what went to an address now."""

    def to(address: str) -> list[Letter]:
        return [letter for letter in carried(app) if letter.to == address]

    return to


def newest(db, column):
    """The newest row's number, as it is by now."""
    db.rollback()
    return db.scalars(select(column).order_by(column.desc())).first()


def tell(author, company: Company) -> str:
    """Publish a story about the company; where it stands."""
    about = {"mentions-0-company": company.name, "mentions-0-company_id": company.id}
    return author.post("/en/write", data={**STORY, **about}).location


def get_the_role(db, client, speaker, judge, post, claim: str) -> Letter:
    """Bob asks, proves and is granted; the letter that says so."""
    speaker.post(claim, data=CLAIM)
    (letter,) = post("bob@kettles.example")
    client.get(letter.link())
    client.post(letter.link())
    role = newest(db, Representative.id)
    judge.post(f"/en/moderation/roles/{role}", data={"deed": "grant"})
    (granted,) = post("bob@example.org")
    return granted


def talk(db, author, speaker, post, number: int, respond: str) -> None:
    """They answer each other twice; each is told of the other."""
    question = {"kind": "ask_details", "text": "Which one did you order?"}
    speaker.post(respond, data=question)
    (told,) = post("ada@example.org")
    assert "Which one did you order?" in told.text
    rejoin = "/en/stories/{}/responses/{}/rejoin"
    first = rejoin.format(number, newest(db, Response.id))
    assert first in author.get(told.link()).text
    author.post(first, data={"text": "The blue one."})
    (told,) = post("bob@example.org")
    assert "The blue one." in told.text
    assert not missing_from(speaker.get("/en/desk"), "Waiting for you 1")
    speaker.post(respond, data={"kind": "apologise", "text": "It was lost."})
    second = rejoin.format(number, newest(db, Response.id))
    author.post(second, data={"text": "So send another."})


def test_a_role_from_claim_to_end(
    db, client, browser_of, post, ada, bob, staff, kettles
):
    author, speaker, judge = (browser_of(member) for member in (ada, bob, staff))
    company = f"/en/companies/{kettles.id}"
    story = tell(author, kettles)
    assert not missing_from(client.get(story), "has not been told")
    granted = get_the_role(db, client, speaker, judge, post, f"{company}/claim")

    desk = speaker.get(granted.link())
    number = newest(db, Story.id)
    respond = f"/en/stories/{number}/respond?company={kettles.id}"
    assert not missing_from(desk, "Waiting for you 1", "Told today", "K-4711", "Ada")
    assert respond in desk.text

    talk(db, author, speaker, post, number, respond)
    speaker.post(f"{company}/claim/back")

    assert not missing_from(
        client.get(story),
        "Which one did you order?",
        "The blue one.",
        "It was lost.",
        "So send another.",
        "Bob Boiler, Customer care",
        "Verified by an e-mail address of the company on",
    )
    assert "Bob Boiler" not in words_of(client.get(f"{company}-kettles-co"))
    again = {"kind": "thank", "text": "One more word."}
    assert speaker.post(respond, data=again).status_code == 403
    assert "K-4711" not in speaker.get("/en/desk").text
