"""So much and no more: per network, per member, per mail address."""

import re
from dataclasses import replace

import pytest

from tests.joining import ADA
from tests.lives import a_story
from tests.people import a_voice
from web import limits
from web.limits import DAY, HOUR, SAFE, Limit, limited


@pytest.fixture
def settings(settings):
    """Other tests ask as often as they like; these do not."""
    return replace(settings, unlimited=False)


@pytest.fixture
def small(monkeypatch):
    """A table with small numbers, at the name that the views here use."""
    table = (Limit("network", 3, HOUR), Limit("member", 2, HOUR))
    monkeypatch.setitem(limits.TABLE, "comment", table)
    monkeypatch.setitem(limits.TABLE, "search", (Limit("network", 2, HOUR),))


@pytest.fixture
def open_app(app, small):
    @app.post("/say")
    @limited("comment")
    def say() -> str:
        return "said"

    @app.get("/find")
    @limited("search")
    def find() -> str:
        return "found"

    return app


def test_too_much_is_refused_and_says_when_to_come_back(open_app, client):
    answers = [client.post("/say") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 3600


def test_a_member_has_a_limit_of_their_own(open_app, browser_of, ada):
    browser = browser_of(ada)
    answers = [browser.post("/say").status_code for _ in range(3)]

    assert answers == [200, 200, 429]


def test_hours_and_days_are_counted_apart(app, browser_of, ada, monkeypatch):
    table = (Limit("member", 5, HOUR), Limit("member", 3, DAY))
    monkeypatch.setitem(limits.TABLE, "comment", table)

    @app.post("/say")
    @limited("comment")
    def say() -> str:
        return "said"

    browser = browser_of(ada)
    answers = [browser.post("/say") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 3600


def test_another_network_is_not_held_back(open_app, client):
    for _ in range(4):
        client.post("/say")

    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    assert client.post("/say", environ_overrides=elsewhere).status_code == 200


def test_one_network_of_ipv6_is_one_reader(open_app, client):
    def post(last: int) -> int:
        here = {"REMOTE_ADDR": f"2001:db8::{last}"}
        return client.post("/say", environ_overrides=here).status_code

    assert [post(n) for n in range(1, 5)] == [200, 200, 200, 429]


def test_what_is_limited_in_asking_counts_each_question(open_app, client):
    answers = [client.get("/find").status_code for _ in range(3)]

    assert answers == [200, 200, 429]


def test_the_refusal_is_a_page_in_the_readers_language(open_app, client):
    for _ in range(3):
        client.post("/say")

    refused = client.post("/say", headers={"Accept-Language": "it"})

    assert 'lang="it"' in refused.text
    assert re.search(r"\btra \d+ (minut|or)", refused.text)


def test_a_question_can_be_asked_again_a_deed_is_gone_back_to(open_app, client):
    asked = [client.get("/find") for _ in range(3)][-1]
    done = [client.post("/say") for _ in range(4)][-1]

    assert (asked.status_code, done.status_code) == (429, 429)
    assert ["Try again" in page.text for page in (asked, done)] == [True, False]


def test_processes_share_their_counts_in_the_data_folder(application, settings, small):
    def another_process() -> int:
        app = application(settings)
        app.post("/say")(limited("comment")(lambda: "said"))
        return app.test_client().post("/say").status_code

    assert [another_process() for _ in range(4)] == [200, 200, 200, 429]


def test_processes_share_their_counts_through_redis(
    application, settings, small, redis_url
):
    shared = replace(settings, cache_url=redis_url)

    def another_process() -> int:
        app = application(shared)
        app.post("/say")(limited("comment")(lambda: "said"))
        return app.test_client().post("/say").status_code

    assert [another_process() for _ in range(4)] == [200, 200, 200, 429]


def test_nobody_is_kept_from_reading_while_redis_is_away(application, settings, small):
    app = application(replace(settings, cache_url="redis://127.0.0.1:1/0"))
    app.post("/say")(limited("comment")(lambda: "said"))

    assert app.test_client().post("/say").status_code == 200


# The site's own addresses ---------------------------------------------------------

STORY = {
    "title": "A kettle",
    "text": "It never came.",
    "kind": "complaint",
    "language": "en",
    "mentions-0-company": "Acme",
    "mentions-0-role": "subject",
    "do": "publish",
}
REAL = [
    ("sign_in", "POST", "/en/sign-in", ADA),
    ("register", "POST", "/en/register", ADA),
    ("mail", "POST", "/en/reset", ADA),
    ("mail", "POST", "/en/confirm", ADA),
    ("draft", "POST", "/en/write", {"do": "save", "title": "A kettle"}),
    ("comment", "POST", "/en/stories/{story}/comment", {"text": "Me too."}),
    ("search", "GET", "/en/search?q=kettle", {}),
    ("search", "GET", "/en/search.atom?q=kettle", {}),
    ("search", "GET", "/api/v1/search?q=kettle", {}),
    ("suggest", "GET", "/api/v1/companies?q=ket", {}),
]


REAL_OF_MEMBERS = [
    ("publish", "/en/write", STORY),
    ("publish", "/en/stories/{story}/update", {}),
    ("publish", "/en/stories/{story}/respond", {}),
    ("flag", "/en/flag/story/{story}", {}),
    ("claim", "/en/companies/{company}/claim", {}),
]


def answers_too_much(answer) -> bool:
    """Whether it is refused, and says when to come back."""
    later = int(answer.headers.get("Retry-After", 0))
    return answer.status_code == 429 and 0 < later <= 3600


@pytest.mark.parametrize(("name", "method", "address", "fields"), REAL)
def test_every_door_is_limited(
    app, db, ada, monkeypatch, name, method, address, fields
):
    monkeypatch.setitem(limits.TABLE, name, (Limit("network", 1, HOUR),))
    story = a_story(db, ada, None)
    browser = app.test_client()

    first, second = (
        browser.open(address.format(story=story.id), method=method, data=fields)
        for _ in range(2)
    )

    assert first.status_code in (200, 303, 422)
    assert answers_too_much(second)


@pytest.mark.parametrize(("name", "address", "fields"), REAL_OF_MEMBERS)
def test_members_are_limited_wherever_they_come_from(
    db, browser_of, ada, kettles, monkeypatch, name, address, fields
):
    monkeypatch.setitem(limits.TABLE, name, (Limit("member", 1, HOUR),))
    story = a_story(db, ada, kettles)
    a_voice(db, ada, kettles)
    browser = browser_of(ada)

    first, second = (
        browser.post(
            address.format(story=story.id, company=kettles.id),
            data=fields,
            environ_overrides={"REMOTE_ADDR": f"198.51.100.{number}"},
        )
        for number in range(2)
    )

    assert first.status_code in (303, 422)
    assert answers_too_much(second)


FREE = {
    "letters": "a letter's own token",
    "unfollowing": "a letter's own token",
    "belonging.note": "staff",
    "contests.decide": "staff",
    "deciding": "staff",
    "following.stop": "leaving",
    "incidents": "staff",
    "merging": "staff",
    "moderation": "staff",
    "moves.move": "staff",
    "moves.undo": "staff",
    "pressing.decide": "staff",
    "pressing.withdraw": "leaving",
    "searches": "one's own list, of a bounded length",
    "settings": "one's own account, behind a password where it matters",
    "security.change_email_confirm": "a letter's own token",
    "security.confirm_email": "a letter's own token",
    "security.logout": "leaving",
    "security.mf_recovery_codes": "one's own account, behind a password",
    "security.tf_select": "a choice between two ways",
    "security.two_factor_setup": "one's own account, behind a password",
    "security.two_factor_setup_validate": "the secret that the page has just shown",
    "readers.take_back": "leaving",
    "representing.give_back": "leaving",
    "talking.end": "leaving",
    "talking.take_back": "leaving",
    "teams.change": "one's own team, of a bounded length",
    "teams.withdraw": "one's own team, of a bounded length",
    "tokens.revoke": "leaving",
    "warning": "staff",
    "drafts.discard": "leaving",
    "translating.discard": "leaving",
}
"""Doors that need no limit, and why."""


def test_a_new_door_is_limited_or_says_why_not(app):
    open_doors = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if not (rule.methods or set()) <= SAFE
        and not hasattr(app.view_functions[rule.endpoint], "limit")
    }

    named = {
        door for door in open_doors if {door, door.partition(".")[0]} & FREE.keys()
    }
    assert open_doors == named
