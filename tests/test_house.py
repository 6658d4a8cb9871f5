"""The promises that the house makes to those who work in it."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from fnmatch import fnmatch
from pathlib import Path
from zipfile import ZipFile

import pytest

from stories.settings import Settings, read_settings

HOUSE = Path(__file__).parent.parent
CODE = ("stories", "site")
OURS = (*CODE, "tests", "static", "translations", ".ci")
WRITTEN = {".py", ".html", ".txt", ".css", ".js", ".toml", ".md", ".sh", ".json", ""}
TOP = {
    ".ci",
    ".gitignore",
    "LICENSE",
    "Makefile",
    "README.md",
    "package-lock.json",
    "package.json",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements.lock",
    "site",
    "static",
    "stories",
    "tests",
    "translations",
    "wsgi.py",
}


def ignored() -> list[str]:
    """Names that are no part of the house: what Git ignores, and Git itself."""
    lines = (HOUSE / ".gitignore").read_text().split()
    return [".git", *(line.strip("/") for line in lines)]


def visible(path: Path) -> bool:
    """Whether no part of a path is ignored."""
    parts = path.relative_to(HOUSE).parts
    return not any(fnmatch(part, name) for part in parts for name in ignored())


def written(*folders: str) -> Iterator[Path]:
    """Every file in some folders that somebody wrote."""
    for folder in folders:
        for path in sorted((HOUSE / folder).rglob("*")):
            if path.is_file() and path.suffix in WRITTEN and visible(path):
                yield path


def python(*folders: str) -> Iterator[Path]:
    """Every Python file but migrations, which are written by the machine."""
    for path in written(*folders):
        if path.suffix == ".py" and "migrations/versions" not in path.as_posix():
            yield path


def named(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_the_top_level_is_as_agreed():
    there = {path.name for path in HOUSE.iterdir() if visible(path)}

    assert there == TOP


def test_no_file_is_longer_than_400_lines():
    migrations = "site/web/migrations/versions/"
    long = {
        named(path): count
        for path in written(*OURS)
        if not named(path).startswith(migrations)
        and (count := path.read_text().count("\n")) > 400
    }

    assert not long


def test_no_function_is_longer_than_40_lines():
    long = {
        f"{named(path)}:{function.lineno} {function.name}": lines(function)
        for path in python(*CODE)
        for function in functions(path)
        if lines(function) > 40
    }

    assert not long


def test_the_domain_never_commits():
    """But for the search index, whose segments are no part of a transaction."""
    commits = [
        named(path)
        for path in python("stories")
        if "commit(" in path.read_text()
        and not named(path).startswith("stories/search")
    ]

    assert not commits


def test_site_is_a_source_root_and_no_package():
    assert not (HOUSE / "site" / "__init__.py").exists()


def test_nothing_is_left_unfinished_and_none_of_our_code_is_mocked():
    words = re.compile(
        r"\b(?:TO" r"DO|FIX" r"ME|HA" r"CK|Magic" r"Mock|mock\.pat" r"ch)\b"
    )
    unfinished = {
        named(path): found
        for path in written(*OURS)
        if (found := words.findall(path.read_text()))
    }

    assert not unfinished


def test_no_file_names_a_place_on_one_machine():
    place = re.compile(r"(?<![\w.}])/(?:work|root|home|Users)/\w")
    files = [*written(*OURS), *(path for path in HOUSE.iterdir() if path.is_file())]
    named_places = {
        named(path): found[0]
        for path in files
        if visible(path) and (found := place.findall(path.read_text()))
    }

    assert not named_places


@pytest.mark.parametrize(
    "lock", ["requirements.lock", "requirements-dev.lock", "package-lock.json"]
)
def test_locks_name_no_registry(lock):
    text = (HOUSE / lock).read_text()

    assert "://" not in text
    assert "--index-url" not in text


def test_everything_locked_has_hashes():
    text = (HOUSE / "requirements-dev.lock").read_text().replace("\\\n", "")
    bare = [line for line in text.splitlines() if "==" in line and "sha256" not in line]

    assert not bare


def test_pages_carry_no_inline_script_or_style():
    inline = re.compile(
        r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", re.IGNORECASE
    )
    offenders = {
        named(path): found[0]
        for path in written("site")
        if path.suffix == ".html"
        and "templates/mail" not in path.as_posix()
        and (found := inline.findall(path.read_text()))
    }

    assert not offenders


def test_styles_know_no_left_or_right():
    physical = re.compile(
        r"(?:margin|padding|border|inset)-(?:left|right)|^\s*(?:left|right):"
        r"|(?:float|text-align|clear):\s*(?:left|right)",
        re.MULTILINE,
    )
    offenders = {
        named(path): found
        for path in written("static")
        if path.suffix == ".css" and (found := physical.findall(path.read_text()))
    }

    assert not offenders


def test_no_two_files_of_styles_lay_out_the_same_thing():
    rule = re.compile(r"^  (\.[^{}@]*?) \{", re.MULTILINE)
    places: dict[str, set[str]] = {}
    for path in written("static"):
        if path.suffix == ".css" and "styles" in path.parts:
            for selector in rule.findall(path.read_text()):
                places.setdefault(selector, set()).add(path.name)

    assert not {each: found for each, found in places.items() if len(found) > 1}


def documented() -> list[str]:
    """The first column of the README's table of settings."""
    readme = (HOUSE / "README.md").read_text()
    section = readme.split("\n## Settings\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `(\w+)`", section, re.MULTILINE)


def test_the_readme_tells_every_setting_once():
    settings = {field.name for field in fields(Settings)}
    told = [name.removeprefix("EARSHOT_").lower() for name in documented()]

    assert sorted(told) == sorted(settings)


def test_a_setting_is_read_by_the_name_that_the_readme_tells(tmp_path):
    values = {
        "EARSHOT_MAIL_BOUNCES": "b@example.org",
        "EARSHOT_MEDIA_URL": "s3://files",
        "EARSHOT_TRANSLATE_URL": "http://127.0.0.1:5000",
    }
    for name in documented():
        value = values.get(name, "1")
        assert read_settings({name: value}) != Settings()
        (tmp_path / "value").write_text(f"{value}\n")
        from_file = read_settings({f"{name}_FILE": str(tmp_path / "value")})
        assert from_file == read_settings({name: value})


def test_a_wheel_holds_everything_that_runs(tmp_path):
    command = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        tmp_path,
    ]
    subprocess.run(command, cwd=HOUSE, check=True, capture_output=True)

    with ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        held = set(wheel.namelist())
    for source, place in (("stories", "stories"), ("site/web", "web")):
        for path in written(source):
            assert f"{place}/{path.relative_to(HOUSE / source).as_posix()}" in held
    assert "web/static/icons.svg" in held
