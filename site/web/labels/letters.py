"""Letters that can be switched off, as the settings and the links in them name them."""

from web.labels.base import Labels
from web.labels.base import say as _

LETTER: Labels = {
    # TRANSLATORS: kinds of letters; each follows "We write to you when …"
    "answered": _("a company answers one of your stories"),
    "commented": _("somebody comments on one of your stories"),
    "replied": _("somebody replies to one of your comments"),
    "translated": _("somebody translates what you wrote"),
    "translation_outdated": _("the original of a translation of yours changes"),
    "translation_held": _("somebody has to look through a translation of yours"),
    "nudge": _("it is time to say whether it has been solved"),
    "talk_asked": _("a company asks for a private conversation with you"),
    "offer_asked": _("it is time to say whether what you accepted has come"),
    "offer_ended": _("an offer that was made to you is taken back, or lapses"),
    "moved": _("a story of yours is moved to the company that it means"),
    "story_told": _("a story is about a company that you speak for"),
    "mentioned": _("a story names a company that you speak for in passing"),
    "updated": _("the author adds something to a story that your company was told of"),
    "rejoined": _("the author answers what you wrote for your company"),
    "offer_decided": _("the author decides on what your company offered"),
    "dispute_answered": _("the author answers what your company disputes"),
    "pressure_noticed": _(
        "a notice of pressure on an author stands on your company’s page"
    ),
    "contested": _("somebody contests who may speak for a company whose team you own"),
    "talk_answered": _("an author opens a private conversation, or wants none"),
    "talk_written": _("somebody writes to you in a private conversation"),
    "talk_ended": _("a private conversation of yours has ended"),
    "moved_away": _("a story is no longer about a company that you speak for"),
    "followed": _("something is new in what you follow, to be told at once"),
    "digest": _("something is new in what you follow, gathered in one letter"),
    "claim_granted": _("a request to speak for a company is granted"),
    "claim_refused": _("a request to speak for a company is refused"),
    "role_ended": _("you can no longer speak for a company"),
    "role_reminder": _("your right to speak for a company ends soon"),
    "role_doubted": _("your right to speak for a company is under check"),
    "role_lapsed": _("your right to speak for a company was not proven again"),
    "hook_ended": _("a program of your company has not taken what we sent for days"),
    "secret_known": _("somebody who may know the secret of a webhook left your team"),
    "team_invited": _("somebody asks you into the team of a company"),
    "contest_decided": _("staff have decided whether another may speak for a company"),
    "team_removed": _("an owner takes you out of a company’s team"),
    "not_published": _("a story of yours could not be published in its time"),
    "story_claim_granted": _("an imported story is given to you"),
    "story_claim_refused": _("an imported story is not given to you"),
    "guest_confirm": _("you have to confirm a comment"),
    "guest_manage": _("you ask for a link to your comment"),
    "claim_prove": _("you have to prove your address at work"),
    "*": _("anything happens at all"),
}
