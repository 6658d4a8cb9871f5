"""The first page, and all stories by date."""

from tests.lives import a_story, a_whole_life, later
from tests.reading_eyes import missing_from, words_of


def test_the_first_page_shows_what_is_new_and_what_has_moved(client, db, ada, kettles):
    a_whole_life(db, ada, kettles)
    a_story(db, ada, None, title="Una teiera", language="it", published_at=later(1))

    page = client.get("/en/")

    assert not missing_from(
        page,
        "Newest stories",
        "Una teiera",
        "A kettle that never came",
        "First I called. Then I wrote.",
        "The author adds",
        "They called again.",
    )


def test_a_story_is_among_the_latest_with_the_last_word_only(client, db, ada, kettles):
    a_whole_life(db, ada, kettles)

    words = words_of(client.get("/en/"))

    assert "They called again." in words
    assert "We are sorry." not in words


def test_an_empty_site_invites_to_write(client, db):
    page = client.get("/it/")

    assert page.status_code == 200
    assert "/it/write" in page.text


def test_stories_are_paged_without_a_gap(client, db, ada):
    for n in range(45):
        a_story(db, ada, None, title=f"Story number {n:02}", published_at=later(n // 3))

    seen, address = [], "/en/stories"
    while address:
        page = client.get(address)
        seen += [rest[:2] for rest in words_of(page).split("Story number ")[1:]]
        address = page.text.partition('rel="next" href="')[2].partition('"')[0]

    assert seen == [f"{n:02}" for n in reversed(range(45))]


def test_what_is_not_public_is_in_no_list(client, db, ada):
    for visibility in ("unlisted", "author_only", "hidden", "tombstone"):
        a_story(db, ada, None, title=f"A secret {visibility}", visibility=visibility)

    assert "A secret" not in client.get("/en/").text
    assert "A secret" not in client.get("/en/stories").text


def test_the_bare_address_answers_in_the_language_of_the_browser(client):
    italian = client.get("/", headers={"Accept-Language": "it-IT,it;q=0.9"})
    unknown = client.get("/", headers={"Accept-Language": "tlh"})

    assert italian.status_code == unknown.status_code == 200
    assert '<html lang="it"' in italian.text
    assert '<html lang="en"' in unknown.text
    assert italian.headers["Content-Location"] == "/it/"
    assert "Accept-Language" in italian.vary
    assert 'rel="canonical" href="http://localhost/it/"' in italian.text


def test_who_changes_the_language_gets_the_bare_address_anew(client):
    first = client.get("/", headers={"Accept-Language": "it"})
    known = client.get("/it/").headers["ETag"]
    german = {"Accept-Language": "de", "If-None-Match": known}

    assert "ETag" not in first.headers
    assert '<html lang="de"' in client.get("/", headers=german).text
    assert client.get("/it/", headers={"If-None-Match": known}).status_code == 304


def test_a_member_is_known_at_the_bare_address(browser_of, ada):
    browser = browser_of(ada)

    assert browser.get("/").text == browser.get("/en/").text
    assert "/en/sign-out" in browser.get("/").text
