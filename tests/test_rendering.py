"""How values are shown, and in which language."""

import gzip
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask import g, render_template_string
from werkzeug.local import LocalProxy

from stories.effort import effort
from stories.models import Contact
from stories.models.codes import Channel, Precision
from stories.problems import Problem
from web import i18n
from web.rendering import dates, names, numbers, static_url, telling

THIRD_OF_MARCH = datetime(2011, 3, 3, 23, 30, tzinfo=UTC)


@pytest.fixture
def english(app):
    with app.test_request_context("/en/"):
        app.preprocess_request()
        yield


@pytest.fixture
def italian(app):
    with app.test_request_context("/it/"):
        app.preprocess_request()
        yield


def contact(**more) -> Contact:
    return Contact(**{"channel": Channel.PHONE, "role_spoken_to": "", **more})


# Dates


@pytest.mark.parametrize(
    ("precision", "shown"),
    [
        ("", "3 March 2011"),
        ("minute", "3 March 2011, 23:30"),
        ("day", "3 March 2011"),
        ("month", "March 2011"),
        ("year", "2011"),
        ("about_day", "about 3 March 2011"),
        ("about_month", "about March 2011"),
        ("about_year", "about 2011"),
        ("unknown", "Date not known"),
    ],
)
def test_a_date_is_shown_as_exactly_as_it_is_known(english, precision, shown):
    assert dates.day(THIRD_OF_MARCH, precision).replace(" at ", ", ") == shown


def test_every_precision_can_be_shown_and_read_by_machines(english):
    for precision in Precision:
        assert dates.moment(THIRD_OF_MARCH, precision)


def test_a_date_is_written_as_the_language_writes_it(italian):
    assert dates.day(THIRD_OF_MARCH) == "3 marzo 2011"


def test_a_recorded_moment_is_shown_in_the_readers_time_zone(english):
    g.time_zone = "Asia/Tokyo"

    assert dates.day(THIRD_OF_MARCH) == "4 March 2011"


def test_a_day_that_somebody_told_is_the_same_everywhere(english):
    g.time_zone = "America/New_York"
    told = datetime(2008, 9, 17, tzinfo=UTC)

    assert dates.day(told, "day") == "17 September 2008"


@pytest.mark.parametrize(
    ("precision", "stamp"),
    [("", "2011-03-03T23:30Z"), ("about_month", "2011-03"), ("year", "2011")],
)
def test_machines_read_a_date_to_the_same_precision(english, precision, stamp):
    html = dates.moment(THIRD_OF_MARCH, precision)

    assert f'datetime="{stamp}"' in html


@pytest.mark.parametrize(
    ("between", "said"),
    [
        (timedelta(seconds=5), "at once"),
        (timedelta(minutes=1), "1 minute later"),
        (timedelta(hours=6), "6 hours later"),
        (timedelta(days=6), "6 days later"),
        (timedelta(days=90), "3 months later"),
        (timedelta(days=3 * 365), "3 years later"),
    ],
)
def test_the_time_between_is_told_in_one_unit(english, between, said):
    assert dates.later(between) == said


def test_two_things_of_one_day_happened_on_the_same_day(english):
    assert dates.gap(THIRD_OF_MARCH, "day", THIRD_OF_MARCH, "day") == "the same day"


def test_what_came_before_is_no_time_later(english):
    earlier = THIRD_OF_MARCH - timedelta(days=3)

    assert dates.gap(THIRD_OF_MARCH, "", earlier, "") == ""
    assert dates.gap(THIRD_OF_MARCH, "day", earlier, "day") == ""


def test_one_day_after_another_is_the_next_day(english):
    fourth = THIRD_OF_MARCH + timedelta(days=1)

    assert dates.gap(THIRD_OF_MARCH, "day", fourth, "day") == "the next day"


def test_days_are_counted_by_the_calendar(english):
    later = datetime(2011, 3, 12, 1, tzinfo=UTC)

    assert dates.gap(THIRD_OF_MARCH, "", later, "") == "9 days later"


def test_no_time_is_told_that_the_dates_do_not_give(english):
    april = datetime(2011, 4, 1, tzinfo=UTC)

    assert dates.gap(THIRD_OF_MARCH, "day", april, "month") == ""
    assert dates.gap(THIRD_OF_MARCH, "unknown", april, "day") == ""


def test_a_duration_is_told_in_hours_and_minutes(english):
    told = [dates.duration(minutes) for minutes in (35, 120, 155)]

    assert told == ["35 min", "2 hours", "2 h 35 min"]


# Numbers and words


def test_money_is_written_as_the_language_writes_it(app, english):
    assert numbers.money(Decimal(25), "EUR") == "€25.00"
    with i18n.speaking("it"):
        assert numbers.money(Decimal(25), "EUR") == "25,00\xa0€"


def test_a_currency_written_in_letters_does_not_touch_the_number(app, english):
    assert numbers.money(Decimal(25), "NOK") == "NOK\xa025.00"
    assert numbers.money(Decimal(25), "USD") == "US$25.00"


