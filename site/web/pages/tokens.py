"""Tokens with which a company's programs ask the API."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories.handling import tokens
from stories.handling.tokens import TokenEntry
from stories.models import now
from stories.problems import Invalid
from stories.reading import desk as reading
from web import forms
from web.addresses import page_url
from web.auth import me, signed_in, signed_in_lately
from web.db import db, writing
from web.desking import asked_company
from web.forms import Form
from web.i18n import gettext as _
from web.limits import limited

pages = Blueprint("tokens", __name__)


@pages.get("/desk/tokens")
@signed_in
def show() -> str:
    """One's own tokens for a company, and room for one more."""
    return _all(asked_company(), Form())


@pages.post("/desk/tokens")
@signed_in_lately
@limited("claim")
def make() -> ResponseReturnValue:
    """Make one more, and show it this once."""
    company = asked_company()
    form = forms.read(TokenEntry, request.form)
    if form.entry is None:
        return _all(company, form), 422
    try:
        with writing():
            words = tokens.make(db, me(), company, form.entry)[1]
    except Invalid as trouble:
        form.refuse(trouble)
        return _all(company, form), 422
    return _all(company, Form(), words), 201, {"Cache-Control": "private, no-store"}


@pages.post("/desk/tokens/<int:number>/revoke")
@signed_in
def revoke(number: int) -> ResponseReturnValue:
    """End a token at once."""
    with writing():
        company = tokens.revoke(db, me(), number)
    flash(_("The token has ended."), "success")
    return redirect(page_url("desk", "tokens", company=company), 303)


def _all(company: int, form: Form[TokenEntry], made: str = "") -> str:
    role = reading.sits(db, me(), company)
    return render_template(
        "desk/tokens.html",
        role=role,
        kept=tokens.own(db, role),
        form=form,
        made=made,
        today=now(),
    )
