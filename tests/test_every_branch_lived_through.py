"""Two companies, three representatives and five authors live through every branch of
speaking and answering, each in a browser, in one long life of the site."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from stories import offering
from stories.models import Company, Errand, Offer, now
from tests import playing
from tests.browsing import Site
from tests.outside import Names, Pages
from tests.people import a_company, a_member, an_entry
from tests.playing import shown

AUTHORS = ("ada", "ben", "cleo", "dan", "eve")
SPEAKERS = ("bob", "kim", "tess")
REFUSED = "Failed to load resource"
"""What a browser says of a page that tells why something was refused."""
FILE = "/.well-known/earshot-verification"


@dataclass
class World:
    """Everybody with a browser of theirs, two companies, and the servers outside."""

    db: Session
    site: Site
    names: Names
    pages: Pages
    kettles: Company
    teapots: Company
    browsers: dict[str, Page]

    def __getitem__(self, who: str) -> Page:
        return self.browsers[who]

    def seen(self, address: str, *parts: str) -> None:
        """Any reader sees this."""
        self["reader"].goto(address)
        shown(self["reader"], *parts)

    def soon(self, name: str) -> None:
        """A letter that is to come in some days comes now."""
        self.db.rollback()
        asked = Errand.details["name"].as_string() == name
        for each in self.db.scalars(select(Errand).where(asked)):
            each.due_at = now()
        self.db.commit()


@pytest.fixture
def settings(settings, names, pages):
    return replace(settings, resolver=names.address, fetch_inside=pages.address)


@pytest.fixture
def world(db, site, names, pages, kettles, page_of: Callable[..., Page]) -> World:
    teapots = a_company(db, "Teapots", domain="teapots.example")
    people = {who: a_member(db, who) for who in (*AUTHORS, *SPEAKERS, "olive")}
    people["mo"] = a_member(db, "mo", staff=True)
    browsers = {who: page_of(member) for who, member in people.items()}
    browsers["reader"] = page_of()
    return World(db, site, names, pages, kettles, teapots, browsers)


def test_two_companies_three_representatives_and_five_authors(world):
    bob_proves_it_by_an_address(world)
    kim_proves_it_by_an_entry_in_the_domain(world)
    tess_proves_it_by_a_file_on_the_website(world)
    a_team_is_asked_changed_and_made_smaller(world)
    ada_takes_the_second_offer_and_has_the_last_word(world)
    ben_is_contradicted_three_times(world)
    cleo_lets_an_offer_lapse_and_answers_by_a_link(world)
    dan_meant_the_other_company(world)
    eve_is_pressed_and_reported(world)
    readers_see_all_of_it_in_figures(world)
    complaints = [each for page in world.browsers.values() for each in page.complaints]
    assert not [each for each in complaints if REFUSED not in each]


# Who speaks --------------------------------------------------------------------------


def bob_proves_it_by_an_address(world: World) -> None:
    bob, kettles = world["bob"], world.kettles.id
    for email, why in (
        ("bob@gmail.com", "Anybody can have an address at gmail.com."),
        ("bob@kett1es.example", "looks like kettles.example"),
    ):
        playing.ask_to_speak(bob, kettles, "Bob", "email", email)
        shown(bob, why)
    playing.ask_to_speak(bob, kettles, "Bob", "email", "bob@kettles.example")
    letter = playing.letter_to(world.site, "bob@kettles.example", "")
    bob.goto(playing.link_in(letter, "/claims/prove/"))
    bob.get_by_role("button", name="Yes, that is me").click()
    shown(bob, "the address is confirmed")

    playing.grant(world["mo"], "Bob")

    world.seen(
        f"/en/companies/{kettles}",
        "Bob",
        "Verified by an e-mail address of the company",
    )


def kim_proves_it_by_an_entry_in_the_domain(world: World) -> None:
    kim, kettles = world["kim"], world.kettles.id
    playing.ask_to_speak(kim, kettles, "Kim", "dns")
    place, words = playing.what_to_put(kim)
    playing.let_look(world.site, kim, kettles)
    shown(kim, "It is not there yet.")

    world.names.say(place, "TXT", [words])
    playing.let_look(world.site, kim, kettles)
    shown(kim, "Now staff of this site decide")
    playing.grant(world["mo"], "Kim")

    world.seen(f"/en/companies/{kettles}", "by an entry in the company’s domain")


def tess_proves_it_by_a_file_on_the_website(world: World) -> None:
    tess, teapots = world["tess"], world.teapots.id
    world.names.say("teapots.example", "A", ["127.0.0.1"])
    playing.ask_to_speak(tess, teapots, "Tess", "file")
    place, words = playing.what_to_put(tess)
    assert place == f"https://teapots.example{FILE}"

    world.pages.say(FILE, words)
    playing.let_look(world.site, tess, teapots)
    shown(tess, "Now staff of this site decide")
    playing.grant(world["mo"], "Tess")

    world.seen(f"/en/companies/{teapots}", "by a file on the company’s website")


def a_team_is_asked_changed_and_made_smaller(world: World) -> None:
    bob, olive, kettles = world["bob"], world["olive"], world.kettles.id
    playing.invite(bob, kettles, "olive@kettles.example", "observer")
    letter = playing.letter_to(world.site, "olive@kettles.example", "")
    link = playing.link_in(letter, "/team/join/")
    playing.join(olive, link, "Olive")
    world["reader"].goto(f"/en/companies/{kettles}")
    expect(world["reader"].get_by_text("Olive")).to_have_count(0)

    bob.goto(f"/en/companies/{kettles}/team")
    bob.get_by_role("button", name=re.compile("Make a responder.*Olive")).click()
    expect(
        bob.get_by_role("button", name=re.compile("Make an observer.*Olive"))
    ).to_be_visible()
    world.seen(f"/en/companies/{kettles}", "Olive")
    tess = world["tess"]
    tess.goto(f"/en/desk?company={kettles}")
    shown(tess, "You do not speak for this company")

    bob.locator("summary", has_text="Olive").click()
    bob.get_by_role("button", name="Yes, take out of the team").click()
    expect(bob.get_by_text("Olive")).to_have_count(0)
    for address in (f"/en/desk?company={kettles}", f"/en/companies/{kettles}/team"):
        olive.goto(address)
        shown(olive, "You do not speak for this company")
    olive.goto(link)
    shown(olive, "used or taken back")


# Five authors ------------------------------------------------------------------------


def ada_takes_the_second_offer_and_has_the_last_word(world: World) -> None:
    ada, bob, kim = world["ada"], world["bob"], world["kim"]
    story = told(world, "ada", "Ada's kettle", remedy_sought="A kettle that boils")
    bob.goto("/en/desk")
    shown(bob, "Ada's kettle", "Told today")

    playing.answer(bob, story, "acknowledge", "We are looking for your kettle.")
    playing.answer(kim, story, "ask_details", "Which one did you order?")
    playing.rejoin(ada, story, "The blue one.")
    offered(bob, story, "A voucher", value="20", list_value="60")
    playing.decide_offer(ada, story, "refused", "I want a kettle, not a voucher.")
    offered(kim, story, "A new kettle", value="60")
    playing.decide_offer(ada, story, "accepted")
    received_by_the_link_of_a_letter(world)
    playing.conclude(ada, story, "resolved", grade="8", would_buy_again="unsure")

    world.seen(
        f"/en/stories/{story}",
        "€20.00 instead of €60.00",
        "The author’s reason: I want a kettle, not a voucher.",
        "Accepted · Received",
        "Kim, Customer care",
        "Answered on the same day",
    )
    opened_again_closed_and_the_last_word(world, story)


def received_by_the_link_of_a_letter(world: World) -> None:
    world.soon("offer_asked")
    letter = playing.letter_to(world.site, "ada@example.org", "Has it come")
    reader = world["reader"]
    reader.goto(playing.link_in(letter, "/l/offers/"))
    reader.get_by_role("button", name="Yes, I have received it").click()
    reader.wait_for_url(playing.STORY)


def opened_again_closed_and_the_last_word(world: World, story: int) -> None:
    ada, bob = world["ada"], world["bob"]
    playing.do_more(ada, story, "reopen_case")
    playing.add_update(ada, story, "It has stopped boiling.")
    playing.letter_to(world.site, "bob@example.org", "Ada's kettle")
    bob.goto("/en/desk")
    shown(bob, "Ada's kettle")
    playing.conclude(ada, story, "not_resolved")
    playing.do_more(ada, story, "close_case")

    playing.answer(bob, story, "apologise", "We are sorry.", closing="yes")
    bob.goto(f"/en/stories/{story}/respond")
    bob.locator('[name="kind"][value="explain"]').check()
    bob.locator('[name="text"]').fill("One more thing.")
    bob.locator('[name="closing"]').check()
    bob.get_by_role("button", name="Publish answer").click()
    shown(bob, "You have made your closing statement.")
    playing.rejoin(ada, story, "So am I.")

    world.seen(f"/en/stories/{story}", "Closing statement", "We are sorry.", "So am I.")


def ben_is_contradicted_three_times(world: World) -> None:
    ben, kim = world["ben"], world["kim"]
    text = "I paid in May. The box was open. A man called Kim laughed at me."
    story = told(world, "ben", "Ben's kettle", text=text)

    disputed(kim, story, "I paid in May.", "Our books say June.")
    playing.answer_dispute(ben, story, "confirmed", why="A slip.")
    disputed(kim, story, "The box was open.", "It was torn, and shut.")
    playing.answer_dispute(ben, story, "corrected", words="The box was torn.")
    disputed(kim, story, "laughed at me", "Nobody laughs here.")
    playing.answer_dispute(ben, story, "stood_by", why="I was there.")

    world.seen(
        f"/en/stories/{story}",
        "The box was torn.",
        "the company disputes this; the author stands by it",
        "I was there.",
    )
    world.seen(f"/en/stories/{story}/revisions", "open", "torn")


def cleo_lets_an_offer_lapse_and_answers_by_a_link(world: World) -> None:
    cleo, tess = world["cleo"], world["tess"]
    story = told(world, "cleo", "Cleo's teapot", company="Teapots")
    last_day = now().date() + timedelta(days=10)
    offered(tess, story, "Half of it back", value="10", deadline=last_day.isoformat())
    the_last_day_is_over(world)
    world.seen(f"/en/stories/{story}", "Half of it back", "Lapsed")
    tess.goto("/en/desk")
    shown(tess, "Cleo's teapot")

    world.soon("nudge")
    letter = playing.letter_to(world.site, "cleo@example.org", "Has it been solved?")
    link = playing.link_in(letter, "/l/nudges/")
    reader = world["reader"]
    reader.goto(link)
    world.seen(f"/en/stories/{story}", "Cleo's teapot")
    reader.goto(link)
    reader.get_by_role("button", name="No, it is not solved").click()
    reader.wait_for_url(playing.STORY)
    shown(reader, "The author says how it stands")
    reader.goto(link)
    shown(reader, "Something was said since that letter.")

    playing.answer(tess, story, "relief_other", "We have sent a new lid.")
    playing.conclude(cleo, story, "resolved", remedy_received="A lid", grade="6")
    world.seen(f"/en/stories/{story}", "A lid")


def the_last_day_is_over(world: World) -> None:
    """What housekeeping does when it is."""
    db = world.db
    db.rollback()
    yesterday = now().date() - timedelta(days=2)
    waits = Offer.deadline.is_not(None)
    db.execute(update(Offer).where(waits).values(deadline=yesterday))
    assert len(offering.lapse_due(db, now())) == 1
    db.commit()
    playing.letter_to(world.site, "cleo@example.org", "")


def dan_meant_the_other_company(world: World) -> None:
    tess, bob = world["tess"], world["bob"]
    story = told(world, "dan", "Dan's kettle", company="Teapots")

    playing.answer(tess, story, "wrong_company", "We have never sold a kettle.")
    playing.say_wrong_company(tess, story, "Kettles & Co")
    playing.move(world["mo"], "Kettles & Co")

    world.seen(f"/en/companies/{world.kettles.id}", "Dan's kettle")
    world.seen(f"/en/stories/{story}", "We have never sold a kettle.", "Kettles & Co")
    world.seen("/en/log", "Teapots")
    letter = playing.letter_to(world.site, "dan@example.org", "")
    assert "Kettles & Co" in letter.get_body(("plain",)).get_content()
    bob.goto("/en/desk")
    shown(bob, "Dan's kettle")
    playing.answer(bob, story, "third_party", "The carrier has lost it.")
    world.seen(f"/en/stories/{story}", "The carrier has lost it.")


def eve_is_pressed_and_reported(world: World) -> None:
    eve, kim, mo = world["eve"], world["kim"], world["mo"]
    story = told(world, "eve", "Eve's kettle")
    letter = "A lawyer wrote that I must delete this or pay."
    playing.disclose_pressure(eve, story, "threat", letter)
    reader = world["reader"]
    reader.goto(f"/en/stories/{story}")
    expect(reader.get_by_text("A lawyer wrote")).to_have_count(0)

    playing.check_pressure(mo, "Eve's kettle")
    world.seen(f"/en/stories/{story}", letter)

    playing.report(kim, story, "It harms us.")
    playing.leave_as_it_is(mo, story)
    world.seen(
        f"/en/companies/{world.kettles.id}",
        "Eve's kettle",
        "one text",
        "Complaint: 1 report, agreed with: 0, not agreed with: 1",
    )
    playing.answer(kim, story, "policy_changed", "Our lawyer writes no more letters.")


def readers_see_all_of_it_in_figures(world: World) -> None:
    world.site.catch_up()
    ask = world["reader"].request
    kettles = ask.get(f"/api/v1/companies/{world.kettles.id}").json()["figures"]
    teapots = ask.get(f"/api/v1/companies/{world.teapots.id}").json()["figures"]

    assert (kettles["told"], teapots["told"]) == (4, 1)
    assert (kettles["answered"]["part"], teapots["answered"]["part"]) == (4, 1)
    assert kettles["offers"] == {"refused": 1, "received": 1}
    assert teapots["offers"] == {"lapsed": 1}
    assert (teapots["resolved"]["part"], teapots["resolved"]["of"]) == (1, 1)


# Steps of several people -------------------------------------------------------------


def told(
    world: World,
    who: str,
    title: str,
    company: str = "Kettles & Co",
    **more: str,
) -> int:
    """Somebody tells a story about a company; its number."""
    entry = an_entry(title=title, mentions=[{"company": company}], **more)
    return playing.publish(world[who], entry)


def offered(page: Page, story: int, what: str, **terms: str) -> None:
    """The company offers something, in euros."""
    fields = {"what": what, "currency": "EUR", **terms}
    fields = {f"offer__{name}": value for name, value in fields.items()}
    playing.answer(page, story, "offer", "Please take it.", **fields)


def disputed(page: Page, story: int, passage: str, words: str) -> None:
    """The company disputes what the story says at one place."""
    playing.answer(page, story, "dispute_facts", words, dispute__passage=passage)
