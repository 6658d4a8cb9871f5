"""Rules of addresses, of which most are never put together."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

Builder = Callable[..., Any]


class Patient(Rule):
    """Werkzeug's, which writes the function that puts an address together when it is
    first asked for one.

    Werkzeug writes and compiles two for every rule, and to make an application takes
    four times as long; ours has some 250 rules, and names most addresses by hand.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Builder:  # noqa: FBT001, FBT002 - as Werkzeug has it
        name = "_build_unknown" if append_unknown else "_build"

        def build(rule: Patient, **values: Any) -> Any:
            compiled = super()._compile_builder(append_unknown)
            setattr(rule, name, compiled.__get__(rule, None))
            return compiled(rule, **values)

        return build
