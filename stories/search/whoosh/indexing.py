"""A document as words with weights and places, and as labels."""

from array import array
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from whoosh.fields import COLUMN, FieldType, Schema

from stories.search import analysis
from stories.search.documents import Document
from stories.search.questions import EFFORTS
from stories.search.whoosh.columns import (
    Labels,
    LabelsColumn,
    Measures,
    MeasuresColumn,
    NumbersColumn,
)
from stories.search.whoosh.postings import LEXICON, PLACE_BITS, TEXT
from stories.text import fold, other_spellings

ROLES = {
    "subject": "subjects",
    "praised": "praised",
    "criticised": "criticised",
    "mentioned": "mentioned",
}


LENGTH_MATTERS = 0.75
"""BM25's b: how far a word in a long text counts less."""


class Field(NamedTuple):
    """A part of a document: what a word in it counts, and its usual length in words."""

    number: int
    boost: float
    usual: int

    def share(self, length: int) -> float:
        """What one word counts among so many."""
        longer = length / self.usual
        return self.boost / (1 - LENGTH_MATTERS + LENGTH_MATTERS * longer)


FIELDS = {
    "title": Field(0, 2.0, 8),
    "body": Field(1, 1.0, 200),
    "extra": Field(2, 0.7, 200),
    "company": Field(3, 1.5, 4),
    "product": Field(4, 1.5, 4),
}
KIN = 0.5
"""What another stem of a word counts, or a part of it."""
APART = 100
"""So many places lie between two names, and no phrase spans them."""
MOST_TIMES = 1000
"""So many places of one word in one document are kept."""

Item = tuple[bytes, int, float, bytes]


class Words(FieldType):
    """The one field that is indexed: a whole document."""

    indexed = True

    def __init__(self) -> None:
        """Nothing of what Whoosh's own fields are configured by applies."""

    def index(self, value: Document, **options: Any) -> Iterator[Item]:
        """Each word once: key, how often, weight, packed places."""
        return _items(value)


@cache
def schema() -> Schema:
    """What Whoosh keeps of a document; no text, that is in the database."""
    return Schema(
        words=Words(),
        labels=COLUMN(LabelsColumn()),
        measures=COLUMN(MeasuresColumn()),
        number=COLUMN(NumbersColumn()),
        published_at=COLUMN(NumbersColumn()),
        last_activity_at=COLUMN(NumbersColumn()),
    )


def fields(document: Document) -> dict[str, Any]:
    """The document as values of the schema's fields."""
    return {
        "words": document,
        "labels": labels(document),
        "measures": measures(document),
        "number": document.id,
        "published_at": document.published_at,
        "last_activity_at": document.last_activity_at,
    }


def labels(document: Document) -> Labels:
    """All that the document is filtered and counted by, as `facet:value`."""
    said = {
        "kind": document.kind,
        "outcome": document.outcome,
        "origin": document.origin,
        "language": document.language,
        "year": document.year,
        "answered": "yes" if document.answered else "no",
    }
    found = [f"{facet}:{value}" for facet, value in said.items() if value]
    found += [f"language:{each.language}" for each in document.said]
    for role, name in ROLES.items():
        for company in getattr(document, name):
            found += [f"{role}:{company}", f"any:{company}"]
    found += [f"product:{product}" for product in document.products]
    found += [f"issue:{issue}" for issue in document.issues]
    found += [f"clock:{clock}" for clock in document.clocks]
    found += [f"effort:{least}" for least in EFFORTS if document.minutes >= least]
    found += [f"currency:{currency}" for currency, _ in document.amounts]
    return tuple(dict.fromkeys(label.replace("\0", "") for label in found))


def measures(document: Document) -> Measures:
    """The numbers that the document is filtered by: `minutes`, `amount:EUR`."""
    found = [(f"amount:{currency}", value) for currency, value in document.amounts]
    if document.minutes:
        found.append(("minutes", document.minutes))
    return tuple((name.replace("\0", ""), value) for name, value in found)


def _items(document: Document) -> Iterator[Item]:
    found = _Gathered()
    begins: dict[str, int] = defaultdict(int)
    for name, tokens in (*_texts(document).items(), *_said_otherwise(document)):
        found.add(tokens, FIELDS[name], begins[name])
        if tokens:
            begins[name] += tokens[-1].position + APART
    return found.items(ordered=not document.said)


class _Gathered:
    """The words of one document, with their weights and places."""

    def __init__(self) -> None:
        self._places: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._weights: dict[str, float] = defaultdict(float)
        self._lexicon: set[str] = set()

    def add(self, tokens: list[analysis.Token], field: Field, begin: int) -> None:
        """Note the words of a text, the first of them at this place of the field."""
        places, weights = self._places, self._weights
        share = field.share(len(tokens))
        first = (field.number << PLACE_BITS) + begin
        for word, stem, position, _, _, piece, _, kin, _ in tokens:
            weights[stem] += share
            places[stem].append(first + position)
            for other in kin:
                if not places[other] or places[other][-1] != first + position:
                    weights[other] += share * KIN
                    places[other].append(first + position)
            if not piece:
                self._lexicon.add(word)

    def items(self, *, ordered: bool) -> Iterator[Item]:
        """Each word once. A title in another language comes after the text, so that
        places are not in order then."""
        for stem, found in self._places.items():
            where = found if ordered else array("I", sorted(found))
            kept = where[:MOST_TIMES].tobytes()
            yield TEXT + stem.encode(), len(where), self._weights[stem], kept
        for word in self._lexicon:
            yield LEXICON + word.encode(), 1, 1.0, b""


def _texts(document: Document) -> dict[str, list[analysis.Token]]:
    """The tokens of each field; stop words are kept in titles and names."""
    language = document.language
    return {
        "title": list(analysis.tokens(document.title, language)),
        "body": _said(document.body, language),
        "extra": _said(document.extra, language),
        "company": _names(document.company_names),
        "product": _names(document.product_names),
    }


def _said_otherwise(document: Document) -> Iterator[tuple[str, list[analysis.Token]]]:
    """The tokens of what is said in other languages, each in its own."""
    for each in document.said:
        yield "title", list(analysis.tokens(each.title, each.language))
        yield "body", _said(each.body, each.language)
        yield "extra", _said(each.extra, each.language)


def _said(text: str, language: str) -> list[analysis.Token]:
    stops = analysis.stop_words(language)
    return [t for t in analysis.tokens(text, language) if t.word not in stops]


def _in_latin(name: str) -> str:
    """A name as it sounds in Latin letters; nothing where it is in them."""
    if name.isascii():
        return ""
    spelled = (other_spellings(fold(word)) for word in name.split())
    return " ".join(words[0] for words in spelled if words)


def _names(names: tuple[str, ...]) -> list[analysis.Token]:
    """Names are not stemmed: they are no words of the text's language. Those in another
    script are there in Latin letters, too."""
    found: list[analysis.Token] = []
    for name in dict.fromkeys((*names, *map(_in_latin, names))):
        first = found[-1].position + APART if found else 0
        found += [
            token._replace(position=first + token.position)
            for token in analysis.tokens(name, "und")
        ]
    return found
