"""Where no story has all the words: those that have the most of them."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories import outbox
from stories.search import Document, Highlighter, Index, Question, open_index
from tests.lives import a_story
from tests.reading_eyes import missing_from, words_of
from web import worker
from web.finding import index as index_of_site

TEXTS = {
    "en": "The kettle leaks, and nobody answers.",
    "it": "Il bollitore perde acqua e nessuno risponde.",
    "de": "Der Wasserkocher leckt, und niemand antwortet.",
    "fr": "La bouilloire fuit et personne ne répond.",
    "pl": "Czajnik przecieka i nikt nie odpowiada.",
    "ru": "Чайник протекает, и никто не отвечает.",
    "ar": "الغلاية تسرب الماء ولا أحد يجيب.",
    "ja": "電気ケトルが水漏れして、返金されません。",
    "zh": "水壶漏水，要求退款没有回应。",
    "ko": "주전자에서 물이 새고 환불을 받지 못했습니다.",
    "th": "กาต้มน้ำรั่วและไม่มีใครตอบกลับ",
}
NUMBERS = {language: number for number, language in enumerate(TEXTS, 1)}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = open_index("whoosh:", tmp_path_factory.mktemp("search"))
    index.put(
        Document(id=NUMBERS[language], body=text, language=language, kind="complaint")
        for language, text in TEXTS.items()
    )
    index.put([Document(id=50, title="A kettle that sings", kind="praise")])
    yield index
    index.close()


def asked(index: Index, words: str, **more):
    return index.search(Question(words=words, loosely=True, **more))


def found(index: Index, words: str, **more) -> list[int]:
    return [hit.id for hit in asked(index, words, **more).hits]


@pytest.mark.parametrize(
    ("language", "words", "missing"),
    [
        ("en", "leaking kettles xyzzyq", ["xyzzyq"]),
        ("it", "bollitori perdono ornitorinchi", ["ornitorinchi"]),
        ("de", "Wasserkocher Giraffe leckt", ["Giraffe"]),
        ("fr", "bouilloire girafe fuit", ["girafe"]),
        ("pl", "żyrafa czajnik przecieka", ["żyrafa"]),
        ("ru", "чайник жираф протекает", ["жираф"]),
        ("ar", "الغلاية زرافة تسرب", ["زرافة"]),
        ("ja", "電気ケトル 麒麟 返金", ["麒麟"]),
        ("zh", "水壶 长颈鹿 退款", ["长颈鹿"]),
        ("ko", "주전자 기린 환불", ["기린"]),
        ("th", "กาต้มน้ำ ยีราฟ", ["ยีราฟ"]),
    ],
)
def test_a_word_that_no_story_has_is_left_out(index, language, words, missing):
    answer = asked(index, words)

    assert [hit.id for hit in answer.hits] == [NUMBERS[language]]
    assert answer.total == 1
    assert list(answer.loosened.missing) == missing
    rest = " ".join(word for word in words.split() if word not in missing)
    assert answer.loosened.rest == rest


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "水壶退款"),
        ("ja", "ケトル返金"),
        ("ko", "환불이"),
        ("th", "กาต้มน้ำตอบกลับ"),
    ],
)
def test_words_without_spaces_between_them_may_stand_apart(index, language, words):
    answer = asked(index, words)

    assert [hit.id for hit in answer.hits] == [NUMBERS[language]]
    assert answer.loosened is None or answer.loosened.missing == ()
    marks = answer.loosened.marks if answer.loosened else words
    marked = Highlighter(marks).passage(TEXTS[language], language)
    assert any(match for _, match in marked)


def test_of_words_that_no_story_has_together_the_most_count(index):
    answer = asked(index, "kettle sings answers leaks")

    assert [hit.id for hit in answer.hits] == [NUMBERS["en"]]
    assert answer.loosened.missing == ()


@pytest.mark.parametrize(
    "words",
    [
        '"xyzzyq"',
        "xyzzyq",
        "kettle title:xyzzyq",
        "kettle xyzzyq*",
        'kettle "leaks kettle"',
        "xyzzyq OR plugh kettle",
        "kettle -kettle",
        "xyzzyq -kettle",
        "xyzzyq plugh",
        "the xyzzyq",
        "",
        "-",
    ],
)
def test_what_is_asked_for_strictly_stays_strict(index, words):
    answer = asked(index, words)

    assert answer.loosened is None
    assert words in ("", "-") or not answer.total


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ('"kettle that sings" xyzzyq', [50]),
        ("title:kettle leaks answers", [50]),
        ("kettle xyzzyq -leaks", [50]),
        ("kett* xyzzyq sings", [50]),
        ("sings OR leaks xyzzyq", [50, NUMBERS["en"]]),
    ],
)
def test_the_rest_is_left_out_beside_it(index, words, ids):
    assert sorted(found(index, words)) == sorted(ids)


def test_who_does_not_ask_loosely_finds_nothing(index):
    answer = index.search(Question(words="kettle xyzzyq"))

    assert (answer.total, answer.loosened) == (0, None)


def test_what_only_a_filter_leaves_nothing_of_is_not_loosened(index):
    answer = asked(index, "leaks", kinds=("praise",))

    assert (answer.total, answer.loosened) == (0, None)
    assert found(index, "kettle xyzzyq", kinds=("praise",)) == [50]


WORDS = ("pony", "mule", "donkey", "horse")
texts = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)
typed = st.lists(st.sampled_from((*WORDS, "zebra")), min_size=1, max_size=5)


@settings(max_examples=150, deadline=None)
@given(st.lists(texts, min_size=1, max_size=6), typed, st.sampled_from(["", "mule"]))
def test_most_words_win_in_any_world(texts, typed, never):
    with TemporaryDirectory() as folder:
        index = open_index("whoosh:", Path(folder))
        index.put(Document(id=at, body=text) for at, text in enumerate(texts, 1))
        words = " ".join([*typed, f"-{never}"] if never else typed)

        answer = asked(index, words)

        told = {at: set(text.split()) for at, text in enumerate(texts, 1)}
        may = {at: said for at, said in told.items() if never not in said}
        counts = {at: sum(word in said for word in typed) for at, said in may.items()}
        most = max(counts.values(), default=0)
        best = {at for at, count in counts.items() if count == most and most}
        assert {hit.id for hit in answer.hits} == best
        assert (answer.loosened is None) == (most in (0, len(typed)))
        if answer.loosened:
            nowhere = set(typed).difference(*told.values())
            assert set(answer.loosened.missing) == nowhere
        index.close()


@pytest.fixture
def leak(app, db, ada, kettles):
    story = a_story(db, ada, kettles, title="It leaks", text="The kettle leaks badly.")
    outbox.index(db, story.id)
    db.commit()
    worker.drain(app)
    yield story
    with app.app_context():
        index_of_site().close()


def test_the_page_says_which_word_it_left_out(client, leak):
    page = client.get("/en/search?q=kettles+<i>xyzzyq+leaking")

    assert not missing_from(page, "1 story", "No story has the word <i>xyzzyq")
    assert not missing_from(page, "Shown are the stories that have the most of your")
    assert "<mark>kettle</mark> <mark>leaks</mark>" in page.text
    assert 'href="/en/search?q=kettles+leaking"' in page.text
    assert "<i>" not in page.text


def test_did_you_mean_comes_first(client, leak):
    page = words_of(client.get("/en/search?q=kettles+bdaly+xyzzyq"))

    assert page.index("Did you mean kettles badly xyzzyq?") < page.index(
        "No story has any of the words bdaly, xyzzyq."
    )


def test_words_that_stand_apart_are_said_to(client, db, ada, kettles, app, leak):
    other = a_story(db, ada, kettles, title="It sings", text="Rather well.")
    outbox.index(db, other.id)
    db.commit()
    worker.drain(app)

    page = client.get("/en/search?q=leaks+sings")

    assert not missing_from(
        page, "2 stories", "No story has all of these words together."
    )


def test_machines_are_told_too(client, leak):
    answer = client.get("/api/v1/search?q=kettles+bdaly+xyzzyq").json

    assert [item["id"] for item in answer["items"]] == [leak.id]
    assert answer["suggestion"] == "kettles badly xyzzyq"
    assert answer["loosened"] == {"missing": ["bdaly", "xyzzyq"], "rest": "kettles"}
    assert client.get("/api/v1/search?q=kettles").json["loosened"] is None


def test_feeds_hold_to_the_words(client, leak):
    feed = client.get("/en/search.json?q=kettles+xyzzyq")

    assert feed.json["items"] == []
