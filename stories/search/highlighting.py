"""The passage of a text that answers a query, with its matches marked."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain

from stories.search import analysis, parsing
from stories.search.analysis import Token
from stories.search.parsing import Prefix, Term

Segment = tuple[str, bool]
Span = tuple[int, int]

PASSAGE = 240
"""Letters of a passage, about."""
MOST_TEXT = 50_000
"""So many letters of a text are looked at."""
MARKS = frozenset(" .,;:!?…)»”")
AROUND = 30
"""A word's end is looked for within so many letters."""


def highlight(text: str, words: str, language: str = "und") -> list[Segment]:
    """The best passage of `text` as (piece, is it a match), in order.

    >>> highlight("Full of oxymorons.", "oxymoron", "en")
    [('Full of ', False), ('oxymorons', True), ('.', False)]
    """
    return Highlighter(words).passage(text, language)


class Highlighter:
    """The words of one query, looked for in many texts."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._sought: dict[str, _Sought] = {}

    def passage(self, text: str, language: str = "und") -> list[Segment]:
        """What `highlight` finds; each word of all the texts is looked at once."""
        primary = analysis.primary_tag(language)
        sought = self._sought.get(primary)
        if sought is None:
            sought = self._sought[primary] = _Sought(self._words, primary)
        first, last = _passage(text, _likely(text[:MOST_TEXT], sought))
        first, last = _trimmed(text, first, last)
        passage = text[first:last]
        found = [("…", False)] if first else []
        at = 0
        for start, end in _joined(sought.spans(passage)):
            found += [(passage[at:start], False), (passage[start:end], True)]
            at = end
        found.append((passage[at:], False))
        if last < len(text):
            found.append(("…", False))
        return [piece for piece in found if piece[0]]


def _trimmed(text: str, first: int, last: int) -> Span:
    """Without the marks of the sentence before, and without two endings at the end."""
    while 0 < first < last and text[first] in MARKS:
        first += 1
    while first < last < len(text) and text[last - 1] in MARKS:
        last -= 1
    return first, last


class _Sought:
    """Which words of texts in one language are those that were asked for, phrases not
    yet looked at."""

    def __init__(self, words: str, primary: str) -> None:
        self._primary = primary
        self._tree = parsing.parse(words, (primary,))
        asked = list(_asked(self._tree))
        terms = [node for node in asked if isinstance(node, Term)]
        self._forms = frozenset(form for term in terms for form in term.forms)
        self._starts = tuple(node.start for node in asked if isinstance(node, Prefix))
        every = (*self._forms, *self._starts)
        self._pieces = [form for form in every if not analysis.is_spaced(form)]
        self._plain = not self._pieces and not _has_phrases(self._tree)
        self._seen: set[str] = set()
        self._fitting: set[str] = set()

    def fitting(self, text: str) -> set[str]:
        """The words of this text that fit."""
        runs = set(analysis.runs(text).findall(text))
        new = runs - self._seen
        self._fitting.update(self._that_fit(new))
        self._seen |= new
        return runs & self._fitting

    def _that_fit(self, runs: set[str]) -> Iterator[str]:
        """A page of passages has thousands of words: what is rare is looked at last."""
        primary, forms, starts = self._primary, self._forms, self._starts
        for run in runs:
            word, stem, _, _, kin = analysis.analysed(run, primary)
            if (
                word in forms
                or stem in forms
                or (kin and not forms.isdisjoint(kin))
                or (starts and word.startswith(starts))
                or (self._pieces and self._has_piece(run))
            ):
                yield run

    def _has_piece(self, run: str) -> bool:
        letters = analysis.letters_folded(run)
        return any(piece in letters for piece in self._pieces)

    def spans(self, passage: str) -> list[Span]:
        """Where the passage says what was asked for."""
        if self._plain and "_" not in passage and analysis.is_spaced(passage):
            fitting = self.fitting(passage)
            runs = analysis.runs(passage).finditer(passage) if fitting else ()
            return [run.span() for run in runs if run.group() in fitting]
        return _spans(list(analysis.tokens(passage, self._primary)), self._tree)


def _has_phrases(node: parsing.Node) -> bool:
    match node:
        case parsing.Phrase():
            return True
        case parsing.Either():
            return any(map(_has_phrases, node.nodes))
        case parsing.Every():
            return any(map(_has_phrases, node.must + node.may))
        case _:
            return False


def _likely(text: str, sought: _Sought) -> list[int]:
    """Where something begins that was asked for."""
    runs = sought.fitting(text)
    return sorted(set(chain.from_iterable(_places(run, text) for run in runs)))


def _places(run: str, text: str) -> Iterator[int]:
    """Where the letters stand in the text, at times within a longer word."""
    at = text.find(run)
    while at >= 0:
        yield at
        at = text.find(run, at + len(run))


def _asked(node: parsing.Node) -> Iterator[Term | Prefix]:
    """All words and beginnings, wherever they stand in the query."""
    match node:
        case Term() | Prefix():
            yield node
        case parsing.Phrase():
            yield from (Term(forms) for _, forms in node.steps)
        case parsing.Either():
            yield from chain.from_iterable(map(_asked, node.nodes))
        case parsing.Every():
            yield from chain.from_iterable(map(_asked, node.must + node.may))


def _spans(tokens: list[Token], node: parsing.Node) -> list[Span]:
    """Where the text says what the query asks for."""
    match node:
        case Term():
            return [(t.start, t.end) for t in tokens if _is(t, node.forms)]
        case Prefix():
            start = node.start
            return [(t.start, t.end) for t in tokens if t.word.startswith(start)]
        case parsing.Phrase():
            return _phrases(tokens, node)
        case parsing.Either():
            return [span for one in node.nodes for span in _spans(tokens, one)]
        case parsing.Every():
            inner = node.must + node.may
            return [span for one in inner for span in _spans(tokens, one)]


def _phrases(tokens: list[Token], phrase: parsing.Phrase) -> list[Span]:
    at = {token.position: token for token in tokens}
    found: list[Span] = []
    for token in tokens:
        said = [at.get(token.position + distance) for distance, _ in phrase.steps]
        steps = zip(said, phrase.steps, strict=True)
        if all(one and _is(one, forms) for one, (_, forms) in steps):
            found += [(one.start, one.end) for one in said if one]
    return found


def _is(token: Token, forms: tuple[str, ...]) -> bool:
    if token.stem in forms or token.word in forms:
        return True
    return any(other in forms for other in token.kin)


def _joined(spans: list[Span]) -> list[Span]:
    """In order, those that overlap or touch as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _passage(text: str, starts: list[int]) -> Span:
    """Where most matches are close together, the first such place."""
    if len(text) <= PASSAGE:
        return 0, len(text)
    best, most = 0, 0
    for i, start in enumerate(starts):
        inside = bisect_left(starts, start + PASSAGE * 2 // 3) - i
        if inside > most:
            best, most = start, inside
    first = max(0, min(best - PASSAGE // 4, len(text) - PASSAGE))
    first = _word_start(text, first)
    return first, _word_end(text, min(first + PASSAGE, len(text)))


def _word_start(text: str, at: int) -> int:
    space = text.find(" ", at, at + AROUND) if at else -1
    return at if space < 0 else space + 1


def _word_end(text: str, at: int) -> int:
    space = text.rfind(" ", at - AROUND, at) if at < len(text) else -1
    return at if space < 0 else space
