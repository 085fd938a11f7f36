"""Who acts in these tests."""

from coordinator.actors import Actor
from tests.browser import Page

ACTOR = Actor(name="Derya Tuna", via="page")


NEW = "/toplantilar/yeni"


def token_on(page: Page) -> dict[str, str]:
    return {"csrf_token": str(page.soup.find("input", {"name": "csrf_token"})["value"])}  # type: ignore[index]
