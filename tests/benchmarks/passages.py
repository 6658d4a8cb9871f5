"""How well passages in another language than their text are told: what is marked in
texts of one language, and what is found of what was mixed into others.

    python -m tests.benchmarks detection

EARSHOT_TEST_DATA names where the texts are if not in ../shared/data.
"""

import random
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from stories.languages import detection, tags
from stories.text import clean, render
from tests.benchmarks.detection import DATA, rows

SEED = 5
MOST = 1500
"""So many paragraphs are taken of each file."""
SHORTEST = 12
LONGEST = (30, 40, 60, 80, 120, 200, 10_000)
"""Letters of a passage: the table's rows."""
_SAID = re.compile(' lang="([^"]*)"')
_SCRIPTS_OF_SIGNS = frozenset({"Hans", "Hant", "Jpan", "Kore", "Thai"})


class Paragraph(NamedTuple):
    """A paragraph of a text, and what the text's source says of its language."""

    language: str
    words: str
    source: str


def paragraphs() -> Iterator[Paragraph]:
    """Of stories and of formal texts; `others` are those in languages that the detector
    does not know."""
    chance = random.Random(SEED)
    for file in [*sorted(DATA.glob("stories.*.jsonl")), DATA / "langid.jsonl"]:
        found = [
            Paragraph(language, one, _source(file.name, language))
            for language, text in rows(file)
            for one in re.split(r"\n+", clean(text))
            if len(one) >= SHORTEST
        ]
        chance.shuffle(found)
        formal = file.name == "langid.jsonl"
        yield from found if formal else found[:MOST]


def _source(name: str, language: str) -> str:
    if name != "langid.jsonl":
        return "stories"
    primary = language.partition("-")[0]
    usual = primary == "zh" or tags.script(language) == tags.script(primary)
    known = {*detection.DETECTABLE, "nb", "nn", "fil"}
    return "rights" if primary in known and usual else "others"


def told(words: str, around: str) -> str | None:
    """The language that a paragraph of a text is marked with, if any."""
    found = _SAID.search(render(_typed(words), language=around))
    return found[1] if found else None


def _typed(words: str) -> str:
    """Without what Markdown would take for its own."""
    return re.sub(r"[\\`*_{}\[\]<>#|~=+.)-]", " ", words)


def main(_words: list[str]) -> None:
    """Print both tables, and what telling costs."""
    found = list(paragraphs())
    print("\nmarked in texts of one language, of 1,000 paragraphs")
    for source in ("stories", "rights", "others"):
        _print_false(source, [each for each in found if each.source == source])
    print("in texts of no known language, of 1,000 paragraphs")
    _print_unknown([each for each in found if each.source == "others"])
    known = [each for each in found if each.source != "others"]
    print("\nof passages in a text of another language: found, and called another one")
    _print_found("letters", [each for each in known if not _is_of_signs(each)])
    _print_found("signs", list(filter(_is_of_signs, known)))
    _print_cost([each for each in known if each.source == "stories"])


def _print_false(source: str, found: list[Paragraph]) -> None:
    kinds: dict[str, int] = defaultdict(int)
    for each in found:
        if tag := told(each.words, each.language):
            kinds[f"{each.language}→{tag}"] += 1
    usual = sorted(kinds.items(), key=lambda kind: -kind[1])[:8]
    which = ", ".join(f"{kind} {times}" for kind, times in usual)
    share = 1000 * sum(kinds.values()) / len(found)
    print(f"{source:24}{len(found):7}{share:8.2f}   {which}")


def _print_unknown(found: list[Paragraph]) -> None:
    some = random.Random(SEED).sample(found, MOST)
    marked = sum(told(each.words, "und") is not None for each in some)
    print(f"{'others':24}{len(some):7}{1000 * marked / len(some):8.2f}")


def _is_of_signs(each: Paragraph) -> bool:
    return tags.script(each.language) in _SCRIPTS_OF_SIGNS


def _print_found(name: str, found: list[Paragraph]) -> None:
    """Each put into an English text, or into a German one where it is English."""
    for shortest, longest in pairwise((SHORTEST, *LONGEST)):
        some = [each for each in found if shortest <= len(each.words) < longest]
        right = wrong = 0
        for each in some:
            tag = told(each.words, "de" if each.language.startswith("en") else "en")
            same = tag is not None and detection.alike(tag, each.language)
            right += same
            wrong += tag is not None and not same
        shares = f"{right / len(some):8.3f}{wrong / len(some):8.3f}" if some else ""
        print(f"{name:8}{shortest:>6} to {longest - 1:<6}{len(some):7}{shares}")


def _print_cost(found: list[Paragraph]) -> None:
    """Of texts of eight paragraphs, in milliseconds."""
    texts = [found[at : at + 8] for at in range(0, len(found) - 8, 80)]
    for name, tongue in (("rendered", None), ("rendered and told", "en")):
        start = time.process_time()
        for each in texts:
            render("\n\n".join(_typed(one.words) for one in each), language=tongue)
        taken = (time.process_time() - start) / len(texts) * 1000
        print(f"{name:24}{len(texts):7}{taken:8.3f} ms")
