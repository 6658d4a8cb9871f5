"""Webhooks: sent by the worker, signed, tried again, given up; nobody else's affair."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from stories import publishing
from stories.handling import hooks
from stories.handling.hooks import HookEntry
from stories.models import Company, Delivery, Errand, Webhook, now
from stories.models.base import played
from stories.problems import Forbidden, Invalid, Missing
from stories.responding import RejoinderEntry, ResponseEntry, rejoin, respond
from stories.sealing import Seal
from tests.people import a_voice, an_entry, letters
from tests.reading_eyes import missing_from, words_of
from web import worker


@pytest.fixture
def outer(application, settings, receiver):
    """The application, where tests may ask the receiver on this machine."""
    return application(replace(settings, fetch_inside=receiver.place))


@pytest.fixture
def hook(db, bob, kettles, voice, receiver, seal):
    address = HookEntry(address=f"http://{receiver.place}/in")
    made, _ = hooks.add(db, bob, kettles.id, address, seal)
    db.commit()
    return made


def about(company) -> dict:
    return {"mentions": [{"company": company.name, "company_id": company.id}]}


def again_now(db, app) -> None:
    """The pause is over."""
    db.rollback()
    db.execute(update(Errand).where(Errand.task == "hook").values(due_at=now()))
    db.commit()
    worker.drain(app)
    db.rollback()


def sent(db) -> Delivery:
    db.rollback()
    db.expire_all()
    return db.scalars(select(Delivery).order_by(Delivery.id.desc())).first()


@pytest.fixture
def secret(hook, seal) -> str:
    """What the company's programs know."""
    return seal.open(hook.secret)


def test_what_happens_comes_signed(
    db, outer, ada, bob, kettles, hook, secret, receiver
):
    story = publishing.publish(db, ada, an_entry(**about(kettles)))
    answer = respond(
        db, bob, story, kettles.id, ResponseEntry(kind="explain", text="It was lost.")
    )
    rejoin(db, ada, answer, RejoinderEntry(text="Find it."))
    db.commit()

    worker.drain(outer)

    said = [Verifier(secret).verify(body, head) for head, body in receiver.came]
    assert [each["type"] for each in said] == ["story.told", "rejoinder.posted"]
    assert said[0]["data"]["story_id"] == story.id
    assert said[0]["data"]["api"].endswith(f"/api/v1/stories/{story.id}")
    assert sent(db).came_at is not None


def test_a_signature_holds_for_its_words_alone(db, outer, bob, hook, secret, receiver):
    hooks.test(db, bob, hook.id)
    db.commit()
    worker.drain(outer)
    ((head, body),) = receiver.came

    with pytest.raises(WebhookVerificationError):
        Verifier(secret).verify(body + b" ", head)
    with pytest.raises(WebhookVerificationError):
        Verifier("whsec_" + "A" * 32).verify(body, head)


def test_both_secrets_sign_for_a_day_after_the_change(
    db, outer, bob, hook, secret, receiver, seal
):
    _, after = hooks.rotate(db, bob, hook.id, seal)
    hooks.test(db, bob, hook.id)
    db.commit()
    worker.drain(outer)
    ((head, body),) = receiver.came

    assert secret != after
    for each in (secret, after):
        assert Verifier(each).verify(body, head)["type"] == "test"
    later = now() + timedelta(hours=25)
    assert hooks.signatures(hook, "msg_1", later, "", seal).count("v1,") == 1
    with played(later):
        hooks.forget_old(db)
    db.refresh(hook)
    assert hook.old_secret is None


def test_a_change_that_is_sent_twice_leaves_what_a_program_knows_good(
    db, outer, bob, hook, secret, receiver, seal
):
    for _ in range(hooks.MOST_OLD):
        hooks.rotate(db, bob, hook.id, seal)
    hooks.test(db, bob, hook.id)
    db.commit()
    worker.drain(outer)
    ((head, body),) = receiver.came

    assert Verifier(secret).verify(body, head)["type"] == "test"
    hooks.rotate(db, bob, hook.id, seal)
    signed = hooks.signatures(hook, "msg_1", now(), "", seal)
    assert signed.count("v1,") == 1 + hooks.MOST_OLD


def test_where_the_key_is_lost_nothing_is_sent_and_the_page_says_so(
    db, outer, browser_of, bob, kettles, hook, receiver, seal
):
    hook.secret = Seal(["another key of the site, as long as they are"]).close("x")
    hooks.test(db, bob, hook.id)
    db.commit()

    worker.drain(outer)

    assert (sent(db).trouble, receiver.came) == (hooks.UNSIGNED, [])
    page = browser_of(bob, outer).get(f"/en/desk/hooks?company={kettles.id}")
    assert not missing_from(page, "We cannot read the secret any more")
    hooks.rotate(db, bob, hook.id, seal)
    assert hooks.signatures(hook, "msg_1", now(), "", seal).count("v1,") == 1


def test_a_secret_is_shown_once(db, outer, browser_of, bob, kettles, voice, receiver):
    browser = browser_of(bob, outer)
    address = f"/en/desk/hooks?company={kettles.id}"

    made = browser.post(address, data={"address": f"http://{receiver.place}/in"})
    number = db.scalars(select(Webhook.id)).one()
    changed = browser.post(f"/en/desk/hooks/{number}", data={"do": "rotate"})

    for page in (made, changed):
        assert page.text.count("whsec_") == 1
        assert page.headers["Cache-Control"] == "private, no-store"
    assert "whsec_" not in browser.get(address).text


