"""Speaking for a company: asked for, proven at work, proven anew, given back."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import model_validator

from stories import permissions, representing
from stories.models import Company, Member, Representative
from stories.models.codes import ClaimState, Method
from stories.problems import Invalid, Missing, Problem
from stories.reading import company as companies_reading
from stories.reading import representing as reading
from stories.representing import ClaimEntry, looking
from web import forms
from web.accounts import contacts
from web.accounts.contacts import Email
from web.addresses import Slugged, claim_url, proof_url
from web.auth import me, signed_in
from web.db import db, writing
from web.forms import Form
from web.i18n import gettext as _
from web.i18n import language
from web.limits import limited
from web.rendering.names import label
from web.signing import signed

pages = Blueprint("representing", __name__)

WAITING = (ClaimState.ASKED, ClaimState.PROVEN)


class ClaimForm(ClaimEntry):
    """Who wants to speak for a company, and their address at work, where that is to
    prove it."""

    email: Email | None = None

    @model_validator(mode="after")
    def _a_letter_needs_an_address(self) -> "ClaimForm":
        if self.method == Method.EMAIL and self.email is None:
            raise Invalid(Problem("Please fill this in."), "email")
        return self


@pages.get("/companies/<numbered:company>/claim")
@signed_in
def show(company: Slugged) -> ResponseReturnValue:
    """How far one's claim has come, or the form to make one."""
    found = companies_reading.found(db, company)
    if found.id != company:
        return redirect(claim_url(found), 301)
    return _page(found, Form())


@pages.post("/companies/<numbered:company>/claim")
@signed_in
@limited("claim")
def claim(company: Slugged) -> ResponseReturnValue:
    """Ask to speak for the company; a letter goes to the address at work."""
    found = companies_reading.found(db, company)
    form = forms.read(ClaimForm, request.form)
    if form.entry is None:
        return _page(found, form), 422
    try:
        with writing():
            _ask(me(), found, form.entry)
    except Invalid as trouble:
        form.refuse(trouble)
        return _page(found, form), 422
    return redirect(claim_url(found), 303)


@pages.post("/companies/<numbered:company>/claim/again")
@signed_in
@limited("mail")
def remind(company: Slugged) -> ResponseReturnValue:
    """Send the letter to the address at work once more."""
    found, role = _mine(company)
    with writing():
        representing.remind(db, me(), role)
    flash(_("The letter is on its way again."), "success")
    return redirect(claim_url(found), 303)


@pages.post("/companies/<numbered:company>/claim/renew")
@signed_in
@limited("mail")
def renew(company: Slugged) -> ResponseReturnValue:
    """Send a letter to the address at work that proves the role for another year."""
    found, role = _mine(company)
    with writing():
        representing.renew(db, me(), role)
    return redirect(f"{claim_url(found)}?sent=1", 303)


@pages.post("/companies/<numbered:company>/claim/look")
@signed_in
@limited("look")
def look(company: Slugged) -> ResponseReturnValue:
    """Let the worker look whether the entry or the file is there."""
    found, role = _mine(company)
    with writing():
        looking.ask(db, me(), role)
    return redirect(claim_url(found), 303)


@pages.post("/companies/<numbered:company>/claim/back")
@signed_in
def give_back(company: Slugged) -> ResponseReturnValue:
    """Speak for the company no longer, or take the claim back."""
    found, role = _mine(company)
    with writing():
        representing.give_back(db, me(), role)
    flash(_("It is taken back."), "success")
    return redirect(claim_url(found), 303)


@pages.get("/claims/prove/<token>")
def ask_for_proof(token: str) -> str:
    """What the link in the letter would do; opening it does nothing."""
    role, acts = _written_to(token)
    return render_template(
        "representing/prove.html",
        role=role,
        company=role.company,
        token=token,
        renews=acts and permissions.may_renew(role),
    )


@pages.post("/claims/prove/<token>")
@limited("claim")
def prove(token: str) -> ResponseReturnValue:
    """Somebody who reads the mail at work says that the address is theirs."""
    role, acts = _written_to(token)
    if acts:
        with writing():
            if role.contact:
                contacts.confirm(role.contact)
            representing.prove(db, role)
    return redirect(proof_url(token), 303)


def _ask(member: Member, company: Company, entry: ClaimForm) -> None:
    claim = ClaimEntry(**entry.model_dump(exclude={"email"}))
    email = entry.email if entry.method == Method.EMAIL else None
    representing.claim(
        db,
        member,
        company,
        claim,
        contact=contacts.contact_for(email, language()) if email else "",
        email_domain=contacts.domain_of(email) if email else "",
    )


def _mine(company: int) -> tuple[Company, Representative]:
    found = companies_reading.found(db, company)
    role = reading.latest(db, me(), found)
    if role is None:
        raise Missing
    return found, role


def _written_to(token: str) -> tuple[Representative, bool]:
    """Whose address a letter went to, and whether its link still acts: a link that has
    done its work is shown what became of it, and does nothing more."""
    number, stamp = signed("claim", token, contacts.LINK_WORKS)
    role = reading.asked(db, int(number))
    return role, stamp == representing.stamp(role)


def _page(company: Company, form: Form[ClaimForm]) -> str:
    role = reading.latest(db, me(), company)
    speaks = permissions.representative(db, me(), company.id) is not None
    waits = role is not None and role.state in WAITING
    return render_template(
        "representing/claim.html",
        where=looking.where(role) if role else "",
        company=company,
        role=role,
        ways=_ways(company),
        speaks=speaks,
        waits=waits,
        renews=role is not None and permissions.may_renew(role),
        sent="sent" in request.args,
        email=contacts.find(role.contact).email if role and role.contact else "",
        form=form,
    )


def _ways(company: Company) -> list[tuple[str, str]]:
    """How the member can prove their place in the company."""
    offered = list(Method)
    if not representing.speaks_for_parent(db, me(), company):
        offered.remove(Method.PARENT)
    return [(method.value, label("method_ask", method)) for method in offered]
