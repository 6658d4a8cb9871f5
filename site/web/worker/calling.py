"""What happens is sent to companies' own programs."""

import json
from functools import partial

from flask import current_app

from stories import outbox
from stories.handling import hooks
from stories.models import Delivery, Errand, now
from web import fetching, keys
from web.addresses import absolute
from web.db import db, writing
from web.worker.rounds import Errands, attempt_to_end, still_ours


class Calling(Errands):
    """Each by itself: a slow receiver holds up the next ones for some seconds only."""

    pause = 1.0
    tasks = ("hook",)
    most = 5

    def work(self, errands: list[Errand]) -> None:
        """Send those that are still ours to send."""
        for errand in errands:
            if still_ours([errand]):
                attempt_to_end([errand], partial(_send, errand))


def _send(errand: Errand) -> None:
    number = int(errand.details["delivery_id"])
    sent = hooks.waiting(db, number)
    status, trouble = _post(sent) if sent else (None, "")
    with writing():
        outbox.done(db, [errand])
        sent = hooks.waiting(db, number)
        if sent is None:
            return
        if status is not None and 200 <= status < 300:
            hooks.came(db, sent, status)
        else:
            hooks.failed(db, sent, status, trouble)


def _post(sent: Delivery) -> tuple[int | None, str]:
    """The receiver's status, or why there is none."""
    at, body = now(), _body(sent)
    signed = hooks.signatures(sent.webhook, sent.message, at, body, keys.seal())
    if not signed:
        return None, hooks.UNSIGNED
    headers = {
        "Content-Type": "application/json",
        "webhook-id": sent.message,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signed,
    }
    address = sent.webhook.address
    db.commit()  # nothing is read while somebody else's server takes its time
    try:
        settings = current_app.config["SETTINGS"]
        return fetching.post(settings, address, body.encode(), headers), ""
    except fetching.Unfetchable as trouble:
        return None, trouble.why.value


def _body(sent: Delivery) -> str:
    """The same at every try. It tells what happened and where to look, no more: what is
    private is asked for with a token."""
    places = dict(sent.places)
    story = places.get("story_id")
    if story is not None:
        places["address"] = absolute(f"/en/stories/{story}")
        places["api"] = absolute(f"/api/v1/stories/{story}")
    told = {"type": sent.event, "timestamp": sent.at.isoformat(), "data": places}
    return json.dumps(told, separators=(",", ":"))
