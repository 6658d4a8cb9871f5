"""What the pages of a company's desk share."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flask import request
from werkzeug.datastructures import MultiDict

from stories import languages
from stories.models import Representative
from stories.models.codes import Kind
from stories.models.pace import Pace
from stories.problems import Invalid, Missing
from stories.reading import desk as reading
from stories.reading.desk import NOBODY, WITHOUT_CASE, Page, Pile, Place, Sieve
from stories.search import Question
from stories.search.questions import MOST_HITS
from web.addresses import natural
from web.db import db
from web.finding import index
from web.i18n import LANGUAGES
from web.rendering.names import language_name

MICROSECOND = timedelta(microseconds=1)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
SEEN = {"yes": True, "no": False}


def asked_company() -> int:
    """The number of the company whose desk is meant; Missing where none is."""
    company = request.values.get("company", type=natural)
    if company is None:
        raise Missing
    return company


def languages_beside(*tags: str) -> list[tuple[str, str]]:
    """Languages to choose from, with their names: the site's, and these."""
    known = sorted({*LANGUAGES, *tags} - {""})
    return [(tag, language_name(tag)) for tag in known]


def page(asked: MultiDict[str, str]) -> Page:
    """Which page is asked for; what nobody can ask for is not there."""
    pile, after = asked.get("state"), asked.get("after")
    try:
        return Page(Pile(pile) if pile else None, _place(after) if after else None)
    except (ValueError, OverflowError) as error:
        raise Missing from error


def words_of(place: Place | None) -> str:
    """A place as an address has it: pile, moments in microseconds, number."""
    if place is None:
        return ""
    moments = (place.since, place.published_at)
    told = (
        "" if at is None else str((at - BEGINNING) // MICROSECOND) for at in moments
    )
    return "~".join((place.pile, *told, str(place.story_id)))


def _place(typed: str) -> Place:
    pile, since, published, story = typed.split("~")
    if (pile in WITHOUT_CASE) != (since == ""):
        raise ValueError(typed)
    return Place(
        Pile(pile),
        _moment(since) if since else None,
        _moment(published),
        natural(story),
    )


def _moment(typed: str) -> datetime:
    return BEGINNING + int(typed) * MICROSECOND


def sieve(asked: MultiDict[str, str], role: Representative) -> Sieve:
    """What is asked for; what nobody can ask for is not there."""
    clock, kind, tag = (asked.get(name) for name in ("clock", "kind", "language"))
    try:
        plain = Sieve(
            clock=Pace(clock) if clock else None,
            kind=Kind(kind) if kind else None,
            language=languages.tag(tag) if tag else None,
            product=asked.get("product", type=natural),
            assigned=_assigned(asked.get("with", ""), role),
            seen=SEEN.get(asked.get("seen", "")),
        )
    except (ValueError, Invalid) as error:
        raise Missing from error
    words = asked.get("q", "").strip()
    if not words:
        return plain
    return replace(plain, stories=_found(words, role.company_id, plain))


def _assigned(typed: str, role: Representative) -> int | None:
    """Whose stories: nobody's, one's own, or those of somebody of the team."""
    known = {"": None, "nobody": NOBODY, "me": role.id}
    return known[typed] if typed in known else natural(typed)


def _found(words: str, company_id: int, among: Sieve) -> tuple[int, ...]:
    """The stories about the company in which words are found, the best fitting ones,
    or whose reference is just these."""
    question = Question(
        words=words,
        companies=(company_id,),
        role="any",
        kinds=(among.kind,) if among.kind else (),
        language=(among.language,) if among.language else (),
        products=(among.product,) if among.product else (),
        limit=MOST_HITS,
        facets=False,
    )
    hits = index().search(question).hits
    return (*reading.referred(db, company_id, words), *(hit.id for hit in hits))
