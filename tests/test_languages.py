"""Languages: tags, names, directions, kin, guesses."""

import re
import subprocess
import sys

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from stories import languages
from stories.languages import model
from stories.languages.own_names import OWN_NAMES
from stories.problems import Invalid

ENGLISH = (
    "I ordered the laptop in March and they promised to deliver it within ten days."
    " Nobody ever called me back, and the shop did not answer any of my letters."
)
ITALIAN = (
    "Ho ordinato il portatile a marzo e mi avevano promesso la consegna in dieci"
    " giorni. Nessuno mi ha mai richiamato e il negozio non ha risposto alle"
    " mie lettere."
)


@pytest.mark.parametrize(
    ("typed", "usual"),
    [
        ("en-gb", "en-GB"),
        ("zh_hans-cn", "zh-Hans-CN"),
        (" IT ", "it"),
        ("iw", "he"),
        ("deu", "de"),
        ("sh", "sr-Latn"),
        ("ES-419", "es-419"),
        ("ca-VALENCIA", "ca-valencia"),
        ("und", "und"),
    ],
)
def test_a_tag_takes_its_usual_form(typed: str, usual: str) -> None:
    assert languages.tag(typed) == usual


@pytest.mark.parametrize(
    "nonsense",
    ["", "e", "<script>", "en--GB", "english", "ｅｎ", "e" * 99, "en-!"],
)
def test_nonsense_is_no_tag(nonsense: str) -> None:
    with pytest.raises(Invalid):
        languages.tag(nonsense)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_a_tag_is_refused_or_stays_as_it_is(typed: str) -> None:
    try:
        tag = languages.tag(typed)
    except Invalid:
        return

    assert languages.tag(tag) == tag
    assert re.fullmatch(r"[A-Za-z0-9-]{2,40}", tag)
    assert languages.direction(tag) in {"ltr", "rtl"}
    assert languages.fallback(tag)[0] == tag
    assert languages.name(tag, "en")


@pytest.mark.parametrize(
    "tag", ["ar", "fa-AF", "he", "ur", "az-Arab", "dv", "pa-PK", "yi"]
)
def test_some_languages_run_from_right_to_left(tag: str) -> None:
    assert languages.direction(tag) == "rtl"


@pytest.mark.parametrize("tag", ["en", "ja", "az", "uz-Latn", "pa", "und", "xx"])
def test_the_others_run_from_left_to_right(tag: str) -> None:
    assert languages.direction(tag) == "ltr"


def test_the_nearest_kin_stands_in_first() -> None:
    assert languages.fallback("zh-Hant-TW") == ["zh-Hant-TW", "zh-Hant", "zh"]
    assert languages.fallback("zh-TW") == ["zh-TW", "zh-Hant", "zh"]
    assert languages.fallback("it") == ["it"]


@pytest.mark.parametrize(
    ("wanted", "offered", "found"),
    [
        (["it-CH", "en"], ["en", "it"], "it"),
        (["fr", "en-GB"], ["en", "it"], "en"),
        (["pt"], ["en", "pt-BR"], "pt-BR"),
        (["zh-TW"], ["zh-Hans", "zh-Hant"], "zh-Hant"),
        (["fr", "*"], ["en", "it"], None),
        ([], ["en"], None),
    ],
)
def test_a_reader_gets_the_first_language_that_is_there(
    wanted: list[str], offered: list[str], found: str | None
) -> None:
    assert languages.match(wanted, offered) == found


def test_languages_have_names() -> None:
    assert languages.own_name("it") == "italiano"
    assert languages.name("it", "en") == "Italian"
    assert languages.name("de", "it") == "tedesco"
    assert languages.name("zh-Hant", "en") == "Traditional Chinese"
    assert languages.name("und", "en") == "Unknown language"
    assert languages.name("qqq", "en") == "qqq"


def test_own_names_are_those_of_cldr() -> None:
    said = {
        tag: Locale.parse(tag, sep="-").get_display_name()
        for tag in ["en", "it", "ar", "ja", "zh-Hant", "sr-Latn", "nb", "cy"]
    }

    assert {tag: OWN_NAMES[tag] for tag in said} == said


