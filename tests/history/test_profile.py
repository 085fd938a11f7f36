"""One page for print about an organisation."""

import re

from flask import Flask

from coordinator.registry.models import OrgStatus
from tests.browser import Browser
from tests.factories import ContactFactory, OrganizationFactory, ProposalFactory, represent

HOSTILE = '#eval("1") *kalın* $x$ <script>alert(1)</script> ' + "Ğ" * 100


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_it_is_one_page_of_pdf_under_the_organisations_name(app: Flask, viewer: Browser) -> None:
    one = ContactFactory(full_name="Nermin Su").organization
    page = viewer.get(f"/kuruluslar/{one.public_id}")
    response = viewer.send("GET", page.link("Baskı için tek sayfa (PDF)"))
    assert response.mimetype == "application/pdf"
    assert response.data.startswith(b"%PDF")
    assert "mavi-kiyi" in response.headers["Content-Disposition"]
    assert pages(response.data) == 1


def test_much_and_hostile_text_stays_on_one_page_and_is_no_markup(
    app: Flask, viewer: Browser
) -> None:
    one = OrganizationFactory(
        name=HOSTILE, address=HOSTILE, notes=HOSTILE * 9, status=OrgStatus.PASSIVE
    )
    for number in range(12):
        ContactFactory(
            organization=one, full_name=f"{HOSTILE} {number}"[-190:], position=HOSTILE[:110]
        )
        ProposalFactory(organization=one, title=HOSTILE)
    response = viewer.send("GET", f"/kuruluslar/{one.public_id}/gecmis/profil.pdf")
    assert response.status_code == 200
    assert pages(response.data) == 1


def test_representatives_do_not_get_it(app: Flask, browser: Browser) -> None:
    one = OrganizationFactory()
    browser.sign_in(represent(one))
    browser.get(f"/kuruluslar/{one.public_id}/gecmis/profil.pdf", 403)
