"""Updates that stand in imported texts, lifted."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.text import Lifted, lift_updates, unlabelled

PUBLISHED = date(2010, 1, 20)
IN_MARCH = date(2010, 3, 16)


@pytest.mark.parametrize(
    "head",
    [
        "UPDATE 16 March:",
        "Update, March 16th 2010:",
        "UPDATE (2010-03-16):",
        "UPDATE 2 (16 March)",
        "[UPDATE 16.3.2010]",
        "**UPDATE 3/16/2010:**",
        "## UPDATE 16 March\n",
        "AGGIORNAMENTO 16 marzo:",
        "AGGIORNAMENTO del 16/3:",
        "[POST AGGIORNATO il 16 marzo 2010]",
        "NACHTRAG vom 16. März:",
        "Aktualisierung 16.03.10 –",
        "MISE À JOUR du 16 mars :",
        "Mise à jour (16/03/2010) :",
        "ACTUALIZACIÓN 16 de marzo de 2010:",
        "Actualizado el 16/3/2010:",
    ],
)
def test_an_update_is_lifted_with_its_date(head: str) -> None:
    text = f"The story.\n\nIts end.\n\n---\n\n{head} They called.\n\nAt last."

    assert lift_updates(text, PUBLISHED) == (
        "The story.\n\nIts end.",
        [Lifted(IN_MARCH, "They called.\n\nAt last.")],
    )


@pytest.mark.parametrize("head", ["UPDATE:", "EDIT:", "UPDATE 3/4/2010:", "Nachtrag:"])
def test_no_date_is_invented(head: str) -> None:
    assert lift_updates(f"Story.\n\n{head} solved", PUBLISHED) == (
        "Story.",
        [Lifted(None, "solved")],
    )


def test_a_day_without_a_year_is_the_next_one() -> None:
    _, updates = lift_updates("Story.\n\nUPDATE 10 January: solved", PUBLISHED)

    assert updates[0].on == date(2011, 1, 10)


def test_an_update_before_the_text_has_one_paragraph() -> None:
    assert lift_updates("UPDATE: solved!\n\nThe story.\n\nMore.", PUBLISHED) == (
        "The story.\n\nMore.",
        [Lifted(None, "solved!")],
    )


def test_a_bare_label_goes_with_the_update_that_it_tells_of() -> None:
    text = "[POST AGGIORNATO]\n\nTesto.\n\nAGGIORNAMENTO 16 marzo: chiamato"

    assert lift_updates(text, PUBLISHED) == ("Testo.", [Lifted(IN_MARCH, "chiamato")])


def test_several_updates_keep_their_order() -> None:
    text = "Story.\n\nUPDATE 1 - 16 March: one\n\nUPDATE 2 - 17 March: two"

    assert [one.text for one in lift_updates(text, PUBLISHED)[1]] == ["one", "two"]


@pytest.mark.parametrize(
    "text",
    [
        "No update here.",
        "Update the firmware, they said.\n\nI did.",
        "Story.\n\nUpdate 2 weeks later they called",
        "Story.\n\nupdated: yes",
        "UPDATE 16 March: nothing else",
        "[POST AGGIORNATO]\n\nTesto.",
        "",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert lift_updates(text, PUBLISHED) == (text, [])


def test_a_title_loses_its_label() -> None:
    assert unlabelled("Il kit mai arrivato [POST AGGIORNATO]") == "Il kit mai arrivato"
    assert unlabelled("(UPDATED 3 May) A phone") == "A phone"
    assert unlabelled("[Updated]") == "[Updated]"
    assert unlabelled("My update") == "My update"


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["UPDATE", "16", "March", ":", "\n", " ", "[", "]", "z", "**"]),
        max_size=30,
    ).map("".join)
)
def test_no_letter_of_a_story_is_lost(text: str) -> None:
    body, updates = lift_updates(text, PUBLISHED)

    assert sum(part.count("z") for part in [body, *(u.text for u in updates)]) == (
        text.count("z")
    )
