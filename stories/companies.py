"""Companies and products, found or added by name."""

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from stories.models import Alias, Company, Member, Product
from stories.text import fold

MOST_PRODUCTS = 200
"""So many products of one name are looked for at most."""


def add(
    db: Session,
    name: str,
    *,
    by: Member | None = None,
    domain: str | None = None,
    wikidata: str | None = None,
    country: str | None = None,
) -> Company:
    """Add a company under its main name."""
    company = Company(
        name=name,
        domain=domain,
        wikidata=wikidata,
        country=country,
        added_by_id=by.id if by else None,
    )
    db.add(company)
    db.flush()
    db.add(Alias(company_id=company.id, name=name, folded=fold(name), main=True))
    db.flush()
    return company


def add_aliases(db: Session, company: Company, names: Iterable[str]) -> None:
    """Let the company be found by these names too; known ones are left alone."""
    wanted = [name for name in dict.fromkeys(names) if name]
    if not wanted:
        return
    known = set(db.scalars(select(Alias.name).where(Alias.company_id == company.id)))
    for name in wanted:
        if name not in known:
            db.add(Alias(company_id=company.id, name=name, folded=fold(name)))
    db.flush()


def living(db: Session, company: Company) -> Company:
    """The company itself, or the one that it was merged into."""
    while company.merged_into_id is not None:
        company = db.get_one(Company, company.merged_into_id)
    return company


def identified(
    db: Session, *, domain: str | None = None, wikidata: str | None = None
) -> Company | None:
    """The company with this domain or Wikidata id (rule 17: these come first)."""
    for column, value in ((Company.domain, domain), (Company.wikidata, wikidata)):
        if value:
            found = db.scalar(select(Company).where(column == value))
            if found:
                return living(db, found)
    return None


def called(db: Session, name: str, country: str | None = None) -> list[Company]:
    """All companies that go by a name, those of the country first; names repeat."""
    found = db.scalars(
        select(Company)
        .join(Alias, Alias.company_id == Company.id)
        .where(Alias.folded == fold(name))
        .order_by(Alias.main.desc(), Company.id)
    ).unique()
    companies = list(dict.fromkeys(living(db, company) for company in found))
    return sorted(companies, key=lambda company: company.country != country)


def products_called(
    db: Session, name: str, company_ids: Sequence[int] = ()
) -> list[int]:
    """The ids of all products of a name, or whose name begins with it as a word:
    “Vaio” is the Vaio TZ and the Vaio NW."""
    folded = fold(name)
    wanted = select(Product.id).where(
        or_(
            Product.folded == folded,
            Product.folded.startswith(f"{folded} ", autoescape=True),
        )
    )
    if company_ids:
        wanted = wanted.where(Product.company_id.in_(company_ids))
    return list(db.scalars(wanted.limit(MOST_PRODUCTS)))


def named(
    db: Session,
    name: str,
    *,
    company_id: int | None = None,
    domain: str | None = None,
    by: Member | None = None,
) -> Company:
    """The company that an author means: picked, else by domain, by name, or added."""
    picked = db.get(Company, company_id) if company_id else None
    if picked is not None:
        return living(db, picked)
    known = identified(db, domain=domain)
    namesakes = (one for one in called(db, name) if domain in (None, one.domain))
    return known or next(namesakes, None) or add(db, name, by=by, domain=domain)


def product_named(db: Session, company: Company, name: str) -> Product:
    """The company's product of that name, found or added."""
    wanted = select(Product).where(
        Product.company_id == company.id, Product.folded == fold(name)
    )
    found = db.scalar(wanted)
    if found is not None:
        return living_product(db, found)
    product = Product(company_id=company.id, name=name, folded=fold(name))
    try:
        with db.begin_nested():
            db.add(product)
    except IntegrityError:  # another author has just added it
        return db.scalars(wanted).one()
    return product


def living_product(db: Session, product: Product) -> Product:
    """The product itself, or the one that it was merged into."""
    while product.merged_into_id is not None:
        product = db.get_one(Product, product.merged_into_id)
    return product
