"""Languages: tags, names, directions, kin, guesses."""

import pytest

from stories import languages
from stories.problems import Invalid


def test_a_tag_takes_its_usual_form() -> None:
    assert languages.tag("zh_hans-cn") == "zh-Hans-CN"


def test_nonsense_is_no_tag() -> None:
    with pytest.raises(Invalid):
        languages.tag("<script>")


def test_arabic_runs_from_right_to_left() -> None:
    assert languages.direction("ar") == "rtl"


def test_italian_calls_itself_italiano() -> None:
    assert languages.own_name("it") == "italiano"


def test_a_long_text_tells_its_language() -> None:
    guess = languages.detect(
        "Il servizio clienti non ha mai risposto alle mie lettere."
    )

    assert guess.tag == "it"


def test_a_short_text_does_not() -> None:
    assert languages.detect("ok").tag == "und"
