"""The address of everything, one function each, for pages, feeds, mail and API.

An address carries the id; the words after it are decoration. They are put together
by hand, for `url_for` in a list of comments costs as much as the database.
"""

from functools import lru_cache
from typing import Any
from urllib.parse import quote, quote_plus

from flask import current_app
from werkzeug.routing import BaseConverter, IntegerConverter, Map, ValidationError

from stories.entries import MOST_ID
from stories.models import (
    Comment,
    Company,
    Dispute,
    Draft,
    Evidence,
    Incident,
    Member,
    Offer,
    Product,
    Rejoinder,
    Response,
    Revision,
    Story,
    Talk,
    Update,
)
from stories.models.codes import Target
from stories.text import slug
from web.i18n import LANGUAGES, language


class Numbered(BaseConverter):
    """`42-how-it-went` in an address: the number decides, the rest is decoration."""

    regex = r"\d{1,18}(?:-[^/]*)?"
    part_isolating = True

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map)

    def to_python(self, value: str) -> "Slugged":
        number, _, words = value.partition("-")
        if int(number) > MOST_ID:
            raise ValidationError
        return Slugged(int(number), words)

    def to_url(self, value: Any) -> str:
        if isinstance(value, int) and not isinstance(value, Slugged):
            return str(value)
        words = super().to_url(value.words) if value.words else ""
        return f"{int(value)}-{words}" if words else str(int(value))


class Whole(IntegerConverter):
    """A number in an address, as large as a row's number can be."""

    regex = r"\d{1,18}"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=MOST_ID)


class Slugged(int):
    """A number from an address, and the words that decorated it."""

    words: str

    def __new__(cls, number: int, words: str = "") -> "Slugged":
        self = super().__new__(cls, number)
        self.words = words
        return self

    @property
    def address(self) -> str:
        """As it stood in the address."""
        return f"{int(self)}-{self.words}" if self.words else str(int(self))


def natural(typed: str) -> int:
    """A number in a query: `request.args.get("older", type=natural)`; what no row can
    have is as if it were not there."""
    number = int(typed)
    if not 0 <= number <= MOST_ID:
        raise ValueError(typed)
    return number


def absolute(path: str) -> str:
    """The full address, on the site's own name, of a path that begins with /."""
    return str(current_app.config["ADDRESS"]) + path


def page_url(*parts: object, lang: str = "", _anchor: str = "", **query: Any) -> str:
    """The page below the reader's language (or `lang`) that these parts lead to.

    What is None or empty in the query is left out; lists are repeated.
    """
    path = "/".join([lang or language(), *(_quoted(str(part)) for part in parts)])
    words = f"?{asked}" if query and (asked := _asked(query)) else ""
    return f"/{path}{words}#{_anchor}" if _anchor else f"/{path}{words}"


def _asked(query: dict[str, Any]) -> str:
    given = (
        f"{name}={_quoted_in_query(str(each))}"
        for name, value in query.items()
        for each in (value if isinstance(value, list | tuple) else (value,))
        if each not in (None, "")
    )
    return "&".join(given)


_quoted = lru_cache(maxsize=4096)(quote)
_quoted_in_query = lru_cache(maxsize=4096)(quote_plus)


@lru_cache(maxsize=4096)
def numbered(number: int, name: str) -> str:
    """`42-how-it-went`: the last part of the address of what has an id and a name."""
    words = slug(name)
    return f"{number}-{words}" if words else str(number)


def picture_url(story: int, version: str) -> str:
    """The picture of a story, as it is drawn in one version."""
    return f"/pictures/stories/{story}-{version}.png"


def drawn_url(of: str, number: int, version: str) -> str:
    """The picture of a company or a product, with words of the reader's language; `of`
    is companies or products."""
    return f"/pictures/{language()}/{of}/{number}-{version}.png"


def media_url(evidence: Evidence, digest: str) -> str:
    """A file of somebody's evidence, or its small copy, by its name."""
    return f"/media/{evidence.id}-{digest[:32]}.{evidence.suffix}"


