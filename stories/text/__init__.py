"""Words that people write: cleaned, rendered, shortened, folded, compared."""

from stories.text.cleaning import clean
from stories.text.comparing import Change, diff
from stories.text.folding import fold, slug
from stories.text.lookalikes import mixes_scripts, shape
from stories.text.masking import mask
from stories.text.rendering import RENDERER, plain, render
from stories.text.shortening import excerpt, first_sentence

__all__ = [
    "RENDERER",
    "Change",
    "clean",
    "diff",
    "excerpt",
    "first_sentence",
    "fold",
    "mask",
    "mixes_scripts",
    "plain",
    "render",
    "shape",
    "slug",
]
