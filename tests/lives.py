"""Whole lives of stories, made row by row, for tests of what pages show."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from stories import companies, counting, text
from stories.models import (
    Amount,
    Comment,
    Company,
    Contact,
    Letter,
    Member,
    Mention,
    Offer,
    PartElsewhere,
    Point,
    Promise,
    Quotation,
    Rejoinder,
    Response,
    Series,
    Story,
    StoryIssue,
    TimelineEntry,
    Update,
)

MARCH = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def later(days: float) -> datetime:
    return MARCH + timedelta(days=days)


def worded(words: str, language: str = "en") -> dict:
    return {"text": words, "html": text.render(words), "language": language}


def a_story(
    db: Session, author: Member | None, company: Company | None, **more
) -> Story:
    """A complaint about a company, public since 1 March 2026."""
    words = worded(more.pop("text", "It went on for *weeks*."))
    words["language"] = more.pop("language", "en")
    products = more.pop("products", [])
    role = more.pop("role", "subject")
    at = more.setdefault("published_at", MARCH)
    more.setdefault("last_activity_at", at)
    more.setdefault("title", "A kettle that never came")
    more.setdefault("kind", "complaint")
    story = Story(author_id=author.id if author else None, **words, **more)
    db.add(story)
    db.flush()
    if company is not None:
        mention(db, story, company, role, products)
    db.commit()
    return story


def count(db: Session, story: Story | int) -> None:
    """The figures follow, as after every deed."""
    counting.follow(db, story if isinstance(story, int) else story.id)
    db.commit()


def mention(
    db: Session, story: Story, company: Company, role: str, products=(), **more
) -> Mention:
    found = [companies.product_named(db, company, name) for name in products]
    row = Mention(
        story_id=story.id,
        company_id=company.id,
        role=role,
        published_at=story.published_at,
        **more,
    )
    row.products = found
    db.add(row)
    count(db, story)
    return row


def a_whole_life(db: Session, author: Member, company: Company) -> Story:
    """A story with at least one row of everything that a page can show."""
    series = Series(title="My kettle saga", author_id=author.id)
    db.add(series)
    db.flush()
    story = a_story(
        db,
        author,
        company,
        text="First I called.\n\n- Then I *wrote*.",
        products=["Kettle 3000"],
        author_relation="on_behalf_of",
        outcome="offer_refused",
        outcome_at=later(20),
        grade=1,
        would_buy_again="never",
        remedy_sought="My money back",
        remedy_received="A voucher",
        disclosure="I sell kettles myself.",
        happened_at=later(-40),
        happened_precision="day",
        effort_minutes=120,
        series_id=series.id,
        part=2,
        comment_count=2,
        response_count=1,
        updated_at=later(9),
    )
    told = db.query(Mention).filter_by(story_id=story.id).one()
    told.told_at, told.answered_at, told.answer_days = later(0), later(3), 3
    told.case_state, told.case_changed_at = "awaiting_company", later(20)
    other = companies.add(db, "Panasonic Example")
    mention(db, story, other, "praised", reason="Answered within a day.")
    rows = [
        PartElsewhere(series_id=series.id, part=1, note="on my old blog"),
        StoryIssue(story_id=story.id, issue="long_wait"),
        Contact(
            story_id=story.id,
            position=0,
            channel="phone",
            by="author",
            at=later(-30),
            precision="day",
            minutes=35,
            people=3,
            result="A call back was promised",
        ),
        Contact(
            story_id=story.id,
            position=1,
            channel="phone",
            by="company",
            hours_after=Decimal(4),
            minutes=60,
        ),
        Promise(story_id=story.id, what="Call back within 3 hours", state="kept"),
        Amount(
            story_id=story.id, role="paid", value=Decimal("1234.50"), currency="EUR"
        ),
        Offer(
            story_id=story.id,
            what="A discounted sale",
            value=Decimal(94),
            list_value=Decimal(220),
            currency="USD",
            state="refused",
            at=later(-2),
            precision="day",
        ),
        Point(story_id=story.id, side="good", words="Friendly voice"),
        Point(story_id=story.id, side="bad", words="No answer", position=1),
        Letter(
            story_id=story.id,
            by="company",
            sender="Customer care",
            **worded("Dear customer"),
        ),
        Quotation(story_id=story.id, who="A blogger", **worded("Stay away")),
        Update(
            story_id=story.id,
            happened_at=later(9),
            happened_precision="day",
            published_at=later(9),
            **worded("They called again."),
        ),
        TimelineEntry(
            story_id=story.id,
            happening="outcome_changed",
            by="author",
            at=later(20),
            details={"from": "open", "to": "offer_refused"},
        ),
    ]
    db.add_all(rows)
    answer = Response(
        story_id=story.id,
        company_id=company.id,
        kind="apologise",
        speaker="Team Care",
        company_name=company.name,
        method="email",
        verified_on=later(-100).date(),
        posted_at=later(3),
        **worded("We are sorry."),
    )
    db.add(answer)
    db.flush()
    db.add(
        Rejoinder(
            story_id=story.id,
            company_id=company.id,
            response_id=answer.id,
            posted_at=later(4),
            **worded("Sorry is not a kettle."),
        )
    )
    first = Comment(
        story_id=story.id,
        guest_name="Gus",
        posted_at=later(5),
        **worded("Same here."),
    )
    db.add(first)
    db.flush()
    db.add(
        Comment(
            story_id=story.id,
            parent_id=first.id,
            author_id=author.id,
            posted_at=later(6),
            **worded("Thank you."),
        )
    )
    count(db, story)
    return story
