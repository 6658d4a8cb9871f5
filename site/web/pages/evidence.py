"""An author's files: kept with a story, shown to whom they say, covered, published."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import attaching
from stories.entries import Entry
from stories.entries.evidence import BoxesEntry, EvidenceEntry
from stories.models import Evidence, Member
from stories.problems import Invalid, Missing, Problem, Refused
from stories.reading import evidence as reading
from stories.reading.evidence import Own
from stories.text import private_data
from web import discretion, forms, uploading
from web.addresses import natural, page_url
from web.auth import me, signed_in
from web.db import db, writing
from web.forms import Form
from web.headers import takes
from web.i18n import translate
from web.limits import limited

pages = Blueprint("evidence", __name__)

FREE_ROWS = 3
KNOWN = ("words", "dispute_id", "staff")
FOR_GOOD = ("erase", "forget_original")
DEEDS: dict[str, Callable[[Member, Evidence], None]] = {
    "publish": lambda author, file: attaching.publish(db, author, file),
    "take_back": lambda author, file: attaching.take_back(db, author, file),
    "erase": lambda author, file: attaching.erase(db, author, file),
    "forget_original": lambda author, file: attaching.forget_original(db, author, file),
}


@pages.get("/stories/<int:number>/evidence")
@signed_in
def show(number: int) -> str:
    """What the author keeps with the story, and a form for one more file."""
    about = request.args.get("dispute", type=natural)
    return _all(reading.own(db, me(), number), Form({"dispute_id": about}))


@pages.post("/stories/<int:number>/evidence")
@signed_in
@limited("upload")
@takes(uploading.LARGEST)
def add(number: int) -> ResponseReturnValue:
    """Keep one more file; nobody else sees it unless the author says so."""
    mine = reading.own(db, me(), number)
    db.rollback()  # nothing is held while it is drawn
    form = forms.read(EvidenceEntry, request.form)
    unclear = form.entry is None or discretion.asks(form)
    try:
        name, file = uploading.sent()
        if form.entry is not None and not unclear:
            with uploading.written(file) as kept, writing():
                made = attaching.add(
                    db,
                    me(),
                    mine.story,
                    form.entry,
                    name=name,
                    file=kept,
                    store=uploading.store(),
                )
                which = made.id
            return redirect(_url(number, which), 303)
        form.errors["file"] = translate(AGAIN)
    except Refused as refused:
        form.refuse(refused)
    return _all(reading.own(db, me(), number), form), 422


AGAIN = Problem("Choose the file once more: browsers forget it.")


@pages.get("/stories/<int:number>/evidence/<int:which>")
@signed_in
def open_one(number: int, which: int) -> str:
    """One file: what it shows, who sees it, and what can be done with it."""
    mine, file = reading.one(db, me(), number, which)
    return _one(mine, file, _known(file))


@pages.post("/stories/<int:number>/evidence/<int:which>")
@signed_in
@limited("upload")
def describe(number: int, which: int) -> ResponseReturnValue:
    """Say anew what it shows, and who may see it."""
    mine, file = reading.one(db, me(), number, which)
    form = forms.read(EvidenceEntry, request.form)
    known = private_data(file.words)
    if form.entry is not None and not discretion.asks(form, known):
        try:
            with writing():
                attaching.describe(db, me(), file, form.entry)
            return redirect(_url(number, which), 303)
        except Refused as refused:
            form.refuse(refused)
            mine, file = reading.one(db, me(), number, which)
    return _one(mine, file, form), 422


@pages.post("/stories/<int:number>/evidence/<int:which>/deeds")
@signed_in
@limited("upload")
def do(number: int, which: int) -> ResponseReturnValue:
    """Do what the button says; what cannot be undone has to be confirmed."""
    mine, file = reading.one(db, me(), number, which)
    name = request.form.get("do", "")
    if name not in DEEDS:
        raise Missing
    form = _known(file)
    if name in (*FOR_GOOD, "publish") and request.form.get("sure") != name:
        form.refuse(Invalid(Problem("Tick the box if you are sure.")), name)
        return _one(mine, file, form), 422
    try:
        with writing():
            DEEDS[name](me(), file)
    except Refused as refused:
        form.refuse(refused)
        return _one(*reading.one(db, me(), number, which), form), 422
    left = () if name == "erase" else (which,)
    return redirect(_url(number, *left), 303)


@pages.get("/stories/<int:number>/evidence/<int:which>/boxes")
@signed_in
def boxes(number: int, which: int) -> str:
    """The picture, and the boxes over it."""
    mine, file = _to_be_covered(number, which)
    names = ("left", "top", "width", "height")
    known = [dict(zip(names, box, strict=True)) for box in file.boxes]
    return _boxes(mine, file, forms.check(BoxesEntry, {"boxes": known}))


@pages.post("/stories/<int:number>/evidence/<int:which>/boxes")
@signed_in
@limited("upload")
def cover(number: int, which: int) -> ResponseReturnValue:
    """Look at the boxes, or burn them in."""
    mine, file = _to_be_covered(number, which)
    form = forms.read(BoxesEntry, request.form)
    if form.entry is None:
        return _boxes(mine, file, form), 422
    if request.form.get("do") == "look":
        return _boxes(mine, file, form)
    try:
        _burn(file, form.entry)
    except Refused as refused:
        form.refuse(refused)
        return _boxes(*_to_be_covered(number, which), form), 422
    return redirect(_url(number, which), 303)


def _burn(file: Evidence, entry: BoxesEntry) -> None:
    store, author = uploading.store(), me()
    if not entry.boxes:
        with writing():
            attaching.cover(db, author, file, entry, None, store)
        return
    body = store.read(file.story_id, file.original or "")
    db.rollback()  # nothing is held while it is drawn
    if body is None:
        raise Missing
    with uploading.written(uploading.covered(body, entry)) as kept, writing():
        attaching.cover(db, author, file, entry, kept, store)


def _url(number: int, *which: int) -> str:
    return page_url("stories", number, "evidence", *which)


def _to_be_covered(number: int, which: int) -> tuple[Own, Evidence]:
    mine, file = reading.one(db, me(), number, which)
    if file.width is None or file.original is None:
        raise Missing
    return mine, file


def _known(file: Evidence) -> Form[Entry]:
    known = {name: getattr(file, name) for name in KNOWN}
    return Form({**known, "companies": [str(each) for each in file.companies]})


def _all(mine: Own, form: Form[EvidenceEntry]) -> str:
    return render_template("evidence/list.html", **_choices(mine), form=form)


def _one(mine: Own, file: Evidence, form: Form[EvidenceEntry] | Form[Entry]) -> str:
    return render_template("evidence/one.html", **_choices(mine), file=file, form=form)


def _choices(mine: Own) -> dict[str, object]:
    return {
        "mine": mine,
        "story": mine.story,
        "facts": [(str(each.id), each.fact) for each in mine.disputes],
        "firms": [(str(each.id), each.name) for each in mine.companies],
    }


def _boxes(mine: Own, file: Evidence, form: Form[BoxesEntry]) -> str:
    return render_template(
        "evidence/boxes.html",
        story=mine.story,
        file=file,
        form=form,
        rows=form.rows("boxes") + FREE_ROWS,
    )
