"""The searches that members keep: each with its feeds, to be asked again."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import saving
from stories.models import SavedSearch
from stories.problems import Invalid
from stories.reading import searching
from stories.saving import SearchEntry
from web import asking, forms, narrowing
from web.addresses import feed_url, page_url, search_url
from web.asking import Asked
from web.auth import me, signed_in
from web.db import db, writing
from web.i18n import gettext as _

pages = Blueprint("searches", __name__)


@dataclass(frozen=True)
class Kept:
    """A search that is kept, what it asks for, and where it is answered."""

    search: SavedSearch
    said: list[str]
    address: str
    atom: str
    json: str


@pages.get("/searches")
@signed_in
def show() -> str:
    """All that the member keeps, by name."""
    kept = [_kept(each) for each in saving.own(db, me())]
    return render_template("searches/show.html", kept=kept)


@pages.get("/searches/new")
@signed_in
def new() -> str:
    """What the search is to be called."""
    search = asking.again(db, request.args.get("words", ""))
    said = _said(search)
    name = ", ".join(said)[: saving.MOST_NAME]
    form: forms.Form[SearchEntry] = forms.Form({"name": name, "words": search.saved})
    return render_template("searches/new.html", form=form, said=said)


@pages.post("/searches")
@signed_in
def keep() -> ResponseReturnValue:
    """Keep a search under a name."""
    search = asking.again(db, request.form.get("words", ""))
    fields = {"name": request.form.get("name", ""), "words": search.saved}
    form = forms.check(SearchEntry, fields)
    if form.entry is None:
        page = render_template("searches/new.html", form=form, said=_said(search))
        return page, 422
    with writing():
        saving.save(db, me(), form.entry)
    flash(_("The search is kept."), "success")
    return redirect(page_url("searches"), 303)


@pages.post("/searches/<int:number>/forget")
@signed_in
def forget(number: int) -> ResponseReturnValue:
    """Keep it no longer."""
    with writing():
        saving.forget(db, me(), number)
    flash(_("The search is kept no longer."), "success")
    return redirect(page_url("searches"), 303)


def _kept(row: SavedSearch) -> Kept:
    try:
        search = asking.again(db, row.words)
        known, said = search.words, _said(search)
    except Invalid:  # nobody can ask for this any more
        known, said = asking.kept(row.words), []
    words = known.to_dict(flat=False)
    return Kept(
        row,
        said,
        search_url(**words),
        feed_url("atom", "search", **words),
        feed_url("json", "search", **words),
    )


def _said(search: Asked) -> list[str]:
    """What a search asks for, in words."""
    names = searching.names(db, search.question)
    typed = search.words.get("q")
    return [
        *([typed] if typed else []),
        *(w for w, _ in narrowing.chips(search, names)),
    ]
