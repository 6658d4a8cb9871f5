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
AROUND = 30
"""A word's end is looked for within so many letters."""


def highlight(text: str, words: str, language: str = "und") -> list[Segment]:
    """The best passage of `text` as (piece, is it a match), in order.

    >>> highlight("Full of oxymorons.", "oxymoron", "en")
    [('Full of ', False), ('oxymorons', True), ('.', False)]
    """
    tree = parsing.parse(words, (language,))
    first, last = _passage(text, _likely(text[:MOST_TEXT], tree, language))
    passage = text[first:last]
    found = [("…", False)] if first else []
    at = 0
    for start, end in _joined(_spans(list(analysis.tokens(passage, language)), tree)):
        found += [(passage[at:start], False), (passage[start:end], True)]
        at = end
    found.append((passage[at:], False))
    if last < len(text):
        found.append(("…", False))
    return [piece for piece in found if piece[0]]


def _likely(text: str, tree: parsing.Every, language: str) -> list[int]:
    """Where something begins that was asked for, phrases not yet looked at.

    Each different word is looked at once, which is ten times as fast as all of them.
    """
    asked = list(_asked(tree))
    forms = {form for node in asked if isinstance(node, Term) for form in node.forms}
    starts = tuple(node.start for node in asked if isinstance(node, Prefix))
    pieces = [form for form in (*forms, *starts) if not analysis.is_spaced(form)]
    primary = analysis.primary_tag(language)

    def fits(run: str) -> bool:
        said = analysis.analysed(run, primary)
        if not forms.isdisjoint(said) or (starts and said[0].startswith(starts)):
            return True
        return bool(pieces) and any(piece in run for piece in pieces)

    runs = filter(fits, set(analysis.RUN.findall(text)))
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
    return token.stem in forms or token.word in forms


def _joined(spans: list[Span]) -> list[Span]:
    """In order, overlapping ones as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
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
