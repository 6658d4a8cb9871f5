"""Steps that people take on the pages of the site, each as one function of a browser's
page: proving who they are, answering, deciding, reporting."""

import re
from email.message import EmailMessage

from playwright.sync_api import Page, expect

from stories.entries.story import StoryEntry
from tests.browsing import Site, enter

STORY = re.compile(r"/en/stories/(\d+)-")


def shown(page: Page, *parts: str) -> None:
    """All of these can be read on the page."""
    for part in parts:
        expect(page.locator("main")).to_contain_text(part)


def link_in(letter: EmailMessage, part: str) -> str:
    """The first address in a letter that holds these words."""
    body = letter.get_body(("plain",))
    assert body is not None
    found = re.findall(r"https?://\S+", body.get_content())
    return next(each for each in found if part in each)


def letter_to(site: Site, email: str, subject: str) -> EmailMessage:
    """The newest letter to somebody with such a subject, which has been sent now."""
    site.catch_up()
    found = [
        letter
        for letter in site.letters()
        if letter["To"] == email and subject in str(letter["Subject"])
    ]
    assert found, f"no letter “{subject}” to {email}"
    return found[-1]


# Who speaks --------------------------------------------------------------------------


def ask_to_speak(
    page: Page, company: int, name: str, way: str, email: str = ""
) -> None:
    """Ask to speak for a company, in one of the ways to prove it."""
    page.goto(f"/en/companies/{company}/claim")
    page.locator('[name="name"]').fill(name)
    page.locator('[name="job_title"]').fill("Customer care")
    page.locator(f'[name="method"][value="{way}"]').check()
    page.locator('[name="email"]').fill(email)
    page.get_by_role("button", name="Go on").click()


def what_to_put(page: Page) -> tuple[str, str]:
    """Where an entry or a file has to be, and what it has to say."""
    codes = page.locator("main code")
    expect(codes).to_have_count(2)
    return codes.nth(0).inner_text(), codes.nth(1).inner_text()


def let_look(site: Site, page: Page, company: int) -> None:
    """Ask the site to look, and see what it has found."""
    page.get_by_role("button", name="Look now").click()
    shown(page, "We are looking")
    site.catch_up()
    page.goto(f"/en/companies/{company}/claim")


def grant(staff: Page, name: str) -> None:
    """Staff let somebody speak for a company."""
    staff.goto("/en/moderation/roles")
    staff.get_by_role("link", name=re.compile(name)).first.click()
    staff.get_by_role("button", name="Let them speak for the company").click()
    expect(staff.get_by_role("button", name="Let them speak")).to_have_count(0)


def invite(page: Page, company: int, email: str, part: str) -> None:
    """An owner asks somebody into the team."""
    page.goto(f"/en/companies/{company}/team")
    page.locator('[name="email"]').fill(email)
    page.locator(f'[name="team_role"][value="{part}"]').check()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.locator("#invited")).to_be_visible()


def join(page: Page, link: str, name: str) -> None:
    """Come into the team by the link of a letter."""
    page.goto(link)
    page.locator('[name="name"]').fill(name)
    page.locator('[name="job_title"]').fill("Repairs")
    page.get_by_role("button", name="Join the team").click()
    expect(page.locator("h1")).to_contain_text("Desk of")


# Authors -----------------------------------------------------------------------------


def publish(page: Page, entry: StoryEntry) -> int:
    """Write a story into the form, and publish it; its number."""
    page.goto("/en/write")
    enter(page, entry)
    page.locator('button[name="do"][value="publish"]').click()
    page.wait_for_url(STORY)
    found = STORY.search(page.url)
    assert found
    return int(found[1])


def read(page: Page, story: int) -> None:
    """Open a story."""
    page.goto(f"/en/stories/{story}")
    page.wait_for_url(STORY)


def rejoin(page: Page, story: int, words: str) -> None:
    """The author answers the company's last answer."""
    read(page, story)
    page.locator('main a[href*="/rejoin"]').last.click()
    page.locator('[name="text"]').fill(words)
    page.get_by_role("button", name="Publish answer").click()
    page.wait_for_url(STORY)
    shown(page, words)


def conclude(page: Page, story: int, outcome: str, **more: str) -> None:
    """The author says how it stands."""
    page.goto(f"/en/stories/{story}/outcome")
    page.locator(f'[name="outcome"][value="{outcome}"]').check()
    for name, value in more.items():
        field = page.locator(f'[name="evaluation-{name}"]')
        if name == "would_buy_again":
            field.select_option(value)
        else:
            field.fill(value)
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_url(STORY)


