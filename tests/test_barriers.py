"""No barriers: axe finds nothing on any page, and nothing is wider than a phone."""

from pathlib import Path
from typing import Any

import pytest

from stories import (
    attaching,
    companies,
    corroborating,
    discussing,
    handling,
    moderating,
    polling,
    pressing,
    publishing,
    responding,
    talking,
    tying,
    updating,
    warning,
)
from stories.corroborating import CorroborationEntry
from stories.discussing import CommentEntry
from stories.entries.incidents import IncidentEntry
from stories.entries.judging import FlagEntry
from stories.entries.story import UpdateEntry
from stories.entries.talks import BeginEntry, MessageEntry
from stories.handling import NoteEntry, templates
from stories.handling.templates import TemplateEntry
from stories.models import Company, Story
from stories.models.codes import Target
from stories.models.evidence import FileKind
from stories.polling import PollEntry, VoteEntry
from stories.pressing import JudgementEntry, PressureEntry
from stories.responding import RejoinderEntry, ResponseEntry
from stories.storage.folder import Folder
from stories.text import plain
from stories.warning import CautionEntry
from tests import scenarios
from tests.files import a_kept_file, a_picture
from tests.people import a_voice
from tests.tongues import translated

AXE = Path(__file__).parent.parent / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
ASK = """rules => axe.run({runOnly: rules}).then(found => found.violations.map(
    each => `${each.id} ×${each.nodes.length}: ${each.nodes[0].target.join(" ")}`))"""

EVERYBODY = [
    "",
    "stories",
    "search?q=boom",
    "write",
    "register",
    "sign-in",
    "reset",
    "log",
    "about",
    "how-it-works",
    "rules",
    "privacy",
    "contact",
    "members/ada",
    "companies/{company}",
    "companies/{company}/mentions",
    "companies/{company}/products",
    "companies/{company}/repeats",
    "companies/{company}/claim",
    "companies/{company}/card",
    "companies/{company}/write",
    "for-companies",
    "companies",
    "companies/named?q=sony",
    "companies/named?q=nobody",
    "compare",
    "compare?company={company}",
    "figures",
    "incidents/1",
    "patterns",
    "patterns/figures",
    "patterns/forms",
    "patterns/readers",
    "patterns/readers?poll=closed",
    "patterns/story",
    "confirm",
    "register/sent",
    "sign-out/done",
    "account/left",
    "products/1",
    "stories/{story}",
    "stories/{story}/revisions",
    "stories/{story}/revisions/1",
    "stories/{story}/in/ar",
    "translations/1",
    "stories/{story}/comment",
    "stories/{story}/comment/sent",
    "stories/{story}/card",
    "stories/{story}/wrong-company",
    "nothing-here",
]
AUTHOR = [
    "account",
    "account/address",
    "account/leave",
    "account/password",
    "account/second-factor",
    "companies/{company}/duplicate",
    "drafts",
    "follows",
    "follows/story/{story}",
    "searches",
    "searches/new?q=boom",
    "sign-in/again",
    "stories/{story}",
    "stories/{story}/amend",
    "stories/{story}/updates/1",
    "stories/{story}/updates/1/erase",
    "stories/{story}/rejoinders/1",
    "comments/2",
    "stories/{story}/update",
    "stories/{story}/outcome",
    "stories/{story}/offers/2",
    "stories/{story}/disputes/3",
    "stories/{story}/more",
    "stories/{story}/poll",
    "stories/{story}/pressure",
    "stories/{story}/talk",
    "talks",
    "talks/1",
    "flag/message/2",
    "stories/{story}/evidence",
    "stories/{story}/evidence/1",
    "stories/{story}/evidence/1/boxes",
    "stories/{story}/responses/1/rejoin",
    "flag/story/{story}",
    "flag/thanks",
]
VOICE = [
    "companies/{company}/claim",
    "companies/{company}/team",
    "companies/{company}/contest",
    "desk",
    "desk?q=boom&clock=on_time",
    "desk/stories/{story}?company={company}",
    "desk/templates?company={company}",
    "desk/templates/1",
    "desk/months?company={company}",
    "desk/tokens?company={company}",
    "desk/hooks?company={company}",
    "desk/outside?company={company}",
    "desk/letters?company={company}",
    "desk/talks?company={company}",
    "stories/{story}/talk?company={company}",
    "talks/1",
    "stories/{story}/respond?company={company}",
    "stories/{story}/responses/1",
    "stories/{story}/offers/2",
    "stories/{story}",
]
READER = [
    "translate/story/{story}",
    "translations/1",
    "translations/1/change",
    "stories/{story}/same-here",
    "stories/{story}/judge",
]
STAFF = [
    "moderation",
    "moderation/claims",
    "moderation/companies",
    "moderation/companies/belonging",
    "moderation/contests",
    "moderation/errands",
    "moderation/incidents",
    "moderation/incidents/1",
    "moderation/stories/{story}/incidents",
    "moderation/members/ada",
    "moderation/moves",
    "moderation/roles",
    "moderation/roles/1",
    "moderation/texts/comment/1",
    "moderation/texts/story/{story}",
    "moderation/pressure",
    "moderation/pressure/1",
    "moderation/texts/evidence/1",
    "flag/evidence/1",
    "moderation/warnings",
    "moderation/warnings/stories/{story}",
    "moderation/warnings/companies/{company}",
    "account/recovery-codes",
]
LEFT_OUT = {
    "machine.show": "needs an engine of the operator's",
    "settings.export": "a file",
    "sheets.cases_sheet": "a file",
    "badges.show": "a picture",
    "sheets.months_sheet": "a file",
    "opensearch.describe": "for machines",
    "opensearch.suggest": "for machines",
    "accounts.arrived": "leads on",
    "writing.resume": "needs a draft: scenarios write in it",
    "writing.preview": "a part of a page",
    "comments.show": "leads on",
    "comments.ask_for_link": "needs a guest's comment",
    "guests.show": "needs a letter's token",
    "guests.edit": "needs a letter's token",
    "representing.ask_for_proof": "needs a letter's token",
    "teams.ask_to_join": "needs a letter's token",
    "contests.show": "needs two who contest each other",
    "security.confirm_email": "needs a letter's token",
    "security.change_email_confirm": "needs a letter's token",
    "security.reset_password": "needs a letter's token",
    "security.tf_select": "in the middle of signing in",
    "security.two_factor_token_validation": "in the middle of signing in",
    "security.two_factor_rescue": "in the middle of signing in",
    "security.mf_recovery": "in the middle of signing in",
    "claims.ask": "needs an imported story",
    "deciding.claim": "needs a claim of an imported story",
}
"""Pages that are not looked at here, and why."""
RECALL = {
    "company": "Sony",
    "kind": "recall",
    "title": "A boombox recalled",
    "began_on": "2026-03-03",
}


