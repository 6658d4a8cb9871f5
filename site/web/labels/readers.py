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

QUESTION: Labels = {
    # TRANSLATORS: what an author asks readers to judge: yes, no or unsure
    "paid": _("Should the company have paid?"),
    "fair": _("Was the customer treated fairly?"),
    "enough": _("Is the company’s answer enough?"),
    "accept": _("Would you have accepted the offer?"),
    "own": _("A question of my own"),
}

ANSWER: Labels = {
    # TRANSLATORS: what a reader thinks
    "yes": _in("judge", "Yes"),
    "no": _in("judge", "No"),
    "unsure": _in("judge", "Unsure"),
}

CONCERN: Labels = {
    # TRANSLATORS: a warning above a story or about a company
    "under_check": _("Under check by staff of this site"),
    "author_contacted": _("Staff of this site have asked the author about it"),
    "pressure": _("There was pressure to take something down"),
}

PRESSURE_STATE: Labels = {
    # TRANSLATORS: what became of what an author told of pressure
    "open": _in("pressure", "Staff have not looked at it yet"),
    "upheld": _in("pressure", "Checked: readers see it"),
    "dismissed": _in("pressure", "Checked: readers do not see it"),
}

PRESSURE_KIND: Labels = {
    # TRANSLATORS: how a company pressed an author to take a story down
    "threat": _("A threat"),
    "gag_clause": _("A promise of silence, to be signed"),
    "money": _("Money or goods for taking it down"),
}
