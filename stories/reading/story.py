"""A story's page."""

from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import (
    BindParameter,
    Select,
    bindparam,
    exists,
    or_,
    select,
    tuple_,
    union,
)
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.attributes import set_committed_value

from stories import cases, permissions, sources
from stories.effort import Effort, effort
from stories.models import (
    Amount,
    Comment,
    Company,
    Contact,
    Dispute,
    Evidence,
    Incident,
    Letter,
    Member,
    Mention,
    Moment,
    Offer,
    PartElsewhere,
    Point,
    Product,
    Promise,
    Quotation,
    Rejoinder,
    Representative,
    Response,
    Series,
    Story,
    StoryIssue,
    TimelineEntry,
    Translation,
    Update,
    incident_story,
    mention_product,
    now,
)
from stories.models.codes import (
    CommentState,
    Happening,
    Kind,
    MentionRole,
    Visibility,
)
from stories.problems import Gone, Missing, Problem
from stories.reading import evidence, readers, translated
from stories.reading.comments import THREADS
from stories.reading.effort import first_answer, solved_in
from stories.reading.gathering import Gathered, Gathering, Wish, place
from stories.reading.records import mentions
from stories.reading.timeline import Step, timeline

WHY_NOT: dict[Visibility, Problem] = {
    Visibility.TOMBSTONE: Problem("The author has erased this story."),
    Visibility.HIDDEN: Problem("Staff of this site have hidden this story."),
    Visibility.AUTHOR_ONLY: Problem("The author has withdrawn this story."),
}

Said = TypeVar("Said", Response, Rejoinder, Comment)

STORY, MOST, AFTER = place("story"), place("most"), place("after")
FACTS = (Contact, Promise, Amount, Offer, Point, Letter, Quotation, Dispute)
ENTRIES = (Mention, StoryIssue, Update, Response, Rejoinder, TimelineEntry)
LISTS = {
    "issues": StoryIssue,
    "contacts": Contact,
    "promises": Promise,
    "amounts": Amount,
    "offers": Offer,
    "points": Point,
    "letters": Letter,
    "quotations": Quotation,
    "disputes": Dispute,
    "updates": Update,
}

_opening, _before = aliased(Comment), aliased(Comment)
_order_of_threads = (_opening.posted_at, _opening.id)
_begin = select(_before.posted_at, _before.id).where(_before.id == AFTER)
_first = (
    select(_opening.id)
    .where(
        _opening.story_id == STORY,
        _opening.parent_id.is_(None),
        _opening.state != CommentState.UNCONFIRMED,
        or_(AFTER == 0, tuple_(*_order_of_threads) > _begin.scalar_subquery()),
    )
    .order_by(*_order_of_threads)
    .limit(MOST)
)
_shown = (
    (Comment.story_id == STORY)
    & (Comment.state != CommentState.UNCONFIRMED)
    & or_(Comment.id.in_(_first), Comment.parent_id.in_(_first))
)
_it = aliased(Story)
# one list each: of several, joined by OR, PostgreSQL reads the whole table
_companies = union(
    *(
        select(table.company_id).where(table.story_id == STORY)
        for table in (Mention, Contact, Amount, Offer)
    )
)
_members = union(
    select(_it.author_id).where(_it.id == STORY),
    select(Comment.author_id).where(_shown),
    select(Translation.translator_id).where(translated.OF_STORY),
)
_series = select(_it.series_id).where(_it.id == STORY).scalar_subquery()
EVERYTHING = Gathering(
    Wish(Story, Story.id == STORY),
    *(Wish(table, table.story_id == STORY) for table in (*FACTS, *ENTRIES)),
    Wish(Company, Company.id.in_(_companies)),
    Wish(
        Product,
        (Product.id == mention_product.c.product_id)
        & (mention_product.c.mention_id == Mention.id)
        & (Mention.story_id == STORY),
        beside=(mention_product.c.mention_id,),
    ),
    Wish(Comment, _shown),
    Wish(Member, Member.id.in_(_members)),
    Wish(Series, Series.id == _series),
    Wish(PartElsewhere, PartElsewhere.series_id == _series),
    Wish(
        Story,
        (Story.series_id == _series)
        & or_(Story.visibility == Visibility.PUBLIC, Story.id == STORY),
        ("id", "title", "language", "part"),
        beside=(Story.part,),
    ),
    Wish(
        Incident,
        (Incident.id == incident_story.c.incident_id)
        & (incident_story.c.story_id == STORY),
    ),
    translated.WISH,
    *readers.WISHES,
    evidence.WISH,
)


