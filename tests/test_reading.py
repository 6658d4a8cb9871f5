"""What readings load, and in how many statements."""

import re
from decimal import Decimal

import pytest

from stories import history
from stories.companies import product_named
from stories.models import Comment, Mention, Story
from stories.reading import comments as comments_reading
from stories.reading import story as story_reading
from stories.reading.documents import documents
from tests.lives import a_story, a_whole_life, later, worded


def test_a_story_and_all_its_parts_take_one_statement(db, ada, kettles, statements):
    story = a_whole_life(db, ada, kettles)
    db.expunge_all()
    statements.clear()

    page = story_reading.page(db, story.id, None)

    assert len(statements) == 1
    assert [step.what for step in page.steps] == [
        "contact",
        "contact",
        "offer",
        "event",
        "event",
        "response",
        "rejoinder",
        "update",
        "event",
    ]
    assert page.story.amounts[0].value == Decimal("1234.5")


def test_lists_take_as_many_statements_for_one_story_as_for_many(
    client, db, ada, kettles, statements
):
    product = product_named(db, kettles, "Kettle")
    pages = {
        "/en/": 3,
        "/en/stories": 2,
        f"/en/companies/{kettles.id}-kettles-co": 9,
        f"/en/companies/{kettles.id}/mentions": 2,
        f"/en/products/{product.id}-kettle": 5,
        "/en/members/ada": 5,
        "/en/stories.atom": 2,
        f"/api/v1/companies/{kettles.id}": 8,
    }
    for _ in range(3):
        a_story(db, ada, kettles, products=["Kettle"])
        history.touch(db, db.query(Story).first())
        db.commit()
        counted = {}
        for address in pages:
            statements.clear()
            assert client.get(address).status_code == 200, address
            counted[address] = len(statements)

        assert counted == pages


@pytest.mark.parametrize("number", ["9" * 12, "9" * 19, "9" * 40])
def test_no_number_in_an_address_is_too_large(client, kettles, number):
    for address in (
        f"/en/stories/{number}",
        f"/en/stories/{number}-words",
        f"/en/stories/{number}/revisions",
        f"/en/stories/{number}.atom",
        f"/en/companies/{number}",
        f"/en/products/{number}",
        f"/api/v1/stories/{number}",
        f"/api/v1/companies/{number}",
        f"/sitemap-stories-{number}.xml",
    ):
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code == 404, address
    for address in (f"/en/stories?older={number}", "/en/stories?older=-1"):
        assert client.get(address).status_code == 200


def test_many_comments_are_read_page_by_page(client, db, ada, kettles, monkeypatch):
    monkeypatch.setattr(story_reading, "THREADS", 2)
    story = a_story(db, ada, kettles, title="Kettle")
    for n in range(5):
        db.add(
            Comment(
                story_id=story.id,
                guest_name="Gus",
                posted_at=later(n),
                **worded(f"Remark {n}."),
            )
        )
    db.commit()
    address, seen = f"/en/stories/{story.id}-kettle", []
    while address:
        page = client.get(address)
        seen += [n for n in range(5) if f"<p>Remark {n}.</p>" in page.text]
        more = re.search(r"\?after=(\d+)#comments", page.text)
        address = more and f"/en/stories/{story.id}-kettle?after={more[1]}"

    assert seen == [0, 1, 2, 3, 4]


def test_a_comment_is_found_on_whatever_page_it_stands(
    client, db, ada, kettles, monkeypatch
):
    for module in (story_reading, comments_reading):
        monkeypatch.setattr(module, "THREADS", 2)
    story = a_story(db, ada, kettles, title="Kettle")
    remarks = [a_remark(db, story, n) for n in range(5)]
    confirmed_late = a_remark(db, story, 9)
    remarks.append(a_remark(db, story, 6))
    remarks.append(a_remark(db, story, 7, parent_id=remarks[1].id))
    remarks.append(a_remark(db, story, 8, parent_id=remarks[4].id))
    seen = []

    for remark in (*remarks, confirmed_late):
        leads = client.get(f"/en/stories/{story.id}/comments/{remark.id}")
        page, _, mark = leads.location.partition("#")
        seen.append(f'id="{mark}"' in client.get(page).text)

    assert leads.status_code == 302
    assert all(seen)


def a_remark(db, story, day: int, **more) -> Comment:
    words = worded(f"Remark {day}.")
    remark = Comment(
        story_id=story.id, guest_name="Gus", posted_at=later(day), **words, **more
    )
    db.add(remark)
    db.commit()
    return remark


def test_a_comment_that_waits_or_is_elsewhere_leads_nowhere(client, db, ada, kettles):
    story, other = (a_story(db, ada, kettles, title=name) for name in ("One", "Two"))
    waiting = a_remark(db, story, 1, state="unconfirmed")
    elsewhere = a_remark(db, other, 1)

    for remark in (waiting, elsewhere):
        address = f"/en/stories/{story.id}/comments/{remark.id}"
        assert client.get(address).status_code == 404


def test_a_story_is_searched_by_what_it_cost_and_how_long_it_waited(db, ada, kettles):
    story = a_whole_life(db, ada, kettles)
    silent = a_story(db, ada, kettles)
    db.query(Mention).filter_by(story_id=silent.id).one().told_at = later(0)
    untold = a_story(db, ada, kettles)
    db.flush()

    whole, waiting, quiet = documents(db, [story.id, silent.id, untold.id])

    assert (whole.minutes, whole.clocks) == (120, ("on_time",))
    assert ("EUR", 12_345_000) in whole.amounts
    assert (waiting.clocks, waiting.minutes, waiting.amounts) == (("waiting",), 0, ())
    assert quiet.clocks == ("not_told",)
