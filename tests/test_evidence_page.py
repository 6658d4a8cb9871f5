"""Evidence on pages: kept, shown to whom it may concern, covered, published."""

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from stories import responding
from stories.entries.evidence import MOST_BYTES
from stories.models import Dispute, Evidence
from stories.responding import ResponseEntry
from tests.files import SECRET, a_bomb, a_picture, a_telling_picture, read
from tests.lives import a_story
from tests.reading_eyes import missing_from, words_of
from web import worker
from web.accounts.models import Account

WORDS = "Receipt of 3 May, 129 euros"


@pytest.fixture
def story(db, ada, kettles, voice):
    """Ada's story about Kettles, for whom Bob speaks."""
    return a_story(db, ada, kettles)


@pytest.fixture
def address(story) -> str:
    return f"/en/stories/{story.id}/evidence"


@pytest.fixture
def browser(browser_of, ada):
    return browser_of(ada)


def send(browser, address, body, name="receipt.png", **more):
    file = FileStorage(BytesIO(body), filename=name)
    edge, data = encode_multipart({"words": WORDS, "file": file, **more})
    kind = f"multipart/form-data; boundary={edge}"
    return browser.post(address, data=data, content_type=kind)


def media(browser, page) -> list:
    """What the files that a page shows answer."""
    found = re.findall(r'(?:src|href)="(/media/[^"]+)"', page.text)
    return [browser.get(each) for each in dict.fromkeys(found)]


def only(db) -> Evidence:
    db.rollback()
    db.expire_all()
    return db.scalars(select(Evidence)).one()


def test_a_picture_is_kept_and_its_author_sees_it(db, browser, client, address):
    sent = send(browser, address, a_telling_picture("JPEG"))

    page = browser.get(sent.location)
    assert sent.status_code == 303
    assert not missing_from(page, WORDS, "Only you")
    (answer,) = {each.request.path: each for each in media(browser, page)}.values()
    assert answer.status_code == 200
    assert read(answer.data).size == (100, 200)
    assert SECRET not in answer.data
    assert client.get(answer.request.path).status_code == 404


def test_a_file_is_served_so_that_nothing_in_it_runs(db, browser, address):
    send(browser, address, a_picture())
    send(browser, address, b"%PDF-1.7 <script>", "a.pdf")
    send(browser, address, b"From: <b>a friend</b>", "page.html")
    picture, pdf, text = db.scalars(select(Evidence).order_by(Evidence.id)).all()

    answers = [
        browser.get(f"/media/{each.id}-{each.original}.{each.suffix}")
        for each in (picture, pdf, text)
    ]

    for answer in answers:
        assert answer.headers["Content-Security-Policy"] == (
            "sandbox; default-src 'none'"
        )
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"] == "private, no-store"
    told = [each.headers["Content-Disposition"].partition(";")[0] for each in answers]
    assert told == ["inline", "attachment", "attachment"]
    assert [each.mimetype for each in answers] == [
        "image/png",
        "application/pdf",
        "text/plain",
    ]
    assert all("page.html" not in str(each.headers) for each in answers)


def test_the_name_of_a_file_is_guessed_by_nobody(db, browser, client, address):
    send(browser, address, a_picture())
    made = only(db)

    for name in (
        f"{made.id}-.png",
        f"{made.id}-{made.original[:8]}.png",
        f"{made.id}-{made.original}.html",
        f"{made.id}-{'0' * 64}.png",
        f"{made.id}-..%2f..%2fearshot.sqlite",
        f"4711-{made.original}.png",
    ):
        assert browser.get(f"/media/{name}").status_code == 404
    assert client.get(f"/media/{made.id}-{made.original}.png").status_code == 404


