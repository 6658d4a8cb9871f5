"""The desk of the staff: who may speak for a company, whose an imported story is,
and what the worker has given up."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import claiming, representing
from stories.entries import Entry
from stories.models import Member, Representative, StoryClaim
from stories.models.codes import ClaimState, Method
from stories.problems import Refused
from stories.reading import moderation as reading
from stories.representing import GrantEntry, VerdictEntry
from web import forms
from web.addresses import natural, page_url
from web.auth import signed_in, staff
from web.db import db, writing
from web.forms import Form
from web.i18n import gettext as _
from web.rendering.names import label

pages = Blueprint("deciding", __name__)


@pages.get("/moderation/roles")
@signed_in
def roles() -> str:
    """Requests to speak for a company whose address is proven, oldest first."""
    staff()
    rows, after = reading.roles(db, request.args.get("after", 0, type=natural))
    return _list("roles", rows, after)


@pages.get("/moderation/roles/<int:number>")
@signed_in
def role(number: int) -> str:
    """One request or role."""
    staff()
    return _role(reading.role(db, number), Form())


@pages.post("/moderation/roles/<int:number>")
@signed_in
def decide_role(number: int) -> ResponseReturnValue:
    """Grant or refuse it, or take the role away; the person is told."""
    judge, role = staff(), reading.role(db, number)
    deed = request.form.get("deed", "")
    form: Form[GrantEntry] | Form[VerdictEntry]
    if deed == "grant":
        form = forms.read(GrantEntry, request.form)
    else:
        form = forms.read(VerdictEntry, request.form)
    if form.entry is None:
        return _role(role, form), 422
    try:
        with writing():
            db.refresh(role)
            _on_role(deed, judge, role, form.entry)
    except Refused as refused:
        form.refuse(refused)
        return _role(role, form), 422
    flash(_("Decided. The person is told."), "success")
    return redirect(page_url("moderation", "roles"), 303)


@pages.get("/moderation/claims")
@signed_in
def claims() -> str:
    """Claims to imported stories, oldest first."""
    staff()
    rows, after = reading.claims(db, request.args.get("after", 0, type=natural))
    return _list("claims", rows, after)


@pages.get("/moderation/claims/<int:number>")
@signed_in
def claim(number: int) -> str:
    """One claim, with its token and where that should stand."""
    staff()
    return _claim(reading.claim(db, number), Form())


@pages.post("/moderation/claims/<int:number>")
@signed_in
def decide_claim(number: int) -> ResponseReturnValue:
    """Give the story to its author, or refuse; the member is told."""
    judge, claim = staff(), reading.claim(db, number)
    form = forms.read(VerdictEntry, request.form)
    words = form.entry.words if form.entry else ""
    grants = request.form.get("deed") == "grant"
    if not grants and form.entry is None:
        return _claim(claim, form), 422
    try:
        with writing():
            (claiming.grant if grants else claiming.refuse)(db, judge, claim, words)
    except Refused as refused:
        form.refuse(refused)
        return _claim(claim, form), 422
    flash(_("Decided. The person is told."), "success")
    return redirect(page_url("moderation", "claims"), 303)


@pages.get("/moderation/errands")
@signed_in
def errands() -> str:
    """Letters and other errands that failed too often."""
    staff()
    rows, after = reading.errands(db, request.args.get("after", 0, type=natural))
    return _list("errands", rows, after)


def _on_role(
    deed: str, judge: Member, role: Representative, entry: GrantEntry | VerdictEntry
) -> None:
    if isinstance(entry, GrantEntry):
        representing.grant(db, judge, role, entry)
    elif deed == "take_away":
        representing.take_away(db, judge, role, entry)
    else:
        representing.refuse(db, judge, role, entry)


def _list(name: str, rows: object, after: int | None) -> str:
    return render_template(
        f"moderation/{name}.html",
        rows=rows,
        after=after,
        paged="after" in request.args,
        waiting=reading.waiting(db),
    )


def _role(
    role: Representative, form: Form[GrantEntry] | Form[VerdictEntry] | Form[Entry]
) -> str:
    voices = reading.speaking(db, role.company_id)
    return render_template(
        "moderation/role.html", role=role, voices=voices, form=form, methods=_methods
    )


def _methods(role: Representative) -> list[tuple[str, str]]:
    """What can let somebody speak: what the site has seen, or what staff have."""
    seen = [role.method] if role.state == ClaimState.PROVEN else []
    every = dict.fromkeys((*seen, Method.DOCUMENT, Method.VOUCHING))
    return [(each.value, label("method", each)) for each in every]


def _claim(claim: StoryClaim, form: Form[VerdictEntry]) -> str:
    return render_template("moderation/claim.html", claim=claim, form=form)
