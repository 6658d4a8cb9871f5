"""Random lives of stories, lived by deeds alone, and their figures told naively."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from stories import (
    claiming,
    companies,
    importing,
    moderating,
    offering,
    publishing,
    representing,
    responding,
    updating,
    withdrawing,
)
from stories.effort import effort, times
from stories.entries.story import OutcomeEntry, StoryEntry, UpdateEntry
from stories.importing import Names, StoryRow
from stories.models import (
    Company,
    Contact,
    Member,
    Mention,
    Offer,
    Promise,
    Representative,
    Response,
    Story,
    now,
)
from stories.models.base import played
from stories.models.codes import (
    Again,
    Kind,
    MentionRole,
    OfferState,
    Outcome,
    Receipt,
    Target,
)
from stories.moderating import RulingEntry
from stories.problems import Refused
from stories.responding import ResponseEntry
from tests.people import an_entry, an_unsaved_voice

NAMES = ("Acme", "Brill & Co", "Crux")
PRODUCTS = ("Kettle", "Teapot", "Urn")
ISSUES = ("defect", "long_wait", "refund_refused")
DECIDED = ("resolved", "partly_resolved", "not_resolved", "offer_refused", "no_answer")


@dataclass
class World:
    """Three companies, of which the first has a voice, and people who tell."""

    db: Session
    ada: Member
    bob: Member
    staff: Member
    dice: Random
    companies: list[Company] = field(default_factory=list)

    def begin(self) -> None:
        """The companies are there, one of them listens."""
        self.companies = [companies.add(self.db, name) for name in NAMES]
        an_unsaved_voice(self.db, self.bob, self.companies[0])

    def live(self, deeds: int = 8) -> None:
        """One story from its publication on, some days apart."""
        at = now() - timedelta(days=self.dice.randrange(1200))
        with played(at):
            story = self._begin_story()
        for _ in range(self.dice.randrange(deeds)):
            at = min(at + timedelta(days=self.dice.randrange(60)), now())
            with played(at):
                self._do(story)
        self.db.commit()
        self._forget()

    def _forget(self) -> None:
        """What a session has at hand, each flush looks at."""
        for row in list(self.db):
            if not isinstance(row, (Company, Member)):
                self.db.expunge(row)

    def _begin_story(self) -> Story:
        if self.dice.random() < 0.2:
            return self._imported()
        return publishing.publish(self.db, self.ada, self._entry())

    def _imported(self) -> Story:
        number = str(self.dice.randrange(10**9))
        row = StoryRow(
            source="gazette",
            source_id=number,
            title="An old tale",
            company=self.dice.choice(NAMES),
            product=self.dice.choice((None, *PRODUCTS)),
            published_on=now().date() - timedelta(days=self.dice.randrange(4000)),
            kind=self.dice.choice((None, "complaint", "praise")),
            outcome=self.dice.choice((None, "explained")),
        )
        importing.import_stories(self.db, Names(), [importing.ready(row)])
        story = self.db.scalar(select(Story).where(Story.source_id == number))
        assert story is not None
        return story

    def _entry(self) -> StoryEntry:
        pick = self.dice.choice
        named = self.dice.sample(NAMES, self.dice.randrange(1, 4))
        mentions = [
            {
                "company": name,
                "role": "subject" if n == 0 else pick(list(MentionRole)),
                "products": self.dice.sample(PRODUCTS, self.dice.randrange(3)),
            }
            for n, name in enumerate(named)
        ]
        return an_entry(
            title="A tale",
            mentions=mentions,
            kind=pick(("complaint", "complaint", "praise", "mixed")),
            issues=self.dice.sample(ISSUES, self.dice.randrange(3)),
            happened={"year": self.dice.randrange(2008, 2020)},
            effort_minutes=self.dice.choice((None, 90)),
            contacts=[
                {"channel": "phone", "minutes": self.dice.randrange(90)},
                {"channel": "email", "by": "company", "company": pick(named)},
            ][: self.dice.randrange(3)],
            promises=[{"what": "Soon", "state": pick(("kept", "late", "broken"))}]
            * self.dice.randrange(3),
        )

    def _do(self, story: Story) -> None:
        """Some deed; one that is refused leaves nothing behind."""
        deed = self.dice.choice((self._author, self._company, self._staff))
        before = self.db.begin_nested()
        try:
            deed(story)
        except Refused:
            before.rollback()
        else:
            before.commit()

    def _author(self, story: Story) -> None:
        db, ada, dice = self.db, self.ada, self.dice
        verdict = {"grade": dice.randrange(11), "would_buy_again": dice.choice(AGAIN)}
        ending = OutcomeEntry(
            outcome=dice.choice(list(Outcome)),
            evaluation=dice.choice((None, verdict)),
        )
        deeds = (
            lambda: updating.add_update(db, ada, story, UpdateEntry(text="More.")),
            lambda: updating.set_outcome(db, ada, story, ending),
            lambda: updating.set_outcome(db, ada, story, ending),
            lambda: self._decide(story),
            lambda: self._decide(story),
            lambda: updating.change_kind(db, ada, story, dice.choice(list(Kind))),
            lambda: updating.close_case(db, ada, story),
            lambda: publishing.amend(db, ada, story, self._entry()),
            lambda: publishing.amend(db, ada, story, self._entry()),
            lambda: withdrawing.withdraw(db, ada, story),
            lambda: withdrawing.restore(db, ada, story),
            lambda: withdrawing.unlist(db, ada, story),
            lambda: withdrawing.enlist(db, ada, story),
            lambda: withdrawing.anonymise(db, ada, story),
            lambda: withdrawing.erase(db, ada, story),
        )
        dice.choice(deeds)()

    def _company(self, story: Story) -> None:
        company = self.dice.choice(self.companies)
        offer = self._offer(story)
        if offer is not None and self.dice.random() < 0.4:
            offering.withdraw(self.db, self.bob, offer)
            return
        entry = ResponseEntry(kind="explain", text="We looked into it.")
        if self.dice.random() < 0.5:
            terms = {"what": "A new one", "value": "20", "currency": "EUR"}
            entry = ResponseEntry(kind="offer", text="Take it.", offer=terms)
        responding.respond(self.db, self.bob, story, company.id, entry)

    def _offer(self, story: Story) -> Offer | None:
        mine = select(Offer).where(Offer.story_id == story.id)
        return self.db.scalar(mine.order_by(Offer.id.desc()).limit(1))

    def _decide(self, story: Story) -> None:
        """Take an offer or leave it; what was taken may come."""
        offer = self._offer(story)
        if offer is not None and offer.state == "accepted":
            receipt = self.dice.choice(list(Receipt))
            offering.receive(self.db, self.ada, offer, receipt)
        elif offer is not None:
            state = self.dice.choice(list(OfferState))
            offering.decide(self.db, self.ada, offer, state, "So be it.")

    def _staff(self, story: Story) -> None:
        db, staff = self.db, self.staff
        ruling = RulingEntry(reason="spam", words="Advertising")
        deeds = (
            lambda: moderating.hide(db, staff, Target.STORY, story.id, ruling),
            lambda: moderating.restore(db, staff, Target.STORY, story.id, ruling),
            lambda: self._hide_answer(story, ruling),
            lambda: self._claim(story),
            self._first_voice,
        )
        self.dice.choice(deeds)()

    def _hide_answer(self, story: Story, ruling: RulingEntry) -> None:
        mine = select(Response.id).where(Response.story_id == story.id)
        for number in self.db.scalars(mine.limit(1)).all():
            moderating.hide(self.db, self.staff, Target.RESPONSE, number, ruling)

    def _claim(self, story: Story) -> None:
        claim = claiming.claim(self.db, self.ada, story, "It is mine.")
        claiming.grant(self.db, self.staff, claim)

    def _first_voice(self) -> None:
        """Another company listens from now on, and hears of the last year."""
        company = self.dice.choice(self.companies[1:])
        asked = Representative(
            member_id=self.bob.id, company_id=company.id, name="Bob", state="proven"
        )
        self.db.add(asked)
        self.db.flush()
        representing.grant(self.db, self.staff, asked)


AGAIN = [*Again, None]


def told_naively(db: Session, company: Company, product_id: int = 0) -> dict:
    """A company's (or a product's) figures, by reading everything."""
    told: dict = {"kinds": Counter(), "told": 0, "answered": 0, "days": []}
    told |= {"endings": Counter(), "untold": Counter(), "again": Counter()}
    told |= {
        "promises": Counter(),
        "offers": Counter(),
        "minutes": 0,
        "contacts": 0,
        "index": 0.0,
    }
    cases = []
    for mention in db.query(Mention).filter_by(company_id=company.id, role="subject"):
        db.refresh(mention, ["products"])
        story = db.get(Story, mention.story_id, populate_existing=True)
        if story.visibility not in ("public", "tombstone"):
            continue
        if product_id and product_id not in [one.id for one in mention.products]:
            continue
        told["kinds"][story.kind] += 1
        if story.kind in ("complaint", "mixed"):
            cases.append((mention, story))
    for mention, story in cases:
        if mention.told_at is None:
            told["untold"][story.outcome] += 1
        else:
            _tell(db, mention, story, told)
    told["days"] = median(told["days"]) if told["days"] else None
    told["index"] = _index([pair for pair in cases if pair[0].told_at])
    return told


def _tell(db: Session, mention: Mention, story: Story, told: dict) -> None:
    told["told"] += 1
    if mention.answered_at:
        told["answered"] += 1
        told["days"].append(mention.answer_days)
    told["endings"][_ending(mention, story)] += 1
    if story.would_buy_again:
        told["again"][story.would_buy_again] += 1
    for promise in db.query(Promise).filter_by(story_id=story.id, by="company"):
        told["promises"][promise.state] += 1
    for offer in db.query(Offer).filter_by(
        story_id=story.id, company_id=mention.company_id
    ):
        answer = db.get(Response, offer.response_id) if offer.response_id else None
        if answer and answer.visibility == "public":
            told["offers"][(offer.receipt or offer.state).value] += 1
    contacts = [
        each
        for each in db.query(Contact).filter_by(story_id=story.id)
        if each.company_id in (None, mention.company_id)
    ]
    told["minutes"] += effort(contacts, story.effort_minutes).minutes
    told["contacts"] += sum(times(each) for each in contacts if each.by == "author")


def _ending(mention: Mention, story: Story) -> str:
    waits = mention.case_state == "awaiting_author" and story.outcome == "open"
    if waits and (now().date() - mention.case_changed_at.date()).days >= 90:
        return "no_word"
    return story.outcome


def _index(cases: list[tuple[Mention, Story]]) -> float | None:
    """By the words of rule 10."""
    ended = [(m, s) for m, s in cases if s.outcome in DECIDED]
    if len(ended) < 10:
        return None

    def age(at) -> float:
        return 0.5 ** ((now().date() - at.date()).days / 365)

    def shrunk(rows, neutral=0.5) -> float:
        return (sum(w * v for w, v in rows) + 7 * neutral) / (
            sum(w for w, _ in rows) + 7
        )

    answered = shrunk([(age(m.told_at), m.answered_at is not None) for m, _ in cases])
    weighed = [(age(s.outcome_at), s) for _, s in ended]
    resolved = shrunk([(w, s.outcome == "resolved") for w, s in weighed])
    grade = shrunk([(w, s.grade) for w, s in weighed if s.grade is not None], 5)
    again = shrunk(
        [(w, s.would_buy_again == "yes") for w, s in weighed if s.would_buy_again]
    )
    return (200 * answered + 30 * grade + 300 * resolved + 200 * again) / 100
