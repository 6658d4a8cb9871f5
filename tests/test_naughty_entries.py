"""Nothing naughty that is entered breaks a story, and nothing of it is lost."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import html5lib
from pydantic import ValidationError

from stories import publishing, wording
from stories.entries import MOST_LINE
from tests.people import an_entry

FILES = ("blns", "unicode", "markdown_injection", "markdown_it", "xss_bleach")
BATCH = 30
ALIVE = {"script", "style", "iframe", "object", "embed", "form", "img", "svg"}


def naughty(data: Path) -> Iterator[str]:
    for name in FILES:
        with (data / "naughty" / f"{name}.jsonl").open(encoding="utf-8") as lines:
            yield from (json.loads(line)["text"] for line in lines)


def batches(strings: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(strings, BATCH)):
        yield batch


def a_naughty_entry(strings: list[str], **more):
    lines = [each for each in strings if len(each) <= MOST_LINE // 2]
    return an_entry(
        title="Naughty: " + lines[0],
        text="\n\n".join(["Naughty:", *strings]),
        language=None,
        mentions=[{"company": f"x{each}", "products": [f"y{each}"]} for each in lines],
        points_good=lines,
        disputes=lines,
        contacts=[{"channel": "phone", "result": each} for each in strings],
        quotations=[{"who": f"who {each}", "text": f"z{each}"} for each in lines],
        remedy_sought=strings[0],
        private_reference=lines[-1],
        **more,
    )


def test_naughty_strings_are_published_and_recalled_as_they_were_meant(db, ada, data):
    for strings in batches(naughty(data)):
        entry = a_naughty_entry(strings)
        public = [{"words": each, "keep": True} for each in wording.private_in(entry)]
        entry = a_naughty_entry(strings, private=public)

        story = publishing.publish(db, ada, entry)

        recalled = publishing.entry_of(db, story)
        for name in ("title", "text", "points_good", "disputes", "contacts"):
            assert getattr(recalled, name) == getattr(entry, name)
        assert [each.text for each in recalled.quotations] == [
            each.text for each in entry.quotations
        ]
    db.rollback()


def test_no_naughty_text_comes_alive(db, ada, data):
    for strings in batches(naughty(data)):
        story = publishing.publish(db, ada, a_naughty_entry(strings))

        tree = html5lib.parseFragment(story.html, namespaceHTMLElements=False)
        assert not {element.tag for element in tree.iter()} & ALIVE
    db.rollback()


def test_a_naughty_address_is_refused_or_kept_whole(data):
    for string in naughty(data):
        for address in (string, f"https://{string}"):
            try:
                entry = an_entry(source_address=address)
            except ValidationError:
                continue
            kept = entry.source_address
            assert kept is None or kept.lower().startswith(("http://", "https://"))
