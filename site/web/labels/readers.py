"""What readers do beside reading."""

from web.labels.base import Labels
from web.labels.base import say as _
from web.labels.base import say_in as _in

OFTEN: Labels = {
    # TRANSLATORS: how soon a follower gets a letter
    "at_once": _in("letters", "At once"),
    "daily": _in("letters", "Once a day, in the morning"),
    "weekly": _in("letters", "Once a week, on Monday morning"),
}

FOLLOWED: Labels = {
    # TRANSLATORS: what somebody follows
    "story": _in("followed", "Story"),
    "company": _in("followed", "Company"),
    "product": _in("followed", "Product"),
    "search": _in("followed", "Search"),
}

NEW: Labels = {
    # TRANSLATORS: what is new in a story, in a letter that gathers news
    "story": _("A new story"),
    "update": _("The author has added something"),
    "response": _("The company has answered"),
    "rejoinder": _("The author has answered the company"),
    "outcome": _("The author says how it stands"),
}
