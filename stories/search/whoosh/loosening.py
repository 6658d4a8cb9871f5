"""Words that no story has all of: the stories that have the most of them."""

from typing import NamedTuple

import numpy as np

from stories.search import parsing
from stories.search.parsing import Word
from stories.search.questions import MOST_LETTERS, Loosened, Question
from stories.search.whoosh import evaluating
from stories.search.whoosh.evaluating import Scores
from stories.search.whoosh.reading import Mask, Moment, read_languages

NEARLY = 0.999
"""Sums of shares of words differ by their order, in the last digits."""


class Next(NamedTuple):
    """The scores of what comes next to all the words, and how it was asked for."""

    scores: Scores
    loosened: Loosened


def loosen(question: Question, moment: Moment) -> Next | None:
    """Who has the most of the words, and all that may not be left out; None where that
    is nothing."""
    tags = read_languages(question.languages, moment)
    loose = parsing.loosely(question.words, tags)
    scores = evaluating.score(loose.rest, moment)
    fits = moment.alive & (scores > 0)
    shares = np.zeros(moment.size, np.float32)
    missing = [word for word in loose.words if not _add(word, moment, scores, shares)]
    most = shares[fits].max(initial=0)
    if not (most or loose.rest.must) or not (loose.words and fits.any()):
        return None
    scores[~fits | (shares < most * NEARLY)] = 0
    return Next(scores, _told(question.words, loose.words, missing))


def _add(word: Word, moment: Moment, scores: Scores, shares: Scores) -> bool:
    """Add what a word counts where it is; False if no story has it."""
    found: Mask = np.zeros(moment.size, np.bool_)
    for _, piece in word.pieces:
        points = evaluating.score(piece, moment)
        has = points > 0
        scores += points
        shares += has / np.float32(len(word.pieces))
        found |= has
    return bool((found & moment.alive).any())


def _told(typed: str, words: tuple[Word, ...], missing: list[Word]) -> Loosened:
    typed = typed[:MOST_LETTERS]
    said = dict.fromkeys(typed[word.start : word.end] for word in missing)
    pieces = dict.fromkeys(text for word in words for text, _ in word.pieces)
    marks = f"{parsing.left_out(typed, words)} {' OR '.join(pieces)}"
    return Loosened(tuple(said), parsing.left_out(typed, missing), marks.strip())
