"""What the API gives of translations."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import Field

from stories.models import Translation
from stories.models.codes import Target
from stories.reading.story import StoryPage
from web.addresses import absolute, member_url, original_language, translation_url
from web.api.fact_shapes import Shape
from web.i18n import LANGUAGES


class TranslationShape(Shape):
    """A text of a story in another language, by a member; `target` is story, update or
    response, `target_id` its number."""

    target: str
    target_id: int
    language: str
    title: str
    address: str
    translator: str | None
    translator_address: str | None
    source_revision: int = Field(description="The wording that was translated.")
    posted_at: datetime
    out_of_date: bool = Field(description="The original says something else now.")
    accepted: bool = Field(description="By whoever wrote the original.")
    licence: str


class TitleShape(Shape):
    """What a member calls a story in another language, and where it is read in it."""

    language: str
    title: str
    address: str


def titles(told: Iterable[Translation]) -> list[TitleShape]:
    """A story's titles in other languages."""
    return [
        TitleShape(
            language=row.language,
            title=row.title,
            address=absolute(
                translation_url(
                    row.story_id,
                    row.title,
                    row.language,
                    lang=original_language(row.language),
                )
            ),
        )
        for row in told
        if row.title
    ]


def translations(page: StoryPage, licence: str) -> list[TranslationShape]:
    """Those that stand beside a story."""
    return [_translation(page, each, licence) for each in page.translations]


def _translation(page: StoryPage, row: Translation, licence: str) -> TranslationShape:
    who, story = row.translator, page.story
    own = row.target == Target.STORY
    return TranslationShape(
        target=row.target,
        target_id=row.target_id,
        language=row.language,
        title=row.title,
        address=absolute(
            translation_url(
                story.id,
                row.title or story.title,
                row.language,
                lang=original_language(row.language),
                _anchor="" if own else f"{row.target}-{row.target_id}",
            )
        ),
        translator=who.display_name if who else None,
        translator_address=absolute(member_url(who, lang=LANGUAGES[0]))
        if who
        else None,
        source_revision=row.source_revision,
        posted_at=row.posted_at,
        out_of_date=row.outdated_at is not None,
        accepted=row.accepted_at is not None,
        licence=licence,
    )
