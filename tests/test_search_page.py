"""The words of a search mean the same on the page and for machines."""

import re

import pytest

from stories import companies, outbox
from stories.models import Amount, Contact, Mention, Story, StoryIssue
from tests.lives import a_story, later, mention
from tests.reading_eyes import missing_from, words_of
from web import worker
from web.finding import index


def five(db, ada, bob, kettles) -> dict[str, Story]:
    """Stories that differ in all that can be asked for."""
    teapots = companies.add(db, "Teapots")
    return {
        "leak": a_story(
            db, ada, kettles, title="It leaks", products=["K3"], published_at=later(1)
        ),
        "bello": a_story(
            db,
            ada,
            kettles,
            title="Che bello",
            text="Un bollitore che non perde acqua, finalmente.",
            language="it",
            kind="praise",
            outcome="resolved",
            products=["K4"],
            published_at=later(2),
        ),
        "late": a_story(
            db,
            bob,
            teapots,
            title="Late again",
            kind="mixed",
            outcome="no_answer",
            response_count=1,
            published_at=later(3),
            last_activity_at=later(90),
            happened_at=later(-500),
            happened_precision="day",
            effort_minutes=150,
        ),
        "zimny": a_story(
            db,
            bob,
            teapots,
            title="Zimny czajnik",
            text="Czajnik przyszedł zimny.",
            language="pl",
            products=["K3"],
            published_at=later(4),
        ),
        "unsure": a_story(
            db,
            bob,
            teapots,
            title="Pffff",
            text="Kettle?!",
            language="und",
            published_at=later(5),
        ),
    }


@pytest.fixture
def told(app, db, ada, bob, kettles):
    stories = five(db, ada, bob, kettles)
    mention(db, stories["late"], kettles, "praised")
    db.add_all(
        [
            StoryIssue(story_id=stories["leak"].id, issue="defect"),
            Amount(story_id=stories["leak"].id, role="paid", value=25, currency="EUR"),
            Amount(story_id=stories["late"].id, role="lost", value=900, currency="JPY"),
            Contact(story_id=stories["bello"].id, channel="phone", minutes=20),
        ]
    )
    waited = db.query(Mention).filter_by(story_id=stories["leak"].id).one()
    waited.told_at, waited.answered_at, waited.answer_days = later(0), later(20), 20
    for story in stories.values():
        outbox.index(db, story.id)
    db.commit()
    worker.drain(app)
    yield stories
    with app.app_context():
        index().close()


def on_page(client, words) -> list[int]:
    """The stories that the search page shows, in its order."""
    page = client.get("/en/search", query_string=words)
    assert page.status_code == 200, page.text
    shown = re.findall(r'<h3[^>]*><a[^>]* href="/en/stories/(\d+)', page.text)
    return [int(number) for number in shown]


def for_machines(client, words) -> list[int]:
    answer = client.get("/api/v1/search", query_string=words)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json["items"]]


