"""So much and no more: per network, per member, per mail address."""

from dataclasses import replace

import pytest

from web import limits
from web.limits import HOUR, Limit, limited


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
