"""Evidence, and who may see which of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from stories import permissions
from stories.models import Company, Dispute, Evidence, Member, Mention, Story
from stories.models.codes import MentionRole
from stories.problems import Forbidden, Missing
from stories.reading.gathering import Wish, place

LEAST_DIGEST = 32

STORY = place("story")
WISH = Wish(
    Evidence,
    (Evidence.story_id == STORY)
    & Evidence.published_at.is_not(None)
    & Evidence.withheld_at.is_(None),
)
"""What a story's page asks for."""


@dataclass(frozen=True)
class Own:
    """What an author keeps with a story, and whom they can let see it."""

    story: Story
    files: list[Evidence]
    companies: list[Company]
    disputes: list[Dispute]

    def about(self, dispute_id: int) -> list[Evidence]:
        """The files for one disputed fact."""
        return [each for each in self.files if each.dispute_id == dispute_id]


@dataclass(frozen=True)
class Opened:
    """A file that somebody may see. `full` tells it from the small copy; `public` says
    that everybody may."""

    evidence: Evidence
    digest: str
    full: bool
    public: bool


def own(db: Session, author: Member, number: int) -> Own:
    """An author's files of one story; Forbidden to others."""
    story = db.get(Story, number)
    if story is None:
        raise Missing
    if not permissions.owns(author, story):
        raise Forbidden
    return Own(story, _of(db, number), _companies(db, number), _disputes(db, number))


def one(db: Session, author: Member, number: int, which: int) -> tuple[Own, Evidence]:
    """One of them."""
    mine = own(db, author, number)
    found = next((each for each in mine.files if each.id == which), None)
    if found is None:
        raise Missing
    return mine, found


def for_company(
    db: Session, reader: Member, number: int, company_id: int
) -> list[Evidence]:
    """What an author lets those see who are verified for a company."""
    story = db.get(Story, number)
    files = [each for each in _of(db, number) if company_id in each.companies]
    if story is None or not _may_as_company(db, reader, story, [company_id]):
        return []
    return files


def for_staff(db: Session, staff: Member, number: int) -> list[Evidence]:
    """What somebody of the staff may see of a story's."""
    apart = _is_apart(db, staff, number)
    return [each for each in _of(db, number) if _is_for_staff(each, apart=apart)]


def opened(db: Session, reader: Member | None, number: int, digest: str) -> Opened:
    """The file of that name, if the reader may see it; else Missing, as for none."""
    found, whole = _file(db, number, digest)
    story = db.get_one(Story, found.story_id)
    if not _may_open(db, reader, story, found, whole):
        raise Missing
    full = whole in (found.original, found.covered)
    others = whole in (found.shown, found.small)
    public = others and found.is_public and permissions.may_see(None, story)
    return Opened(found, whole, full, public)


def opened_by_staff(db: Session, staff: Member, number: int, digest: str) -> Opened:
    """The same for staff: what is let them see, or was published."""
    found, whole = _file(db, number, digest)
    apart = _is_apart(db, staff, found.story_id)
    seen = _is_for_staff(found, apart=apart)
    if not seen or whole not in (found.shown, found.small):
        raise Missing
    return Opened(found, whole, whole == found.shown, public=False)


def _file(db: Session, number: int, digest: str) -> tuple[Evidence, str]:
    found = db.get(Evidence, number)
    if found is None or len(digest) < LEAST_DIGEST:
        raise Missing
    whole = next((each for each in found.files if each.startswith(digest)), None)
    if whole is None:
        raise Missing
    return found, whole


def _may_open(
    db: Session, reader: Member | None, story: Story, found: Evidence, digest: str
) -> bool:
    if permissions.owns(reader, story):
        return True
    if digest not in (found.shown, found.small):
        return False
    if found.is_public and permissions.may_see(None, story):
        return True
    if reader is None:
        return False
    return _may_as_company(db, reader, story, found.companies)


def _is_for_staff(found: Evidence, *, apart: bool) -> bool:
    """Whether staff see it: who is in the team of the other side sees no more than
    every reader."""
    if not apart:
        return found.is_public
    return found.staff or found.published_at is not None


def _is_apart(db: Session, staff: Member, number: int) -> bool:
    """Whether they are in the team of no company that the story is about."""
    companies = db.scalars(_about(number)).all()
    return not any(permissions.place_in_team(db, staff, each) for each in companies)


def _may_as_company(
    db: Session, reader: Member, story: Story, companies: Iterable[int]
) -> bool:
    """Whether the reader is verified for one of these, and the story is about it and
    there to be read."""
    if story.visibility not in permissions.SEEN:
        return False
    named = set(db.scalars(_about(story.id)))
    return any(
        permissions.place_at_desk(db, reader, each) is not None
        for each in named & set(companies)
    )


def _about(number: int) -> Select[int]:
    return select(Mention.company_id).where(
        Mention.story_id == number, Mention.role == MentionRole.SUBJECT
    )


def _of(db: Session, number: int) -> list[Evidence]:
    mine = select(Evidence).where(Evidence.story_id == number)
    return list(db.scalars(mine.order_by(Evidence.id)))


def _companies(db: Session, number: int) -> list[Company]:
    named = select(Company).where(Company.id.in_(_about(number)))
    return list(db.scalars(named.order_by(Company.name, Company.id)))


def _disputes(db: Session, number: int) -> list[Dispute]:
    made = select(Dispute).where(
        Dispute.story_id == number, Dispute.response_id.is_not(None)
    )
    return list(db.scalars(made.order_by(Dispute.id)))