@dataclass(frozen=True)
class Case:
    """The story's case with one subject company. `silent`: an answer is missing."""

    mention: Mention
    standing: cases.Standing
    clock: cases.Clock | None
    silent: bool = False


class Thread(NamedTuple):
    """A comment of the first level and what others replied."""

    comment: Comment
    replies: list[Comment]


@dataclass(frozen=True)
class Place:
    """A part of a series: a story here, or a place kept for one elsewhere."""

    part: int
    story: Story | None
    elsewhere: PartElsewhere | None


@dataclass(frozen=True)
class StoryPage:
    """A story and all that its page shows. `speaks_for`: companies of the reader."""

    story: Story
    steps: list[Step]
    companies: dict[int, Company]
    cases: list[Case]
    threads: list[Thread]
    more_threads: bool
    places: list[Place]
    responses: list[Response]
    rejoinders: list[Rejoinder]
    added: readers.Added
    incidents: list[Incident]
    translations: list[Translation]
    evidence: list[Evidence]
    effort: Effort
    answered_after: float | None
    solved_in: float | None
    own: bool
    speaks_for: frozenset[int]

    @property
    def may_be_translated(self) -> bool:
        """Whether there are words, under a licence that lets others translate them."""
        return bool(self.story.text) and sources.allows(self.story)

    @property
    def closed_reason(self) -> str:
        """Which rule staff gave when they closed the comments; else nothing."""
        told = [
            step.thing.details.get("reason", "")
            for step in self.steps
            if step.what == "event"
            and step.thing.happening == Happening.COMMENTS_CLOSED
        ]
        return told[-1] if told else ""


def page(db: Session, number: int, viewer: Member | None, after: int = 0) -> StoryPage:
    """The story with this number, if the viewer may see it, with the comments that
    came after one of them."""
    found = EVERYTHING.ask(db, story=number, most=THREADS + 1, after=after)
    story = _seen(found, viewer)
    _fill(story, found)
    responses, rejoinders = _posted(found.of(Response)), _posted(found.of(Rejoinder))
    _leave_out_what_is_hidden(story, responses)
    threads = _threads(found)
    return StoryPage(
        story=story,
        steps=timeline(story, responses, rejoinders, found.of(TimelineEntry)),
        companies=found.by_id(Company),
        cases=_cases(story),
        threads=threads[:THREADS],
        more_threads=len(threads) > THREADS,
        places=_places(found),
        responses=responses,
        rejoinders=rejoinders,
        added=readers.added(found),
        evidence=sorted(found.of(Evidence), key=lambda each: each.id),
        incidents=sorted(found.of(Incident), key=lambda each: each.began_on),
        translations=translated.of_story(found, story, responses),
        effort=effort(story.contacts, story.effort_minutes),
        answered_after=first_answer(story),
        solved_in=solved_in(story),
        own=permissions.owns(viewer, story),
        speaks_for=_speaks_for(db, viewer, story) if viewer else frozenset(),
    )


def _seen(found: Gathered, viewer: Member | None) -> Story:
    """Raises Gone or Missing, with the reason, where the viewer may not see it."""
    story = next((each for each, part in found.with_beside(Story) if not part), None)
    if story is None:
        raise Missing
    if not permissions.may_see(viewer, story):
        gone = story.visibility == Visibility.TOMBSTONE
        raise (Gone if gone else Missing)(WHY_NOT[story.visibility])
    return story


