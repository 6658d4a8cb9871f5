"""What stories are called, and how they stand."""

from web.labels.base import Labels
from web.labels.base import say as _
from web.labels.base import say_in as _in

KIND: Labels = {
    # TRANSLATORS: what a story is as a whole
    "complaint": _in("kind of story", "Complaint"),
    "praise": _in("kind of story", "Praise"),
    "mixed": _in("kind of story", "Mixed"),
    "unknown": _in("kind of story", "Kind not known"),
}

OUTCOME: Labels = {
    # TRANSLATORS: how the matter ended, in the words of the author
    "open": _in("outcome", "Still open"),
    "resolved": _in("outcome", "Resolved"),
    "partly_resolved": _in("outcome", "Partly resolved"),
    "not_resolved": _in("outcome", "Not resolved"),
    "offer_refused": _in("outcome", "Offer refused"),
    "no_answer": _in("outcome", "No answer came"),
    "moot": _in("outcome", "No longer matters"),
}

ENDING: Labels = {
    **OUTCOME,
    # TRANSLATORS: the company has answered, and the author never came back
    "no_word": _in("outcome", "No word from the author"),
}

CASE_STATE: Labels = {
    # TRANSLATORS: whose turn it is between author and company
    "not_told": _("The company has not been told"),
    "awaiting_company": _("Waiting for the company"),
    "awaiting_author": _("Waiting for the author"),
    "closed": _("Closed"),
}

CLOCK: Labels = {
    # TRANSLATORS: how long a company took to answer, or has taken so far
    "on_time": _in("answer", "On time"),
    "late": _in("answer", "Late"),
    "overdue": _in("answer", "Overdue"),
    "not_told": _in("answer", "Not told"),
}

ROLE: Labels = {
    # TRANSLATORS: what a story says of a company that it names
    "subject": _in("role of a company", "What the story is about"),
    "praised": _in("role of a company", "Praised in passing"),
    "criticised": _in("role of a company", "Criticised in passing"),
    "mentioned": _in("role of a company", "Mentioned"),
}

RELATION: Labels = {
    # TRANSLATORS: how the author stands to what the story tells
    "own": _("The author’s own experience"),
    "on_behalf_of": _("Written on behalf of somebody else"),
    "family": _("Written for a member of the family"),
    "employee": _("The author works for the company"),
    "former_employee": _("The author used to work for the company"),
    "competitor": _("The author works for a competitor"),
}

ORIGIN: Labels = {
    # TRANSLATORS: where a story came from
    "written": _("Written here by its author"),
    "invited": _("Written here on the company’s invitation"),
    "imported": _("Imported, author not verified"),
}

VISIBILITY: Labels = {
    # TRANSLATORS: who may see a text
    "public": _("Everybody can read and find it"),
    "unlisted": _("Whoever has the link can read it; no list shows it"),
    "author_only": _("Only its author can read it"),
    "hidden": _("Hidden by staff of this site"),
    "tombstone": _("Erased"),
}

WAITED: Labels = {
    # TRANSLATORS: how soon a company answered
    "on_time": _("Within 14 days"),
    "late": _("After 15 to 30 days"),
    "overdue": _("After more than 30 days"),
    "waiting": _("Not yet"),
    "not_told": _("It was not told"),
}

ISSUE: Labels = {
    # TRANSLATORS: what went wrong
    "not_delivered": _("Never delivered"),
    "delivered_late": _("Delivered late"),
    "delivered_damaged": _("Arrived damaged"),
    "missing_item": _("Something was missing"),
    "wrong_item": _("The wrong thing came"),
    "defect": _("It does not work as it should"),
    "unsafe": _("It is not safe"),
    "repair_failed": _("The repair did not help"),
    "warranty_refused": _("Warranty refused"),
    "refund_refused": _("Refund refused"),
    "refund_late": _("Refund late"),
    "cancellation_refused": _("Cancelling was refused or made hard"),
    "wrong_charge": _("Charged wrongly"),
    "hidden_cost": _("Costs that were not told"),
    "misleading_advertising": _("Not what was advertised"),
    "contract_changed": _("Terms or price changed afterwards"),
    "service_down": _("The service was down"),
    "account_blocked": _("Account blocked"),
    "data_lost": _("Data lost"),
    "privacy": _("Personal data mishandled"),
    "fraud": _("Fraud, or an attempt at it"),
    "long_wait": _("A long wait"),
    "unreachable": _("Nobody could be reached"),
    "rude_staff": _("Rude or indifferent staff"),
    "discrimination": _("Treated worse than others"),
    "promise_broken": _("A promise was broken"),
    "other": _("Something else"),
}

AGAIN: Labels = {
    # TRANSLATORS: answers to "Would you buy there again?"
    "yes": _in("buy again", "Yes"),
    "no": _in("buy again", "No"),
    "unsure": _in("buy again", "Not sure"),
    "never": _in("buy again", "Never"),
}

INCIDENT_KIND: Labels = {
    # TRANSLATORS: what befell many customers of a company at once
    "recall": _in("incident", "Recall"),
    "outage": _in("incident", "Outage"),
    "data_breach": _in("incident", "Data breach"),
    "insolvency": _in("incident", "Insolvency"),
    "other": _in("incident", "Incident"),
}

SIDE: Labels = {
    "good": _("Good points"),
    "bad": _("Bad points"),
}

PRECISION: Labels = {
    # TRANSLATORS: how exactly a date is known
    "minute": _in("date", "Day and time"),
    "day": _in("date", "The day"),
    "month": _in("date", "The month"),
    "year": _in("date", "The year"),
    "about_day": _in("date", "About that day"),
    "about_month": _in("date", "About that month"),
    "about_year": _in("date", "About that year"),
    "unknown": _in("date", "Not known"),
}
