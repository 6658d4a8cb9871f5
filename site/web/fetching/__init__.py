"""Fetching what others' servers say, so that nobody can turn it against us.

    words = fetching.get(settings, "https://kettles.example/robots.txt")
    status = fetching.post(settings, "https://kettles.example/hook", body, headers)
    entries = fetching.texts(settings, "_earshot.kettles.example")

A name is resolved once, all its addresses are checked, and the connection goes to an
address that was checked: there is no second answer of the name server to be fooled
by. What lies inside (this machine, its network, its provider's own services) is never
asked; redirects are few and checked like the first address; the time, the size and the
ports are limited. Whatever goes out of the site to an address that somebody else chose
goes through here, and from the worker: nobody's page waits for it.
"""

from web.fetching.asking import get, post
from web.fetching.engine import in_turn
from web.fetching.engine import name as engine_name
from web.fetching.naming import texts
from web.fetching.trouble import Unfetchable

__all__ = ["Unfetchable", "engine_name", "get", "in_turn", "post", "texts"]
