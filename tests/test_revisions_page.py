"""Earlier wordings, public."""

from stories import history
from stories.models import Response
from stories.models.codes import Target
from tests.lives import a_story, a_whole_life
from tests.reading_eyes import missing_from, words_of


def reworded(db, story, words):
    history.keep_revision(db, Target.STORY, story)
    db.flush()
    story.text = words
    story.revision = history.keep_revision(
        db, Target.STORY, story, "I was wrong"
    ).number
    db.commit()


def test_a_changed_wording_stands_beside_the_one_before(client, db, ada, kettles):
    story = a_story(db, ada, kettles, text="It took two weeks.")
    reworded(db, story, "It took three weeks.")

    page = client.get(f"/en/stories/{story.id}/revisions")

    assert not missing_from(page, "Earlier wordings", "I was wrong")
    assert "It took <del>two</del><ins>three</ins> weeks." in page.text
    assert '<meta name="robots" content="noindex">' in page.text


def test_a_story_leads_to_its_earlier_wordings(client, db, ada, kettles):
    story = a_story(db, ada, kettles, title="Kettle")
    reworded(db, story, "It took three weeks.")

    page = client.get(f"/en/stories/{story.id}-kettle")

    assert f'href="/en/stories/{story.id}/revisions"' in page.text


def test_wordings_of_a_hidden_answer_are_hidden_too(client, db, ada, kettles):
    story = a_whole_life(db, ada, kettles)
    answer = db.query(Response).one()
    for words in ("A rude answer", "A polite answer"):
        answer.text = words
        history.keep_revision(db, Target.RESPONSE, answer)
        db.flush()
    answer.visibility = "hidden"
    db.commit()

    page = client.get(f"/en/stories/{story.id}/revisions")

    assert "answer" not in words_of(page)


def test_nobody_reads_wordings_of_a_hidden_story(client, db, ada):
    story = a_story(db, ada, None, visibility="hidden")

    assert client.get(f"/en/stories/{story.id}/revisions").status_code == 404


def test_a_revision_of_another_story_is_not_there(client, db, ada, kettles):
    story = a_story(db, ada, kettles)
    other = a_story(db, ada, kettles)
    reworded(db, other, "It took three weeks.")

    address = f"/en/stories/{story.id}/revisions/{other.revision}"

    assert client.get(address).status_code == 404
