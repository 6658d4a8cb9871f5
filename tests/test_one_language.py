"""Every page speaks one language, and says where it is found in the others.

Over the whole sample site. A message that has no translation yet is `make check`'s
matter: it does not count as a page in two languages.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import fromstring

import pytest
from werkzeug.urls import iri_to_uri

from tests.purity import excused, faults
from tests.samples import loaded, sign_in
from web.i18n import LANGUAGES

OTHERS = LANGUAGES[1:]
PAGES = {
    "": [
        "",
        "stories",
        "stories/1",
        "stories/5",
        "stories/12",
        "companies",
        "companies/1",
        "companies/1/claim",
        "companies/1/mentions",
        "companies/1/repeats",
        "compare?company=1&company=2",
        "figures",
        "log",
        "members/tamsin",
        "nothing-here",
        "products/1",
        "register",
        "rules",
        "search?q=kettle",
        "search?q=xyzzyx",
        "sign-in",
        "write",
    ],
    "tamsin": ["account", "drafts", "follows", "searches", "write"],
    "elif": ["desk", "desk/months?company=1", "desk/letters?company=1"],
    "inger": ["moderation", "moderation/roles", "moderation/companies"],
}
"""Who looks, and at what."""

LINK = re.compile(r'href="(/en/[^"#?]*)')
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')
HIDDEN = re.compile(r'<meta name="robots" content="noindex')
ASIDE = re.compile(r"/(flag|follows|translate|wrong-company|same-here|link)\b")
"""Ways in for members, and the same form for each text."""
ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    app = loaded(tmp_path_factory.mktemp("one-language"))
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture(scope="module")
def readers(site):
    """A browser of everybody who looks."""
    return {who: sign_in(site, who) if who else site.test_client() for who in PAGES}


@pytest.mark.parametrize("language", OTHERS)
def test_no_page_mixes_languages_but_in_marked_passages(readers, language):
    untranslated = excused(language)
    found = {}
    for who, pages in PAGES.items():
        for each in pages:
            address = f"/{language}/{each}"
            page = readers[who].get(address, follow_redirects=True)
            assert f'<html lang="{language}"' in page.text, address
            if wrong := list(faults(page.text, language, untranslated)):
                found[address] = wrong

    assert found == {}


def crawled(reader) -> Iterator[tuple[str, dict[str, str]]]:
    """Every page that a link leads to, in English: its address, and its others. One
    that is hidden from search engines may have none."""
    seen, todo = {"/en/"}, ["/en/"]
    while todo:
        answer = reader.get(todo.pop())
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        others = dict(ALTERNATE.findall(answer.text))
        if others or not HIDDEN.search(answer.text):
            yield iri_to_uri(answer.request.path), others
        new = {each for each in LINK.findall(answer.text) if not ASIDE.search(each)}
        todo += sorted(new - seen)
        seen |= new


def test_every_address_lists_its_others_and_they_list_it(readers):
    reader = readers[""]
    pages = list(crawled(reader))

    assert len(pages) > 150
    for address, others in pages:
        assert list(others) == [*LANGUAGES, "x-default"], address
        assert others["en"] == others["x-default"] == f"http://localhost{address}"
        for tag in OTHERS:
            there = reader.get(others[tag].removeprefix("http://localhost"))
            assert there.status_code == 200, others[tag]
            assert dict(ALTERNATE.findall(there.text)) == others, others[tag]


@pytest.mark.parametrize("language", LANGUAGES)
def test_feeds_say_their_language_and_that_of_every_entry(readers, language):
    for name in ("stories", "companies/1"):
        feed = readers[""].get(f"/{language}/{name}.atom")

        root = fromstring(feed.data)
        entries = root.findall(f"{ATOM}entry")

        assert root.get(XML_LANG) == language
        assert entries
        assert all(entry.get(XML_LANG) for entry in entries)
