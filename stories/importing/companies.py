"""The directory of companies, read from rows with names, domain and Wikidata id."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from stories import companies, history
from stories.entries import MOST_LINE
from stories.importing.records import Tally
from stories.models import Alias, Company
from stories.problems import Invalid, Problem
from stories.text import clean, fold

MOST_ALIASES = 200
_DOMAIN = re.compile(r"(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)+[a-z0-9-]{2,}")
_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,15}")


def _name(name: str) -> str:
    return " ".join(clean(name).split())


def _domain(domain: str) -> str:
    folded = domain.strip().lower().rstrip(".").encode("idna").decode()
    if not _DOMAIN.fullmatch(folded):
        raise Invalid(Problem("This is not a domain name."))
    return folded


def _wikidata(name: str) -> str:
    if not _WIKIDATA.fullmatch(name):
        raise Invalid(Problem("This is not a Wikidata id."))
    return name


Name = Annotated[str, AfterValidator(_name), Field(min_length=1, max_length=MOST_LINE)]


class CompanyRow(BaseModel):
    """One company as a directory has it; `extra` may hold its names per language
    (`names`) and its Wikidata id (`wikidata`)."""

    model_config = ConfigDict(frozen=True)

    name: Name
    aliases: Annotated[list[Name], Field(max_length=MOST_ALIASES)] = []
    domain: Annotated[str, AfterValidator(_domain)] | None = None
    wikidata: Annotated[str, AfterValidator(_wikidata)] | None = None
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] | None = None
    industry: Annotated[str, Field(max_length=MOST_LINE)] | None = None
    extra: dict[str, Any] = {}

    @property
    def qid(self) -> str | None:
        """The Wikidata id, wherever the row has it."""
        named = self.wikidata or self.extra.get("wikidata")
        return named if named and _WIKIDATA.fullmatch(str(named)) else None

    @property
    def names(self) -> dict[str, str | None]:
        """Every name, with its language where the row tells."""
        tagged = self.extra.get("names") or {}
        languages = {_name(str(name)): tag for tag, name in tagged.items()}
        ordered = [self.name, *self.aliases, *languages]
        return {name: languages.get(name) for name in ordered if name}


class Directory:
    """What is known already: by domain, by Wikidata id, by name and country."""

    def __init__(self, db: Session) -> None:
        self.by_domain: dict[str, int] = {}
        self.by_wikidata: dict[str, int] = {}
        self.by_name: dict[tuple[str, str | None], list[int]] = defaultdict(list)
        self.ids: dict[int, tuple[str | None, str | None]] = {}
        known = select(
            Company.id, Company.name, Company.country, Company.domain, Company.wikidata
        )
        for number, name, country, domain, wikidata in db.execute(known):
            self.learn(number, name, country, domain, wikidata)

    def learn(
        self,
        number: int,
        name: str,
        country: str | None,
        domain: str | None,
        wikidata: str | None,
    ) -> None:
        """Remember a company."""
        self.by_name[fold(name), country].append(number)
        self.identify(number, domain, wikidata)

    def identify(self, number: int, domain: str | None, wikidata: str | None) -> None:
        """Remember by which ids a company is known."""
        self.ids[number] = (domain, wikidata)
        if domain:
            self.by_domain.setdefault(domain, number)
        if wikidata:
            self.by_wikidata.setdefault(wikidata, number)

    def find(self, row: CompanyRow) -> int | None:
        """The company that the row means (rule 17): by domain or Wikidata id, then
        by name and country where their ids do not contradict each other."""
        if row.domain in self.by_domain:
            return self.by_domain[row.domain]
        if row.qid in self.by_wikidata:
            return self.by_wikidata[row.qid]
        for number in self.by_name.get((fold(row.name), row.country), ()):
            domain, wikidata = self.ids[number]
            if _agree(domain, row.domain) and _agree(wikidata, row.qid):
                return number
        return None


def _agree(known: str | None, said: str | None) -> bool:
    return known is None or said is None or known == said


def import_companies(
    db: Session, directory: Directory, rows: Sequence[CompanyRow]
) -> Tally:
    """Add a batch of companies, or complete those that are known."""
    tally = Tally()
    for row in rows:
        if directory.find(row) is None:
            _add(db, directory, row)
            tally.added += 1
        else:
            tally.known += 1
    _complete_all(db, directory, rows)
    history.touch_site(db)
    return tally


def _complete_all(
    db: Session, directory: Directory, rows: Sequence[CompanyRow]
) -> None:
    """Fill in what was not known; what is known stays as it is."""
    meant = [(row, directory.find(row)) for row in rows]
    numbers = {number for _, number in meant if number}
    known = select(Company).where(Company.id.in_(numbers))
    by_number = {company.id: company for company in db.scalars(known)}
    aliases = select(Alias.company_id, Alias.name).where(Alias.company_id.in_(numbers))
    named = {(number, name) for number, name in db.execute(aliases)}
    for row, number in meant:
        if number:
            _complete(directory, by_number[number], row)
            fresh = [name for name in row.names if (number, name) not in named]
            named.update((number, name) for name in fresh)
            companies.add_aliases(db, by_number[number], fresh)
    db.flush()


def _add(db: Session, directory: Directory, row: CompanyRow) -> None:
    company = Company(
        name=row.name,
        domain=row.domain,
        wikidata=row.qid,
        country=row.country,
        industry=row.industry,
    )
    db.add(company)
    db.flush()
    directory.learn(company.id, row.name, row.country, row.domain, row.qid)
    db.execute(
        insert(Alias),
        [
            {
                "company_id": company.id,
                "name": name,
                "folded": fold(name),
                "language": language,
                "main": name == row.name,
            }
            for name, language in row.names.items()
        ],
    )


def _complete(directory: Directory, company: Company, row: CompanyRow) -> None:
    if company.domain is None and row.domain and row.domain not in directory.by_domain:
        company.domain = row.domain
    if company.wikidata is None and row.qid and row.qid not in directory.by_wikidata:
        company.wikidata = row.qid
    company.country = company.country or row.country
    company.industry = company.industry or row.industry
    directory.identify(company.id, company.domain, company.wikidata)
