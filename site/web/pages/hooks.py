"""Webhooks of a company: where what happens is sent, and what became of it."""

from flask import Blueprint, current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import handling
from stories.handling import hooks
from stories.handling.hooks import HookEntry
from stories.models import Webhook, now
from stories.problems import Invalid, Missing, Problem
from stories.reading import desk as reading
from stories.settings import Settings
from stories.telling import EVENTS
from web import forms, keys
from web.addresses import page_url
from web.auth import me, signed_in, signed_in_lately
from web.db import db, writing
from web.desking import asked_company
from web.forms import Form
from web.i18n import gettext as _
from web.limits import limited

pages = Blueprint("hooks", __name__)
ONCE = {"Cache-Control": "private, no-store"}


@pages.get("/desk/hooks")
@signed_in
def show() -> str:
    """The company's addresses, what was sent to them, and room for one more."""
    return _all(asked_company(), Form())


@pages.post("/desk/hooks")
@signed_in_lately
@limited("claim")
def add() -> ResponseReturnValue:
    """Send what happens to one more address."""
    company = asked_company()
    form = forms.read(HookEntry, request.form)
    if form.entry is not None:
        try:
            _require_sealed(form.entry.address)
            with writing():
                made = hooks.add(db, me(), company, form.entry, keys.seal())
        except Invalid as trouble:
            form.refuse(trouble)
    if form.errors:
        return _all(company, form), 422
    return _all(company, Form(), *made), 201, ONCE


@pages.post("/desk/hooks/<int:number>")
@signed_in_lately
@limited("desk")
def change(number: int) -> ResponseReturnValue:
    """Send a test, make a new secret, or send nothing there any more."""
    deed = DEEDS.get(request.form.get("do", ""))
    if deed is None:
        raise Missing
    return deed(number)


def _test(number: int) -> ResponseReturnValue:
    with writing():
        company = hooks.test(db, me(), number).company_id
    flash(_("The test is on its way: look again in some seconds."), "success")
    return redirect(_address(company), 303)


def _rotate(number: int) -> ResponseReturnValue:
    """The page shows the new secret, this once."""
    with writing():
        made = hooks.rotate(db, me(), number, keys.seal())
    return _all(made[0].company_id, Form(), *made), 200, ONCE


def _remove(number: int) -> ResponseReturnValue:
    with writing():
        company = hooks.remove(db, me(), number)
    return redirect(_address(company), 303)


DEEDS = {"test": _test, "rotate": _rotate, "remove": _remove}


def _require_sealed(address: str) -> None:
    """Only developers send what nobody has sealed, to their own machine."""
    settings: Settings = current_app.config["SETTINGS"]
    inside = settings.fetch_inside and not settings.exposed
    if not inside and not address.lower().startswith("https://"):
        raise Invalid(Problem("The address begins with https://."), "address")


def _address(company: int) -> str:
    return page_url("desk", "hooks", company=company)


def _all(
    company: int,
    form: Form[HookEntry],
    fresh: Webhook | None = None,
    secret: str = "",
) -> str:
    role = reading.sits(db, me(), company)
    handling.voice(db, me(), company)
    return render_template(
        "desk/hooks.html",
        role=role,
        kept=hooks.of_company(db, company),
        sent=hooks.log(db, company),
        events=[*EVENTS.values(), "rejoinder.posted", "pressure.noticed"],
        form=form,
        fresh=fresh,
        secret=secret,
        today=now(),
    )
