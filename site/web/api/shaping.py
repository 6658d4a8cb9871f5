"""From rows to what the API gives."""

from collections.abc import Iterable, Sequence
from typing import Any

from stories import cases, licence
from stories.figures import Figures, Record, Share
from stories.models import (
    Caution,
    Comment,
    Company,
    Member,
    Mention,
    Product,
    Story,
    Translation,
)
from stories.models import Response as Answer
from stories.models.codes import CommentState, MentionRole, Side, Visibility
from stories.permissions import is_own_story
from stories.reading.records import Listed
from stories.reading.story import Place, StoryPage, Thread
from stories.reading.timeline import Step
from web.addresses import (
    absolute,
    comment_url,
    company_url,
    member_url,
    original_language,
    product_url,
    story_url,
)
from web.api import taking_part, translating
from web.api.fact_shapes import (
    AmountShape,
    ContactShape,
    DisputeShape,
    OfferShape,
    PromiseShape,
)
from web.api.reader_shapes import Checked
from web.api.shapes import (
    Author,
    CommentShape,
    FiguresShape,
    LetterShape,
    MentionShape,
    Origin,
    Part,
    QuotationShape,
    RecordShape,
    Reference,
    SeriesShape,
    ShareShape,
    StepShape,
    StoryShape,
    StorySummary,
    Words,
)
from web.i18n import LANGUAGES

SPEAKER = ("kind", "closing", "speaker", "job_title", "method", "verified_on")


def address(story: Story, anchor: str = "") -> str:
    """The canonical address of a story, or of a place in it."""
    lang = original_language(story.language)
    return absolute(story_url(story, lang=lang, _anchor=anchor))


def company(row: Company) -> Reference:
    """A company by name and number."""
    return Reference(id=row.id, name=row.name, address=company_address(row))


def company_address(row: Company) -> str:
    """The address of a company's page, the same for every reader of the API."""
    return absolute(company_url(row, lang=LANGUAGES[0]))


def product(row: Product) -> Reference:
    """A product by name and number."""
    url = absolute(product_url(row, lang=LANGUAGES[0]))
    return Reference(id=row.id, name=row.name, address=url)


def author(member: Member | None, name: str | None) -> Author | None:
    """A member, a name from elsewhere or of a guest, or nobody any more."""
    if member is not None:
        url = absolute(member_url(member, lang=LANGUAGES[0]))
        return Author(name=member.display_name, address=url)
    return Author(name=name) if name else None


def mention(row: Mention) -> MentionShape:
    """A mention; with its case where the story is about the company."""
    standing = cases.standing(row)
    subject = row.role == MentionRole.SUBJECT
    return MentionShape(
        company=company(row.company),
        role=row.role,
        products=[product(each) for each in row.products],
        reason=row.reason,
        case_state=standing.state if subject else None,
        no_word=subject and standing.no_word,
        told_at=row.told_at,
        answered_at=row.answered_at,
    )


def listed(row: Listed) -> StorySummary:
    """A story in a list."""
    return summary(row.story, row.cautions, row.told)


def summary(
    story: Story, cautions: Iterable[Caution], told: Iterable[Translation]
) -> StorySummary:
    """What lists give of a story."""
    mentions = [mention(each) for each in story.mentions]
    states = (each.case_state for each in mentions if each.case_state)
    return StorySummary(
        id=story.id,
        address=address(story),
        title=story.title,
        language=story.language,
        titles=translating.titles(told),
        kind=story.kind,
        outcome=story.outcome,
        case_state=next(states, None),
        published_at=story.published_at,
        first_published_at=story.first_published_at,
        first_published_precision=story.first_published_precision,
        last_activity_at=story.last_activity_at,
        author=author(story.author, story.author_name),
        author_relation=story.author_relation,
        mentions=mentions,
        origin=_origin(story),
        warnings=[taking_part.caution(each) for each in cautions],
        comment_count=story.comment_count,
    )


def _origin(story: Story) -> Origin:
    own = is_own_story(story)
    return Origin(
        kind=story.origin,
        source=story.source,
        source_id=story.source_id,
        address=story.source_address,
        verified=own,
        how=_checked(story),
        checked_by=story.claimed_at or (story.published_at if own else None),
    )


def _checked(story: Story) -> Checked | None:
    if story.claimed_at is not None:
        return Checked.PROOF
    return Checked.ADDRESS if is_own_story(story) else None


def whole(page: StoryPage) -> StoryShape:
    """A story with everything that its page shows."""
    story = page.story
    return StoryShape(
        **dict(summary(story, page.added.cautions, page.translations)),
        text=story.text,
        html=story.html,
        visibility=story.visibility,
        revision=story.revision,
        licence=story.licence,
        disclosure=story.disclosure,
        happened_at=story.happened_at,
        happened_precision=story.happened_precision,
        updated_at=story.updated_at,
        outcome_at=story.outcome_at,
        grade=story.grade,
        would_buy_again=story.would_buy_again,
        remedy_sought=story.remedy_sought,
        remedy_received=story.remedy_received,
        effort_minutes=page.effort.minutes,
        issues=[each.issue for each in story.issues],
        points_good=_points(story, Side.GOOD),
        points_bad=_points(story, Side.BAD),
        disputes=[each.fact for each in story.disputes],
        promises=[PromiseShape.model_validate(each) for each in story.promises],
        amounts=[AmountShape.model_validate(each) for each in story.amounts],
        offers=[OfferShape.model_validate(each) for each in story.offers],
        letters=[LetterShape.model_validate(each) for each in story.letters],
        quotations=[QuotationShape.model_validate(each) for each in story.quotations],
        series=_series(page),
        translations=translating.translations(page, licence.NAME),
        timeline=[_step(page, each) for each in page.steps],
        readers=taking_part.added(page.added),
        comments_open=story.comments_closed_at is None,
        comments=[_thread(story, each) for each in page.threads],
        comments_next=_more_comments(page),
    )


