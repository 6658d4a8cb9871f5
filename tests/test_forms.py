"""Forms: what was typed becomes an entry, or problems at the fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from stories.entries.story import StoryEntry
from stories.models.codes import Channel, IssueType, Precision
from web import forms
from web.i18n import speaking

WHOLE = {
    "title": "The kettle",
    "text": "It never came.",
    "kind": "complaint",
    "mentions-0-company": "Acme",
}


@pytest.fixture(autouse=True)
def english(app):
    with app.test_request_context(), speaking("en"):
        yield


def typed(**more: str) -> MultiDict:
    return MultiDict(
        [*WHOLE.items(), *((k.replace("__", "-"), v) for k, v in more.items())]
    )


def test_four_answers_make_a_story():
    form = forms.read(StoryEntry, MultiDict(WHOLE))

    assert form.errors == {}
    assert form.entry.mentions[0].company == "Acme"


def test_all_problems_come_at_once_and_what_was_typed_stays():
    form = forms.read(StoryEntry, MultiDict({"title": "x" * 300, "kind": "nonsense"}))

    assert form.entry is None
    assert form.error("title") == "At most 200 characters."
    assert form.error("text") == "Please fill this in."
    assert form.error("kind") == "Choose one from the list."
    assert form.value("title") == "x" * 300


def test_rows_are_lists_and_gaps_between_them_close():
    form = forms.read(
        StoryEntry,
        typed(
            contacts__0__channel="phone",
            contacts__0__when__year="2010",
            contacts__0__when__month="3",
            contacts__7__channel="fax",
        ),
    )

    first, second = form.entry.contacts
    assert (first.channel, second.channel) == (Channel.PHONE, Channel.FAX)
    assert first.when.precision == Precision.MONTH


def test_a_row_with_nothing_but_preset_choices_is_no_row():
    form = forms.read(
        StoryEntry, typed(promises__0__state="open", promises__0__by="company")
    )

    assert form.entry.promises == []


def test_an_error_in_a_row_names_the_row():
    form = forms.read(
        StoryEntry, typed(contacts__0__channel="phone", contacts__0__minutes="many")
    )

    assert form.error("contacts-0-minutes") == "Enter a whole number."


def test_lines_of_one_field_are_a_list():
    form = forms.read(StoryEntry, typed(points_good="Fast\n\n Friendly "))

    assert form.entry.points_good == ["Fast", "Friendly"]


def test_ticked_boxes_are_a_list():
    form = forms.read(
        StoryEntry,
        MultiDict([*WHOLE.items(), ("issues", "defect"), ("issues", "long_wait")]),
    )

    assert form.entry.issues == [IssueType.DEFECT, IssueType.LONG_WAIT]


@pytest.mark.parametrize(
    ("tag", "typed_value", "value"),
    [
        ("en", "1,250.50", "1250.50"),
        ("it", "1.250,50", "1250.50"),
        ("it", "25,5", "25.5"),
        ("it", "25.5", "25.5"),
        ("en", "25", "25"),
    ],
)
def test_numbers_are_read_as_the_language_writes_them(tag, typed_value, value):
    with speaking(tag):
        form = forms.read(
            StoryEntry,
            typed(
                amounts__0__role="paid",
                amounts__0__value=typed_value,
                amounts__0__currency="eur",
            ),
        )

    assert str(form.entry.amounts[0].value) == value


def test_what_is_known_is_shown_as_the_language_writes_it():
    with speaking("it"):
        fields = forms.shown(StoryEntry, {"amounts": [{"value": "25.5"}]})

    assert fields["amounts"] == [{"value": "25,5"}]


def test_messages_are_translated_at_the_edge():
    with speaking("it"):
        form = forms.read(StoryEntry, MultiDict({}))

    assert form.error("title")


names = st.sampled_from(
    ["title", "mentions-0-company", "mentions-999999-company", "contacts-0-when-year"]
) | st.text(max_size=20)


@given(st.dictionaries(names, st.text(max_size=50), max_size=8))
def test_nothing_typed_breaks_a_form(typed_fields):
    form = forms.read(StoryEntry, MultiDict(typed_fields))

    assert form.entry is not None or form.errors


def test_a_problem_that_names_its_field_is_shown_there():
    form = forms.read(
        StoryEntry,
        typed(contacts__0__channel="phone", contacts__0__company="Elsewhere"),
    )

    assert set(form.errors) == {"contacts-0-company"}
