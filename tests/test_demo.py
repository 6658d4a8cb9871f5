"""The sample content: it loads where it may, and its lives come out right."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from stories import cases, demo, permissions
from stories.demo.files import companies, lives
from stories.languages import INTERFACE_LANGUAGES
from stories.models import (
    Amount,
    ApiToken,
    Comment,
    Company,
    Contact,
    Contest,
    Decision,
    Delivery,
    DeskNote,
    Dispute,
    Errand,
    Handling,
    Invitation,
    Member,
    Mention,
    Offer,
    PartElsewhere,
    Promise,
    ReplyTemplate,
    Representative,
    Response,
    Story,
    Translation,
    Update,
)
from stories.models import codes as all_codes
from stories.models.codes import (
    CaseState,
    ClosedWhy,
    CommentState,
    Kind,
    MentionRole,
    OfferState,
    OriginKind,
    Outcome,
    PromiseState,
    ResponseKind,
    StaffDeed,
    Visibility,
)
from stories.models.pace import Pace
from stories.problems import Forbidden
from stories.settings import BadSetting, Settings
from stories.text import fold
from tests.samples import loaded, sign_in
from web import checks
from web.cli import demo as command
from web.cli.serving import _wants_samples

REAL = re.compile(
    r"\b(sony|apple|microsoft|google|amazon|samsung|ryanair|trenitalia|ikea|vodafone"
    r"|telecom italia|enel|british gas|facebook|twitter|whatsapp|paypal|ebay|dhl|fedex"
    r"|lufthansa|alitalia|hewlett|lenovo|adobe|nestl[ée]|bosch|siemens|orange sa)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Flask]:
    """A site of its own with the sample content, loaded once."""
    app = loaded(tmp_path_factory.mktemp("samples"))
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def samples(site) -> Iterator[Session]:
    with site.extensions["sessions"]() as session:
        yield session


@pytest.fixture
def reader(site) -> FlaskClient:
    return site.test_client()


@pytest.fixture
def run(app, db):
    """Give the command `earshot demo`."""
    return lambda: app.test_cli_runner().invoke(command.demo)


def test_samples_load_once_and_tell_who_can_sign_in(run, db):
    answer, again = run(), run()

    assert answer.exit_code == 0, answer.exception
    assert command.PASSWORD in answer.output
    assert "inger@earshot.example" in answer.output
    assert isinstance(again.exception, Forbidden)
    assert db.query(Member).filter_by(staff=True).count() == 1
    assert db.query(Story).count() == len(list(lives()))


def test_samples_are_refused_where_there_is_content(run, db, ada):
    answer = run()

    assert isinstance(answer.exception, Forbidden)
    assert db.query(Story).count() == 0


def test_samples_are_refused_where_strangers_could_come(app, settings, db):
    public = replace(settings, base_url="https://earshot.example")
    open_house = replace(settings, host="0.0.0.0")

    for exposed in (public, open_house):
        with app.app_context(), pytest.raises(Forbidden):
            command.load(exposed)
        with app.app_context(), pytest.raises(BadSetting, match="EARSHOT_DEMO"):
            checks.require_safe(replace(exposed, demo=True))


def test_only_a_new_default_data_folder_gets_samples_unasked(app, db):
    default = Settings()

    with app.app_context():
        assert _wants_samples(default, new=True)
        assert not _wants_samples(default, new=False)
        assert not _wants_samples(replace(default, demo=False), new=True)
        assert not _wants_samples(replace(default, data=Path("elsewhere")), new=True)
        assert not _wants_samples(replace(default, host="0.0.0.0"), new=True)
        assert _wants_samples(
            replace(default, data=Path("elsewhere"), demo=True), new=False
        )


def test_what_is_asked_for_is_loaded_only_into_an_empty_site(app, db, ada):
    with app.app_context():
        assert not _wants_samples(Settings(demo=True), new=False)


def test_nobody_is_written_to(samples):
    assert samples.query(Errand).filter_by(task="letter").count() == 0


ROOMS = {"elif": ["desk"], "inger": ["moderation", "moderation/roles"]}


@pytest.mark.parametrize("handle", command.SIGN_INS)
def test_everybody_who_is_named_signs_in_and_finds_their_rooms(site, handle):
    browser = sign_in(site, handle)

    for room in ["account", "drafts", *ROOMS.get(handle, [])]:
        for language in ("en", "it"):
            answer = browser.get(f"/{language}/{room}", follow_redirects=True)
            assert answer.status_code == 200
            assert answer.request.path.startswith(f"/{language}/{room}")


def addresses(samples: Session) -> Iterator[str]:
    """Every page that the sample content has."""
    yield from ("", "search?q=kettle", "search?q=caff%C3%A8", "stories", "log")
    yield from ("stories.atom", "about", "rules")
    for story in samples.scalars(select(Story)):
        yield f"stories/{story.id}"
    for company in samples.scalars(select(Company)):
        yield f"companies/{company.id}"
    for member in samples.scalars(select(Member)):
        yield f"members/{member.handle}"


@pytest.mark.parametrize("language", ["en", "it"])
def test_every_page_of_the_sample_site_can_be_read(reader, samples, language):
    gone = samples.scalars(
        select(Story.id).where(Story.visibility == Visibility.TOMBSTONE)
    )
    known = {f"stories/{number}": {200, 404, 410} for number in gone}

    for address in addresses(samples):
        answer = reader.get(f"/{language}/{address}", follow_redirects=True)
        assert answer.status_code in known.get(address, {200}), address


def test_nothing_real_is_named(data, samples):
    lines = (data / "companies.jsonl").read_text(encoding="utf-8").splitlines()
    real = {fold(json.loads(line)["name"]) for line in lines}

    assert not {fold(name) for name in samples.scalars(select(Company.name))} & real


def test_no_well_known_company_is_named_and_every_address_is_nobodys():
    for file in files("stories.demo").joinpath("lives").iterdir():
        words = file.read_text(encoding="utf-8")
        assert not REAL.search(words), file.name
        for host in re.findall(r"https?://([^/\s\"]+)", words):
            assert host.endswith(".example"), file.name
    assert all(row["domain"].endswith(".example") for row in companies())


@pytest.mark.parametrize(
    ("column", "code"),
    [
        (Story.outcome, Outcome),
        (Mention.role, MentionRole),
        (Mention.case_state, CaseState),
        (Response.kind, ResponseKind),
        (Promise.state, PromiseState),
    ],
)
def test_every_code_occurs(samples, column, code):
    assert set(samples.scalars(select(column).distinct())) == set(code)


def test_every_kind_but_the_unknown_occurs(samples):
    known = set(Kind) - {Kind.UNKNOWN}

    assert set(samples.scalars(select(Story.kind).distinct())) == known


def test_offers_are_accepted_and_refused(samples):
    states = set(samples.scalars(select(Offer.state)))

    assert states >= {OfferState.ACCEPTED, OfferState.REFUSED, OfferState.OPEN}


def test_contacts_and_money_come_in_all_sorts(samples):
    precisions = set(samples.scalars(select(Contact.precision)))
    currencies = set(samples.scalars(select(Amount.currency)))

    assert len(set(samples.scalars(select(Contact.rhythm)))) >= 4
    assert len(precisions) >= 5
    assert currencies >= {"EUR", "GBP", "USD", "CHF", "NOK"}
    assert samples.query(Amount).filter_by(role=all_codes.AmountRole.IN_KIND).count()


def test_threads_are_closed_in_three_ways(samples):
    closed = set(samples.scalars(select(Story.comments_closed_why)))

    ways = {ClosedWhy.AUTHOR, ClosedWhy.AUTOMATIC, ClosedWhy.IMPORTED}
    assert closed >= ways


def test_stories_are_told_in_every_language_of_the_interface(samples):
    languages = list(samples.scalars(select(Story.language)))

    assert languages.count("en") >= 18
    assert languages.count("it") >= 12
    assert set(languages) >= set(INTERFACE_LANGUAGES)


def test_companies_answer_stories_in_languages_of_their_own(samples):
    answers = select(Response.language, Story.language).join(Response.story)
    across = {
        (told, asked) for told, asked in samples.execute(answers) if told != asked
    }

    assert across >= {("it", "de"), ("es", "ar"), ("en", "ko"), ("en", "zh-Hans")}


def test_there_is_an_unlisted_story_and_a_tombstone(samples):
    seen = set(samples.scalars(select(Story.visibility)))

    assert seen == {Visibility.PUBLIC, Visibility.UNLISTED, Visibility.TOMBSTONE}


def test_a_series_keeps_the_place_of_a_part_that_is_elsewhere(samples):
    assert samples.query(PartElsewhere).one().part == 1
    assert samples.query(Story).filter(Story.part.in_((2, 3))).count() == 2


def test_imported_stories_wait_for_their_authors_and_one_has_been_claimed(samples):
    imported = samples.query(Story).filter_by(origin=OriginKind.IMPORTED).all()
    lifted = select(Update).join(Story, Story.id == Update.story_id)

    assert sorted(bool(story.claimed_at) for story in imported) == [False, False, True]
    assert samples.scalars(
        lifted.where(Story.origin == OriginKind.IMPORTED, Story.author_id.is_(None))
    ).all()


def test_a_hidden_comment_is_a_line_in_the_public_log(samples):
    assert samples.query(Comment).filter_by(state=CommentState.HIDDEN).count() == 1
    assert samples.query(Decision).filter_by(deed=StaffDeed.HIDE).count() == 1


def paces(samples: Session, company: str) -> list[cases.Clock]:
    told = (
        select(Mention)
        .join(Company, Company.id == Mention.company_id)
        .where(Company.name == company, Mention.told_at.is_not(None))
    )
    return [known for each in samples.scalars(told) if (known := cases.clock(each))]


def test_one_company_is_prompt_one_overdue_and_one_was_never_told(samples):
    prompt = paces(samples, "Lindvik Møbler")
    overdue = paces(samples, "Pendry Broadband")

    assert {clock.pace for clock in prompt} == {Pace.ON_TIME}
    assert {clock.pace for clock in overdue} == {Pace.OVERDUE}
    assert not any(clock.answered for clock in overdue)
    assert paces(samples, "Tessarine") == []


def test_one_team_works_at_its_desk(samples):
    noted = samples.scalars(select(DeskNote)).all()
    replies = samples.scalars(select(ReplyTemplate)).all()

    assert len(noted) >= 3
    assert {each.language for each in replies} == {"en", "it"}
    assert any(samples.scalars(select(Handling.assigned_id)))


def test_a_team_has_several_roles_and_programs_that_work_for_it(samples):
    hollin = samples.query(Company).filter_by(name="Hollin & Wray").one()
    team = samples.scalars(
        select(Representative.team_role).where(permissions.on_team(hollin.id))
    )

    assert set(team) == {"owner", "responder", "observer"}
    assert samples.query(Invitation).filter_by(state="open").count() == 1
    assert samples.query(ApiToken).count() == 1
    assert {each.status for each in samples.query(Delivery)} == {204}
    assert samples.query(Errand).filter_by(task="hook").count() == 0


def test_a_fact_is_disputed_an_offer_has_a_list_price_and_a_role_is_contested(samples):
    story = samples.query(Story).filter(Story.title.contains("dryer")).one()

    offer = samples.query(Offer).filter_by(story_id=story.id).one()
    assert (offer.state, offer.list_value) == (OfferState.OPEN, 79)
    dispute = samples.query(Dispute).filter_by(story_id=story.id).one()
    assert dispute.state == "open"
    assert samples.query(Contest).filter_by(decided_at=None).count() == 1


def test_what_a_company_never_came_back_to_is_no_word(samples):
    story = samples.query(Story).filter_by(language="es").one()
    mention = samples.query(Mention).filter_by(story_id=story.id).one()

    assert cases.standing(mention).no_word


@pytest.mark.parametrize(
    "day",
    ["2027-01-01T00:01+00:00", "2028-02-29T12:00+00:00", "2027-12-31T23:00+00:00"],
)
def test_whenever_it_is_loaded_nothing_lies_in_the_future(day):
    at = datetime.fromisoformat(day)

    acts = demo.acts(at)

    assert acts[-1].at <= at
    assert at - acts[0].at < timedelta(days=6 * 365)


def test_texts_lie_beside_the_code_and_are_packed_with_it():
    packed = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["hatch"]

    assert "stories" in packed["build"]["targets"]["wheel"]["only-include"]
    assert all(life.entry["text"] for life in lives())


def test_people_have_said_stories_in_other_languages(samples):
    made = list(samples.scalars(select(Translation)))

    assert len([each for each in made if each.target == "story"]) >= 6
    assert len([each for each in made if each.outdated_at]) == 1
    assert len({each.language for each in made}) >= 4
    assert any(each.accepted_at for each in made)
    assert any(each.reviewer_id for each in made)
