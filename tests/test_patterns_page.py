"""The pages that show every part of the look."""

import pytest


@pytest.mark.parametrize(
    "page", ["patterns", "patterns/story", "patterns/forms", "patterns/readers"]
)
@pytest.mark.parametrize("language", ["en", "it"])
def test_every_part_can_be_looked_at(client, language, page):
    assert client.get(f"/{language}/{page}").status_code == 200


def test_they_can_be_seen_from_right_to_left(client):
    assert 'dir="rtl"' in client.get("/en/patterns/story?dir=rtl").text
