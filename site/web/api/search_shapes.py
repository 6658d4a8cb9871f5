"""The fields of a search's answer."""

from pydantic import Field

from web.api.fact_shapes import Shape
from web.api.shapes import StorySummary


class LoosenedShape(Shape):
    """No story has all the words: these are the stories that have the most of them."""

    missing: list[str] = Field(description="The words that no story has.")
    rest: str = Field(description="The search without them.")


class SearchList(Shape):
    """A page of a search. Facets count the values of each filter, by code or id."""

    total: int
    page: int
    items: list[StorySummary]
    facets: dict[str, dict[str, int]]
    suggestion: str | None = Field(
        description="The same words, unknown ones as some story spells them."
    )
    loosened: LoosenedShape | None
