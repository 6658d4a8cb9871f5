"""What guests remarked: confirmed, changed and taken back by the link in a letter.

Opening the link changes nothing, for mail scanners open links; only buttons act.
"""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import discussing
from stories.discussing import CommentEntry
from stories.models import Comment
from stories.reading import comments as reading
from stories.text import private_data
from web import discretion, forms
from web.accounts import contacts
from web.addresses import comment_url, guest_url
from web.db import db, writing
from web.forms import Form
from web.limits import limited

pages = Blueprint("guests", __name__)


@pages.get("/guest/<token>")
def show(token: str) -> str:
    """The guest's comments, those that wait first."""
    remarks = reading.all_of_guest(db, _contact(token))
    return render_template("comments/guest.html", token=token, remarks=remarks)


@pages.post("/guest/<token>/<int:number>/publish")
@limited("comment")
def publish(token: str, number: int) -> ResponseReturnValue:
    """The address is the guest's: publish the comment that waited."""
    contact = _contact(token)
    remark = reading.of_guest(db, contact, number)
    with writing():
        contacts.confirm(contact)
        discussing.confirm(db, contact, remark)
    return redirect(comment_url(remark.story, remark), 303)


@pages.get("/guest/<token>/<int:number>")
def edit(token: str, number: int) -> str:
    """One comment, to be changed or taken back."""
    remark = reading.of_guest(db, _contact(token), number)
    return _edit(token, remark, Form({"text": remark.text}))


@pages.post("/guest/<token>/<int:number>")
@limited("comment")
def amend(token: str, number: int) -> ResponseReturnValue:
    """Keep the new wording."""
    contact = _contact(token)
    remark = reading.of_guest(db, contact, number)
    typed = forms.read(CommentEntry, request.form)
    if typed.entry is None or discretion.asks(typed, private_data(remark.text)):
        return _edit(token, remark, typed), 422
    ready = discussing.prepare(typed.entry)
    with writing():
        discussing.amend_as_guest(db, contact, remark, ready)
    return redirect(guest_url(token), 303)


@pages.post("/guest/<token>/<int:number>/delete")
@limited("comment")
def delete(token: str, number: int) -> ResponseReturnValue:
    """Take the comment back."""
    contact = _contact(token)
    remark = reading.of_guest(db, contact, number)
    with writing():
        discussing.delete_as_guest(db, contact, remark)
    return redirect(guest_url(token), 303)


def _contact(token: str) -> str:
    return contacts.bearer(token, "guest")


def _edit(token: str, remark: Comment, form: Form[CommentEntry]) -> str:
    here = guest_url(token, remark.id)
    return render_template("comments/edit.html", remark=remark, form=form, here=here)
