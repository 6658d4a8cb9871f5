"""Which segments to join, so that there are few of them and commits stay short."""

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

FULL = 8
"""So many segments of similar size become one; sizes are similar within this ratio."""


def merged(segments: Iterable[Any]) -> list[Any]:
    """A full class of similar segments, the smallest there is, or half-empty ones."""
    classes: dict[int, list[Any]] = defaultdict(list)
    sparse: list[Any] = []
    for segment in segments:
        live = segment.doc_count()
        if 0 < live < segment.doc_count_all() / 2:
            sparse.append(segment)
        elif live:
            classes[int(math.log(live, FULL))].append(segment)
    full = [classes[size] for size in sorted(classes) if len(classes[size]) >= FULL]
    return full[0] if full else sparse[:1]
