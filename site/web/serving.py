"""One family of processes: web processes and a worker that live and die together.

A child dies with its parent, even when that is killed: the kernel sends it SIGKILL
(`PR_SET_PDEATHSIG`). A child that dies is started again.
"""

import ctypes
import gc
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import active_count

from flask import Flask
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from stories.settings import BadSetting

SIGNALS = (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT)
THREADS = 4
"""Requests that one web process answers at a time."""
DRAIN = 20.0
"""Seconds that children have to finish what they do before they are killed."""
STEADY = 5.0
"""Seconds after which a child counts as well started."""
LONGEST_PAUSE = 10.0
_PR_SET_PDEATHSIG = 1
_M_ARENA_MAX = -8

Part = Callable[[], None]


@dataclass
class Child:
    """One part of the family, and how often it died soon after its start."""

    name: str
    part: Part
    pid: int = 0
    started: float = 0.0
    stumbles: int = 0
    due: float = field(default_factory=time.monotonic)

    @property
    def runs(self) -> bool:
        """Whether there is a process."""
        return self.pid != 0

    def died(self) -> None:
        """Plan the next start: at once, or after a growing pause if it stumbles."""
        self.pid = 0
        lived = time.monotonic() - self.started
        self.stumbles = 0 if lived > STEADY else self.stumbles + 1
        pause = 0.1 * 2**self.stumbles if self.stumbles > 1 else 0.0
        self.due = time.monotonic() + min(pause, LONGEST_PAUSE)


def run(parts: dict[str, Part], ready: Callable[[], bool], started: Part) -> None:
    """Keep all parts running until SIGTERM or SIGINT; then let them finish.

    `started` is called once `ready` is true. To be called from the only thread.
    """
    if active_count() > 1:
        raise RuntimeError("A process with threads cannot be forked.")
    _settle()
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    children = [Child(name, part) for name, part in parts.items()]
    announced = False
    while not _asked_to_stop(0.05 if not announced else _patience(children)):
        _bury(children)
        _start_due(children)
        if not announced and ready():
            announced = True
            started()
    _stop(children)


def _settle() -> None:
    """Before a fork: nobody looked for rubbish while things were made, and what is
    here already stays shared with the children."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def web(app: Flask, prepare: Part) -> Part:
    """The web processes: one that keeps, and as many as are set that answer. What
    `prepare` makes is there once for all of them."""

    def serve() -> None:
        _share_one_pool()
        prepare()
        _settle()
        parent = os.getpid()

        def load(_target: str) -> Flask:
            die_with(parent)
            return app

        settings = app.config["SETTINGS"]
        Granian(
            "wsgi:app",
            address=settings.host,
            port=settings.port,
            interface=Interfaces.WSGI,
            workers=settings.web_processes,
            blocking_threads=THREADS,
            http=HTTPModes.http1,
            log_level=LogLevels.error,
            respawn_failed_workers=True,
            workers_kill_timeout=int(DRAIN) - 5,
        ).serve(target_loader=load)

    return serve


def die_with(parent: int) -> None:
    """Ask the kernel to kill this process when `parent`, which forked it, dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we asked
        os._exit(1)


def _share_one_pool() -> None:
    """All threads take memory from one pool: of several, each keeps what it once had,
    and Python lets one thread work at a time anyway."""
    with suppress(AttributeError):  # only GNU's C library has it
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def answers(host: str, port: int) -> bool:
    """Whether somebody takes connections there."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def require_free(host: str, port: int) -> None:
    """Raises BadSetting where another process already uses the port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as trouble:
            raise BadSetting(
                f"PORT: nobody can listen on {host}:{port} ({trouble.strerror})."
            ) from trouble


def _asked_to_stop(patience: float) -> bool:
    """Wait for news, at most so many seconds."""
    news = signal.sigtimedwait(SIGNALS, patience)
    return news is not None and news.si_signo != signal.SIGCHLD


def _patience(children: list[Child]) -> float:
    waiting = [child.due for child in children if not child.runs]
    if not waiting:
        return 60.0
    return max(min(waiting) - time.monotonic(), 0.01)


def _bury(children: list[Child]) -> None:
    while (pid := _dead()) != 0:
        for child in children:
            if child.pid == pid:
                child.died()


def _dead() -> int:
    try:
        return os.waitpid(-1, os.WNOHANG)[0]
    except ChildProcessError:
        return 0


def _start_due(children: list[Child]) -> None:
    for child in children:
        if not child.runs and child.due <= time.monotonic():
            _start(child)


def _start(child: Child) -> None:
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    child.pid, child.started = os.fork(), time.monotonic()
    if child.pid:
        return
    status = 1
    try:
        os.setpgid(0, 0)  # what a terminal asks, it asks the parent alone
        die_with(parent)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        child.part()
        status = 0
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 1
    except BaseException:  # noqa: BLE001  # nobody above can catch it: tell and die
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(status)


def _stop(children: list[Child]) -> None:
    """Ask all children to end, wait, and kill who does not."""
    for child in children:
        _send(child, signal.SIGTERM)
    until = time.monotonic() + DRAIN
    while any(child.runs for child in children) and time.monotonic() < until:
        signal.sigtimedwait(SIGNALS, 0.1)
        _bury(children)
    for child in children:
        _send(child, signal.SIGKILL)


def _send(child: Child, what: signal.Signals) -> None:
    if child.runs:
        os.kill(child.pid, what)