@pytest.fixture
def axe() -> str:
    if not AXE.exists():
        pytest.skip("left out: axe-core (npm ci) is not here")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture
def story(db, ada, bob, cy, staff, settings) -> Story:
    """A story with all that can belong to one."""
    sony = companies.add(db, "Sony", domain="sony.example")
    db.commit()
    a_voice(db, bob, sony)
    story = publishing.publish(db, ada, scenarios.melted_boombox())
    publishing.amend(db, ada, story, changed(scenarios.melted_boombox()), "A slip")
    updating.add_update(db, ada, story, UpdateEntry(text="Nothing new."))
    answer = responding.respond(
        db, bob, story, sony.id, ResponseEntry(kind="apologise", text="We are sorry.")
    )
    responding.rejoin(db, ada, answer, RejoinderEntry(text="Thank you."))
    offer = ResponseEntry(kind="offer", text="Take it.", offer={"what": "A new one"})
    responding.respond(db, bob, story, sony.id, offer)
    responding.respond(db, bob, story, sony.id, contest(story))
    remark = discussing.comment(db, cy, story, CommentEntry(text="Same here."))
    discussing.comment(
        db, ada, story, CommentEntry(text="Really?", parent_id=remark.id)
    )
    moderating.flag(db, ada, Target.COMMENT, remark.id, FlagEntry(reason="spam"))
    recall = IncidentEntry.model_validate(RECALL)
    tying.tie(db, staff, tying.open_incident(db, staff, sony, recall), [story.id])
    readers_add(db, ada, cy, staff, story)
    talk = talking.begin(db, ada, story, sony.id, BeginEntry(text="Order 4711."))
    talking.write(db, bob, talk, MessageEntry(text="We look at it.\n\n- today"))
    handling.note(db, bob, sony.id, [story.id], NoteEntry(text="Ask the depot."))
    sorry = TemplateEntry(name="Sorry", language="en", text="Dear {author},")
    templates.add(db, bob, sony.id, sorry)
    said = {"title": "جهاز ذائب", "text": "ذاب في الليل.", "language": "ar"}
    translated(db, cy, story, **said, source_revision=1)
    db.commit()
    keep_evidence(db, ada, story, Folder(settings.media))
    return story


