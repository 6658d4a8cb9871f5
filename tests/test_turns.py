"""Whose turn it is after whole lives, computed a second time from rule 1."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from stories import cases, companies, offering, publishing, updating
from stories.entries.story import OutcomeEntry, UpdateEntry
from stories.models import Company, Member, Mention, Offer, Response, Story
from stories.models.codes import Kind, OfferState, Outcome
from stories.responding import RejoinderEntry, ResponseEntry, rejoin, respond
from tests.people import an_entry, an_unsaved_voice

SETTLED = ("resolved", "moot")
ALL = None


@dataclass
class Life:
    """A story about two companies: Acme is told at once, Zenith only later.

    `said` is what happened, in order: by whom, what, and to or from which company.
    """

    db: Session
    author: Member
    speaker: Member
    story: Story
    acme: Company
    zenith: Company
    said: list[tuple[str, str, int | None]] = field(default_factory=list)

    def say(self, who: str, what: str, company_id: int | None = ALL) -> None:
        self.said.append((who, what, company_id))

    def told(self) -> list[Mention]:
        return [each for each in self.mentions() if each.told_at]

    def mentions(self) -> list[Mention]:
        mine = select(Mention).where(Mention.story_id == self.story.id)
        return list(self.db.scalars(mine.order_by(Mention.position)))


def should_be(life: Life, mention: Mention) -> str:
    """Rule 1, as it stands in the book."""
    if mention.told_at is None:
        return "not_told"
    state = "awaiting_company"
    for who, what in heard(life, mention.company_id):
        if what in ("praise", "resolved", "moot", "closed"):
            state = "closed"
        elif who == "author" and what != "accepted":
            state = "awaiting_company"
        elif state != "closed":  # a response, or an offer accepted but not yet judged
            state = "awaiting_author"
    return state


def heard(life: Life, company_id: int) -> list[tuple[str, str]]:
    """What was said to a company: updates to praise ask nothing of it."""
    praised, said = False, []
    for who, what, to in life.said:
        praised = what == "praise" or (praised and what != "no praise after all")
        if to in (ALL, company_id) and not (praised and what == "update"):
            said.append((who, what))
    return said


def update(life: Life, chosen: int) -> None:
    updating.add_update(life.db, life.author, life.story, UpdateEntry(text="More."))
    life.say("author", "update")


def answer(life: Life, chosen: int) -> None:
    told = life.told()
    company_id = told[chosen % len(told)].company_id
    entry = ResponseEntry(kind="explain", text="We are sorry.")
    respond(life.db, life.speaker, life.story, company_id, entry)
    life.say("company", "response", company_id)


def answer_back(life: Life, chosen: int) -> None:
    given = life.db.scalars(
        select(Response).where(Response.story_id == life.story.id)
    ).all()
    if given:
        response = given[chosen % len(given)]
        rejoin(life.db, life.author, response, RejoinderEntry(text="Are you?"))
        life.say("author", "rejoinder", response.company_id)


def conclude(life: Life, chosen: int) -> None:
    outcome = list(Outcome)[chosen % len(Outcome)].value
    changes = outcome != life.story.outcome
    closes = any(should_be(life, each) != "closed" for each in life.told())
    entry = OutcomeEntry(outcome=outcome)
    updating.set_outcome(life.db, life.author, life.story, entry)
    if changes or (outcome in SETTLED and closes):
        life.say("author", outcome)


def change_kind(life: Life, chosen: int) -> None:
    before, after = life.story.kind.value, [*Kind][chosen % 3]
    updating.change_kind(life.db, life.author, life.story, after)
    if before != after and "praise" in (before, after):
        life.say("author", "praise" if after == "praise" else "no praise after all")


def close(life: Life, chosen: int) -> None:
    updating.close_case(life.db, life.author, life.story, life.acme)
    life.say("author", "closed", life.acme.id)


def reopen(life: Life, chosen: int) -> None:
    updating.reopen_case(life.db, life.author, life.story)
    life.say("author", "reopened")


def decide(life: Life, chosen: int) -> None:
    mine = select(Offer).where(Offer.story_id == life.story.id)
    offer = life.db.scalars(mine).one()
    state = [OfferState.ACCEPTED, OfferState.REFUSED, OfferState.LAPSED][chosen % 3]
    if offer.state != state:
        offering.decide(life.db, life.author, offer, state)
        life.say("author", state.value, life.acme.id)


def hear(life: Life, chosen: int) -> None:
    if len(life.told()) == 1:
        an_unsaved_voice(life.db, life.speaker, life.zenith)
        cases.tell_recent(life.db, life.zenith)


def look(life: Life, chosen: int) -> None:
    """Nothing has happened yet."""


DEEDS: list[Callable[[Life, int], None]] = [
    update,
    answer,
    answer,
    answer_back,
    conclude,
    change_kind,
    close,
    reopen,
    decide,
    hear,
]


def a_life(db: Session, author: Member, speaker: Member, kind: str, how: str) -> Life:
    acme, zenith = companies.add(db, "Acme"), companies.add(db, "Zenith")
    an_unsaved_voice(db, speaker, acme)
    entry = an_entry(
        kind=kind,
        outcome=how,
        mentions=[{"company": "Acme"}, {"company": "Zenith"}],
        offers=[{"what": "a discount", "company": "Acme"}],
    )
    story = publishing.publish(db, author, entry)
    life = Life(db, author, speaker, story, acme, zenith)
    life.say("author", "praise" if kind == "praise" else "publication")
    if how != "open":
        life.say("author", how)
    return life


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.sampled_from(["complaint", "praise", "mixed"]),
    st.sampled_from([outcome.value for outcome in Outcome]),
    st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 20)), max_size=12),
)
def test_the_turn_is_always_what_rule_one_makes_it(db, ada, bob, kind, how, deeds):
    life = a_life(db, ada, bob, kind, how)

    for deed, chosen in [(look, 0), *deeds]:
        deed(life, chosen)
        for mention in life.mentions():
            assert mention.case_state == should_be(life, mention), life.said

    db.rollback()
