"""What is written into the log, and what is not."""

import json
import logging
import math
import re

import pytest
from flask import request

from stories.problems import Invalid, Problem
from web import logs


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("mail to ada@example.org failed", "mail to <mail> failed"),
        ("from 192.0.2.7:443", "from <network>:443"),
        ("from 2001:db8::1 now", "from <network> now"),
        ("from ::1", "from <network>"),
        ("GET /l/Xyz.abc-1/later", "GET /l/<secret>/later"),
        ("/l/follows/Xyz.abc-1", "/l/follows/<secret>"),
        ("/l/offers/Xyz.abc-1", "/l/offers/<secret>"),
        ("/en/drafts/s3cret?x=1", "/en/drafts/<secret>?x=1"),
        ("/en/team/join/Xyz.abc-1", "/en/team/join/<secret>"),
        ("?token=abc&x=1", "?token=<secret>&x=1"),
        ("at 23:05:28 on the day", "at 23:05:28 on the day"),
    ],
)
def test_no_line_holds_an_address_or_a_secret(said, written):
    assert logs.scrub(said) == written


def test_no_line_holds_the_secret_of_any_address_that_has_one(app):
    secret = [
        str(rule)
        for rule in app.url_map.iter_rules()
        if {"token", "key"} & rule.arguments
    ]

    shown = [
        rule
        for rule in secret
        if "S3CRET" in logs.scrub(re.sub("<(token|key)>", "S3CRET", rule))
    ]

    assert secret
    assert shown == []


@pytest.fixture
def lines(capsys, monkeypatch):
    def read() -> list[dict]:
        return [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    monkeypatch.setattr(logs, "SLOW", math.inf)  # however busy the machine is
    handlers = logging.getLogger().handlers
    for handler in [each for each in handlers if isinstance(each, logs._Lines)]:
        handlers.remove(handler)
    logs._configure()
    return read


def test_a_deed_is_a_line_without_its_address(app, client, lines):
    app.add_url_rule("/try/<token>", "deed", lambda token: "", methods=["POST"])

    client.post("/try/s3cret", data={"email": "ada@example.org"})

    (line,) = lines()
    assert line["event"] == "request"
    assert (line["method"], line["view"], line["status"]) == ("POST", "deed", 200)
    assert "s3cret" not in json.dumps(line)
    assert "ada@" not in json.dumps(line)


def test_reading_leaves_no_line(client, lines):
    client.get("/healthz")

    assert lines() == []


def test_a_fault_is_told_without_the_address(app, lines):
    def fail():
        raise RuntimeError(f"no such address: {request.args['mail']}")

    app.testing = False
    app.add_url_rule("/fail", "fail", fail)

    app.test_client().get("/fail?mail=ada@example.org")

    told = lines()
    assert {line["event"] for line in told} == {"fault", "request"}
    assert "RuntimeError: no such address: <mail>" in told[0]["exception"]
    assert "ada@" not in json.dumps(told)


def test_what_libraries_log_is_a_line_too(app, lines):
    logging.getLogger("somebody").warning("for %s", "ada@example.org")

    (line,) = lines()
    assert line["event"] == "for <mail>"
    assert line["level"] == "warning"


def test_a_refusal_is_no_fault(app, client, lines):
    def refuse():
        raise Invalid(Problem("Not so."))

    app.add_url_rule("/refuse", "refuse", refuse)

    client.get("/refuse")

    assert lines() == []
