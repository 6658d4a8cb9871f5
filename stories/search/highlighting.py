"""The passage of a text that answers a query, with its matches marked."""

from bisect import bisect_left

from stories.search import analysis, parsing
from stories.search.analysis import Token

Segment = tuple[str, bool]
Span = tuple[int, int]

PASSAGE = 240
"""Letters of a passage, about."""
MOST_TEXT = 100_000
"""So many letters of a text are looked at."""
AROUND = 30
"""A word's end is looked for within so many letters."""


def highlight(text: str, words: str, language: str = "und") -> list[Segment]:
    """The best passage of `text` as (piece, is it a match), in order.

    >>> highlight("Full of oxymorons.", "oxymoron", "en")
    [('Full of ', False), ('oxymorons', True), ('.', False)]
    """
    text = text[:MOST_TEXT]
    tree = parsing.parse(words, (language,))
    tokens = list(analysis.tokens(text, language))
    spans = _joined(_spans(tokens, tree))
    first, last = _passage(text, spans)
    pieces: list[Segment] = [("…", False)] if first else []
    at = first
    for start, end in spans:
        if start >= at and end <= last:
            pieces += [(text[at:start], False), (text[start:end], True)]
            at = end
    pieces.append((text[at:last], False))
    if last < len(text):
        pieces.append(("…", False))
    return [piece for piece in pieces if piece[0]]


def _spans(tokens: list[Token], node: parsing.Node) -> list[Span]:
    """Where the text says what the query asks for."""
    match node:
        case parsing.Term():
            return [(t.start, t.end) for t in tokens if _is(t, node.forms)]
        case parsing.Prefix():
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


def _passage(text: str, spans: list[Span]) -> Span:
    """Where most matches are close together, the first such place."""
    if len(text) <= PASSAGE:
        return 0, len(text)
    starts = [start for start, _ in spans]
    best, most = 0, 0
    for i, (start, _) in enumerate(spans):
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
