"""An incident as staff enter it."""

from datetime import date
from typing import Annotated

from pydantic import Field

from stories.entries import MOST_ID, Address, Entry, Line, Note
from stories.models.codes import IssueType
from stories.models.incidents import IncidentKind


class IncidentEntry(Entry):
    """What befell many customers at once, since when, and where it is told of."""

    company: Annotated[Line, Field(min_length=1)]
    kind: IncidentKind
    title: Annotated[Line, Field(min_length=1)]
    words: Note = ""
    source_address: Address | None = None
    began_on: date
    ended_on: date | None = None


class Alike(Entry):
    """Stories in which the same went wrong, with one product or with any; those alone
    that happened since the incident began, or all."""

    issue: IssueType
    product_id: Annotated[int, Field(gt=0, le=MOST_ID)] | None = None
    since_it_began: bool = False
