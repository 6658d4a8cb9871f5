"""Why something could not be fetched."""

from stories.models.speaking import Finding


class Unfetchable(Exception):
    """Nothing that could be used was there; `why` says it in a code."""

    def __init__(self, why: Finding) -> None:
        super().__init__(why.value)
        self.why = why
