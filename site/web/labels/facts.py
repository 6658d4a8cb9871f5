"""What authors tell besides the text: contacts, promises, money."""

from web.labels.base import Labels
from web.labels.base import say as _
from web.labels.base import say_in as _in

CHANNEL: Labels = {
    # TRANSLATORS: the way of a contact
    "phone": _in("channel", "Phone"),
    "email": _in("channel", "E-mail"),
    "fax": _in("channel", "Fax"),
    "letter": _in("channel", "Letter"),
    "chat": _in("channel", "Chat"),
    "social_media": _in("channel", "Social media"),
    "web_form": _in("channel", "Web form"),
    "in_person": _in("channel", "In person"),
    "app": _in("channel", "App"),
    "other": _in("channel", "Another way"),
}

CONTACT: Labels = {
    # TRANSLATORS: one attempt to reach the other side: who, and by which way
    "phone.author": _("The author called"),
    "phone.company": _("The company called"),
    "email.author": _("The author sent an e-mail"),
    "email.company": _("The company sent an e-mail"),
    "fax.author": _("The author sent a fax"),
    "fax.company": _("The company sent a fax"),
    "letter.author": _("The author sent a letter"),
    "letter.company": _("The company sent a letter"),
    "chat.author": _("The author wrote in a chat"),
    "chat.company": _("The company wrote in a chat"),
    "social_media.author": _("The author wrote on social media"),
    "social_media.company": _("The company wrote on social media"),
    "web_form.author": _("The author filled in a web form"),
    "web_form.company": _("The company wrote through its website"),
    "in_person.author": _("The author went there"),
    "in_person.company": _("Somebody from the company came"),
    "app.author": _("The author wrote in the app"),
    "app.company": _("The company wrote in the app"),
    "other.author": _("The author got in touch"),
    "other.company": _("The company got in touch"),
}

RHYTHM: Labels = {
    # TRANSLATORS: how often somebody tried
    "daily": _in("rhythm", "daily"),
    "weekly": _in("rhythm", "weekly"),
    "monthly": _in("rhythm", "monthly"),
    "yearly": _in("rhythm", "yearly"),
}

BY: Labels = {
    # TRANSLATORS: a side of the story
    "author": _in("side", "The author"),
    "company": _in("side", "The company"),
    "staff": _in("side", "Staff of this site"),
    "site": _in("side", "This site"),
}

PROMISE_STATE: Labels = {
    # TRANSLATORS: what became of a promise
    "open": _in("promise", "Not due yet, or nobody has said"),
    "kept": _in("promise", "Kept"),
    "late": _in("promise", "Kept late"),
    "broken": _in("promise", "Broken"),
}

AMOUNT_ROLE: Labels = {
    # TRANSLATORS: what a sum of money was, or a gift
    "paid": _in("money", "Paid"),
    "lost": _in("money", "Lost"),
    "offered": _in("money", "Offered"),
    "list_price": _in("money", "List price"),
    "refunded": _in("money", "Refunded"),
    "at_stake": _in("money", "At stake"),
    "compensation": _in("money", "Given in compensation"),
    "in_kind": _in("money", "Given in kind"),
}

OFFER_STATE: Labels = {
    # TRANSLATORS: what became of a company's offer
    "open": _in("offer", "Not answered yet"),
    "accepted": _in("offer", "Accepted"),
    "refused": _in("offer", "Refused"),
    "lapsed": _in("offer", "Lapsed"),
    "withdrawn": _in("offer", "Taken back by the company"),
}

RECEIPT: Labels = {
    # TRANSLATORS: whether what a company offered, and the author accepted, has come
    "received": _in("offer", "Received"),
    "not_received": _in("offer", "Not received"),
}

OFFER_COUNT: Labels = {
    # TRANSLATORS: what became of offers, in figures: each is a count
    "open": _in("offers", "Not answered yet"),
    "refused": _in("offers", "Refused"),
    "lapsed": _in("offers", "Lapsed"),
    "withdrawn": _in("offers", "Taken back"),
    "accepted": _in("offers", "Accepted, nobody has said yet whether it came"),
    "received": _in("offers", "Accepted and received"),
    "not_received": _in("offers", "Accepted, but not received"),
}

DISPUTE_STATE: Labels = {
    # TRANSLATORS: what the author says of a fact that the company disputes
    "open": _("The author has not said anything about it yet."),
    "confirmed": _("The author agrees with the company."),
    "corrected": _("The author has corrected it."),
    "stood_by": _("The author stands by it."),
}

DISPUTED: Labels = {
    # TRANSLATORS: behind a passage of a story, in square brackets, as a link
    "open": _("the company disputes this"),
    "confirmed": _("the company disputes this, and the author agrees"),
    "corrected": _("the company disputed this, and the author has corrected it"),
    "stood_by": _("the company disputes this; the author stands by it"),
}

NUDGE_ANSWER: Labels = {
    # TRANSLATORS: buttons: answers to "Has it been solved?"
    "resolved": _("Yes, it is solved"),
    "partly_resolved": _("Partly"),
    "not_resolved": _("No, it is not solved"),
    "moot": _("It does not matter any more"),
    "later": _("Ask me later"),
}

SENDER: Labels = {
    # TRANSLATORS: whose letter it is
    "company": _in("letter", "The company"),
    "author": _in("letter", "The author"),
    "other": _in("letter", "Somebody else"),
}

FILE_KIND: Labels = {
    # TRANSLATORS: what a file that an author keeps as evidence is
    "picture": _in("file", "Picture"),
    "pdf": _in("file", "PDF"),
    "mail": _in("file", "Mail"),
    "text": _in("file", "Text"),
}
