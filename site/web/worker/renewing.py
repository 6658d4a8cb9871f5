"""Texts that an older version has rendered, rendered anew: some at a time, until there
are none. New ones are rendered by this version."""

from collections import deque

from stories import rerendering
from web.db import db, writing


class Renewing:
    """All tables in turn, each by its ids. An older process beside this one leaves some
    for the next start."""

    def __init__(self) -> None:
        self._tables = deque(rerendering.TABLES)
        self._reached = 0

    def some(self) -> bool:
        """Render some; whether there may be more."""
        if not self._tables:
            return False
        table = self._tables[0]
        rows = rerendering.stale(db, table, self._reached)
        made = rerendering.anew(db, table, rows)
        if made:
            with writing():
                rerendering.keep(db, made)
        self._reached = rows[-1].id if rows else 0
        if not rows:
            self._tables.popleft()
        return True
