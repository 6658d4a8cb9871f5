"""Where letters about stories and roles lead."""

from collections.abc import Callable

from stories.reading.letters import Told
from stories.representing import stamp
from web.accounts import contacts
from web.addresses import (
    claim_url,
    comment_url,
    company_url,
    dispute_url,
    draft_url,
    guest_url,
    home_url,
    nudge_url,
    offer_url,
    page_url,
    proof_url,
    receipt_url,
    rejoinder_url,
    response_url,
    story_url,
    talk_url,
    team_url,
    update_url,
)
from web.mail.recipients import Recipient
from web.signing import NUDGE, RECEIPT, sign


def _to_story(told: Told, _recipient: Recipient) -> str:
    return story_url(told.story) if told.story else home_url()


def _to_answer(told: Told, recipient: Recipient) -> str:
    if told.story and told.update:
        return update_url(told.story, told.update)
    if told.story and told.response:
        return response_url(told.story, told.response)
    if told.story and told.rejoinder:
        return rejoinder_url(told.story, told.rejoinder)
    if told.story and told.dispute:
        return dispute_url(told.story, told.dispute)
    if told.story and told.comment:
        return comment_url(told.story, told.comment)
    return _to_story(told, recipient)


def _to_offer(told: Told, _recipient: Recipient) -> str:
    return offer_url(told.offer) if told.offer else home_url()


def _to_talk(told: Told, _recipient: Recipient) -> str:
    return talk_url(told.talk) if told.talk else home_url()


def _to_receipt(told: Told, _recipient: Recipient) -> str:
    return receipt_url(sign(RECEIPT, told.offer.id if told.offer else 0))


def _to_nudge(told: Told, _recipient: Recipient) -> str:
    asked = [told.story.id if told.story else 0, told.since, told.later]
    return nudge_url(sign(NUDGE, asked))


def _to_guest(_told: Told, recipient: Recipient) -> str:
    _, _, contact = recipient.whom.partition(":")
    return guest_url(contacts.token(contact, "guest"))


def _to_proof(told: Told, _recipient: Recipient) -> str:
    role = told.role
    return proof_url(sign("claim", [role.id, stamp(role)] if role else [0, ""]))


def _to_team(told: Told, _recipient: Recipient) -> str:
    number = told.invitation.id if told.invitation else 0
    return page_url("team", "join", sign("invitation", number))


def _to_role(told: Told, _recipient: Recipient) -> str:
    return claim_url(told.company) if told.company else page_url("desk")


def _to_company(told: Told, _recipient: Recipient) -> str:
    return company_url(told.company) if told.company else home_url()


def _to_translation(told: Told, _recipient: Recipient) -> str:
    return page_url("translations", told.translation.id if told.translation else 0)


def _to_owners(told: Told, _recipient: Recipient) -> str:
    return team_url(told.company) if told.company else page_url("desk")


def _to_draft(told: Told, _recipient: Recipient) -> str:
    return draft_url(told.draft) if told.draft else page_url("drafts")


def _to_desk(_told: Told, _recipient: Recipient) -> str:
    return page_url("desk")


def _to_hooks(told: Told, _recipient: Recipient) -> str:
    return page_url("desk", "hooks", company=told.company.id if told.company else "")


def _to_us(_told: Told, _recipient: Recipient) -> str:
    return page_url("contact")


def _to_follows(_told: Told, _recipient: Recipient) -> str:
    return page_url("follows")


LINKS: dict[str, Callable[[Told, Recipient], str]] = {
    **dict.fromkeys(("story_told", "mentioned", "moved", "moved_away"), _to_story),
    **dict.fromkeys(
        ("updated", "answered", "rejoined", "commented", "replied", "followed"),
        _to_answer,
    ),
    **dict.fromkeys(("story_claim_granted", "story_claim_refused"), _to_story),
    **dict.fromkeys(("guest_confirm", "guest_manage"), _to_guest),
    **dict.fromkeys(("claim_refused", "role_ended", "decision", "suspended"), _to_us),
    **dict.fromkeys(("offer_decided", "offer_ended"), _to_offer),
    **dict.fromkeys(
        ("talk_asked", "talk_answered", "talk_written", "talk_ended"), _to_talk
    ),
    "offer_asked": _to_receipt,
    "nudge": _to_nudge,
    "dispute_answered": _to_answer,
    "claim_prove": _to_proof,
    "team_invited": _to_team,
    **dict.fromkeys(("contest_decided", "pressure_noticed"), _to_company),
    "contested": _to_owners,
    "team_removed": _to_us,
    **dict.fromkeys(("role_reminder", "role_doubted", "role_lapsed"), _to_role),
    **dict.fromkeys(
        ("translated", "translation_outdated", "translation_held"), _to_translation
    ),
    "claim_granted": _to_desk,
    **dict.fromkeys(("hook_ended", "secret_known"), _to_hooks),
    "not_published": _to_draft,
    "digest": _to_follows,
}


def link(letter: str, told: Told, recipient: Recipient) -> str:
    """The page that a letter leads to."""
    return LINKS[letter](told, recipient)
