"""What a member has translated stands on their page."""

from stories import translating, updating, withdrawing
from stories.entries.story import UpdateEntry
from stories.translating import judging
from tests.tongues import translated

TITLE = "Il bollitore mai arrivato"


def page(client):
    answer = client.get("/en/members/cy")
    assert answer.status_code == 200
    return answer.text


def test_a_members_page_lists_what_they_translated(client, story, italian):
    text = page(client)

    assert f'/in/it" lang="it" dir="ltr">{TITLE}</a>' in text
    assert "into Italian" in text


def test_a_page_that_was_there_before_has_it(client, db, cy, story):
    before = page(client)
    translated(db, cy, story)

    assert TITLE not in before
    assert TITLE in page(client)


def test_an_update_stands_there_by_the_name_of_its_story(client, db, ada, cy, story):
    update = updating.add_update(db, ada, story, UpdateEntry(text="It came."))
    db.commit()
    translated(db, cy, update, text="È arrivato.")

    assert f"/in/it#update-{update.id}" in page(client)


def test_what_is_not_shown_stands_there_no_longer(client, db, ada, cy, story, italian):
    shown = page(client)
    judging.set_aside(db, ada, italian)
    db.commit()

    assert TITLE in shown
    assert TITLE not in page(client)


def test_what_was_taken_back_is_gone(client, db, cy, italian):
    shown = page(client)
    translating.withdraw(db, cy, italian)
    db.commit()

    assert TITLE in shown
    assert TITLE not in page(client)


def test_a_story_that_is_withdrawn_stands_there_no_longer(
    client, db, ada, story, italian
):
    shown = page(client)
    withdrawing.withdraw(db, ada, story)
    db.commit()

    assert TITLE in shown
    assert TITLE not in page(client)
