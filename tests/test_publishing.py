"""Publishing a story, and amending it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from stories import companies, publishing
from stories.database import sessions
from stories.models import (
    Contact,
    Errand,
    Member,
    Mention,
    PartElsewhere,
    Revision,
    Series,
    Story,
    TimelineEntry,
)
from stories.models.codes import CaseState, Happening, MentionRole, Standing
from stories.problems import Forbidden, Invalid, Missing
from tests.people import a_voice, an_entry, letters


def lines(db, story):
    """What the story's timeline tells, in order."""
    entries = select(TimelineEntry).where(TimelineEntry.story_id == story.id)
    ordered = entries.order_by(TimelineEntry.at, TimelineEntry.id)
    return [line.happening for line in db.scalars(ordered)]


def mentions(db, story):
    return db.scalars(
        select(Mention).where(Mention.story_id == story.id).order_by(Mention.position)
    ).all()


def test_a_story_of_title_text_kind_and_company_is_published(db, ada):
    story = publishing.publish(db, ada, an_entry())

    assert story.author_id == ada.id
    assert story.html == (
        "<p>I paid in May. In July there was still no kettle, and no word.</p>"
    )
    assert lines(db, story) == [Happening.PUBLISHED]


def test_the_suspended_do_not_publish(db, ada):
    ada.standing = Standing.SUSPENDED

    with pytest.raises(Forbidden):
        publishing.publish(db, ada, an_entry())


def test_a_story_names_the_company_that_is_known_already(db, ada):
    acme = companies.add(db, "ACME")

    story = publishing.publish(db, ada, an_entry())

    assert [mention.company_id for mention in mentions(db, story)] == [acme.id]


def test_one_company_under_two_names_is_mentioned_once_in_the_strongest_role(db, ada):
    acme = companies.add(db, "Acme")
    companies.add_aliases(db, acme, ["Acme Kettles"])
    entry = an_entry(
        mentions=[
            {"company": "Acme Kettles", "role": "mentioned", "products": ["K1"]},
            {"company": "Acme", "role": "subject", "products": ["K2"]},
        ]
    )

    story = publishing.publish(db, ada, entry)

    assert [mention.role for mention in mentions(db, story)] == [MentionRole.SUBJECT]
    recalled = publishing.entry_of(db, story)
    assert recalled.mentions[0].products == ["K1", "K2"]


def test_the_company_of_a_contact_is_one_of_the_mentioned(db, ada):
    contacts = [{"channel": "phone", "company": "acme"}]

    story = publishing.publish(db, ada, an_entry(contacts=contacts))

    contact = db.scalars(select(Contact)).one()
    assert contact.company_id == mentions(db, story)[0].company_id


def test_a_company_with_a_voice_is_told_and_its_people_get_a_letter(db, ada, bob):
    acme = companies.add(db, "Acme")
    a_voice(db, bob, acme)

    story = publishing.publish(db, ada, an_entry())

    assert mentions(db, story)[0].case_state == CaseState.AWAITING_COMPANY
    assert lines(db, story) == [Happening.PUBLISHED, Happening.TOLD]
    assert letters(db, "story_told") == [f"member:{bob.id}"]


def test_a_company_named_in_passing_gets_a_letter_but_no_case(db, ada, bob):
    zenith = companies.add(db, "Zenith")
    a_voice(db, bob, zenith)
    both = [{"company": "Acme"}, {"company": "Zenith", "role": "praised"}]

    story = publishing.publish(db, ada, an_entry(mentions=both))

    assert letters(db, "mentioned") == [f"member:{bob.id}"]
    assert mentions(db, story)[1].told_at is None


def test_what_is_published_goes_to_the_search_index(db, ada):
    story = publishing.publish(db, ada, an_entry())

    errand = db.scalars(select(Errand).where(Errand.task == "index")).one()
    assert errand.details == {"story_id": story.id}


