"""The companies and products that imported stories name, remembered by name."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from stories import companies
from stories.models import Company, Product
from stories.text import fold


class Names:
    """Companies and products by name, looked up or added once per import."""

    def __init__(self) -> None:
        self._companies: dict[tuple[str, str | None], int] = {}
        self._products: dict[tuple[int, str], int] = {}
        self._touched: set[int] = set()

    def company(self, db: Session, name: str, country: str | None) -> int:
        """The company of this name: of this country, or the only one, or a new one.

        Names are not unique (rule 17): among several of other countries nobody can
        choose, so a new one is added.
        """
        key = (fold(name), country)
        if key not in self._companies:
            self._companies[key] = self._found(db, name, country).id
        number = self._companies[key]
        self._touched.add(number)
        return number

    def product(self, db: Session, company_id: int, name: str) -> int:
        """The company's product of this name."""
        key = (company_id, fold(name))
        if key not in self._products:
            self._products[key] = self._product(db, company_id, name)
        return self._products[key]

    def touch(self, db: Session) -> None:
        """The pages of the companies that were named are stale."""
        db.execute(
            update(Company)
            .where(Company.id.in_(self._touched))
            .values(version=Company.version + 1)
            .execution_options(synchronize_session=False)
        )
        self._touched.clear()

    def _found(self, db: Session, name: str, country: str | None) -> Company:
        known = companies.called(db, name, country)
        if known and (len(known) == 1 or known[0].country == country):
            return known[0]
        return companies.add(db, name, country=country)

    def _product(self, db: Session, company_id: int, name: str) -> int:
        found = db.scalar(
            select(Product).where(
                Product.company_id == company_id, Product.folded == fold(name)
            )
        )
        if found is None:
            found = Product(company_id=company_id, name=name, folded=fold(name))
            db.add(found)
            db.flush()
        return found.merged_into_id or found.id
