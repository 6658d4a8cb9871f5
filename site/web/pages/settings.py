"""Account settings: what members decide about themselves and their letters."""

import json
from dataclasses import dataclass
from typing import cast

from flask import (
    Blueprint,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    session,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security import logout_user
from werkzeug.wrappers import Response

from stories import exporting, joining, leaving
from stories.entries.member import ProfileEntry
from stories.languages import choosable, own_name
from stories.models import Member
from stories.models.codes import Standing
from web import forms, uploading
from web.accounts import people, silence
from web.accounts.models import Account
from web.addresses import page_url
from web.auth import me, signed_in, signed_in_lately
from web.db import db, writing
from web.i18n import gettext as _
from web.i18n import language
from web.limits import limited
from web.rendering.zones import zones

pages = Blueprint("settings", __name__)

COMMON_LANGUAGES = 12


@dataclass(frozen=True)
class Choices:
    """What can be chosen: languages that one reads, and time zones."""

    common: list[tuple[str, str]]
    others: list[tuple[str, str]]
    zones: list[tuple[str, str]]


@pages.get("/account")
@signed_in
def show() -> str:
    """Everything that can be set, and what leads further."""
    member = me()
    known = {name: getattr(member, name) for name in ProfileEntry.model_fields}
    return _page(member, forms.Form(known))


@pages.post("/account")
@signed_in
def amend() -> ResponseReturnValue:
    """Keep what the member says about themselves and how they read."""
    member = me()
    form = forms.read(ProfileEntry, request.form)
    if form.entry is None:
        return _page(member, form), 422
    with writing():
        joining.amend(db, member, form.entry)
    flash(_("Your settings are kept."), "success")
    return redirect(page_url("account", lang=member.language), 303)


@pages.post("/account/letters")
@signed_in
def choose_letters() -> ResponseReturnValue:
    """Keep which letters the member wants."""
    whom = f"member:{me().id}"
    wanted = request.form.getlist("letters")
    with writing():
        for letter in silence.choosable(silence.silenced(whom)):
            (silence.speak if letter in wanted else silence.silence)(whom, letter)
    flash(_("Your settings are kept."), "success")
    return redirect(page_url("account", _anchor="letters"), 303)


@pages.post("/account/letters/again")
@signed_in
def write_again() -> ResponseReturnValue:
    """The address from which letters came back works again."""
    account = _account()
    with writing():
        account.bounced_at = None
    flash(_("Your settings are kept."), "success")
    return redirect(page_url("account", _anchor="letters"), 303)


@pages.post("/account/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    """End the sessions of all devices, this one among them."""
    account = _account()
    with writing():
        people.sign_out_everywhere(account)
    logout_user()
    flash(_("You are signed out on all devices."), "success")
    return redirect(page_url("sign-in"), 303)


@pages.get("/account/export")
@signed_in
@limited("export")
def export() -> Response:
    """All that is the member's own, as a file; with files of theirs, as an archive."""
    member = me()
    number, email = member.id, _account().email
    record = exporting.own_record(db, member)
    db.rollback()  # nothing is held while it is packed
    whole = {"email": email, **record}
    written = json.dumps(whole, ensure_ascii=False, indent=1)
    answer, ending = Response(written), "json"
    answer.content_type = "application/json; charset=utf-8"
    if evidence := record.get("evidence"):
        packed = uploading.packed(written, evidence)
        answer, ending = send_file(packed, "application/zip"), "zip"
    name = f"earshot-{number}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@pages.get("/account/leave")
@signed_in_lately
def ask_to_leave() -> str:
    """What leaving means, and what can become of one's texts."""
    return render_template("settings/leave.html", problem="")


@pages.post("/account/leave")
@signed_in_lately
def leave() -> ResponseReturnValue:
    """Let the member go, with their texts as they wish."""
    if request.form.get("way") not in set(leaving.Way):
        problem = _("Choose what becomes of your stories.")
        return render_template("settings/leave.html", problem=problem), 422
    way = leaving.Way(request.form["way"])
    member, account = me(), _account()
    with writing():
        leaving.leave(db, member, way)
        if way != leaving.Way.WITHDRAW:
            people.forget(account)
    logout_user()
    session.clear()
    return redirect(page_url("account", "left"), 303)


@pages.get("/account/left")
def left() -> str:
    """Goodbye."""
    return render_template("settings/left.html")


@pages.post("/account/come-back")
@signed_in
def come_back() -> ResponseReturnValue:
    """Be a member again, after leaving with one's stories withdrawn."""
    member = me()
    with writing():
        leaving.come_back(db, member)
    return redirect(page_url("account"), 303)


def _page(member: Member, form: forms.Form[ProfileEntry]) -> str:
    account = _account()
    silenced = silence.silenced(f"member:{member.id}")
    return render_template(
        "settings/show.html",
        member=member,
        account=account,
        form=form,
        choices=_choices(member),
        letters=silence.choosable(silenced),
        silenced=silenced,
        has_left=member.standing == Standing.LEFT,
    )


def _account() -> Account:
    return cast("Account", current_user._get_current_object())


def _choices(member: Member) -> Choices:
    named = [(each.tag, each.own_name) for each in choosable(language())]
    common = {tag for tag, _own in named[:COMMON_LANGUAGES]}
    chosen = [(tag, own_name(tag)) for tag in member.reads if tag not in common]
    return Choices(
        named[:COMMON_LANGUAGES] + chosen,
        named[COMMON_LANGUAGES:],
        zones(member.time_zone),
    )
