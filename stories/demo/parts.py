"""Who plays: members join, companies are listed, people become their voices."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from stories import importing, joining, moderating, representing
from stories.demo import files
from stories.demo.stage import Act, Stage
from stories.demo.times import moment
from stories.entries.member import JoinEntry, ProfileEntry
from stories.importing import CompanyRow
from stories.models.codes import ClaimState
from stories.representing import ClaimEntry, VerdictEntry

AGAIN = timedelta(days=350)
"""A verification lasts a year: voices prove themselves anew before it ends."""
CONSIDERED = timedelta(hours=20)
"""So long the first claim waits; later ones are granted at once, without a gap."""
MODERATOR = "inger"


def acts(today: date, now: datetime) -> Iterator[Act]:
    """Everything that happens to people and companies, in no order."""
    for handle, told in files.people().items():
        yield from _member(handle, told, today)
    for told in files.companies():
        since = moment(told.pop("listed", "1830 days ago"), today)
        voices = told.pop("voices", [])
        yield Act(since, partial(_list, told))
        for voice in voices:
            yield from _voice(told, voice, today, now)


def _member(handle: str, told: dict[str, Any], today: date) -> Iterator[Act]:
    joined = moment(told.pop("joined", "1825 days ago"), today)
    staff = told.pop("staff", False)
    yield Act(joined, partial(_join, handle, told))
    if staff:
        yield Act(joined + timedelta(hours=1), partial(_appoint, handle))


def _join(handle: str, told: dict[str, Any], stage: Stage) -> None:
    profile = ProfileEntry.model_validate(told)
    entry = JoinEntry(
        handle=handle,
        display_name=profile.display_name,
        language=profile.language,
        time_zone=profile.time_zone,
    )
    member = joining.join(stage.db, entry)
    joining.confirm(stage.db, member)
    joining.amend(stage.db, member, profile)
    stage.members[handle] = member


def _appoint(handle: str, stage: Stage) -> None:
    moderating.appoint(stage.db, stage.members[handle])


def _list(told: dict[str, Any], stage: Stage) -> None:
    row = CompanyRow.model_validate(told)
    importing.import_companies(stage.db, importing.Directory(stage.db), [row])


def _voice(
    company: dict[str, Any], voice: dict[str, Any], today: date, now: datetime
) -> Iterator[Act]:
    """Claimed, granted, and again each year until it ends."""
    since, until = moment(voice["since"], today), now
    if "until" in voice:
        until = moment(voice["until"], today)
        yield Act(until, partial(_give_back, company["name"], voice["member"]))
    yield from _asked(company, voice, since, CONSIDERED)
    while voice.get("verdict") is None and since + AGAIN < until:
        since += AGAIN
        yield Act(since, partial(_give_back, company["name"], voice["member"]))
        yield from _asked(company, voice, since, timedelta())


def _asked(
    company: dict[str, Any], voice: dict[str, Any], at: datetime, pause: timedelta
) -> Iterator[Act]:
    yield Act(at, partial(_claim, company, voice))
    verdict = voice.get("verdict", "grant")
    if verdict != "wait":
        decided = partial(_decide, company["name"], voice["member"], verdict)
        yield Act(at + pause, decided)


def _claim(company: dict[str, Any], voice: dict[str, Any], stage: Stage) -> None:
    member, domain = stage.members[voice["member"]], company["domain"]
    asked = representing.claim(
        stage.db,
        member,
        stage.company(company["name"]),
        ClaimEntry(name=voice["name"], job_title=voice["title"]),
        contact=stage.contact_of(f"{member.handle}@{domain}"),
        email_domain=domain,
    )
    representing.prove(stage.db, asked)
    stage.roles[company["name"], member.handle] = asked


def _decide(company: str, handle: str, verdict: str, stage: Stage) -> None:
    asked, staff = stage.roles[company, handle], stage.members[MODERATOR]
    if verdict == "grant":
        representing.grant(stage.db, staff, asked)
    else:
        representing.refuse(stage.db, staff, asked, VerdictEntry(words=verdict))


def _give_back(company: str, handle: str, stage: Stage) -> None:
    role = stage.roles[company, handle]
    if role.state == ClaimState.GRANTED:
        representing.give_back(stage.db, stage.members[handle], role)