def _fill(story: Story, found: Gathered) -> None:
    """Put what belongs to the story in its place, in its order."""
    for name, table in LISTS.items():
        set_committed_value(story, name, sorted(found.of(table), key=_order))
    members = found.by_id(Member)
    set_committed_value(story, "author", members.get(story.author_id or 0))
    set_committed_value(story, "series", next(iter(found.of(Series)), None))
    set_committed_value(story, "mentions", mentions(found))
    for comment in found.of(Comment):
        author = members.get(comment.author_id or 0)
        set_committed_value(comment, "author", author)


def _leave_out_what_is_hidden(story: Story, responses: list[Response]) -> None:
    """What hidden answers offer and dispute."""
    hidden = {each.id for each in responses if each.visibility != Visibility.PUBLIC}
    for name in ("offers", "disputes"):
        rows = getattr(story, name)
        shown = [each for each in rows if each.response_id not in hidden]
        set_committed_value(story, name, shown)


def _order(row: Any) -> tuple[Any, int]:
    if isinstance(row, StoryIssue):
        return row.issue, 0
    return (row.happened_at if isinstance(row, Update) else row.position), row.id


def _posted(rows: list[Said]) -> list[Said]:
    return sorted(rows, key=lambda each: (each.posted_at, each.id))


def _cases(story: Story) -> list[Case]:
    return [
        Case(each, cases.standing(each), cases.clock(each), _silent(story, each))
        for each in story.mentions
        if each.role == MentionRole.SUBJECT
    ]


def _silent(story: Story, mention: Mention) -> bool:
    return mention.answered_at is None and story.kind != Kind.PRAISE


def _threads(found: Gathered) -> list[Thread]:
    """The first threads under a story, and one more where there are more."""
    threads: dict[int, Thread] = {}
    for comment in _posted(found.of(Comment)):
        if comment.parent_id is None:
            threads[comment.id] = Thread(comment, [])
    for comment in _posted(found.of(Comment)):
        if comment.parent_id in threads:
            threads[comment.parent_id].replies.append(comment)
    return list(threads.values())


def _places(found: Gathered) -> list[Place]:
    """The parts of the story's series, here and elsewhere, in order."""
    here = [
        Place(story.part or 1, story, None)
        for story, part in found.with_beside(Story)
        if part
    ]
    elsewhere = [Place(kept.part, None, kept) for kept in found.of(PartElsewhere)]
    return sorted([*here, *elsewhere], key=lambda each: each.part)


def _speaks_for(db: Session, viewer: Member, story: Story) -> frozenset[int]:
    """The subject companies that the viewer is verified to speak for."""
    whose = {"viewer": viewer.id, "story": story.id, "now": now()}
    return frozenset(db.scalars(SPOKEN_FOR, whose))


SPOKEN_FOR = select(Mention.company_id).where(
    Mention.story_id == bindparam("story"),
    Mention.role == MentionRole.SUBJECT,
    exists(
        select(Representative.id).where(
            Representative.member_id == bindparam("viewer"),
            permissions.answering_for(
                Mention.company_id, bindparam("now", type_=Moment())
            ),
        )
    ),
)


def shows_more(db: Session, viewer: Member, number: int) -> bool:
    """Whether a story's page may show this member more than others: staff, its author,
    who wrote below it, and whoever asked to speak for a company that it is about."""
    whose = {"viewer": viewer.id, "story": number}
    return viewer.staff or bool(db.connection().execute(CONCERNED, whose).scalar())


def _concerned() -> Select[bool]:
    viewer: BindParameter[int] = bindparam("viewer")
    story: BindParameter[int] = bindparam("story")
    spoken = select(Representative.company_id).where(Representative.member_id == viewer)
    return select(
        or_(
            exists().where(Story.id == story, Story.author_id == viewer),
            exists().where(Comment.story_id == story, Comment.author_id == viewer),
            exists().where(
                Mention.story_id == story,
                Mention.role == MentionRole.SUBJECT,
                Mention.company_id.in_(spoken),
            ),
        )
    )


CONCERNED = _concerned()
"""Made once: to make the statement takes as long as to execute it."""