def add_update(page: Page, story: int, words: str) -> None:
    """The author tells how it went on."""
    page.goto(f"/en/stories/{story}/update")
    page.locator('[name="text"]').fill(words)
    page.get_by_role("button", name="Publish update").click()
    page.wait_for_url(STORY)
    shown(page, words)


def do_more(page: Page, story: int, deed: str) -> None:
    """One of the author's deeds with a button of its own."""
    page.goto(f"/en/stories/{story}/more")
    page.locator(f'button[name="do"][value="{deed}"]').click()
    expect(page.locator("main")).to_be_visible()


def decide_offer(page: Page, story: int, state: str, why: str = "") -> None:
    """The author takes the offer that waits, or leaves it."""
    read(page, story)
    page.get_by_role("link", name="Accept or refuse it").click()
    page.locator('[name="why"]').fill(why)
    page.locator(f'button[name="state"][value="{state}"]').click()
    page.wait_for_load_state()


def answer_dispute(page: Page, story: int, state: str, **words: str) -> None:
    """The author answers the fact that the company disputes."""
    read(page, story)
    page.get_by_role("link", name="Say what is so").last.click()
    for name, value in words.items():
        page.locator(f'[name="{name}"]').fill(value)
    page.locator(f'button[name="state"][value="{state}"]').click()
    page.wait_for_url(re.compile("#dispute-"))


def disclose_pressure(page: Page, story: int, kind: str, words: str) -> None:
    """The author tells staff that somebody wants the story gone."""
    page.goto(f"/en/stories/{story}/pressure")
    page.locator(f'[name="kind"][value="{kind}"]').check()
    page.locator('[name="words"]').fill(words)
    page.get_by_role("button", name="Tell staff").click()
    shown(page, words)


# Companies ---------------------------------------------------------------------------


def answer(page: Page, story: int, kind: str, words: str, **fields: str) -> None:
    """The company answers, perhaps with an offer (`offer__value`) or a dispute."""
    page.goto(f"/en/stories/{story}/respond")
    page.locator(f'[name="kind"][value="{kind}"]').check()
    page.locator('[name="text"]').fill(words)
    folded = {"offer": "an offer", "dispute": "a fact that is wrong"}
    for fold in {name.partition("__")[0] for name in fields} & folded.keys():
        page.locator("details.adder summary", has_text=folded[fold]).click()
    for name, value in fields.items():
        field = page.locator(f'[name="{name.replace("__", "-")}"]')
        if value == "yes":
            field.check()
        else:
            field.fill(value)
    page.get_by_role("button", name="Publish answer").click()
    page.wait_for_url(re.compile("#response-"))


def say_wrong_company(page: Page, story: int, meant: str) -> None:
    """Anybody says that the story means another company."""
    page.goto(f"/en/stories/{story}/wrong-company")
    page.locator('[name="meant"]').fill(meant)
    page.get_by_role("button", name="Send report").click()
    page.wait_for_url(re.compile("/flag/thanks"))


def report(page: Page, story: int, words: str) -> None:
    """Somebody asks staff to look at a story."""
    page.goto(f"/en/flag/story/{story}")
    page.locator('[name="reason"]').first.check()
    page.locator('[name="words"]').fill(words)
    page.get_by_role("button", name="Send report").click()
    page.wait_for_url(re.compile("/flag/thanks"))


# Staff -------------------------------------------------------------------------------


def move(staff: Page, company: str) -> None:
    """Staff move the story that was reported."""
    staff.goto("/en/moderation/moves")
    staff.locator('[name="other"]').fill(company)
    staff.get_by_role("button", name="Move the story").click()
    expect(staff.locator("#moved")).to_be_visible()


def check_pressure(staff: Page, title: str) -> None:
    """Staff agree that there was pressure."""
    staff.goto("/en/moderation/pressure")
    staff.get_by_role("link", name=title).click()
    staff.locator('[name="words"]').fill("We have seen the letter.")
    staff.get_by_role("button", name="Tell readers", exact=True).click()
    expect(staff.locator("main")).to_be_visible()


def leave_as_it_is(staff: Page, story: int) -> None:
    """Staff see nothing wrong with a story that was reported."""
    staff.goto(f"/en/moderation/texts/story/{story}")
    staff.locator('[name="reason"]').select_option(index=1)
    staff.locator('[name="words"]').fill("It tells what its author lived through.")
    staff.get_by_role("button", name="Leave it as it is").click()
    expect(staff.get_by_role("button", name="Leave it as it is")).to_have_count(0)
