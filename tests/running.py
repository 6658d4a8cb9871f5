"""The real site as `earshot serve` runs it: started, asked, killed, started again."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from stories.models import Member
from stories.settings import Settings
from web.accounts.models import Account
from web.app import create_app

EARSHOT = Path(sys.executable).with_name("earshot")
PATIENCE = 60.0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def until(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait for something; fails when it takes too long."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"waited {seconds} s in vain"
        time.sleep(0.05)


@dataclass
class Answer:
    status: int
    headers: Message
    body: bytes


@dataclass
class Site:
    """One data folder, and the processes that serve it."""

    data: Path
    port: int = field(default_factory=free_port)
    more: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None

    @property
    def settings(self) -> Settings:
        return Settings(data=self.data, port=self.port)

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("EARSHOT_")}
        ours = {
            "EARSHOT_DATA": str(self.data),
            "PORT": str(self.port),
            "EARSHOT_DEMO": "no",
            "EARSHOT_UNLIMITED": "yes",
        }
        return {**kept, **ours, **self.more}

    def command(
        self, *words: str, seconds: float = 120, **more: str
    ) -> subprocess.CompletedProcess[str]:
        """Run another command of `earshot` on the same folder, to its end."""
        return subprocess.run(
            [EARSHOT, *words],
            env={**self.environment, **more},
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start, and wait for the first answer."""
        log = (self.data.parent / f"{self.data.name}.log").open("a")
        self.process = subprocess.Popen(
            [EARSHOT, "serve"],
            env=self.environment,
            text=True,
            stdout=log,
            stderr=log,
            process_group=0,
        )
        log.close()
        until(self.is_well)

    def stop(self) -> int:
        """Ask it to end, and wait."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """End the parent as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(PATIENCE)

    def end(self) -> None:
        """Leave nothing behind, whatever happened."""
        if self.runs:
            self.kill()
        until(lambda: not self.processes())

    def is_well(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log()[-1000:]
        try:
            return self.get("/healthz").status == 200
        except OSError:
            return False

    def log(self) -> str:
        return (self.data.parent / f"{self.data.name}.log").read_text()

    def processes(self) -> list[int]:
        """Every process, wherever it hangs, that was started for this folder."""
        ours = f"EARSHOT_DATA={self.data}".encode()
        return [pid for pid, known in _environments() if ours in known.split(b"\0")]

    def children(self, pid: int) -> list[int]:
        tasks = Path(f"/proc/{pid}/task")
        return [
            int(child)
            for task in tasks.iterdir()
            for child in (task / "children").read_text().split()
        ]

    def get(self, path: str, cookie: str = "") -> Answer:
        return self._ask("GET", path, cookie=cookie)

    def post(self, path: str, cookie: str = "", **fields: str) -> Answer:
        return self._ask("POST", path, urlencode(fields), cookie)

    def _ask(self, method: str, path: str, body: str = "", cookie: str = "") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": cookie} if cookie else {}
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        except http.client.HTTPException as trouble:
            raise ConnectionError(str(trouble)) from trouble
        finally:
            connection.close()


def _environments() -> Iterator[tuple[int, bytes]]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            try:
                yield int(folder.name), (folder / "environ").read_bytes()
            except OSError:
                continue


def application(site: Site) -> Flask:
    """An application beside the served one, on the same folder."""
    return create_app(site.settings)


def cookie_of(app: Flask, db: Session, member: Member) -> str:
    """What the browser of a signed-in member sends."""
    there = select(Account).where(Account.member_id == member.id)
    account = db.scalar(there) or Account(
        member_id=member.id,
        email=f"{member.handle}@example.org",
        fs_uniquifier=f"account-of-{member.handle}",
        confirmed_at=member.joined_at,
    )
    db.add(account)
    db.commit()
    serializer = app.session_interface.get_signing_serializer(app)
    kept = {"_user_id": account.fs_uniquifier, "_fresh": False}
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(kept)}"


def end(pid: int) -> None:
    """kill -9, of a process that may be gone already."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
