"""Templates call their macros and functions directly.

Jinja goes through `Context.call`, which looks each time whether a function wants the
context. None of ours does, and a page makes some three hundred calls: without the
detour a story's page renders in three quarters of the time.
"""

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame


class Straight(CodeGenerator):
    """Writes `function(arguments)` where Jinja writes `context.call(function, …)`."""

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
