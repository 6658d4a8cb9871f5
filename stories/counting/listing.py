"""Which companies stand in the list of companies: those that a story is about."""

from collections.abc import Iterable
from typing import cast

from sqlalchemy import Table, bindparam, case, exists, select, update
from sqlalchemy.orm import Session

from stories.models import Alias, Company, Figure
from stories.models.codes import Measure

_COMPANY = cast("Table", Company.__table__)
_NAME = (
    select(Alias.squeezed)
    .where(Alias.company_id == _COMPANY.c.id, Alias.main)
    .limit(1)
    .correlate(_COMPANY)
    .scalar_subquery()
)
_IS_TOLD_ABOUT = (
    exists()
    .where(
        Figure.company_id == _COMPANY.c.id,
        Figure.product_id == 0,
        Figure.span == 0,
        Figure.measure == Measure.KIND,
    )
    .correlate(_COMPANY)
)
_LIST = (
    update(_COMPANY)
    .where(_COMPANY.c.id.in_(bindparam("companies", expanding=True)))
    .values(listed=case((_IS_TOLD_ABOUT, _NAME)))
)


def place(db: Session, companies: Iterable[int]) -> None:
    """Put these companies into the list, or take them off, as they are counted now."""
    numbers = sorted(companies)
    if numbers:
        db.connection().execute(_LIST, {"companies": numbers})
