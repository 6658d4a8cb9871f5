"""A company's team: who is in it, whom its owners ask, and how one comes in."""

from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories.entries import Entry
from stories.models import Company, Invitation, Representative
from stories.models.speaking import TeamRole
from stories.problems import Forbidden, Invalid, Missing, Problem
from stories.reading import company as companies_reading
from stories.reading import representing as reading
from stories.representing import teams
from stories.representing.teams import InvitationEntry, SeatEntry
from web import forms
from web.accounts import contacts
from web.accounts.contacts import ContactEntry
from web.addresses import Slugged, desk_url, team_url
from web.auth import me, signed_in
from web.db import db, writing
from web.forms import Form
from web.i18n import gettext as _
from web.i18n import language
from web.limits import limited
from web.signing import signed

pages = Blueprint("teams", __name__)

Row = TypeVar("Row", Invitation, Representative)


class InvitationForm(InvitationEntry, ContactEntry):
    """Whom to ask, at which address of the company."""


@pages.get("/companies/<numbered:company>/team")
@signed_in
def show(company: Slugged) -> str:
    """Who is in the team, for those who are in it themselves."""
    return _page(companies_reading.found(db, company), Form())


@pages.post("/companies/<numbered:company>/team")
@signed_in
@limited("mail")
def invite(company: Slugged) -> ResponseReturnValue:
    """Ask somebody into the team; a letter goes to their address at work."""
    found = companies_reading.found(db, company)
    form = forms.read(InvitationForm, request.form)
    if form.entry is None:
        return _page(found, form), 422
    try:
        with writing():
            _invite(found, form.entry)
    except Invalid as trouble:
        form.refuse(trouble)
        return _page(found, form), 422
    flash(_("The invitation is on its way."), "success")
    return redirect(team_url(found), 303)


@pages.post("/companies/<numbered:company>/team/invitations/<int:number>")
@signed_in
def withdraw(company: Slugged, number: int) -> ResponseReturnValue:
    """Take an invitation back."""
    found = companies_reading.found(db, company)
    invitation = _of(found, db.get(Invitation, number))
    with writing():
        teams.withdraw(db, me(), invitation)
    flash(_("The invitation is taken back."), "success")
    return redirect(team_url(found), 303)


@pages.post("/companies/<numbered:company>/team/<int:number>")
@signed_in
def change(company: Slugged, number: int) -> ResponseReturnValue:
    """Let somebody do something else in the team, or take them out of it."""
    found = companies_reading.found(db, company)
    role, deed = (
        _of(found, db.get(Representative, number)),
        request.form.get("deed", ""),
    )
    if deed not in {"remove", *TeamRole}:
        raise Missing
    form: Form[InvitationForm] = Form()
    try:
        with writing():
            if deed == "remove":
                teams.remove(db, me(), role)
            else:
                teams.change(db, me(), role, TeamRole(deed))
    except Invalid as trouble:
        form.refuse(trouble)
        return _page(found, form), 422
    flash(_("The team is changed."), "success")
    return redirect(team_url(found), 303)


@pages.get("/team/join/<token>")
@signed_in
def ask_to_join(token: str) -> str:
    """What the link in an invitation would do; opening it does nothing."""
    return _invited(_written_to(token), Form())


@pages.post("/team/join/<token>")
@signed_in
@limited("claim")
def join(token: str) -> ResponseReturnValue:
    """Whoever reads the mail at the company's address joins its team."""
    invitation = _written_to(token)
    form = forms.read(SeatEntry, request.form)
    if form.entry is None:
        return _invited(invitation, form), 422
    try:
        with writing():
            contacts.confirm(invitation.contact)
            teams.accept(db, me(), invitation, form.entry)
    except Invalid as trouble:
        form.refuse(trouble)
        return _invited(_written_to(token), form), 422
    return redirect(desk_url(company=invitation.company_id), 303)


def _invite(company: Company, entry: InvitationForm) -> None:
    teams.invite(
        db,
        me(),
        company,
        InvitationEntry(team_role=entry.team_role),
        contact=contacts.contact_for(entry.email, language()),
        email_domain=contacts.domain_of(entry.email),
    )


def _of(company: Company, row: Row | None) -> Row:
    if row is None or row.company_id != company.id:
        raise Missing
    return row


def _written_to(token: str) -> Invitation:
    number = int(signed("invitation", token, teams.GOOD))
    invitation = reading.invitation(db, number)
    if not teams.is_good(db, invitation):
        raise Missing(teams.USED)
    return invitation


def _page(company: Company, form: Form[InvitationForm] | Form[Entry]) -> str:
    team = reading.team(db, company.id)
    mine = next((each for each in team if each.member_id == me().id), None)
    if mine is None:
        raise Forbidden(Problem("You do not speak for this company."))
    owns = _owns(mine)
    return render_template(
        "representing/team.html",
        company=company,
        team=team,
        mine=mine,
        owns=owns,
        may_step_down=any(_owns(each) for each in team if each is not mine),
        invited=reading.invitations(db, company.id) if owns else [],
        address_of=lambda contact: contacts.find(contact).email,
        form=form,
    )


def _owns(role: Representative) -> bool:
    return role.team_role == TeamRole.OWNER and role.doubt is None


def _invited(invitation: Invitation, form: Form[SeatEntry] | Form[Entry]) -> str:
    return render_template(
        "representing/join.html",
        company=invitation.company,
        invitation=invitation,
        form=form,
    )