def card_url(of: str, number: int, version: str = "") -> str:
    """The card of a story or a company for other sites, in one version or the newest;
    `of` is stories or companies."""
    return page_url(of, number, f"card-{version}" if version else "card")


def oembed_url(address: str, form: str) -> str:
    """Where another site asks how to show the page at a full address of ours."""
    return f"/oembed?{_asked({'url': address, 'format': form})}"


def home_url(**more: Any) -> str:
    """The first page."""
    return page_url("", **more)


def story_url(story: Story, **more: Any) -> str:
    """A story's page; `_anchor` names a place in it."""
    return page_url("stories", numbered(story.id, story.title), **more)


def revisions_url(story: Story, revision: Revision | None = None, **more: Any) -> str:
    """What was changed in the wording of a story, or in one of its revisions."""
    which = (revision.id,) if revision else ()
    return page_url("stories", story.id, "revisions", *which, **more)


def translation_url(story: int, title: str, tag: str, **more: Any) -> str:
    """A story as members have translated it into the language of a tag."""
    return page_url("stories", numbered(story, title), "in", tag, **more)


def original_language(tag: str) -> str:
    """The interface language that a text's language is, else English: the one of its
    canonical address."""
    return tag if tag in LANGUAGES else LANGUAGES[0]


def update_url(story: Story, update: Update, **more: Any) -> str:
    """A dated update, in its story's page."""
    return story_url(story, _anchor=f"update-{update.id}", **more)


def response_url(story: Story, response: Response, **more: Any) -> str:
    """A company's answer, in its story's page."""
    return story_url(story, _anchor=f"response-{response.id}", **more)


def respond_url(story: Story, company_id: int) -> str:
    """Where somebody who speaks for a company answers a story."""
    return page_url("stories", story.id, "respond", company=company_id)


def amend_response_url(response: Response) -> str:
    """Where those who speak for a company change an answer of its."""
    return page_url("stories", response.story_id, "responses", response.id)


def rejoin_url(response: Response) -> str:
    """Where the author answers a company's answer."""
    return page_url("stories", response.story_id, "responses", response.id, "rejoin")


def rejoinder_url(story: Story, words: Rejoinder, **more: Any) -> str:
    """The author's answer to a company, in its story's page."""
    return story_url(story, _anchor=f"rejoinder-{words.id}", **more)


def offer_url(offer: Offer) -> str:
    """Where both sides find what became of an offer, and say so."""
    return page_url("stories", offer.story_id, "offers", offer.id)


def dispute_url(story: Story, dispute: Dispute, **more: Any) -> str:
    """A fact that a company disputes, in its story's page."""
    return story_url(story, _anchor=f"dispute-{dispute.id}", **more)


def talk_url(talk: Talk, *parts: object, **more: Any) -> str:
    """A private conversation, for the two sides that it concerns."""
    return page_url("talks", talk.id, *parts, **more)


def receipt_url(token: str) -> str:
    """What a letter carries: whether what was accepted has come."""
    return f"/l/offers/{token}"


def nudge_url(token: str) -> str:
    """What a letter carries: whether it has been solved."""
    return f"/l/nudges/{token}"


def comment_url(story: Story, comment: Comment, **more: Any) -> str:
    """A comment, wherever it stands among the pages of its story's comments."""
    return page_url("stories", story.id, "comments", comment.id, **more)


def company_url(company: Company, **more: Any) -> str:
    """A company's page."""
    return page_url("companies", numbered(company.id, company.name), **more)


def products_url(company: Company, **more: Any) -> str:
    """All products of a company."""
    name = numbered(company.id, company.name)
    return page_url("companies", name, "products", **more)


def claim_url(company: Company, *parts: str) -> str:
    """Where somebody asks to speak for a company, or gives the right back."""
    return page_url("companies", company.id, "claim", *parts)


