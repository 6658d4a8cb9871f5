"""A company's desk with twenty stories and with twenty thousand: statements and CPU
time, as it opens, pile by pile, narrowed down and searched."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session
from werkzeug.test import Client

from stories import companies, outbox
from stories.database import open_engine
from stories.models import (
    Handling,
    Member,
    Mention,
    Product,
    Representative,
    Story,
    now,
)
from stories.models.codes import CaseState, Kind, MentionRole
from stories.models.stories import mention_product
from tests.benchmarks.sizes import Costs, beside, cost, settings_of
from tests.people import a_voice
from tests.running import cookie_of
from web import migrations, worker
from web.app import create_app

AT_ONCE = 2_000
PRODUCTS = 4
RARE = 500
"""One story in so many is in Welsh, and one is somebody's."""
PAGES = {
    "as it opens": "",
    "waiting for the company": "state=company",
    "closed": "state=closed",
    "second page": "page=2",
    "overdue": "clock=overdue",
    "praise": "kind=praise",
    "a product": "product=1",
    "a rare language": "language=cy",
    "mine (few)": "with=me",
    "nobody's": "with=nobody",
    "nobody has seen it": "seen=no",
    "words in all": "q=weeks",
    "words in few": "q=wythnosau",
    "an order number": "q=K-7",
}


def main(words: list[str]) -> None:
    """Print both sizes beside each other."""
    beside("desk", words, [20, 20_000], _measured)


def _measured(folder: Path, size: int) -> Costs:
    settings = settings_of(folder)
    engine = open_engine(settings.database_url)
    migrations.upgrade(engine)
    app = create_app(settings)
    with Session(engine, expire_on_commit=False) as db:
        member = _fill(db, size)
        cookie = cookie_of(app, db, member)
    worker.drain(app)
    client = app.test_client(use_cookies=False)
    found = {
        name: cost(
            app.extensions["engine"],
            partial(_get, client, f"/en/desk?{asked}", cookie),
        )
        for name, asked in PAGES.items()
    }
    for each in (engine, app.extensions["engine"]):
        each.dispose()
    return found


def _get(client: Client, path: str, cookie: str) -> None:
    answer = client.get(path, headers={"Cookie": cookie})
    assert answer.status_code == 200, (path, answer.status)


def _fill(db: Session, size: int) -> Member:
    """One company with all the stories, and who speaks for it."""
    author, member = (
        Member(handle=name, handle_folded=name, display_name=name.title())
        for name in ("ada", "bob")
    )
    db.add_all((author, member))
    company = companies.add(db, "Acme")
    sold = [companies.product_named(db, company, f"No {n}") for n in range(PRODUCTS)]
    db.flush()
    role = a_voice(db, member, company)
    dice = Random(size)
    numbers = iter(range(1, size + 1))
    while batch := [number for number, _ in zip(numbers, range(AT_ONCE), strict=False)]:
        for table, rows in _rows(dice, batch, author, role, sold).items():
            if rows:
                db.execute(insert(table), rows)
    outbox.rebuild(db)
    db.commit()
    return db.scalars(select(Member).where(Member.id == member.id)).one()


def _rows(
    dice: Random,
    numbers: list[int],
    author: Member,
    role: Representative,
    sold: list[Product],
) -> dict[Any, list[dict[str, Any]]]:
    at = {number: now() - timedelta(days=dice.randrange(2000)) for number in numbers}
    return {
        Story: [_story(dice, number, at[number], author.id) for number in numbers],
        Mention: [
            _mention(dice, number, at[number], role.company_id) for number in numbers
        ],
        mention_product: [
            {"mention_id": number, "product_id": dice.choice(sold).id}
            for number in numbers
        ],
        Handling: list(_handled(numbers, role)),
    }


def _handled(numbers: list[int], role: Representative) -> Iterator[dict[str, Any]]:
    for number in numbers:
        if number % RARE == 1:
            yield {
                "story_id": number,
                "company_id": role.company_id,
                "assigned_id": role.id,
                "seen_at": now(),
            }


def _story(dice: Random, number: int, at: datetime, author: int) -> dict[str, Any]:
    rare = number % RARE == 1
    text = "Aeth ymlaen am wythnosau." if rare else "It went on for weeks."
    return {
        "id": number,
        "title": f"Story {number}",
        "text": text,
        "html": f"<p>{text}</p>",
        "language": "cy" if rare else "en",
        "kind": dice.choice([Kind.COMPLAINT, Kind.MIXED, Kind.PRAISE]),
        "author_id": author,
        "private_reference": f"K-{number}",
        "published_at": at,
        "last_activity_at": at,
    }


def _mention(dice: Random, number: int, at: datetime, company: int) -> dict[str, Any]:
    state = dice.choice(
        [CaseState.AWAITING_COMPANY, CaseState.AWAITING_AUTHOR, CaseState.CLOSED]
    )
    waits = state == CaseState.AWAITING_COMPANY
    days = dice.randrange(60)
    return {
        "id": number,
        "story_id": number,
        "company_id": company,
        "role": MentionRole.SUBJECT,
        "published_at": at,
        "told_at": at,
        "case_state": state,
        "case_changed_at": at,
        "answered_at": None if waits else at + timedelta(days=days),
        "answer_days": None if waits else days,
    }
