"""The whole public record as lines of JSON, and back; a member's own data."""

from stories.exporting.own import own_record
from stories.exporting.public import LICENCE, public_record
from stories.exporting.restoring import Unrestorable, restore

__all__ = ["LICENCE", "Unrestorable", "own_record", "public_record", "restore"]
