"""Fetching from outside, and everything by which one could be led inside."""

import time
from dataclasses import replace

import pytest

from stories.models.speaking import Finding
from web import fetching
from web.fetching import Unfetchable, asking
from web.fetching.guarding import is_outside
from web.fetching.naming import place

HOST = "kettles.example"
URL = f"http://{HOST}/words"


@pytest.fixture
def known(names, pages):
    """The company's site is there, and says something."""
    names.say(HOST, "A", "127.0.0.1")
    pages.say("/words", "Good morning")
    return pages


def why(settings, url=URL, **more) -> Finding:
    with pytest.raises(Unfetchable) as refused:
        fetching.get(settings, url, **more)
    return refused.value.why


def test_a_page_is_fetched_by_its_name(outer, known):
    assert fetching.get(outer, URL) == "Good morning"
    assert known.asked == [(HOST, "/words")]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.10",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "100.100.100.200",
        "169.254.169.254",
        "168.63.129.16",
        "192.0.0.192",
        "198.18.0.1",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "fec0::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "fe80::1%eth0",
        "nonsense",
        "0177.0.0.1",
        "2130706433",
    ],
)
def test_what_lies_inside_is_no_address_to_ask(address):
    assert not is_outside(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "1.1.1.1", "2606:4700::1111", "64:ff9b::101:101"]
)
def test_the_public_internet_lies_outside(address):
    assert is_outside(address)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("A", "127.0.0.1"),
        ("A", "169.254.169.254"),
        ("A", "10.0.0.5"),
        ("AAAA", "::1"),
        ("AAAA", "::ffff:7f00:1"),
        ("AAAA", "fd00:ec2::254"),
    ],
)
def test_a_name_that_leads_inside_is_not_asked(settings, names, pages, kind, address):
    names.say(HOST, kind, address)

    assert why(replace(settings, resolver=names.address)) == Finding.INSIDE
    assert pages.asked == []


def test_one_address_inside_among_others_is_enough_to_refuse(outer, names, pages):
    names.say(HOST, "A", ["93.184.215.14", "10.0.0.5"])

    assert why(outer) == Finding.INSIDE


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "169.254.169.254", "[::ffff:7f00:1]", "0x7f.1"]
)
def test_an_address_inside_is_not_asked_by_its_number_either(settings, names, host):
    settings = replace(settings, resolver=names.address)

    assert why(settings, f"http://{host}/words") in (Finding.INSIDE, Finding.AWAY)


def test_a_name_that_turns_inside_after_the_check_is_not_followed(
    settings, names, pages
):
    """DNS rebinding: what was checked is what is connected to."""
    names.say(HOST, "A", "93.184.215.14", "127.0.0.1")
    settings = replace(settings, resolver=names.address)

    address, _ = place(settings, HOST, 80)

    assert address == "93.184.215.14"
    assert names.asked.count((HOST, "A")) == 1
    assert why(settings) == Finding.INSIDE


def test_the_connection_asks_the_name_server_once(outer, names, known):
    names.say(HOST, "A", "127.0.0.1", "10.0.0.5")

    assert fetching.get(outer, URL) == "Good morning"
    assert names.asked.count((HOST, "A")) == 1


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1:22/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://inside.example/",
        "https://kettles.example/",
    ],
)
def test_a_redirect_to_inside_is_not_followed(outer, names, known, to):
    names.say("inside.example", "A", "10.0.0.5")
    known.say("/words", status=302, Location=to)

    assert why(outer) == Finding.INSIDE
    assert len(known.asked) == 1


@pytest.mark.parametrize(
    "to",
    ["file:///etc/passwd", "gopher://kettles.example/", "http://a:b@kettles.example/"],
)
def test_a_redirect_to_what_is_no_web_address_is_not_followed(outer, known, to):
    known.say("/words", status=302, Location=to)

    assert why(outer) == Finding.REDIRECTED


def test_few_redirects_are_followed(outer, known):
    known.say("/one", status=302, Location="/two")
    known.say("/two", status=301, Location=URL)
    known.say("/round", status=302, Location="/round")

    assert fetching.get(outer, f"http://{HOST}/one") == "Good morning"
    assert why(outer, f"http://{HOST}/round") == Finding.REDIRECTED
    assert len(known.asked) == 3 + 1 + asking.MOST_REDIRECTS


def test_a_redirect_may_be_held_within_a_domain(outer, names, known):
    for host in (f"www.{HOST}", "teapots.example"):
        names.say(host, "A", "127.0.0.1")
    known.say("/below", status=302, Location=f"http://www.{HOST}/words")
    known.say("/beside", status=302, Location="http://teapots.example/words")

    below = fetching.get(outer, f"http://{HOST}/below", within=HOST)

    assert below == "Good morning"
    assert why(outer, f"http://{HOST}/beside", within=HOST) == Finding.REDIRECTED


def test_no_other_port_is_asked(outer, known):
    assert why(outer, f"http://{HOST}:8080/words") == Finding.INSIDE


def test_an_oversized_answer_is_refused(outer, known):
    known.say("/words", "x" * (asking.MOST + 1))

    assert why(outer) == Finding.LARGE


def test_a_slow_answer_is_refused_though_no_step_of_it_is_slow(
    outer, known, monkeypatch
):
    monkeypatch.setattr(asking, "SECONDS", 0.5)
    known.dripping.set()
    begun = time.monotonic()

    assert why(outer) == Finding.SLOW
    assert time.monotonic() - begun < 2


def test_a_slow_name_server_is_not_waited_for(outer, names, monkeypatch):
    monkeypatch.setattr("web.fetching.naming.SECONDS", 0.3)
    names.silent = True

    assert why(outer) == Finding.SLOW


def test_what_is_not_there_is_missing(outer, known):
    assert why(outer, f"http://{HOST}/nothing") == Finding.MISSING
    assert why(outer, "http://nobody.example/") == Finding.AWAY


def test_a_server_in_trouble_is_away_and_not_missing(outer, known):
    known.say("/words", "oh", status=500)

    assert why(outer) == Finding.AWAY


def test_a_site_that_strangers_reach_lets_nothing_inside_through(outer, known):
    public = replace(outer, base_url="https://earshot.example")

    assert why(public) == Finding.INSIDE


def test_texts_of_a_domain_are_read(outer, names):
    names.say("_earshot.kettles.example", "TXT", ["one", "two"])

    assert fetching.texts(outer, "_earshot.kettles.example") == ["one", "two"]
    assert fetching.texts(outer, "_earshot.nobody.example") == []


def test_a_broken_name_server_says_nothing_about_a_domain(outer, names):
    names.broken = True

    with pytest.raises(Unfetchable) as refused:
        fetching.texts(outer, "_earshot.kettles.example")

    assert refused.value.why == Finding.AWAY
