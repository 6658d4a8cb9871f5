"""What a reader types into the search box, as a tree that any engine can answer.

Words (all of them), "phrases", beginnings*, -without, one OR another, and words of
one field (`title:`, `company:`, `product:`). Whatever is typed means something.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from stories.search import analysis, unspaced
from stories.search.analysis import Token
from stories.search.questions import MOST_LETTERS, MOST_WORDS

FIELDS = frozenset({"title", "company", "product"})
LONGEST_PHRASE = 32
"""So many words or pieces of a phrase are looked at, its first ones."""

_ATOM = re.compile(
    r"(?P<bar>\|)|(?P<minus>(?<!\S)-)?(?:(?P<field>[a-z]+):(?=\S))?"
    r'(?:["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]?|(?P<word>[^\s"“”„«»|]+))'
)


@dataclass(frozen=True, slots=True)
class Term:
    """One word, in any of its forms."""

    forms: tuple[str, ...]
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words at their distances from the first, each in any of its forms."""

    steps: tuple[tuple[int, tuple[str, ...]], ...]
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """All words that begin so, or all pieces of a script without spaces."""

    start: str
    field: str | None = None
    piece: bool = False


@dataclass(frozen=True, slots=True)
class Either:
    """Any one of these."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Every:
    """All that must be there, what may be there as well, and what must not."""

    must: tuple["Node", ...] = ()
    may: tuple["Node", ...] = ()
    never: tuple["Node", ...] = ()


Node = Term | Phrase | Prefix | Either | Every


class Word(NamedTuple):
    """A word of a query that may be left out where no story has them all: where it
    stands, and what it is made of, as typed and as a tree."""

    start: int
    end: int
    pieces: tuple[tuple[str, Node], ...]


class Loose(NamedTuple):
    """A query as the words that may be left out, and the rest, which may not."""

    rest: Every
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    node: Node
    optional: bool = False
    excluded: bool = False
    word: Word | None = field(default=None, compare=False)


def parse(words: str, languages: Iterable[str]) -> Every:
    """The tree of a query, its words in the forms that these languages give them."""
    return _parse(words[:MOST_LETTERS], _tags(languages))


@lru_cache(maxsize=256)
def _parse(words: str, tags: tuple[str, ...]) -> Every:
    return _every(_parts(words, tags))


def loosely(words: str, languages: Iterable[str]) -> Loose:
    """The same query with its plain words apart: no phrase, field, beginning, `OR`."""
    parts = _parts(words[:MOST_LETTERS], _tags(languages))
    rest = [part for part in parts if not part.word]
    must = tuple(part.node for part in rest if not (part.optional or part.excluded))
    every = _every(rest)
    words_apart = tuple(part.word for part in parts if part.word)
    return Loose(Every(must, (), every.never), words_apart)


def _tags(languages: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(analysis.primary_tag, languages)))


def _parts(words: str, tags: tuple[str, ...]) -> list[_Part]:
    parts: list[_Part] = []
    joined = False
    for atom in list(_ATOM.finditer(words))[:MOST_WORDS]:
        if atom["bar"] or atom["word"] == "OR":
            joined = bool(parts)
            continue
        part = _part(atom, tags)
        if part is None:
            continue
        if joined and not part.excluded and not parts[-1].excluded:
            part = _either(parts.pop(), part)
        joined = False
        parts.append(part)
    return parts


def _either(one: _Part, other: _Part) -> _Part:
    nodes = one.node.nodes if isinstance(one.node, Either) else (one.node,)
    return _Part(Either((*nodes, other.node)))


def _every(parts: list[_Part]) -> Every:
    never = tuple(dict.fromkeys(part.node for part in parts if part.excluded))
    asked = [part for part in dict.fromkeys(parts) if not part.excluded]
    must = tuple(part.node for part in asked if not part.optional)
    if not must:
        return Every(tuple(part.node for part in asked), (), never)
    return Every(must, tuple(part.node for part in asked if part.optional), never)


def _part(atom: re.Match[str], tags: tuple[str, ...]) -> _Part | None:
    field = atom["field"]
    text = atom["phrase"] if atom["phrase"] is not None else atom["word"]
    if field and field not in FIELDS:
        text, field = f"{field} {text}", None
    excluded = bool(atom["minus"])
    if atom["word"] and text.endswith("*"):
        node = _prefix(text, field)
        return _Part(node, excluded=excluded) if node else None
    tokens = list(analysis.asked(text, "und"))
    if not tokens:
        return None
    stopped = [_stops(token, tags) for token in tokens]
    optional = all(stopped) and atom["phrase"] is None
    node = _node(tokens, stopped, tags, field)
    if atom["word"] and not excluded:
        node = _also(node, text, tokens, tags, field)
    word = None
    if atom["word"] and not (field or optional or excluded):
        word = Word(*atom.span(), _pieces(tokens, stopped, tags))
    return _Part(node, optional and not excluded, excluded, word)


def _prefix(text: str, field: str | None) -> Node | None:
    tokens = list(analysis.asked(text, "und"))
    if not tokens:
        return None
    last = tokens[-1]
    if len(tokens) > 1 or last.piece:
        return _node(tokens, [False] * len(tokens), (), field)
    return Prefix(last.word, field)


def _node(
    tokens: list[Token],
    stopped: list[bool],
    tags: tuple[str, ...],
    field: str | None,
) -> Node:
    """One word as a term, several as a phrase; a short piece as what it begins."""
    shorts = tuple(Prefix(t.word, field, piece=True) for t in tokens if t.short)
    said = _covering(_said(tokens, stopped))
    steps = tuple(
        (token.position - said[0].position, _forms(token, tags))
        for token in said[:LONGEST_PHRASE]
    )
    if len(steps) > 1:
        return _with(Phrase(steps, field), shorts)
    if steps:
        return _with(Term(steps[0][1], field), shorts)
    return shorts[0] if len(shorts) == 1 else Every(shorts)


def _also(
    node: Node, text: str, tokens: list[Token], tags: tuple[str, ...], field: str | None
) -> Node:
    """The same, or what it is made of: the parts of a compound, and what stands apart
    in other texts in a script without spaces."""
    nodes = [_chunk(chunk, field) for chunk in unspaced.chunks(text)]
    if nodes:
        words = [Term(_forms(t, tags), field) for t in tokens if not t.piece]
        parted = [Every((*words, *nodes))]
    elif len(tokens) == 1 and not tokens[0].piece:
        known = (analysis.analysed(tokens[0].typed, tag).parts for tag in tags)
        parted = [
            Every(tuple(Term((part,), field) for part in parts))
            for parts in dict.fromkeys(known)
            if parts
        ]
    else:
        return node
    more = tuple(each for each in parted if each.must != (node,))
    return Either((node, *more)) if more else node


def _chunk(chunk: unspaced.Chunk, field: str | None) -> Node:
    """One of the ways to say it."""
    ways = tuple(_all_of(way, field) for way in chunk)
    return ways[0] if len(ways) == 1 else Either(ways)


def _all_of(letters: tuple[str, ...], field: str | None) -> Node:
    nodes = []
    for each in letters:
        tokens = list(analysis.asked(each, "und"))
        nodes.append(_node(tokens, [False] * len(tokens), (), field))
    return nodes[0] if len(nodes) == 1 else Every(tuple(nodes))


def _said(tokens: list[Token], stopped: list[bool]) -> list[Token]:
    """Without what a text leaves out, unless that is all."""
    kept = [t for t in tokens if not t.short]
    both = zip(tokens, stopped, strict=True)
    return [t for t, stop in both if not t.short and not stop] or kept


def _covering(tokens: list[Token]) -> list[Token]:
    """Without the pieces all whose letters are in their neighbours. Where words may be
    written together or apart, fewer pieces lie across the space."""
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        last = after is None or after.position > token.position + 1 or not after.piece
        free = not kept or token.position >= kept[-1].position + len(kept[-1].word)
        if not token.piece or free or last:
            kept.append(token)
    return kept


def _pieces(
    tokens: list[Token], stopped: list[bool], tags: tuple[str, ...]
) -> tuple[tuple[str, Node], ...]:
    """The words of a word, such as those of `set-top`, each by itself."""
    shorts = [t for t in tokens if t.short]
    return (
        *((t.word, Term(_forms(t, tags))) for t in _said(tokens, stopped)),
        *((t.word, Prefix(t.word, piece=True)) for t in shorts),
    )


def _with(node: Node, shorts: tuple[Node, ...]) -> Node:
    return Every((node, *shorts)) if shorts else node


def _stops(token: Token, tags: tuple[str, ...]) -> bool:
    """Whether the word is left out of the texts of one of these languages."""
    return not token.piece and any(
        token.word in analysis.stop_words(tag) for tag in tags
    )


def _forms(token: Token, tags: tuple[str, ...]) -> tuple[str, ...]:
    if token.piece:
        return (token.word,)
    known = [analysis.analysed(token.typed, tag) for tag in tags]
    stems = (one.stem for one in known)
    others = (other for one in known for other in one.others)
    return tuple(dict.fromkeys((token.word, *stems, *others)))


def left_out(words: str, gone: Iterable[Word]) -> str:
    """The query without some of its words."""
    kept, at = [], 0
    for word in sorted(gone):
        kept.append(words[at : word.start])
        at = word.end
    return " ".join("".join([*kept, words[at:]]).split())


def plain_words(words: str) -> Iterator[tuple[int, int, int]]:
    """Where in a query the words stand that could be misspelled, and of how many
    letters their pieces are in a script without spaces (else 0)."""
    for atom in _ATOM.finditer(words[:MOST_LETTERS]):
        word = atom["word"]
        if not word or word == "OR" or atom["minus"] or word.endswith("*"):
            continue
        for start, end, size in analysis.spans(word):
            yield atom.start("word") + start, atom.start("word") + end, size
