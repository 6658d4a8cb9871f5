"""The closed lists of the domain: every code that a column may hold."""

from enum import StrEnum

from stories.models.happenings import (
    Happening as Happening,  # noqa: PLC0414  # all codes are found here
)


class Kind(StrEnum):
    """The author's overall stance; only imports may leave it unknown."""

    COMPLAINT = "complaint"
    PRAISE = "praise"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """How it ended, as the author says."""

    OPEN = "open"
    RESOLVED = "resolved"
    PARTLY_RESOLVED = "partly_resolved"
    NOT_RESOLVED = "not_resolved"
    OFFER_REFUSED = "offer_refused"
    NO_ANSWER = "no_answer"
    MOOT = "moot"


class CaseState(StrEnum):
    """Whose turn it is between a story and one of its subject companies."""

    NOT_TOLD = "not_told"
    AWAITING_COMPANY = "awaiting_company"
    AWAITING_AUTHOR = "awaiting_author"
    CLOSED = "closed"


class MentionRole(StrEnum):
    """What a story says of a company that it names."""

    SUBJECT = "subject"
    PRAISED = "praised"
    CRITICISED = "criticised"
    MENTIONED = "mentioned"


class Visibility(StrEnum):
    """Who may see a text."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    AUTHOR_ONLY = "author_only"
    HIDDEN = "hidden"
    TOMBSTONE = "tombstone"


class OriginKind(StrEnum):
    """Where a story came from."""

    WRITTEN = "written"
    INVITED = "invited"
    IMPORTED = "imported"


class AuthorRelation(StrEnum):
    """How the author stands to what the story tells."""

    OWN = "own"
    ON_BEHALF_OF = "on_behalf_of"
    EMPLOYEE = "employee"
    FORMER_EMPLOYEE = "former_employee"
    COMPETITOR = "competitor"
    FAMILY = "family"


class Precision(StrEnum):
    """How exactly a moment is known."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ABOUT_DAY = "about_day"
    ABOUT_MONTH = "about_month"
    ABOUT_YEAR = "about_year"
    UNKNOWN = "unknown"


class Party(StrEnum):
    """A side of a story."""

    AUTHOR = "author"
    COMPANY = "company"


class Sender(StrEnum):
    """Whose letter it is."""

    COMPANY = "company"
    AUTHOR = "author"
    OTHER = "other"


class Channel(StrEnum):
    """The way of a contact."""

    PHONE = "phone"
    EMAIL = "email"
    FAX = "fax"
    LETTER = "letter"
    CHAT = "chat"
    SOCIAL_MEDIA = "social_media"
    WEB_FORM = "web_form"
    IN_PERSON = "in_person"
    APP = "app"
    OTHER = "other"


class Rhythm(StrEnum):
    """How often a repeated contact happened."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    YEARLY = "yearly"


class PromiseState(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"


class AmountRole(StrEnum):
    """What an amount of money, or a gift, was."""

    PAID = "paid"
    LOST = "lost"
    OFFERED = "offered"
    LIST_PRICE = "list_price"
    REFUNDED = "refunded"
    AT_STAKE = "at_stake"
    COMPENSATION = "compensation"
    IN_KIND = "in_kind"


class OfferState(StrEnum):
    """What became of an offer: only the company withdraws one."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class Receipt(StrEnum):
    """Whether what the author accepted has come."""

    RECEIVED = "received"
    NOT_RECEIVED = "not_received"


class Again(StrEnum):
    """Whether the author would buy there again."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    NEVER = "never"


class Side(StrEnum):
    """Whether a point speaks for the company or against it."""

    GOOD = "good"
    BAD = "bad"


class ResponseKind(StrEnum):
    """What a company's response does."""

    ACKNOWLEDGE = "acknowledge"
    ASK_DETAILS = "ask_details"
    EXPLAIN = "explain"
    APOLOGISE = "apologise"
    OFFER = "offer"
    RELIEF_MONETARY = "relief_monetary"
    RELIEF_OTHER = "relief_other"
    DISPUTE_FACTS = "dispute_facts"
    THIRD_PARTY = "third_party"
    POLICY_CHANGED = "policy_changed"
    WRONG_COMPANY = "wrong_company"
    THANK = "thank"


class ClosedWhy(StrEnum):
    """Why nobody can comment any more."""

    AUTHOR = "author"
    AUTOMATIC = "automatic"
    IMPORTED = "imported"
    STAFF = "staff"


class CommentState(StrEnum):
    """Whether a comment can be read."""

    UNCONFIRMED = "unconfirmed"
    PUBLIC = "public"
    HIDDEN = "hidden"
    TOMBSTONE = "tombstone"


class Method(StrEnum):
    """How a representative was verified."""

    EMAIL = "email"
    DNS = "dns"
    FILE = "file"
    DOCUMENT = "document"
    VOUCHING = "vouching"
    PARENT = "parent"


class Standing(StrEnum):
    """A member's standing; unconfirmed ones are seen by nobody."""

    UNCONFIRMED = "unconfirmed"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    LEFT = "left"


class ClaimState(StrEnum):
    """How far a claim has come."""

    ASKED = "asked"
    PROVEN = "proven"
    GRANTED = "granted"
    REFUSED = "refused"
    GIVEN_BACK = "given_back"
    TAKEN_AWAY = "taken_away"
    LAPSED = "lapsed"


