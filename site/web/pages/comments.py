"""Comments: written, answered, changed and taken back."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import discussing
from stories.discussing import CommentEntry, GuestEntry
from stories.models import Comment, Member
from stories.permissions import may_comment
from stories.problems import Refused
from stories.reading import comments as reading
from stories.text import private_data
from web import discretion, forms
from web.accounts import contacts
from web.accounts.contacts import ContactEntry
from web.addresses import Slugged, comment_url, natural, page_url, story_url
from web.auth import me, signed_in, visitor
from web.db import db, writing
from web.forms import Form
from web.i18n import language
from web.limits import limited

pages = Blueprint("comments", __name__)


class GuestForm(GuestEntry, ContactEntry):
    """A guest's name, and the address that confirms the comment."""


@pages.get("/stories/<numbered:story>/comment")
def new(story: Slugged) -> ResponseReturnValue:
    """The form, with what is answered above it."""
    place = reading.place(db, story, visitor(), request.args.get("reply", type=natural))
    answers = {"parent_id": place.answers.id} if place.answers else {}
    return _form(place, Form(answers), Form())


@pages.post("/stories/<numbered:story>/comment")
@limited("comment")
def post(story: Slugged) -> ResponseReturnValue:
    """Publish a member's comment; keep a guest's until it is confirmed."""
    typed = forms.read(CommentEntry, request.form)
    answers = request.form.get("parent_id", type=natural)
    place = reading.place(db, story, visitor(), answers)
    member = visitor()
    if not may_comment(place.story):
        return _form(place, typed, Form()), 403
    if member is None:
        return _as_guest(place, typed)
    if typed.entry is None or discretion.asks(typed):
        return _form(place, typed, Form()), 422
    return _as_member(place, member, typed, typed.entry)


@pages.get("/stories/<numbered:story>/comment/sent")
def sent(story: Slugged) -> str:
    """Where the guest goes on: in their mail."""
    place = reading.place(db, story, visitor())
    return render_template("comments/sent.html", story=place.story)


@pages.get("/stories/<int:story>/comments/<int:number>")
def show(story: int, number: int) -> ResponseReturnValue:
    """Lead to the comment, on the page of its story where it stands."""
    shown = reading.page_with(db, visitor(), story, number)
    anchor, after = f"comment-{number}", shown.after or None
    return redirect(story_url(shown.comment.story, _anchor=anchor, after=after))


@pages.get("/comments/<int:number>")
@signed_in
def edit(number: int) -> str:
    """One's own comment, to be changed or taken back."""
    remark = reading.own(db, me(), number)
    return _edit(remark, Form({"text": remark.text}))


@pages.post("/comments/<int:number>")
@signed_in
@limited("comment")
def amend(number: int) -> ResponseReturnValue:
    """Keep the new wording."""
    member = me()
    remark = reading.own(db, member, number)
    typed = forms.read(CommentEntry, request.form)
    if typed.entry is None or discretion.asks(typed, private_data(remark.text)):
        return _edit(remark, typed), 422
    ready = discussing.prepare(typed.entry)
    with writing():
        discussing.amend(db, member, remark, ready)
    return redirect(comment_url(remark.story, remark), 303)


@pages.post("/comments/<int:number>/delete")
@signed_in
@limited("comment")
def delete(number: int) -> ResponseReturnValue:
    """Take the comment back."""
    member = me()
    remark = reading.own(db, member, number)
    with writing():
        discussing.delete(db, member, remark)
    return redirect(story_url(remark.story, _anchor="comments"), 303)


@pages.get("/comments/<int:number>/link")
def ask_for_link(number: int) -> str:
    """Where a guest asks for the link to what they remarked."""
    remark = reading.one(db, number)
    return render_template("comments/link.html", remark=remark, form=Form())


@pages.post("/comments/<int:number>/link")
@limited("mail")
def send_link(number: int) -> ResponseReturnValue:
    """Send the link, if the address is the guest's; the answer does not tell."""
    remark = reading.one(db, number)
    form = forms.read(ContactEntry, request.form)
    if form.entry is None:
        return render_template("comments/link.html", remark=remark, form=form), 422
    contact = contacts.known(form.entry.email)
    with writing():
        discussing.ask_for_link(db, contact or "", remark)
    return redirect(page_url("stories", remark.story_id, "comment", "sent"), 303)


def _as_member(
    place: reading.Place, member: Member, typed: Form[CommentEntry], entry: CommentEntry
) -> ResponseReturnValue:
    ready = discussing.prepare(entry)
    try:
        domain = contacts.domain_of_visitor()
        with writing() as session:
            remark = discussing.comment(session, member, place.story, ready, domain)
    except Refused as refused:
        typed.refuse(refused)
        return _form(place, typed, Form()), 422
    return redirect(comment_url(place.story, remark), 303)


def _as_guest(place: reading.Place, typed: Form[CommentEntry]) -> ResponseReturnValue:
    if "name" not in request.form:  # from the short form below the story
        return _form(place, Form(typed.fields), Form())
    guest = forms.read(GuestForm, request.form)
    asked = discretion.asks(typed)
    if asked or typed.entry is None or guest.entry is None:
        return _form(place, typed, guest), 422
    ready, name = discussing.prepare(typed.entry), GuestEntry(name=guest.entry.name)
    try:
        with writing():
            email = guest.entry.email
            contact, domain = (
                contacts.contact_for(email, language()),
                contacts.domain_of(email),
            )
            discussing.comment_as_guest(db, name, contact, place.story, ready, domain)
    except Refused as refused:
        typed.refuse(refused)
        return _form(place, typed, guest), 422
    return redirect(page_url("stories", place.story.id, "comment", "sent"), 303)


def _form(
    place: reading.Place, typed: Form[CommentEntry], guest: Form[GuestForm]
) -> str:
    return render_template(
        "comments/new.html",
        story=place.story,
        answers=place.answers,
        form=typed,
        guest=guest,
    )


def _edit(remark: Comment, form: Form[CommentEntry]) -> str:
    here = page_url("comments", remark.id)
    return render_template("comments/edit.html", remark=remark, form=form, here=here)