def test_a_currency_keeps_its_sign_beside_its_letters_right_to_left(app):
    with i18n.speaking("ar"), app.app_context():
        assert numbers.money(Decimal(25), "USD").endswith("US$\u200e")
        assert numbers.money(Decimal(25), "EUR").endswith("€")


def test_money_is_never_rounded(english):
    assert numbers.money(Decimal("0.0035"), "USD") == "US$0.0035"


def test_a_list_escapes_what_it_lists(english):
    assert numbers.listed(["a", "<b>", "c"]) == "a, &lt;b&gt; and c"


def test_effort_is_told_in_words(english):
    calls = [contact(minutes=35, people=3), contact(minutes=60)]

    counted, told = effort(calls), effort(calls, 120)

    assert telling.effort(told) == "2 calls, 2 hours and 3 people"
    assert telling.effort(counted) == "2 calls, 1 h 35 min and 3 people"


def test_the_small_thread_says_in_words_what_it_draws(english):
    said = telling.told_line("aac", "resolved")

    assert said == "2 steps by the author, 1 by the company: Resolved"


def test_languages_are_called_as_the_reader_calls_them(italian):
    assert names.language_name("ko") == "coreano"


def test_words_of_another_language_say_so(english):
    assert names.passage("ar") == ' lang="ar" dir="rtl"'
    assert names.passage("und") == ' lang="" dir="auto"'
    assert names.passage("en") == ""


# Translating


def test_the_language_is_the_first_part_of_the_address(app):
    with app.test_request_context("/it/"):
        app.preprocess_request()

        assert i18n.language() == "it"


def test_a_language_that_is_not_spoken_here_is_no_address(client):
    assert client.get("/xx/patterns").status_code == 404


def test_an_error_speaks_the_language_of_the_address_else_of_the_browser(client):
    italian = client.get("/it/nothing").text
    browser = client.get("/no/such/page", headers={"Accept-Language": "it-CH, en"}).text

    assert '<html lang="it"' in italian
    assert '<html lang="it"' in browser


def test_a_page_names_itself_in_every_language(client):
    html = client.get("/en/patterns?q=1").text

    for tag in ("en", "it"):
        address = f"http://localhost/{tag}/patterns?q=1"
        assert f'<link rel="alternate" hreflang="{tag}" href="{address}">' in html
    assert 'hreflang="x-default"' in html


def test_a_problem_is_translated_with_its_places(english):
    several = Problem.plural("%(n)d word", "%(n)d words", n=3)

    assert i18n.translate(several) == "3 words"
    assert i18n.translate(Problem("At most %(most)d.", most=5)) == "At most 5."


def test_a_message_in_a_template_escapes_what_stands_in_it(english):
    html = render_template_string('{{ _("Hello, %(name)s", name="<b>") }}')

    assert html == "Hello, &lt;b&gt;"


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("News in “%(title)s”", "News in “Say ‘please’, «now»”"),
        ("Novità in «%(title)s»", "Novità in «Say “please”, “now”»"),
        ("News: %(title)s", "News: Say “please”, «now»"),
    ],
)
def test_a_quotation_within_a_quotation_has_marks_of_its_own(english, sentence, shown):
    title = "Say “please”, «now»"

    assert i18n.gettext(sentence, title=title) == shown


def test_a_number_in_a_sentence_is_grouped(english):
    assert i18n.ngettext("%(n)s story", "%(n)s stories", 1234) == "1,234 stories"


def test_no_function_of_templates_asks_for_the_context(app):
    asking = {
        name
        for name, made in app.jinja_env.globals.items()
        if type(made) is not LocalProxy and hasattr(made, "jinja_pass_arg")
    }

    assert not asking


# Static files


def test_a_static_file_is_kept_for_ever_under_its_hash(app, client):
    with app.app_context():
        address = static_url("site.css")

    answer = client.get(address)

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_wrong_hash_is_served_but_not_kept(client):
    answer = client.get("/static/site.0123456789.css")

    assert "immutable" not in answer.headers["Cache-Control"]


def test_the_style_is_lean_and_names_its_fonts_by_their_content(client):
    answer = client.get("/static/site.css", headers={"Accept-Encoding": "gzip"})

    assert len(answer.data) <= 12_000
    assert b"fonts/literata.woff2" not in gzip.decompress(answer.data)


def test_only_what_lies_in_the_folder_is_served(client):
    assert client.get("/static/../pyproject.toml").status_code == 404
    assert client.get("/static/%2e%2e/pyproject.toml").status_code == 404


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "2 things and 13 min"), ("zh-Hans", "2 things和 13 min")],
)
def test_a_list_is_spaced_as_its_language_is(app, language, words):
    with i18n.speaking(language), app.app_context():
        assert numbers.listed(["2 things", "13 min"]) == words


def test_a_wide_colon_brings_its_own_space():
    assert names.spaced("Who sees it:") == "Who sees it: "
    assert names.spaced("見られる人：") == "見られる人："
