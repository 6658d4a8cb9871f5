"""What every answer says to browsers, and what no request may bring."""

import pytest
from flask import request
from werkzeug.test import create_environ, run_wsgi_app

from stories.settings import Settings
from web.headers import LARGEST_BODY, trusted_hosts

ADDRESSES = ("/en/nowhere", "/static/none.css", "/api/v1/nothing")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_protects_its_reader(client, address):
    headers = client.get(address).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["site.css", "menus.js", "fonts/figtree.woff2"])
def test_what_shows_nothing_by_itself_says_little(client, name):
    headers = client.get(f"/static/{name}").headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" not in headers


def test_drawings_that_can_be_opened_protect_their_reader(client):
    headers = client.get("/static/icons.svg").headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_an_answer_to_a_fault_protects_its_reader_too(app):
    app.testing = False
    app.add_url_rule("/fault", "fault", lambda: 1 // 0)

    answer = app.test_client().get("/fault")

    assert answer.status_code == 500
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_browsers_stay_with_tls_once_they_came_by_it(client, application, settings):
    public = Settings(
        data=settings.data,
        database_url=settings.database_url,
        base_url="https://earshot.example",
        secret_key=("k" * 40,),
    )
    secure = application(public).test_client()

    answer = secure.get("/en/nowhere", base_url="https://earshot.example")

    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in client.get("/en/nowhere").headers


def test_a_strange_host_is_answered_nothing(client):
    answer = client.get("/en/nowhere", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert b"evil" not in answer.data


def test_a_site_answers_to_its_own_name_and_to_this_machine():
    own = Settings(base_url="https://earshot.example:8443")
    chosen = Settings(base_url="https://e.example", trusted_hosts=("a.example",))

    assert trusted_hosts(own) == ["earshot.example", "localhost", "127.0.0.1", "[::1]"]
    assert trusted_hosts(chosen) == ["e.example", "a.example"]


def test_a_large_body_is_refused_before_it_is_read(app):
    class Unread:
        def read(self, *_size):
            raise AssertionError("the body was read")

    environ = create_environ("/en/nowhere", method="POST")
    environ |= {"wsgi.input": Unread(), "CONTENT_LENGTH": str(LARGEST_BODY + 1)}
    _, status, _ = run_wsgi_app(app, environ)

    assert status.startswith("413")


def test_a_body_of_untold_length_is_refused(client):
    answer = client.post("/en/write", headers={"Transfer-Encoding": "chunked"})

    assert answer.status_code == 411


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "198.51.100.7")])
def test_as_many_proxies_are_believed_as_are_set(application, settings, proxies, seen):
    app = application(
        Settings(
            data=settings.data, database_url=settings.database_url, proxies=proxies
        )
    )
    app.add_url_rule("/who", "who", lambda: str(request.remote_addr))

    answer = app.test_client().get("/who", headers={"X-Forwarded-For": "198.51.100.7"})

    assert answer.text == seen
