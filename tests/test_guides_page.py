"""Pages that readers and the law expect, ours or an operator's."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from stories import discussing, drafting
from stories.handling import hooks
from tests.reading_eyes import missing_from, words_of
from web.accounts import tidying
from web.i18n import LANGUAGES
from web.pages.guides import NAMES, ours


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


WRITTEN = [
    (tag, name)
    for tag in LANGUAGES
    for name in NAMES
    if (ours(tag) / f"{name}.md").is_file()
]


@pytest.mark.parametrize(("language", "name"), WRITTEN)
def test_the_languages_say_the_same_in_the_same_order(language, name):
    def shape(language: str) -> list[str]:
        lines = (ours(language) / f"{name}.md").read_text().splitlines()
        starts = [line for line in lines if line.startswith(("#", "- "))]
        return [line[:2] + "".join(re.findall(r"\{#.*\}", line)) for line in starts]

    assert shape(language) == shape("en")


def test_english_stands_in_where_a_guide_is_not_translated(client, monkeypatch):
    monkeypatch.setattr("web.pages.guides.home", lambda _tag: Path("nowhere"))

    page = client.get("/it/rules")

    assert '<article class="column" lang="en" dir="ltr">' in page.text
    assert not missing_from(page, "The rules", "In questa pagina")


def test_how_figures_are_made_can_be_linked_to(client, engine):
    page = client.get("/en/how-it-works")

    for anchor in ("checks", "order", "turns", "clock", "figures", "companies"):
        assert f'<h2 id="{anchor}">' in page.text
    assert not missing_from(page, "= 5.8", "Wilson", "not a sample of all customers")


@pytest.mark.parametrize("language", [t for t, name in WRITTEN if name == "privacy"])
def test_the_privacy_page_says_how_long_what_is_kept(language):
    words = (ours(language) / "privacy.md").read_text()

    told = sorted(int(number) for number in re.findall(r"\d+", words))

    assert told == sorted(
        [
            drafting.FORGOTTEN.days,
            tidying.CONFIRM_WITHIN.days,
            discussing.UNCONFIRMED_DAYS,
            tidying.UNUSED.days,
            hooks.KEPT.days,
        ]
    )


def test_links_between_guides_lead_somewhere(client, engine):
    for language in LANGUAGES:
        for name in NAMES:
            page = client.get(f"/{language}/{name}").text.partition("<main")[2]
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
