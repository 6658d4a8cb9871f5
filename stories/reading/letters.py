"""What a letter tells of, loaded when it is sent: by then it may have changed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from stories import permissions
from stories.models import (
    Comment,
    Company,
    Decision,
    Dispute,
    Draft,
    Invitation,
    Offer,
    Pressure,
    Rejoinder,
    Representative,
    Response,
    Story,
    StoryClaim,
    Talk,
    Translation,
    Update,
)
from stories.models.base import Worded
from stories.models.codes import CommentState, FlagState, OfferState, Target, Visibility
from stories.models.following import Often
from stories.models.speaking import InvitationState
from stories.reading import following
from stories.reading.following import Kept, News
from stories.text import excerpt, plain

LENGTH = 600


@dataclass(frozen=True)
class Told:
    """The story a letter is about, and what was said or decided.

    `words` are their beginning in plain text, `language` theirs, `by` who wrote them.
    `kept` is the follow for which it comes; `fresh`: the story itself is what is new.
    `since` is the last entry when an author is asked how it stands, `later` whether
    they wished to be asked later.
    """

    story: Story | None = None
    company: Company | None = None
    comment: Comment | None = None
    update: Update | None = None
    response: Response | None = None
    rejoinder: Rejoinder | None = None
    offer: Offer | None = None
    dispute: Dispute | None = None
    translation: Translation | None = None
    talk: Talk | None = None
    pressure: Pressure | None = None
    decision: Decision | None = None
    role: Representative | None = None
    claim: StoryClaim | None = None
    invitation: Invitation | None = None
    draft: Draft | None = None
    kept: Kept | None = None
    fresh: bool = False
    since: str = ""
    later: bool = False
    news: tuple[News, ...] = ()
    often: str = ""
    by: str = ""
    words: str = ""
    language: str = "und"


def told(db: Session, letter: str, places: dict[str, Any]) -> Told | None:
    """What the letter tells of; None where it is there no longer."""
    if "follow_id" in places:
        return _to_follower(db, places)
    story = _story(db, places.get("story_id"))
    if story is not None and not _still_tells(letter, story):
        return None
    for place, load in _BY_PLACE.items():
        if place in places:
            said = _to_company(db, load(db, story, places[place]), places)
            return said if said and _is_news(letter, said) else None
    said = _told_to_company(db, story, places)
    return said if said and _is_news(letter, said) else None


def _is_news(letter: str, told: Told) -> bool:
    """Whether a letter that waited still asks what nobody has answered."""
    held = told.translation is not None and told.translation.is_held
    if held or letter == "translation_held":
        return held and letter == "translation_held"
    if letter == "translation_outdated":
        return told.translation is not None and told.translation.outdated_at is not None
    if letter == "offer_asked":
        return told.offer is not None and told.offer.receipt is None
    return letter != "nudge" or bool(told.story and told.story.author_id)


def _to_follower(db: Session, places: dict[str, Any]) -> Told | None:
    """What is new, if they still follow, and everybody may read the story."""
    kept = following.follow_of(db, places["follow_id"], Often.AT_ONCE)
    rest = {name: each for name, each in places.items() if name != "follow_id"}
    said = told(db, "followed", rest) if kept else None
    if said is None or said.story is None:
        return None
    if said.story.visibility != Visibility.PUBLIC:
        return None
    return replace(said, kept=kept, fresh="fresh" in places)


def _to_company(db: Session, told: Told | None, places: dict[str, Any]) -> Told | None:
    """The same, with the company to which it is told."""
    if told is None or told.company is not None or "company_id" not in places:
        return told
    return replace(told, company=db.get(Company, places["company_id"]))


def _story(db: Session, number: int | None) -> Story | None:
    if not number:
        return None
    loaded = joinedload(Story.author)  # another letter may have loaded it without
    return db.get(Story, number, options=[loaded], populate_existing=True)


def _still_tells(letter: str, story: Story) -> bool:
    always = letter == "talk_ended" or letter.startswith("story_claim")
    return always or story.visibility in permissions.SEEN


def _author(story: Story) -> str:
    return story.author.display_name if story.author else story.author_name or ""


def _words(row: Worded) -> str:
    return excerpt(plain(row.text), LENGTH)


def _comment(db: Session, story: Story | None, number: int) -> Told | None:
    loaded = joinedload(Comment.author)
    remark = db.get(Comment, number, options=[loaded])
    gone = (CommentState.HIDDEN, CommentState.TOMBSTONE)
    if story is None or remark is None or remark.state in gone:
        return None
    by = remark.author.display_name if remark.author else remark.guest_name or ""
    words, language = _words(remark), remark.language
    return Told(story, comment=remark, by=by, words=words, language=language)


def _response(db: Session, story: Story | None, number: int) -> Told | None:
    row = db.get(Response, number, options=[joinedload(Response.company)])
    if story is None or row is None or row.visibility != Visibility.PUBLIC:
        return None
    by, words = row.speaker or row.company_name, _words(row)
    made = select(Offer).where(
        Offer.response_id == row.id, Offer.state == OfferState.OPEN
    )
    said = Told(story, row.company, response=row, by=by, words=words)
    return replace(said, language=row.language, offer=db.scalar(made.limit(1)))


def _update(db: Session, story: Story | None, number: int) -> Told | None:
    row = db.get(Update, number)
    if story is None or row is None or row.visibility != Visibility.PUBLIC:
        return None
    by, words = _author(story), _words(row)
    return Told(story, update=row, by=by, words=words, language=row.language)


def _rejoinder(db: Session, story: Story | None, number: int) -> Told | None:
    row = db.get(Rejoinder, number)
    if story is None or row is None or row.visibility != Visibility.PUBLIC:
        return None
    company = db.get(Company, row.company_id)
    by, words = _author(story), _words(row)
    said = Told(story, company, rejoinder=row, by=by, words=words)
    return replace(said, language=row.language)


def _offer(db: Session, story: Story | None, number: int) -> Told | None:
    """An offer made here, in the words of the company."""
    row = db.get(Offer, number)
    said = _response(db, story, row.response_id or 0) if row else None
    if row is None or said is None or said.story is None:
        return None
    words = excerpt(row.what, LENGTH)
    return replace(said, response=None, offer=row, by=_author(said.story), words=words)


def _dispute(db: Session, story: Story | None, number: int) -> Told | None:
    """A disputed fact, in the words of the story."""
    row = db.get(Dispute, number)
    said = _response(db, story, row.response_id or 0) if row else None
    if row is None or said is None or said.story is None:
        return None
    words, language = excerpt(row.fact, LENGTH), said.story.language
    told = replace(said, response=None, dispute=row, by=_author(said.story))
    return replace(told, words=words, language=language)


def _translation(db: Session, story: Story | None, number: int) -> Told | None:
    loaded = joinedload(Translation.translator)
    row = db.get(Translation, number, options=[loaded], populate_existing=True)
    if story is None or row is None:
        return None
    if row.visibility != Visibility.PUBLIC and not row.is_held:
        return None
    by = row.translator.display_name if row.translator else ""
    words, language = _words(row), row.language
    return Told(story, translation=row, by=by, words=words, language=language)


def _talk(db: Session, story: Story | None, number: int) -> Told | None:
    """A private conversation: who talks with whom, and nothing that was said."""
    row = db.get(Talk, number, populate_existing=True)
    if row is None or story is None:
        return None
    company = db.get(Company, row.company_id)
    return Told(story, company, talk=row, by=_author(story))


def _pressure(db: Session, _story_given: Story | None, number: int) -> Told | None:
    """A notice on a company's page; the story only where everybody may see it."""
    row = db.get(Pressure, number, populate_existing=True)
    if row is None or row.state != FlagState.UPHELD:
        return None
    story = _story(db, row.story_id)
    seen = story if story and story.visibility in permissions.SEEN else None
    return Told(seen, db.get(Company, row.company_id), pressure=row)