@pytest.mark.parametrize(
    ("body", "name", "words"),
    [
        (b"", "empty.png", "This file is empty."),
        (b"<svg><script>", "picture.jpg", "made of code"),
        (b"<html><script>", "letter.txt", "made of code"),
        (a_picture("JPEG")[:-300], "half.jpg", "cannot be read"),
        (a_bomb(30_000, 30_000), "bomb.png", "million pixels"),
        (b"MZ\0\0", "invoice.pdf", "Choose a picture"),
        (b"%PDF-" + b"x" * (MOST_BYTES - 4), "large.pdf", "at most 10 MB"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_at_its_field(
    db, browser, address, body, name, words
):
    page = send(browser, address, body, name)

    assert page.status_code == 422
    assert 'id="error-file"' in page.text
    assert words in words_of(page)
    assert WORDS in page.text
    assert not db.scalars(select(Evidence)).all()


def test_the_largest_file_is_taken(db, browser, address):
    sent = send(browser, address, b"%PDF-" + b"x" * (MOST_BYTES - 5), "large.pdf")

    assert sent.status_code == 303
    assert only(db).size == MOST_BYTES


def test_a_request_that_is_much_too_large_is_not_read(browser, address):
    large = {"CONTENT_LENGTH": str(4 * MOST_BYTES)}
    sent = browser.post(address, environ_overrides=large)
    medium = {"CONTENT_LENGTH": str(MOST_BYTES)}
    elsewhere = browser.post("/en/write", environ_overrides=medium)

    assert sent.status_code == 413
    assert elsewhere.status_code == 413


def test_without_a_file_or_words_it_says_so_at_the_field(db, browser, address):
    no_file = browser.post(address, data={"words": WORDS})
    no_words = send(browser, address, a_picture(), words="")

    assert (no_file.status_code, no_words.status_code) == (422, 422)
    assert "Choose a file." in words_of(no_file)
    for words in ("Please fill this in.", "browsers forget it"):
        assert words in words_of(no_words)
    assert not db.scalars(select(Evidence)).all()


def test_strangers_find_nothing(db, browser, browser_of, client, bob, staff, address):
    send(browser, address, a_picture())
    which = only(db).id

    for stranger in (browser_of(bob), browser_of(staff)):
        for page in (address, f"{address}/{which}", f"{address}/{which}/boxes"):
            assert stranger.get(page).status_code == 403
            assert stranger.post(page, data={"words": "x"}).status_code == 403
        deed = {"do": "erase", "sure": "erase"}
        assert stranger.post(f"{address}/{which}/deeds", data=deed).status_code == 403
        judged = stranger.get(f"/en/moderation/texts/evidence/{which}")
        assert judged.status_code in {403, 404}
    assert client.get(address).status_code == 303
    assert only(db).words == WORDS


def test_another_storys_number_leads_nowhere(db, browser, ada, kettles, address):
    send(browser, address, a_picture())
    other = a_story(db, ada, kettles)

    path = f"/en/stories/{other.id}/evidence/{only(db).id}"

    assert browser.get(path).status_code == 404
    assert browser.post(f"{path}/deeds", data={"do": "publish"}).status_code == 404
    assert browser.post(f"{address}/1/deeds", data={"do": "x"}).status_code == 404


def test_a_company_sees_at_its_desk_what_it_is_let_see(
    db, browser, browser_of, bob, kettles, story, address
):
    send(browser, address, a_picture(), companies=str(kettles.id))
    desk = browser_of(bob)

    page = desk.get(f"/en/desk/stories/{story.id}?company={kettles.id}")

    assert not missing_from(page, "Evidence", WORDS)
    assert {each.status_code for each in media(desk, page)} == {200}
    made = only(db)
    browser.post(f"{address}/{made.id}", data={"words": WORDS})
    again = desk.get(f"/en/desk/stories/{story.id}?company={kettles.id}")
    assert WORDS not in again.text
    assert desk.get(f"/media/{made.id}-{made.original}.png").status_code == 404


def test_staff_see_what_they_are_let_see_and_take_it_from_readers(
    db, browser, browser_of, client, staff, story, address
):
    send(browser, address, a_picture(), staff="yes")
    judge = browser_of(staff)
    made = only(db)
    sure = {"do": "publish", "sure": "publish"}
    browser.post(f"{address}/{made.id}/deeds", data=sure)

    page = judge.get(f"/en/moderation/texts/story/{story.id}")
    path = f"/en/moderation/texts/evidence/{made.id}"
    why = {"words": "It shows a child.", "reason": "protection_of_minors"}
    empty = judge.post(path, data={"deed": "hide", "words": "It shows a child."})
    judge.post(path, data={"deed": "hide", **why})

    assert WORDS in page.text
    assert path in page.text
    assert empty.status_code == 422
    assert WORDS not in client.get(f"/en/stories/{story.id}-x").text
    assert client.get(f"/media/{made.id}-{made.original}.png").status_code == 404
    assert not missing_from(judge.get(path), "A picture was taken from readers")


def test_staff_without_a_second_factor_open_nothing(
    db, browser, browser_of, staff, address
):
    judge = browser_of(staff)
    send(browser, address, a_picture(), staff="yes")
    made = only(db)
    file = f"/media/{made.id}-{made.original}.png"
    assert judge.get(file).status_code == 200

    without = db.scalars(select(Account).where(Account.member_id == staff.id)).one()
    without.tf_primary_method = without.tf_totp_secret = None
    db.commit()

    assert judge.get(file).status_code == 403


def test_boxes_are_burnt_in_for_everybody_else(db, browser, client, story, address):
    send(browser, address, a_picture())
    path = f"{address}/{only(db).id}"
    box = {"left": "0", "top": "0", "width": "12.5", "height": "25"}
    typed = {f"boxes-0-{name}": value for name, value in box.items()}

    looked = browser.post(f"{path}/boxes", data={**typed, "do": "look"})
    assert 'width="12.5%"' in looked.text
    assert only(db).covered is None
    browser.post(f"{path}/boxes", data={**typed, "do": "cover"})
    sent = browser.post(f"{path}/deeds", data={"do": "publish", "sure": "publish"})

    made = only(db)
    page = client.get(f"/en/stories/{story.id}", follow_redirects=True)
    assert sent.status_code == 303
    assert not missing_from(page, "Evidence", WORDS)
    answers = media(client, page)
    assert {each.headers["Cache-Control"] for each in answers} == {
        "public, max-age=3600"
    }
    for each in answers:
        assert read(each.data).getpixel((10, 10)) == (0, 0, 0)
    assert made.original[:32] not in page.text
    assert client.get(f"/media/{made.id}-{made.original}.png").status_code == 404


def test_boxes_of_nonsense_are_refused_and_kept_as_typed(db, browser, address):
    send(browser, address, a_picture())
    path = f"{address}/{only(db).id}/boxes"

    page = browser.post(path, data={"boxes-0-left": "130", "boxes-0-top": "x"})

    assert page.status_code == 422
    assert "At most 100." in words_of(page)
    assert "Enter a number." in words_of(page)
    assert 'value="130"' in page.text


def test_what_cannot_be_undone_is_confirmed(db, browser, address, app):
    send(browser, address, a_picture())
    path = f"{address}/{only(db).id}/deeds"

    for name in ("publish", "erase", "forget_original"):
        page = browser.post(path, data={"do": name})
        assert page.status_code == 422
        assert "Tick the box if you are sure." in words_of(page)
    assert browser.post(path, data={"do": "erase", "sure": "erase"}).status_code == 303

    media_folder = app.config["SETTINGS"].media
    worker.drain(app)
    db.rollback()
    assert not db.scalars(select(Evidence)).all()
    assert not [each for each in media_folder.rglob("*") if each.is_file()]


def test_a_text_is_not_shown_to_readers(db, browser, address):
    send(browser, address, b"Dear Ada", "letter.txt")
    path = f"{address}/{only(db).id}"

    page = browser.get(path)
    sent = browser.post(f"{path}/deeds", data={"do": "publish", "sure": "publish"})

    assert "is not shown to readers" in words_of(page)
    assert sent.status_code == 422
    assert browser.get(f"{path}/boxes").status_code == 404


def test_an_author_stands_by_a_fact_with_evidence(
    db, browser, client, ada, bob, story, kettles, address
):
    passage = re.sub(r"<[^>]+>", "", story.html).strip()[:20]
    entry = {"kind": "dispute_facts", "text": "No.", "dispute": {"passage": passage}}
    responding.respond(db, bob, story, kettles.id, ResponseEntry.model_validate(entry))
    db.commit()
    dispute = db.scalars(select(Dispute)).one()
    page = f"/en/stories/{story.id}/disputes/{dispute.id}"
    assert f"{address}?dispute={dispute.id}" in browser.get(page).text

    send(browser, address, a_picture(), dispute_id=str(dispute.id))
    made = only(db)
    sure = {"do": "publish", "sure": "publish"}
    browser.post(f"{address}/{made.id}/deeds", data=sure)
    browser.post(page, data={"state": "stood_by", "why": "See the receipt."})

    assert WORDS in browser.get(page).text
    shown = client.get(f"/en/stories/{story.id}", follow_redirects=True)
    assert not missing_from(shown, WORDS, "On the disputed fact:")


def test_files_are_kept_where_the_operator_says(
    application, settings, browser_of, ada, address, tmp_path
):
    elsewhere = tmp_path / "elsewhere"
    app = application(replace(settings, media_url=f"file://{elsewhere}"))
    browser = browser_of(ada, app)

    sent = send(browser, address, a_picture())

    assert {
        each.status_code for each in media(browser, browser.get(sent.location))
    } == {200}
    assert [each for each in elsewhere.rglob("*") if each.is_file()]


def test_an_author_takes_the_files_along(db, browser, address):
    send(browser, address, b"Dear Ada", "letter.txt")
    made = only(db)

    with browser.get("/en/account/export") as answer:
        packed = ZipFile(BytesIO(answer.data))

    assert answer.mimetype == "application/zip"
    assert packed.read(f"evidence/{made.id}-original.txt") == b"Dear Ada"
    assert WORDS in packed.read("record.json").decode()
