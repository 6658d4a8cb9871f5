"""The catalogues are checked, and the check finds what is wrong."""

from pathlib import Path

import pytest

from tests.translations import HOME, catalogue, left, missing, security_faults, wrong

SOURCE = """
msgid "Publish"
msgstr ""

#, python-format
msgid "Written by %(name)s"
msgstr ""

#, python-format
msgid "%(n)d story by %(name)s"
msgid_plural "%(n)d stories by %(name)s"
msgstr[0] ""
msgstr[1] ""
"""
WHOLE = """
msgid "Publish"
msgstr "Pubblica"

#, python-format
msgid "Written by %(name)s"
msgstr "Scritto da %(name)s"

#, python-format
msgid "%(n)d story by %(name)s"
msgid_plural "%(n)d stories by %(name)s"
msgstr[0] "Una storia di %(name)s"
msgstr[1] "%(n)d storie di %(name)s"
"""


def faults(folder: Path, translated: str) -> str:
    """What the check finds in an Italian catalogue of these messages."""
    for name, text in (("source", SOURCE), ("it", translated)):
        header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
        (folder / f"{name}.po").write_text(header + text)
    wanted, found = catalogue(folder / "source.po"), catalogue(folder / "it.po", "it")
    return "\n".join([*missing(wanted, found), *wrong(found), *left(wanted, found)])


def test_a_whole_catalogue_has_no_fault(tmp_path):
    assert not faults(tmp_path, WHOLE)


@pytest.mark.parametrize(
    ("whole", "broken", "fault"),
    [
        ('"Pubblica"', '""', "not translated: 'Publish'"),
        ('msgid "Publish"', '#, fuzzy\nmsgid "Publish"', "(fuzzy): 'Publish'"),
        ("Scritto da %(name)s", "Scritto da %(nome)s", "other places than in"),
        ("Scritto da %(name)s", "Scritto", "other places than in"),
        ("Una storia di %(name)s", "Una storia", "other places than in"),
        ("Una storia di %(name)s", "", "not translated: '%(n)d story by"),
        ("Publish", "Print", "no longer in the source: 'Print'"),
    ],
)
def test_what_is_wrong_is_found(tmp_path, whole, broken, fault):
    assert fault in faults(tmp_path, WHOLE.replace(whole, broken))


def test_what_flask_security_lacks_has_to_be_ours(tmp_path):
    korean = list(security_faults(tmp_path / "flask_security.po", "ko"))
    italian = list(security_faults(tmp_path / "flask_security.po", "it"))

    assert len(korean) > 20
    assert italian == []


def test_every_catalogue_stands_in_its_place():
    for path in HOME.rglob("*.po"):
        assert path.parent.name == "LC_MESSAGES"
        assert path.stem in {"messages", "flask_security"}
