"""What somebody enters who says a text in another language."""

from typing import Annotated

from pydantic import Field

from stories.entries import MOST_ID, MOST_ROWS, Language, Text, Title
from stories.entries.facts import Discreet, NameEntry


class TranslationEntry(Discreet):
    """A text in another language. `source_revision` is the wording of the original that
    the translator had before them; the newest, where it is not said."""

    title: Title = ""
    text: Annotated[Text, Field(min_length=1)]
    language: Language
    source_revision: Annotated[int, Field(ge=1, le=MOST_ID)] | None = None
    names: Annotated[list[NameEntry], Field(max_length=MOST_ROWS)] = []
