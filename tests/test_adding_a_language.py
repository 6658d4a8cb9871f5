"""Adding a language is one command and one folder; taking it away is one folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

HOUSE = Path(__file__).parent.parent
PARTS = ["Makefile", "pyproject.toml", "site", "static", "stories"]
ASK = """
import sys
from pathlib import Path
from stories.settings import read_settings
from web.app import create_app
from web.i18n import LANGUAGES

app = create_app(read_settings({"EARSHOT_DATA": sys.argv[1]}))
print(*LANGUAGES)
print(app.test_client().get("/tr/nowhere").text)
"""


@pytest.fixture
def house(tmp_path):
    """The code and two languages, in a place of their own."""
    unwanted = shutil.ignore_patterns("__pycache__")
    for name in PARTS:
        one = HOUSE / name
        if one.is_dir():
            shutil.copytree(one, tmp_path / name, ignore=unwanted)
        else:
            shutil.copy(one, tmp_path)
    for tag in ("it", "ar"):
        shutil.copytree(HOUSE / "translations" / tag, tmp_path / "translations" / tag)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    return tmp_path


def make(house, *what):
    """Without `.venv/.ready`: what is installed is there."""
    made = [f"--old-file=.venv/{stamp}" for stamp in (".ready", ".locked", ".made")]
    subprocess.run(["make", *made, *what], cwd=house, check=True)


def asked(house):
    """The languages of the site, and a page of it in Turkish."""
    where = {"PYTHONPATH": f"{house}:{house}/site", "PATH": os.environ["PATH"]}
    answer = subprocess.run(
        [sys.executable, "-c", ASK, house / "data"],
        cwd=house,
        env=where,
        check=True,
        capture_output=True,
        text=True,
    )
    languages, _, page = answer.stdout.partition("\n")
    return languages.split(), page


def translate(house, message, words):
    path = house / "translations/tr/LC_MESSAGES/messages.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale="tr")
    catalogue[message].string = words
    with path.open("wb") as file:
        write_po(file, catalogue)


def test_a_language_is_one_command_and_one_folder(house):
    before = asked(house)

    make(house, "language", "TAG=tr")
    translate(house, "Skip to the content", "İçeriğe geç")
    make(house, "compiled")
    with pytest.raises(subprocess.CalledProcessError):  # it is begun once
        make(house, "--silent", "language", "TAG=tr")
    languages, page = asked(house)
    shutil.rmtree(house / "translations" / "tr")

    assert before[0] == ["en", "it", "ar"]
    assert languages == ["en", "it", "ar", "tr"]
    assert '<html lang="tr" dir="ltr">' in page
    assert "İçeriğe geç" in page
    assert asked(house) == before
    assert '<html lang="en"' in before[1]
