"""A bare Flask that says hello, served as the site is."""

import os
import sys

from flask import Flask
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from web import serving

app = Flask("hello")


@app.get("/")
def hello() -> str:
    return "Hello, World!"


if __name__ == "__main__":
    parent = os.getpid()

    def load(_target: str) -> Flask:
        serving.die_with(parent)
        return app

    Granian(
        "hello:app",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=serving.THREADS,
        http=HTTPModes.http1,
        log_level=LogLevels.error,
    ).serve(target_loader=load)
