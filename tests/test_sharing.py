"""What other sites show of ours when somebody shares a link."""

from html.parser import HTMLParser

from stories.companies import product_named
from tests.lives import a_story


class Meta(HTMLParser):
    """The meta elements of a page, by property or name."""

    def __init__(self, page):
        super().__init__()
        self.found = {}
        self.feed(page.text)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        name = said.get("property") or said.get("name")
        if tag == "meta" and name:
            self.found[name] = said["content"]


def test_a_story_is_shared_with_title_words_and_picture(client, db, ada, kettles):
    title = 'The "best" <kettle>'
    story = a_story(db, ada, kettles, title=title, language="it")

    said = Meta(client.get(f"/en/stories/{story.id}-the-best-kettle")).found

    assert said["og:type"] == "article"
    assert said["og:title"] == title
    assert said["og:description"] == "It went on for weeks."
    assert said["og:url"] == f"http://localhost/it/stories/{story.id}-the-best-kettle"
    assert said["og:image"].startswith(f"http://localhost/pictures/stories/{story.id}-")
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["twitter:card"] == "summary_large_image"


def test_companies_and_products_are_shared_in_words_and_with_a_picture(
    client, db, ada, kettles
):
    a_story(db, ada, kettles, products=["Kettle 3000"])
    product = product_named(db, kettles, "Kettle 3000")

    for address, title in {
        f"/it/companies/{kettles.id}-kettles-co": "Kettles & Co",
        f"/it/products/{product.id}-kettle-3000": "Kettle 3000",
    }.items():
        said = Meta(client.get(address)).found

        assert said["og:title"] == title
        assert title in said["og:description"]
        assert said["og:url"] == f"http://localhost{address}"
        assert said["og:image"].startswith("http://localhost/pictures/it/")
        assert said["twitter:card"] == "summary_large_image"
