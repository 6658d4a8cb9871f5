"""The API does what its description says, whatever it is asked (schemathesis)."""

import re
from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as some
from schemathesis import Case, GenerationMode
from schemathesis.checks import (
    negative_data_rejection,
    positive_data_acceptance,
)
from schemathesis.schemas import APIOperation

from stories import languages, outbox
from stories.handling import tokens
from stories.handling.tokens import TokenEntry
from stories.languages import LONGEST, PATTERN
from stories.problems import Invalid
from tests.lives import a_whole_life
from tests.people import a_voice
from web import worker
from web.finding import index

ASKED = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)

MORE_THAN_IS_TOLD = [negative_data_rejection, positive_data_acceptance]
"""Words that no search knows, and values beyond the last, are passed over; an answer
has rules that no schema tells, such as that an offer says what is offered."""


@pytest.fixture
def known(app, db, ada, bob, kettles) -> Iterator[dict[str, int]]:
    """The numbers of a story and a company that are there, and found."""
    story = a_whole_life(db, ada, kettles)
    a_voice(db, bob, kettles)
    outbox.index(db, story.id)
    db.commit()
    worker.drain(app)
    yield {"/stories/{id}": story.id, "/companies/{id}": kettles.id}
    with app.app_context():
        index().close()


def operations(app) -> list[APIOperation]:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    return [result.ok() for result in schema.get_all_operations()]


def ask(operation: APIOperation, mode: GenerationMode, **fixed) -> None:
    """Ask it many things; each answer has a status and a shape that is described."""

    @ASKED
    @given(case=operation.as_strategy(generation_mode=mode, **fixed))
    def answers_as_described(case: Case) -> None:
        case.headers = {**case.headers, "Accept-Encoding": "identity"}
        case.call_and_validate(excluded_checks=MORE_THAN_IS_TOLD)

    answers_as_described()


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_every_answer_is_as_described(app, known, mode):
    every = operations(app)

    for operation in every:
        ask(operation, mode)
    assert len(every) == 7


def test_what_is_there_is_as_described(app, known):
    for operation in operations(app):
        if operation.path in known:
            there = {"id": known[operation.path]}
            ask(operation, GenerationMode.POSITIVE, path_parameters=there)


def test_what_a_token_opens_is_as_described(app, db, bob, kettles, known):
    both = TokenEntry(name="Helpdesk", scopes=["desk:read", "responses:write"])
    words = tokens.make(db, bob, kettles.id, both)[1]
    db.commit()
    there = {"id": known["/stories/{id}"]}
    bearer = {"Authorization": f"Bearer {words}"}

    for operation in operations(app):
        if operation.definition.raw.get("security"):
            paths = there if "{id}" in operation.path else {}
            bearer = {"Authorization": f"Bearer {words}"}
            ask(
                operation,
                GenerationMode.POSITIVE,
                path_parameters=paths,
                headers=bearer,
            )


@given(some.from_regex(PATTERN, fullmatch=True) | some.text(max_size=12))
@example("zh_hans-cn")
@example("en-")
@example("x")
@example("ſl")
def test_a_language_is_understood_if_it_is_of_the_described_shape(text):
    described = re.search(PATTERN, text.strip()) and len(text.strip()) <= LONGEST

    assert understood(text) == bool(described)


def understood(text: str) -> bool:
    try:
        languages.tag(text)
    except Invalid:
        return False
    return True
