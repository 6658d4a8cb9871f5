"""Nothing that anybody types comes alive on a page: with the policy switched off the
cleaner alone has to hold, with it on nothing even tries. Nothing breaks a page."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pydantic import ValidationError

from stories import (
    companies,
    discussing,
    importing,
    publishing,
    responding,
    updating,
)
from stories.discussing import CommentEntry, GuestEntry
from stories.entries.story import MentionEntry, StoryEntry, UpdateEntry
from stories.importing import BadRow, Names, StoryRow
from stories.models import Story
from stories.responding import RejoinderEntry, ResponseEntry
from tests.people import a_voice, an_entry

ROWS = 50
SHORT = 140
PAGES = 30_000

ALARM = """
window.alive = [];
for (const name of ["alert", "prompt", "confirm", "print", "eval"])
  window[name] = (...words) => { window.alive.push(name + ": " + words); };
document.addEventListener("securitypolicyviolation", (event) =>
  window.alive.push("policy: " + event.blockedURI + " " + event.sample));
"""
SUSPECT = """() => [...window.alive,
  ...[...document.querySelectorAll("main *")].filter((each) =>
    /^(SCRIPT|STYLE|IFRAME|OBJECT|EMBED|BASE|META|LINK|MATH)$/i.test(each.tagName)
    || [...each.attributes].some(({ name, value }) => /^on/i.test(name)
      || (/^(href|src|action|formaction)$/i.test(name)
        && /^\\s*(javascript|data|vbscript):/i.test(value)))
  ).map((each) => each.outerHTML.slice(0, 200))]"""


def payloads(data: Path) -> Iterator[str]:
    """Every hostile string of every list."""
    yield from (data / "naughty/xss.txt").read_text(encoding="utf-8").splitlines()
    for name in ("blns", "markdown_injection", "xss_bleach", "xss_brs_kb", "unicode"):
        with (data / "naughty" / f"{name}.jsonl").open(encoding="utf-8") as lines:
            yield from (json.loads(line)["text"] for line in lines)


def usable(strings: Iterator[str]) -> list[str]:
    """Those that an entry takes as a line; the rest is refused at its field."""
    kept = []
    for each in strings:
        try:
            an_entry(points_good=[f"p{each}"[: SHORT * 2]])
        except ValidationError:
            continue
        kept.append(each)
    return kept


def without_brackets(hostile: str) -> str:
    """In letters, what stands in double brackets is left out."""
    return hostile.replace("[[", "[").replace("]]", "]")


class Dealer:
    """Deals hostile strings to every field until there are none left."""

    def __init__(self, strings: list[str]) -> None:
        self._strings = iter(strings)
        self._spare = strings[0]

    def lines(self, most: int = ROWS) -> list[str]:
        """So many strings, each once, cut to what a line takes."""
        dealt = islice(self._strings, most)
        return list(dict.fromkeys(each[:SHORT] for each in dealt if each.strip()))

    def one(self) -> str:
        return next(iter(self.lines(1)), self._spare[:SHORT])

    def entry(self) -> StoryEntry:
        """A story with hostile words in every free field that it has."""
        people = self.lines(15)
        mentions = [
            {"company": f"{index} {each}", "reason": each, "products": [each]}
            for index, each in enumerate(people, 1)
        ]
        mentions.append({"company": "Acme", "role": "subject"})
        return StoryEntry.model_validate(
            {
                "title": "T " + self.one(),
                "text": "\n\n".join(self.lines(200)),
                "kind": "mixed",
                "disclosure": self.one(),
                "mentions": mentions,
                "points_good": self.lines(),
                "points_bad": self.lines(),
                "disputes": self.lines(),
                "contacts": [
                    {"channel": "phone", "result": each, "role_spoken_to": each}
                    for each in self.lines()
                ],
                "promises": [{"what": each, "note": each} for each in self.lines()],
                "amounts": [{"role": "in_kind", "what": each} for each in self.lines()],
                "offers": [{"what": each, "why": each} for each in self.lines()],
                "letters": [
                    {"sender": each, "text": without_brackets(each)}
                    for each in self.lines()
                ],
                "quotations": [{"who": each, "text": each} for each in self.lines()],
                "remedy_sought": self.one(),
                "series": {
                    "title": self.one(),
                    "elsewhere_note": self.one(),
                    "part": 2,
                },
                "evaluation": {"remedy_received": self.one()},
            }
        )


@pytest.fixture
def hostile(db, ada, bob, kettles, data) -> list[Story]:
    """Stories, updates, answers and comments that hold every hostile string."""
    acme = companies.add(db, "Acme")
    db.commit()
    a_voice(db, bob, acme)
    strings = usable(payloads(data))
    dealer, stories = Dealer(strings), []
    for _ in range(-(-len(strings) // 700)):
        story = publishing.publish(db, ada, dealer.entry())
        updating.add_update(db, ada, story, UpdateEntry(text=dealer.one() + " u"))
        answer = responding.respond(
            db,
            bob,
            story,
            acme.id,
            ResponseEntry(kind="explain", text=dealer.one() + " r"),
        )
        responding.rejoin(db, ada, answer, RejoinderEntry(text=dealer.one() + " j"))
        discussing.comment(
            db, bob, story, CommentEntry(text=dealer.one() + " c", relation="employee")
        )
        guest = GuestEntry(name=("g " + dealer.one())[:60])
        words = CommentEntry(text=dealer.one() + " g")
        remark = discussing.comment_as_guest(db, guest, "c1", story, words)
        discussing.confirm(db, "c1", remark)
        db.commit()
        stories.append(story)
    ada.display_name = strings[3][:60]
    ada.about = strings[5]
    db.commit()
    return stories


@pytest.mark.parametrize("policy", ["off", "on"])
def test_nothing_hostile_comes_alive_in_a_browser(site, context_of, hostile, policy):
    site.catch_up()
    context = context_of(None, bypass_csp=policy == "off")
    context.add_init_script(ALARM)
    page = context.new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda each: (dialogs.append(each.message), each.dismiss()))

    alive = {}
    company = max(story.id for story in hostile)
    addresses = [f"/en/stories/{story.id}" for story in hostile]
    addresses += ["/en/", "/en/members/ada", "/en/companies/1", "/en/search?q=alert"]
    addresses += [f"/en/companies/{n}" for n in range(2, 2 + company)]
    for address in addresses:
        answer = page.goto(address, timeout=PAGES)
        assert answer.status < 500, address
        if found := page.evaluate(SUSPECT):
            alive[address] = found[:3]

    assert alive == {}
    assert dialogs == []


def test_the_search_box_takes_everything(client: FlaskClient, data):
    strings = list(payloads(data))[::25]

    for each in strings:
        answer = client.get("/en/search", query_string={"q": each})
        assert answer.status_code in (200, 422), each


def test_the_api_takes_everything(client: FlaskClient, data):
    for each in list(payloads(data))[::50]:
        for name in ("q", "company", "kind", "year", "page", "language"):
            answer = client.get("/api/v1/search", query_string={name: each})
            assert answer.status_code in (200, 422), (name, each)


def test_the_importer_takes_everything_or_says_why(db, data):
    rows = [
        StoryRow.model_validate(
            {"source": "naughty", "source_id": str(n), "body": each, "company": "Acme"}
        )
        for n, each in enumerate(usable(payloads(data))[::10])
    ]
    fresh = importing.unknown(db, rows)

    importing.import_stories(db, Names(), [importing.ready(row) for row in fresh])

    assert len(fresh) == len(rows)
    bad = [importing.read_rows([each], StoryRow) for each in ("\x00", "[]", "{}")]
    assert all(isinstance(row, BadRow) for (row,) in bad)
    assert MentionEntry(company="Acme").company == "Acme"
