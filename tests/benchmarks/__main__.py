"""`make bench`: pages beside a bare Flask, a story in each language, names as they
are typed, figures, a company's desk, search and how good its answers are, and how well
languages are told.

`ARGS="pages --rounds 3"` measures one part and hands it the words that follow.
"""

import sys
from collections.abc import Callable

from tests.benchmarks import (
    desk,
    detection,
    figures,
    passages,
    relevance,
    search,
    speed,
    tongues,
    typeahead,
)


def _languages(words: list[str]) -> None:
    """Of texts, and of passages within them."""
    detection.main(words)
    passages.main(words)


PARTS: dict[str, Callable[[list[str]], None]] = {
    "pages": speed.main,
    "tongues": tongues.main,
    "typeahead": typeahead.main,
    "figures": figures.main,
    "desk": desk.main,
    "search": search.main,
    "relevance": relevance.main,
    "detection": _languages,
}


def main(words: list[str]) -> None:
    chosen = words[0] if words and words[0] in PARTS else ""
    for name, measure in PARTS.items():
        if chosen in ("", name):
            print(f"\n{name}\n{'=' * len(name)}", flush=True)
            measure(words[1:] if chosen else words * (name == "pages"))


main(sys.argv[1:])