def test_what_does_not_come_is_tried_again_with_the_same_number(
    db, outer, bob, hook, receiver
):
    receiver.status = 500
    hooks.test(db, bob, hook.id)
    db.commit()
    worker.drain(outer)
    assert (sent(db).tries, sent(db).status) == (1, 500)
    assert sent(db).next_at > now()

    receiver.status = 200
    again_now(db, outer)

    first, second = receiver.came
    assert first[0]["webhook-id"] == second[0]["webhook-id"]
    assert first[1] == second[1]
    assert sent(db).came_at is not None
    assert db.get(Webhook, hook.id).failing_since is None


def test_after_nine_more_tries_it_is_left(db, outer, bob, hook, receiver):
    receiver.status = 503
    hooks.test(db, bob, hook.id)
    db.commit()
    worker.drain(outer)

    for _ in range(12):
        again_now(db, outer)

    assert len(receiver.came) == 10
    assert sent(db).next_at is None


@pytest.mark.parametrize("how", ["five days", "gone"])
def test_an_address_is_given_up_with_a_letter(db, outer, bob, hook, receiver, how):
    receiver.status = 410 if how == "gone" else 500
    hook.failing_since = now() - timedelta(days=6)
    db.commit()
    hooks.test(db, bob, hook.id)
    if how != "gone":
        hook.failing_since = now() - timedelta(days=6)
    db.commit()

    with outer.app_context():
        worker.calling.Calling().round()

    db.rollback()
    db.expire_all()
    assert db.get(Webhook, hook.id).ended_at is not None
    assert letters(db, "hook_ended") == [f"member:{bob.id}"]
    receiver.status = 200
    hooks.test(db, bob, hook.id)  # a test begins it anew
    db.commit()
    assert db.get(Webhook, hook.id).ended_at is None


def test_no_redirect_is_followed(db, outer, bob, hook, receiver):
    receiver.status = 302
    hooks.test(db, bob, hook.id)
    db.commit()

    worker.drain(outer)

    assert sent(db).status == 302
    assert sent(db).came_at is None
    assert len(receiver.came) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.1/",
        "http://[::ffff:127.0.0.1]/",
    ],
)
def test_nothing_is_sent_inside(db, outer, bob, hook, receiver, address):
    hook.address = address
    db.commit()
    hooks.test(db, bob, hook.id)
    db.commit()

    worker.drain(outer)

    assert sent(db).trouble == "inside"
    assert receiver.came == []


def test_strangers_and_other_companies_have_nothing_to_do_with_it(
    db, browser_of, ada, cy, kettles, hook, seal
):
    teapots = Company(name="Teapots")
    db.add(teapots)
    db.commit()
    a_voice(db, cy, teapots)
    entry = HookEntry(address="https://evil.example/")
    for stranger in (ada, cy):
        with pytest.raises(Forbidden):
            hooks.add(db, stranger, kettles.id, entry, seal)
        with pytest.raises(Forbidden):
            hooks.rotate(db, stranger, hook.id, seal)
        for deed in (hooks.test, hooks.remove):
            with pytest.raises(Forbidden):
                deed(db, stranger, hook.id)
    with pytest.raises(Missing):
        hooks.test(db, cy, 4711)
    other = browser_of(cy)
    assert other.get(f"/en/desk/hooks?company={kettles.id}").status_code == 403
    assert (
        other.post(f"/en/desk/hooks/{hook.id}", data={"do": "test"}).status_code == 403
    )
    assert hook.address not in other.get(f"/en/desk/hooks?company={teapots.id}").text
    assert db.scalars(select(Delivery)).all() == []


def test_the_company_sees_what_was_sent(
    db, outer, browser_of, bob, kettles, voice, receiver
):
    browser = browser_of(bob, outer)
    address = f"/en/desk/hooks?company={kettles.id}"

    browser.post(address, data={"address": f"http://{receiver.place}/in"})
    number = db.scalars(select(Webhook.id)).one()
    browser.post(f"/en/desk/hooks/{number}", data={"do": "test"})
    worker.drain(outer)

    assert not missing_from(browser.get(address), "Came (204)", "test", receiver.place)
    browser.post(f"/en/desk/hooks/{number}", data={"do": "rotate"})
    assert "The secret before signs too until" in words_of(browser.get(address))
    browser.post(f"/en/desk/hooks/{number}", data={"do": "remove"})
    assert receiver.place not in browser.get(address).text


def test_nonsense_is_refused(db, bob, browser_of, kettles, voice, seal):
    browser = browser_of(bob)
    address = f"/en/desk/hooks?company={kettles.id}"

    for nonsense in ("", "ftp://x.example", "http://x.example/", "https://", "x y"):
        page = browser.post(address, data={"address": nonsense})
        assert page.status_code == 422, nonsense
    for number in range(hooks.MOST):
        entry = HookEntry(address=f"https://x.example/{number}")
        made, _ = hooks.add(db, bob, kettles.id, entry, seal)
        with pytest.raises(Invalid, match=r"already|At most"):
            hooks.add(db, bob, kettles.id, entry, seal)
    entry = HookEntry(address="https://x.example/more")
    with pytest.raises(Invalid, match="At most"):
        hooks.add(db, bob, kettles.id, entry, seal)
    db.commit()
    for deed in ("", "eat"):
        page = browser.post(f"/en/desk/hooks/{made.id}", data={"do": deed})
        assert page.status_code == 404
    assert len(hooks.of_company(db, kettles.id)) == hooks.MOST


def test_a_message_tells_nothing_private(db, outer, ada, kettles, hook, receiver):
    story = an_entry(**about(kettles), private_reference="K-4711-SECRET")
    publishing.publish(db, ada, story)
    db.commit()

    worker.drain(outer)

    ((_, body),) = receiver.came
    assert b"SECRET" not in body
    assert set(json.loads(body)) == {"type", "timestamp", "data"}
