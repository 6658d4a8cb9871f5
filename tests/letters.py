"""What every letter tells of, lived once, and the places that each letter names."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from stories import history
from stories.models import (
    Comment,
    Company,
    Dispute,
    Draft,
    Follow,
    Invitation,
    Member,
    Offer,
    Pressure,
    Rejoinder,
    Response,
    Story,
    StoryClaim,
    Talk,
    Translation,
    Update,
    now,
)
from stories.models.codes import FlagReason, FlagState, StaffDeed
from tests.lives import a_story, a_whole_life
from tests.people import a_voice


def a_told_life(
    db: Session, ada: Member, bob: Member, kettles: Company
) -> dict[str, int]:
    """The numbers of everything that a letter can tell of."""
    story = a_whole_life(db, ada, kettles)
    role = a_voice(db, bob, kettles)
    role.reason = "The address is not the company's."
    claim = StoryClaim(
        story_id=story.id, member_id=ada.id, token="t", reason="No proof"
    )
    db.add(claim)
    decision = history.decide(
        db,
        None,
        StaffDeed.HIDE,
        story,
        words="It names a private person.",
        reason=FlagReason.DATA_PROTECTION_AND_PRIVACY_VIOLATIONS,
        snapshot="The kettle man lives in Fleet Street.",
    )
    draft = Draft(key="a-key", member_id=ada.id, fields={"title": "Too early"})
    db.add(draft)
    follow = Follow(member_id=ada.id, what="story", number=story.id, often="at_once")
    daily = Follow(member_id=ada.id, what="company", number=kettles.id, often="daily")
    db.add_all((follow, daily))
    other = a_story(db, bob, kettles, title="Another lid")
    invitation = Invitation(
        company_id=kettles.id,
        by_id=role.id,
        contact="a-colleague",
        domain="kettles.example",
        team_role="observer",
        expires_at=now() + timedelta(days=14),
    )
    db.add(invitation)
    db.flush()
    return {
        "invitation_id": invitation.id,
        "story_id": story.id,
        "company_id": kettles.id,
        "comment_id": db.scalar(select(Comment.id).limit(1)),
        "response_id": db.scalar(select(Response.id)),
        "offer_id": _an_offer(db, story).id,
        "dispute_id": _a_dispute(db, story).id,
        "talk_id": _a_talk(db, story, kettles).id,
        "pressure_id": _a_notice(db, story, kettles).id,
        "rejoinder_id": db.scalar(select(Rejoinder.id)),
        "representative_id": role.id,
        "claim_id": claim.id,
        "decision_id": decision.id,
        "translation_id": _a_translation(db, ada, story).id,
        "held_id": _a_translation(db, ada, story, "author_only").id,
        "draft_id": draft.id,
        "update_id": db.scalar(select(Update.id)),
        "follow_id": follow.id,
        "often": "daily",
        "since": (other.published_at - timedelta(days=1)).isoformat(),
        "until": now().isoformat(),
    }


def _a_translation(
    db: Session, ada: Member, story: Story, visibility: str = "public"
) -> Translation:
    """Of a wording that has changed since, and that named somebody."""
    made = Translation(
        story_id=story.id,
        target="story",
        target_id=story.id,
        translator_id=ada.id,
        source_revision=1,
        title="Il coperchio",
        text="Senza coperchio.",
        language="it",
        outdated_at=now(),
        visibility=visibility,
        held_at=now(),
    )
    db.add(made)
    db.flush()
    return made


def _an_offer(db: Session, story: Story) -> Offer:
    """Made in the company's answer."""
    answer = db.scalars(select(Response)).one()
    offer = Offer(
        story_id=story.id,
        company_id=answer.company_id,
        response_id=answer.id,
        what="Two lids for the price of one",
        state="refused",
        why="I need one.",
    )
    db.add(offer)
    db.flush()
    return offer


def _a_dispute(db: Session, story: Story) -> Dispute:
    """In the company's answer, too."""
    answer = db.scalars(select(Response)).one()
    dispute = Dispute(
        story_id=story.id,
        company_id=answer.company_id,
        response_id=answer.id,
        fact="There was no lid",
        state="stood_by",
        why="I looked twice.",
    )
    db.add(dispute)
    db.flush()
    return dispute


def _a_notice(db: Session, story: Story, company: Company) -> Pressure:
    """Of pressure that staff have checked."""
    notice = Pressure(story_id=story.id, company_id=company.id, kind="money")
    notice.state, notice.decided_at = FlagState.UPHELD, now()
    db.add(notice)
    db.flush()
    return notice


def _a_talk(db: Session, story: Story, company: Company) -> Talk:
    """That the company asks for."""
    talk = Talk(story_id=story.id, company_id=company.id, by="company")
    db.add(talk)
    db.flush()
    return talk


PLACES = {
    **dict.fromkeys(
        ("story_told", "mentioned", "updated", "moved", "moved_away"),
        ("story_id", "company_id"),
    ),
    **dict.fromkeys(
        ("commented", "replied", "guest_confirm", "guest_manage"),
        ("story_id", "comment_id"),
    ),
    **dict.fromkeys(
        (
            *("claim_prove", "claim_granted", "claim_refused", "role_ended"),
            *("role_reminder", "role_doubted", "role_lapsed"),
            *(
                "hook_ended",
                "secret_known",
                "team_removed",
                "contest_decided",
                "contested",
            ),
        ),
        ("representative_id",),
    ),
    **dict.fromkeys(
        ("story_claim_granted", "story_claim_refused"), ("story_id", "claim_id")
    ),
    **dict.fromkeys(("decision", "suspended"), ("decision_id",)),
    "not_published": ("draft_id",),
    "pressure_noticed": ("pressure_id",),
    "team_invited": ("invitation_id",),
    "followed": ("story_id", "update_id", "follow_id"),
    "digest": ("often", "since", "until"),
    "answered": ("story_id", "response_id"),
    "rejoined": ("story_id", "rejoinder_id"),
    "nudge": ("story_id", "since"),
    "offer_decided": ("story_id", "company_id", "offer_id"),
    **dict.fromkeys(
        ("translated", "translation_outdated"), ("story_id", "translation_id")
    ),
    "translation_held": ("story_id", "held_id"),
    "dispute_answered": ("story_id", "company_id", "dispute_id"),
    **dict.fromkeys(("offer_asked", "offer_ended"), ("story_id", "offer_id")),
    **dict.fromkeys(
        ("talk_asked", "talk_answered", "talk_written", "talk_ended"),
        ("story_id", "company_id", "talk_id"),
    ),
}
