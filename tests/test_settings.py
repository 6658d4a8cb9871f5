"""What an operator can set, and how nonsense is met."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from stories.settings import BadSetting, Settings, read_settings
from web.keys import keys
from web.uploading import LARGEST

README = Path(__file__).parent.parent / "README.md"


def variable(name: str) -> str:
    return "PORT" if name == "port" else f"EARSHOT_{name.upper()}"


def test_the_readme_names_every_setting_and_no_other():
    row = re.compile(r"^\| `(EARSHOT_(?!TEST_)\w+|PORT)` \|", re.MULTILINE)
    named = row.findall(README.read_text())

    assert sorted(named) == sorted(variable(each.name) for each in fields(Settings))


@pytest.mark.parametrize("name", ["host", "port", "web_processes", "proxies"])
def test_the_readme_tells_the_defaults(name):
    default = getattr(Settings(), name)

    assert f"| `{variable(name)}` | `{default}` |" in README.read_text()


def test_the_readmes_web_server_lets_the_largest_file_through():
    most = re.search(r"client_max_body_size (\d+)m;", README.read_text())

    assert most
    assert int(most[1]) * 1024 * 1024 >= LARGEST


def test_every_setting_has_its_default():
    assert read_settings({}) == Settings()


def test_settings_are_read_from_the_environment():
    read = read_settings(
        {
            "PORT": "8080",
            "EARSHOT_DATA": "/srv/earshot",
            "EARSHOT_TRUSTED_HOSTS": "a.example, b.example",
            "EARSHOT_DEMO": "no",
        }
    )

    assert read.port == 8080
    assert read.database == "sqlite:////srv/earshot/earshot.sqlite"
    assert read.trusted_hosts == ("a.example", "b.example")
    assert read.demo is False


def test_a_setting_can_stand_in_a_file(tmp_path):
    (tmp_path / "key").write_text("k" * 40 + "\n")

    read = read_settings({"EARSHOT_SECRET_KEY_FILE": str(tmp_path / "key")})

    assert read.secret_key == ("k" * 40,)


@pytest.mark.parametrize(
    ("name", "nonsense"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("EARSHOT_DEMO", "perhaps"),
        ("EARSHOT_RESOLVER", "somewhere"),
        ("EARSHOT_FETCH_INSIDE", "127.0.0.1:"),
        ("EARSHOT_SECRET_KEY_FILE", "/nowhere/at/all"),
    ],
)
def test_nonsense_is_refused_by_name(name, nonsense):
    with pytest.raises(BadSetting, match=name):
        read_settings({name: nonsense})


def test_keys_never_show_in_what_is_printed():
    assert "kkkk" not in repr(Settings(secret_key=("k" * 40,)))


def test_a_site_on_this_machine_makes_its_own_key_once(tmp_path):
    settings = Settings(data=tmp_path)

    assert keys(settings) == keys(settings)
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_a_public_site_needs_a_key_of_its_own(tmp_path):
    with pytest.raises(BadSetting, match="EARSHOT_SECRET_KEY"):
        keys(Settings(data=tmp_path, base_url="https://earshot.example"))


def test_a_short_key_is_none(tmp_path):
    with pytest.raises(BadSetting, match="EARSHOT_SECRET_KEY"):
        keys(Settings(data=tmp_path, secret_key=("short",)))
