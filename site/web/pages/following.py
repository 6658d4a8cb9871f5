"""What a member follows: chosen, changed and stopped; works without script."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import following
from stories.following import FollowEntry, Thing
from stories.models import Company, Product, SavedSearch, Story
from stories.models.following import Followed, Often
from stories.problems import Refused
from stories.reading import following as reading
from web import asking, forms
from web.accounts import silence
from web.addresses import (
    company_url,
    follow_url,
    page_url,
    product_url,
    search_url,
    story_url,
)
from web.auth import me, signed_in, visitor
from web.db import db, writing
from web.forms import Form
from web.i18n import gettext as _
from web.limits import limited

pages = Blueprint("following", __name__)
OWN_FEEDS = {
    Followed.STORY: "stories",
    Followed.COMPANY: "companies",
    Followed.PRODUCT: "products",
}
OF = "/follows/<any(story, company, product, search):what>/<int:number>"


@pages.get("/follows")
@signed_in
def show() -> str:
    """Everything that the member follows, and how soon they are told."""
    kept = [(each, *_named(each.thing)) for each in reading.own(db, me())]
    off = silence.silenced(f"member:{me().id}")
    return render_template("following/show.html", kept=kept, off=off)


@pages.get(OF)
def ask(what: str, number: int) -> str:
    """How soon a member wants to be told; for everybody its feeds and its card."""
    member = visitor()
    thing = following.the_thing(db, member, Followed(what), number)
    kept = following.find(db, member, Followed(what), thing.id) if member else None
    return _form(thing, Form({"often": kept.often if kept else ""}))


@pages.post(OF)
@signed_in
@limited("follow")
def follow(what: str, number: int) -> ResponseReturnValue:
    """Follow it from now on, or be told of it sooner or later than before."""
    thing = following.the_thing(db, me(), Followed(what), number)
    form = forms.read(FollowEntry, request.form)
    if form.entry is None:
        return _form(thing, form), 422
    try:
        with writing():
            following.follow(db, me(), thing, form.entry)
            silence.speak(f"member:{me().id}", _letter(what, form.entry.often))
    except Refused as refused:
        form.refuse(refused)
        return _form(thing, form), 422
    name, address = _named(thing)
    flash(_("You follow “%(name)s”.", name=name), "success")
    return redirect(address, 303)


@pages.post(f"{OF}/stop")
@signed_in
def stop(what: str, number: int) -> ResponseReturnValue:
    """Follow it no longer."""
    kept = following.find(db, me(), Followed(what), number)
    if kept is not None:
        with writing():
            following.stop(db, kept)
    flash(_("You follow it no longer."), "success")
    return redirect(page_url("follows"), 303)


def _letter(what: str, often: Often) -> str:
    """Which letter tells of it: what a search finds is always gathered."""
    at_once = often == Often.AT_ONCE and what != Followed.SEARCH
    return "followed" if at_once else "digest"


def _form(thing: Thing, form: Form[FollowEntry]) -> str:
    what = Followed(following.kind_of(thing))
    name, address = _named(thing)
    return render_template(
        "following/ask.html",
        name=name,
        address=address,
        tongue=getattr(thing, "language", ""),
        here=follow_url(what, thing.id),
        what=what,
        of=OWN_FEEDS.get(what, ""),
        number=thing.id,
        follows=_follows(what, thing),
        form=form,
    )


def _follows(what: Followed, thing: Thing) -> bool:
    member = visitor()
    return member is not None and bool(following.find(db, member, what, thing.id))


def _named(thing: Thing | None) -> tuple[str, str]:
    """What something is called, and where it is; nothing for what is gone."""
    if isinstance(thing, Story):
        return thing.title, story_url(thing)
    if isinstance(thing, Company):
        return thing.name, company_url(thing)
    if isinstance(thing, Product):
        return thing.name, product_url(thing)
    if isinstance(thing, SavedSearch):
        words = asking.kept(thing.words).to_dict(flat=False)
        return thing.name, search_url(**words)
    return "", ""
