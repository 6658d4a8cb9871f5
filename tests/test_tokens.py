"""Tokens of the API: what a company's programs may do, and for how long."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from stories.handling import tokens
from stories.handling.tokens import TokenEntry
from stories.models import ApiToken, Response, now
from stories.models.codes import ClaimState, Standing
from stories.problems import Forbidden, Missing
from tests.desks import a_case
from tests.reading_eyes import missing_from
from web import limits
from web.limits import HOUR, Limit

BOTH = TokenEntry(name="Helpdesk", scopes=["desk:read", "responses:write"])
READS = TokenEntry(name="Board", scopes=["desk:read"])
SORRY = {"kind": "apologise", "text": "We are sorry.", "language": "en"}


@pytest.fixture
def made(db, bob, kettles, voice):
    """Bob's token, which may do both, as a header."""
    _, words = tokens.make(db, bob, kettles.id, BOTH)
    db.commit()
    return {"Authorization": f"Bearer {words}"}


@pytest.fixture
def story(db, ada, kettles):
    return a_case(db, ada, kettles, 20, title="A kettle", private_reference="K-4711")


def test_a_token_is_kept_as_a_digest_alone(db, bob, kettles, voice):
    token, words = tokens.make(db, bob, kettles.id, BOTH)

    kept = [str(value) for value in vars(token).values()]
    assert not any(words in value for value in kept)
    assert words.startswith(token.beginning)
    assert tokens.admitted(db, words) is token
    assert tokens.admitted(db, words[:-1]) is None


@pytest.mark.parametrize(
    "nonsense",
    [
        {"scopes": []},
        {"scopes": ["desk:write"]},
        {"days": 0},
        {"days": 367},
        {"name": " "},
    ],
)
def test_nonsense_is_no_token(nonsense):
    good = {"name": "Board", "scopes": ["desk:read"], "days": 30}

    with pytest.raises(ValidationError):
        TokenEntry.model_validate({**good, **nonsense})


def test_only_who_speaks_for_a_company_makes_a_token(db, ada, cy, kettles, rival):
    for stranger in (ada, cy):
        with pytest.raises(Forbidden):
            tokens.make(db, stranger, kettles.id, READS)


def test_nobody_ends_the_token_of_another(db, bob, cy, kettles, voice, rival):
    token, words = tokens.make(db, bob, kettles.id, READS)

    with pytest.raises(Missing):
        tokens.revoke(db, cy, token.id)
    assert tokens.admitted(db, words)


# The API ----------------------------------------------------------------------------


def test_a_program_reads_the_desk(client, made, story, kettles):
    answer = client.get("/api/v1/desk", headers=made)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers
    (lying,) = answer.json["items"]
    assert lying["title"] == "A kettle"
    assert lying["reference"] == "K-4711"
    assert (lying["state"], lying["clock"], lying["days"]) == ("company", "late", 20)
    assert answer.json["company"]["name"] == "Kettles & Co"
    assert client.get("/api/v1/desk?clock=overdue", headers=made).json["items"] == []


def test_a_program_answers_as_its_person(db, client, made, story, kettles):
    address = f"/api/v1/stories/{story.id}/responses"

    answer = client.post(address, headers=made, json=SORRY)

    assert answer.status_code == 201
    assert answer.json["speaker"] == "Bob"
    assert answer.headers["Location"] == answer.json["address"]
    published = db.scalars(select(Response)).one()
    assert (published.text, published.company_id) == ("We are sorry.", kettles.id)


def test_what_is_wrong_is_said_field_by_field(db, client, made, story):
    address = f"/api/v1/stories/{story.id}/responses"

    answer = client.post(address, headers=made, json={"kind": "shout", "text": ""})

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    fields = {each["field"] for each in answer.json["errors"]}
    assert fields == {"kind", "text"}
    for nonsense in (b"", b"[]", b"{", b"\xff", b'"x"'):
        assert client.post(address, headers=made, data=nonsense).status_code == 422
    assert db.scalars(select(Response)).all() == []


def test_a_token_without_the_scope_is_refused(db, client, bob, kettles, voice, story):
    _, words = tokens.make(db, bob, kettles.id, READS)
    db.commit()
    bearer = {"Authorization": f"Bearer {words}"}

    answer = client.post(
        f"/api/v1/stories/{story.id}/responses", headers=bearer, json=SORRY
    )

    assert answer.status_code == 403
    assert "responses:write" in answer.json["detail"]
    assert client.get("/api/v1/desk", headers=bearer).status_code == 200


