"""A company's desk with twenty stories and with twenty thousand: statements and CPU
time, as it opens, pile by pile, narrowed down and searched; once with everything mixed,
once with luck against it: whatever is asked for is a twentieth, and lies last."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session
from werkzeug.test import Client

from stories import companies, desks, outbox
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
from stories.reading.desk import Pile
from stories.reading.desk.places import place
from tests.benchmarks.sizes import Costs, beside, cost, settings_of
from tests.people import a_voice
from tests.running import cookie_of
from web import migrations, worker
from web.app import create_app
from web.desking import words_of

AT_ONCE = 2_000
PRODUCTS = 4
RARE = 500
"""One story in so many is in Welsh, and one is somebody's."""
LAST = 20
"""One in so many lies last, and is like no other."""
PAGES = {
    "as it opens": "",
    "waiting for the company": "state=company",
    "closed": "state=closed",
    "far back": "after={far}",
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
UNLUCKY = {
    "as it opens": "",
    "far back": "after={far}",
    "nobody's": "with=nobody",
    "nobody has seen it": "seen=no",
    "seen": "seen=yes",
    "mine": "with=me",
    "on time": "clock=on_time",
    "late": "clock=late",
    "overdue": "clock=overdue",
    "praise": "kind=praise",
    "a language": "language=cy",
    "a product": "product=1",
    "nobody's, unseen": "with=nobody&seen=no",
    "late, nobody's": "clock=late&with=nobody",
    "late, nobody's, unseen praise": "clock=late&with=nobody&seen=no&kind=praise",
    "mine, on time": "with=me&clock=on_time",
    "late, but seen (none)": "clock=late&seen=yes",
    "mine, but praise (none)": "with=me&kind=praise",
}


def main(words: list[str]) -> None:
    """Print both sizes beside each other."""
    beside("desk", words, [20, 20_000], _measured)


def _measured(folder: Path, size: int) -> Costs:
    lucky = _costs(folder / "lucky", _mixed, size, PAGES)
    unlucky = _costs(folder / "unlucky", _unlucky, size, UNLUCKY)
    return lucky | {f"unlucky: {name}": told for name, told in unlucky.items()}


def _costs(folder: Path, luck: "Luck", size: int, pages: dict[str, str]) -> Costs:
    folder.mkdir()
    settings = settings_of(folder)
    engine = open_engine(settings.database_url)
    migrations.upgrade(engine)
    app = create_app(settings)
    with Session(engine, expire_on_commit=False) as db:
        member = _fill(db, size, luck)
        cookie, far = cookie_of(app, db, member), _far(db)
    worker.drain(app)
    client = app.test_client(use_cookies=False)
    found = {
        name: cost(
            app.extensions["engine"],
            partial(_get, client, f"/en/desk?{asked.format(far=far)}", cookie),
        )
        for name, asked in pages.items()
    }
    for each in (engine, app.extensions["engine"]):
        each.dispose()
    return found


def _far(db: Session) -> str:
    """The place of the case that lies a page before the last."""
    closed = select(Mention).where(Mention.case_state == CaseState.CLOSED)
    oldest = closed.order_by(Mention.case_changed_at, Mention.story_id)
    before = db.scalars(oldest.limit(1).offset(20)).first()
    return words_of(place(Pile.CLOSED, before)) if before else ""


def _get(client: Client, path: str, cookie: str) -> None:
    answer = client.get(path, headers={"Cookie": cookie})
    assert answer.status_code == 200, (path, answer.status)


@dataclass(frozen=True)
class Life:
    """What makes one story differ from the next."""

    at: datetime
    kind: Kind
    language: str
    product: int
    state: CaseState
    days: int | None
    """To the first answer; None while it waits."""
    handled: bool


Luck = Callable[[Random, int, int], Life]


def _mixed(dice: Random, number: int, _size: int) -> Life:
    """Everything at random."""
    state = dice.choice(STATES)
    return Life(
        now() - timedelta(days=dice.randrange(2000)),
        dice.choice([Kind.COMPLAINT, Kind.MIXED, Kind.PRAISE]),
        "cy" if number % RARE == 1 else "en",
        dice.randrange(PRODUCTS),
        state,
        None if state == CaseState.AWAITING_COMPANY else dice.randrange(60),
        handled=number % RARE == 1,
    )


def _unlucky(dice: Random, number: int, size: int) -> Life:
    """Everything handled and answered in time, but for the oldest and closed."""
    last = number <= size // LAST
    age = dice.randrange(2000, 3000) if last else dice.randrange(100, 2000)
    return Life(
        now() - timedelta(days=age),
        Kind.PRAISE if last else Kind.COMPLAINT,
        "cy" if last else "en",
        0 if last else dice.randrange(1, PRODUCTS),
        CaseState.CLOSED if last else dice.choice(STATES),
        20 if last else 3,
        handled=not last,
    )


STATES = [CaseState.AWAITING_COMPANY, CaseState.AWAITING_AUTHOR, CaseState.CLOSED]


def _fill(db: Session, size: int, luck: Luck) -> Member:
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
    for first in range(1, size + 1, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, size + 1))
        lives = {number: luck(dice, number, size) for number in numbers}
        for table, rows in _rows(lives, author, role, sold).items():
            if rows:
                db.execute(insert(table), rows)
    desks.follow(db, company.id)
    outbox.rebuild(db)
    db.commit()
    return db.scalars(select(Member).where(Member.id == member.id)).one()


def _rows(
    lives: dict[int, Life], author: Member, role: Representative, sold: list[Product]
) -> dict[Any, list[dict[str, Any]]]:
    company = role.company_id
    return {
        Story: [_story(number, life, author.id) for number, life in lives.items()],
        Mention: [_mention(number, life, company) for number, life in lives.items()],
        mention_product: [
            {"mention_id": number, "product_id": sold[life.product].id}
            for number, life in lives.items()
        ],
        Handling: [
            {
                "story_id": number,
                "company_id": company,
                "assigned_id": role.id,
                "seen_at": now(),
            }
            for number, life in lives.items()
            if life.handled
        ],
    }


def _story(number: int, life: Life, author: int) -> dict[str, Any]:
    rare = life.language == "cy"
    text = "Aeth ymlaen am wythnosau." if rare else "It went on for weeks."
    return {
        "id": number,
        "title": f"Story {number}",
        "text": text,
        "html": f"<p>{text}</p>",
        "language": life.language,
        "kind": life.kind,
        "author_id": author,
        "private_reference": f"K-{number}",
        "published_at": life.at,
        "last_activity_at": life.at,
    }


def _mention(number: int, life: Life, company: int) -> dict[str, Any]:
    answered = None if life.days is None else life.at + timedelta(days=life.days)
    return {
        "id": number,
        "story_id": number,
        "company_id": company,
        "role": MentionRole.SUBJECT,
        "published_at": life.at,
        "told_at": life.at,
        "case_state": life.state,
        "case_changed_at": life.at,
        "answered_at": answered,
        "answer_days": life.days,
    }