def test_the_common_languages_are_offered_first() -> None:
    choices = languages.choosable("it")

    assert [choice.tag for choice in choices[:3]] == ["en", "it", "de"]
    assert len({choice.tag for choice in choices}) == len(choices) > 300
    assert all(choice.own_name and choice.name for choice in choices)
    assert {languages.tag(choice.tag) for choice in choices} < set(OWN_NAMES)
    assert all(choice.name != choice.tag for choice in choices)


def test_every_language_of_the_interface_can_be_chosen() -> None:
    assert set(languages.INTERFACE_LANGUAGES) < {
        c.tag for c in languages.choosable("en")
    }


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        (ENGLISH, "en"),
        (ITALIAN, "it"),
        ("Der Kundendienst hat auf meine Briefe nie geantwortet.", "de"),
        ("Le service après-vente n'a jamais répondu à mes lettres.", "fr"),
        ("カスタマーサービスは一度も返事をくれませんでした。", "ja"),
        ("고객 센터에서 아무런 답변도 받지 못했습니다.", "ko"),
        ("客服从来没有回复过我的邮件。", "zh-Hans"),
        ("客服從來沒有回覆過我的郵件。", "zh-Hant"),
        ("Syarikat ini tidak menjawab e-mel saya dan wang saya hilang.", "ms"),
        ("Perusahaan ini tidak menjawab surel saya dan uang saya hilang.", "id"),
        ("لم ترد خدمة العملاء على رسائلي أبداً.", "ar"),
        ("Kundeservice svarte aldri på brevene mine, og jeg fikk ikke pengene.", "nb"),
    ],
)
def test_a_text_tells_its_language(text: str, tag: str) -> None:
    assert languages.detect(text).tag == tag


@pytest.mark.parametrize("text", ["", "ok", "Sony Vaio NW 7", "12345 !!!", "XXXX XXXX"])
def test_a_short_text_does_not(text: str) -> None:
    assert languages.detect(text).tag == languages.UNKNOWN


def test_a_text_in_two_languages_is_not_guessed() -> None:
    assert languages.detect(f"{ENGLISH} {ENGLISH}\n\n{ITALIAN} {ITALIAN}").tag == "und"


def test_a_quotation_in_another_language_does_not_matter() -> None:
    assert languages.detect(f"{ENGLISH * 5} {ITALIAN} {ENGLISH * 5}").tag == "en"


def test_addresses_do_not_count_as_words() -> None:
    links = "https://www.example.org/support/contact/complaints/en " * 9

    assert languages.detect(f"{links}{ITALIAN}").tag == "it"


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_asked_for_its_language(text: str) -> None:
    guess = languages.detect(text)

    assert languages.tag(guess.tag) == guess.tag
    assert 0 <= guess.sure <= 1.001


def test_the_folded_model_answers_as_the_whole_one() -> None:
    known = frozenset({"en", "it", "de", "ja", "ar"})
    folded = model.identifier(known)
    whole = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    whole.set_languages(known)

    for text in (ENGLISH, ITALIAN, "カスタマー", "لم ترد", "Straße", "!", ""):
        assert dict(folded.rank(text)) == pytest.approx(dict(whole.rank(text)))


def test_the_folded_model_is_kept_in_a_file_and_made_anew_where_that_is_broken(
    tmp_path,
) -> None:
    known = frozenset({"en", "it"})
    made = model.identifier(known, tmp_path)
    (room,) = tmp_path.iterdir()

    again = model.identifier(known, tmp_path)
    short = (room / "states.npy").read_bytes()[:1000]
    (room / "states.npy").unlink()  # it is in use
    (room / "states.npy").write_bytes(short)
    repaired = model.identifier(known, tmp_path)
    (room / "labels.npy").unlink()
    whole = model.identifier(known, tmp_path)

    for text in (ENGLISH, ITALIAN):
        assert made.rank(text) == again.rank(text)
        assert made.rank(text) == repaired.rank(text) == whole.rank(text)
    assert list(tmp_path.iterdir()) == [room]


def test_the_detector_is_not_loaded_before_it_is_asked() -> None:
    code = "import sys, stories.languages; sys.exit('py3langid' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
