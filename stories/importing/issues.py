"""What went wrong, where a source tells: as one of our issue types.

The CFPB begins a title with the issue. What none of our types means is something else.
"""

from stories.importing.stories import StoryRow
from stories.models.codes import IssueType

CFPB = {
    "Advertising": IssueType.MISLEADING_ADVERTISING,
    "Advertising and marketing, including promotional offers": (
        IssueType.MISLEADING_ADVERTISING
    ),
    "Application processing delay": IssueType.LONG_WAIT,
    "Attempts to collect debt not owed": IssueType.WRONG_CHARGE,
    "Billing disputes": IssueType.WRONG_CHARGE,
    "Charged fees or interest you didn't expect": IssueType.HIDDEN_COST,
    "Closing an account": IssueType.CANCELLATION_REFUSED,
    "Closing your account": IssueType.CANCELLATION_REFUSED,
    "Confusing or misleading advertising or marketing": (
        IssueType.MISLEADING_ADVERTISING
    ),
    "Credit limit changed": IssueType.CONTRACT_CHANGED,
    "Excessive fees": IssueType.HIDDEN_COST,
    "Fees or interest": IssueType.HIDDEN_COST,
    "Fraud or scam": IssueType.FRAUD,
    "Identity theft / Fraud / Embezzlement": IssueType.FRAUD,
    "Improper contact or sharing of info": IssueType.PRIVACY,
    "Improper use of your report": IssueType.PRIVACY,
    "Incorrect information on your report": IssueType.PRIVACY,
    "Loan payment wasn't credited to your account": IssueType.WRONG_CHARGE,
    "Money was not available when promised": IssueType.PROMISE_BROKEN,
    "Problem with a lender or other company charging your account": (
        IssueType.WRONG_CHARGE
    ),
    "Problem with a purchase shown on your statement": IssueType.WRONG_CHARGE,
    "Problem with additional add-on products or services": IssueType.HIDDEN_COST,
    "Problem with customer service": IssueType.RUDE_STAFF,
    "Threatened to contact someone or share information improperly": IssueType.PRIVACY,
    "Unauthorized transactions or other transaction problem": IssueType.WRONG_CHARGE,
    "Unexpected or other fees": IssueType.HIDDEN_COST,
}


def issues(row: StoryRow) -> list[IssueType]:
    """What went wrong in a story, as far as its source tells."""
    if row.source != "cfpb" or not row.title:
        return []
    said, _, _ = row.title.partition(":")
    return [CFPB.get(said.strip(), IssueType.OTHER)]
