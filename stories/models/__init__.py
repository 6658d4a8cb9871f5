"""The tables of the domain, by noun."""

from stories.models.base import Base, Moment, now
from stories.models.companies import Alias, Company, Product
from stories.models.conversation import (
    Comment,
    Rejoinder,
    Representative,
    Response,
    Verification,
)
from stories.models.evidence import Evidence
from stories.models.facts import (
    Amount,
    Contact,
    Dispute,
    Letter,
    Offer,
    Point,
    Promise,
    Quotation,
)
from stories.models.figures import Counted, Figure
from stories.models.following import Digest, Follow
from stories.models.handling import (
    ApiToken,
    DeskNote,
    DeskView,
    Handling,
    ReplyTemplate,
)
from stories.models.hooks import Delivery, Webhook
from stories.models.incidents import Incident, incident_story
from stories.models.members import Member, SavedSearch
from stories.models.mentions import said
from stories.models.merging import Duplicate, Merger
from stories.models.moderation import Decision, Flag, StoryClaim
from stories.models.moving import Misnaming
from stories.models.outbox import Errand, Site
from stories.models.pressure import Alarm, Pressure
from stories.models.readers import Caution, Corroboration, Poll, Vote
from stories.models.stories import (
    Draft,
    Invited,
    Mention,
    PartElsewhere,
    Revision,
    Series,
    Story,
    StoryIssue,
    TimelineEntry,
    Update,
    mention_product,
)
from stories.models.talks import Message, Talk
from stories.models.teams import Contest, Invitation
from stories.models.translations import Translation, TranslationDraft

__all__ = [
    "Alarm",
    "Alias",
    "Amount",
    "ApiToken",
    "Base",
    "Caution",
    "Comment",
    "Company",
    "Contact",
    "Contest",
    "Corroboration",
    "Counted",
    "Decision",
    "Delivery",
    "DeskNote",
    "DeskView",
    "Digest",
    "Dispute",
    "Draft",
    "Duplicate",
    "Errand",
    "Evidence",
    "Figure",
    "Flag",
    "Follow",
    "Handling",
    "Incident",
    "Invitation",
    "Invited",
    "Letter",
    "Member",
    "Mention",
    "Merger",
    "Message",
    "Misnaming",
    "Moment",
    "Offer",
    "PartElsewhere",
    "Point",
    "Poll",
    "Pressure",
    "Product",
    "Promise",
    "Quotation",
    "Rejoinder",
    "ReplyTemplate",
    "Representative",
    "Response",
    "Revision",
    "SavedSearch",
    "Series",
    "Site",
    "Story",
    "StoryClaim",
    "StoryIssue",
    "Talk",
    "TimelineEntry",
    "Translation",
    "TranslationDraft",
    "Update",
    "Verification",
    "Vote",
    "Webhook",
    "incident_story",
    "mention_product",
    "now",
    "said",
]