def test_the_language_of_a_text_is_guessed_when_it_is_not_given(db, ada):
    text = "Ho pagato a maggio, ma a luglio il bollitore non era ancora arrivato."

    story = publishing.publish(db, ada, an_entry(text=text, language=None))

    assert story.language == "it"


def test_a_named_person_is_masked_everywhere_unless_kept(db, ada):
    entry = an_entry(
        title="Jane Doe hung up",
        text="First Jane Doe hung up, then Tom Poe helped.",
        contacts=[{"channel": "phone", "result": "Doe hung up"}],
        names=[
            {"name": "Jane Doe", "role": "the supervisor"},
            {"name": "Tom Poe", "keep": True},
        ],
    )

    story = publishing.publish(db, ada, entry)

    assert story.title == "The supervisor hung up"
    assert story.text == "First the supervisor hung up, then Tom Poe helped."
    assert db.scalars(select(Contact.result)).one() == "The supervisor hung up"
    assert "Jane" not in db.scalars(select(Revision.text)).one()


def test_a_place_is_kept_for_the_parts_of_a_series_that_are_elsewhere(db, ada):
    series = {"title": "My saga", "part": 3, "elsewhere_note": "on my old blog"}

    story = publishing.publish(db, ada, an_entry(series=series))

    places = db.scalars(select(PartElsewhere).order_by(PartElsewhere.part)).all()
    assert [(place.part, place.note) for place in places] == [
        (1, ""),
        (2, "on my old blog"),
    ]
    assert story.part == 3


def test_an_earlier_part_takes_the_place_that_was_kept_for_it(db, ada):
    publishing.publish(db, ada, an_entry(series={"title": "My saga", "part": 2}))

    publishing.publish(db, ada, an_entry(series={"title": "my Saga", "part": 1}))

    assert len(db.scalars(select(Series)).all()) == 1
    assert db.scalars(select(PartElsewhere)).all() == []


def test_a_part_of_a_series_is_there_once(db, ada):
    publishing.publish(db, ada, an_entry(series={"title": "My saga", "part": 2}))

    with pytest.raises(Invalid, match="part 2 already"):
        publishing.publish(db, ada, an_entry(series={"title": "My saga", "part": 2}))


def test_nobody_adds_to_the_series_of_another(db, ada, bob):
    first = publishing.publish(db, ada, an_entry(series={"title": "My saga"}))
    series = {"series_id": first.series_id, "part": 2}

    with pytest.raises(Invalid, match="your own series"):
        publishing.publish(db, bob, an_entry(series=series))


def test_a_changed_text_is_a_new_revision(db, ada):
    story = publishing.publish(db, ada, an_entry())

    publishing.amend(db, ada, story, an_entry(text="It came in August."), "It came.")

    numbers = db.execute(select(Revision.number, Revision.text, Revision.why)).all()
    assert numbers[1] == (2, "It came in August.", "It came.")
    assert story.revision == 2


def test_changed_facts_alone_are_no_revision(db, ada):
    story = publishing.publish(db, ada, an_entry(points_bad=["no word"]))

    publishing.amend(db, ada, story, an_entry(points_bad=["no word at all"]))

    assert story.revision == 1
    assert publishing.entry_of(db, story).points_bad == ["no word at all"]


def test_a_name_masked_later_goes_from_earlier_wordings_too(db, ada):
    story = publishing.publish(db, ada, an_entry(text="Jane Doe hung up."))
    names = [{"name": "Jane Doe", "role": "she"}]

    publishing.amend(db, ada, story, an_entry(text="Jane Doe hung up.", names=names))

    texts = db.scalars(select(Revision.text)).all()
    assert texts == ["She hung up.", "She hung up."]


def test_a_company_that_was_told_stays(db, ada, bob):
    a_voice(db, bob, companies.add(db, "Acme"))
    story = publishing.publish(db, ada, an_entry())
    other = an_entry(mentions=[{"company": "Zenith"}])

    with pytest.raises(Invalid, match="Acme has been told"):
        publishing.amend(db, ada, story, other)


