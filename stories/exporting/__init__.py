"""The whole public record as lines of JSON, and back, and as a sheet; a member's own
data."""

from stories.exporting.overview import public_sheet
from stories.exporting.own import own_record
from stories.exporting.public import public_record
from stories.exporting.restoring import Unrestorable, restore

__all__ = [
    "Unrestorable",
    "own_record",
    "public_record",
    "public_sheet",
    "restore",
]
