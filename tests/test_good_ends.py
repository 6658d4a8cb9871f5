"""Two scenarios in which the company reacts, played to a good end by its side: a call,
an offer that is refused, a second one that is accepted and comes, and what the author
says then. Figures and clock follow."""

import re

import pytest
from playwright.sync_api import Page, expect

from stories import companies
from stories.entries.story import StoryEntry
from stories.models import Company, Member
from tests import scenarios
from tests.browsing import Site, enter
from tests.people import a_voice


@pytest.fixture
def sony(db, bob) -> Company:
    """The company of both scenarios, with somebody who speaks for it."""
    company = companies.add(db, "Sony", domain="sony.example")
    db.commit()
    a_voice(db, bob, company)
    return company


class Life:
    """A story with its author and the company's voice, each in a browser of theirs."""

    def __init__(self, author: Page, voice: Page, language: str) -> None:
        self.author, self.voice, self.language = author, voice, language
        self.address = ""

    @property
    def number(self) -> str:
        found = re.search(r"/stories/(\d+)", self.address)
        assert found
        return found[1]

    def publish(self, entry: StoryEntry) -> None:
        self.author.goto(f"/{self.language}/write")
        enter(self.author, entry)
        self.author.locator('button[name="do"][value="publish"]').click()
        self.author.wait_for_url(re.compile(rf"/{self.language}/stories/\d+"))
        self.address = self.author.url

    def answer(self, kind: str, text: str, **offer: str) -> None:
        """The company answers, perhaps with an offer."""
        page = self.voice
        page.goto(f"/en/stories/{self.number}/respond")
        page.locator(f'[name="kind"][value="{kind}"]').check()
        page.locator('[name="text"]').fill(text)
        if offer:
            page.locator("details.adder summary", has_text="an offer").click()
        for name, value in offer.items():
            page.locator(f'[name="offer-{name}"]').fill(value)
        page.get_by_role("button", name="Publish answer").click()
        page.wait_for_url(re.compile("#response-"))

    def decide(self, which: int, state: str, why: str = "") -> None:
        """The author takes an offer or leaves it."""
        page = self.author
        page.goto(f"/{self.language}/stories/{self.number}/offers/{which}")
        page.locator('[name="why"]').fill(why)
        press = page.locator(f'button[name="state"][value="{state}"]')
        press.click()
        expect(press).to_have_count(0)

    def receive(self, which: int) -> None:
        """What was accepted has come; the outcome is asked for next."""
        page = self.author
        page.goto(f"/{self.language}/stories/{self.number}/offers/{which}")
        page.locator('button[name="receipt"][value="received"]').click()
        page.wait_for_url(re.compile("/outcome$"))

    def conclude(self, outcome: str, grade: str, again: str, text: str) -> str:
        """How it ended, as the author says; gives what was asked for as received."""
        page = self.author
        came = page.locator('[name="evaluation-remedy_received"]').input_value()
        page.locator(f'[name="outcome"][value="{outcome}"]').check()
        page.locator('[name="evaluation-grade"]').fill(grade)
        page.locator('[name="evaluation-would_buy_again"]').select_option(again)
        page.locator('[name="text"]').fill(text)
        page.locator('main form button[type="submit"], main form .button.main').click()
        page.wait_for_url(re.compile(rf"/stories/{self.number}-"))
        return came


@pytest.fixture
def life(page_of, ada, bob):
    def begin(language: str) -> Life:
        return Life(page_of(ada), page_of(bob), language)

    return begin


def words(page: Page, address: str) -> str:
    page.goto(address)
    page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = 1)")
    return " ".join(page.locator("main").inner_text().split())


def in_order(text: str, *parts: str) -> bool:
    """Whether the text has all these parts, one after the other."""
    reached = 0
    for part in parts:
        reached = text.find(part, reached) + 1
        if not reached:
            return False
    return True


def test_melted_boombox(site: Site, life, page, db, sony, ada: Member):
    played = life("en")
    played.publish(scenarios.melted_boombox())

    played.answer("acknowledge", "May we call you today? We read every word of it.")
    played.answer(
        "offer",
        "We can do a little better than on the phone.",
        what="The same boom box at a discount",
        value="80",
        list_value="220",
        currency="USD",
    )
    played.decide(2, "refused", "I do not want to pay for yours to fail again.")
    played.answer(
        "offer",
        "You are right, and we are sorry. Please take a new one, and tell us.",
        what="A new boom box, and a word of regret",
        value="220",
        currency="USD",
    )
    played.decide(3, "accepted")
    played.receive(3)
    came = played.conclude("resolved", "7", "unsure", "It stands in the shade now.")

    assert came == "A new boom box, and a word of regret"
    story = words(page, played.address)
    assert in_order(
        story,
        "Says that it is looking into it",
        "The same boom box at a discount",
        "US$80.00 instead of US$220.00 · Refused",
        "The author’s reason: I do not want to pay for yours to fail again.",
        "A new boom box, and a word of regret",
        "$220.00 · Accepted · Received",
        "The author accepts the offer",
        "The author has received what was offered",
        "It stands in the shade now.",
    )
    assert "Answered on the same day" in story
    assert "What the author got A new boom box, and a word of regret" in story

    site.catch_up()
    company = words(page, f"/en/companies/{sony.id}")
    assert "Answered 1 of 1" in company
    assert "Resolved 1 of 1" in company
    assert "2 offers were made here: 1 accepted, 1 received." in company
    desk = words(played.voice, "/en/desk")
    assert "Closed" in desk


def test_kit_mai_arrivato(site: Site, life, page, db, sony, ada: Member):
    played = life("it")
    played.publish(scenarios.kit_mai_arrivato())

    played.answer(
        "acknowledge",
        "Abbiamo letto la sua storia e oggi la chiamiamo, se lei lo desidera.",
    )
    played.answer(
        "offer",
        "Le restituiamo le spese di spedizione che ha pagato per il kit.",
        what="Le spese di spedizione",
        value="10",
        list_value="25",
        currency="EUR",
    )
    played.decide(1, "refused", "Ne ho pagati 25, e il kit non è arrivato.")
    played.answer(
        "offer",
        "Il kit parte oggi stesso, e le rendiamo tutto quello che ha pagato.",
        what="Il kit e 25 euro",
        value="25",
        currency="EUR",
    )
    played.decide(2, "accepted", "Grazie.")
    played.receive(2)
    came = played.conclude("resolved", "6", "yes", "Il kit è arrivato: applausi.")

    assert came == "Il kit e 25 euro"
    story = words(page, f"/en/stories/{played.number}")
    assert in_order(
        story,
        "€10.00 instead of €25.00 · Refused",
        "€25.00 · Accepted · Received",
        "The author has received what was offered",
        "Il kit è arrivato: applausi.",
    )
    assert "Answered on the same day" in story

    told = page.request.get(f"/api/v1/stories/{played.number}").json()
    assert told["outcome"] == "resolved"
    assert [each["state"] for each in told["offers"]] == ["refused", "accepted"]
    assert told["offers"][1]["receipt"] == "received"
    (case,) = [each for each in told["mentions"] if each["role"] == "subject"]
    assert case["case_state"] == "closed"
    figures = page.request.get(f"/api/v1/companies/{sony.id}").json()["figures"]
    assert figures["offers"] == {"refused": 1, "received": 1}
    assert (figures["answered"]["part"], figures["resolved"]["part"]) == (1, 1)
