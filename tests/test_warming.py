"""What is made before the web processes are forked."""

from tests.lives import a_story
from web import warming


def made(app) -> set[str]:
    """The templates that were made so far, by name."""
    return {name for _, name in app.jinja_env.cache}


def test_the_pages_that_are_read_the_most_are_made_before_they_are_asked_for(
    db, ada, kettles, app
):
    a_story(db, ada, kettles)
    db.commit()

    warming.warm(app)

    assert made(app) >= {"stories/show.html", "search/show.html", "comments/new.html"}
    assert "index" not in app.extensions


def test_a_site_without_a_story_is_made_ready_as_well(app):
    warming.warm(app)

    assert "comments/new.html" in made(app)


def test_no_connection_is_left_open_for_several_processes(db, ada, kettles, app):
    a_story(db, ada, kettles)
    db.commit()

    warming.warm(app)

    assert app.extensions["engine"].pool.checkedin() == 0
