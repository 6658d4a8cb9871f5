"""The search index that this application uses."""

from threading import Lock
from typing import cast

from flask import current_app

from stories.search import Index, open_index
from stories.settings import Settings

FOLDER = "index"
_opening = Lock()


def index() -> Index:
    """The index; opened when first asked for, thus never before a process forks."""
    held = current_app.extensions
    with _opening:
        if "index" not in held:
            settings: Settings = current_app.config["SETTINGS"]
            held["index"] = open_index(settings.search_url, settings.data / FOLDER)
    return cast("Index", held["index"])
