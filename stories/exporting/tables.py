"""Which tables, columns and rows are public."""

from typing import Any

from sqlalchemy import ColumnElement, Table, or_, select

from stories.models import (
    Base,
    Caution,
    Comment,
    Company,
    Decision,
    Member,
    Mention,
    Pressure,
    Representative,
    Response,
    Story,
    Translation,
    Update,
    Verification,
    incident_story,
    mention_product,
)
from stories.models.codes import (
    ClaimState,
    CommentState,
    FlagState,
    Standing,
    Target,
    Visibility,
)
from stories.models.conversation import Rejoinder
from stories.models.stories import Revision
from stories.models.translations import Maker

MADE = frozenset(
    ("version", "html", "also_html", "renderer", "squeezed", "backwards", "pace")
)
"""Made anew when a record is restored, so not part of it."""

PRIVATE: dict[str, frozenset[str]] = {
    "member": frozenset(("staff", "language", "reads", "time_zone", "handle_shape")),
    "story": frozenset(("private_reference",)),
    "comment": frozenset(("contact",)),
    "representative": frozenset(
        ("contact", "words", "reason", "proof", "look_asked_at", "looked_at", "finding")
    ),
    "verification": frozenset(("detail", "reminded")),
    "decision": frozenset(("staff_id", "snapshot")),
    "mention": frozenset(("seen", "dealt_by")),
    "company": frozenset(("added_by_id",)),
    "corroboration": frozenset(("member_id",)),
}

NOT_PUBLIC = frozenset(
    (
        "alarm",
        "api_token",
        "contest",
        "counted",
        "delivery",
        "desk_note",
        "desk_view",
        "digest",
        "draft",
        "duplicate",
        "errand",
        "evidence",
        "figure",
        "flag",
        "follow",
        "handling",
        "invitation",
        "merger",
        "message",
        "misnaming",
        "reply_template",
        "saved_search",
        "site",
        "story_claim",
        "talk",
        "translation_draft",
        "webhook",
        "vote",
    )
)

SHOWN = (Visibility.PUBLIC, Visibility.TOMBSTONE)
PUBLIC_STORIES = select(Story.id).where(Story.visibility.in_(SHOWN))
GRANTED = (ClaimState.GRANTED, ClaimState.GIVEN_BACK, ClaimState.TAKEN_AWAY)
ROLES = select(Representative.id).where(Representative.state.in_(GRANTED))


def tables() -> list[Table]:
    """The tables of the domain that the record holds, parents before children."""
    domain = {
        mapper.local_table
        for mapper in Base.registry.mappers
        if mapper.class_.__module__.startswith("stories.")
    }
    return [
        table
        for table in Base.metadata.sorted_tables
        if table in {*domain, mention_product, incident_story}
        and table.name not in NOT_PUBLIC
    ]


def columns(table: Table) -> list[str]:
    """The public columns of a table, in their order."""
    hidden = MADE | PRIVATE.get(table.name, frozenset())
    return [column.name for column in table.columns if column.name not in hidden]


def rows(table: Table) -> ColumnElement[bool] | None:
    """Which rows are public; None for all."""
    if table.name in ROWS:
        return ROWS[table.name]
    if "story_id" in table.columns:
        return table.columns["story_id"].in_(PUBLIC_STORIES)
    return None


def _texts(model: Any) -> Any:
    seen = model.state if model is Comment else model.visibility
    shown = CommentState.PUBLIC if model is Comment else Visibility.PUBLIC
    return select(model.id).where(model.story_id.in_(PUBLIC_STORIES), seen == shown)


def _translated() -> ColumnElement[bool]:
    """By people, of texts that everybody may read."""
    readable = {
        Target.STORY: PUBLIC_STORIES,
        Target.UPDATE: _texts(Update),
        Target.RESPONSE: _texts(Response),
    }
    of_these = (
        (Translation.target == target) & Translation.target_id.in_(shown)
        for target, shown in readable.items()
    )
    shown = Translation.visibility == Visibility.PUBLIC
    return or_(*of_these) & shown & (Translation.maker == Maker.HUMAN)


TRANSLATED = _translated()
_REVISED = {
    Target.STORY: PUBLIC_STORIES,
    Target.UPDATE: _texts(Update),
    Target.COMMENT: _texts(Comment),
    Target.RESPONSE: _texts(Response),
    Target.REJOINDER: _texts(Rejoinder),
    Target.TRANSLATION: select(Translation.id).where(TRANSLATED),
}

ROWS: dict[str, ColumnElement[bool]] = {
    "member": Member.standing != Standing.UNCONFIRMED,
    "story": Story.visibility.in_(SHOWN),
    "comment": (
        Comment.story_id.in_(PUBLIC_STORIES)
        & (Comment.state != CommentState.UNCONFIRMED)
    ),
    "mention_product": mention_product.c.mention_id.in_(
        select(Mention.id).where(Mention.story_id.in_(PUBLIC_STORIES))
    ),
    "incident_story": incident_story.c.story_id.in_(PUBLIC_STORIES),
    "representative": Representative.id.in_(ROLES),
    "verification": Verification.representative_id.in_(ROLES),
    "revision": or_(
        *(
            (Revision.target == target) & Revision.target_id.in_(shown)
            for target, shown in _REVISED.items()
        )
    ),
    "decision": (
        or_(Decision.story_id.is_(None), Decision.story_id.in_(PUBLIC_STORIES))
        & (Decision.subject != Target.MESSAGE.value)
    ),
    "series": Base.metadata.tables["series"].c.id.in_(
        select(Story.series_id).where(Story.visibility.in_(SHOWN))
    ),
    "part_elsewhere": Base.metadata.tables["part_elsewhere"].c.series_id.in_(
        select(Story.series_id).where(Story.visibility.in_(SHOWN))
    ),
    "company": Company.id.is_not(None),
    "translation": TRANSLATED,
    "pressure": (
        (Pressure.state == FlagState.UPHELD) & Pressure.story_id.in_(PUBLIC_STORIES)
    ),
    "caution": or_(Caution.story_id.is_(None), Caution.story_id.in_(PUBLIC_STORIES)),
}
