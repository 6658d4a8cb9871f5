"""`make bench`: the speed of pages beside a bare Flask on the same server."""

from tests.benchmarks.speed import main

main()
