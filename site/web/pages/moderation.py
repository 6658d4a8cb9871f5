"""The desk of the staff: reported texts, and members who break rules."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import closing, moderating, texts
from stories.entries.judging import RulingEntry
from stories.models import Alarm, Member, Message, Story
from stories.models.codes import Target
from stories.problems import Missing, Refused
from stories.reading import evidence, members, pressure, talks
from stories.reading import moderation as reading
from web import forms
from web.addresses import natural, page_url
from web.auth import signed_in, staff
from web.db import db, writing
from web.forms import Form
from web.i18n import gettext as _

pages = Blueprint("moderation", __name__)

ON_TEXTS = {
    "hide": moderating.hide,
    "restore": moderating.restore,
    "dismiss": moderating.dismiss,
}
ON_THREADS = {
    "close_comments": closing.close_comments,
    "reopen_comments": closing.reopen_comments,
}
ON_MEMBERS = {"suspend": moderating.suspend, "readmit": moderating.readmit}


@pages.get("/moderation")
@signed_in
def queue() -> str:
    """Reported texts, the one that waits longest first."""
    staff()
    after = request.args.get("after", 0, type=natural)
    return render_template(
        "moderation/queue.html",
        queue=reading.queue(db, after),
        waiting=reading.waiting(db),
        after=after,
        alarms=pressure.alarms(db),
    )


@pages.post("/moderation/alarms/<int:number>")
@signed_in
def see(number: int) -> ResponseReturnValue:
    """Staff have seen that a company reports very many texts."""
    judge, alarm = staff(), db.get(Alarm, number)
    if alarm is None:
        raise Missing
    with writing():
        moderating.see_alarm(db, judge, db.get_one(Alarm, number))
    return redirect(page_url("moderation"), 303)


@pages.get("/moderation/texts/<target>/<int:number>")
@signed_in
def text(target: str, number: int) -> str:
    """One text, why it was reported, and what was decided so far."""
    staff()
    return _text(_target(target), number, Form())


@pages.post("/moderation/texts/<target>/<int:number>")
@signed_in
def rule(target: str, number: int) -> ResponseReturnValue:
    """Hide the text, show it again, or let it stand; its author is told why."""
    judge, which = staff(), _target(target)
    form = forms.read(RulingEntry, request.form)
    deed = ON_TEXTS.get(request.form.get("deed", ""))
    if deed is None or form.entry is None:
        return _text(which, number, form), 422
    try:
        with writing():
            deed(db, judge, which, number, form.entry)
    except Refused as refused:
        form.refuse(refused)
        return _text(which, number, form), 422
    flash(_("Decided. The author is told why, and the public log says so."), "success")
    return redirect(page_url("moderation"), 303)


@pages.post("/moderation/texts/story/<int:number>/comments")
@signed_in
def close(number: int) -> ResponseReturnValue:
    """Close the thread below a story or open it again; its author is told why."""
    judge, which, story = staff(), Target.STORY, db.get(Story, number)
    if story is None:
        raise Missing
    form = forms.read(RulingEntry, request.form)
    deed = ON_THREADS.get(request.form.get("deed", ""))
    if deed is None or form.entry is None:
        return _text(which, number, form), 422
    try:
        with writing():
            deed(db, judge, story, form.entry)
    except Refused as refused:
        form.refuse(refused)
        return _text(which, number, form), 422
    flash(_("Decided. The author is told why, and the public log says so."), "success")
    return redirect(page_url("moderation", "texts", which, number), 303)


@pages.get("/moderation/members/<handle>")
@signed_in
def member(handle: str) -> str:
    """A member, and what was decided about them so far."""
    staff()
    return _member(members.find(db, handle), Form())


@pages.post("/moderation/members/<handle>")
@signed_in
def judge(handle: str) -> ResponseReturnValue:
    """Suspend a member or let them write again; they are told why."""
    judge, found = staff(), members.find(db, handle)
    form = forms.read(RulingEntry, request.form)
    deed = ON_MEMBERS.get(request.form.get("deed", ""))
    if deed is None or form.entry is None:
        return _member(found, form), 422
    try:
        with writing():
            db.refresh(found)
            deed(db, judge, found, form.entry)
    except Refused as refused:
        form.refuse(refused)
        return _member(found, form), 422
    flash(_("Decided. The member is told why."), "success")
    return redirect(page_url("moderation", "members", found.handle), 303)


def _target(name: str) -> Target:
    if name not in set(Target):
        raise Missing
    return Target(name)


def _text(target: Target, number: int, form: Form[RulingEntry]) -> str:
    found = moderating.found(db, target, number)
    story = texts.story_of(db, found)
    files = evidence.for_staff(db, staff(), story.id)
    return render_template(
        "moderation/text.html",
        target=target,
        text=found,
        story=story,
        evidence=files,
        picture=next((each for each in files if each is found), None),
        author=texts.member_behind(db, found),
        shown=texts.is_shown(found),
        hidden=texts.is_hidden(found),
        around=talks.around(db, found) if isinstance(found, Message) else [],
        case=reading.case(db, target, number),
        form=form,
    )


def _member(found: Member, form: Form[RulingEntry]) -> str:
    decisions = reading.decisions(db, "member", found.id)
    return render_template(
        "moderation/member.html", member=found, decisions=decisions, form=form
    )
