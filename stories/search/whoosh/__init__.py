"""Whoosh behind our interface: its segments and columns, our postings and scores."""

from pathlib import Path

from stories.search.whoosh.engine import WhooshIndex


def open_index(url: str, folder: Path) -> WhooshIndex:
    """The index in the folder, or in the one that the address names."""
    return WhooshIndex(Path(url.partition(":")[2] or folder))
