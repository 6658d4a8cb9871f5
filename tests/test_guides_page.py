"""Pages that readers and the law expect, ours or an operator's."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from stories import discussing, drafting
from tests.reading_eyes import missing_from, words_of
from web.accounts import tidying
from web.i18n import LANGUAGES
from web.pages.guides import NAMES, OURS


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_guide_is_there_in_every_language(client, engine, language, name):
    page = client.get(f"/{language}/{name}")

    assert page.status_code == 200
    here = f"http://localhost/{language}/{name}"
    assert f'<link rel="canonical" href="{here}">' in page.text
    assert page.text.count('rel="alternate" hreflang') == len(LANGUAGES) + 1
    assert "{contact}" not in page.text
    assert "{site}" not in page.text


@pytest.mark.parametrize("name", NAMES)
def test_the_languages_say_the_same_in_the_same_order(name):
    def shape(language: str) -> list[str]:
        lines = (OURS / language / f"{name}.md").read_text().splitlines()
        return [line[:2] for line in lines if line.startswith(("#", "- "))]

    assert shape("it") == shape("en")


def test_how_figures_are_made_can_be_linked_to(client, engine):
    page = client.get("/en/how-it-works")

    for anchor in ("checks", "order", "turns", "clock", "figures", "companies"):
        assert f'<h2 id="{anchor}">' in page.text
    assert not missing_from(page, "= 5.8", "Wilson", "not a sample of all customers")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_privacy_page_says_how_long_what_is_kept(language):
    words = (OURS / language / "privacy.md").read_text()

    told = [int(number) for number in re.findall(r"(\d+) (?:days|giorni)", words)]

    assert told == [
        drafting.FORGOTTEN.days,
        tidying.CONFIRM_WITHIN.days,
        discussing.UNCONFIRMED_DAYS,
        tidying.UNUSED.days,
    ]


def test_links_between_guides_lead_somewhere(client, engine):
    for language in LANGUAGES:
        for name in NAMES:
            page = client.get(f"/{language}/{name}").text
            assert "](" not in page, name
            for part in page.split('href="http://localhost/')[1:]:
                address = part.partition('"')[0].partition("#")[0]
                assert client.get(f"/{address}").status_code == 200, address


def test_an_operator_puts_a_page_in_the_place_of_ours(
    application, settings, tmp_path: Path
):
    own = tmp_path / "pages" / "en" / "contact.md"
    own.parent.mkdir(parents=True)
    own.write_text("# Call us\n\nBetween nine and five.\n\n## Where\n\nIn Bruges.")
    client = application(replace(settings, pages=tmp_path / "pages")).test_client()

    page = client.get("/en/contact")

    assert not missing_from(page, "Call us", "Between nine and five.", "In Bruges.")
    assert 'id="where"' in page.text
    assert "Contatto" in words_of(client.get("/it/contact"))
    assert "The rules" in words_of(client.get("/en/rules"))