NEWEST_FIRST = [
    ("", "unsure zimny late bello leak"),
    ("q=leaked", "leak"),
    ("q=bollitori", "bello"),
    ("company=Kettles+%26+Co", "bello leak"),
    ("company=kettles+%26+co", "bello leak"),
    ("company=Kettles+%26+Co&company=Teapots", "unsure zimny late bello leak"),
    ("company=Nobody", ""),
    ("company=Kettles+%26+Co&role=subject", "bello leak"),
    ("company=Kettles+%26+Co&role=praised", "late"),
    ("company=Kettles+%26+Co&role=criticised", ""),
    ("company=Kettles+%26+Co&role=any", "late bello leak"),
    ("product=K3", "zimny leak"),
    ("product=K3&product=K4", "zimny bello leak"),
    ("product=K3&company=Kettles+%26+Co", "leak"),
    ("kind=praise", "bello"),
    ("kind=praise&kind=mixed", "late bello"),
    ("outcome=resolved", "bello"),
    ("outcome=resolved&outcome=no_answer", "late bello"),
    ("language=it", "bello"),
    ("language=it&language=pl", "zimny bello"),
    ("language=*", "unsure zimny late bello leak"),
    ("year=2024", "late"),
    ("year=2024&year=2026", "unsure zimny late bello leak"),
    ("year=1999", ""),
    ("answered=yes", "late"),
    ("answered=no", "unsure zimny bello leak"),
    ("not_company=Kettles+%26+Co", "unsure zimny late"),
    ("not_company=Nobody", "unsure zimny late bello leak"),
    ("not_product=K3", "unsure late bello"),
    ("not_kind=praise", "unsure zimny late leak"),
    ("not_kind=praise&not_kind=mixed", "unsure zimny leak"),
    ("kind=praise&not_kind=praise", ""),
    ("not_outcome=resolved", "unsure zimny late leak"),
    ("not_language=en", "unsure zimny bello"),
    ("not_year=2026", "late"),
    ("issue=defect", "leak"),
    ("not_issue=defect", "unsure zimny late bello"),
    ("clock=late", "leak"),
    ("clock=not_told", "unsure zimny late bello"),
    ("not_clock=not_told", "leak"),
    ("origin=written", "unsure zimny late bello leak"),
    ("origin=invited&origin=imported", ""),
    ("not_origin=written", ""),
    ("from=2025", "unsure zimny bello leak"),
    ("to=2025", "late"),
    ("from=2024&to=2024", "late"),
    ("from=2025&to=2025", ""),
    ("minutes_from=120", "late"),
    ("minutes_from=1&minutes_to=60", "bello"),
    ("currency=EUR", "leak"),
    ("currency=eur&amount_from=25", "leak"),
    ("currency=EUR&amount_from=25.01", ""),
    ("amount_from=20&amount_to=1000", "late leak"),
    ("currency=JPY&amount_to=1000", "late"),
    ("sort=newest&q=kettle*", "unsure late bello leak"),
    ("sort=activity", "late unsure zimny bello leak"),
    ("page=1", "unsure zimny late bello leak"),
    ("page=2", ""),
]


@pytest.mark.parametrize("ask", [on_page, for_machines])
def test_every_word_of_a_search_finds_what_it_says(client, told, ask):
    named = {story.id: name for name, story in told.items()}

    answers = {
        words: " ".join(named[number] for number in ask(client, words))
        for words, _ in NEWEST_FIRST
    }

    assert answers == dict(NEWEST_FIRST)


@pytest.mark.parametrize("ask", [on_page, for_machines])
def test_companies_and_products_are_asked_for_by_their_numbers_too(
    client, told, kettles, ask
):
    leak, bello, zimny = told["leak"], told["bello"], told["zimny"]

    assert ask(client, f"company={kettles.id}") == [bello.id, leak.id]
    assert ask(client, "product=1") == [leak.id]
    assert ask(client, "product=1&product=3") == [zimny.id, leak.id]


@pytest.mark.parametrize("address", ["/en/search", "/api/v1/search"])
@pytest.mark.parametrize(
    "words",
    [
        "kind=nonsense",
        "outcome=nonsense",
        "role=nonsense",
        "answered=perhaps",
        "sort=nonsense",
        "year=soon",
        "page=0",
        "page=501",
        "language=not%20a%20tag",
        "not_language=not%20a%20tag",
        "not_language=*",
        "not_kind=nonsense",
        "clock=nonsense",
        "issue=nonsense",
        "origin=nonsense",
        "from=1",
        "minutes_from=-1",
        "minutes_to=soon",
        "amount_from=much",
        "amount_from=1e9",
        "currency=XYZ",
    ],
)
def test_what_cannot_be_is_said_and_not_guessed(client, address, words):
    assert client.get(f"{address}?{words}").status_code == 422


def test_what_is_left_out_for_its_language_is_told(client, browser_of, db, ada, told):
    ada.reads = ["en"]
    db.commit()
    browser = browser_of(ada)

    page = browser.get("/en/search")

    assert on_page(browser, "") == [told["unsure"].id, told["late"].id, told["leak"].id]
    assert not missing_from(
        page,
        "Only in the languages that you read.",
        "2 more in languages that you do not read:",
        "Italian 1",
        "Polish 1",
        "Show all of them",
    )
    assert on_page(browser, "language=it") == [told["bello"].id]
    assert len(on_page(browser, "language=*")) == len(told)
    assert "In every language" in words_of(browser.get("/en/search?language=*"))
    assert "languages that you do not read" not in words_of(client.get("/en/search"))


