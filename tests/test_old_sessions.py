"""Somebody was taken out of a team: what they still hold opens nothing any more.

A browser that is signed in, pages that were left open, a program's token, the links of
old letters: all of it is tried at every door that the team has.
"""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, url_for
from sqlalchemy import select, update
from werkzeug.routing import Rule

from stories import handling, publishing, representing, responding
from stories.handling import NoteEntry, hooks, templates, tokens, views
from stories.handling.hooks import HookEntry
from stories.handling.templates import TemplateEntry
from stories.handling.tokens import TokenEntry
from stories.handling.views import ViewEntry
from stories.models import Base, DeskNote, Representative, Story, Verification, now
from stories.models.codes import ClaimState
from stories.representing import VerdictEntry, stamp, teams
from stories.representing.teams import InvitationEntry
from stories.responding import ResponseEntry
from tests.people import a_voice, an_entry
from web.accounts.models import Address
from web.signing import sign

ROOMS = {
    *("desk", "handling", "hooks", "replies"),
    *("responding", "sheets", "teams", "tokens"),
}
"""The blueprints that are a team's own."""
OPEN = {"teams.ask_to_join", "teams.join", "tokens.revoke"}
"""Doors that everybody has: into a team, and to the end of one's own token."""
FORM = {
    "deed": "owner",
    "do": "rotate",
    "email": "eve@kettles.example",
    "kind": "explain",
    "language": "en",
    "name": "Mine",
    "scopes": "desk:read",
    "team_role": "owner",
    "text": "I still know how this works.",
    "view": "q=kettle",
    "address": "https://eve.example/in",
    "days": "90",
}
"""Whatever a form of the team takes, as it was when the page was opened."""


@pytest.fixture
def story(db, ada, kettles) -> Story:
    named = {"mentions": [{"company": kettles.name, "company_id": kettles.id}]}
    found = publishing.publish(db, ada, an_entry(private_reference="K-4711", **named))
    db.commit()
    return found


@pytest.fixture
def seat(db, bob, cy, kettles) -> Representative:
    """Cy, an owner beside Bob."""
    a_voice(db, bob, kettles)
    return a_voice(db, cy, kettles)


@pytest.fixture
def things(db, cy, kettles, story, seat, seal) -> dict[str, int]:
    """One of everything that Cy has made at the desk, by the room that it lies in."""
    told = ResponseEntry(kind="explain", text="We looked into it.")
    answer = responding.respond(db, cy, story, kettles.id, told)
    called = HookEntry(address="https://hook.example/in")
    hook, _ = hooks.add(db, cy, kettles.id, called, seal)
    kept = views.keep(db, cy, kettles.id, ViewEntry(name="Mine", words="q=kettle"))
    worded = TemplateEntry(name="Hello", language="en", text="Dear {author}")
    written = templates.add(db, cy, kettles.id, worded)
    handling.note(db, cy, kettles.id, [story.id], NoteEntry(text="Hm"))
    db.add(Address(id="f" * 32, email="eve@kettles.example"))
    invited = teams.invite(
        db,
        cy,
        kettles,
        InvitationEntry(),
        contact="f" * 32,
        email_domain="kettles.example",
    )
    db.commit()
    return {
        "hooks": hook.id,
        "views": kept.id,
        "templates": written.id,
        "invitations": invited.id,
        "notes": db.scalars(select(DeskNote.id)).one(),
        "responses": answer.id,
        "team": seat.id,
        "stories": story.id,
    }


@pytest.fixture
def end(db, bob, cy, staff, seat):
    """Cy's role ends, in one of the ways in which roles end."""
    mine = Verification.representative_id == seat.id
    over = update(Verification).where(mine).values(expires_at=now() - timedelta(days=1))
    gone = VerdictEntry(words="They have left the company.")
    ways = {
        "removed": lambda: teams.remove(db, bob, seat),
        "given back": lambda: representing.give_back(db, cy, seat),
        "taken away": lambda: representing.take_away(db, staff, seat, gone),
        "lapsed": lambda: db.execute(over),
    }

    def do(how: str) -> None:
        seat.team_role = "responder"
        db.flush()
        ways[how]()
        db.commit()

    return do