def team_url(company: Company, *parts: object) -> str:
    """Who is in a company's team; `parts` lead to somebody in it."""
    return page_url("companies", company.id, "team", *parts)


def desk_url(**more: Any) -> str:
    """Where representatives find the stories about their companies."""
    return page_url("desk", **more)


DESK_WORDS = ("q", "clock", "kind", "language", "product", "with", "seen")
"""What narrows a desk, beside its company and its pile."""


def case_url(story: Story | int, company_id: int, **more: Any) -> str:
    """A story on the desk of a company, with what its team noted."""
    number = story if isinstance(story, int) else story.id
    return page_url("desk", "stories", number, company=company_id, **more)


def product_url(product: Product, **more: Any) -> str:
    """A product's page."""
    return page_url("products", numbered(product.id, product.name), **more)


def incident_url(incident: Incident, **more: Any) -> str:
    """What befell many customers of a company at once."""
    return page_url("incidents", numbered(incident.id, incident.title), **more)


def tie_url(incident: Incident, *parts: str, **more: Any) -> str:
    """Where staff tie stories to an incident."""
    return page_url("moderation", "incidents", incident.id, *parts, **more)


def compare_url(**what: Any) -> str:
    """Companies or products side by side: `company` or `product`, their numbers."""
    return page_url("compare", **what)


def member_url(member: Member, **more: Any) -> str:
    """A member's public page."""
    return page_url("members", member.handle, **more)


def search_url(**question: Any) -> str:
    """The search page for a question (the words of `stories.search.Question`)."""
    return page_url("search", **question)


def feed_url(form: str, *parts: object, **query: Any) -> str:
    """The feed of what these parts lead to, `form` being atom or json."""
    *above, last = parts
    return page_url(*above, f"{last}.{form}", **query)


def write_url(**more: Any) -> str:
    """Where a story is begun."""
    return page_url("write", **more)


def draft_url(draft: Draft, *parts: str, **more: Any) -> str:
    """Where a draft is gone on with; its key is a secret."""
    return page_url("drafts", draft.key, *parts, **more)


def guest_url(token: str, *parts: object) -> str:
    """Where a guest confirms, changes or takes back what they remarked."""
    return page_url("guest", token, *parts)


def log_url(story: Story | None = None, **more: Any) -> str:
    """What staff did: of the whole site, or of one story."""
    return page_url("log", story=story.id if story else None, **more)


def proof_url(token: str) -> str:
    """Where somebody says that an address at work is theirs."""
    return page_url("claims", "prove", token)


def follow_url(what: str, number: int) -> str:
    """Where a member chooses to be told what is new about something."""
    return page_url("follows", what, number)


def same_here_url(story: Story, *parts: str) -> str:
    """Where a reader says that it happened to them too."""
    return page_url("stories", story.id, "same-here", *parts)


def judge_url(story: Story, **more: Any) -> str:
    """Where a reader judges what the author of a story asks."""
    return page_url("stories", story.id, "judge", **more)


def unfollow_url(token: str) -> str:
    """What a letter carries, to be told no more; a button, and for mail programs."""
    return f"/l/follows/{token}"


def flag_url(target: Target, number: int, **more: Any) -> str:
    """Where a reader says that a text breaks a rule."""
    return page_url("flag", target, number, **more)


GLOBALS = {
    function.__name__: function
    for function in (
        *(absolute, picture_url, media_url, oembed_url, original_language, page_url),
        *(story_url, revisions_url, translation_url, update_url, response_url),
        *(respond_url, amend_response_url, rejoin_url, rejoinder_url, offer_url),
        *(talk_url, comment_url, company_url, claim_url, case_url, team_url, desk_url),
        *(proof_url, product_url, products_url, compare_url, incident_url, tie_url),
        *(member_url, search_url, feed_url, write_url, draft_url, flag_url, follow_url),
        *(card_url, same_here_url, judge_url, guest_url, log_url, home_url),
    )
}
"""What templates call by the same names."""
