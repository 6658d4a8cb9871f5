"""A question answered: words and filters joined, counted, ordered, cut to a page."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from stories.search import parsing
from stories.search.analysis import primary_tag
from stories.search.questions import (
    ANY,
    DEEPEST,
    FACETS,
    MOST_HITS,
    TOP_COMPANIES,
    Facets,
    Found,
    Hit,
    Question,
    Span,
)
from stories.search.whoosh import evaluating
from stories.search.whoosh.evaluating import Scores
from stories.search.whoosh.indexing import ROLES
from stories.search.whoosh.loosening import loosen
from stories.search.whoosh.reading import (
    Labels,
    Mask,
    Moment,
    Numbers,
    read_languages,
)

UNKNOWN = "und"
PLAIN_FACETS = tuple(set(FACETS) - {"company", "role"})

Counts = NDArray[np.intp]


def answer(question: Question, moment: Moment) -> Found:
    """What the index knew at that moment."""
    scores = _scores(question, moment)
    base = moment.alive if scores is None else moment.alive & (scores > 0)
    loosened = None
    if scores is not None and question.loosely and not base.any():
        near = loosen(question, moment)
        if near is not None:
            scores, loosened = near
            base = moment.alive & (scores > 0)
    filters = _filters(question, moment)
    mask = _all(base, filters.values())
    return Found(
        total=int(np.count_nonzero(mask)),
        hits=_hits(question, moment, mask, scores),
        facets=_facets(question, moment, base, filters) if question.facets else {},
        unread=_unread(moment, base, filters),
        loosened=loosened,
    )


def _scores(question: Question, moment: Moment) -> Scores | None:
    """A score per document, or None where nothing was asked in words."""
    if not question.words.strip():
        return None
    tree = parsing.parse(question.words, read_languages(question.languages, moment))
    if tree == parsing.Every():
        return np.zeros(moment.size, np.float32)
    return evaluating.score(tree, moment)


def _filters(question: Question, moment: Moment) -> dict[str, Mask]:
    """A mask for every filter that is set, by the facet that it belongs to."""
    labels = moment.labels
    found = {
        facet: moment.labelled(codes)
        for facet, codes in _chosen(question, labels).items()
        if codes is not None
    }
    for facet, codes in _left_out(question, labels).items():
        if codes:
            _narrow(found, facet, ~moment.labelled(codes))
    if question.minutes != ANY:
        _narrow(found, "effort", _measured(question.minutes, ["minutes"], moment))
    if question.currency or question.amount != ANY:
        names = _amounts(question, labels)
        _narrow(found, "currency", _measured(question.amount, names, moment))
    return found


def _narrow(found: dict[str, Mask], facet: str, mask: Mask) -> None:
    found[facet] = found[facet] & mask if facet in found else mask


def _chosen(question: Question, labels: Labels) -> dict[str, list[int] | None]:
    """The labels of which one must be there, by facet; None where any may be."""
    said = {None: [], True: ["yes"], False: ["no"]}[question.answered]
    return {
        "kind": _codes(labels, "kind", question.kinds),
        "outcome": _codes(labels, "outcome", question.outcomes),
        "year": _years(labels, question),
        "answered": _codes(labels, "answered", said),
        "company": _codes(labels, question.role, question.companies),
        "product": _codes(labels, "product", question.products),
        "issue": _codes(labels, "issue", question.issues),
        "clock": _codes(labels, "clock", question.clocks),
        "origin": _codes(labels, "origin", question.origins),
        "language": _tagged(labels, question.language),
        "read": _tagged(labels, _read(question)),
    }


def _read(question: Question) -> tuple[str, ...]:
    """The only languages that are shown (none: all)."""
    chosen = question.languages if question.only_languages else ()
    return (*chosen, UNKNOWN) if chosen else ()


def _left_out(question: Question, labels: Labels) -> dict[str, list[int] | None]:
    """The labels of which none may be there, by facet."""
    without = question.without
    return {
        "kind": _codes(labels, "kind", without.kinds),
        "outcome": _codes(labels, "outcome", without.outcomes),
        "year": _codes(labels, "year", without.years),
        "company": _codes(labels, question.role, without.companies),
        "product": _codes(labels, "product", without.products),
        "issue": _codes(labels, "issue", without.issues),
        "clock": _codes(labels, "clock", without.clocks),
        "origin": _codes(labels, "origin", without.origins),
        "language": _tagged(labels, without.language),
    }


def _years(labels: Labels, question: Question) -> list[int] | None:
    """The years that were asked for one by one, and those of the span."""
    first, last = question.year_span
    if first is None and last is None:
        return _codes(labels, "year", question.years)
    known = [int(labels.value(code)) for code in labels.coded("year")]
    within = (
        year
        for year in known
        if (first is None or year >= first) and (last is None or year <= last)
    )
    return _codes(labels, "year", {*within, *question.years}) or []


def _amounts(question: Question, labels: Labels) -> list[str]:
    if question.currency:
        return [f"amount:{question.currency}"]
    return [f"amount:{labels.value(code)}" for code in labels.coded("amount")]


def _measured(span: Span, names: list[str], moment: Moment) -> Mask:
    codes = moment.labels.codes
    return moment.measured([codes[name] for name in names if name in codes], span)


def _codes(labels: Labels, facet: str, values: Iterable[str | int]) -> list[int] | None:
    names = [f"{facet}:{value}" for value in values]
    if not names:
        return None
    return [labels.codes[name] for name in names if name in labels.codes]


def _tagged(labels: Labels, tags: Iterable[str]) -> list[int] | None:
    """`pt` is `pt-BR` too, `pt-BR` only itself."""
    wanted = tuple(tag.lower() for tag in tags)
    if not wanted:
        return None
    known = ((int(code), labels.value(code)) for code in labels.coded("language"))
    return [
        code
        for code, tag in known
        if tag.lower() in wanted or primary_tag(tag) in wanted
    ]


def _all(base: Mask, filters: Iterable[Mask]) -> Mask:
    found = base.copy()
    for mask in filters:
        found &= mask
    return found


def _hits(
    question: Question, moment: Moment, mask: Mask, scores: Scores | None
) -> tuple[Hit, ...]:
    """One page, best first; equals by the later publication, then the later story."""
    docs = np.flatnonzero(mask)
    first = min(max(question.offset, 0), DEEPEST)
    last = first + min(max(question.limit, 0), MOST_HITS)
    key = _order(question, moment, scores)[docs]
    if last < len(docs):
        worst = np.partition(key, len(key) - last)[len(key) - last] if last else np.inf
        docs, key = docs[key >= worst], key[key >= worst]
    order = np.lexsort((moment.ids[docs], moment.published_at[docs], key))[::-1]
    page = docs[order[first:last]]
    points = np.zeros(len(page)) if scores is None else scores[page]
    return tuple(
        Hit(int(story), float(point))
        for story, point in zip(moment.ids[page], points, strict=True)
    )


def _order(
    question: Question, moment: Moment, scores: Scores | None
) -> Numbers | Scores:
    if question.sort == "activity":
        return moment.last_activity_at
    if question.sort == "newest" or scores is None:
        return moment.published_at
    return scores


def _facets(
    question: Question, moment: Moment, base: Mask, filters: dict[str, Mask]
) -> Facets:
    """Counts to filter further by, each facet without its own filter."""
    common = moment.counted(_all(base, filters.values()))

    def counts(facet: str) -> Counts:
        if facet not in filters:
            return common
        others = (mask for name, mask in filters.items() if name != facet)
        return moment.counted(_all(base, others))

    found = {
        facet: _named(moment.labels, facet, counts(facet)) for facet in PLAIN_FACETS
    }
    companies = counts("company")
    found["company"] = _named(moment.labels, question.role, companies, TOP_COMPANIES)
    if question.companies:
        found["role"] = _roles(question, moment, base, filters)
    return found


def _unread(moment: Moment, base: Mask, filters: dict[str, Mask]) -> dict[str, int]:
    """What fits all but the reader's languages, by language."""
    if "read" not in filters:
        return {}
    others = (mask for name, mask in filters.items() if name != "read")
    left_out = _all(base, others) & ~filters["read"]
    return _named(moment.labels, "language", moment.counted(left_out))


def _named(
    labels: Labels, facet: str, counts: Counts, most: int | None = None
) -> dict[str, int]:
    """The values that occur, most frequent first."""
    codes = labels.coded(facet)
    codes = codes[codes < len(counts)]  # others came after the counting
    codes = codes[counts[codes] > 0]
    if most is not None and len(codes) > most:
        codes = codes[np.argpartition(-counts[codes], most)[:most]]
    found = [(int(counts[code]), labels.value(code)) for code in codes]
    found.sort(key=lambda pair: (-pair[0], pair[1]))
    return {value: count for count, value in found}


def _roles(
    question: Question, moment: Moment, base: Mask, filters: dict[str, Mask]
) -> dict[str, int]:
    rest = _all(base, (mask for name, mask in filters.items() if name != "company"))
    found = {
        role: moment.labelled(_codes(moment.labels, role, question.companies) or ())
        for role in ROLES
    }
    counts = {role: int(np.count_nonzero(rest & mask)) for role, mask in found.items()}
    return {role: count for role, count in counts.items() if count}
