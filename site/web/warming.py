"""Some pages asked for before the web processes are forked: whatever these load and
make (templates, statements, words of a language) all of them then share.

Nothing is searched for: each process opens the index for itself.
"""

from collections.abc import Iterator

from flask import Flask

from stories import figures
from stories.reading import listing
from stories.search import open_index
from stories.settings import Settings
from stories.wording import worded
from web.addresses import company_url, home_url, page_url
from web.db import db, engine
from web.finding import FOLDER

TEMPLATES = ("search/show.html", "comments/new.html")
"""Of pages that are often asked for and are not asked for here."""
REMARK = "What people remark is looked at for its language."


def warm(app: Flask) -> None:
    """Answer a page of each kind that is read the most; leave no connection open."""
    with app.app_context():
        addresses = list(_addresses())
    for name in TEMPLATES:
        app.jinja_env.get_template(name)
    settings: Settings = app.config["SETTINGS"]
    open_index(settings.search_url, settings.data / FOLDER)  # brings its engine along
    worded(REMARK)
    reader = app.test_client()
    for address in addresses:
        reader.get(address, base_url=app.config["ADDRESS"], follow_redirects=True)
    with app.app_context():
        engine().dispose()


def _addresses() -> Iterator[str]:
    yield home_url()
    for number in db.scalars(listing.newest().limit(1)):
        yield page_url("stories", number)
    company = figures.most_decided(db)
    if company is not None:
        yield company_url(company)