def _more_comments(page: StoryPage) -> str | None:
    if not page.more_threads:
        return None
    last = page.threads[-1].comment.id
    return absolute(f"/api/v1/stories/{page.story.id}?after={last}")


def _points(story: Story, side: Side) -> list[str]:
    return [each.words for each in story.points if each.side == side]


def _series(page: StoryPage) -> SeriesShape | None:
    if page.story.series is None:
        return None
    parts = [_part(each) for each in page.places]
    return SeriesShape(title=page.story.series.title, part=page.story.part, parts=parts)


def _part(place: Place) -> Part:
    if place.story is not None:
        here = place.story
        return Part(
            part=place.part, id=here.id, title=here.title, address=address(here)
        )
    kept = place.elsewhere
    return Part(
        part=place.part,
        id=None,
        title=kept.note if kept else "",
        address=kept.address if kept else None,
    )


def _step(page: StoryPage, step: Step) -> StepShape:
    return StepShape(
        what=step.what,
        by=step.side,
        at=step.at,
        precision=step.precision,
        company=_step_company(page, step),
        **_step_details(page, step),
    )


def _step_company(page: StoryPage, step: Step) -> Reference | None:
    named = page.companies.get(step.company_id or 0)
    return company(named) if named else None


def _step_details(page: StoryPage, step: Step) -> dict[str, Any]:
    """What a step tells besides, by its kind."""
    thing = step.thing
    if step.what == "contact":
        return {"contact": ContactShape.model_validate(thing)}
    if step.what == "offer":
        return {"offer": OfferShape.model_validate(thing)}
    if step.what == "dispute":
        return {"dispute": DisputeShape.model_validate(thing)}
    if step.what == "letter":
        where = address(page.story, f"letter-{thing.id}")
        return {"letter": LetterShape.model_validate(thing), "address": where}
    if step.what == "event":
        return {"happening": thing.happening, "details": thing.details}
    said = {
        "address": address(page.story, f"{step.what}-{thing.id}"),
        "words": words(thing) if thing.visibility == Visibility.PUBLIC else None,
    }
    if step.what == "response":
        said |= {name: getattr(thing, name) for name in SPEAKER}
        said["also"] = _also(thing)
    return said


def _also(answer: Answer) -> Words | None:
    """The same in the story's language, where it can be read."""
    if not answer.also_text or answer.visibility != Visibility.PUBLIC:
        return None
    return Words(
        text=answer.also_text, html=answer.also_html, language=answer.also_language
    )


def words(row: Any) -> Words:
    """The words of anything that a person wrote."""
    return Words.model_validate(row)


def _thread(story: Story, thread: Thread) -> CommentShape:
    replies = [_comment(story, each) for each in thread.replies]
    return _comment(story, thread.comment, replies)


def _comment(
    story: Story, row: Comment, replies: Sequence[CommentShape] = ()
) -> CommentShape:
    shown = row.state == CommentState.PUBLIC
    lang = original_language(story.language)
    return CommentShape(
        id=row.id,
        address=absolute(comment_url(story, row, lang=lang)),
        posted_at=row.posted_at,
        amended_at=row.amended_at,
        author=author(row.author, row.guest_name) if shown else None,
        words=words(row) if shown else None,
        replies=list(replies),
    )


def recorded(record: Record) -> RecordShape:
    """A company's figures of both windows, and its index."""
    return RecordShape(
        **_counted(record.ever),
        last_year=FiguresShape(**_counted(record.year)),
        decided=record.decided,
        index=record.index.value if record.index else None,
    )


def _counted(numbers: Figures) -> dict[str, Any]:
    """Figures, with the intervals of their shares."""
    return {
        "since": numbers.since,
        "kinds": dict(numbers.kinds),
        "told": numbers.told,
        "answered": share(numbers.answered),
        "days": numbers.days.median if numbers.days else None,
        "days_counted": dict(numbers.days.counts) if numbers.days else {},
        "outcomes": dict(numbers.outcomes),
        "resolved": share(numbers.resolved),
        "again": share(numbers.again),
        "promises_kept": share(numbers.promises),
        "offers": dict(numbers.offers),
        "grade": numbers.grade,
        "grades": numbers.grades,
        "minutes": numbers.minutes,
        "efforts": numbers.efforts,
        "contacts": numbers.contacts,
        "untold": dict(numbers.untold),
        "invited": dict(numbers.invited),
    }


def share(counts: Share | None) -> ShareShape | None:
    """A share with its interval; None of nothing."""
    return ShareShape.model_validate(counts) if counts else None
