"""Words that people write: cleaned, rendered, shortened, folded, compared."""

from stories.text.cleaning import clean
from stories.text.comparing import Change, diff
from stories.text.folding import fold, slug
from stories.text.lifting import Lifted, lift_updates, unlabelled
from stories.text.lookalikes import (
    Disguised,
    disguised,
    mixes_scripts,
    shape,
    undisguised,
)
from stories.text.masking import mask, named
from stories.text.passages import Note, marked, quoted, replaced
from stories.text.private import leave_out, private_data
from stories.text.rendering import RENDERER, plain, render
from stories.text.respeaking import Block, blocks, respoken
from stories.text.scripts import other_keyboards, other_spellings
from stories.text.shortening import excerpt, first_sentence
from stories.text.slips import begins_with_slip, one_slip

__all__ = [
    "RENDERER",
    "Block",
    "Change",
    "Disguised",
    "Lifted",
    "Note",
    "begins_with_slip",
    "blocks",
    "clean",
    "diff",
    "disguised",
    "excerpt",
    "first_sentence",
    "fold",
    "leave_out",
    "lift_updates",
    "marked",
    "mask",
    "mixes_scripts",
    "named",
    "one_slip",
    "other_keyboards",
    "other_spellings",
    "plain",
    "private_data",
    "quoted",
    "render",
    "replaced",
    "respoken",
    "shape",
    "slug",
    "undisguised",
    "unlabelled",
]