def test_without_a_token_nothing_is_there(client, browser_of, bob, voice, story):
    signed_in = browser_of(bob)
    for browser in (client, signed_in):
        for headers in (
            {},
            {"Authorization": "Bearer x"},
            {"Authorization": "Basic x"},
        ):
            answer = browser.get("/api/v1/desk", headers=headers)
            assert answer.status_code == 401
            assert "bearer" in answer.headers["WWW-Authenticate"].lower()
            assert answer.content_type == "application/problem+json"


def test_another_companys_token_sees_and_does_nothing_here(
    db, client, cy, rival, story, voice
):
    _, words = tokens.make(db, cy, rival.company_id, BOTH)
    db.commit()
    theirs = {"Authorization": f"Bearer {words}"}

    assert client.get("/api/v1/desk", headers=theirs).json["items"] == []
    answer = client.post(
        f"/api/v1/stories/{story.id}/responses", headers=theirs, json=SORRY
    )
    assert answer.status_code == 403
    assert db.scalars(select(Response)).all() == []


def ended(db, voice, member, how: str) -> None:
    token = db.scalars(select(ApiToken)).one()
    if how == "revoked":
        tokens.revoke(db, member, token.id)
    elif how == "expired":
        token.expires_at = now() - timedelta(seconds=1)
    elif how == "role taken away":
        voice.state = ClaimState.TAKEN_AWAY
    elif how == "verification lapsed":
        db.refresh(voice, ["verifications"])
        voice.verifications[0].expires_at = now() - timedelta(seconds=1)
    else:
        member.standing = Standing.SUSPENDED
    db.commit()


@pytest.mark.parametrize(
    "how",
    ["revoked", "expired", "role taken away", "verification lapsed", "suspended"],
)
def test_a_token_ends(db, client, bob, made, voice, story, how):
    assert client.get("/api/v1/desk", headers=made).status_code == 200

    ended(db, voice, bob, how)

    assert client.get("/api/v1/desk", headers=made).status_code == 401
    address = f"/api/v1/stories/{story.id}/responses"
    assert client.post(address, headers=made, json=SORRY).status_code == 401


def test_its_last_use_is_shown(db, client, browser_of, bob, kettles, made):
    client.get("/api/v1/desk", headers=made)
    db.rollback()

    assert db.scalars(select(ApiToken.used_at)).one() is not None
    page = browser_of(bob).get(f"/en/desk/tokens?company={kettles.id}")
    assert not missing_from(page, "Last used:", "Helpdesk")


def test_too_much_is_refused_and_says_when_to_come_back(
    application, settings, db, made, monkeypatch
):
    monkeypatch.setitem(limits.TABLE, "token", (Limit("token", 2, HOUR),))
    client = application(replace(settings, unlimited=False)).test_client()

    answers = [client.get("/api/v1/desk", headers=made) for _ in range(3)]

    assert [each.status_code for each in answers] == [200, 200, 429]
    assert 0 < int(answers[2].headers["Retry-After"]) <= 3600


# The page ---------------------------------------------------------------------------


def test_a_token_is_shown_once(db, browser_of, bob, kettles, voice):
    browser = browser_of(bob)
    address = f"/en/desk/tokens?company={kettles.id}"

    page = browser.post(
        address, data={"name": "Board", "scopes": "desk:read", "days": "30"}
    )

    words = page.text.split('<code class="token">')[1].split("<")[0]
    assert page.status_code == 201
    assert tokens.admitted(db, words).name == "Board"
    again = browser.get(address)
    assert words not in again.text
    assert not missing_from(again, "Board", "Never used")
    number = db.scalars(select(ApiToken.id)).one()
    browser.post(f"/en/desk/tokens/{number}/revoke")
    db.rollback()
    assert tokens.admitted(db, words) is None


def test_strangers_have_no_page_of_tokens(db, browser_of, cy, bob, kettles, rival):
    address = f"/en/desk/tokens?company={kettles.id}"
    form = {"name": "Board", "scopes": "desk:read", "days": "30"}

    assert browser_of(cy).get(address).status_code == 403
    assert browser_of(bob).post(address, data=form).status_code == 403
    assert db.scalars(select(ApiToken)).all() == []
