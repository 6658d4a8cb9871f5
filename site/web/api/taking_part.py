"""From rows to what the API gives: what readers add, and what they are warned of."""

from stories.models import Caution, Poll
from stories.reading.readers import Added
from web.api.reader_shapes import AddedShape, CautionShape, PollShape, SameShape


def added(page: Added) -> AddedShape:
    """All that readers added to a story beside comments."""
    same = [
        SameShape(
            company=each.company,
            product=each.product,
            year=each.row.year,
            outcome=each.row.outcome,
            text=each.row.text,
            language=each.row.language,
        )
        for each in page.same
    ]
    return AddedShape(same_here=same, more=page.more, poll=_poll(page.poll))


def _poll(row: Poll | None) -> PollShape | None:
    return PollShape.model_validate(row) if row else None


def caution(row: Caution) -> CautionShape:
    """A warning that stands."""
    return CautionShape.model_validate(row)
