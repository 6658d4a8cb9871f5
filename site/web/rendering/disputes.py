"""The text of a story with the passages marked that a company disputes."""

from markupsafe import Markup

from stories.models import Dispute, Story
from stories.text import Note, marked
from web.i18n import direction, language
from web.rendering.names import label


def told_text(story: Story) -> Markup:
    """The story's HTML. Behind each disputed passage stands in words that it is, as a
    link to what both sides say: so a reader hears of it who sees no colours."""
    notes = [Note(each.fact, _note(each)) for each in story.disputes if each.made_here]
    return Markup(marked(story.html, notes) if notes else story.html)  # noqa: S704


def _note(dispute: Dispute) -> Markup:
    tag, to = language(), f"#dispute-{dispute.id}"
    words = label("disputed", dispute.state)
    return Markup(' <small lang="{}" dir="{}">[<a href="{}">{}</a>]</small>').format(
        tag, direction(), to, words
    )


GLOBALS = {"told_text": told_text}
