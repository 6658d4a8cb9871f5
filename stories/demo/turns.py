"""What authors, companies and staff do to a story after it was published."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from stories import (
    claiming,
    disputing,
    offering,
    publishing,
    responding,
    updating,
    withdrawing,
)
from stories.demo.files import Life
from stories.demo.parts import MODERATOR
from stories.demo.stage import Stage
from stories.entries.story import OutcomeEntry, UpdateEntry
from stories.models import Member, Offer, Story
from stories.models.codes import Kind, OfferState, Receipt
from stories.models.facts import DisputeState
from stories.responding import RejoinderEntry, ResponseEntry

Told = dict[str, Any]


def _own(stage: Stage, life: Life) -> tuple[Member, Story]:
    return stage.members[life.author], stage.stories[life.name]


def _update(stage: Stage, life: Life, told: Told) -> None:
    author, story = _own(stage, life)
    updating.add_update(stage.db, author, story, UpdateEntry.model_validate(told))


def _outcome(stage: Stage, life: Life, told: Told) -> None:
    author, story = _own(stage, life)
    updating.set_outcome(stage.db, author, story, OutcomeEntry.model_validate(told))


def _kind(stage: Stage, life: Life, told: Told) -> None:
    author, story = _own(stage, life)
    updating.change_kind(stage.db, author, story, Kind(told["kind"]))


def _respond(stage: Stage, life: Life, told: Told) -> None:
    speaker, company = stage.members[told.pop("by")], stage.company(told.pop("company"))
    entry = ResponseEntry.model_validate(told)
    story = stage.stories[life.name]
    responding.respond(stage.db, speaker, story, company.id, entry)


def _rejoin(stage: Stage, life: Life, told: Told) -> None:
    author, story = _own(stage, life)
    answer, entry = stage.latest_answer(story), RejoinderEntry.model_validate(told)
    responding.rejoin(stage.db, author, answer, entry)


def _decide_offer(stage: Stage, life: Life, told: Told) -> None:
    author, story = _own(stage, life)
    offer = stage.open_offer(story)
    state, why = OfferState(told["state"]), told.get("why", "")
    offering.decide(stage.db, author, offer, state, why)


def _receive(stage: Stage, life: Life, told: Told) -> None:
    """What was accepted has come, or has not."""
    author, story = _own(stage, life)
    mine = select(Offer).where(Offer.story_id == story.id)
    accepted = mine.where(Offer.state == OfferState.ACCEPTED)
    offer = stage.db.scalars(accepted.order_by(Offer.id.desc()).limit(1)).one()
    offering.receive(stage.db, author, offer, Receipt(told["receipt"]))


def _withdraw_offer(stage: Stage, life: Life, told: Told) -> None:
    offer = stage.open_offer(stage.stories[life.name])
    offering.withdraw(stage.db, stage.members[told["by"]], offer)


def _answer_dispute(stage: Stage, life: Life, told: Told) -> None:
    author, story = _own(stage, life)
    dispute, state = stage.open_dispute(story), DisputeState(told["state"])
    disputing.answer(stage.db, author, dispute, state, told.get("why", ""))


def _amend(stage: Stage, life: Life, told: Told) -> None:
    """Replace some words of the text by others."""
    author, story = _own(stage, life)
    entry = publishing.entry_of(stage.db, story)
    if told["instead_of"] not in entry.text:
        raise ValueError(f"{life.name} does not say: {told['instead_of']}")
    text = entry.text.replace(told["instead_of"], told["text"])
    amended = entry.model_copy(update={"text": text})
    publishing.amend(stage.db, author, story, amended, told["why"])


def _close_comments(stage: Stage, life: Life, _told: Told) -> None:
    author, story = _own(stage, life)
    updating.close_comments(stage.db, author, story)


def _close_case(stage: Stage, life: Life, _told: Told) -> None:
    author, story = _own(stage, life)
    updating.close_case(stage.db, author, story)


def _anonymise(stage: Stage, life: Life, _told: Told) -> None:
    author, story = _own(stage, life)
    withdrawing.anonymise(stage.db, author, story)


def _erase(stage: Stage, life: Life, _told: Told) -> None:
    author, story = _own(stage, life)
    withdrawing.erase(stage.db, author, story)


def _claim(stage: Stage, life: Life, told: Told) -> None:
    """A member claims an imported story; with `granted`, staff believe them."""
    claimant, story = stage.members[told["by"]], stage.stories[life.name]
    asked = claiming.claim(stage.db, claimant, story, told["words"])
    if "granted" in told:
        staff = stage.members[MODERATOR]
        claiming.grant(stage.db, staff, asked, told["granted"])


DEEDS: dict[str, Callable[[Stage, Life, Told], None]] = {
    "update": _update,
    "outcome": _outcome,
    "kind": _kind,
    "respond": _respond,
    "rejoin": _rejoin,
    "decide_offer": _decide_offer,
    "receive": _receive,
    "withdraw_offer": _withdraw_offer,
    "answer_dispute": _answer_dispute,
    "amend": _amend,
    "close_comments": _close_comments,
    "close_case": _close_case,
    "anonymise": _anonymise,
    "erase": _erase,
    "claim": _claim,
}
