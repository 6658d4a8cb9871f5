"""The pages that show every part of the look."""

import re
from pathlib import Path

import pytest
from jinja2.runtime import Macro

PAGES = (
    "patterns",
    "patterns/story",
    "patterns/forms",
    "patterns/readers",
    "patterns/figures?language=it",
)
DEFINED = re.compile(r"\{%-? macro ([a-z]\w*)\(")
UNSEEN = frozenset(("feeds", "meta", "microformats"))
"""Files whose macros are for programs: there is nothing to look at."""
MACROS = Path("site/web/templates/macros")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "it"])
def test_each_can_be_looked_at(client, language, page):
    assert client.get(f"/{language}/{page}").status_code == 200


def test_every_macro_that_pages_share_is_shown_on_one(
    client, browser_of, ada, monkeypatch
):
    browser, shown, plain = browser_of(ada), set(), Macro._invoke

    def invoke(macro, *given):
        shown.add((Path(macro._func.__code__.co_filename).stem, macro.name))
        return plain(macro, *given)

    monkeypatch.setattr(Macro, "_invoke", invoke)
    with browser.session_transaction() as session:
        session["_flashes"] = [("success", "Your settings are kept.")]
    for page in PAGES:
        for reader in (client, browser):
            reader.get(f"/en/{page}")

    assert {
        (file.stem, name)
        for file in MACROS.glob("*.html")
        if file.stem not in UNSEEN
        for name in DEFINED.findall(file.read_text())
    } <= shown


def test_they_can_be_seen_from_right_to_left(client):
    for page in PAGES:
        turned = page + ("&" if "?" in page else "?") + "dir=rtl"
        assert 'dir="rtl"' in client.get(f"/en/{turned}").text
