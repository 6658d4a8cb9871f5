"""The processes of a site: they live together, and they die together."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import Site, end, until


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site") / "data")
    yield site
    site.end()


@pytest.fixture
def site(folder: Site) -> Site:
    """A site that runs, with all its processes: three that keep, two that answer."""
    if not folder.runs:
        folder.start()
    until(lambda: len(folder.processes()) == 5)
    return folder


def slowness() -> float:
    """How much slower than alone this machine is now: how many want its cores."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def test_a_site_comes_up_in_an_empty_folder(site):
    assert site.get("/en/").status == 200
    assert f"Earshot answers on http://127.0.0.1:{site.port}/" in site.log()


def test_nobody_outside_this_machine_reaches_it(site):
    listening = {
        address.split(":")[0]
        for kind in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{kind}").read_text().splitlines()[1:]
        if (address := line.split()[1]).endswith(f":{site.port:04X}")
        and line.split()[3] == "0A"
    }

    assert listening == {"0100007F"}


def test_a_second_one_on_the_same_folder_refuses(site):
    second = site.command("serve", PORT="0")

    assert second.returncode == 2
    assert second.stderr.startswith("EARSHOT_DATA: another `earshot serve` works on")
    assert site.is_well()


def test_a_second_one_on_the_same_port_refuses(site, tmp_path):
    second = site.command("serve", EARSHOT_DATA=str(tmp_path / "other"))

    assert second.returncode == 2
    assert second.stderr.startswith(f"PORT: nobody can listen on 127.0.0.1:{site.port}")


def test_a_second_worker_on_the_same_folder_refuses(site):
    second = site.command("worker")

    assert second.returncode == 2
    assert second.stderr.startswith("EARSHOT_DATA: another `earshot worker` works on")


@pytest.mark.parametrize("which", [0, 1], ids=["keeper of the web", "worker"])
def test_a_killed_child_is_started_again(site, which):
    before = site.children(site.process.pid)

    end(before[which])

    until(lambda: before[which] not in site.children(site.process.pid))
    until(lambda: len(site.processes()) == 5 and site.is_well())
    assert before[1 - which] in site.children(site.process.pid)


def test_a_killed_web_process_is_started_again(site):
    keeper = next(pid for pid in site.children(site.process.pid) if site.children(pid))
    one, other = site.children(keeper)

    end(one)

    until(lambda: len(site.children(keeper)) == 2 and one not in site.children(keeper))
    assert other in site.children(keeper)
    assert site.is_well()


def test_no_child_outlives_a_killed_parent_and_the_next_one_starts_at_once(site):
    site.kill()
    until(lambda: not site.processes(), seconds=5)

    site.start()

    assert site.is_well()


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux's own")
def test_a_web_process_takes_at_most_150_megabytes(site):
    """Which of them answers is by chance: many questions reach all."""
    for path in ("/en/", "/it/companies", "/en/rules", "/en/write") * 4:
        assert site.get(path).status == 200

    answering = [child for keeper in children(site) for child in site.children(keeper)]
    sizes = {
        line.split()[1]
        for pid in answering
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        if line.startswith("Rss:")
    }

    assert len(answering) == 2
    assert all(int(size) <= 150 * 1024 for size in sizes)


def children(site: Site) -> list[int]:
    """The processes that keep the others."""
    assert site.process is not None
    return site.children(site.process.pid)


def test_a_site_ends_when_it_is_asked_and_starts_again_within_three_seconds(site):
    assert site.stop() == 0
    assert site.processes() == []

    begun = time.monotonic()
    site.start()

    assert time.monotonic() - begun < 3 * slowness()


def test_a_site_ends_quietly_when_its_terminal_asks(site):
    said = site.log()

    os.killpg(site.process.pid, signal.SIGINT)

    assert site.process.wait(20) == 0
    assert site.processes() == []
    assert "rror" not in site.log().removeprefix(said)


def test_a_public_site_without_keys_refuses(folder):
    refused = folder.command("serve", EARSHOT_BASE_URL="https://earshot.example")

    assert refused.returncode == 2
    assert "EARSHOT_SECRET_KEY" in refused.stderr
