"""What people say to each other, and what a timeline tells."""

from web.labels.base import Labels
from web.labels.base import say as _
from web.labels.base import say_in as _in

RESPONSE_KIND: Labels = {
    # TRANSLATORS: what a company's answer does
    "acknowledge": _("Says that it is looking into it"),
    "ask_details": _("Asks for details"),
    "explain": _("Explains"),
    "apologise": _("Apologises"),
    "offer": _("Makes an offer"),
    "relief_monetary": _("Gives money back"),
    "relief_other": _("Puts it right in another way"),
    "dispute_facts": _("Disputes a fact"),
    "third_party": _("Names somebody else as responsible"),
    "policy_changed": _("Has changed how it works"),
    "wrong_company": _("Says that it is the wrong company"),
    "thank": _("Thanks"),
}

RESPONSE_KIND_HINT: Labels = {
    # TRANSLATORS: told to a representative who chooses what an answer does
    "acknowledge": _("You have read it, and say when more will follow."),
    "ask_details": _("You need something to go on. Ask for nothing private in public."),
    "explain": _("You say how it came about, and what happens now."),
    "apologise": _("You are sorry, and say for what."),
    "offer": _("The author alone decides whether to take it."),
    "relief_monetary": _("You refund, credit or compensate, and say how much."),
    "relief_other": _("You repair, replace, deliver or cancel."),
    "dispute_facts": _("You name the fact and what you know of it. The story stays."),
    "third_party": _("You name them, and say how the author reaches them."),
    "policy_changed": _("Something is done differently for everybody from now on."),
    "wrong_company": _("You say who is meant, if you know."),
    "thank": _("Praise likes to be heard too."),
}

PILE: Labels = {
    # TRANSLATORS: on a representative's desk: stories, by what they wait for
    "company": _in("desk", "Waiting for you"),
    "author": _in("desk", "Waiting for the author"),
    "closed": _in("desk", "Closed"),
    "not_told": _in("desk", "Without a clock"),
    "passing": _in("desk", "Named in passing"),
}

PACE: Labels = {
    # TRANSLATORS: how a company stands to the clock: 14 days, 30 days, more
    "on_time": _in("clock", "On time"),
    "late": _in("clock", "Late"),
    "overdue": _in("clock", "Overdue"),
}

SCOPE: Labels = {
    # TRANSLATORS: what a token lets a program do
    "desk:read": _("Read the desk"),
    "responses:write": _("Publish answers"),
}

CLOSED_WHY: Labels = {
    "author": _("The author has closed the comments."),
    "automatic": _(
        "Comments close by themselves after a year without anything new in the story."
    ),
    "imported": _("Comments were closed when this story was imported."),
    "staff": _("Staff of this site have closed the comments."),
}

COMMENT_STATE: Labels = {
    # TRANSLATORS: whether a comment can be read
    "unconfirmed": _("Waiting until its address is confirmed"),
    "public": _("Everybody can read it"),
    "hidden": _("Hidden by staff of this site"),
    "tombstone": _("Deleted by its author"),
}

ENTRY_STATE: Labels = {
    # TRANSLATORS: an update or an answer that cannot be read
    "unlisted": _("Everybody can read it"),
    "author_only": _("Withdrawn"),
    "hidden": _("Hidden by staff of this site"),
    "tombstone": _("Erased"),
}

METHOD: Labels = {
    # TRANSLATORS: how somebody was verified to speak for a company
    "email": _("by an e-mail address of the company"),
    "dns": _("by an entry in the company’s domain"),
    "file": _("by a file on the company’s website"),
    "document": _("by a document that staff have checked"),
    "vouching": _("by staff of this site"),
    "parent": _("as a representative of its parent company"),
}

METHOD_ASK: Labels = {
    # TRANSLATORS: ways to prove that one speaks for a company, to choose from
    "email": _("I answer a letter to my address at the company"),
    "dns": _("I make an entry in the company’s domain"),
    "file": _("I put a file on the company’s website"),
    "document": _("I show staff of this site a document"),
    "vouching": _("Staff of this site know me"),
    "parent": _("I speak for its parent company here"),
}

VERIFIER: Labels = {
    # TRANSLATORS: who looked at the proof that somebody speaks for a company
    "staff": _("staff of this site"),
    "site": _("this site, by a machine"),
    "owner": _("an owner of the company’s team here"),
}

