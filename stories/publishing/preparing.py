"""What of a story can be made ready before the write transaction begins."""

from dataclasses import dataclass
from typing import Any

from stories import wording
from stories.entries import When
from stories.entries.story import StoryEntry
from stories.wording import Masks, Wording


@dataclass(frozen=True)
class Prepared:
    """A story ready to be kept: names masked, texts rendered, languages known.

    `hidden` are the names that were masked, for wordings that were kept before.
    """

    entry: StoryEntry
    words: Wording
    letters: list[Wording]
    quotations: list[Wording]
    hidden: Masks


def prepare(entry: StoryEntry | Prepared) -> Prepared:
    """Do the costly part of publishing, which needs no database. Twice does no harm."""
    if isinstance(entry, Prepared):
        return entry
    hidden = wording.masks(entry.names)
    entry = wording.discreet(entry)
    entry = wording.masked(entry, hidden).model_copy(update={"names": []})
    words = wording.worded(entry.text, entry.language)
    return Prepared(
        entry,
        words,
        [_within(each.text, each.language, words) for each in entry.letters],
        [_within(each.text, each.language, words) for each in entry.quotations],
        hidden,
    )


def columns(ready: Prepared) -> dict[str, Any]:
    """The columns of the story's own row that an author sets by writing."""
    entry = ready.entry
    return {
        **ready.words.columns(),
        "title": entry.title,
        "author_relation": entry.author_relation,
        "disclosure": entry.disclosure,
        "source_address": entry.source_address,
        "remedy_sought": entry.remedy_sought,
        "private_reference": entry.private_reference,
        "effort_minutes": entry.effort_minutes,
        **moment("happened", entry.happened),
        **moment("first_published", entry.first_published),
    }


def moment(name: str, when: When) -> dict[str, Any]:
    """The two columns of a moment: when, and how exactly that is known."""
    return {f"{name}_at": when.at, f"{name}_precision": when.precision}


def _within(text: str, language: str | None, words: Wording) -> Wording:
    return wording.worded_within(text, language, words.language)
