"""Nothing naughty that is typed into the comment form breaks a page."""

import json
from collections.abc import Iterator
from pathlib import Path

import html5lib
from sqlalchemy import select

from stories.entries import MOST_REMARK
from stories.models import Comment
from stories.text import clean, private_data
from tests.lives import a_story

FILES = ("blns", "unicode", "markdown_injection", "markdown_it", "xss_bleach")
ALIVE = {"script", "style", "iframe", "object", "embed", "form", "img", "svg"}
HALF = MOST_REMARK // 2


def remarks(data: Path) -> Iterator[str]:
    """The naughty strings, as many at a time as a comment can hold."""
    held = "Naughty:"
    for name in FILES:
        with (data / "naughty" / f"{name}.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                each = json.loads(line)["text"][:HALF]
                if len(held) + len(each) > HALF:
                    yield held
                    held = "Naughty:"
                held += f"\n\n{each}"
    yield held


def prose(html: str) -> list:
    """The comments' own words in a page."""
    page = html5lib.parse(html, namespaceHTMLElements=False)
    comments = page.findall(".//ol[@class='comments']//article")
    return [part for each in comments for part in each.findall("div[@class='prose']")]


def test_naughty_comments_are_kept_as_they_were_meant_and_never_come_alive(
    browser_of, client, db, ada, bob, data
):
    story, browser = a_story(db, ada, None), browser_of(bob)
    typed = list(remarks(data))

    for words in typed:
        form = {"text": words}
        for place, each in enumerate(private_data(clean(words))):
            form |= {f"private-{place}-words": each, f"private-{place}-keep": "yes"}
        answer = browser.post(f"/en/stories/{story.id}/comment", data=form)
        assert answer.status_code == 303, words[:200]

    kept = [each.replace("\r\n", "\n") for each in db.scalars(select(Comment.text))]
    assert kept == [clean(words).strip() for words in typed]
    shown = prose(client.get(f"/en/stories/{story.id}-a-kettle-that-never-came").text)
    assert len(shown) == len(typed)
    for part in shown:
        for element in part.iter():
            assert element.tag not in ALIVE
            assert not any(name.startswith("on") for name in element.attrib)
            assert not element.get("href", "").lower().startswith("javascript")


def test_a_naughty_name_is_refused_or_shown_as_it_is(client, db, ada, data):
    story = a_story(db, ada, None)
    address = f"/en/stories/{story.id}/comment"

    for words in remarks(data):
        for name in words.split("\n\n")[1:20:4]:
            guest = {"name": name, "email": "gus@example.org", "text": "Hello"}
            answer = client.post(address, data=guest)
            assert answer.status_code in (303, 422)