class FlagState(StrEnum):
    """What became of a flag."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class Waited(StrEnum):
    """How soon a company answered a story, by the clock of rule 5."""

    ON_TIME = "on_time"
    LATE = "late"
    OVERDUE = "overdue"
    WAITING = "waiting"
    NOT_TOLD = "not_told"


class IssueType(StrEnum):
    """What went wrong."""

    NOT_DELIVERED = "not_delivered"
    DELIVERED_LATE = "delivered_late"
    DELIVERED_DAMAGED = "delivered_damaged"
    MISSING_ITEM = "missing_item"
    WRONG_ITEM = "wrong_item"
    DEFECT = "defect"
    UNSAFE = "unsafe"
    REPAIR_FAILED = "repair_failed"
    WARRANTY_REFUSED = "warranty_refused"
    REFUND_REFUSED = "refund_refused"
    REFUND_LATE = "refund_late"
    CANCELLATION_REFUSED = "cancellation_refused"
    WRONG_CHARGE = "wrong_charge"
    HIDDEN_COST = "hidden_cost"
    MISLEADING_ADVERTISING = "misleading_advertising"
    CONTRACT_CHANGED = "contract_changed"
    SERVICE_DOWN = "service_down"
    ACCOUNT_BLOCKED = "account_blocked"
    DATA_LOST = "data_lost"
    PRIVACY = "privacy"
    FRAUD = "fraud"
    LONG_WAIT = "long_wait"
    UNREACHABLE = "unreachable"
    RUDE_STAFF = "rude_staff"
    DISCRIMINATION = "discrimination"
    PROMISE_BROKEN = "promise_broken"
    OTHER = "other"


class Measure(StrEnum):
    """What the figures count; all but the first three are of cases that were told."""

    KIND = "kind"
    UNTOLD = "untold"
    INVITED = "invited"
    ISSUE = "issue"
    ISSUE_ENDING = "issue_ending"
    TOLD = "told"
    ANSWERED = "answered"
    DAYS = "days"
    ENDING = "ending"
    WAITING = "waiting"
    AGAIN = "again"
    GRADE = "grade"
    PROMISE = "promise"
    OFFER = "offer"
    EFFORT = "effort"
    MINUTES = "minutes"
    CONTACTS = "contacts"
    ENDED = "ended"
    DECIDED = "decided"
    DECIDED_AGAIN = "decided_again"
    DECIDED_GRADE = "decided_grade"


class Target(StrEnum):
    """A text that can be flagged, revised or decided upon."""

    STORY = "story"
    UPDATE = "update"
    COMMENT = "comment"
    RESPONSE = "response"
    REJOINDER = "rejoinder"
    CORROBORATION = "corroboration"
    TRANSLATION = "translation"
    MESSAGE = "message"
    EVIDENCE = "evidence"


class FlagReason(StrEnum):
    """Why a text is flagged: the categories of the EU's DSA transparency database, and
    this site's own rules."""

    ILLEGAL_OR_HARMFUL_SPEECH = "illegal_or_harmful_speech"
    DATA_PROTECTION_AND_PRIVACY_VIOLATIONS = "data_protection_and_privacy_violations"
    INTELLECTUAL_PROPERTY_INFRINGEMENTS = "intellectual_property_infringements"
    SCAMS_AND_OR_FRAUD = "scams_and_or_fraud"
    VIOLENCE = "violence"
    SELF_HARM = "self_harm"
    PORNOGRAPHY_OR_SEXUALISED_CONTENT = "pornography_or_sexualised_content"
    PROTECTION_OF_MINORS = "protection_of_minors"
    RISK_FOR_PUBLIC_SECURITY = "risk_for_public_security"
    NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS = (
        "negative_effects_on_civic_discourse_or_elections"
    )
    ANIMAL_WELFARE = "animal_welfare"
    UNSAFE_AND_ILLEGAL_PRODUCTS = "unsafe_and_illegal_products"
    NON_CONSENSUAL_BEHAVIOUR = "non_consensual_behaviour"
    SPAM = "spam"
    WRONG_COMPANY = "wrong_company"
    NOT_GENUINE = "not_genuine"
    SCOPE_OF_PLATFORM_SERVICE = "scope_of_platform_service"


class StaffDeed(StrEnum):
    """What staff did; each is a line in the public log."""

    HIDE = "hide"
    RESTORE = "restore"
    DISMISS = "dismiss"
    SUSPEND = "suspend"
    READMIT = "readmit"
    GRANT = "grant"
    REFUSE = "refuse"
    TAKE_AWAY = "take_away"
    SET_PARENT = "set_parent"
    CLOSE_COMMENTS = "close_comments"
    REOPEN_COMMENTS = "reopen_comments"
    STAFF_GRANTED = "staff_granted"
    STAFF_REVOKED = "staff_revoked"
    MERGE = "merge"
    UNMERGE = "unmerge"
    MOVE = "move"
    MOVE_BACK = "move_back"
    INCIDENT = "incident"
    TIE = "tie"
    UNTIE = "untie"
    CLAIM_GRANTED = "claim_granted"
    CLAIM_REFUSED = "claim_refused"
    WARN = "warn"
    STOP_WARNING = "stop_warning"
    PRESSURE_UPHELD = "pressure_upheld"
    PRESSURE_DISMISSED = "pressure_dismissed"
    EVIDENCE_WITHHELD = "evidence_withheld"
    EVIDENCE_SHOWN = "evidence_shown"
