"""How well each document fits a query: BM25F over arrays.

Every answer is one score per document of the index; who does not fit scores 0.
"""

from collections.abc import Iterable
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from stories.search.parsing import Either, Every, Node, Phrase, Prefix, Term
from stories.search.whoosh.indexing import FIELDS
from stories.search.whoosh.postings import LEXICON, PLACE_BITS, TEXT, Postings
from stories.search.whoosh.reading import Moment, Part

Scores = NDArray[np.float32]

SATURATED = 1.2
"""BM25's k1: how soon more of the same word counts no more."""


def score(node: Node, moment: Moment) -> Scores:
    """The score of every document, deleted ones too."""
    match node:
        case Term():
            return _term(node, moment)
        case Phrase():
            return _phrase(node, moment)
        case Prefix():
            return _prefix(node, moment)
        case Either():
            scores = [score(one, moment) for one in node.nodes]
            return reduce(np.add, scores)
        case Every():
            return _every(node, moment)


def _every(node: Every, moment: Moment) -> Scores:
    total = np.zeros(moment.size, np.float32)
    fits = np.ones(moment.size, np.bool_)
    for one in node.must:
        scores = score(one, moment)
        fits &= scores > 0
        total += scores
    if not node.must:
        total += 1
    for one in node.may:
        total += score(one, moment)
    for one in node.never:
        fits &= score(one, moment) <= 0
    total[~fits] = 0
    return total


def _term(node: Term, moment: Moment) -> Scores:
    weights = np.zeros(moment.size, np.float32)
    for part in moment.parts:
        for form in node.forms:
            found = part.opened.words.get(TEXT + form.encode())
            if found is None:
                continue
            if node.field is None:  # every document once: faster
                weights[part.span][found.docs] += found.weights
            else:
                _add(weights[part.span], found, node.field)
    return _rated(weights)


def _prefix(node: Prefix, moment: Moment) -> Scores:
    """Words as written; pieces, and words of one field, as they are indexed."""
    kind = TEXT if node.piece or node.field else LEXICON
    weights = np.zeros(moment.size, np.float32)
    for part in moment.parts:
        found = part.opened.words.starting(kind + node.start.encode())
        _add(weights[part.span], found, node.field)
    return _rated(weights)


def _add(weights: Scores, found: Postings, field: str | None) -> None:
    """Add what is found to the weights; a document may be there more than once."""
    docs, shares = found.docs, found.weights if len(found.weights) else None
    if field is not None:
        here = found.places >> PLACE_BITS == FIELDS[field].number
        docs, shares = np.repeat(docs, found.counts)[here], None
    if len(docs):
        weights += np.bincount(docs, shares, len(weights))


def _rated(weights: Scores) -> Scores:
    """BM25: rare words count more, more of the same word counts ever less."""
    docs = np.flatnonzero(weights)
    rare = np.log1p((len(weights) - len(docs) + 0.5) / (len(docs) + 0.5))
    found = weights[docs]
    weights[docs] = rare * found * (SATURATED + 1) / (found + SATURATED)
    return weights


def _phrase(node: Phrase, moment: Moment) -> Scores:
    """As its words together, where they stand at the right distances."""
    fits = np.zeros(moment.size, np.bool_)
    for part in moment.parts:
        docs = _together(node, part)
        fits[part.span][docs] = True
    if not fits.any():
        return np.zeros(moment.size, np.float32)
    terms = tuple(Term(forms) for _, forms in node.steps)
    scores = reduce(np.add, (score(term, moment) for term in terms))
    scores[~fits] = 0
    return scores


def _together(node: Phrase, part: Part) -> NDArray[np.uint64]:
    """The documents of a segment where the phrase stands."""
    found: list[NDArray[np.uint64]] = []
    for distance, forms in node.steps:
        places = _places(forms, part, node.field)
        if not len(places):
            return np.empty(0, np.uint64)
        found.append(places - np.uint64(distance))
    found.sort(key=len)
    common: NDArray[np.uint64] = reduce(_common, found)
    return common >> np.uint64(32)


def _places(forms: Iterable[str], part: Part, field: str | None) -> NDArray[np.uint64]:
    """Document and place of every occurrence as one number, ascending."""
    found: list[NDArray[np.uint64]] = []
    for form in forms:
        postings = part.opened.words.get(TEXT + form.encode())
        if postings is not None:
            docs = np.repeat(postings.docs, postings.counts).astype(np.uint64)
            places = docs << np.uint64(32) | postings.places
            if field is not None:
                places = places[postings.places >> PLACE_BITS == FIELDS[field].number]
            found.append(places)
    if not found:
        return np.empty(0, np.uint64)
    if len(found) == 1:
        return found[0]
    return np.sort(np.concatenate(found))


def _common(few: NDArray[np.uint64], many: NDArray[np.uint64]) -> NDArray[np.uint64]:
    at = np.searchsorted(many, few)
    at[at == len(many)] = 0
    common: NDArray[np.uint64] = few[many[at] == few]
    return common