def _decision(db: Session, _story_given: Story | None, number: int) -> Told | None:
    decision = db.get(Decision, number)
    if decision is None:
        return None
    story, shown = _story(db, decision.story_id), decision.snapshot
    if decision.subject == Target.MESSAGE:  # no letter says what was said in private
        shown = ""
    return Told(story, decision=decision, words=excerpt(shown, LENGTH))


def _role(db: Session, _story_given: Story | None, number: int) -> Told | None:
    loaded = (
        joinedload(Representative.company),
        joinedload(Representative.member),
        selectinload(Representative.verifications),
    )
    role = db.get(Representative, number, options=list(loaded), populate_existing=True)
    return Told(company=role.company, role=role) if role else None


def _invitation(db: Session, _story_given: Story | None, number: int) -> Told | None:
    loaded = (joinedload(Invitation.company), joinedload(Invitation.by))
    asked = db.get(Invitation, number, options=list(loaded))
    if asked is None or asked.state != InvitationState.OPEN:
        return None
    return Told(company=asked.company, invitation=asked, by=asked.by.name)


def _claim(db: Session, story: Story | None, number: int) -> Told | None:
    claim = db.get(StoryClaim, number)
    return Told(story, claim=claim) if story and claim else None


def _draft(db: Session, _story_given: Story | None, number: int) -> Told | None:
    draft = db.get(Draft, number)
    if draft is None:
        return None
    title = draft.fields.get("title", "")
    return Told(draft=draft, words=excerpt(str(title), LENGTH))


def _told_to_company(
    db: Session, story: Story | None, places: dict[str, Any]
) -> Told | None:
    if story is None:
        return None
    company = db.get(Company, places.get("company_id") or 0)
    words, language = _words(story), story.language
    said = Told(story, company, by=_author(story), words=words, language=language)
    return replace(said, since=places.get("since", ""), later=bool(places.get("later")))


_BY_PLACE: dict[str, Callable[[Session, Story | None, int], Told | None]] = {
    "comment_id": _comment,
    "update_id": _update,
    "response_id": _response,
    "rejoinder_id": _rejoinder,
    "offer_id": _offer,
    "dispute_id": _dispute,
    "translation_id": _translation,
    "talk_id": _talk,
    "pressure_id": _pressure,
    "decision_id": _decision,
    "representative_id": _role,
    "claim_id": _claim,
    "invitation_id": _invitation,
    "draft_id": _draft,
}
