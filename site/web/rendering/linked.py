"""Linked data (JSON-LD in the words of schema.org), for search engines.

A story is a review of the companies that it is about; a company's answer is a comment
by an organisation.
"""

import json
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from stories import licence
from stories.models import (
    Comment,
    Company,
    Member,
    Mention,
    Product,
    Response,
    Story,
    Translation,
)
from stories.models.codes import CommentState, MentionRole, Side, Target, Visibility
from stories.reading.listing import OPENING, opening
from stories.reading.story import StoryPage
from stories.reading.translations import TranslatedPage
from web.addresses import (
    absolute,
    company_url,
    member_url,
    original_language,
    product_url,
    story_url,
    translation_url,
)
from web.rendering.sharing import picture

Data = dict[str, Any]

CONTEXT = "https://schema.org"
UNKNOWN = "und"
MOST_COMMENTS = 20


def script(data: Data) -> Markup:
    """The data as a script element that nothing in it can end."""
    body = json.dumps({"@context": CONTEXT, **data}, ensure_ascii=False)
    for letter in "<>&":
        body = body.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(f'<script type="application/ld+json">{body}</script>')  # noqa: S704


def story_data(page: StoryPage) -> Data:
    """A story as a review, with its points, answers and first comments."""
    story = page.story
    subjects = [each for each in story.mentions if each.role == MentionRole.SUBJECT]
    return _given(
        {
            "@type": _type(story),
            "@id": _address(story),
            "url": _address(story),
            "image": picture(page),
            "name": story.title,
            "abstract": opening(story.html[:OPENING]),
            "inLanguage": _language(story.language),
            "datePublished": (
                story.first_published_at or story.published_at
            ).isoformat(),
            "dateModified": story.last_activity_at.isoformat(),
            "author": _author(story),
            "license": licence.ADDRESS if story.author else None,
            **(_review(story, subjects) if subjects else {}),
            "isPartOf": _series(page),
            "workTranslation": _translations(page),
            "commentCount": story.comment_count,
            "comment": [*_answers(page.responses), *_remarks(page)],
        }
    )


def _type(story: Story) -> str:
    """A story that is about nobody reviews nobody."""
    about = any(each.role == MentionRole.SUBJECT for each in story.mentions)
    return "Review" if about else "CreativeWork"


def translation_data(told: TranslatedPage) -> Data:
    """A story in another language, as the translation of its original."""
    page, row = told.page, told.told
    return _given(
        {
            "@type": "CreativeWork",
            "@id": _translated(page.story, told.title, told.language),
            "url": _translated(page.story, told.title, told.language),
            "image": picture(page),
            "name": told.title,
            "abstract": opening((row or page.story).html[:OPENING]),
            "inLanguage": told.language,
            "datePublished": row.posted_at.isoformat() if row else None,
            "dateModified": page.story.last_activity_at.isoformat(),
            "author": _author(page.story),
            "translator": _translator(row) if row else None,
            "license": licence.ADDRESS,
            "translationOfWork": {
                "@type": _type(page.story),
                "@id": _address(page.story),
                "name": page.story.title,
            },
        }
    )


def _translations(page: StoryPage) -> list[Data]:
    """The story in other languages."""
    return [
        _given(
            {
                "@type": "CreativeWork",
                "@id": _translated(page.story, each.title, each.language),
                "name": each.title,
                "inLanguage": each.language,
                "translator": _translator(each),
            }
        )
        for each in page.translations
        if each.target == Target.STORY
    ]


def _translated(story: Story, title: str, tag: str) -> str:
    lang = original_language(tag)
    return absolute(translation_url(story.id, title, tag, lang=lang))


def _translator(row: Translation) -> Data | None:
    return _person(row.translator) if row.translator else None


def _person(member: Member) -> Data:
    url = absolute(member_url(member))
    return {"@type": "Person", "name": member.display_name, "url": url}


def _review(story: Story, subjects: Iterable[Mention]) -> Data:
    """What only a review of somebody says."""
    return {
        "itemReviewed": [_reviewed(each) for each in subjects],
        "reviewRating": _rating(story),
        "positiveNotes": _notes(story, Side.GOOD),
        "negativeNotes": _notes(story, Side.BAD),
    }


def company_data(company: Company) -> Data:
    """A company as an organisation."""
    same = [
        f"https://{company.domain}/" if company.domain else None,
        company.wikidata and f"https://www.wikidata.org/entity/{company.wikidata}",
    ]
    return _given(
        {
            "@type": "Organization",
            "name": company.name,
            "url": absolute(company_url(company)),
            "sameAs": [each for each in same if each],
        }
    )


def product_data(product: Product) -> Data:
    """A product, by its company."""
    return {
        "@type": "Product",
        "name": product.name,
        "url": absolute(product_url(product)),
        "brand": company_data(product.company),
    }


def _given(data: Data) -> Data:
    return {name: value for name, value in data.items() if value not in (None, [], "")}


def _address(story: Story) -> str:
    return absolute(story_url(story, lang=original_language(story.language)))


def _language(tag: str) -> str | None:
    return None if tag.startswith(UNKNOWN) else tag


def _author(story: Story) -> Data | None:
    if story.author is not None:
        return _person(story.author)
    name = story.author_name
    return {"@type": "Person", "name": name} if name else None


def _reviewed(mention: Mention) -> Data:
    """The one product that a mention names, else the company."""
    if len(mention.products) != 1:
        return company_data(mention.company)
    product = mention.products[0]
    return {
        "@type": "Product",
        "name": product.name,
        "url": absolute(product_url(product)),
        "brand": company_data(mention.company),
    }


def _rating(story: Story) -> Data | None:
    if story.grade is None:
        return None
    scale = {"worstRating": 0, "bestRating": 10}
    return {"@type": "Rating", "ratingValue": story.grade, **scale}


def _notes(story: Story, side: Side) -> Data | None:
    notes = [point.words for point in story.points if point.side == side]
    items = [
        {"@type": "ListItem", "position": position, "name": words}
        for position, words in enumerate(notes, 1)
    ]
    return {"@type": "ItemList", "itemListElement": items} if items else None


def _series(page: StoryPage) -> Data | None:
    series = page.story.series
    return {"@type": "CreativeWorkSeries", "name": series.title} if series else None


def _answers(responses: Iterable[Response]) -> list[Data]:
    return [
        {
            "@type": "Comment",
            "author": {"@type": "Organization", "name": each.company_name},
            "datePublished": each.posted_at.isoformat(),
            "text": opening(each.html),
        }
        for each in responses
        if each.visibility == Visibility.PUBLIC
    ]


def _remarks(page: StoryPage) -> list[Data]:
    first = [thread.comment for thread in page.threads[:MOST_COMMENTS]]
    return [_remark(each) for each in first if each.state == CommentState.PUBLIC]


def _remark(comment: Comment) -> Data:
    name = comment.author.display_name if comment.author else comment.guest_name
    return _given(
        {
            "@type": "Comment",
            "author": {"@type": "Person", "name": name} if name else None,
            "datePublished": comment.posted_at.isoformat(),
            "text": opening(comment.html),
        }
    )


GLOBALS = {
    "linked_translation": lambda told: script(translation_data(told)),
    "linked_story": lambda page: script(story_data(page)),
    "linked_company": lambda company: script(company_data(company)),
    "linked_product": lambda product: script(product_data(product)),
}
"""What the heads of pages carry."""
