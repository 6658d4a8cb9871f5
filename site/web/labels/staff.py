"""Reports, requests, and what staff do."""

from web.labels.base import Labels
from web.labels.base import say as _
from web.labels.base import say_in as _in

FLAG_REASON: Labels = {
    # TRANSLATORS: what is wrong with a text, in plain words; the first thirteen are
    # the categories that EU law knows
    "illegal_or_harmful_speech": _("Hate, threats, insults or defamation"),
    "data_protection_and_privacy_violations": _(
        "Personal data of somebody, such as a name, an address or a number"
    ),
    "intellectual_property_infringements": _("Copied from somebody else"),
    "scams_and_or_fraud": _("A scam, or an attempt to deceive"),
    "violence": _("Calls for violence or glorifies it"),
    "self_harm": _("Encourages people to harm themselves"),
    "pornography_or_sexualised_content": _("Pornography or sexual content"),
    "protection_of_minors": _("Puts children at risk"),
    "risk_for_public_security": _("A danger to public safety, such as terrorism"),
    "negative_effects_on_civic_discourse_or_elections": _(
        "Misleads people about elections or public affairs"
    ),
    "animal_welfare": _("Cruelty to animals"),
    "unsafe_and_illegal_products": _("Offers unsafe or illegal goods"),
    "non_consensual_behaviour": _(
        "Shows or uses somebody against their will, such as stalking"
    ),
    "spam": _("Advertising or spam"),
    "wrong_company": _("About another company than the one named"),
    "not_genuine": _("Made up, or written for somebody who gains by it"),
    "scope_of_platform_service": _("Does not belong here for another reason"),
}

FLAG_STATE: Labels = {
    # TRANSLATORS: what became of a report
    "open": _in("report", "Not looked at yet"),
    "upheld": _in("report", "Agreed with"),
    "dismissed": _in("report", "Not agreed with"),
}

LOG_TOPIC: Labels = {
    # TRANSLATORS: what lines of the public log are about
    "texts": _in("log", "Texts"),
    "people": _in("log", "Members"),
    "companies": _in("log", "Companies"),
    "imports": _in("log", "Imported stories"),
    "warnings": _in("log", "Warnings"),
}
STAFF_DEED: Labels = {
    # TRANSLATORS: lines of the public log: what staff of this site did
    "hide": _("A text was hidden"),
    "restore": _("A text was shown again"),
    "dismiss": _("A report was looked at, and the text stays"),
    "suspend": _("A member was suspended"),
    "readmit": _("A member may write again"),
    "grant": _("Somebody may speak for a company"),
    "refuse": _("A request to speak for a company was refused"),
    "take_away": _("Somebody may no longer speak for a company"),
    "set_parent": _("It was noted to whom a company belongs"),
    "close_comments": _("Comments were closed"),
    "reopen_comments": _("Comments were opened again"),
    "staff_granted": _("A member has joined the staff"),
    "staff_revoked": _("A member has left the staff"),
    "merge": _("Two companies were found to be one"),
    "incident": _("An incident that ties stories together was opened"),
    "tie": _("A story was tied to an incident"),
    "untie": _("A story was taken off an incident"),
    "unmerge": _("Two companies were found to be two after all"),
    "move": _("A story was moved to the company that it means"),
    "move_back": _("A story that was moved to another company was moved back"),
    "claim_granted": _("An imported story was given to its author"),
    "claim_refused": _("A claim to an imported story was refused"),
    "warn": _("Readers are warned of something"),
    "stop_warning": _("A warning was taken off"),
    "pressure_upheld": _("An author told of pressure, and staff agree"),
    "pressure_dismissed": _("An author told of pressure, and staff do not agree"),
    "evidence_withheld": _("A picture was taken from readers"),
    "evidence_shown": _("An author may show a picture to readers again"),
}

CLAIM_STATE: Labels = {
    # TRANSLATORS: how far a request has come
    "asked": _in("request", "Asked for"),
    "proven": _in("request", "Proven, waiting for staff"),
    "granted": _in("request", "Granted"),
    "refused": _in("request", "Refused"),
    "given_back": _in("request", "Given back"),
    "taken_away": _in("request", "Taken away"),
    "lapsed": _in("request", "Lapsed"),
}

STANDING: Labels = {
    # TRANSLATORS: a member's standing
    "unconfirmed": _in("member", "Address not confirmed yet"),
    "active": _in("member", "Active"),
    "suspended": _in("member", "Suspended"),
    "left": _in("member", "Has left"),
}
