"""The sample texts, as they lie beside this module: TOML, and Markdown below it."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

FENCE = "+++\n"


@dataclass(frozen=True)
class Life:
    """One story from its publication on: who, when, what, and what happened then."""

    name: str
    author: str
    published: str
    entry: dict[str, Any]
    then: list[dict[str, Any]]
    imported: str | None = None


def lives() -> Iterator[Life]:
    """All sample stories."""
    for file in _all("lives"):
        yield _life(file)


def people() -> dict[str, Any]:
    """The members, by handle."""
    return _toml("people.toml")


def companies() -> list[dict[str, Any]]:
    """The companies, with who speaks for each."""
    return list(_toml("companies.toml")["company"])


def _life(file: Traversable) -> Life:
    _, head, text = file.read_text(encoding="utf-8").split(FENCE, 2)
    told = tomllib.loads(head)
    return Life(
        name=file.name.removesuffix(".md"),
        author=told.pop("author", ""),
        published=told.pop("published"),
        imported=told.pop("imported", None),
        then=[*told.pop("then", []), *_said(file.name.removesuffix(".md"))],
        entry={**told, "text": text.strip()},
    )


def _said(name: str) -> Iterator[dict[str, Any]]:
    """What others say of the story in their languages: `name.fr.md`, and of what was
    answered `name.response.it.md`."""
    for file in _all("tongues"):
        life, *_, tag, _ending = file.name.split(".")
        if life == name:
            _, head, text = file.read_text(encoding="utf-8").split(FENCE, 2)
            told = {"do": "translate", "language": tag, "text": text.strip()}
            yield {**tomllib.loads(head), **told}


def _all(folder: str) -> list[Traversable]:
    found = files(__package__).joinpath(folder).iterdir()
    return sorted(found, key=lambda file: file.name)


def desks() -> list[dict[str, Any]]:
    """How teams work at their desks."""
    return list(_toml("desks.toml")["desk"])


def contests() -> list[dict[str, Any]]:
    """Who says that somebody may not speak for their company."""
    return list(_toml("desks.toml")["contest"])


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
