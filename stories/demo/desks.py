"""A company's team at its desk: who is in it, who deals with what, what it noted, how
it answers, and which programs work for it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import delete

from stories import handling, outbox
from stories.demo import files
from stories.demo.stage import Act, Stage
from stories.demo.times import moment
from stories.handling import AssignEntry, NoteEntry, hooks, templates, tokens, views
from stories.handling.hooks import HookEntry
from stories.handling.templates import TemplateEntry
from stories.handling.tokens import TokenEntry
from stories.handling.views import ViewEntry
from stories.models import Errand, Invitation
from stories.representing import contests, teams
from stories.representing.contests import ContestEntry
from stories.representing.teams import InvitationEntry, SeatEntry

LATELY = timedelta(hours=3)
TAKEN = 204
"""What a program says that has taken a message."""
Told = dict[str, Any]


def acts(at: datetime) -> Iterator[Act]:
    """Who came into a team, and what teams did this morning."""
    for told in files.desks():
        for each in told["team"]:
            yield Act(since(each, at.date()), partial(_join, told, each))
        yield Act(at - LATELY, partial(_work, told))
    for told in files.contests():
        yield Act(at - LATELY, partial(_contest, told))


def since(each: Told, today: date) -> datetime:
    """When somebody came into a team."""
    return moment(each["since"], today)


def _join(told: Told, each: Told, stage: Stage) -> None:
    """Asked in by the owner, come by the letter."""
    member = stage.members[each["member"]]
    invitation = _invite(told, each["member"], each["team_role"], stage)
    seat = SeatEntry(name=each["name"], job_title=each["title"])
    role = teams.accept(stage.db, member, invitation, seat)
    stage.roles[told["company"], member.handle] = role


def _invite(told: Told, name: str, team_role: str, stage: Stage) -> Invitation:
    owner, company = stage.members[told["member"]], stage.company(told["company"])
    domain = company.domain or ""
    return teams.invite(
        stage.db,
        owner,
        company,
        InvitationEntry.model_validate({"team_role": team_role}),
        contact=stage.contact_of(f"{name}@{domain}"),
        email_domain=domain,
    )


def _work(told: Told, stage: Stage) -> None:
    db, member = stage.db, stage.members[told["member"]]
    company = stage.company(told["company"]).id
    for each in told["templates"]:
        templates.add(db, member, company, TemplateEntry.model_validate(each))
    for each in told["views"]:
        views.keep(db, member, company, ViewEntry.model_validate(each))
    for each in told["notes"]:
        _note(told, each, stage)
    for each in told["invited"]:
        _invite(told, each["name"], each["team_role"], stage)
    for each in told["tokens"]:
        tokens.make(db, member, company, TokenEntry.model_validate(each))
    for each in told["hooks"]:
        _hook(told, each, stage)


def _note(told: Told, each: Told, stage: Stage) -> None:
    db, member = stage.db, stage.members[told["member"]]
    company, story = (
        stage.company(told["company"]).id,
        [stage.stories[each["story"]].id],
    )
    handling.note(db, member, company, story, NoteEntry(text=each["text"]))
    handling.see(db, member, company, story)
    if who := each.get("assigned"):
        role = handling.voice(db, stage.members[who], company)
        handling.assign(db, member, company, story, AssignEntry(assigned=role.id))


def _hook(told: Told, each: Told, stage: Stage) -> None:
    """An address that is called when something happens, and has been."""
    db, company = stage.db, stage.company(told["company"]).id
    address = HookEntry(address=each["address"])
    member = stage.members[told["member"]]
    made, _ = hooks.add(db, member, company, address, stage.seal)
    for name in each["came"]:
        places = {"company_id": company, "story_id": stage.stories[name].id}
        outbox.send(db, made.id, "story.told", places)
    for sent in hooks.log(db, company):
        hooks.came(db, sent, TAKEN)
    db.execute(delete(Errand).where(Errand.task == "hook"))


def _contest(told: Told, stage: Stage) -> None:
    """One says that the other may not speak for the company."""
    company, against = told["company"], stage.roles[told["company"], told["against"]]
    entry = ContestEntry(against_id=against.id, words=told["words"])
    member, number = stage.members[told["by"]], stage.company(company).id
    contests.contest(stage.db, member, number, entry)
