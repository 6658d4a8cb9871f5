"""What was published can be recalled as it was entered."""

import json
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stories import publishing
from stories.entries.story import StoryEntry
from stories.models.codes import (
    Again,
    AmountRole,
    AuthorRelation,
    Channel,
    IssueType,
    OfferState,
    Outcome,
    Party,
    PromiseState,
    Rhythm,
)
from tests.people import an_entry

words = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1)
lines = st.lists(words, max_size=3)
blank = st.just("")
money = st.decimals(0, 10**9, places=4).map(str)
count = st.none() | st.integers(0, 1000)


@st.composite
def moments(draw):
    """A moment as exactly as somebody remembers it."""
    day = draw(st.dates(date(1900, 1, 1), date(2026, 1, 1)))
    known = {"year": day.year, "month": day.month, "day": day.day}
    parts = draw(st.sampled_from(["", "year", "year month", "year month day", "time"]))
    if parts == "time":
        clock = draw(st.times())
        return {**known, "time": f"{clock:%H:%M}"}
    when = {part: known[part] for part in parts.split()}
    return {**when, "about": draw(st.booleans())} if when else {}


contacts = st.fixed_dictionaries(
    {
        "channel": st.sampled_from(Channel),
        "by": st.sampled_from(Party),
        "company": st.sampled_from(["", "Acme", "Zenith"]),
        "when": moments(),
        "until": moments(),
        "hours_after": st.none() | st.decimals(0, 1000, places=2).map(str),
        "rhythm": st.none() | st.sampled_from(Rhythm),
        "minutes": count,
        "people": count,
        "role_spoken_to": blank | words,
        "result": blank | words,
    }
)
promises = st.fixed_dictionaries(
    {
        "by": st.sampled_from(Party),
        "what": words,
        "due": moments(),
        "state": st.sampled_from(PromiseState),
        "note": blank | words,
    }
)
amounts = st.fixed_dictionaries(
    {
        "role": st.sampled_from(AmountRole),
        "value": money,
        "currency": st.sampled_from(["EUR", "USD", "JPY"]),
        "what": blank | words,
        "company": st.sampled_from(["", "Acme"]),
    }
)
offers = st.fixed_dictionaries(
    {
        "what": words,
        "value": money,
        "list_value": st.none() | money,
        "currency": st.just("EUR"),
        "when": moments(),
        "state": st.sampled_from(OfferState),
        "company": st.sampled_from(["", "Zenith"]),
    }
)
letters = st.fixed_dictionaries(
    {"sender": words, "when": moments(), "text": words, "language": st.just("fr")}
)
quotations = st.fixed_dictionaries(
    {"who": words, "address": st.just("https://x.example/"), "text": words}
)
entries = st.fixed_dictionaries(
    {
        "title": words,
        "text": words,
        "kind": st.sampled_from(["complaint", "praise", "mixed"]),
        "author_relation": st.sampled_from(AuthorRelation),
        "disclosure": blank | words,
        "visibility": st.sampled_from(["public", "unlisted"]),
        "mentions": st.just(
            [
                {"company": "Acme", "products": ["K1", "K2"], "reason": "slow"},
                {"company": "Zenith", "role": "praised"},
            ]
        ),
        "issues": st.lists(st.sampled_from(IssueType), max_size=3),
        "points_good": lines,
        "points_bad": lines,
        "disputes": lines,
        "contacts": st.lists(contacts, max_size=3),
        "promises": st.lists(promises, max_size=2),
        "amounts": st.lists(amounts, max_size=2),
        "offers": st.lists(offers, max_size=2),
        "letters": st.lists(letters, max_size=2),
        "quotations": st.lists(quotations, max_size=2),
        "remedy_sought": blank | words,
        "private_reference": blank | words,
        "effort_minutes": count,
        "happened": moments(),
        "first_published": moments(),
        "outcome": st.sampled_from(Outcome),
        "evaluation": st.fixed_dictionaries(
            {
                "grade": st.none() | st.integers(0, 10),
                "would_buy_again": st.none() | st.sampled_from(Again),
                "remedy_received": blank | words,
            }
        ),
        "comments_open": st.booleans(),
        "series": st.sampled_from(
            [{}, {"title": "Saga", "part": 2, "elsewhere_note": "on paper"}]
        ),
    }
)

many = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
    ],
)


def settled(entry: StoryEntry) -> dict:
    """The entry without what publishing decides: ids, languages, order of sets."""
    fields = entry.model_dump(mode="json")
    for mention in fields["mentions"]:
        del mention["company_id"]
    for quotation in fields["quotations"]:
        del quotation["language"]
    del fields["language"], fields["series"]["series_id"]
    fields["issues"] = sorted(fields["issues"])
    for name in ("amounts", "offers", "contacts"):
        for fact in fields[name]:
            for part in ("value", "list_value", "hours_after"):
                if fact.get(part):
                    fact[part] = float(fact[part])
    return fields


@many
@given(entries)
def test_what_was_published_is_recalled_as_it_was_entered(db, ada, fields):
    entry = StoryEntry.model_validate(fields)

    story = publishing.publish(db, ada, entry)

    assert settled(publishing.entry_of(db, story)) == settled(entry)
    db.rollback()


@many
@given(entries, entries)
def test_what_was_amended_is_as_if_it_had_been_written_so(db, ada, first, second):
    entry = StoryEntry.model_validate(second)
    story = publishing.publish(db, ada, StoryEntry.model_validate(first))

    publishing.amend(db, ada, story, entry)

    assert settled(publishing.entry_of(db, story)) == settled(entry)
    db.rollback()


def test_amending_with_the_same_changes_nothing(db, ada):
    story = publishing.publish(db, ada, an_entry(points_good=["quick"]))
    before = publishing.fields_of(db, story)

    publishing.amend(db, ada, story, publishing.entry_of(db, story))

    assert publishing.fields_of(db, story) == before
    assert story.revision == 1


def test_what_is_recalled_can_be_sent_as_json(db, ada):
    offers = [{"what": "less", "value": "94.50", "currency": "USD"}]
    story = publishing.publish(db, ada, an_entry(offers=offers))

    recalled = json.loads(json.dumps(publishing.fields_of(db, story)))

    assert recalled["offers"][0]["value"] == "94.5"
