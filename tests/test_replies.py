"""Templates of a team's answers, and views that somebody keeps."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError
from sqlalchemy import select

from stories.handling import templates, views
from stories.handling.templates import TemplateEntry
from stories.handling.views import ViewEntry
from stories.models import DeskView, Mention, ReplyTemplate, Response
from stories.problems import Forbidden, Invalid, Missing
from tests.desks import a_case
from tests.reading_eyes import missing_from, words_of

SORRY = {
    "name": "Sorry",
    "language": "en",
    "kind": "apologise",
    "text": "Dear {author}, we are sorry about “{story}” (order {reference}). {name}",
}


@pytest.fixture
def browser(browser_of, bob, voice):
    return browser_of(bob)


@pytest.fixture
def sorry(db, bob, kettles, voice):
    made = templates.add(db, bob, kettles.id, TemplateEntry.model_validate(SORRY))
    db.commit()
    return made


def said(db, template, voice, story) -> str:
    mention = db.scalars(select(Mention).where(Mention.story_id == story.id)).one()
    for row, names in ((story, ["author"]), (mention, ["products"])):
        db.refresh(row, names)
    db.refresh(voice, ["company"])
    return templates.filled(template, voice, story, mention)


def test_places_are_filled_in(db, ada, kettles, voice, sorry):
    story = a_case(db, ada, kettles, 3, title="A kettle", private_reference="K-471199")

    words = said(db, sorry, voice, story)

    assert words == "Dear Ada, we are sorry about “A kettle” (order …199). Bob"


def test_a_private_reference_is_never_said_in_full(db, ada, kettles, voice, sorry):
    story = a_case(db, ada, kettles, 3, title="A kettle", private_reference="K-47")

    assert "K-47" not in said(db, sorry, voice, story)
    assert "{reference}" in said(db, sorry, voice, story)


def test_a_title_is_words_and_nothing_else(db, ada, kettles, voice, sorry):
    story = a_case(db, ada, kettles, 3, title="[x](https://evil.example) {name} <b>")

    words = said(db, sorry, voice, story)

    assert r"\[x\](https://evil.example) {name} \<b\>" in words


@pytest.mark.parametrize("text", ["{price}", "{author.id}", "{0}", "{}", "{ author }"])
def test_only_known_places_are_taken(text):
    with pytest.raises(ValidationError):
        TemplateEntry.model_validate({**SORRY, "text": text})


@given(some.text(max_size=60))
def test_no_words_break_the_filling(text):
    template = ReplyTemplate(text=text)

    assert isinstance(templates.unfilled(template.text), str)


def test_other_companies_have_nothing_to_do_with_a_template(
    db, browser_of, cy, ada, kettles, rival, sorry
):
    entry = TemplateEntry.model_validate(SORRY)
    for stranger in (cy, ada):
        with pytest.raises(Forbidden):
            templates.add(db, stranger, kettles.id, entry)
        with pytest.raises(Forbidden):
            templates.change(db, stranger, sorry.id, entry)
        with pytest.raises(Forbidden):
            templates.forget(db, stranger, sorry.id)
    with pytest.raises(Missing):
        templates.theirs(db, cy, 4711)
    other = browser_of(cy)
    for address in (f"/{sorry.id}", f"?company={kettles.id}"):
        assert other.get(f"/en/desk/templates{address}").status_code == 403
        assert other.post(f"/en/desk/templates{address}", data=SORRY).status_code == 403
    assert other.post(f"/en/desk/templates/{sorry.id}/forget").status_code == 403
    assert browser_of(ada).get("/en/desk/templates").status_code == 404


def test_a_company_keeps_its_templates_on_a_page(db, browser, kettles):
    address = f"/en/desk/templates?company={kettles.id}"

    browser.post(address, data=SORRY)
    number = db.scalars(select(ReplyTemplate.id)).one()
    browser.post(f"/en/desk/templates/{number}", data={**SORRY, "name": "Very sorry"})

    assert not missing_from(browser.get(address), "Very sorry", "English")
    page = browser.get(f"/en/desk/templates/{number}")
    assert "Very sorry" in page.text
    browser.post(f"/en/desk/templates/{number}/forget")
    assert "Very sorry" not in browser.get(address).text


def test_nonsense_keeps_what_was_typed(browser, kettles):
    address = f"/en/desk/templates?company={kettles.id}"

    page = browser.post(address, data={**SORRY, "text": "Pay {price}"})

    assert page.status_code == 422
    assert "There is nothing to fill in for {price}" in words_of(page)
    assert "Pay {price}" in page.text


def test_a_template_goes_below_what_was_typed(db, browser, ada, kettles, sorry):
    story = a_case(db, ada, kettles, 3, title="A kettle", private_reference="K-471199")
    address = f"/en/stories/{story.id}/respond?company={kettles.id}"
    typed = {"text": "Hello!", "template": sorry.id, "do": "template"}

    page = browser.post(address, data=typed)

    assert page.status_code == 200
    assert not missing_from(page, "Hello!", "Dear Ada, we are sorry")
    assert 'value="apologise" checked' in page.text
    assert db.scalars(select(Response)).all() == []


def test_templates_in_the_storys_language_are_offered_first(
    db, browser, bob, ada, kettles, sorry
):
    italian = {**SORRY, "name": "Zi scusa", "language": "it"}
    templates.add(db, bob, kettles.id, TemplateEntry.model_validate(italian))
    db.commit()
    story = a_case(db, ada, kettles, 3, title="Il bollitore", language="it")

    page = browser.get(f"/en/stories/{story.id}/respond?company={kettles.id}")

    assert page.text.index("Zi scusa") < page.text.index("Sorry (English)")


def test_the_template_of_another_company_is_not_taken(
    db, browser, ada, cy, kettles, rival
):
    entry = TemplateEntry.model_validate(SORRY)
    theirs = templates.add(db, cy, rival.company_id, entry)
    db.commit()
    story = a_case(db, ada, kettles, 3, title="A kettle")
    address = f"/en/stories/{story.id}/respond?company={kettles.id}"

    page = browser.post(address, data={"template": theirs.id, "do": "template"})

    assert page.status_code == 403


def test_an_answer_with_an_empty_place_is_not_published(db, browser, ada, kettles):
    story = a_case(db, ada, kettles, 3, title="A kettle")
    address = f"/en/stories/{story.id}/respond?company={kettles.id}"

    page = browser.post(address, data={"kind": "explain", "text": "Your {product}"})

    assert page.status_code == 422
    assert "Fill in {product}, or take it out." in words_of(page)
    assert db.scalars(select(Response)).all() == []


# Views ------------------------------------------------------------------------------


def test_a_view_is_kept_and_looked_at_again(db, browser, kettles):
    data = {
        "company": kettles.id,
        "view": "clock=late&page=2&evil=1",
        "name": "Late ones",
    }

    browser.post("/en/desk/views", data=data)

    page = browser.get("/en/desk")
    assert not missing_from(page, "Late ones")
    assert f'href="/en/desk?company={kettles.id}&amp;clock=late"' in page.text
    number = db.scalars(select(DeskView.id)).one()
    gone = {"company": kettles.id}
    browser.post(f"/en/desk/views/{number}/forget", data=gone)
    assert "Late ones" not in words_of(browser.get("/en/desk"))


def test_a_view_is_ones_own(db, bob, cy, kettles, voice, rival):
    entry = ViewEntry(name="Mine", words="clock=late")
    kept = views.keep(db, bob, kettles.id, entry)

    with pytest.raises(Forbidden):
        views.keep(db, cy, kettles.id, entry)
    with pytest.raises(Missing):
        views.forget(db, cy, rival.company_id, kept.id)
    views.keep(db, bob, kettles.id, ViewEntry(name="Mine", words="clock=overdue"))
    assert db.scalars(select(DeskView.words)).all() == ["clock=overdue"]


def test_a_view_has_a_name_and_there_are_not_too_many(db, bob, browser, kettles):
    data = {"company": kettles.id, "view": "clock=late", "name": " "}

    page = browser.post("/en/desk/views", data=data, follow_redirects=True)

    assert not missing_from(page, "Please fill this in.")
    for number in range(views.MOST):
        views.keep(db, bob, kettles.id, ViewEntry(name=f"No {number}", words="x"))
    with pytest.raises(Invalid):
        views.keep(db, bob, kettles.id, ViewEntry(name="One more", words="x"))
