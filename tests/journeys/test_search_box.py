"""The search box by keyboard, as the combobox pattern of the W3C has it, and without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys import road
from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("journey")]


@pytest.mark.parametrize("width", [390, 1280])
def test_an_organisation_is_found_and_opened_by_keyboard(
    visit: Callable[..., Visitor], width: int
) -> None:
    staff = visit(width=width)
    staff.go("/")
    if staff.path.startswith("/kur"):
        road.set_up(staff)
        road.import_list(staff)
    else:
        staff.go("/giris").fill(email="derya.tuna@belediye.example", password=road.PASSWORD)
        staff.click("Giriş yap")
    staff.go("/kuruluslar")
    box = staff.page.get_by_role("combobox", name="Kuruluş, kişi")
    box.press_sequentially("korfz", delay=20)
    found = staff.page.get_by_role("listbox", name="Bulunan kuruluşlar").get_by_role("option")
    option = found.first
    expect(option).to_contain_text("Körfez")
    expect(box).to_have_attribute("aria-expanded", "true")
    staff.look()
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    expect(box).to_be_focused()
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("korfz")
    box.press("ArrowDown")
    with staff.page.expect_navigation():
        box.press("Enter")
    expect(staff.page.locator("h1")).to_contain_text("Körfez")
    staff.go("/kuruluslar")
    box.press_sequentially("kadin", delay=20)
    expect(found).to_have_count(8)
    with staff.page.expect_navigation():
        box.press("Enter")
    assert "ara=kadin" in staff.page.url
