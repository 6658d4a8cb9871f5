"""The address of everything, one function each, for pages, feeds, mail and API.

An address carries the id; the words after it are decoration.
"""

from typing import Any

from flask import current_app, url_for
from werkzeug.routing import BaseConverter, Map

from stories.models import Comment, Company, Member, Product, Story, Update
from stories.text import slug


class Numbered(BaseConverter):
    """`42-how-it-went` in an address: the number decides, the rest is decoration."""

    regex = r"\d{1,18}(?:-[^/]*)?"
    part_isolating = True

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map)

    def to_python(self, value: str) -> "Slugged":
        number, _, words = value.partition("-")
        return Slugged(int(number), words)

    def to_url(self, value: Any) -> str:
        if isinstance(value, int) and not isinstance(value, Slugged):
            return str(value)
        words = super().to_url(value.words) if value.words else ""
        return f"{int(value)}-{words}" if words else str(int(value))


class Slugged(int):
    """A number from an address, and the words that decorated it."""

    words: str

    def __new__(cls, number: int, words: str = "") -> "Slugged":
        self = super().__new__(cls, number)
        self.words = words
        return self


def absolute(path: str) -> str:
    """The full address, on the site's own name, of a path that begins with /."""
    return str(current_app.config["ADDRESS"]) + path


def home_url(**more: Any) -> str:
    """The first page."""
    return url_for("home.show", **more)


def story_url(story: Story, **more: Any) -> str:
    """A story's page; `_anchor` names a place in it."""
    number = Slugged(story.id, slug(story.title))
    return url_for("stories.show", story=number, **more)


def update_url(story: Story, update: Update, **more: Any) -> str:
    """A dated update, in its story's page."""
    return story_url(story, _anchor=f"update-{update.id}", **more)


def comment_url(story: Story, comment: Comment, **more: Any) -> str:
    """A comment, in its story's page."""
    return story_url(story, _anchor=f"comment-{comment.id}", **more)


def company_url(company: Company, **more: Any) -> str:
    """A company's page."""
    number = Slugged(company.id, slug(company.name))
    return url_for("companies.show", company=number, **more)


def product_url(product: Product, **more: Any) -> str:
    """A product's page."""
    number = Slugged(product.id, slug(product.name))
    return url_for("products.show", product=number, **more)


def member_url(member: Member, **more: Any) -> str:
    """A member's public page."""
    return url_for("members.show", handle=member.handle, **more)


def search_url(**question: Any) -> str:
    """The search page for a question (the words of `stories.search.Question`)."""
    return url_for("search.show", **question)
