"""Templates call their macros and functions directly, and escape nothing twice.

Jinja goes through `Context.call`, which looks each time whether a function wants the
context. None of ours does, and a page makes some three hundred calls: without the
detour a story's page renders in three quarters of the time. It also escapes what a
macro or a filter has made safe, which copies it; a page has hundreds of these.
"""

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame


class Straight(CodeGenerator):
    """Writes `function(arguments)` where Jinja writes `context.call(function, …)`,
    and escapes only what is not Markup already."""

    def visit_Call(  # noqa: N802 - Jinja's name
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002 - as Jinja has it
    ) -> None:
        self.write("(")
        self.visit(node.node, frame)
        self.write(")(*()")  # what follows begins with a comma
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if self._escapes(frame, finalize):
            self.write("(made if type(made := (")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if self._escapes(frame, finalize):
            self.write(")) is Markup else escape(made))")
        else:
            super()._output_child_post(node, frame, finalize)

    def _escapes(self, frame: Frame, finalize: Any) -> bool:
        context = frame.eval_ctx
        return context.autoescape and not context.volatile and finalize.src is None
