"""The passage of a text that answers a query, with its matches marked."""

from bisect import bisect_left

from stories.search import analysis, parsing

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
    forms, starts = _wanted(tree.must + tree.may)
    spans = _joined(_spans(text, language, forms, starts))
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


def _wanted(nodes: tuple[parsing.Node, ...]) -> tuple[set[str], tuple[str, ...]]:
    """Forms of words to mark, and beginnings."""
    forms: set[str] = set()
    starts: list[str] = []
    for node in nodes:
        match node:
            case parsing.Term():
                forms.update(node.forms)
            case parsing.Phrase():
                forms.update(form for _, step in node.steps for form in step)
            case parsing.Prefix():
                starts.append(node.start)
            case parsing.Either() | parsing.Every():
                inner = node.nodes if isinstance(node, parsing.Either) else node.must
                more, further = _wanted(inner)
                forms |= more
                starts += further
    return forms, tuple(starts)


def _spans(
    text: str, language: str, forms: set[str], starts: tuple[str, ...]
) -> list[Span]:
    return [
        (token.start, token.end)
        for token in analysis.tokens(text, language)
        if token.stem in forms
        or token.word in forms
        or (starts and token.word.startswith(starts))
    ]


def _joined(spans: list[Span]) -> list[Span]:
    """Overlapping pieces as one."""
    found: list[Span] = []
    for start, end in spans:
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