def test_a_company_that_was_not_told_can_go(db, ada):
    story = publishing.publish(db, ada, an_entry())

    publishing.amend(db, ada, story, an_entry(mentions=[{"company": "Zenith"}]))

    names = [mention.company for mention in publishing.entry_of(db, story).mentions]
    assert names == ["Zenith"]


def test_only_the_author_amends(db, ada, cy):
    story = publishing.publish(db, ada, an_entry())

    with pytest.raises(Forbidden):
        publishing.amend(db, cy, story, an_entry(text="Mine now."))


def test_what_is_withdrawn_is_not_even_there_for_strangers(db, ada, cy):
    story = publishing.publish(db, ada, an_entry())
    db.get_one(Story, story.id).visibility = "author_only"
    db.flush()

    with pytest.raises(Missing):
        publishing.amend(db, cy, story, an_entry())


@pytest.mark.parametrize(
    ("text", "name", "masked"),
    [
        ("ask mario rossi", "mario rossi", "ask X"),
        ("Ms Li said: gli orari, li so", "Li", "X said: gli orari, li so"),
        ("店員の王偉さんに聞いた", "王偉", "店員のXさんに聞いた"),
        ("김철수가 전화를 끊었다", "김철수", "X가 전화를 끊었다"),
    ],
)
def test_names_are_masked_in_small_letters_and_in_scripts_without_spaces(
    db, ada, text, name, masked
):
    entry = an_entry(text=text, names=[{"name": name, "role": "X"}])

    assert publishing.publish(db, ada, entry).text == masked


def test_where_an_imported_story_came_from_is_not_for_its_author_to_say(db, ada):
    story = publishing.publish(db, ada, an_entry())
    story.origin, story.source_address = "imported", "https://blog.example/1"

    publishing.amend(db, ada, story, an_entry(source_address="https://mine.example/"))

    assert story.source_address == "https://blog.example/1"


def test_a_reason_has_its_limit_too(db, ada):
    story = publishing.publish(db, ada, an_entry())

    with pytest.raises(Invalid, match="At most 2000 characters"):
        publishing.amend(db, ada, story, an_entry(), "x" * 3000)


def test_a_company_named_later_is_told_later(db, ada, bob):
    a_voice(db, bob, companies.add(db, "Zenith"))
    story = publishing.publish(db, ada, an_entry())
    both = [{"company": "Acme"}, {"company": "Zenith"}]

    publishing.amend(db, ada, story, an_entry(mentions=both))

    assert letters(db, "story_told") == [f"member:{bob.id}"]


def test_what_was_prepared_is_published_as_it_is(db, ada):
    ready = publishing.prepare(an_entry(text="Jane Doe!", names=[{"name": "Jane Doe"}]))

    story = publishing.publish(db, ada, ready)

    assert story.html == "<p>[…]!</p>"


def test_words_instead_of_a_name_that_make_a_text_too_long_are_refused(db, ada):
    names = [{"name": "Jane Doe", "role": "a person " * 30}]
    entry = an_entry(text="Jane Doe. " * 9000, names=names)

    with pytest.raises(Invalid) as found:
        publishing.prepare(entry)

    assert found.value.field == "names"


def test_of_four_who_amend_at_once_nobody_loses_a_wording(db, ada, engine):
    story = publishing.publish(db, ada, an_entry())
    db.commit()

    def amend(number: int) -> None:
        with sessions(engine)() as tab:
            author, mine = tab.get_one(Member, ada.id), tab.get_one(Story, story.id)
            tab.commit()
            tab.connection(execution_options={"writes": True})
            publishing.amend(tab, author, mine, an_entry(text=f"Wording {number}."))
            tab.commit()

    with ThreadPoolExecutor(4) as tabs:
        list(tabs.map(amend, range(4)))

    numbers = db.scalars(select(Revision.number).order_by(Revision.number)).all()
    assert numbers == [1, 2, 3, 4, 5]