def test_nothing_is_told_where_nothing_is_left_out(browser_of, db, ada, told):
    ada.reads = ["en", "it", "pl"]
    db.commit()

    page = browser_of(ada).get("/en/search?q=leaked")

    assert "Only in the languages that you read." in words_of(page)
    assert "more in languages" not in words_of(page)


def test_a_filter_leads_from_every_language_to_one(client, told):
    page = client.get("/en/search?language=*&q=czajnik")

    assert 'href="/en/search?q=czajnik&amp;language=pl"' in page.text


def test_every_filter_can_be_taken_off(client, told):
    words = "q=late&kind=mixed&outcome=no_answer&answered=yes&year=2024"

    page = client.get(f"/en/search?{words}")

    off = "/en/search?q=late&amp;outcome=no_answer&amp;year=2024&amp;answered=yes"
    assert f'href="{off}"' in page.text
    assert not missing_from(page, "Take off", "Answered", "2024")


def test_a_value_is_left_out_and_let_in_again(client, told):
    page = client.get("/en/search?kind=praise")
    assert 'href="/en/search?not_kind=praise"' in page.text

    page = client.get("/en/search?not_kind=praise")

    assert not missing_from(page, "Without: Praise", "Let in again: Praise", "Take off")
    assert 'href="/en/search?kind=praise"' in page.text
    assert 'href="/en/search"' in page.text


def test_counts_are_shown_for_everything_that_can_be_asked_for(client, told):
    page = client.get("/en/search")

    assert not missing_from(
        page,
        "Complaint 3",
        "It does not work as it should 1",
        "After 15 to 30 days 1",
        "2 hours or more 1",
        "Euro 1",
        "Japanese Yen 1",
    )
    assert 'href="/en/search?minutes_from=120"' in page.text
    assert 'href="/en/search?currency=EUR"' in page.text


def test_spans_are_typed_in_a_form_and_taken_off_one_by_one(client, told):
    page = client.get("/en/search?q=kettle*&from=2020&amount_from=20&currency=EUR")

    assert not missing_from(page, "From 2020 on", "€20.00 or more", "Euro")
    assert '<input type="hidden" name="q" value="kettle*">' in page.text
    assert re.search(r'name="from" value="2020"', page.text)
    assert '<option value="EUR" selected>' in page.text
    off = "/en/search?q=kettle%2A&amp;currency=EUR&amp;amount_from=20"
    assert f'href="{off}"' in page.text


def test_effort_is_a_span_that_can_be_typed(client, told):
    page = client.get("/en/search?minutes_from=30&minutes_to=150&year=2024")

    assert not missing_from(page, "1 story", "30 min or more", "2 h 30 min or less")
    for name, value in (("minutes_from", 30), ("minutes_to", 150)):
        assert f'<input type="number" name="{name}" value="{value}"' in page.text
    spans = page.text.partition('class="spans"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="year" value="2024">' in spans
    assert 'type="hidden" name="minutes' not in spans


def test_a_chosen_value_stays_beside_others(client, told):
    page = client.get("/en/search?kind=praise&year=2026&page=1")

    assert 'href="/en/search?kind=praise&amp;kind=complaint&amp;year=2026"' in page.text


def test_who_types_the_name_of_a_company_is_led_to_it(client, db, told, kettles):
    companies.add(db, "Kettles of Leith")
    companies.add_aliases(db, kettles, ["The Kettle People"])
    db.commit()

    def led_to(words):
        page = client.get("/en/search", query_string={"q": words}).text
        return re.findall(r'<li><a href="(/en/companies/[^"]+)"', page)

    both = led_to("kettles")
    assert both[0].startswith(f"/en/companies/{kettles.id}-")
    assert len(both) == 2
    assert led_to("the KETTLE people") == [both[0]]
    assert led_to("kettle") == led_to("of leith") == led_to("?!") == []
    assert "2 stories" in client.get("/en/search?q=kettles").text
