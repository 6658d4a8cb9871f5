"""Which domains prove that somebody belongs to a company, and which only look so."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from stories import webmail
from stories.lookalikes import resembles
from stories.models import Company
from stories.problems import Invalid, Problem


def own(db: Session, company: Company, domain: str, field: str) -> str:
    """The domain, where an address or an entry on it can prove a place in the company.

    Raises Invalid, at the field, for public webmail; for another domain than the
    company's, where that is known; else for one of another company, and for one that
    could be taken for another company's.
    """
    domain = domain.lower().rstrip(".")
    if webmail.is_public(domain):
        anybody = Problem(
            "Anybody can have an address at %(domain)s. Use your address at work.",
            domain=domain,
        )
        raise Invalid(anybody, field)
    if company.domain:
        _require_its(company.domain, domain, field)
    else:
        _require_nobody_elses(db, company, domain, field)
    return domain


def _require_its(its: str, domain: str, field: str) -> None:
    if webmail.belongs(domain, its):
        return
    if resembles(domain, its):
        alike = Problem(
            "%(domain)s looks like %(own)s, the company’s own domain, and is another "
            "one.",
            domain=domain,
            own=its,
        )
        raise Invalid(alike, field)
    other = Problem(
        "This address is not on %(domain)s, the company’s own domain.", domain=its
    )
    raise Invalid(other, field)


def _require_nobody_elses(
    db: Session, company: Company, domain: str, field: str
) -> None:
    """Nobody knows the company's own domain yet: staff will look, but at no trick."""
    others = select(Company.domain).where(
        Company.domain.is_not(None), Company.id != company.id
    )
    for other in db.scalars(others):
        if other and (webmail.belongs(domain, other) or resembles(domain, other)):
            taken = Problem(
                "%(domain)s is, or looks like, the domain of another company here. If "
                "it is yours all the same, let staff look at a document.",
                domain=domain,
            )
            raise Invalid(taken, field)
