"""The closed lists of who speaks for a company, and how sure that is."""

from enum import StrEnum


class Verifier(StrEnum):
    """Who looked at the proof, by their part, never by name."""

    STAFF = "staff"
    SITE = "site"
    OWNER = "owner"


class Finding(StrEnum):
    """What a look at a domain's entry or a website's file brought."""

    FOUND = "found"
    MISSING = "missing"
    DIFFERENT = "different"
    AWAY = "away"
    SLOW = "slow"
    LARGE = "large"
    REDIRECTED = "redirected"
    INSIDE = "inside"


class Doubt(StrEnum):
    """Why somebody's right to speak for a company is under check."""

    RECORD_LOST = "record_lost"
    FILE_LOST = "file_lost"
    MAIL_BOUNCED = "mail_bounced"


class TeamRole(StrEnum):
    """What a person does in a company's team here."""

    OWNER = "owner"
    RESPONDER = "responder"
    OBSERVER = "observer"


class Kinship(StrEnum):
    """How a company belongs to its parent."""

    SUBSIDIARY = "subsidiary"
    BRAND = "brand"
    RESELLER = "reseller"


class InvitationState(StrEnum):
    """What became of an invitation to a team."""

    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
