"""Asks one page again and again over a few connections, and counts the answers.

python -m tests.benchmarks.load PORT SECONDS < requests.json
"""

import json
import os
import re
import select
import socket
import statistics
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle

CONNECTIONS = 8
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
OWN_CORE = 1


@dataclass
class Load:
    """What came back: answers a second, their states, and how long each took."""

    per_second: float
    answers: int
    states: dict[str, int]
    p50_ms: float
    p99_ms: float


def ask(port: int, requests: list[str], seconds: float) -> Load:
    """Ask from a process of its own, on another core than the server's."""
    command = [sys.executable, "-m", "tests.benchmarks.load", str(port), str(seconds)]
    done = subprocess.run(
        command,
        input=json.dumps(requests),
        text=True,
        stdout=subprocess.PIPE,
        check=True,
    )
    return Load(**json.loads(done.stdout))


class Connection:
    """One connection that waits for one answer at a time."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""
        self.sent = 0.0

    def ask(self, request: bytes) -> None:
        self.received = b""
        self.sent = time.perf_counter()
        self.socket.sendall(request)

    def answer(self) -> str | None:
        """The state of the answer, once all of it is there."""
        piece = self.socket.recv(262_144)
        if not piece:
            return "closed"
        self.received += piece
        head = self.received.find(b"\r\n\r\n")
        if head < 0:
            return None
        length = LENGTH.search(self.received, 0, head)
        expected = int(length[1]) if length else 0
        state = self.received[9:12].decode()
        if state == "304" or len(self.received) >= head + 4 + expected:
            return state
        return None


class Run:
    """All connections kept busy for a while."""

    def __init__(self, port: int, requests: list[bytes]) -> None:
        self.port = port
        self.rest = cycle(requests)
        self.poll = select.epoll()
        self.open: dict[int, Connection] = {}
        self.states: dict[str, int] = {}
        self.times: list[float] = []

    def go(self, seconds: float) -> Load:
        begun = time.perf_counter()
        for _ in range(CONNECTIONS):
            self.connect()
        while (now := time.perf_counter()) - begun < seconds:
            for number, _event in self.poll.poll(1):
                self.hear(self.open[number])
        for one in self.open.values():
            one.socket.close()
        p50, p99 = _percentiles(self.times)
        count = len(self.times)
        return Load(count / (now - begun), count, self.states, p50, p99)

    def connect(self) -> None:
        one = Connection(self.port)
        self.open[one.socket.fileno()] = one
        self.poll.register(one.socket, select.EPOLLIN)
        one.ask(next(self.rest))

    def hear(self, one: Connection) -> None:
        try:
            state = one.answer()
        except OSError:
            state = "closed"
        if state is None:
            return
        self.states[state] = self.states.get(state, 0) + 1
        if state == "closed":
            self.poll.unregister(one.socket)
            del self.open[one.socket.fileno()]
            one.socket.close()
            self.connect()
            return
        self.times.append(time.perf_counter() - one.sent)
        with suppress(BrokenPipeError):  # heard of at the next look
            one.ask(next(self.rest))


def _percentiles(times: list[float]) -> tuple[float, float]:
    if len(times) < 2:
        return 0.0, 0.0
    cut = statistics.quantiles(times, n=100)
    return cut[49] * 1000, cut[98] * 1000


if __name__ == "__main__":
    os.sched_setaffinity(0, {OWN_CORE % (os.cpu_count() or 1)})
    asked = [text.encode() for text in json.load(sys.stdin)]
    result = Run(int(sys.argv[1]), asked).go(float(sys.argv[2]))
    sys.stdout.write(json.dumps(result.__dict__))
