"""A pytest plugin: an outside world on the loopback, of a name server and a web server.

`names` are what the name server knows; `pages` what the web server says, and `outer`
the settings of a site that asks these two. `receiver` is a company's own program.
"""

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from dnslib import AAAA, NS, QTYPE, RCODE, RR, TXT, A, DNSRecord
from dnslib.server import BaseResolver, DNSLogger, DNSServer

from stories.settings import Settings

RECORDS = {"A": A, "AAAA": AAAA, "TXT": TXT, "NS": NS}
HOME = "127.0.0.1"
SILENT = "-request,-reply,-truncated,-error"


class Names(BaseResolver):
    """Answers from `known`: what a name's record says, one value for each question
    where several are told, the last for all that follow."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], list[list[str]]] = {}
        self.asked: list[tuple[str, str]] = []
        self.silent = False
        self.broken = False
        self.ended = threading.Event()
        self.address = ""

    def say(self, name: str, kind: str, *answers: list[str] | str) -> None:
        listed = [[each] if isinstance(each, str) else each for each in answers]
        self.known[name, kind] = listed

    def resolve(self, request: DNSRecord, _handler: object) -> DNSRecord:
        name = str(request.q.qname).rstrip(".")
        kind = QTYPE[request.q.qtype]
        self.asked.append((name, kind))
        reply = request.reply()
        if self.silent:
            self.ended.wait(8)
        answers = self.known.get((name, kind))
        if self.broken:
            reply.header.rcode = RCODE.SERVFAIL
        elif answers:
            said = answers.pop(0) if len(answers) > 1 else answers[0]
            for value in said:
                data = RECORDS[kind](value)
                reply.add_answer(RR(name, request.q.qtype, rdata=data, ttl=0))
        elif not any(known == name for known, _ in self.known):
            reply.header.rcode = RCODE.NXDOMAIN
        return reply


@pytest.fixture
def names() -> Iterator[Names]:
    resolver, quiet = (
        Names(),
        DNSLogger(SILENT, logf=lambda *_: None),
    )
    server = DNSServer(resolver, address=HOME, port=0, logger=quiet)
    thread = threading.Thread(target=server.server.serve_forever, args=(0.02,))
    thread.start()
    resolver.address = f"{HOME}:{server.server.server_address[1]}"
    yield resolver
    resolver.ended.set()
    server.server.shutdown()
    thread.join()
    server.server.server_close()


class Pages(ThreadingHTTPServer):
    """Says what is in `known`, by path: a status, a text, and more heads."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__((HOME, 0), Page)
        self.known: dict[str, tuple[int, str, dict[str, str]]] = {}
        self.asked: list[tuple[str, str]] = []
        self.dripping = threading.Event()
        self.ended = threading.Event()

    @property
    def address(self) -> str:
        return f"{HOME}:{self.server_port}"

    def say(self, path: str, words: str = "", status: int = 200, **heads: str) -> None:
        self.known[path] = (status, words, heads)

    def handle_error(self, *_client: object) -> None:
        """Whoever hangs up does so on purpose."""


class Page(BaseHTTPRequestHandler):
    """One answer."""

    server: Pages

    def do_GET(self) -> None:
        self.server.asked.append((self.headers["Host"], self.path))
        if self.server.dripping.is_set():
            self._drip()
            return
        none = (404, "nothing here", {})
        status, words, heads = self.server.known.get(self.path, none)
        self.send_response(status)
        for name, value in heads.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(words.encode())

    def _drip(self) -> None:
        """A head that never ends, a letter at a time: no step of it is slow."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not self.server.ended.wait(0.05):
            self.wfile.write(b"x")
            self.wfile.flush()

    def log_message(self, *_words: object) -> None:
        """Nothing is logged."""


@pytest.fixture
def pages() -> Iterator[Pages]:
    server = Pages()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.ended.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def outer(settings: Settings, names: Names, pages: Pages) -> Settings:
    return replace(settings, resolver=names.address, fetch_inside=pages.address)


class Receiver(ThreadingHTTPServer):
    """A company's program: answers with `status`, and remembers what came."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Inbox)
        self.status = 204
        self.came: list[tuple[dict[str, str], bytes]] = []
        self.place = f"127.0.0.1:{self.server_address[1]}"


class Inbox(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.came.append((dict(self.headers), body))
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "http://127.0.0.1/")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Nothing is logged."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