FINDING: Labels = {
    # TRANSLATORS: what a look at a domain's entry or a website's file brought
    "found": _("It is there."),
    "missing": _("It is not there yet."),
    "different": _("Something is there, but not the words below."),
    "away": _("Nobody answered: the server was not reached, or was in trouble."),
    "slow": _("The answer took too long."),
    "large": _("The answer was too long: the file holds one line and no more."),
    "redirected": _("The address leads to another domain, or too often elsewhere."),
    "inside": _("The domain leads to an address that is not on the public Internet."),
}

DOUBT: Labels = {
    # TRANSLATORS: why somebody's right to speak for a company is under check
    "record_lost": _("The entry in the company’s domain is gone."),
    "file_lost": _("The file on the company’s website is gone."),
    "mail_bounced": _("A letter to the address at the company came back."),
}

TEAM_ROLE: Labels = {
    # TRANSLATORS: what a person does in a company's team here
    "owner": _in("team", "Owner"),
    "responder": _in("team", "Responder"),
    "observer": _in("team", "Observer"),
}

TEAM_ROLE_HINT: Labels = {
    "owner": _("Answers stories, and decides who is in the team."),
    "responder": _("Answers stories."),
    "observer": _("Reads the desk, and says nothing in public."),
}

KINSHIP: Labels = {
    # TRANSLATORS: how a company belongs to its parent
    "subsidiary": _in("company", "A company of its own that belongs to the other"),
    "brand": _in("company", "A brand of the other"),
    "reseller": _in("company", "A dealer that sells for the other"),
}

INVITATION_STATE: Labels = {
    # TRANSLATORS: what became of an invitation to a team
    "open": _in("invitation", "Not answered yet"),
    "accepted": _in("invitation", "Accepted"),
    "withdrawn": _in("invitation", "Withdrawn"),
}

TARGET: Labels = {
    # TRANSLATORS: a text of this site
    "story": _in("a text", "Story"),
    "update": _in("a text", "Update"),
    "comment": _in("a text", "Comment"),
    "response": _in("a text", "Company’s answer"),
    "rejoinder": _in("a text", "Author’s answer"),
    "corroboration": _in("a text", "A reader’s “same here”"),
    "translation": _in("a text", "Translation"),
    "message": _in("a text", "Private message"),
    "evidence": _in("a text", "Picture"),
}

HAPPENING: Labels = {
    # TRANSLATORS: lines of a story's timeline
    "published": _("Story published"),
    "first_published": _("First published elsewhere"),
    "told": _("The company was told"),
    "update": _("The author adds"),
    "response": _("The company answers"),
    "rejoinder": _("The author answers"),
    "offer": _("The company makes an offer"),
    "offer_refused": _("The author refuses the offer"),
    "offer_accepted": _("The author accepts the offer"),
    "offer_lapsed": _("The offer has lapsed"),
    "offer_withdrawn": _("The company takes the offer back"),
    "offer_received": _("The author has received what was offered"),
    "offer_not_received": _("The author has not received what was offered"),
    "dispute": _("The company disputes this"),
    "dispute_confirmed": _("The author agrees with the company about a fact"),
    "dispute_corrected": _("The author has corrected a fact"),
    "dispute_stood_by": _("The author stands by a fact"),
    "outcome_changed": _("The author says how it stands"),
    "kind_changed": _("The author sees it differently now"),
    "evaluated": _("The author gives a verdict"),
    "amended": _("The wording was changed"),
    "comments_closed": _("Comments closed"),
    "comments_opened": _("Comments opened"),
    "closed_case": _("Case closed"),
    "reopened": _("Case opened again"),
    "withdrawn": _("The author withdrew the story"),
    "restored": _("The story is back"),
    "anonymised": _("The author’s name was removed"),
    "erased": _("The text was erased"),
    "hidden": _("Hidden by staff of this site"),
    "shown": _("Shown again by staff of this site"),
    "claimed": _("The author claimed this imported story"),
    "imported": _("Imported"),
    "moved": _("Staff of this site moved the story to the company that it means"),
    "talk_opened": _("A private conversation was opened"),
    "talk_ended": _("The private conversation has ended"),
}

TALK_STATE: Labels = {
    # TRANSLATORS: how far a private conversation of author and company has come
    "asked": _in("private conversation", "Waiting for the author’s word"),
    "open": _in("private conversation", "Open"),
    "refused": _in("private conversation", "The author did not want it"),
    "ended": _in("private conversation", "Ended"),
}

MESSAGE_STATE: Labels = {
    # TRANSLATORS: what stands in place of a private message
    "hidden": _("Hidden by staff of this site"),
    "tombstone": _("Taken back by the author"),
}