def keep_evidence(db, ada, story, store):
    """A picture that readers see, and a file that only some do."""
    kept = a_kept_file(db, ada, story, store, a_picture(), dispute_id=3)
    attaching.publish(db, ada, kept)
    pdf = a_kept_file(db, ada, story, store, b"%PDF-", companies=[1], staff=True)
    pdf.kind, pdf.suffix, pdf.original_small = FileKind.PDF, "pdf", None
    db.commit()


def contest(story) -> ResponseEntry:
    """The company disputes the first words of the story."""
    words = " ".join(plain(story.text).split()[:4])
    known = {"kind": "dispute_facts", "text": "No.", "dispute": {"passage": words}}
    return ResponseEntry.model_validate(known)


def readers_add(db, ada, cy, staff, story):
    """What readers say and judge, and what they are warned of."""
    facts = {"outcome": "resolved", "product": "ZS-1", "year": 2019, "text": "Twice."}
    corroborating.corroborate(db, cy, story, CorroborationEntry.model_validate(facts))
    polling.ask(db, ada, story, PollEntry(question="paid"))
    polling.vote(db, cy, story, VoteEntry(answer="yes"))
    gift = PressureEntry(kind="money", company_id=1, words="They offered a gift.")
    pressing.disclose(db, ada, story, gift)
    seen = pressing.disclose(db, ada, story, gift)
    pressing.uphold(db, staff, seen, JudgementEntry(words="We have seen it."))
    check = CautionEntry(concern="under_check", words="We asked for the receipt.")
    for about in (story, db.get_one(Company, 1)):
        warning.warn(db, staff, about, check)


@pytest.fixture
def people(ada, bob, cy, staff):
    """Which pages are whose."""
    return {
        "everybody": (EVERYBODY[::2], None),
        "anybody": (EVERYBODY[1::2], None),
        "author": (AUTHOR, ada),
        "voice": (VOICE, bob),
        "reader": (READER, cy),
        "staff": (STAFF, staff),
    }


def test_every_page_is_looked_at_or_said_to_be_left_out(app):
    routes = app.url_map.bind("localhost")
    listed = (*EVERYBODY, *AUTHOR, *VOICE, *READER, *STAFF)
    paths = (each.format(story=1, company=1).split("?")[0] for each in listed)
    seen = {routes.match(f"/en/{path}")[0] for path in paths if "nothing" not in path}

    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/<lang>") and "GET" in (rule.methods or ())
    }
    missing = {each for each in pages - seen if not each.startswith("feeds.")}

    assert missing == set(LEFT_OUT)


def changed(entry):
    return entry.model_copy(update={"text": entry.text + "\n\nOne more thing."})


def look(page, address: str) -> list[str]:
    """What is wrong with a page, with its colours in the dark, and on a phone."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(address)
    found: list[Any] = page.evaluate(ASK, RULES)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found += [f"dark: {each}" for each in page.evaluate(ASK, COLOURS)]
    page.set_viewport_size({"width": 360, "height": 740})
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found + ([f"{wide} pixels too wide"] if wide > 0 else [])


WHO = ("everybody", "anybody", "author", "voice", "reader", "staff")


@pytest.mark.parametrize("language", ["en", "ar", "ja"])
@pytest.mark.parametrize("who", WHO)
def test_no_page_has_a_barrier(site, page_of, story, people, axe, who, language):
    pages, member = people[who]
    site.catch_up()
    page = page_of(member, bypass_csp=True)
    page.add_init_script(axe)

    wrong = {}
    for each in pages:
        address = f"/{language}/{each.format(story=story.id, company=1)}"
        if problems := look(page, address):
            wrong[address] = problems

    assert wrong == {}