def doors(app: Flask) -> list[tuple[str, Rule]]:
    """Every page and deed of a team's own rooms."""
    return [
        (method, rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in ROOMS or "/desk/" in rule.rule
        if rule.endpoint not in OPEN
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
    ]


def address(app: Flask, rule: Rule, company_id: int, things: dict[str, int]) -> str:
    """Where the door is, for Cy's own things."""
    places = [part for part in rule.rule.split("/") if part in things]
    number = things[places[0]] if places else 0
    if places[-1:] == ["invitations"]:
        number = things["invitations"]
    known = {"number": number, "which": things["responses"]}
    values = {name: known[name] for name in known if name in rule.arguments}
    with app.test_request_context():
        return url_for(rule.endpoint, lang="en", company=company_id, **values)


def everything(db) -> dict[str, list[Any]]:
    """All that the database holds."""
    db.rollback()
    return {
        table.name: sorted(map(repr, db.execute(select(table)).all()))
        for table in Base.metadata.sorted_tables
    }


def test_while_the_role_lasts_the_doors_are_there(app, browser_of, cy, kettles, things):
    browser = browser_of(cy)
    shut = [
        at
        for method, rule in doors(app)
        if method == "GET"
        and browser.get(at := address(app, rule, kettles.id, things)).status_code != 200
    ]

    assert len(doors(app)) >= 25
    assert not shut


@pytest.mark.parametrize("how", ["removed", "given back", "taken away", "lapsed"])
def test_an_old_session_opens_no_door_of_the_team(
    app, db, browser_of, cy, kettles, things, end, how
):
    browser = browser_of(cy)
    assert browser.get(f"/en/desk?company={kettles.id}").status_code == 200
    end(how)
    before = everything(db)

    answers = {
        (method, at := address(app, rule, kettles.id, things)): browser.open(
            at, method=method, data={**FORM, "company": kettles.id} if post else None
        )
        for method, rule in doors(app)
        for post in [method == "POST"]
    }

    opened = {
        door: answer.status_code
        for door, answer in answers.items()
        if answer.status_code not in (403, 404)
    }
    assert not opened
    assert not any("K-4711" in answer.text for answer in answers.values())
    assert everything(db) == before


@pytest.mark.parametrize("how", ["removed", "given back", "taken away", "lapsed"])
def test_an_old_token_says_and_does_nothing(db, client, cy, kettles, story, end, how):
    scopes = ["desk:read", "responses:write"]
    entry = TokenEntry(name="Mine", scopes=scopes)
    _token, words = tokens.make(db, cy, kettles.id, entry)
    db.commit()
    bearer = {"Authorization": f"Bearer {words}"}
    assert "K-4711" in client.get("/api/v1/desk", headers=bearer).text
    end(how)
    before = everything(db)

    read = client.get("/api/v1/desk", headers=bearer)
    answer = {"kind": "explain", "text": "I still have this."}
    posts = f"/api/v1/stories/{story.id}/responses"
    said = client.post(posts, headers=bearer, json=answer)

    assert (read.status_code, said.status_code) == (401, 401)
    assert "K-4711" not in read.text
    assert everything(db) == before


def test_who_comes_back_comes_with_a_new_token(db, client, cy, kettles, end):
    entry = TokenEntry(name="Mine", scopes=["desk:read"])
    _token, words = tokens.make(db, cy, kettles.id, entry)
    end("removed")

    a_voice(db, cy, kettles)

    bearer = {"Authorization": f"Bearer {words}"}
    assert client.get("/api/v1/desk", headers=bearer).status_code == 401


def test_the_links_of_old_letters_bring_nobody_back(
    app, db, browser_of, ada, cy, seat, things, end
):
    db.refresh(seat, ["verifications"])
    with app.app_context():
        proof = sign("claim", [seat.id, stamp(seat)])
        invitation = sign("invitation", things["invitations"])
    end("taken away")
    before = everything(db)
    browser, friend = browser_of(cy), browser_of(ada)
    before = everything(db)

    browser.post(f"/en/claims/prove/{proof}")
    joined = {"name": "Eve", "job_title": "Care"}
    for each in (browser, friend):
        page = each.post(f"/en/team/join/{invitation}", data=joined)
        assert page.status_code == 404

    assert everything(db) == before
    assert seat.state == ClaimState.TAKEN_AWAY


def test_what_waits_to_be_looked_at_does_not_bring_a_role_back(db, seat, end):
    seat.method, seat.proof = "dns", "earshot-verification=old"
    end("taken away")

    representing.looking.found(db, seat, representing.looking.Finding.FOUND)
    representing.prove(db, seat)

    assert seat.state == ClaimState.TAKEN_AWAY
