"""A company's pages with a hundred stories and with a hundred thousand: statements and
CPU time of pages made anew, of a deed, and of a count from scratch.

A hundred stories do not have every outcome, month and number of days; five thousand do,
so that their pages print as much as those of a hundred thousand.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from stories import companies, history, updating
from stories.database import open_engine
from stories.entries.story import OutcomeEntry
from stories.models import Member, Mention, Product, Story, StoryIssue, now
from stories.models.codes import IssueType, Outcome
from stories.models.stories import mention_product
from tests.benchmarks.sizes import ROUNDS, Costs, beside, cost, settings_of
from web import migrations
from web.app import create_app

PRODUCTS = 4
AT_ONCE = 2_000
YEARS = 15


def main(words: list[str]) -> None:
    """Print all sizes beside each other."""
    beside("figures", words, [100, 5_000, 100_000], _measured)


def _measured(folder: Path, size: int) -> Costs:
    settings = settings_of(folder)
    engine = open_engine(settings.database_url)
    migrations.upgrade(engine)
    with Session(engine) as db:
        _fill(db, size)
        begun = time.process_time()
        history.recount(db, 1)
        db.commit()
        scratch = time.process_time() - begun
    app = create_app(settings)
    client = app.test_client()
    pages = {
        "company": "/en/companies/1-acme",
        "company, second page": f"/en/companies/1-acme?older={size // 2}",
        "what repeats": "/en/companies/1/repeats",
        "company in the API": "/api/v1/companies/1",
        "product": "/en/products/1-product-0",
        "compare": "/en/compare?company=1",
        "how figures are made": "/en/figures",
    }
    found = {
        name: cost(app.extensions["engine"], lambda at=path: _get(client, at))
        for name, path in pages.items()
    }
    found["an outcome is set"] = cost(engine, _deed(engine))
    found["count from scratch"] = f"{scratch:.1f} s"
    engine.dispose()
    app.extensions["engine"].dispose()
    return found


def _get(client: Any, path: str) -> None:
    """With a cookie nothing is answered from what is kept; a new query every time."""
    sign = "&" if "?" in path else "?"
    answer = client.get(f"{path}{sign}t={time.perf_counter_ns()}")
    assert answer.status_code == 200, (path, answer.status)


def _deed(engine: Engine) -> Callable[[], None]:
    outcomes = [Outcome.RESOLVED, Outcome.NOT_RESOLVED] * ROUNDS

    def set_outcome() -> None:
        with Session(engine) as db:
            story, author = db.get_one(Story, 1), db.get_one(Member, 1)
            entry = OutcomeEntry(outcome=outcomes.pop())
            updating.set_outcome(db, author, story, entry)
            db.commit()

    return set_outcome


def _fill(db: Session, size: int) -> None:
    """One company with all the stories, told, answered and decided at random."""
    db.add(Member(handle="ada", handle_folded="ada", display_name="Ada"))
    company = companies.add(db, "Acme")
    bought = [
        companies.product_named(db, company, f"Product {n}") for n in range(PRODUCTS)
    ]
    db.flush()
    dice = Random(size)
    numbers = iter(range(1, size + 1))
    while batch := [number for number, _ in zip(numbers, range(AT_ONCE), strict=False)]:
        for table, rows in _rows(dice, batch, bought).items():
            db.execute(insert(table), rows)
    db.commit()


def _rows(
    dice: Random, numbers: list[int], bought: list[Product]
) -> dict[Any, list[dict[str, Any]]]:
    rows: dict[Any, list[dict[str, Any]]] = {
        Story: [],
        Mention: [],
        StoryIssue: [],
        mention_product: [],
    }
    for number in numbers:
        at = now() - timedelta(days=dice.randrange(365 * YEARS))
        days = dice.randrange(120)
        outcome = dice.choice(list(Outcome))
        rows[Story].append(_story(dice, number, at, outcome))
        rows[Mention].append(_mention(dice, number, at, days))
        rows[StoryIssue].append(
            {"story_id": number, "issue": dice.choice(list(IssueType))}
        )
        rows[mention_product].append(_bought(number, dice.choice(bought), at))
    return rows


def _story(dice: Random, number: int, at: Any, outcome: Outcome) -> dict[str, Any]:
    return {
        "id": number,
        "title": f"Story {number}",
        "text": "It went on for weeks.",
        "html": "<p>It went on for weeks.</p>",
        "language": "en",
        "author_id": 1,
        "kind": dice.choice(("complaint", "complaint", "praise", "mixed")),
        "outcome": outcome,
        "outcome_at": at + timedelta(days=20),
        "grade": dice.randrange(11),
        "would_buy_again": dice.choice(("yes", "no", "never")),
        "effort_minutes": dice.randrange(1, 600),
        "published_at": at,
        "last_activity_at": at,
    }


def _mention(dice: Random, number: int, at: Any, days: int) -> dict[str, Any]:
    answered = dice.random() < 0.7
    return {
        "id": number,
        "story_id": number,
        "company_id": 1,
        "role": "subject",
        "published_at": at,
        "told_at": at,
        "answered_at": at + timedelta(days=days) if answered else None,
        "answer_days": days if answered else None,
        "case_state": "awaiting_author" if answered else "awaiting_company",
        "case_changed_at": at + timedelta(days=days),
    }


def _bought(number: int, product: Product, at: Any) -> dict[str, Any]:
    return {
        "mention_id": number,
        "product_id": product.id,
        "story_id": number,
        "published_at": at,
    }
