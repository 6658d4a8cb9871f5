"""Every code of the domain has a name that people can read."""

from enum import StrEnum

import pytest

from stories.models import (
    codes,
    evidence,
    facts,
    following,
    incidents,
    readers,
    speaking,
)
from stories.models.handling import Scope
from stories.models.pace import Pace
from stories.reading.desk import Pile
from web.labels import LABELS

NAMED = {
    "kind": codes.Kind,
    "outcome": codes.Outcome,
    "case_state": codes.CaseState,
    "role": codes.MentionRole,
    "visibility": codes.Visibility,
    "origin": codes.OriginKind,
    "relation": codes.AuthorRelation,
    "precision": codes.Precision,
    "channel": codes.Channel,
    "rhythm": codes.Rhythm,
    "sender": codes.Sender,
    "file_kind": evidence.FileKind,
    "promise_state": codes.PromiseState,
    "amount_role": codes.AmountRole,
    "offer_state": codes.OfferState,
    "receipt": codes.Receipt,
    "dispute_state": facts.DisputeState,
    "disputed": facts.DisputeState,
    "again": codes.Again,
    "side": codes.Side,
    "incident_kind": incidents.IncidentKind,
    "response_kind": codes.ResponseKind,
    "response_kind_hint": codes.ResponseKind,
    "pile": Pile,
    "pace": Pace,
    "scope": Scope,
    "closed_why": codes.ClosedWhy,
    "comment_state": codes.CommentState,
    "method": codes.Method,
    "verifier": speaking.Verifier,
    "finding": speaking.Finding,
    "doubt": speaking.Doubt,
    "team_role": speaking.TeamRole,
    "team_role_hint": speaking.TeamRole,
    "kinship": speaking.Kinship,
    "invitation_state": speaking.InvitationState,
    "standing": codes.Standing,
    "claim_state": codes.ClaimState,
    "flag_state": codes.FlagState,
    "waited": codes.Waited,
    "issue": codes.IssueType,
    "target": codes.Target,
    "flag_reason": codes.FlagReason,
    "staff_deed": codes.StaffDeed,
    "happening": codes.Happening,
    "often": following.Often,
    "question": readers.Question,
    "answer": readers.Answer,
    "concern": readers.Concern,
    "followed": following.Followed,
}


@pytest.mark.parametrize("name", NAMED)
def test_a_list_names_each_of_its_codes_and_no_other(name: str):
    assert set(LABELS[name]) == {code.value for code in NAMED[name]}


def test_every_list_of_the_domain_is_named():
    lists = {
        thing
        for listed in (codes, speaking)
        for thing in vars(listed).values()
        if isinstance(thing, type) and issubclass(thing, StrEnum)
    }

    assert lists - {StrEnum} <= {*NAMED.values(), codes.Party, codes.Measure}


def test_a_contact_is_told_by_who_and_how():
    ways = {f"{way}.{side}" for way in codes.Channel for side in codes.Party}

    assert set(LABELS["contact"]) == ways


def test_no_two_codes_of_a_list_are_called_the_same():
    for name, labels in LABELS.items():
        assert len(set(labels.values())) == len(labels), name
