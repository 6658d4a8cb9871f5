"""The share picture of a story, a company or a product, drawn by a process of its own.

`python -m web.drawing` reads what to draw and writes a PNG. Nothing else of the site
imports Pillow for it, and what goes wrong in here ends here.
"""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Sheet:
    """What a picture shows. `steps` has a letter for each step of the thread: a for
    the author's, c for the company's; `ending` says in words what `outcome` is, or what
    is counted of a company."""

    title: str
    company: str
    outcome: str
    ending: str
    steps: str
    language: str
    direction: str

    def written(self) -> str:
        """As the process reads it, and as its version is made of."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
